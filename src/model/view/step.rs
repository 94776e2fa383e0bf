//! The steps of a story that a view tells.

use crate::model::{ActorId, Check, Date, Item, Key, OwnFields, RawJson};

/// What is in view at a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum StoryCamera {
    /// All of the map.
    #[default]
    All,
    /// What the step shows.
    Shown,
    /// A part of the world.
    At {
        /// The middle, across.
        x: f64,
        /// The middle, down.
        y: f64,
        /// Pixels for each unit of the world.
        zoom: f64,
    },
    /// What this version does not know.
    Other(RawJson),
}

/// One step of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryStep {
    /// Its id, unique among the steps of its view; empty if the file gives none.
    pub key: Key,
    /// What stands above it.
    pub title: Option<String>,
    /// What stands below it.
    pub caption: Option<String>,
    /// The actors that it shows; all if absent.
    pub show: Option<Vec<ActorId>>,
    /// What it is about: actors, ties and facts.
    pub focus: Vec<Item>,
    /// The time that it shows.
    pub as_of: Option<Date>,
    /// What is in view.
    pub camera: StoryCamera,
    /// Words for the speaker.
    pub notes: Option<String>,
    /// Which of its fields were checked.
    pub checks: Vec<Check>,
    /// What the format does not have.
    pub own: OwnFields,
}
