//! A picture with all that it was made from, kept so that what moves is routed and drawn anew and nothing else.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use emath::{Pos2, Rect};

use crate::document::Document;
use crate::layout::{self, Layout, LayoutChange, Router, Undo};
use crate::model::{BendPoint, Map, NoteId, Placed, TieId};
use crate::scene::{Drawing, Legend, Part, Parts, Picker, Plan, Scene, Stale, Theme};
use crate::text::Fonts;

use super::{Difference, LayoutInput, Work};

/// Lanes of so many pairs are routed again at once after a change; more is work for a job.
const MOST_PAIRS: usize = 300;

/// What is moved for the moment and not in the document, such as by a drag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    /// Cards and hubs with their centers.
    pub moved: Vec<(Placed, Pos2)>,
    /// A lane with its bend.
    pub bent: Option<(TieId, BendPoint)>,
    /// A note with its upper left corner.
    pub noted: Option<(NoteId, Pos2)>,
}

impl Shift {
    /// Whether nothing is moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A picture for the moment, and what takes it back.
#[derive(Debug)]
struct Shifted {
    shift: Shift,
    undo: Undo,
    /// A note with the place where it belongs.
    note: Option<(NoteId, Pos2)>,
}

/// A finished picture.
#[derive(Debug)]
pub struct Picture {
    /// The map that it shows: ids of one map mean nothing in another.
    map: Arc<Map>,
    input: LayoutInput,
    router: Router,
    parts: Parts,
    legend: Legend,
    scene: Arc<Scene>,
    picker: Picker,
    theme: Theme,
    labels_left_out: usize,
    node_of: HashMap<Placed, u32>,
    lines_of: HashMap<TieId, Range<u32>>,
    shifted: Option<Shifted>,
}

impl Picture {
    /// Draws a input in the places of its layout.
    #[must_use]
    pub fn new(map: Arc<Map>, input: LayoutInput, layout: Layout, theme: Theme, work: &mut Work) -> Self {
        let plan = &input.plan;
        let parts = Parts::new(Drawing { map: &map, plan, layout: &layout, theme: &theme });
        let scene = Arc::new(parts.scene());
        work.lanes += layout.lanes.len();
        work.made += scene.items.len();
        let mut lines_of: HashMap<TieId, Range<u32>> = HashMap::new();
        for (line, index) in plan.lines.iter().zip(0..) {
            lines_of.entry(line.tie).or_insert(index..index).end = index + 1;
        }
        Self {
            legend: Legend::of_plan(&map, plan),
            picker: Picker::of_items(parts.iter()),
            labels_left_out: (0..layout.lanes.len()).filter(|&line| is_left_out(plan, &layout, line)).count(),
            node_of: plan.places().zip(0..).collect(),
            router: Router::new(&input.request, layout),
            map,
            input,
            parts,
            scene,
            theme,
            lines_of,
            shifted: None,
        }
    }

    /// What was laid out.
    #[must_use]
    pub fn input(&self) -> &LayoutInput {
        &self.input
    }

    /// Where everything is.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        self.router.layout()
    }

    /// The signs that occur in it.
    #[must_use]
    pub fn legend(&self) -> &Legend {
        &self.legend
    }

    /// What is seen.
    #[must_use]
    pub fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// Its index by place and by part.
    #[must_use]
    pub fn picker(&self) -> &Picker {
        &self.picker
    }

    /// How many labels have no room.
    #[must_use]
    pub fn labels_left_out(&self) -> usize {
        self.labels_left_out
    }

    /// Whether it shows this state of the claims.
    #[must_use]
    pub fn is_of(&self, map: &Arc<Map>) -> bool {
        Arc::ptr_eq(&self.map, map)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.scene.items.is_empty()
    }

    /// Whether its layout is one of this input.
    #[must_use]
    pub fn fits(&self, input: &LayoutInput) -> bool {
        self.input.request == input.request
    }

    /// Takes over other claims that look the same, such as after a change of words that no picture shows. False, and
    /// nothing is changed, if they do not. Both maps know records by the same ids.
    pub fn take_claims(&mut self, map: &Arc<Map>, input: &LayoutInput, difference: &Difference) -> bool {
        let (was, is, records) = (&self.map, map, &difference.records);
        let has_same_kinds = !records.has_others
            && records
                .actors
                .iter()
                .all(|&id| was.actors().get(id).map(|it| it.kind) == is.actors().get(id).map(|it| it.kind))
            && records
                .ties
                .iter()
                .all(|&id| was.ties().get(id).map(|it| it.kind) == is.ties().get(id).map(|it| it.kind));
        let is_same = self.shifted.is_none() && has_same_kinds && self.input == *input;
        if is_same {
            self.map = Arc::clone(map);
        }
        is_same
    }

