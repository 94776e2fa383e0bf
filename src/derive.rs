//! Data derived from a document and updated incrementally, for the window and the command line.
//!
//! A [`Difference`] compares two documents; each derived part recomputes only what it affects. [`Work`] counts the
//! effort.

mod compose;
mod difference;
mod figures;
mod improve;
mod panels;
mod picture;
mod search_index;
mod shown;
mod story;
#[cfg(test)]
mod tests;
mod work;

pub use compose::{
    Composed, LANDSCAPE, LayoutInput, build_overview, build_overview_sheet, build_request, build_scene, build_sheet,
    compose, is_large, lay_out, lay_out_centers, route,
};
pub use difference::{ChangedRecords, Difference};
pub use figures::Figures;
pub use improve::{Improved, Incumbent, lay_out_better};
pub use panels::PanelData;
pub use picture::{Picture, Shift};
pub use search_index::SearchIndex;
pub use shown::update_shown;
pub use story::{StepPicture, StoryLayout, is_part_in_focus, story_document};
pub use work::Work;
