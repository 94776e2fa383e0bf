//! What is derived from a document, kept and updated by what changed: for window and command line alike.
//!
//! A [`Delta`] tells two documents apart; each derived part takes from it what concerns it and leaves the rest as it
//! is. [`Work`] counts what that took.

mod delta;
mod panels;
mod picture;
#[cfg(test)]
mod tests;
mod work;

pub use delta::{Delta, Records};
pub use panels::Panels;
pub use picture::{Picture, Shift};
pub use work::Work;
