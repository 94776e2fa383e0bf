//! What the window hands to the canvas in each frame.

use std::sync::Arc;

use crate::document::Document;
use crate::model::Item;
use crate::scene::{Picker, Ribbons, Scene};

use crate::app::ask::context::Wheel;
use crate::app::ask::focus::Focus;
use crate::app::ask::selection::Selection;

/// What the canvas shows.
pub(crate) struct CanvasInput<'a> {
    /// The picture, in the colors of the theme.
    pub(crate) scene: &'a Arc<Scene>,
    /// Finds parts of it.
    pub(crate) picker: &'a Picker,
    /// The pairs that it draws as one lane each.
    pub(crate) ribbons: &'a Ribbons,
    /// What it is derived from.
    pub(crate) document: &'a Document,
    /// What is selected.
    pub(crate) selection: &'a Selection,
    /// What the picture is narrowed to.
    pub(crate) focus: Option<&'a Focus>,
    /// Whether keys and screen readers are for the canvas: nothing lay in front of it when the frame began.
    pub(crate) has_keys: bool,
    /// What a plain wheel does.
    pub(crate) wheel: Wheel,
    /// What a screen reader says for an actor or tie.
    pub(crate) accessible_name: &'a dyn Fn(Item) -> String,
    /// What hovering tells: a title, then lines.
    pub(crate) hover_text: &'a dyn Fn(Item) -> String,
}
