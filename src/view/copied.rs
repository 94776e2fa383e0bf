//! Copied records as rows of a table, for other programs; its headings are those that an import knows.

use std::fmt::Write as _;

use crate::document::Document;
use crate::document::edit::{Field, TextEntry, entry_text};
use crate::model::{Claim, Ends, Item, Map, TieId};
use crate::wording;

const TIE_HEADINGS: &str =
    "From\tKind\tTo\tLabel\tAmount\tStart date\tEnd date\tDate\tSummary\tSource\tSource URL\tQuote\n";
const ACTOR_HEADINGS: &str = "Name\tKind\tSummary\tURL\n";

/// Returns ties as rows with a header, one for each piece of evidence; if there are none, actors, or the texts of facts.
#[must_use]
pub fn rows_of(document: &Document, items: &[Item]) -> String {
    let map = &document.map;
    let ties: Vec<TieId> =
        items.iter().filter_map(|item| if let Item::Tie(id) = item { Some(*id) } else { None }).collect();
    if !ties.is_empty() {
        return ties.iter().fold(TIE_HEADINGS.to_owned(), |rows, tie| rows + &rows_of_tie(document, *tie));
    }
    let mut rows = String::new();
    let actors: Vec<_> = items.iter().filter(|item| matches!(item, Item::Actor(_))).collect();
    if !actors.is_empty() {
        rows.push_str(ACTOR_HEADINGS);
    }
    for item in items {
        match *item {
            Item::Actor(id) => {
                let (actor, kind) = (map.actor(id), map.actor_kind(id).map(|kind| kind.label.as_str()));
                let texts = [Some(actor.name.as_str()), kind, actor.summary.as_deref(), actor.url.as_deref()];
                push_row(&mut rows, texts.map(Option::unwrap_or_default));
            }
            Item::Fact(id) if actors.is_empty() => push_row(&mut rows, [map.fact(id).text.as_str()]),
            Item::Fact(_) | Item::Tie(_) | Item::Source(_) => {}
        }
    }
    rows
}

fn rows_of_tie(document: &Document, tie: TieId) -> String {
    let map = &document.map;
    let record = map.tie(tie);
    let name = |actor| map.actor(actor).name.as_str();
    let (from, to) = match &record.ends {
        Ends::Pair { from, to } => (name(*from).to_owned(), name(*to).to_owned()),
        // Each with the first, as a table of two ends can say it.
        Ends::Parties(_) => {
            let mut actors = record.ends.actors().into_iter().map(name);
            let first = actors.next().unwrap_or_default().to_owned();
            (first, actors.collect::<Vec<_>>().join("; "))
        }
    };
    let text = |entry| entry_text(document, Item::Tie(tie), entry).unwrap_or_default();
    let dates = [Field::Start, Field::End, Field::Date].map(|field| text(TextEntry::Field(field)));
    let amount = text(TextEntry::HowMuch);
    let claim = &record.claim;
    let said = |[source, url, quote]: [&str; 3]| {
        let mut row = String::new();
        let kind = map.tie_kind(tie).label.as_str();
        let label = claim.label.as_deref().unwrap_or_default();
        let [start, end, date] = &dates;
        let summary = claim.summary.as_deref().unwrap_or_default();
        push_row(&mut row, [&from, kind, &to, label, &amount, start, end, date, summary, source, url, quote]);
        row
    };
    if claim.evidence.is_empty() {
        return said([""; 3]);
    }
    evidence_of(map, claim).map(|(source, url, quote)| said([&source, &url, &quote])).collect()
}

fn evidence_of<'a>(map: &'a Map, claim: &'a Claim) -> impl Iterator<Item = (String, String, String)> + 'a {
    claim.evidence.iter().map(|piece| {
        let source = map.source(piece.source);
        let title = source.title.clone().unwrap_or_else(|| wording::source_name(map, piece.source));
        let quote = piece.quote.as_ref().map(|quote| quote.exact.clone()).unwrap_or_default();
        (title, source.url.clone().unwrap_or_default(), quote)
    })
}

/// Adds a row; tabs and line breaks would end a cell.
fn push_row<'a>(rows: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        let tab = if index > 0 { "\t" } else { "" };
        let words: Vec<&str> = cell.split_whitespace().collect();
        // Writing to a string can't fail.
        let _ = write!(rows, "{tab}{}", words.join(" "));
    }
    rows.push('\n');
}
