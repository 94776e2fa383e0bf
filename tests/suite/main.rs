//! All integration tests as one program, so that it links once.

mod architecture;
<<<<<<< HEAD
mod saving;
=======
mod cli;
>>>>>>> refs/heads/view
