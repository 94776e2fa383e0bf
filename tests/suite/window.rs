//! The window driven by role and label, without a screen.

mod bench;
mod export;
mod files;
mod large_files;
mod links;
mod reading;
mod working;
