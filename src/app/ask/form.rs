//! What a form asks for, and what is done with it.

use egui::Pos2;

use crate::document::edit::TextEntry;
use crate::model::{ActorId, ClaimId, Item, TieId};

/// What a form makes or changes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FormPurpose {
    /// An actor with its middle at this place in the world.
    NewActor {
        /// The place.
        at: Pos2,
    },
    /// A tie; known ends and kind are filled in.
    NewTie {
        /// Start of the tie.
        from: Option<ActorId>,
        /// End of the tie.
        to: Option<ActorId>,
        /// The place of a new actor at its end.
        at: Option<Pos2>,
    },
    /// A fact about an actor.
    NewFact(ActorId),
    /// A source for these claims.
    Cite(Vec<ClaimId>),
    /// A piece of evidence of a claim, by its index.
    Evidence(ClaimId, usize),
    /// A value of records.
    Set(Vec<Item>, TextEntry),
    /// The kind of ties.
    TieKind(Vec<TieId>),
    /// The kind of actors.
    ActorKind(Vec<ActorId>),
    /// One end of a tie.
    End(TieId, TieEnd),
    /// A text about the map as a whole.
    Map(MapField),
    /// One record in place of several.
    Merge {
        /// The record that stays.
        keep: Item,
        /// Those that become part of it.
        others: Vec<Item>,
    },
}

/// A field of the map as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapField {
    Title,
    Subtitle,
    AsOf,
    Authors,
    License,
    Language,
    Note,
}

impl MapField {
    /// All fields, in the order in which they are offered.
    pub(crate) const ALL: [Self; 7] =
        [Self::Title, Self::Subtitle, Self::AsOf, Self::Authors, Self::License, Self::Language, Self::Note];

    /// Returns its label.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::AsOf => "As of",
            Self::Authors => "Authors",
            Self::License => "License",
            Self::Language => "Language",
            Self::Note => "Note",
        }
    }
}

/// An end of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TieEnd {
    From,
    To,
}

/// A request about a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FormRequest {
    /// Opens one, in the details or over the map.
    Open(FormPurpose, Where),
    /// Keeps what was typed.
    Keep,
    /// Keeps what was typed, and opens the next field of the record.
    KeepAndNext,
    /// Keeps what was typed, and asks for another actor below.
    KeepAndAnother,
    /// Lets the other record stay when several become one.
    SwapKept,
    /// Remembers that the records to be merged are not the same.
    NotTheSame,
    /// Puts what was typed aside.
    GiveUp,
    /// Opens the form that was put aside.
    BringBack,
    /// Writes a note with the words of the form instead of naming an actor.
    NoteInstead,
}

/// Where a form is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Where {
    /// In the details.
    Details,
    /// Over the map, at this place in the world.
    Map(Pos2),
}
