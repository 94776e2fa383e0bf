//! Hover texts, and the accessible names of items on the map, used by keyboard, screen reader and tests.

use crate::analysis::PairSummary;
use crate::model::{ActorId, ClaimId, Map, TieId};
use crate::wording::{
    actor_name, amount_label_long, capitalized, counted, directions_text, kinds_text, pair_title, stage_text, sum_text,
    tie_label, tie_title, visible,
};

use super::Mark;

/// The maximum number of kinds named for several ties.
const MAX_KINDS: usize = 6;
/// The maximum number of sums.
const MAX_SUMS: usize = 6;

/// Returns the hover text of an actor: name, kind, number of ties, aliases.
#[must_use]
pub fn actor_hover(map: &Map, id: ActorId) -> String {
    let kind = map.actor_kind(id).map(|kind| visible(&kind.label).into_owned());
    let ties = counted(map.ties_of(id).len(), "tie", "ties");
    let about = kind.into_iter().chain([ties]).collect::<Vec<_>>().join(" · ");
    let aliases: Vec<String> = map.actor(id).aliases.iter().map(|alias| visible(alias).into_owned()).collect();
    let also = if aliases.is_empty() { String::new() } else { format!("\nAlso known as {}", aliases.join(", ")) };
    format!("{}\n{about}{also}", actor_name(map, id))
}

/// Returns the hover text of a tie: ends, label, amount, stage, number of sources, warnings.
#[must_use]
pub fn tie_hover(map: &Map, id: TieId) -> String {
    let claim = &map.tie(id).claim;
    let about = [Some(tie_label(map, id)), amount_label_long(claim), stage_text(claim)];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut sources: Vec<_> = claim.evidence.iter().map(|piece| piece.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let marks = Mark::of(map, ClaimId::Tie(id));
    let marks = marks.into_iter().filter(|mark| *mark != Mark::NoSource).map(|mark| mark.text().to_owned());
    let sources = if sources.is_empty() { "no source".to_owned() } else { counted(sources.len(), "source", "sources") };
    let last = capitalized(&[sources].into_iter().chain(marks).collect::<Vec<_>>().join(" · "));
    format!("{}\n{about}\n{last}", tie_title(map, id))
}

/// Returns the hover text of a ribbon: ends, number and kinds of ties, directions, sums, sources, warnings.
#[must_use]
pub fn pair_hover(map: &Map, summary: &PairSummary) -> String {
    let all = summary.ties.len();
    let count = counted(all, "tie", "ties");
    let about = format!("{count}: {}", kinds_text(map, &summary.kinds, MAX_KINDS));
    let ways = directions_text(map, summary.pair, (summary.forward, summary.backward), all);
    let sums = summary.sums.iter().filter_map(|sum| sum_text(&sum.amount, sum.ties.len(), all));
    let sums: Vec<String> = sums.take(MAX_SUMS).collect();
    let sums = (!sums.is_empty()).then(|| sums.join(" · "));
    let sources = (!summary.sources.is_empty()).then(|| counted(summary.sources.len(), "source", "sources"));
    let lack = (summary.unsourced > 0).then(|| format!("{} with no source", summary.unsourced));
    let disputed = summary.ties.iter().filter(|&&tie| map.is_contested(ClaimId::Tie(tie))).count();
    let disputed = (disputed > 0).then(|| format!("{disputed} disputed"));
    let proof: Vec<String> = [sources, lack, disputed].into_iter().flatten().collect();
    let lines = [Some(about), ways.map(|ways| capitalized(&ways)), sums, Some(capitalized(&proof.join(" · ")))];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    format!("{}\n{}", pair_title(map, summary.pair, summary.forward, summary.backward), lines.join("\n"))
}

/// Returns the accessible name of a ribbon: "Microsoft ↔ OpenAI, 12 ties: loan, purchase, on the map".
#[must_use]
pub fn pair_name_on_map(map: &Map, summary: &PairSummary) -> String {
    let title = pair_title(map, summary.pair, summary.forward, summary.backward);
    let count = counted(summary.ties.len(), "tie", "ties");
    format!("{title}, {count}: {}, on the map", kinds_text(map, &summary.kinds, MAX_KINDS))
}

/// Returns the accessible name of an actor's card: "OpenAI, company, on the map".
#[must_use]
pub fn actor_name_on_map(map: &Map, id: ActorId) -> String {
    let kind = map.actor_kind(id).map(|kind| visible(&kind.label).to_lowercase());
    [Some(actor_name(map, id)), kind, Some("on the map".to_owned())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the accessible name of a tie: "Microsoft → OpenAI, investment, more than $13 billion, on the map".
#[must_use]
pub fn tie_name_on_map(map: &Map, id: TieId) -> String {
    let kind = visible(&map.tie_kind(id).label).to_lowercase();
    let label = tie_label(map, id);
    let label = (label.to_lowercase() != kind).then_some(label);
    let parts = [Some(tie_title(map, id)), Some(kind), label, amount_label_long(&map.tie(id).claim)];
    parts.into_iter().flatten().chain(["on the map".to_owned()]).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{actor_hover, actor_name_on_map, tie_hover, tie_name_on_map};
    use crate::model::fixture::{self, AGREEMENT, ALDER, INVESTS, LENDS};

    #[test]
    fn hovering_tells_the_essentials() {
        let map = fixture::map();
        assert_eq!(actor_hover(&map, ALDER), "Alder\nCompany · 4 ties\nAlso known as alder alias");
        assert_eq!(tie_hover(&map, INVESTS), "Alder → Birch\nInvestment · more than $13 billion · active\n1 source");
        assert_eq!(tie_hover(&map, LENDS), "Cedar Bank → Birch\nLoan · €5 million\n2 sources · disputed");
        assert_eq!(tie_hover(&map, AGREEMENT), "Alder · Birch · Cedar Bank\nStep-in agreement\nNo source");
    }

    #[test]
    fn accessible_names_differ_from_those_in_lists() {
        let map = fixture::map();
        assert_eq!(actor_name_on_map(&map, ALDER), "Alder, company, on the map");
        assert_eq!(tie_name_on_map(&map, INVESTS), "Alder → Birch, investment, more than $13 billion, on the map");
        assert_eq!(
            tie_name_on_map(&map, AGREEMENT),
            "Alder · Birch · Cedar Bank, agreement, Step-in agreement, on the map"
        );
    }
}
