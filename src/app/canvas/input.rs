//! What the window hands to the canvas in each frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Pos2;

use crate::document::Document;
use crate::model::{Item, Placed};
use crate::scene::{LabelMaterials, Overview, Picker, Ribbons, Scene};

use crate::app::ask::context::Wheel;
use crate::app::ask::focus::Focus;
use crate::app::ask::selection::Selection;

/// The input of the canvas for one frame.
pub(crate) struct CanvasInput<'a> {
    /// The picture, in the colors of the theme.
    pub(crate) scene: &'a Arc<Scene>,
    /// The spatial index of the scene.
    pub(crate) picker: &'a Picker,
    /// What names and labels are made of; without it, they are drawn as in the scene.
    pub(crate) labels: Option<LabelMaterials<'a>>,
    /// The picture as seen from afar, if the map is large.
    pub(crate) overview: Option<&'a Arc<Overview>>,
    /// Where cards and hubs were moved to since the picture was drawn.
    pub(crate) moved: &'a BTreeMap<Placed, Pos2>,
    /// The pairs drawn as one lane each.
    pub(crate) ribbons: &'a Ribbons,
    /// The document that the scene is derived from.
    pub(crate) document: &'a Document,
    pub(crate) selection: &'a Selection,
    pub(crate) focus: Option<&'a Focus>,
    /// Whether the canvas gets keyboard and screen reader input, because nothing was in front of it when the frame
    /// began.
    pub(crate) has_keys: bool,
    pub(crate) wheel: Wheel,
    /// Whether the map is presented: it is looked at and clicked, not changed.
    pub(crate) is_presented: bool,
    /// Whether a chip lies over the top of the whole map.
    pub(crate) has_chip: bool,
    /// Returns the accessible name of an actor or tie.
    pub(crate) accessible_name: &'a dyn Fn(Item) -> String,
    /// Returns the tooltip: a title, then further lines.
    pub(crate) hover_text: &'a dyn Fn(Item) -> String,
}
