//! Slow tests, skipped by `cargo quick`: other programs, every picture of the bundled maps, memory.

mod browser;
mod hashes;
#[cfg(target_os = "linux")]
mod memory;
mod names;
mod office;
#[cfg(unix)]
mod postgres;
mod programs;
#[cfg(feature = "gui")]
mod real_window;
