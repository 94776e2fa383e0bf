//! Determines which parts of the picture are highlighted or faded, from selection, hover and focus.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::{ActorId, ClaimId, Item, NoteId};
use crate::scene::Scene;

use super::input::CanvasInput;
use super::map_graph::MapGraph;
use super::paint::drawable::{ElementMark, Lift};
use super::records::{exists, record_of};
use crate::app::ask::focus::Focus;
use crate::app::ask::selection::Selection;

/// The state that determines marks and fading.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Highlight {
    pub(super) selection: Selection,
    /// The record under the pointer.
    pub(super) hovered: Option<Item>,
    /// The note under the pointer.
    pub(super) hovered_note: Option<NoteId>,
    pub(super) dragged: Option<Item>,
    pub(super) focus: Option<Focus>,
}

/// Records; shared, since a far layer keeps what it was drawn with.
type RecordSet = Rc<BTreeSet<Item>>;

/// A highlight that was applied to the graph.
pub(super) struct AppliedHighlight {
    of: Highlight,
    scene: Arc<Scene>,
    selected: RecordSet,
    /// Records that are not faded; `None` if none are faded.
    bright: Option<RecordSet>,
}

impl AppliedHighlight {
    /// Returns the records that are not faded; `None` if none are faded.
    pub(super) fn bright(&self) -> Option<RecordSet> {
        self.bright.clone()
    }

    /// Returns whether this is still the requested highlight.
    pub(super) fn is_of(&self, highlight: &Highlight) -> bool {
        self.of == *highlight
    }
}

impl Highlight {
    /// Applies marks and fading to the graph. If `before` was applied to the same graph and picture, only the
    /// differences are.
    pub(super) fn apply(
        self,
        map_graph: &mut MapGraph,
        input: &CanvasInput<'_>,
        before: Option<&AppliedHighlight>,
        is_new_graph: bool,
    ) -> AppliedHighlight {
        let has_same_base =
            |before: &AppliedHighlight| before.of.selection == self.selection && before.of.focus == self.focus;
        let same_base = before.filter(|before| has_same_base(before));
        let same_picture = same_base.filter(|before| Arc::ptr_eq(&before.scene, input.scene));
        let (selected, bright) = match same_picture {
            Some(before) => (Rc::clone(&before.selected), before.bright.clone()),
            None => (self.selected(input), self.bright(map_graph, input).map(Rc::new)),
        };
        let applied = AppliedHighlight { scene: Arc::clone(input.scene), selected, bright, of: self };
        match same_picture.filter(|_| !is_new_graph) {
            Some(before) => {
                let touched = [before.of.hovered, before.of.dragged, applied.of.hovered, applied.of.dragged];
                for record in touched.into_iter().flatten().filter_map(|item| record_of(item, input)) {
                    applied.mark(map_graph, record, input);
                }
            }
            None => applied.mark_all(map_graph, input),
        }
        map_graph.for_each_note(|note, drawn| {
            let (is_selected, is_hovered) =
                (applied.of.selection.note() == Some(note), applied.of.hovered_note == Some(note));
            drawn.set_lift(match (is_selected, is_hovered) {
                (true, _) => Lift::Selected,
                (false, true) => Lift::Hovered,
                (false, false) => Lift::None,
            });
        });
        applied
    }

    fn selected(&self, input: &CanvasInput<'_>) -> RecordSet {
        Rc::new(self.selection.items().filter_map(|item| record_of(item, input)).collect())
    }

    /// Returns the records that stay bright; `None` if all do.
    fn bright(&self, map_graph: &MapGraph, input: &CanvasInput<'_>) -> Option<BTreeSet<Item>> {
        let map = &input.document.map;
        let mut bright = Bright { map_graph, input, records: BTreeSet::new() };
        match &self.focus {
            Some(Focus::Neighborhood(actor)) => {
                if !map_graph.has(Item::Actor(*actor), input) {
                    return None;
                }
                bright.add_neighborhood(*actor);
                return Some(bright.records);
            }
            Some(Focus::Items(items)) => {
                for &item in items {
                    bright.add(item, Reach::Itself);
                }
                return Some(bright.records);
            }
            None => {}
        }
        for item in self.selection.items().filter(|item| exists(map, *item)) {
            match item {
                Item::Actor(_) | Item::Tie(_) => bright.add(item, Reach::Neighbors),
                Item::Fact(fact) => bright.add(Item::Actor(map.fact(fact).actor), Reach::Itself),
                Item::Source(source) => {
                    for claim in map.claims_of(source) {
                        match *claim {
                            ClaimId::Tie(tie) => bright.add(Item::Tie(tie), Reach::Neighbors),
                            ClaimId::Fact(fact) => bright.add(Item::Actor(map.fact(fact).actor), Reach::Itself),
                        }
                    }
                }
            }
        }
        (!bright.records.is_empty()).then_some(bright.records)
    }
}

impl AppliedHighlight {
    fn mark(&self, map_graph: &mut MapGraph, record: Item, input: &CanvasInput<'_>) {
        let is = |item: Option<Item>| item.and_then(|item| record_of(item, input)) == Some(record);
        let mark = ElementMark {
            is_selected: self.selected.contains(&record),
            is_hovered: is(self.of.hovered),
            is_dragged: is(self.of.dragged),
        };
        map_graph.mark(record, mark, input);
    }

    fn mark_all(&self, map_graph: &mut MapGraph, input: &CanvasInput<'_>) {
        map_graph.drop_all();
        for record in map_graph.records() {
            map_graph.set_bright(record, self.bright.as_ref().is_none_or(|bright| bright.contains(&record)));
            self.mark(map_graph, record, input);
        }
        let Some(far_layer) = map_graph.far_layer_mut() else { return };
        far_layer.set_bright(self.bright.clone());
        let marked = [self.of.hovered, self.of.dragged].into_iter().flatten().filter_map(|item| record_of(item, input));
        for record in marked.chain(self.selected.iter().copied().take(super::graph_contents::MAX_ELEMENTS)) {
            self.mark(map_graph, record, input);
        }
    }
}

/// How far brightness extends from an actor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the actor only.
    Itself,
    /// Also to its ties and the actors they lead to.
    Neighbors,
}

/// A builder for the set of records that are not faded.
struct Bright<'a> {
    map_graph: &'a MapGraph,
    input: &'a CanvasInput<'a>,
    records: BTreeSet<Item>,
}

impl Bright<'_> {
    fn add(&mut self, item: Item, reach: Reach) {
        if !exists(&self.input.document.map, item) || !self.map_graph.has(item, self.input) {
            return;
        }
        match item {
            Item::Actor(actor) if reach == Reach::Neighbors => self.add_neighborhood(actor),
            Item::Tie(tie) => {
                self.records.extend(record_of(item, self.input));
                let is_hub = matches!(self.input.document.map.tie(tie).ends, crate::model::Ends::Parties(_));
                if !is_hub || reach == Reach::Neighbors {
                    self.records.extend(self.input.document.map.tie(tie).ends.actors().into_iter().map(Item::Actor));
                }
            }
            other => drop(self.records.insert(other)),
        }
    }

    /// Adds an actor and everything it is tied to; through a hub, all other parties.
    fn add_neighborhood(&mut self, actor: ActorId) {
        self.records.insert(Item::Actor(actor));
        let map = Arc::clone(&self.input.document.map);
        for &tie in map.ties_of(actor) {
            self.add(Item::Tie(tie), Reach::Neighbors);
        }
    }
}
