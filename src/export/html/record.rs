//! Writes the details of a record as an article, block by block as in the window's panel.

use std::fmt::Write as _;

use crate::export::svg::Escaped;
use crate::model::{Item, Stance};
use crate::view::{Block, DetailRow, Details, EvidenceDetails, Line, Link, QuoteDetails, SourceCitation, WebLink};
use crate::wording::capitalized;

use super::records::{PageRecords, anchor};

/// Content of a record's article.
pub(super) struct Article<'a> {
    /// Anchor of the article.
    pub(super) id: String,
    /// Kind of record, for the script.
    pub(super) kind: &'static str,
    /// Details as in the panel.
    pub(super) details: &'a Details,
    /// Class that colors the record's kind.
    pub(super) swatch: Option<String>,
    /// Text for "Copy citation".
    pub(super) citation: Option<String>,
}

/// Writes the article of a record.
pub(super) fn write_record(out: &mut String, article: &Article<'_>, records: &PageRecords) {
    let Article { id, kind, details, swatch, citation } = article;
    let _ = write!(out, "<article id=\"{id}\" class=\"record\" data-kind=\"{kind}\" aria-labelledby=\"{id}-h\">");
    let _ = write!(out, "<h2 id=\"{id}-h\" dir=\"auto\" tabindex=\"-1\">{}</h2>", Escaped(&details.title));
    if !details.subtitle.is_empty() {
        out.push_str("<p class=\"subtitle\" dir=\"auto\">");
        write_swatch(out, swatch.as_deref());
        let _ = write!(out, "{}</p>", Escaped(&details.subtitle));
    }
    if let Some(figure) = &details.figure {
        let _ = write!(out, "<p class=\"figure\">{}</p>", Escaped(figure));
        if let Some(exact) = &details.exact_figure {
            let _ = write!(out, "<p class=\"subtitle\">{}</p>", Escaped(exact));
        }
    }
    write_blocks(out, &details.blocks, records);
    if let Some(citation) = citation {
        let _ = write!(
            out,
            "<pre class=\"citation\" hidden=\"\">{}</pre><p class=\"for-script\"><button type=\"button\" class=\"copy\">Copy citation</button></p>",
            lines_markup(citation)
        );
    }
    out.push_str("</article>\n");
}

/// Returns the kind of a record, for the script.
pub(super) fn kind_of(item: Item) -> &'static str {
    match item {
        Item::Actor(_) => "actor",
        Item::Tie(_) => "tie",
        Item::Fact(_) => "fact",
        Item::Source(_) => "source",
    }
}

/// Escapes text and preserves its line breaks.
pub(super) fn lines_markup(text: &str) -> String {
    text.lines().map(|line| Escaped(line).to_string()).collect::<Vec<_>>().join("\n")
}

/// Writes a spot in the color of a kind.
pub(super) fn write_swatch(out: &mut String, class: Option<&str>) {
    if let Some(class) = class {
        let _ = write!(out, "<i class=\"swatch {class}\"></i>");
    }
}

/// Writes blocks from top to bottom; consecutive rows form one list, and so do consecutive lines.
pub(super) fn write_blocks(out: &mut String, blocks: &[Block], records: &PageRecords) {
    let mut rest = blocks;
    while let Some(block) = rest.first() {
        let alike = rest.iter().take_while(|other| std::mem::discriminant(*other) == std::mem::discriminant(block));
        let (group, after) = rest.split_at(alike.count());
        match block {
            Block::Row(_) => write_rows(out, group, records),
            Block::Line(_) => write_lines(out, group, records),
            Block::Heading(heading, remark) => {
                // One heading at a time, since each counts the lines below it.
                write_heading(out, heading, remark, &rest[1..], records);
                rest = &rest[1..];
                continue;
            }
            _ => group.iter().for_each(|block| write_block(out, block, records)),
        }
        rest = after;
    }
}

fn write_block(out: &mut String, block: &Block, records: &PageRecords) {
    match block {
        Block::Text(text) => {
            let _ = write!(out, "<p class=\"text\" dir=\"auto\">{}</p>", Escaped(text));
        }
        Block::Marks(marks) => {
            out.push_str("<p class=\"marks\">");
            for mark in marks {
                let _ = write!(out, "<span>{}</span> ", Escaped(&capitalized(mark.text())));
            }
            out.push_str("</p>");
        }
        Block::Cited(sentence) => {
            out.push_str("<p class=\"text\" dir=\"auto\">");
            write_item_link(out, &sentence.cited(), Item::Tie(sentence.tie), records);
            out.push_str("</p>");
        }
        Block::Evidence(piece) => write_evidence(out, piece, records),
        // `Private`: tables and fields of the user's own leave the house on no page.
        Block::Private(_) | Block::Heading(..) | Block::Row(_) | Block::Line(_) => {}
    }
}

/// Writes a heading; if only some of its lines lead to records of the page, it includes their count.
fn write_heading(out: &mut String, heading: &str, remark: &str, below: &[Block], records: &PageRecords) {
    let lines: Vec<&Line> =
        below.iter().map_while(|block| if let Block::Line(line) = block { Some(line) } else { None }).collect();
    let kept = lines.iter().filter(|line| records.has(line.item)).count();
    if kept == 0 && !lines.is_empty() {
        return;
    }
    let remark = match (kept < lines.len(), remark) {
        (false, remark) => remark.to_owned(),
        (true, "") => format!("{kept} of {}", lines.len()),
        (true, remark) => format!("{kept} of {remark}"),
    };
    let _ = write!(out, "<h3>{}", Escaped(heading));
    if !remark.is_empty() {
        let _ = write!(out, " <small>{}</small>", Escaped(&remark));
    }
    out.push_str("</h3>");
}

