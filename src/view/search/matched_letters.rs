//! Texts with the letters marked that match a query.

use std::ops::Range;

use nucleo_matcher::Utf32Str;

use super::Finder;

/// The maximum number of characters of an excerpt.
const EXCERPT: usize = 90;
/// The number of characters kept before the first match of an excerpt.
const BEFORE: usize = 30;

/// A text with the letters that match a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedText {
    /// The whole text.
    pub text: String,
    /// The matching parts as byte ranges, in order and apart from each other.
    pub marks: Vec<Range<usize>>,
}

impl MarkedText {
    /// Returns the text in pieces, each with whether it matches.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let mut at = 0;
        let last = (self.text.len()..self.text.len(), false);
        let marks = self.marks.iter().cloned().map(|mark| (mark, true)).chain([last]);
        marks.flat_map(move |(mark, is_match)| {
            let before = (&self.text[at..mark.start], false);
            at = mark.end;
            [before, (&self.text[mark], is_match)].into_iter().filter(|(piece, _)| !piece.is_empty())
        })
    }
}

impl Finder {
    /// Marks where words of the query occur in a text, each at its best place.
    pub(super) fn marked(&mut self, text: String) -> MarkedText {
        let (chars, starts) = letters(&text);
        let mut found = Vec::new();
        for word in &self.parts.atoms {
            // The matcher adds letters even of a word that it does not find.
            let mut letters = Vec::new();
            if word.indices(Utf32Str::Unicode(&chars), &mut self.matcher, &mut letters).is_some() {
                found.append(&mut letters);
            }
        }
        MarkedText { marks: ranges(found, &starts), text }
    }

    /// Marks the letters of the query where they are scattered over a text.
    pub(super) fn marked_scattered(&mut self, text: String) -> MarkedText {
        let (chars, starts) = letters(&text);
        let mut found = Vec::new();
        if self.scattered.indices(Utf32Str::Unicode(&chars), &mut self.matcher, &mut found).is_none() {
            found.clear();
        }
        MarkedText { marks: ranges(found, &starts), text }
    }

    /// Returns the part of a long text around its first match.
    pub(super) fn excerpt(&mut self, text: &str) -> String {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= EXCERPT {
            return text;
        }
        let (mut chars, starts) = letters(&text);
        chars.pop();
        let first =
            self.marked(text.clone()).marks.first().map_or(0, |mark| starts.partition_point(|&at| at < mark.start));
        let mut start = first.saturating_sub(BEFORE).min(chars.len().saturating_sub(EXCERPT));
        // Begin with a whole word, unless the words are too long.
        let word = chars[start..first.max(start)].iter().position(|letter| letter.is_whitespace());
        start += if start == 0 { 0 } else { word.map_or(0, |at| at + 1) };
        let end = (start + EXCERPT).min(chars.len());
        let part: String = chars[start..end].iter().collect();
        let [before, after] = [start > 0, end < chars.len()].map(|is_cut| if is_cut { "…" } else { "" });
        format!("{before}{}{after}", part.trim_end())
    }
}

/// Returns the characters of a text, and where each starts, in bytes, with the length of the text last. Ends with a
/// space, because the matcher does not find words at the very end.
fn letters(text: &str) -> (Vec<char>, Vec<usize>) {
    let chars = text.chars().chain([' ']).collect();
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    (chars, starts)
}

/// Joins the numbers of characters to byte ranges.
fn ranges(mut found: Vec<u32>, starts: &[usize]) -> Vec<Range<usize>> {
    found.sort_unstable();
    found.dedup();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    // The space behind the text is not part of it.
    let in_text = |index: &usize| index + 1 < starts.len();
    for index in found.into_iter().map(|index| index as usize).filter(in_text) {
        let (start, end) = (starts[index], starts[index + 1]);
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::{Finder, MarkedText};

    fn marked(query: &str, text: &str) -> String {
        shown(&Finder::new(query).marked(text.to_owned()))
    }

    /// Writes marked letters in brackets.
    fn shown(marked: &MarkedText) -> String {
        marked
            .pieces()
            .map(|(piece, is_match)| if is_match { format!("[{piece}]") } else { piece.to_owned() })
            .collect()
    }

    #[test]
    fn each_word_is_marked_where_it_occurs() {
        assert_eq!(marked("geek", "GeekWire, March 2026"), "[Geek]Wire, March 2026");
        assert_eq!(marked("march wire", "GeekWire, March 2026"), "Geek[Wire], [March] 2026");
        assert_eq!(marked("electri", "L’Électricité Nouvelle"), "L’[Électri]cité Nouvelle");
        assert_eq!(marked("港口", "澜屿港口机械"), "澜屿[港口]机械");
        assert_eq!(marked("zz", "GeekWire"), "GeekWire");
        assert_eq!(marked("wire zz", "GeekWire"), "Geek[Wire]");
    }

    #[test]
    fn scattered_letters_are_marked_one_by_one() {
        let marked = Finder::new("cdrbnk").marked_scattered("Cedar Bank".to_owned());
        assert_eq!(shown(&marked), "[C]e[d]a[r] [B]a[nk]");
    }

    #[test]
    fn long_texts_are_cut_around_the_match() {
        let text = format!("{}the harbor master signed{}", "so many words ".repeat(30), " and more".repeat(30));
        let cut = Finder::new("harbor").excerpt(&text);
        assert!(cut.starts_with('…') && cut.ends_with('…') && cut.contains("harbor master"), "{cut}");
        assert!(cut.chars().count() <= super::EXCERPT + 2, "{cut}");
        let word = "x".repeat(500);
        assert!(Finder::new("xx").excerpt(&word).chars().count() <= super::EXCERPT + 2);
        assert_eq!(Finder::new("harbor").excerpt("a  harbor\nat sea"), "a harbor at sea");
    }
}
