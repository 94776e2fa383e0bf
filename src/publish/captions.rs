//! Text alternatives of a picture for readers who can't see it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Citations, PictureOptions};
use crate::analysis::PairSummary;
use crate::export::{Caption, Captions};
use crate::model::{ActorId, ClaimId, Map, TieId};
use crate::scene::{Part, Plan, coverage_line};
use crate::view::pair_hover;
use crate::wording::{self, visible};

/// Title of a picture without one.
const UNTITLED: &str = "Relationship map";

/// Builds the captions of a picture and its parts, without parts that are switched off. An overview has no parts for
/// single ties.
pub(super) fn build(map: &Map, plan: &Plan, options: &PictureOptions, is_overview: bool) -> Captions {
    let ties = plan.ties();
    let title = map.meta().title.as_deref().filter(|_| options.parts.title);
    let counts = format!(
        "{}, {}",
        wording::counted(plan.cards.len(), "actor", "actors"),
        wording::counted(ties.len(), "tie", "ties")
    );
    let coverage = options.parts.coverage.then(|| coverage_line(map, plan));
    let remark = options.redaction.remark();
    let description: Vec<String> = std::iter::once(counts).chain(coverage).chain(remark).collect();
    let authors = map.meta().authors.iter().filter(|_| options.parts.credits);
    let mut parts = BTreeMap::new();
    for card in &plan.cards {
        parts.insert(Part::Card(card.actor), actor(map, card.actor, &ties));
    }
    for (lead, summary) in plan.ribbons.iter().filter(|_| !is_overview) {
        let caption = of_ribbon(map, summary, options.citations);
        parts.insert(Part::RibbonPill(lead), caption.clone());
        parts.insert(Part::Ribbon(lead), caption);
    }
    for &tie in ties.iter().filter(|&&tie| !is_overview && plan.ribbons.lead(tie).is_none()) {
        let caption = of_tie(map, tie, options.citations);
        parts.insert(Part::Pill(tie), caption.clone());
        parts.insert(Part::Lane(tie), caption);
    }
    Captions {
        title: title.map_or_else(|| UNTITLED.to_owned(), |title| visible(title).into_owned()),
        description: description.join("; "),
        language: map.meta().language.clone().filter(|tag| is_language_tag(tag)),
        authors: authors.map(|author| visible(author).into_owned()).collect(),
        parts,
        links: links(map),
    }
}

fn actor(map: &Map, id: ActorId, drawn: &BTreeSet<TieId>) -> Caption {
    let kind = map.actor_kind(id).map(|kind| visible(&kind.label).into_owned());
    let ties = map.ties_of(id).iter().filter(|tie| drawn.contains(tie)).count();
    let parts: Vec<String> = kind.into_iter().chain([wording::counted(ties, "tie", "ties")]).collect();
    Caption { title: wording::actor_name(map, id), description: parts.join(", ") }
}

/// Describes the number of ties, kinds, directions and sums; cites sources by number.
fn of_ribbon(map: &Map, summary: &PairSummary, citations: Citations) -> Caption {
    let numbers = summary.sources.iter().filter_map(|&source| map.citation_number(source));
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    let description = match citations {
        Citations::None => String::new(),
        Citations::Numbers | Citations::Full => {
            numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().join(" ")
        }
    };
    Caption { title: pair_hover(map, summary).replace('\n', "; "), description }
}

fn of_tie(map: &Map, id: TieId, citations: Citations) -> Caption {
    let sources = wording::evidence_numbers(map, ClaimId::Tie(id)).into_iter().filter_map(|number| {
        let source = map.cited_sources().get(number as usize - 1)?;
        Some(format!("[{number}] {}", wording::reference(map, *source)))
    });
    let description = match citations {
        Citations::None => String::new(),
        Citations::Numbers | Citations::Full => sources.collect::<Vec<_>>().join("; "),
    };
    Caption { title: wording::tie_sentence(map, id), description }
}

fn links(map: &Map) -> BTreeMap<crate::model::SourceId, String> {
    let openable = |url: &&String| wording::is_openable(url);
    let link = |id| Some((id, map.source(id).url.as_ref().filter(openable)?.clone()));
    map.source_ids().filter_map(link).collect()
}

/// Returns whether a text can be a language tag; anything else would confuse programs that read the file.
fn is_language_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
