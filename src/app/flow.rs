//! Operations that outlast a frame: opening, saving, exporting, recovering, watching the file, and deriving the
//! picture.

pub(crate) mod copying;
pub(crate) mod databases;
pub(crate) mod duplicates;
pub(crate) mod exporting;
pub(crate) mod focused;
pub(crate) mod importing;
pub(crate) mod journaling;
pub(crate) mod measuring;
pub(crate) mod opening;
pub(crate) mod pipeline;
pub(crate) mod recovering;
pub(crate) mod saving;
pub(crate) mod signals;
pub(crate) mod step_view;
pub(crate) mod story;
pub(crate) mod task;
pub(crate) mod transition;
pub(crate) mod typed;
pub(crate) mod updating;
pub(crate) mod watching;
