//! A report in Markdown: each tie and fact as a sentence with the numbers of its sources, which stand below.

use std::fmt::Write as _;

use crate::model::{ClaimId, Map, SourceId, TieKindId};
use crate::wording::{
    capitalized, claim_sentence, counted, date_text, evidence_numbers, is_openable, reference_full, visible,
};

use super::content::DataContent;
use super::{DataFile, one_file};

pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let map = &content.map;
    let mut out = String::new();
    head(&mut out, map);
    for (kind, record) in map.tie_kinds().iter() {
        let ties: Vec<ClaimId> = map.tie_ids().filter(|id| map.tie(*id).kind == kind).map(ClaimId::Tie).collect();
        section(&mut out, map, &heading(map, kind, &record.label), &ties);
    }
    let facts: Vec<ClaimId> = map.fact_ids().map(ClaimId::Fact).collect();
    section(&mut out, map, "Facts", &facts);
    let lone = map.actor_ids().filter(|id| map.ties_of(*id).is_empty() && map.facts_of(*id).is_empty());
    let lone: Vec<String> = lone.map(|id| escaped(&map.actor(id).name)).collect();
    if !lone.is_empty() {
        let _ = writeln!(out, "## Actors without ties\n\n{}\n", lone.join(" · "));
    }
    sources(&mut out, map);
    one_file(out)
}

fn head(out: &mut String, map: &Map) {
    let meta = map.meta();
    let _ = writeln!(out, "# {}\n", escaped(meta.title.as_deref().unwrap_or("Untitled map")));
    if let Some(subtitle) = &meta.subtitle {
        let _ = writeln!(out, "{}\n", escaped(subtitle));
    }
    let mut facts = vec![
        counted(map.actors().len(), "actor", "actors"),
        counted(map.ties().len(), "tie", "ties"),
        counted(map.sources().len(), "source", "sources"),
    ];
    facts.extend(meta.as_of.as_ref().map(|date| format!("as of {}", date_text(date))));
    if !meta.authors.is_empty() {
        facts.push(format!("by {}", meta.authors.iter().map(|author| escaped(author)).collect::<Vec<_>>().join(", ")));
    }
    facts.extend(meta.license.as_ref().map(|license| escaped(license)));
    let _ = writeln!(out, "{}\n", facts.join(" · "));
    if let Some(note) = &meta.note {
        let _ = writeln!(out, "{}\n", escaped(note));
    }
}

/// Returns the heading for the ties of a kind, which no other kind has.
fn heading(map: &Map, kind: TieKindId, label: &str) -> String {
    let has_twin = map.tie_kinds().iter().any(|(id, other)| id != kind && other.label == label);
    let label = capitalized(label);
    if has_twin { format!("{label} ({})", map.tie_kinds()[kind].key) } else { label }
}

/// Writes a list of claims, each with the numbers of its sources and the words that prove it.
fn section(out: &mut String, map: &Map, title: &str, claims: &[ClaimId]) {
    if claims.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {}\n", escaped(title));
    for &id in claims {
        let claim = map.claim(id);
        let numbers: Vec<String> = evidence_numbers(map, id).iter().map(|number| format!("\\[{number}\\]")).collect();
        let numbers = if numbers.is_empty() { String::new() } else { format!(" {}", numbers.join("")) };
        let _ = writeln!(out, "- {}.{numbers}", escaped(&claim_sentence(map, id)));
        if let Some(summary) = &claim.summary {
            let _ = writeln!(out, "  {}", escaped(summary));
        }
        for piece in &claim.evidence {
            let cited = piece.cited_in.as_ref();
            let quote = piece.quote.as_ref().map(|quote| (quote, map.citation_number(piece.source)));
            let read = || {
                let cited = cited?;
                Some((cited.quote.as_ref()?, map.citation_number(cited.source)))
            };
            if let Some((quote, number)) = quote.or_else(read) {
                let number = number.map(|number| format!(" \\[{number}\\]")).unwrap_or_default();
                let _ = writeln!(out, "  > “{}”{number}", escaped(quote.exact.trim()));
            }
        }
    }
    out.push('\n');
}

/// Writes the cited sources by their number, then the others.
fn sources(out: &mut String, map: &Map) {
    let mut cited: Vec<(u32, SourceId)> =
        map.source_ids().filter_map(|id| Some((map.citation_number(id)?, id))).collect();
    cited.sort_unstable();
    let rest: Vec<SourceId> = map.source_ids().filter(|id| map.citation_number(*id).is_none()).collect();
    if !cited.is_empty() {
        out.push_str("## Sources\n\n");
        for (number, id) in cited {
            let _ = writeln!(out, "\\[{number}\\] {}\n", source(map, id));
        }
    }
    if !rest.is_empty() {
        out.push_str("## Uncited sources\n\n");
        for id in rest {
            let _ = writeln!(out, "- {}", source(map, id));
        }
        out.push('\n');
    }
}

/// Returns a reference, with a link where its address may be opened.
fn source(map: &Map, id: SourceId) -> String {
    let text = escaped(&reference_full(map, id));
    let url = map.source(id).url.as_deref().filter(|url| is_openable(url));
    let is_plain =
        |url: &&str| !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')'));
    url.filter(is_plain).map_or_else(|| text.clone(), |url| format!("{text} ([link](<{}>))", visible(url)))
}

/// Returns a text on one line in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in visible(text).trim().char_indices() {
        let is_mark = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '!');
        // These begin lists, headings and rules at the start of a line only.
        let is_start = at == 0 && matches!(c, '-' | '+' | '=' | ':' | '0'..='9');
        if is_mark || (is_start && !c.is_ascii_digit()) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escaped("<b>*a*</b> [x](javascript:y) `z` | \\"),
            "\\<b\\>\\*a\\*\\</b\\> \\[x\\](javascript:y) \\`z\\` \\| \\\\"
        );
        assert_eq!(escaped("- one\ntwo\u{202e}"), "\\- one two\\[U+202E\\]");
    }
}
