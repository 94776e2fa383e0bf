//! All integration tests as one program, so that it links once.

mod architecture;
<<<<<<< HEAD
mod cli;
mod data;
mod pictures;
#[cfg(feature = "gui")]
mod real_window;
=======
mod loading;
>>>>>>> refs/heads/load
mod saving;
#[cfg(feature = "gui")]
mod window;
