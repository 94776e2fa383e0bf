//! The basic elements of panels: links, marks, and one-line entries.

use crate::address::without_credentials;
use crate::model::{ClaimId, Item, Map, Status, TieId};
use crate::wording::{amount_label, counted, is_openable, link_address, link_host, stage_text, tie_label, tie_title};

/// The target of a click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A record of the map.
    Item(Item),
    /// A web address.
    Web(WebLink),
}

/// A web address with the information to show before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebLink {
    /// The address for display, with the real host in full.
    pub shown: String,
    /// The real host; `None` if it is not a web address.
    pub host: Option<String>,
    /// The address from the file, without user name and password.
    pub url: String,
    /// Whether a click may open it; otherwise it is plain text.
    pub is_openable: bool,
}

impl WebLink {
    /// Creates a link from an address.
    #[must_use]
    pub fn new(url: &str) -> Self {
        // Only loading from a file removes credentials from addresses.
        let url = without_credentials(url).into_owned();
        Self { shown: link_address(&url), host: link_host(&url), is_openable: is_openable(&url), url }
    }
}

/// A warning shown wherever a claim is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It has no evidence.
    NoSource,
    /// It is contested; see [`Map::is_contested`].
    Disputed,
    /// It was replaced by a later record.
    Superseded,
    /// The map's authors retracted it.
    Retracted,
}

impl Mark {
    /// Returns the text of the mark.
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

/// One line that names a record and links to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The name: "Microsoft → OpenAI".
    pub text: String,
    /// Further information: "Investment · >$13 billion · active".
    pub note: String,
    /// Its warnings.
    pub marks: Vec<Mark>,
    /// The record it links to.
    pub item: Item,
}

/// Builds a line for each tie, in the order given.
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

/// Returns a tie's label, amount and stage: "Investment · >$13 billion · active".
pub(super) fn tie_note(map: &Map, tie: TieId) -> String {
    let claim = &map.tie(tie).claim;
    let parts = [Some(tie_label(map, tie)), amount_label(claim), stage_text(claim)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Counts ties and facts: "2 ties and 1 fact", "0 ties".
pub(super) fn claims_text(claims: &[ClaimId]) -> String {
    let ties = claims.iter().filter(|claim| matches!(claim, ClaimId::Tie(_))).count();
    match (ties, claims.len() - ties) {
        (ties, 0) => counted(ties, "tie", "ties"),
        (0, facts) => counted(facts, "fact", "facts"),
        (ties, facts) => format!("{} and {}", counted(ties, "tie", "ties"), counted(facts, "fact", "facts")),
    }
}

/// Converts a claim id to a record id.
pub(super) fn item_of(id: ClaimId) -> Item {
    match id {
        ClaimId::Tie(tie) => Item::Tie(tie),
        ClaimId::Fact(fact) => Item::Fact(fact),
    }
}
