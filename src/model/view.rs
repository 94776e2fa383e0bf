//! Saved views: the appearance of a map, apart from its claims.

mod filter;
mod step;
mod visibility;

pub use filter::Filter;
pub use step::{StoryCamera, StoryStep};
pub use visibility::Visibility;

use std::collections::BTreeSet;

use emath::Pos2;

use super::word::closed_list;
use super::{ActorId, Item, Key, OwnFields, Pair, Rgb, TieId};

/// A manual choice to show or hide the label of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelChoice {
    /// Always shown.
    Show,
    /// Never shown.
    Hide,
}

/// Position of the lane and label of a tie, relative to the line between the centers of its two actors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BendPoint {
    /// Position along the line, from the first center (0) to the second (1).
    pub along: f32,
    /// Distance to the right of the line, in world units.
    pub across: f32,
}

/// A text placed on the canvas. Not a claim, so it has no evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its id in the file, unique among the notes of its view.
    pub key: Key,
    /// The text; may have line breaks.
    pub text: String,
    /// Upper left corner, in world units.
    pub at: Pos2,
    /// Width in world units; `None` fits the text up to a limit.
    pub width: Option<f32>,
}

/// A saved view: positions, pins, hidden and filtered records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Its id in the file.
    pub key: Key,
    /// Display name.
    pub name: Option<String>,
    /// Name of the layout algorithm.
    pub algorithm: Option<String>,
    /// Random seed of the layout.
    pub seed: Option<u64>,
    /// Centers of actor cards, in world units.
    pub positions: Vec<(ActorId, Pos2)>,
    /// Centers of the hubs of many-party ties, in world units.
    pub hub_positions: Vec<(TieId, Pos2)>,
    /// Actors that layouts must not move.
    pub pinned: Vec<ActorId>,
    /// Hidden actors.
    pub hidden: Vec<ActorId>,
    /// Hidden ties.
    pub hidden_ties: Vec<TieId>,
    /// Filter for further records.
    pub filter: Filter,
    /// Default visibility of labels; `None` for all.
    pub label_mode: Option<LabelMode>,
    /// Manually shown or hidden labels.
    pub labels: Vec<(TieId, LabelChoice)>,
    /// Drawing modes of pairs; by default they depend on the number of ties.
    pub pairs: Vec<(Pair, PairMode)>,
    /// Manually bent lanes.
    pub bends: Vec<(TieId, BendPoint)>,
    /// Notes on the canvas.
    pub notes: Vec<Note>,
    /// The explored part: the only actors shown; `None` for all.
    pub shown: Option<Vec<ActorId>>,
    /// Colors of individual actors, whatever their kinds.
    pub colors: Vec<(ActorId, Rgb)>,
    /// Names of detected communities, each by one member.
    pub communities: Vec<(ActorId, String)>,
    /// Steps of a story.
    pub steps: Vec<StoryStep>,
    /// Fields outside the format.
    pub own: OwnFields,
}

