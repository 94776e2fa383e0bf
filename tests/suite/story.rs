//! Stories of steps outside slides: pages for the browser, pictures, problems, and the files that the command line writes.

mod captions;
mod files;
mod page;
mod steps;
