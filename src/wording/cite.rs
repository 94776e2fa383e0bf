//! Formatting of evidence: attributions, citation numbers and citations to copy.

use crate::model::{ClaimId, Evidence, Map, Quote, SourceId, Stance, Tie};

use super::grammar::capitalized;
use super::link::link_host;
use super::reference::{reference, short_title, source_name};
use super::sentence::claim_sentence;
use super::words::stance_word;
use crate::hidden_characters::visible;

/// Returns the attribution of evidence: "GeekWire", or "Digest, citing GeekWire" if read in another document.
#[must_use]
pub fn attribution(map: &Map, evidence: &Evidence) -> String {
    let source = source_name(map, evidence.source);
    match &evidence.cited_in {
        Some(cited) => format!("{}, citing {source}", source_name(map, cited.source)),
        None => source,
    }
}

/// So many ties that cite one source need no number each.
const MANY_CITATIONS: usize = 8;

/// Returns the source that all ties of a map cite, and no other; `None` if a tie has another source or none, or if there
/// are few ties.
#[must_use]
pub fn common_source(map: &Map) -> Option<SourceId> {
    let mut ties = map.ties().values().peekable();
    let source = ties.peek()?.claim.evidence.first()?.source;
    let cites_only_it = |tie: &Tie| {
        let evidence = &tie.claim.evidence;
        !evidence.is_empty() && evidence.iter().all(|piece| piece.source == source && piece.cited_in.is_none())
    };
    (map.ties().len() >= MANY_CITATIONS && ties.all(cites_only_it)).then_some(source)
}

/// Says once what the labels of ties would repeat: "All ties: \[1\] Herald, March 2026, herald.example".
#[must_use]
pub fn common_source_line(map: &Map, source: SourceId) -> String {
    let number = map.citation_number(source).map(|number| format!("[{number}] ")).unwrap_or_default();
    format!("{ALL_TIES}{number}{}", super::reference(map, source))
}

/// Stands before the source that all ties cite.
pub const ALL_TIES: &str = "All ties: ";

/// Returns the citation numbers of a claim for its label, ascending and without duplicates. Excludes documents in which
/// sources were read.
#[must_use]
pub fn evidence_numbers(map: &Map, id: ClaimId) -> Vec<u32> {
    let mut numbers: Vec<u32> =
        map.claim(id).evidence.iter().filter_map(|piece| map.citation_number(piece.source)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Returns a remark on a link that leads only to the publisher's front page, because the source was cited in a document
/// without its address; `None` for any other link.
#[must_use]
pub fn second_hand_address_remark(map: &Map, evidence: &Evidence) -> Option<String> {
    let cited = evidence.cited_in.as_ref()?;
    let url = map.source(evidence.source).url.as_deref()?;
    let (_, after_scheme) = url.split_once("://")?;
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path);
    link_host(url)?;
    let reader = reader_phrase(map, cited.source);
    path.is_empty().then(|| format!("link to the publisher’s home page only; {reader} gives no address"))
}

/// Names the document that was read, in running text: "the digest" for the short title "Digest", else its name.
fn reader_phrase(map: &Map, id: SourceId) -> String {
    let name = source_name(map, id);
    let is_common_noun = short_title(map.source(id)).is_some()
        && name.chars().skip(1).all(|character| character.is_alphabetic() && character.is_lowercase());
    if is_common_noun { format!("the {}", name.to_lowercase()) } else { name }
}

/// Formats a citation to copy: the sentence, then one line per piece of evidence with quote and source.
#[must_use]
pub fn citation_text(map: &Map, id: ClaimId) -> String {
    let mut text = format!("{}.", claim_sentence(map, id));
    for piece in &map.claim(id).evidence {
        text.push('\n');
        text.push_str(&evidence_line(map, piece));
    }
    text
}

/// Formats e.g. "[2] Supports: “…” (GeekWire, March 2026, geekwire.com; read in Digest, paragraph 2)".
fn evidence_line(map: &Map, piece: &Evidence) -> String {
    let number = map.citation_number(piece.source).map(|number| format!("[{number}] ")).unwrap_or_default();
    let stance = if piece.stance.is(&Stance::Supports) {
        String::new()
    } else {
        format!("{}: ", capitalized(&stance_word(&piece.stance)))
    };
    let cited = piece.cited_in.as_ref();
    let quote = piece.quote.as_ref().or_else(|| cited.and_then(|cited| cited.quote.as_ref()));
    let quote = quote.map(|quote: &Quote| format!("“{}” ", visible(quote.exact.trim()))).unwrap_or_default();
    let mut place = vec![reference(map, piece.source)];
    place.extend(piece.locator.as_deref().map(|locator| visible(locator).into_owned()));
    let read = cited.map(|cited| {
        let locator = cited.locator.as_deref().map(|locator| format!(", {}", visible(locator))).unwrap_or_default();
        format!("; read in {}{locator}", reference(map, cited.source))
    });
    let place = format!("{}{}", place.join(", "), read.unwrap_or_default());
    if quote.is_empty() { format!("{number}{stance}{place}") } else { format!("{number}{stance}{quote}({place})") }
}

#[cfg(test)]
#[path = "cite_tests.rs"]
mod tests;
