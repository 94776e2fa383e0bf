//! Shows a temporary displacement, takes it back or keeps it.

use std::sync::Arc;

use emath::Pos2;

use super::shift::{Shift, Shifted};
use super::{Picture, apply_to_request, is_left_out};
use crate::derive::{Difference, LayoutInput, Work};
use crate::document::Document;
use crate::layout::{self, LayoutChange};
use crate::model::{NoteId, Placed};
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

    /// Adopts the places of a document for what is displaced, if exactly that was moved; returns whether it was.
    pub fn keep_moved(&mut self, document: &Document, difference: &Difference, work: &mut Work) -> bool {
        let is_moved = self.shifted.as_ref().is_some_and(|shifted| {
            let Shift { moved, bent, noted } = &shifted.shift;
            let is_all = moved.len() == difference.places.len() && difference.bends.is_empty();
            is_all
                && bent.is_none()
                && noted.is_none()
                && moved.iter().all(|(place, _)| difference.places.contains(place))
        });
        let positions = &document.look.positions;
        let moved = difference.places.iter().map(|place| Some((*place, *positions.get(place)?)));
        let moved: Option<Vec<(Placed, Pos2)>> = moved.collect();
        let (true, Some(moved), Some(change)) = (is_moved, moved, self.change(document, difference)) else {
            return false;
        };
        // The pointer may have moved in the frame of the release.
        self.shift(Shift { moved, ..Shift::default() }, work);
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
