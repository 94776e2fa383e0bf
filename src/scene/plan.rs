//! Selects and measures everything drawn of a map, before positions and colors: cards, pills and lines, with the
//! indices used by the layout.

mod card;
mod columns;
mod doubt;
mod excerpt;
mod labels;
mod lane_width;
mod line;
mod note;
mod pill;
mod rank;
mod ribbon;

pub use card::Card;
pub use columns::ColumnGrouping;
pub use excerpt::Excerpt;
pub use labels::Labels;
pub use lane_width::WidthScale;
pub(super) use lane_width::{THINNEST, money};
pub use line::PlanLine;
pub use note::NoteBox;
pub use pill::Pill;
pub use ribbon::{MAX_LANES, Ribbons};
pub(super) use ribbon::{common_kind, common_style};

use std::collections::{BTreeMap, BTreeSet};

use emath::Pos2;
use imbl::OrdMap;

use self::card::measure_cards;
use self::columns::Columns;
use self::doubt::Doubt;
use self::labels::LabelDetail;
use self::pill::{measure, measure_numbers, measure_plain, measure_ribbon, measure_signs};
use self::rank::Ranks;
use super::lane::{LineStyle, Tip};
use crate::analysis::PairSummary;
use crate::layout::{Edge, Node};
use crate::model::{ActorId, BendPoint, Ends, Map, Note, NoteId, Pair, PairMode, Placed, SourceId, TieId};
use crate::text::{Face, Fonts, Style};
use crate::wording;

/// Weight of manually shown labels, above all others.
const BY_HAND: f32 = 1.0e6;

/// Additional weight of a ribbon's label, compared to its most important tie: without the label, the other ties would
/// seem not to exist.
const RIBBON_WEIGHT: f32 = 100.0;

/// Everything drawn, measured. Nodes are first the cards, then the hubs.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Cards; card `i` is node `i`.
    pub cards: Vec<Card>,
    /// Many-party ties; hub `i` is node `cards.len() + i`.
    pub hubs: Vec<TieId>,
    /// Lines; line `i` is edge `i`.
    pub lines: Vec<PlanLine>,
    /// Pills by tie. Ties with a hidden label have a pill with only their signs of doubt, or none, unless they have a
    /// hub.
    pub pills: BTreeMap<TieId, Pill>,
    /// Pairs drawn as one lane each.
    pub ribbons: Ribbons,
    /// Scale of line widths.
    pub scale: WidthScale,
    pub(super) columns: Option<Columns>,
    /// Notes on the canvas.
    pub(super) notes: Vec<NoteBox>,
    ranks: Ranks,
    labels: Labels,
    /// Whether labels show citation numbers.
    has_numbers: bool,
    /// The only source of all ties, which is told once instead of on each label.
    pub common_source: Option<SourceId>,
}

impl Plan {
    /// Measures the visible part of a map; `pairs` overrides which pairs are ribbons.
    #[must_use]
    pub fn new(
        map: &Map,
        actors: &[ActorId],
        ties: &[TieId],
        pairs: &OrdMap<Pair, PairMode>,
        labels: Labels,
        fonts: &Fonts,
    ) -> Self {
        let scale = WidthScale::of_map(map);
        let ranks = Ranks::of_map(map, &scale);
        let cards = measure_cards(map, actors, &ranks, fonts);
        let common_source = wording::common_source(map);
        let mut plan = Self {
            cards,
            hubs: Vec::new(),
            lines: Vec::new(),
            pills: BTreeMap::new(),
            ribbons: Ribbons::default(),
            scale,
            columns: None,
            notes: Vec::new(),
            ranks,
            labels,
            has_numbers: common_source.is_none(),
            common_source,
        };
        let node_of_actor: BTreeMap<ActorId, u32> = actors.iter().copied().zip(0..).collect();
        let has_ends = |tie: &TieId| match &map.tie(*tie).ends {
            Ends::Pair { from, to } => node_of_actor.contains_key(from) && node_of_actor.contains_key(to),
            Ends::Parties(_) => true,
        };
        let ties: Vec<TieId> = ties.iter().copied().filter(has_ends).collect();
        plan.ribbons = Ribbons::gather(map, &ties, pairs);
        for tie in ties {
            match plan.ribbons.lead(tie) {
                None => plan.push_tie(map, tie, &node_of_actor, fonts),
                Some(lead) if lead == tie => plan.push_ribbon(map, lead, &node_of_actor, fonts),
                Some(_) => {}
            }
        }
        plan
    }

    /// Returns all ties drawn, including those in ribbons.
    #[must_use]
    pub fn ties(&self) -> BTreeSet<TieId> {
        let in_ribbons = self.ribbons.iter().flat_map(|(_, summary)| summary.ties.iter().copied());
        self.lines.iter().map(|line| line.tie).chain(in_ribbons).collect()
    }

