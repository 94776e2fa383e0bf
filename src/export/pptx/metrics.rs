//! Widths of texts in the typeface that slides name, which need not be at hand.

use unicode_normalization::UnicodeNormalization;

/// The typeface of slides if none is requested; it, or one of the same widths, is on practically every machine.
pub const DEFAULT_TYPEFACE: &str = "Arial";

/// Advance widths of Arial for the printable ASCII characters, in thousandths of the font size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// The same for Arial Bold.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];
/// Returns the width of a text in Arial, as a multiple of the font size; `None` if it has other characters than Latin
/// letters and common signs.
#[must_use]
pub fn arial_width(text: &str, is_bold: bool) -> Option<f32> {
    let table = if is_bold { &BOLD } else { &REGULAR };
    let widths = text.chars().map(|c| thousandths(c, table).map(u32::from));
    widths.sum::<Option<u32>>().map(|sum| sum as f32 / 1000.0)
}

fn thousandths(c: char, table: &[u16; 95]) -> Option<u16> {
    let ascii = |c: char| u32::from(c).checked_sub(32).and_then(|index| table.get(index as usize)).copied();
    // A letter with an accent is as wide as without.
    let base = || std::iter::once(c).nfd().next().and_then(ascii);
    Some(match c {
        '\u{a0}' => table[0],
        '–' | '†' | '‡' | '€' | '£' => 556,
        '‘' | '’' => 278,
        '—' | '…' | '™' => 1000,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        // Double quotation marks, and signs that are rare.
        '\u{2000}'..='\u{206f}' => 500,
        _ => return ascii(c).or_else(base),
    })
}

#[cfg(test)]
mod tests {
    use super::arial_width;

    #[test]
    fn widths_are_those_of_arial() {
        let width = |text, is_bold| arial_width(text, is_bold).expect("Latin letters");
        assert!((width("Tieline", false) - (0.611 + 0.222 * 3.0 + 0.556 * 3.0)).abs() < 1e-4);
        assert!((width("Tieline", true) - (0.611 + 0.278 * 3.0 + 0.556 * 2.0 + 0.611)).abs() < 1e-4);
        assert_eq!(arial_width("é…", false), Some(0.556 + 1.0));
        assert_eq!(arial_width("漢字", false), None);
        assert_eq!(arial_width("", true), Some(0.0));
    }
}
