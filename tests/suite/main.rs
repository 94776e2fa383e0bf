//! Tests of the whole crate in one binary, which links once.

mod saving;
