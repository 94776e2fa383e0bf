//! A saved look at a map, apart from its claims.

mod filter;
mod step;

pub use filter::Filter;
pub use step::{StoryCamera, StoryStep};

use std::collections::BTreeSet;

use emath::Pos2;

use super::word::closed_list;
use super::{ActorId, Item, Key, OwnFields, Pair, Rgb, TieId};

/// Whether a tie's label is shown regardless of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelChoice {
    /// Always.
    Show,
    /// Never.
    Hide,
}

/// Where the lane of a tie passes and its label lies, relative to the way between its two actors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BendPoint {
    /// Share of the way from the first center (0) to the second (1).
    pub along: f32,
    /// Distance to the right of the way, in world units.
    pub across: f32,
}

/// Words that a person put on the canvas: no claim, so nothing proves them.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its id in the file, unique among the notes of its view.
    pub key: Key,
    /// Its words; may have line breaks.
    pub text: String,
    /// Its upper left corner, in world units.
    pub at: Pos2,
    /// How wide it is, in world units; if absent, as wide as its words need up to a bound.
    pub width: Option<f32>,
}

/// A saved look: places, pins, what is hidden or filtered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Its id in the file.
    pub key: Key,
    /// What people read.
    pub name: Option<String>,
    /// The word for the layout algorithm.
    pub algorithm: Option<String>,
    /// The seed of the layout.
    pub seed: Option<u64>,
    /// Centers of cards.
    pub positions: Vec<(ActorId, Pos2)>,
    /// Centers of the hubs of many-party ties.
    pub hub_positions: Vec<(TieId, Pos2)>,
    /// Actors that a new layout must not move.
    pub pinned: Vec<ActorId>,
    /// Actors that are not shown.
    pub hidden: Vec<ActorId>,
    /// What else is left out.
    pub filter: Filter,
    /// Which labels are shown where no hand has chosen; all if absent.
    pub label_mode: Option<LabelMode>,
    /// Labels shown or hidden by hand.
    pub labels: Vec<(TieId, LabelChoice)>,
    /// How the ties of some pairs are drawn; by their number if absent.
    pub pairs: Vec<(Pair, PairMode)>,
    /// Lanes bent by hand.
    pub bends: Vec<(TieId, BendPoint)>,
    /// Words on the canvas.
    pub notes: Vec<Note>,
    /// Single ties that are not shown. This and what follows is kept and written, but not applied yet.
    pub hidden_ties: Vec<TieId>,
    /// The actors that are shown, where only a part was explored; all if absent.
    pub shown: Option<Vec<ActorId>>,
    /// Colors of single actors.
    pub colors: Vec<(ActorId, Rgb)>,
    /// Names of groups that were found by computing, each by an actor inside.
    pub communities: Vec<(ActorId, String)>,
    /// The steps of a story.
    pub steps: Vec<StoryStep>,
    /// What the format does not have.
    pub own: OwnFields,
}

impl View {
    /// Returns the records that something in it is about, some more than once.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let placed = self.positions.iter().map(|(id, _)| *id);
        let paired = self.pairs.iter().flat_map(|(pair, _)| pair.actors());
        let told = self.colors.iter().map(|(id, _)| *id).chain(self.communities.iter().map(|(id, _)| *id));
        let shown = self.shown.iter().chain(self.steps.iter().filter_map(|step| step.show.as_ref())).flatten();
        let chosen = self.pinned.iter().chain(&self.hidden).chain(shown).copied();
        let actors = placed.chain(paired).chain(told).chain(chosen).map(Item::Actor);
        let hubs = self.hub_positions.iter().map(|(id, _)| *id);
        let lanes = self.labels.iter().map(|(id, _)| *id).chain(self.bends.iter().map(|(id, _)| *id));
        let ties = hubs.chain(lanes).chain(self.hidden_ties.iter().copied()).map(Item::Tie);
        actors.chain(ties).chain(self.steps.iter().flat_map(|step| step.focus.iter().copied()))
    }

    /// Whether something in it is about one of these records.
    #[must_use]
    pub fn has_any(&self, items: &BTreeSet<Item>) -> bool {
        self.items().any(|item| items.contains(&item))
    }

    /// Takes over from another view what it tells beside places, choices and filters, which a look holds.
    pub fn take_story(&mut self, other: &Self) {
        self.hidden_ties.clone_from(&other.hidden_ties);
        self.shown.clone_from(&other.shown);
        self.colors.clone_from(&other.colors);
        self.communities.clone_from(&other.communities);
        self.steps.clone_from(&other.steps);
        self.own.clone_from(&other.own);
    }

    /// Returns it without what is about these records.
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
        for shown in view.shown.iter_mut().chain(view.steps.iter_mut().filter_map(|step| step.show.as_mut())) {
            shown.retain(has_actor);
        }
        for step in &mut view.steps {
            step.focus.retain(|item| !items.contains(item));
        }
        view
    }
}

/// What has a place on the canvas: an actor's card, or the hub of a tie with three or more parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placed {
    /// The card of an actor.
    Actor(ActorId),
    /// The hub of a many-party tie.
    Hub(TieId),
}

impl Placed {
    /// Returns the record that it stands for.
    #[must_use]
    pub fn item(self) -> Item {
        match self {
            Self::Actor(actor) => Item::Actor(actor),
            Self::Hub(tie) => Item::Tie(tie),
        }
    }
}

closed_list! {
    /// Which ties are labeled. A label that is not shown leaves its signs of doubt: no source, disputed.
    LabelMode {
        /// All that have room.
        All = "all",
        /// The more important half: the widest lanes first, among equals those between the more central actors.
        Important = "important",
        /// All, by their icon and their citation numbers alone, which take little room.
        Numbers = "numbers",
        /// None.
        None = "none",
    }
}

closed_list! {
    /// How all ties of one pair are drawn.
    PairMode {
        /// As one ribbon that counts them.
        Ribbon = "ribbon",
        /// As a lane for each.
        Ties = "ties",
    }
}

closed_list! {
    /// How actors are arranged.
    Arrangement {
        /// The most readable of many.
        Auto = "auto",
        /// By forces.
        Force = "force",
        /// Flowing from left to right.
        Layered = "layered",
        /// Flowing from the top down.
        LayeredDown = "layered-down",
        /// In rings around the most important actor.
        Radial = "radial",
        /// In one circle.
        Circle = "circle",
        /// In columns by kind.
        Columns = "columns",
        /// In columns by the year in which an actor's first tie begins.
        Timeline = "timeline",
    }
}