    /// Every card and hub with its center.
    pub fn places(&self) -> impl Iterator<Item = (Placed, Pos2)> {
        self.input.plan.places().zip(self.layout().centers.iter().copied())
    }

    /// Every card and hub with the box that it fills.
    pub fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        let sizes = self.input.request.nodes.iter().map(|node| node.size);
        self.places().zip(sizes).map(|((place, center), size)| (place, Rect::from_center_size(center, size)))
    }

    /// Whether it is drawn in these colors.
    #[must_use]
    pub fn has_theme(&self, theme: &Theme) -> bool {
        self.theme == *theme
    }

    /// Counts the places that a layout found as given: the document has them now.
    pub fn settle(&mut self) {
        for (node, &center) in self.input.request.nodes.iter_mut().zip(&self.router.layout().centers) {
            node.fixed = Some(center);
        }
    }

    /// Draws it again in other colors.
    pub fn recolor(&mut self, theme: Theme, work: &mut Work) {
        self.theme = theme;
        let drawing = self.drawing();
        self.parts = Parts::new(drawing);
        self.scene = Arc::new(self.parts.scene());
        self.picker = Picker::of_items(self.parts.iter());
        work.made += self.scene.items.len();
    }

    fn drawing(&self) -> Drawing<'_> {
        Drawing { map: &self.map, plan: &self.input.plan, layout: self.router.layout(), theme: &self.theme }
    }

    /// The input of a document that differs from the one that this shows in nothing that is measured. `None` if
    /// something is without its place.
    #[must_use]
    pub fn updated_input(&self, document: &Document, difference: &Difference, fonts: &Fonts) -> Option<LayoutInput> {
        let change = self.change(document, difference)?;
        let mut input = self.input.clone();
        apply_to_request(&mut input, &change);
        if difference.has_notes {
            input.plan.set_notes(&document.look.notes, fonts);
        }
        Some(input)
    }

    /// Shows a document that differs from the one that this shows in nothing that is measured. False, and nothing is
    /// changed, if that takes more than can be done at once.
    pub fn update(&mut self, document: &Document, difference: &Difference, fonts: &Fonts, work: &mut Work) -> bool {
        let Some(change) = self.change(document, difference) else { return false };
        let shift = self.shifted.as_ref().map(|shifted| shifted.shift.clone());
        self.restore(work);
        let Some(undo) = self.route(&change, MOST_PAIRS, work) else {
            self.shift(shift.unwrap_or_default(), work);
            return false;
        };
        apply_to_request(&mut self.input, &change);
        if difference.has_notes {
            let before = fonts.asked();
            self.input.plan.set_notes(&document.look.notes, fonts);
            work.texts += fonts.asked() - before;
        }
        self.draw(&undo, difference.has_notes, work);
        true
    }

    /// What a difference means for the layout.
    fn change(&self, document: &Document, difference: &Difference) -> Option<LayoutChange> {
        let look = &document.look;
        let mut change = LayoutChange::default();
        for place in &difference.places {
            // What is hidden may move unseen.
            let Some(&node) = self.node_of.get(place) else { continue };
            change.centers.push((node, *look.positions.get(place)?));
        }
        for tie in &difference.bends {
            let bend = look.bends.get(tie).copied();
            change.bends.extend(self.bend(*tie, bend));
        }
        Some(change)
    }

    /// The bends of a tie's lines; a bend belongs to the lane of one tie.
    fn bend(&self, tie: TieId, bend: Option<BendPoint>) -> Vec<(u32, Option<layout::Bend>)> {
        if self.input.plan.ribbons.get(tie).is_some() {
            return Vec::new();
        }
        let bend = bend.map(|bend| layout::Bend { along: bend.along, across: bend.across });
        self.lines_of.get(&tie).into_iter().flat_map(Clone::clone).map(|line| (line, bend)).collect()
    }

    fn route(&mut self, change: &LayoutChange, most_pairs: usize, work: &mut Work) -> Option<Undo> {
        let (picker, lines_of) = (&self.picker, &self.lines_of);
        let near = |rect: Rect| -> Vec<u32> {
            let ties = picker.in_view(rect).into_iter().filter_map(|part| match part {
                Part::Lane(tie) | Part::Ribbon(tie) | Part::Pill(tie) | Part::RibbonPill(tie) | Part::Role(tie, _) => {
                    Some(tie)
                }
                _ => None,
            });
            ties.filter_map(|tie| lines_of.get(&tie)).flat_map(Clone::clone).collect()
        };
        let undo = self.router.change(change, &near, most_pairs)?;
        work.lanes += undo.routed;
        Some(undo)
    }

    /// Draws what a change of the layout touched; what it replaced tells what that is.
    fn draw(&mut self, undo: &Undo, has_notes: bool, work: &mut Work) {
        let mut stale = Stale { nodes: undo.nodes().collect(), lines: Vec::new(), has_notes };
        for (line, before) in undo.lanes() {
            stale.lines.push(line);
            let was_left_out = has_room_for_label(&self.input.plan, line as usize) && before.label.is_none();
            let is_left_out = is_left_out(&self.input.plan, self.router.layout(), line as usize);
            self.labels_left_out = self.labels_left_out + usize::from(is_left_out) - usize::from(was_left_out);
        }
        self.redraw(&stale, work);
    }

    fn redraw(&mut self, stale: &Stale, work: &mut Work) {
        let of = Drawing { map: &self.map, plan: &self.input.plan, layout: self.router.layout(), theme: &self.theme };
        for (part, items) in self.parts.refresh(of, stale) {
            work.made += items.len();
            self.picker.replace(part, items);
        }
        self.scene = Arc::new(self.parts.scene());
    }

    /// Shows what is moved where it is for the moment. False if nothing is another than before.
    pub fn shift(&mut self, shift: Shift, work: &mut Work) -> bool {
        if self.shifted.as_ref().map_or_else(|| shift.is_empty(), |shifted| shifted.shift == shift) {
            return false;
        }
        self.restore(work);
        let centers = shift.moved.iter().filter_map(|(place, center)| Some((*self.node_of.get(place)?, *center)));
        let bends = shift.bent.into_iter().flat_map(|(tie, bend)| self.bend(tie, Some(bend)));
        let change = LayoutChange { centers: centers.collect(), bends: bends.collect() };
        let undo = self.route(&change, usize::MAX, work).unwrap_or_default();
        let note = shift.noted.and_then(|(note, at)| self.input.plan.move_note(note, at).map(|before| (note, before)));
        self.draw(&undo, note.is_some(), work);
        self.shifted = Some(Shifted { shift, undo, note });
        true
    }

    /// Puts everything back where the document has it. False if nothing was shifted.
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
            self.input.plan.move_note(note, at);
        }
        self.labels_left_out = self.labels_left_out + count(self) - before;
        self.redraw(&stale, work);
        true
    }

    /// Takes a input over whose places are those in which things are shown for the moment. False if they are others.
    pub fn keep_shift(&mut self, input: &LayoutInput) -> bool {
        let is_shown = |(node, center): (&layout::Node, &Pos2)| node.fixed == Some(*center);
        let centers = &self.layout().centers;
        let nodes = &input.request.nodes;
        let has_same_lines = input.request.edges.len() == self.input.request.edges.len();
        if !has_same_lines || nodes.len() != centers.len() || !nodes.iter().zip(centers).all(is_shown) {
            return false;
        }
        self.input.request = input.request.clone();
        self.shifted.take().is_some()
    }
}

fn apply_to_request(input: &mut LayoutInput, change: &LayoutChange) {
    for &(node, center) in &change.centers {
        input.request.nodes[node as usize].fixed = Some(center);
    }
    for &(line, bend) in &change.bends {
        input.request.edges[line as usize].bend = bend;
    }
}

/// Whether a line has a label of its own, if there is room.
fn has_room_for_label(plan: &Plan, line: usize) -> bool {
    let line = &plan.lines[line];
    line.party.is_none() && plan.pills.contains_key(&line.tie)
}

fn is_left_out(plan: &Plan, layout: &Layout, line: usize) -> bool {
    layout.lanes[line].label.is_none() && has_room_for_label(plan, line)
}
