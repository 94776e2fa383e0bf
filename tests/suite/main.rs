//! All integration tests as one program, so that it links once.

mod architecture;
<<<<<<< HEAD
mod cli;
=======
mod pictures;
>>>>>>> refs/heads/text
mod saving;
