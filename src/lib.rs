//! Tieline: evidence-backed relationship maps.

pub mod analysis;
#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod document;
pub mod export;
pub mod jobs;
pub mod layout;
pub mod load;
pub mod model;
pub mod picture;
pub mod save;
pub mod scene;
pub mod text;
pub mod view;
pub mod wording;
