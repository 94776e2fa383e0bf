//! Text of a page that is derived from the map.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::coverage;
use crate::model::{ClaimId, Map, SourceId};
use crate::scene::LabelingCounts;
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

/// Says why the list of sources skips numbers: "\[11\] is cited only by ties that are not shown here."
/// `None` if it skips none.
#[must_use]
pub fn skipped_line(map: &Map, plan: &Plan) -> Option<String> {
    let listed: BTreeSet<SourceId> =
        source_lines(map, plan, Detail::Brief).into_iter().map(|line| line.source).collect();
    let last = listed.iter().filter_map(|&source| map.citation_number(source)).max()?;
    let skipped: Vec<(u32, SourceId)> =
        (1..last).zip(map.cited_sources().iter().copied()).filter(|(_, source)| !listed.contains(source)).collect();
    let numbers: Vec<u32> = skipped.iter().map(|(number, _)| *number).collect();
    let verb = match numbers.len() {
        0 => return None,
        1 => "is",
        _ => "are",
    };
    let mut claims = skipped.iter().flat_map(|(_, source)| map.claims_of(*source));
    let has_facts = claims.any(|claim| matches!(claim, ClaimId::Fact(_)));
    let claims = if has_facts { "ties or facts" } else { "ties" };
    Some(format!(
        "{} {verb} cited only by {claims} that are not shown here.",
        wording::joined_and(&bracketed_runs(&numbers))
    ))
}

/// Numbers in brackets, three or more in a row as a range: "\[3\]", "\[5–7\]".
fn bracketed_runs(numbers: &[u32]) -> Vec<String> {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let texts = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("[{first}–{last}]")],
        _ => run.iter().map(|number| format!("[{number}]")).collect(),
    });
    texts.collect()
}

/// Summarizes the sourcing of the ties drawn: "11 of 11 ties sourced, 7 independently, all second-hand".
#[must_use]
pub fn coverage_line(map: &Map, plan: &Plan) -> String {
    let coverage = coverage(map, plan.ties());
    let ties = wording::counted(coverage.ties, "tie", "ties");
    let second_hand = match coverage.second_hand {
        0 => String::new(),
        all if all == coverage.sourced => ", all second-hand".to_owned(),
        some => format!(", {} second-hand", wording::number(some)),
    };
    format!(
        "{} of {ties} sourced, {} independently{second_hand}",
        wording::number(coverage.sourced),
        wording::number(coverage.independent)
    )
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

/// Returns the line that says how many of the actors have a name.
pub(super) fn named_line(named: usize, all: usize) -> String {
    format!("{} of {} named", wording::number(named), wording::counted(all, "actor", "actors"))
}

/// Returns the line that says how many of the ties are drawn.
pub(super) fn drawn_line(drawn: usize, all: usize) -> String {
    format!("{} of {} drawn", wording::number(drawn), wording::counted(all, "tie", "ties"))
}

/// Returns the sentences that say how many names and labels are left out for lack of room.
pub(super) fn left_out_lines(counts: &LabelingCounts) -> Vec<String> {
    let &LabelingCounts { named, nameless, labeled, unlabeled, .. } = counts;
    let line = |left_out: usize, all: String, what: &str| {
        let text = format!("{} of {all} without room for their {what}", wording::number(left_out));
        (left_out > 0).then_some(text)
    };
    let names = line(nameless, wording::counted(named + nameless, "actor", "actors"), "names");
    let labels = line(unlabeled, wording::counted(labeled + unlabeled, "tie", "ties"), "labels");
    names.into_iter().chain(labels).collect()
}

#[cfg(test)]
mod tests {
    use super::bracketed_runs;

    #[test]
    fn three_numbers_in_a_row_are_a_range() {
        assert_eq!(bracketed_runs(&[1, 3, 4, 6, 7, 8, 11]), ["[1]", "[3]", "[4]", "[6–8]", "[11]"]);
        assert!(bracketed_runs(&[]).is_empty());
    }
}
