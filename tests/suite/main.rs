//! All integration tests as one program, so that it links once.

mod architecture;
mod cli;
mod pictures;
mod saving;
#[cfg(feature = "gui")]
mod window;
