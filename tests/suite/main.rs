//! All integration tests in one binary, which is linked only once.
//!
//! `cargo test` runs everything; `cargo quick` skips modules named `slow`, both here and in unit tests. A test is slow
//! if it takes more than some 2 s on a machine with two cores, starts another program that does, or needs a map of more
//! than 10,000 records; the quick group then keeps a smaller version of it.
#![allow(clippy::float_cmp, clippy::naive_bytecount, reason = "exact numbers are expected, and few bytes are counted")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what is skipped is said")]

mod adding;
mod architecture;
mod arrange;
mod attack;
#[cfg(feature = "gui")]
mod built_on;
mod carried;
mod cases;
mod cli;
mod contested;
mod data;
mod databases;
mod dependencies;
mod edit_command;
mod editing;
mod exploring;
mod exporting;
mod glyphs;
mod golden;
mod html;
mod loading;
#[cfg(unix)]
mod outputs;
mod overview;
mod packages;
mod pictures;
mod placing;
mod print_sizes;
mod proposing;
mod publishing;
mod readers;
mod recovery;
mod redaction;
mod saving;
mod scenes;
mod slides;
mod slow;
mod story;
mod updating;
#[cfg(feature = "gui")]
mod window;
