//! All integration tests as one program, so that it links once.

mod architecture;
mod loading;
mod saving;
