//! All integration tests as one program, so that it links once.

mod architecture;
mod cli;
mod data;
mod loading;
mod pictures;
#[cfg(feature = "gui")]
mod real_window;
mod saving;
#[cfg(feature = "gui")]
mod window;