    /// Returns whether a tie may have held at the date of the view, but not surely; `false` without a date.
    #[must_use]
    pub fn is_uncertain(&self, map: &Map, tie: TieId) -> bool {
        doubt::is_uncertain(map, tie, self.labels.as_of.as_ref())
    }

    /// Returns a text about a tie followed by its signs of doubt.
    #[must_use]
    pub fn with_doubt(&self, map: &Map, tie: TieId, text: &str) -> String {
        self.doubt(map, &[tie]).after(text)
    }

    fn doubt(&self, map: &Map, ties: &[TieId]) -> Doubt {
        Doubt::of(map, ties, self.labels.as_of.as_ref())
    }

    /// Groups actors into columns with headings.
    #[must_use]
    pub fn gathered(mut self, map: &Map, gathered: ColumnGrouping, fonts: &Fonts) -> Self {
        let actors: Vec<ActorId> = self.cards.iter().map(|card| card.actor).collect();
        self.columns = Some(Columns::new(map, &actors, gathered, fonts));
        self
    }

    /// Adds to each card the number of neighbors of its actor that are not shown, if there are any.
    #[must_use]
    pub fn with_unseen(mut self, count: impl Fn(ActorId) -> usize, fonts: &Fonts) -> Self {
        for card in &mut self.cards {
            card.set_unseen(count(card.actor), fonts);
        }
        self
    }

    /// Adds notes to the canvas.
    #[must_use]
    pub fn with_notes(mut self, notes: &OrdMap<NoteId, Note>, fonts: &Fonts) -> Self {
        self.set_notes(notes, fonts);
        self
    }

