//! The smallest parts of panels: links, marks, and one-line entries.

use crate::address::without_credentials;
use crate::model::{ClaimId, Item, Map, Status, TieId};
use crate::wording::{amount_label, is_openable, link_address, link_host, stage_text, tie_label, tie_title};

/// Where a click leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A record of the map.
    Item(Item),
    /// A web address.
    Web(WebLink),
}

/// A web address with what a person must see before it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebLink {
    /// The address as shown: the real host in full, without disguise.
    pub shown: String,
    /// The real host; none if it is no web address.
    pub host: Option<String>,
    /// The address as the file has it, but for a user’s name and password.
    pub url: String,
    /// Whether a click may open it; if not, it can only be read.
    pub is_openable: bool,
}

impl WebLink {
    /// The address with its honest form.
    #[must_use]
    pub fn new(url: &str) -> Self {
        // A map that was not loaded from a file may still have them.
        let url = without_credentials(url).into_owned();
        Self { shown: link_address(&url), host: link_host(&url), is_openable: is_openable(&url), url }
    }
}

/// A warning that belongs to a claim wherever it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing supports it.
    NoSource,
    /// It is contested, as [`Map::is_contested`] says.
    Disputed,
    /// A later record takes its place.
    Superseded,
    /// The map's authors took it back.
    Retracted,
}

impl Mark {
    /// The mark in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NoSource => "no source",
            Self::Disputed => "disputed",
            Self::Superseded => "superseded",
            Self::Retracted => "retracted",
        }
    }

    /// Returns the marks of a claim.
    pub(super) fn of(map: &Map, id: ClaimId) -> Vec<Self> {
        let claim = map.claim(id);
        let marks = [
            (claim.evidence.is_empty(), Self::NoSource),
            (map.is_contested(id), Self::Disputed),
            (claim.has_status(Status::Superseded), Self::Superseded),
            (claim.has_status(Status::Retracted), Self::Retracted),
        ];
        marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect()
    }
}

/// One line that names a record and leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it names: "Microsoft → OpenAI".
    pub text: String,
    /// What is said of it: "Investment · >$13 billion · active".
    pub note: String,
    /// Its warnings.
    pub marks: Vec<Mark>,
    /// Where it leads.
    pub item: Item,
}

/// A line for each tie, in the order given.
pub(super) fn tie_lines(map: &Map, ties: impl IntoIterator<Item = TieId>) -> Vec<Line> {
    ties.into_iter()
        .map(|tie| Line {
            text: tie_title(map, tie),
            note: tie_note(map, tie),
            marks: Mark::of(map, ClaimId::Tie(tie)),
            item: Item::Tie(tie),
        })
        .collect()
}

/// A tie's label, amount and stage: "Investment · >$13 billion · active".
pub(super) fn tie_note(map: &Map, tie: TieId) -> String {
    let claim = &map.tie(tie).claim;
    let parts = [Some(tie_label(map, tie)), amount_label(claim), stage_text(claim)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A claim's place among the records.
pub(super) fn item_of(id: ClaimId) -> Item {
    match id {
        ClaimId::Tie(tie) => Item::Tie(tie),
        ClaimId::Fact(fact) => Item::Fact(fact),
    }
}
