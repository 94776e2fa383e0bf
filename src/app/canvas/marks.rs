//! Applies marks to the graph: highlighted and faded records.

use std::rc::Rc;

use crate::model::{Item, NoteId};
use crate::scene::Part;

use super::CanvasInput;
use super::crowd::Crowd;
use super::element::{Drawn, Lift, Sheet};
use super::held::MOST_ELEMENTS;
use super::mirror::{Mirror, Owner};
use crate::app::ui::theme::opaque;

/// The marks of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) is_selected: bool,
    pub(super) is_hovered: bool,
    pub(super) is_dragged: bool,
}

impl Mark {
    fn lift(self) -> Lift {
        match (self.is_selected, self.is_hovered || self.is_dragged) {
            (true, _) => Lift::Selected,
            (false, true) => Lift::Hovered,
            (false, false) => Lift::None,
        }
    }
}

impl Mirror {
    /// Sets the marks of a record and updates its highlight.
    pub(super) fn mark(&mut self, record: Item, mark: Mark, input: &CanvasInput<'_>) {
        if self.crowd.is_some() {
            self.lift_out(record, mark, input);
        }
        match self.owner(record) {
            Some(Owner::Node(index)) => {
                let Some(node) = self.graph.node_mut(index) else { return };
                node.set_selected(mark.is_selected);
                node.set_hovered(mark.is_hovered);
                node.set_dragged(mark.is_dragged);
                node.display_mut().drawn.set_lift(mark.lift());
            }
            Some(Owner::Edge(index)) => {
                let Some(edge) = self.graph.edge_mut(index) else { return };
                edge.set_selected(mark.is_selected);
                edge.display_mut().is_hovered = mark.is_hovered || mark.is_dragged;
                edge.display_mut().drawn.set_lift(mark.lift());
            }
            None => {}
        }
    }

    /// Draws a highlighted record of the crowd once more above it.
    fn lift_out(&mut self, record: Item, mark: Mark, input: &CanvasInput<'_>) {
        if mark.lift() == Lift::None {
            self.lifted.remove(&record);
        } else if self.lifted.len() < MOST_ELEMENTS || mark.is_hovered || mark.is_dragged {
            let Some(items) = self.items(record, input) else { return };
            let background = opaque(self.scene.background);
            let sheet = Sheet { items: items.into(), background, letters: Rc::clone(&self.letters) };
            let mut drawn = Drawn::new(sheet);
            drawn.set_lift(mark.lift());
            self.lifted.insert(record, drawn);
        }
    }

    /// Removes all records drawn above the crowd.
    pub(super) fn drop_all(&mut self) {
        self.lifted.clear();
    }

    pub(super) fn crowd_mut(&mut self) -> Option<&mut Crowd> {
        self.crowd.as_mut()
    }

    /// Returns the records that the graph holds.
    pub(super) fn records(&self) -> Vec<Item> {
        self.elements.iter().map(|element| element.item).collect()
    }

    /// Sets whether a record is bright or faded.
    pub(super) fn set_bright(&mut self, record: Item, is_bright: bool) {
        match self.owner(record) {
            Some(Owner::Node(index)) => {
                self.graph.node_mut(index).into_iter().for_each(|it| it.display_mut().drawn.set_bright(is_bright));
            }
            Some(Owner::Edge(index)) => {
                self.graph.edge_mut(index).into_iter().for_each(|it| it.display_mut().drawn.set_bright(is_bright));
            }
            None => {}
        }
    }

    /// Calls `each` for every note.
    pub(super) fn for_each_note(&mut self, mut each: impl FnMut(NoteId, &mut Drawn)) {
        for (part, drawn) in &mut self.backdrop {
            if let Part::Note(note) = part {
                each(*note, drawn);
            }
        }
    }
}
