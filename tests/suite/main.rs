//! All integration tests as one program, so that it links once.

mod architecture;
mod saving;
#[cfg(feature = "gui")]
mod window;
