//! Marks in place of withheld texts.

/// Mark in place of a text.
pub const WITHHELD: &str = "withheld";

/// Marks in place of a title and a quote, in the brackets of editorial insertions.
pub(super) const TITLE_WITHHELD: &str = "[title withheld]";
pub(super) const QUOTE_WITHHELD: &str = "[withheld]";

/// Whether a text is one of the marks.
pub(super) fn is_mark(text: &str) -> bool {
    [WITHHELD, TITLE_WITHHELD, QUOTE_WITHHELD].contains(&text)
}
