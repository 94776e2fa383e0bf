//! All integration tests as one program, so that it links once.

mod architecture;
mod cli;
mod data;
mod pictures;
mod saving;