fn write_rows(out: &mut String, rows: &[Block], records: &PageRecords) {
    out.push_str("<dl>");
    for block in rows {
        let Block::Row(DetailRow { label, value, detail, link, entry: _ }) = block else { continue };
        let field = if *label == "Also known as" { " data-field=\"alias\"" } else { "" };
        let _ = write!(out, "<div><dt>{}</dt><dd dir=\"auto\"{field}>", Escaped(label));
        match link {
            Some(Link::Web(link)) => write_web_link(out, link),
            Some(Link::Item(item)) => write_item_link(out, value, *item, records),
            None => write_escaped(out, value),
        }
        if let Some(detail) = detail {
            let _ = write!(out, " <small>{}</small>", Escaped(detail));
        }
        out.push_str("</dd></div>");
    }
    out.push_str("</dl>");
}

/// Writes lines that lead to records of the page and omits all others.
fn write_lines(out: &mut String, lines: &[Block], records: &PageRecords) {
    let lines = lines.iter().filter_map(|block| if let Block::Line(line) = block { Some(line) } else { None });
    let mut lines = lines.filter(|line| records.has(line.item)).peekable();
    if lines.peek().is_none() {
        return;
    }
    out.push_str("<ul class=\"lines\">");
    for line in lines {
        let marks = line.marks.iter().map(|mark| mark.text());
        let parts = std::iter::once(line.note.as_str()).chain(marks).filter(|part| !part.is_empty());
        let note = parts.collect::<Vec<_>>().join(" · ");
        let class = if line.marks.is_empty() { "" } else { " class=\"marked\"" };
        write_line(out, &line.text, &note, line.item, class, None);
    }
    out.push_str("</ul>");
}

/// Writes a line of a list: its text, and a smaller note below.
pub(super) fn write_line(out: &mut String, text: &str, note: &str, item: Item, class: &str, swatch: Option<&str>) {
    let _ = write!(out, "<li{class}><a href=\"#{}\">", anchor(item));
    write_swatch(out, swatch);
    let _ = write!(out, "<span dir=\"auto\">{}</span>", Escaped(text));
    if !note.is_empty() {
        let _ = write!(out, " <small dir=\"auto\">{}</small>", Escaped(note));
    }
    out.push_str("</a></li>");
}

fn write_item_link(out: &mut String, words: &str, item: Item, records: &PageRecords) {
    if records.has(item) {
        let _ = write!(out, "<a href=\"#{}\">{}</a>", anchor(item), Escaped(words));
    } else {
        write_escaped(out, words);
    }
}

/// Writes an address with its real host in full; addresses that must not be opened become plain text.
pub(super) fn write_web_link(out: &mut String, link: &WebLink) {
    if link.is_openable {
        let _ = write!(
            out,
            "<a class=\"web\" href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a>",
            Escaped(&link.url),
            Escaped(&link.shown)
        );
    } else {
        let _ = write!(out, "<span class=\"web\">{}</span>", Escaped(&link.shown));
    }
}

fn write_evidence(out: &mut String, piece: &EvidenceDetails, records: &PageRecords) {
    let class = match piece.stance {
        Some(Stance::Supports) => "supports",
        Some(Stance::Disputes) => "disputes",
        Some(Stance::Mentions) | None => "mentions",
    };
    let _ = write!(out, "<section class=\"proof {class}\">");
    write_small(out, "who", Some(&piece.attribution));
    write_small(out, "stance", Some(&piece.stance_text));
    write_small(out, "own", piece.own_word.as_deref());
    for quote in &piece.quotes {
        write_quote(out, quote);
    }
    write_citation(out, &piece.source, "", records);
    if let Some(read_in) = &piece.read_in {
        write_citation(out, read_in, "Read in ", records);
    }
    for remark in &piece.remarks {
        write_small(out, "place", Some(remark));
    }
    out.push_str("</section>");
}

fn write_quote(out: &mut String, quote: &QuoteDetails) {
    out.push_str("<figure><blockquote dir=\"auto\">");
    if !quote.before.is_empty() {
        let _ = write!(out, "<span>{} </span>", Escaped(&quote.before));
    }
    let _ = write!(out, "“{}”", Escaped(&quote.exact));
    if !quote.after.is_empty() {
        let _ = write!(out, "<span> {}</span>", Escaped(&quote.after));
    }
    let _ = write!(out, "</blockquote><figcaption>— {}</figcaption></figure>", Escaped(&quote.source_name));
}

/// Writes a source with its number, reference, location and addresses.
fn write_citation(out: &mut String, source: &SourceCitation, lead: &str, records: &PageRecords) {
    let number = source.number.map(|number| format!("[{number}] ")).unwrap_or_default();
    out.push_str("<p class=\"cite\" dir=\"auto\">");
    write_item_link(out, &format!("{lead}{number}{}", source.reference), Item::Source(source.id), records);
    out.push_str("</p>");
    let accessed = source.accessed.as_ref().map(|date| format!("read {date}"));
    let place: Vec<&str> = [source.locator.as_deref(), accessed.as_deref()].into_iter().flatten().collect();
    write_small(out, "place", Some(place.join(", ").as_str()));
    for (lead, link) in [("", &source.link), ("Archived copy: ", &source.archive)] {
        let Some(link) = link else { continue };
        let _ = write!(out, "<p class=\"address\">{lead}");
        write_web_link(out, link);
        out.push_str("</p>");
    }
}

/// Writes a short paragraph, or nothing without text.
fn write_small(out: &mut String, class: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        let _ = write!(out, "<p class=\"{class}\" dir=\"auto\">{}</p>", Escaped(text));
    }
}

fn write_escaped(out: &mut String, text: &str) {
    let _ = write!(out, "{}", Escaped(text));
}
