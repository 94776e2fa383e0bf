//! What is derived from a document, kept and updated by what changed: for window and command line alike.
//!
//! A [`Difference`] tells two documents apart; each derived part takes from it what concerns it and leaves the rest as
//! it is. [`Work`] counts what that took.

mod compose;
mod difference;
mod panels;
mod picture;
mod search;
#[cfg(test)]
mod tests;
mod work;

pub use compose::{Composed, LANDSCAPE, LayoutInput, build_request, build_scene, build_sheet, compose, lay_out};
pub use difference::{ChangedRecords, Difference};
pub use panels::PanelData;
pub use picture::{Picture, Shift};
pub use search::SearchIndex;
pub use work::Work;
