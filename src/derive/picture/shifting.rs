//! Shows a temporary displacement, takes it back or keeps it.

use std::sync::Arc;

use emath::Pos2;

use super::shift::{Shift, Shifted};
use super::{Picture, apply_to_request, is_left_out};
use crate::derive::{Difference, LayoutInput, Work};
use crate::document::Document;
use crate::layout::{self, LayoutChange};
use crate::model::NoteId;
use crate::scene::Stale;

impl Picture {
    /// Shows a temporary displacement. Returns `false` if it is the same as before.
    pub fn shift(&mut self, shift: Shift, work: &mut Work) -> bool {
        if self.shifted.as_ref().map_or_else(|| shift.is_empty(), |shifted| shifted.shift == shift) {
            return false;
        }
        self.restore(work);
        let centers = shift.moved.iter().filter_map(|(place, center)| Some((*self.node_of.get(place)?, *center)));
        let bends = shift.bent.into_iter().flat_map(|(tie, bend)| self.bend(tie, Some(bend)));
        let change = LayoutChange { centers: centers.collect(), bends: bends.collect() };
        let undo = self.route(&change, usize::MAX, work).unwrap_or_default();
        let note = shift.noted.and_then(|(note, at)| self.move_note(note, at).map(|before| (note, before)));
        self.draw(&undo, note.is_some(), work);
        self.shifted = Some(Shifted { shift, undo, note });
        true
    }

    /// Reverts the temporary displacement. Returns `false` if there was none.
    pub fn restore(&mut self, work: &mut Work) -> bool {
        let Some(Shifted { undo, note, .. }) = self.shifted.take() else { return false };
        let lanes: Vec<u32> = undo.lanes().map(|(line, _)| line).collect();
        let stale = Stale { nodes: undo.nodes().collect(), lines: lanes, has_notes: note.is_some() };
        let count = |picture: &Self| {
            let lines = stale.lines.iter().map(|&line| line as usize);
            lines.filter(|&line| is_left_out(&picture.input.plan, picture.router.layout(), line)).count()
        };
        let before = count(self);
        self.router.revert(undo);
        if let Some((note, at)) = note {
            self.move_note(note, at);
        }
        self.labels_left_out = self.labels_left_out + count(self) - before;
        self.redraw(&stale, work);
        true
    }

    /// Adopts the displaced positions as those of a document; `false` if it has others or nothing was displaced.
    pub fn keep_moved(&mut self, document: &Document, difference: &Difference) -> bool {
        let centers = &self.router.layout().centers;
        let change = self.change(document, difference).filter(|change| {
            self.shifted.is_some() && change.centers.iter().all(|&(node, center)| centers[node as usize] == center)
        });
        let Some(change) = change else { return false };
        apply_to_request(Arc::make_mut(&mut self.input), &change);
        self.shifted.take().is_some()
    }

    fn move_note(&mut self, note: NoteId, at: Pos2) -> Option<Pos2> {
        Arc::make_mut(&mut self.input).plan.move_note(note, at)
    }

    /// Adopts an input whose positions equal the displaced ones. Returns `false` if they differ or nothing was
    /// displaced.
    pub fn keep_shift(&mut self, input: &LayoutInput) -> bool {
        let is_shown = |(node, center): (&layout::Node, &Pos2)| node.fixed == Some(*center);
        let centers = &self.layout().centers;
        let nodes = &input.request.nodes;
        let has_same_lines = input.request.edges.len() == self.input.request.edges.len();
        if !has_same_lines || nodes.len() != centers.len() || !nodes.iter().zip(centers).all(is_shown) {
            return false;
        }
        Arc::make_mut(&mut self.input).request = input.request.clone();
        self.shifted.take().is_some()
    }
}
