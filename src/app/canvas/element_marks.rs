//! Applies marks to the graph: highlighted and faded records.

use std::rc::Rc;

use crate::model::{Item, NoteId};
use crate::scene::Part;

use super::graph_contents::MAX_ELEMENTS;
use super::input::CanvasInput;
use super::map_graph::MapGraph;
use super::paint::drawable::{Drawable, ElementMark, ItemGroup, Lift};
use super::paint::far_layer::FarLayer;
use crate::app::ui::theme::opaque;

impl MapGraph {
    /// Sets the marks of a record and updates its highlight.
    pub(super) fn mark(&mut self, record: Item, mark: ElementMark, input: &CanvasInput<'_>) {
        if self.far_layer.is_some() {
            self.lift_out(record, mark, input);
        }
        if let Some(key) = self.key(record) {
            self.graph.mark(key, mark);
        }
    }

    /// Adds a highlighted record to those drawn again above the far layer, or removes it if it is not highlighted.
    fn lift_out(&mut self, record: Item, mark: ElementMark, input: &CanvasInput<'_>) {
        if mark.lift() == Lift::None {
            self.lifted.remove(&record);
        } else if self.lifted.len() < MAX_ELEMENTS || mark.is_hovered || mark.is_dragged {
            let Some(items) = self.items(record, input) else { return };
            let background = opaque(self.scene.background);
            let group = ItemGroup { items: items.into(), background, letters: Rc::clone(&self.letters) };
            let mut drawn = Drawable::new(group);
            drawn.substitute(&self.labeling);
            drawn.set_lift(mark.lift());
            self.lifted.insert(record, drawn);
        }
    }

    /// Removes all records drawn again above the far layer.
    pub(super) fn drop_all(&mut self) {
        self.lifted.clear();
    }

    pub(super) fn far_layer_mut(&mut self) -> Option<&mut FarLayer> {
        self.far_layer.as_mut()
    }

    /// Returns the records that the graph holds.
    pub(super) fn records(&self) -> Vec<Item> {
        self.elements.iter().map(|element| element.item).collect()
    }

    /// Sets whether a record is bright or faded.
    pub(super) fn set_bright(&mut self, record: Item, is_bright: bool) {
        if let Some(drawn) = self.key(record).and_then(|key| self.graph.drawn_mut(key)) {
            drawn.set_bright(is_bright);
        }
    }

    /// Calls `each` for every note.
    pub(super) fn for_each_note(&mut self, mut each: impl FnMut(NoteId, &mut Drawable)) {
        for (part, drawn) in &mut self.backdrop {
            if let Part::Note(note) = part {
                each(*note, drawn);
            }
        }
    }
}
