//! The page without a selection: the map as a whole, and lists of its actors, ties and sources.

use std::fmt::Write as _;

use crate::document::Shown;
use crate::export::svg::Escaped;
use crate::model::{ActorKindId, Item, Map, SourceId, TieKindId};
use crate::view::{Details, SourceRow, WebLink, build_lists};
use crate::wording::{counted, link_address, number, reference_full};

use super::record::{write_blocks, write_line, write_web_link};
use super::records::{PageRecords, anchor};

/// Anchor of the overview.
pub(super) const OVERVIEW: &str = "overview";

/// Returns the class that colors a kind of actor; `ka` for actors without a kind.
pub(super) fn actor_swatch(kind: Option<ActorKindId>) -> String {
    kind.map_or_else(|| "ka".to_owned(), |kind| format!("ka{}", kind.0))
}

/// Returns the class that colors a kind of tie.
pub(super) fn tie_swatch(kind: TieKindId) -> String {
    format!("kt{}", kind.0)
}

pub(super) fn write_overview(out: &mut String, details: &Details, map: &Map, shown: &Shown, records: &PageRecords) {
    let _ = write!(out, "<article id=\"{OVERVIEW}\" class=\"record\" aria-labelledby=\"{OVERVIEW}-h\">");
    let _ = write!(out, "<h2 id=\"{OVERVIEW}-h\" tabindex=\"-1\">About this map</h2>");
    out.push_str("<p class=\"hint for-script\">Choose an actor or a tie on the map to see what is known of it, and who says so.</p>");
    write_blocks(out, &details.blocks, records);
    write_lists(out, map, shown, records);
    out.push_str("</article>\n");
}

fn write_lists(out: &mut String, map: &Map, shown: &Shown, records: &PageRecords) {
    let lists = build_lists(map, shown);
    let actors: Vec<_> = lists.actors.iter().filter(|row| records.has(Item::Actor(row.id))).collect();
    open_list(out, "actors", "Actors", actors.len());
    for row in actors {
        let note = if row.kind_label.is_empty() { String::new() } else { format!("{} · ", row.kind_label) };
        let note = format!("{note}{}", counted(row.ties, "tie", "ties"));
        write_line(out, &row.name, &note, Item::Actor(row.id), "", Some(&actor_swatch(row.kind)));
    }
    out.push_str("</ul></section>");

    let ties: Vec<_> = lists.ties.iter().filter(|row| records.has(Item::Tie(row.id))).collect();
    open_list(out, "ties", "Ties", ties.len());
    for row in ties {
        let numbers = row.numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().join(" ");
        let marks = row.marks.iter().map(|mark| mark.text());
        let hidden = (!row.is_shown).then_some("not in the picture");
        let parts = [row.note.as_str()].into_iter().chain(marks).chain(hidden).chain([numbers.as_str()]);
        let note = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let class = if row.marks.is_empty() { "" } else { " class=\"marked\"" };
        write_line(out, &row.title, &note, Item::Tie(row.id), class, Some(&tie_swatch(row.kind)));
    }
    out.push_str("</ul></section>");
    write_sources(out, map, &lists.sources, records);
}

fn open_list(out: &mut String, id: &str, heading: &str, count: usize) {
    let count = number(count);
    let _ = write!(out, "<section id=\"{id}\"><h3>{heading} <small>{count}</small></h3><ul class=\"lines\">");
}

/// Writes the numbered sources in full, as printed below the picture.
fn write_sources(out: &mut String, map: &Map, rows: &[SourceRow], records: &PageRecords) {
    let rows: Vec<_> = rows.iter().filter(|row| records.has(Item::Source(row.id))).collect();
    let count = number(rows.len());
    let _ = write!(out, "<section id=\"sources\"><h3>Sources <small>{count}</small></h3><ul class=\"references\">");
    for row in rows {
        let place = row.number.map_or_else(|| "–".to_owned(), |number| format!("[{number}]"));
        let _ = write!(
            out,
            "<li><a href=\"#{}\"><b>{place}</b> <span dir=\"auto\">{}</span></a>",
            anchor(Item::Source(row.id)),
            Escaped(&without_address(map, row.id))
        );
        if let Some(url) = map.source(row.id).url.as_deref() {
            out.push(' ');
            write_web_link(out, &WebLink::new(url));
        }
        out.push_str("</li>");
    }
    out.push_str("</ul></section>");
}

/// Returns the full reference without the address, which follows as a link.
fn without_address(map: &Map, id: SourceId) -> String {
    let full = reference_full(map, id);
    let address = map.source(id).url.as_deref().map(link_address);
    let rest = address.and_then(|address| full.strip_suffix(&address)?.strip_suffix(", ").map(str::to_owned));
    rest.unwrap_or(full)
}
