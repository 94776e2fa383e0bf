//! All integration tests as one program, so that it links once.
//!
//! Two groups: `cargo test` runs everything; `cargo quick` leaves out what stands in a module named `slow`, here as beside
//! the code. A test belongs there if it takes more than some two seconds on a machine with two cores, starts another
//! program that takes as long, or needs a map of more than 10,000 records; the quick group then keeps a smaller one of it.
#![allow(clippy::float_cmp, clippy::naive_bytecount, reason = "exact numbers are expected, and few bytes are counted")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what is skipped is said")]

mod architecture;
mod attack;
#[cfg(feature = "gui")]
mod built_on;
mod carried;
mod cli;
mod contested;
mod data;
mod dependencies;
mod editing;
mod glyphs;
mod golden;
mod html;
mod loading;
#[cfg(unix)]
mod outputs;
mod packages;
mod pictures;
mod placing;
mod publishing;
mod readers;
mod recovery;
mod redaction;
mod saving;
mod scenes;
mod slow;
#[cfg(feature = "gui")]
mod window;
