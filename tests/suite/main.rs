//! All integration tests as one program, so that it links once.

mod architecture;
mod pictures;
mod saving;
