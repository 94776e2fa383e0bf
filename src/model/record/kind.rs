//! The vocabulary of a map: its kinds of actors and ties.

use crate::model::{Key, Rgb};

/// A kind of actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorKind {
    /// The word that actors use for it.
    pub key: Key,
    /// What people read; the key if the file gives no label.
    pub label: String,
    /// Its color, if the file gives one.
    pub color: Option<Rgb>,
    /// Name of a Phosphor icon, if the file gives one.
    pub icon: Option<String>,
    /// Whether the program chose its look, so that a later version may choose a better one; a person's choice ends that.
    pub is_auto: bool,
    /// Whether the file's `kinds` lists it; a kind that is merely used is drawn gray.
    pub is_listed: bool,
}

/// A kind of tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieKind {
    /// The word that ties use for it.
    pub key: Key,
    /// What people read; the key if the file gives no label.
    pub label: String,
    /// What stands between the two names in a sentence: "invests in".
    pub verb: Option<String>,
    /// Whether its ties have a direction, unless a tie says otherwise.
    pub is_directed: bool,
    /// Its color, if the file gives one.
    pub color: Option<Rgb>,
    /// Name of a Phosphor icon, if the file gives one.
    pub icon: Option<String>,
    /// Whether the program chose its look, so that a later version may choose a better one; a person's choice ends that.
    pub is_auto: bool,
    /// Whether the file's `kinds` lists it; a kind that is merely used is drawn gray.
    pub is_listed: bool,
}
