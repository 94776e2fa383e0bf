//! Citation numbers and signs of doubt on pills.

use std::sync::Arc;

use super::measures::PillMeasures;
use crate::analysis::PairSummary;
use crate::model::{ClaimId, Map, TieId};
use crate::scene::plan::doubt::Doubt;
use crate::text::{Face, Fonts, Text};
use crate::wording;

/// Citation numbers, with room for two digits each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PillNumbers {
    pub(super) text: Arc<Text>,
    pub(super) room: f32,
}

impl PillNumbers {
    /// Returns the space between the numbers and text of this width.
    pub(super) fn gap_after(&self, texts: f32, measures: PillMeasures) -> f32 {
        if self.room > 0.0 && texts > 0.0 { measures.gap } else { 0.0 }
    }
}

/// Returns the citation numbers of a tie, or that it has no source, and the signs of doubt.
pub(super) fn numbers(map: &Map, id: TieId, doubt: Doubt, measures: PillMeasures, fonts: &Fonts) -> PillNumbers {
    let numbers = wording::evidence_numbers(map, ClaimId::Tie(id));
    if numbers.is_empty() {
        let text = fonts.shape(&doubt.after("no source"), measures.style(Face::Italic), None, None);
        return PillNumbers { room: text.size.x, text };
    }
    let padded: Vec<u32> = numbers.iter().map(|&number| number.max(10)).collect();
    let widest = cited(&numbers, &padded).replace(|c: char| c.is_ascii_digit(), "0");
    let text = fonts.shape(&doubt.after(&cited(&numbers, &numbers)), measures.style(Face::Regular), None, None);
    let room = fonts.shape(&doubt.after(&widest), measures.style(Face::Regular), None, None).size.x.max(text.size.x);
    PillNumbers { text, room }
}

/// Formats ascending numbers as `[1]`, `[1, 2]` or `[1–3]`; more than three entries are cut to two and "…".
fn cited(numbers: &[u32], shown: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let mut end = at;
        while end + 1 < numbers.len() && numbers[end + 1] == numbers[end] + 1 {
            end += 1;
        }
        match end - at {
            0 => parts.push(shown[at].to_string()),
            1 => parts.extend([shown[at].to_string(), shown[end].to_string()]),
            _ => parts.push(format!("{}–{}", shown[at], shown[end])),
        }
        at = end + 1;
    }
    if parts.len() > 3 {
        parts.truncate(2);
        parts.push("…".to_owned());
    }
    format!("[{}]", parts.join(", "))
}

/// Returns the signs of doubt alone, or empty text.
pub(super) fn signs(doubt: Doubt, measures: PillMeasures, fonts: &Fonts) -> PillNumbers {
    let signs = doubt.after("");
    let text = fonts.shape(&signs, measures.style(Face::Regular), None, None);
    // Even empty text has a width, that of a caret.
    PillNumbers { room: if signs.is_empty() { 0.0 } else { text.size.x }, text }
}

/// Returns the sources of a ribbon, as citation numbers if they form few runs and else as a count, and the signs of
/// doubt.
pub(super) fn ribbon_numbers(
    (map, summary): (&Map, &PairSummary),
    shows_sources: bool,
    doubt: Doubt,
    measures: PillMeasures,
    fonts: &Fonts,
) -> PillNumbers {
    let mut numbers: Vec<u32> = summary.sources.iter().filter_map(|&source| map.citation_number(source)).collect();
    numbers.sort_unstable();
    let told = |shown: &[u32]| {
        let cited = cited(&numbers, shown);
        if cited.contains('…') { wording::counted(numbers.len(), "source", "sources") } else { cited }
    };
    let lack = match summary.unsourced {
        0 => None,
        _ if is_all_unsourced(summary) => Some("no source".to_owned()),
        some => Some(format!("{some} with no source")),
    };
    let text = |shown: &[u32]| {
        let sources = (shows_sources && !numbers.is_empty()).then(|| told(shown));
        let parts: Vec<String> = sources.into_iter().chain(lack.clone()).collect();
        doubt.after(&parts.join(", "))
    };
    let face = if is_all_unsourced(summary) { Face::Italic } else { Face::Regular };
    let set_text = |text: &str| fonts.shape(text, measures.style(face), None, None);
    let padded: Vec<u32> = numbers.iter().map(|&number| number.max(10)).collect();
    let shaped = set_text(&text(&numbers));
    if text(&numbers).is_empty() {
        return PillNumbers { text: shaped, room: 0.0 };
    }
    let room = set_text(&text(&padded).replace(|c: char| c.is_ascii_digit(), "0")).size.x.max(shaped.size.x);
    PillNumbers { text: shaped, room }
}

/// Returns whether no tie of a ribbon has a source.
pub(super) fn is_all_unsourced(summary: &PairSummary) -> bool {
    summary.unsourced == summary.ties.len()
}

#[cfg(test)]
mod tests {
    use super::cited;

    #[test]
    fn numbers_read_as_in_print() {
        let read = |numbers: &[u32]| cited(numbers, numbers);
        assert_eq!(read(&[1]), "[1]");
        assert_eq!(read(&[1, 2]), "[1, 2]");
        assert_eq!(read(&[1, 2, 3]), "[1–3]");
        assert_eq!(read(&[1, 4, 5, 6]), "[1, 4–6]");
        assert_eq!(read(&[1, 3, 5, 7]), "[1, 3, …]");
    }
}
