//! A saved look at a map, apart from its claims.

use std::collections::BTreeSet;

use emath::Pos2;

use super::word::closed_list;
use super::{ActorId, Ends, Filter, Item, Key, Map, TieId};

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

/// Two actors in no direction, or one actor twice: whose ties to each other, or to itself, belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    lower: ActorId,
    higher: ActorId,
}

impl Pair {
    /// The pair of two actors; their order does not count.
    #[must_use]
    pub fn new(one: ActorId, other: ActorId) -> Self {
        Self { lower: one.min(other), higher: one.max(other) }
    }

    /// The pair that a tie connects, or `None` for a many-party tie.
    #[must_use]
    pub fn of_ends(ends: &Ends) -> Option<Self> {
        match ends {
            Ends::Pair { from, to } => Some(Self::new(*from, *to)),
            Ends::Parties(_) => None,
        }
    }

    /// Both actors, the one that comes first in the file first.
    #[must_use]
    pub fn actors(self) -> [ActorId; 2] {
        [self.lower, self.higher]
    }

    /// Whether it is one actor with itself.
    #[must_use]
    pub fn is_loop(self) -> bool {
        self.lower == self.higher
    }
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
}

impl View {
    /// Whether something in it is about an actor.
    #[must_use]
    pub fn has_actor(&self, actor: ActorId) -> bool {
        self.positions.iter().any(|(id, _)| *id == actor)
            || self.pinned.contains(&actor)
            || self.hidden.contains(&actor)
            || self.pairs.iter().any(|(pair, _)| pair.actors().contains(&actor))
    }

    /// Whether something in it is about a tie.
    #[must_use]
    pub fn has_tie(&self, tie: TieId) -> bool {
        self.hub_positions.iter().any(|(id, _)| *id == tie)
            || self.labels.iter().any(|(id, _)| *id == tie)
            || self.bends.iter().any(|(id, _)| *id == tie)
    }

    /// Returns the actors and ties that it names and the map does not have.
    #[must_use]
    pub fn gone(&self, map: &Map) -> (BTreeSet<ActorId>, BTreeSet<TieId>) {
        let paired = self.pairs.iter().flat_map(|(pair, _)| pair.actors());
        let placed = self.positions.iter().map(|(id, _)| *id);
        let actors = placed.chain(paired).chain(self.pinned.iter().copied()).chain(self.hidden.iter().copied());
        let hubs = self.hub_positions.iter().map(|(id, _)| *id);
        let ties = hubs.chain(self.labels.iter().map(|(id, _)| *id)).chain(self.bends.iter().map(|(id, _)| *id));
        (actors.filter(|actor| !map.actors().has(*actor)).collect(), ties.filter(|tie| !map.ties().has(*tie)).collect())
    }

    /// Returns it without what is about these actors and ties.
    #[must_use]
    pub fn without(&self, actors: &BTreeSet<ActorId>, ties: &BTreeSet<TieId>) -> Self {
        let mut view = self.clone();
        view.positions.retain(|(id, _)| !actors.contains(id));
        view.pinned.retain(|id| !actors.contains(id));
        view.hidden.retain(|id| !actors.contains(id));
        view.pairs.retain(|(pair, _)| !pair.actors().iter().any(|actor| actors.contains(actor)));
        view.hub_positions.retain(|(id, _)| !ties.contains(id));
        view.labels.retain(|(id, _)| !ties.contains(id));
        view.bends.retain(|(id, _)| !ties.contains(id));
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
