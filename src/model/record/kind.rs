//! The vocabulary of a map: its kinds of actors and ties.

use crate::model::{Key, Rgb};

/// A kind of actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorKind {
    /// The key that actors refer to.
    pub key: Key,
    /// Display name; the key if the file gives no label.
    pub label: String,
    /// Its color, if the file gives one.
    pub color: Option<Rgb>,
    /// Name of a Phosphor icon, if the file gives one.
    pub icon: Option<String>,
    /// Whether the program chose color and icon, so that a later version may change them; cleared when the user
    /// chooses.
    pub is_auto: bool,
    /// Whether the file declares it in `kinds`; undeclared kinds are drawn gray.
    pub is_listed: bool,
}

/// A kind of tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieKind {
    /// The key that ties refer to.
    pub key: Key,
    /// Display name; the key if the file gives no label.
    pub label: String,
    /// Verb phrase between the two names of a sentence, such as "invests in".
    pub verb: Option<String>,
    /// Whether its ties are directed, unless a tie says otherwise.
    pub is_directed: bool,
    /// Its color, if the file gives one.
    pub color: Option<Rgb>,
    /// Name of a Phosphor icon, if the file gives one.
    pub icon: Option<String>,
    /// Whether the program chose color and icon, so that a later version may change them; cleared when the user
    /// chooses.
    pub is_auto: bool,
    /// Whether the file declares it in `kinds`; undeclared kinds are drawn gray.
    pub is_listed: bool,
}
