//! Steps of a story in a view.

use crate::model::{Check, Date, Item, Key, OwnFields, RawJson};

/// Visible part of the map in a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum StoryCamera {
    /// The whole map.
    #[default]
    All,
    /// The actors shown in the step.
    Shown,
    /// A fixed position and zoom.
    At {
        /// Horizontal center, in world units.
        x: f64,
        /// Vertical center, in world units.
        y: f64,
        /// Pixels per world unit.
        zoom: f64,
    },
    /// A camera of a later version of the format.
    Other(RawJson),
}

/// One step of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryStep {
    /// Its id, unique among the steps of its view; empty if the file gives none.
    pub key: Key,
    /// Text above the step.
    pub title: Option<String>,
    /// Text that explains the step, below its title.
    pub caption: Option<String>,
    /// Actors to show, with the ties among them, and ties, with their ends; `None` for all.
    pub show: Option<Vec<Item>>,
    /// Records in focus: actors, with the ties among them, ties, with their ends, facts and sources; everything else is
    /// faded unless this is empty.
    pub focus: Vec<Item>,
    /// Date to show, instead of that of the view.
    pub as_of: Option<Date>,
    /// Visible part of the map.
    pub camera: StoryCamera,
    /// Speaker notes.
    pub notes: Option<String>,
    /// Checks of its fields.
    pub checks: Vec<Check>,
    /// Fields outside the format.
    pub own: OwnFields,
}

impl StoryStep {
    /// Iterates over the records that the step refers to, with duplicates.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.show.iter().flatten().chain(&self.focus).copied()
    }
}
