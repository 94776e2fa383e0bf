//! Text of a page that is derived from the map.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::coverage;
use crate::model::{Map, SourceId};
use crate::scene::plan::Plan;
use crate::wording;

/// Level of detail of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Publisher, date and site.
    Brief,
    /// Also authors, title and address.
    Full,
}

/// A numbered source: "\[3\]" and "Gazette, March 2026, gazette.example – cited in \[2\]".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Id of the source.
    pub source: SourceId,
    /// Number as printed.
    pub number: String,
    /// Reference text.
    pub text: String,
}

/// Returns the sources of everything drawn, by number.
#[must_use]
pub fn source_lines(map: &Map, plan: &Plan, detail: Detail) -> Vec<SourceLine> {
    let ties = plan.ties();
    let evidence = || ties.iter().flat_map(|&id| &map.tie(id).claim.evidence);
    let direct: BTreeSet<SourceId> =
        evidence().filter(|piece| piece.cited_in.is_none()).map(|piece| piece.source).collect();
    let mut read_in: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
    for piece in evidence() {
        let document = piece.cited_in.as_ref().and_then(|cited| map.citation_number(cited.source));
        read_in.entry(piece.source).or_default().extend(document);
    }
    let all: BTreeSet<SourceId> = evidence()
        .flat_map(|piece| [Some(piece.source), piece.cited_in.as_ref().map(|cited| cited.source)])
        .flatten()
        .collect();
    let mut numbered: Vec<(u32, SourceId)> =
        all.into_iter().filter_map(|id| Some((map.citation_number(id)?, id))).collect();
    numbered.sort_unstable();
    let line = |(number, id): (u32, SourceId)| {
        let mut text = match detail {
            Detail::Brief => wording::reference(map, id),
            Detail::Full => wording::reference_full(map, id),
        };
        let documents: Vec<String> =
            read_in.get(&id).into_iter().flatten().map(|number| format!("[{number}]")).collect();
        if !direct.contains(&id) && !documents.is_empty() {
            text.push_str("\u{a0}– cited\u{a0}in\u{a0}");
            text.push_str(&wording::joined_and(&documents));
        }
        SourceLine { source: id, number: format!("[{number}]"), text }
    };
    numbered.into_iter().map(line).collect()
}

/// Summarizes the sourcing of the ties drawn: "11 of 11 ties sourced, 7 independently, all second-hand".
#[must_use]
pub fn coverage_line(map: &Map, plan: &Plan) -> String {
    let coverage = coverage(map, plan.ties());
    let ties = wording::counted(coverage.ties, "tie", "ties");
    let second_hand = match coverage.second_hand {
        0 => String::new(),
        all if all == coverage.sourced => ", all second-hand".to_owned(),
        some => format!(", {some} second-hand"),
    };
    format!("{} of {ties} sourced, {} independently{second_hand}", coverage.sourced, coverage.independent)
}

/// Returns the map's authors and license.
#[must_use]
pub fn credit_line(map: &Map) -> String {
    let authors: Vec<_> = map.meta().authors.iter().map(|author| wording::visible(author)).collect();
    let authors = (!authors.is_empty()).then(|| wording::joined_and(&authors));
    let license = map.meta().license.as_deref().map(|license| wording::visible(license).into_owned());
    let parts: Vec<String> = authors.into_iter().chain(license).collect();
    parts.join(" · ")
}
