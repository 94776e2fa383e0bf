<<<<<<< HEAD
//! All integration tests as one program, so that it links once.

mod architecture;
=======
//! Tests of the whole crate in one binary, which links once.

mod saving;
>>>>>>> refs/heads/load