    /// Replaces the notes on the canvas.
    pub fn set_notes<'a>(&mut self, notes: impl IntoIterator<Item = (&'a NoteId, &'a Note)>, fonts: &Fonts) {
        self.notes = notes.into_iter().map(|(&id, note)| NoteBox::measure(id, note, fonts)).collect();
    }

    /// Moves the upper left corner of a note; returns its previous position, or `None` if there is no such note.
    pub fn move_note(&mut self, note: NoteId, at: Pos2) -> Option<Pos2> {
        let own = self.notes.iter_mut().find(|other| other.note == note)?;
        let before = own.rect.min;
        own.move_to(at);
        Some(before)
    }

    fn push_ribbon(&mut self, map: &Map, lead: TieId, nodes: &BTreeMap<ActorId, u32>, fonts: &Fonts) {
        let Some(summary) = self.ribbons.get(lead) else { return };
        let (line, pill) = (ribbon::line(map, summary, nodes), self.ribbon_pill(map, summary, fonts));
        self.lines.extend(line);
        self.pills.insert(lead, pill);
    }

    /// Returns the pill of a ribbon, with the highest level of detail among its ties.
    pub(super) fn ribbon_pill(&self, map: &Map, summary: &PairSummary, fonts: &Fonts) -> Pill {
        let shown = summary.ties.iter().map(|&tie| self.labels.shown(tie, &self.ranks));
        let shown = (shown.min().unwrap_or(LabelDetail::Signs), self.has_numbers);
        measure_ribbon(map, summary, shown, self.doubt(map, &summary.ties), fonts)
    }

    /// Returns the line of a tie between two actors; `None` for other ties, and if an actor is not among the nodes.
    pub(super) fn pair_line(&self, map: &Map, id: TieId, nodes: &BTreeMap<ActorId, u32>) -> Option<PlanLine> {
        let tie = map.tie(id);
        let Ends::Pair { from, to } = &tie.ends else { return None };
        let (from, to) = (*nodes.get(from)?, *nodes.get(to)?);
        let style = LineStyle::of(&tie.claim);
        let width = style.width(self.scale.width(&tie.claim));
        let tip = match (tie.is_directed, style == LineStyle::Ended) {
            (true, true) => Tip::ArrowAndBar,
            (true, false) => Tip::Arrow,
            (false, true) => Tip::Bar,
            (false, false) => Tip::None,
        };
        Some(PlanLine { tie: id, party: None, from, to, width, style, tip, role: None })
    }

    /// Returns the pill of a tie between two actors, or `None` if it has nothing to show.
    pub(super) fn pair_pill(&self, map: &Map, id: TieId, fonts: &Fonts) -> Option<Pill> {
        let doubt = self.doubt(map, &[id]);
        match (self.labels.shown(id, &self.ranks), self.has_numbers) {
            (LabelDetail::Whole, true) => Some(measure(map, id, doubt, fonts)),
            (LabelDetail::Numbers, true) => Some(measure_numbers(map, id, doubt, fonts)),
            (LabelDetail::Whole, false) => Some(measure_plain(map, id, doubt, fonts)),
            (LabelDetail::Signs, _) | (LabelDetail::Numbers, false) => measure_signs(map, id, doubt, fonts),
        }
    }

    /// Returns the pill of a many-party tie.
    fn hub_pill(&self, map: &Map, id: TieId, fonts: &Fonts) -> Pill {
        let measure = if self.has_numbers { measure } else { measure_plain };
        measure(map, id, self.doubt(map, &[id]), fonts)
    }

    fn push_tie(&mut self, map: &Map, id: TieId, nodes: &BTreeMap<ActorId, u32>, fonts: &Fonts) {
        let tie = map.tie(id);
        match &tie.ends {
            Ends::Pair { .. } => {
                let Some(line) = self.pair_line(map, id, nodes) else { return };
                self.lines.push(line);
                let pill = self.pair_pill(map, id, fonts);
                self.pills.extend(pill.map(|pill| (id, pill)));
            }
            Ends::Parties(parties) => {
                let hub = (self.cards.len() + self.hubs.len()) as u32;
                self.hubs.push(id);
                let pill = self.hub_pill(map, id, fonts);
                self.pills.insert(id, pill);
                let style = LineStyle::of(&tie.claim);
                let width = style.width(self.scale.width(&tie.claim));
                let line = |party, from, to, tip, role| PlanLine { tie: id, party, from, to, width, style, tip, role };
                let tip = if style == LineStyle::Ended { Tip::Bar } else { Tip::None };
                for (index, party) in parties.iter().enumerate() {
                    let Some(&node) = nodes.get(&party.actor) else { continue };
                    let style = Style { face: Face::Regular, size: 11.0 };
                    let role = party.role.as_deref().map(|role| fonts.shape(role, style, Some(120.0), Some(1)));
                    self.lines.push(line(Some(index as u32), node, hub, tip, role));
                }
            }
        }
    }

    /// Replaces the labels by ones without citation numbers, and tells no source of all ties.
    #[must_use]
    pub fn without_numbers(mut self, map: &Map, fonts: &Fonts) -> Self {
        self.has_numbers = false;
        self.common_source = None;
        let pills = std::mem::take(&mut self.pills).into_iter();
        self.pills = pills
            .filter_map(|(tie, pill)| {
                let plain = if let Some(summary) = self.ribbons.get(tie) {
                    Some(self.ribbon_pill(map, summary, fonts))
                } else if pill.has_words() {
                    Some(measure_plain(map, tie, self.doubt(map, &[tie]), fonts))
                } else {
                    measure_signs(map, tie, self.doubt(map, &[tie]), fonts)
                };
                Some((tie, plain?))
            })
            .collect();
        self
    }

    /// Returns the actor or hub at each node.
    pub fn places(&self) -> impl Iterator<Item = Placed> {
        let cards = self.cards.iter().map(|card| Placed::Actor(card.actor));
        cards.chain(self.hubs.iter().copied().map(Placed::Hub))
    }

    /// Returns the boxes for a layout, with centers where given.
    #[must_use]
    pub fn nodes(&self, positions: &OrdMap<Placed, Pos2>) -> Vec<Node> {
        let cards = self.cards.iter().map(|card| Node {
            size: card.size,
            fixed: positions.get(&Placed::Actor(card.actor)).copied(),
            hub: false,
            group: self.columns.as_ref().map_or(0, |columns| columns.of(card.actor)),
            weight: card.weight,
        });
        let hubs = self.hubs.iter().map(|id| Node {
            size: self.pills[id].size,
            fixed: positions.get(&Placed::Hub(*id)).copied(),
            hub: true,
            group: 0,
            weight: self.ranks.tie(*id),
        });
        cards.chain(hubs).collect()
    }

    /// Returns the lines for a layout, with bends where given.
    #[must_use]
    pub fn edges(&self, bends: &OrdMap<TieId, BendPoint>) -> Vec<Edge> {
        let edge = |line: &PlanLine| {
            let label = match line.party {
                None => self.pills.get(&line.tie).map(|pill| pill.size),
                Some(_) => line.role.as_ref().map(|role| role.size + emath::vec2(8.0, 2.0)),
            };
            Edge {
                from: line.from,
                to: line.to,
                width: line.width,
                arrow: line.tip.has_arrow(),
                label,
                weight: self.line_weight(line.tie),
                // Bends apply to lanes of single ties only.
                bend: bends
                    .get(&line.tie)
                    .filter(|_| self.ribbons.get(line.tie).is_none())
                    .map(|bend| crate::layout::Bend { along: bend.along, across: bend.across }),
            }
        };
        self.lines.iter().map(edge).collect()
    }

    pub(super) fn line_weight(&self, tie: TieId) -> f32 {
        let weight = |tie: TieId| if self.labels.is_first(tie) { BY_HAND } else { self.ranks.tie(tie) };
        match self.ribbons.get(tie) {
            Some(summary) => summary.ties.iter().copied().map(weight).fold(0.0, f32::max) + RIBBON_WEIGHT,
            None => weight(tie),
        }
    }
}

#[cfg(test)]
mod ribbon_tests;