impl View {
    /// Iterates over the records that the view refers to, with duplicates.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let placed = self.positions.iter().map(|(id, _)| *id);
        let paired = self.pairs.iter().flat_map(|(pair, _)| pair.actors());
        let told = self.colors.iter().map(|(id, _)| *id).chain(self.communities.iter().map(|(id, _)| *id));
        let chosen = self.pinned.iter().chain(&self.hidden).chain(self.shown.iter().flatten()).copied();
        let actors = placed.chain(paired).chain(told).chain(chosen).map(Item::Actor);
        let hubs = self.hub_positions.iter().map(|(id, _)| *id);
        let lanes = self.labels.iter().map(|(id, _)| *id).chain(self.bends.iter().map(|(id, _)| *id));
        let ties = hubs.chain(lanes).chain(self.hidden_ties.iter().copied()).map(Item::Tie);
        actors.chain(ties).chain(self.steps.iter().flat_map(StoryStep::items))
    }

    /// Whether the view refers to one of these records.
    #[must_use]
    pub fn has_any(&self, items: &BTreeSet<Item>) -> bool {
        self.items().any(|item| items.contains(&item))
    }

    /// Copies the story fields of another view: colors, communities, steps and own fields.
    pub fn take_story(&mut self, other: &Self) {
        self.colors.clone_from(&other.colors);
        self.communities.clone_from(&other.communities);
        self.steps.clone_from(&other.steps);
        self.own.clone_from(&other.own);
    }

    /// Returns a copy without references to these records.
    #[must_use]
    pub fn without(&self, items: &BTreeSet<Item>) -> Self {
        let has_actor = |id: &ActorId| !items.contains(&Item::Actor(*id));
        let has_tie = |id: &TieId| !items.contains(&Item::Tie(*id));
        let mut view = self.clone();
        view.positions.retain(|(id, _)| has_actor(id));
        view.pinned.retain(has_actor);
        view.hidden.retain(has_actor);
        view.pairs.retain(|(pair, _)| pair.actors().iter().all(has_actor));
        view.colors.retain(|(id, _)| has_actor(id));
        view.communities.retain(|(id, _)| has_actor(id));
        view.hub_positions.retain(|(id, _)| has_tie(id));
        view.labels.retain(|(id, _)| has_tie(id));
        view.bends.retain(|(id, _)| has_tie(id));
        view.hidden_ties.retain(has_tie);
        if let Some(shown) = &mut view.shown {
            shown.retain(has_actor);
        }
        for step in &mut view.steps {
            let has_item = |item: &Item| !items.contains(item);
            step.show.iter_mut().for_each(|shown| shown.retain(has_item));
            step.focus.retain(has_item);
        }
        view
    }
}

/// The hidden records of a view, indexed.
#[derive(Clone, Debug)]
pub struct ViewVisibility<'a> {
    view: &'a View,
    hidden: BTreeSet<ActorId>,
    hidden_ties: BTreeSet<TieId>,
}

impl<'a> ViewVisibility<'a> {
    /// Indexes a view.
    #[must_use]
    pub fn new(view: &'a View) -> Self {
        let (hidden, hidden_ties) = (&view.hidden, &view.hidden_ties);
        Self { view, hidden: hidden.iter().copied().collect(), hidden_ties: hidden_ties.iter().copied().collect() }
    }
}

impl Visibility for ViewVisibility<'_> {
    fn hides_actor(&self, actor: ActorId) -> bool {
        self.hidden.contains(&actor)
    }

    fn hides_tie(&self, tie: TieId) -> bool {
        self.hidden_ties.contains(&tie)
    }

    fn filter(&self) -> &Filter {
        &self.view.filter
    }

    fn explored(&self) -> Option<impl Iterator<Item = ActorId>> {
        self.view.shown.as_ref().map(|shown| shown.iter().copied())
    }
}

/// An object with a position on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placed {
    /// The card of an actor.
    Actor(ActorId),
    /// The hub of a many-party tie.
    Hub(TieId),
}

impl Placed {
    /// Returns the record that it represents.
    #[must_use]
    pub fn item(self) -> Item {
        match self {
            Self::Actor(actor) => Item::Actor(actor),
            Self::Hub(tie) => Item::Tie(tie),
        }
    }
}

closed_list! {
    /// Which ties are labeled. A tie without a label still shows its marks for missing or disputed evidence.
    LabelMode {
        /// All labels that fit.
        All = "all",
        /// The more important half: ties with the widest lanes, then those between the most central actors.
        Important = "important",
        /// All ties, by icon and citation numbers only.
        Numbers = "numbers",
        /// None.
        None = "none",
    }
}

closed_list! {
    /// How the ties of a pair are drawn.
    PairMode {
        /// As one ribbon with their number.
        Ribbon = "ribbon",
        /// As one lane per tie.
        Ties = "ties",
    }
}

closed_list! {
    /// Layout of the actors.
    Arrangement {
        /// The most readable of several candidates.
        Auto = "auto",
        /// Force-directed.
        Force = "force",
        /// Layered from left to right.
        Layered = "layered",
        /// Layered from top to bottom.
        LayeredDown = "layered-down",
        /// In rings around the most central actor.
        Radial = "radial",
        /// On a circle.
        Circle = "circle",
        /// In columns by kind.
        Columns = "columns",
        /// In columns by the year of an actor's first tie.
        Timeline = "timeline",
    }
}
