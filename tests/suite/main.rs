//! All integration tests as one program, so that it links once.
#![allow(clippy::float_cmp, clippy::naive_bytecount, reason = "exact numbers are expected, and few bytes are counted")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what is skipped is said")]

mod architecture;
mod attack;
mod browser;
#[cfg(feature = "gui")]
mod built_on;
mod carried;
mod cli;
mod contested;
mod data;
mod editing;
mod hashes;
mod html;
mod loading;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(unix)]
mod outputs;
mod packages;
mod pictures;
mod placing;
mod publishing;
mod readers;
#[cfg(feature = "gui")]
mod real_window;
mod recovery;
mod redaction;
mod saving;
#[cfg(feature = "gui")]
mod window;
