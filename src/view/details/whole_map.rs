//! Details of the whole map or of several selected records.

use std::collections::BTreeSet;

use crate::analysis::{Coverage, Sum, coverage, sums};
use crate::document::Shown;
use crate::model::{ActorId, Ends, Item, Map, TieId};
use crate::wording::{
    actor_name, amount_figures, amount_rounded, counted, date_text, fact_sentence, joined_and, number, plural,
    source_name, tie_title, visible,
};

use super::super::line::{tie_lines, tie_note};
use super::{Block, Blocks, DetailRow, Details, Line};

/// The counts and sums of ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapCounts {
    /// The ties by quality of sourcing.
    pub coverage: Coverage,
    sums: Vec<Sum>,
}

impl MapCounts {
    /// Counts the visible ties.
    #[must_use]
    pub fn new(map: &Map, shown: &Shown) -> Self {
        Self::of_ties(map, &shown.ties().collect::<Vec<_>>())
    }

    fn of_ties(map: &Map, ties: &[TieId]) -> Self {
        Self { coverage: coverage(map, ties.iter().copied()), sums: sums(map, ties.iter().copied()) }
    }
}

/// Builds the details of the map, if nothing is selected; without `counts`, its ties are not told.
#[must_use]
pub fn build_map_details(map: &Map, counts: Option<&MapCounts>) -> Details {
    let meta = &map.meta();
    let mut blocks = Blocks::default();
    blocks.text(meta.note.as_deref());
    blocks.row("As of", meta.as_of.as_ref().map(date_text));
    let authors: Vec<String> = meta.authors.iter().map(|author| visible(author).into_owned()).collect();
    blocks.row("By", (!authors.is_empty()).then(|| joined_and(&authors)));
    blocks.row("License", meta.license.as_deref().map(|license| visible(license).into_owned()));
    blocks.row("Actors", Some(number(map.actors().len())));
    blocks.row("Sources", Some(number(map.sources().len())));
    if let Some(counts) = counts {
        push_map_counts(&mut blocks, counts);
    }
    Details {
        claim: None,
        answer: None,
        title: meta.title.as_deref().map_or_else(|| "Untitled map".to_owned(), |title| visible(title).into_owned()),
        subtitle: meta.subtitle.as_deref().map(|subtitle| visible(subtitle).into_owned()).unwrap_or_default(),
        figure: None,
        exact_figure: None,
        blocks: blocks.0,
        ..Details::default()
    }
}

/// Builds the details of several records: a line for each, and the visible ties between the actors among them.
pub(super) fn of_several(map: &Map, selection: &[Item], shown: &Shown) -> Details {
    let mut blocks = Blocks::default();
    let actors: BTreeSet<ActorId> =
        selection.iter().filter_map(|item| if let Item::Actor(actor) = item { Some(*actor) } else { None }).collect();
    let picked: BTreeSet<TieId> =
        selection.iter().filter_map(|item| if let Item::Tie(tie) = item { Some(*tie) } else { None }).collect();
    let between: BTreeSet<TieId> = shown.ties().filter(|&tie| is_among(map, tie, &actors)).collect();
    let ties: Vec<TieId> = picked.union(&between).copied().collect();
    if !ties.is_empty() {
        push_counts(&mut blocks, map, &ties);
    }
    blocks.lines("Selected", String::new(), selection.iter().map(|&item| item_line(map, item)).collect());
    let rest = between.difference(&picked).copied();
    let rest = tie_lines(map, rest);
    blocks.lines("Ties between them", number(rest.len()), rest);
    Details {
        claim: None,
        answer: None,
        title: format!("{} selected", number(selection.len())),
        subtitle: selection_text(selection),
        figure: None,
        exact_figure: None,
        blocks: blocks.0,
        ..Details::default()
    }
}

/// Adds the number of ties, their coverage by sources, and the sums of their amounts.
pub(super) fn push_counts(blocks: &mut Blocks, map: &Map, ties: &[TieId]) {
    push_map_counts(blocks, &MapCounts::of_ties(map, ties));
}

fn push_map_counts(blocks: &mut Blocks, MapCounts { coverage, sums }: &MapCounts) {
    blocks.row("Ties", Some(number(coverage.ties)));
    if coverage.ties > 0 {
        blocks.row("Sourced", Some(coverage_text(coverage)));
    }
    if !sums.is_empty() {
        blocks
            .0
            .push(Block::Heading(plural(sums.len(), "Sum of amounts", "Sums of amounts").to_owned(), String::new()));
    }
    for Sum { amount, ties } in sums {
        let count = counted(ties.len(), "tie", "ties");
        blocks.0.push(Block::Row(DetailRow {
            label: visible(amount.currency.as_deref().unwrap_or_default()).into_owned().into(),
            value: amount_rounded(amount),
            detail: Some(joined(amount_figures(amount), count)),
            link: None,
            entry: None,
        }));
    }
}

/// Joins figures and count: "826,250,000.50–991,250,000.50 EUR, 7 ties".
fn joined(figures: Option<String>, count: String) -> String {
    figures.into_iter().chain([count]).collect::<Vec<_>>().join(", ")
}

/// Describes the coverage: "all, 7 independently".
fn coverage_text(coverage: &Coverage) -> String {
    let sourced = if coverage.sourced == coverage.ties {
        "all".to_owned()
    } else {
        format!("{} of {}", number(coverage.sourced), number(coverage.ties))
    };
    format!("{sourced}, {} independently", number(coverage.independent))
}

fn is_among(map: &Map, tie: TieId, actors: &BTreeSet<ActorId>) -> bool {
    let ends = &map.tie(tie).ends;
    let found = ends.actors().iter().filter(|actor| actors.contains(actor)).count();
    match ends {
        Ends::Pair { from, to } => found == if from == to { 1 } else { 2 },
        Ends::Parties(_) => found >= 2,
    }
}

/// Builds a line for a record.
pub(super) fn item_line(map: &Map, item: Item) -> Line {
    let (text, note) = match item {
        Item::Actor(actor) => {
            let kind = map.actor_kind(actor).map(|kind| visible(&kind.label).into_owned());
            (actor_name(map, actor), kind.unwrap_or_default())
        }
        Item::Tie(tie) => (tie_title(map, tie), tie_note(map, tie)),
        Item::Fact(fact) => (fact_sentence(map, fact), String::new()),
        Item::Source(source) => (source_name(map, source), String::new()),
    };
    Line { text, note, marks: Vec::new(), item }
}

/// Describes a selection: "2 actors and 1 tie".
pub(super) fn selection_text(selection: &[Item]) -> String {
    let count = |is_one: fn(&Item) -> bool| selection.iter().filter(|item| is_one(item)).count();
    let counts = [
        (count(|item| matches!(item, Item::Actor(_))), "actor", "actors"),
        (count(|item| matches!(item, Item::Tie(_))), "tie", "ties"),
        (count(|item| matches!(item, Item::Fact(_))), "fact", "facts"),
        (count(|item| matches!(item, Item::Source(_))), "source", "sources"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    joined_and(&parts)
}
