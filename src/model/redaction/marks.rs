//! What stands in place of what is withheld.

/// What stands in place of a text.
pub const WITHHELD: &str = "withheld";

/// The same for a title and for the words of a quote, in the brackets that mark what editors put there.
pub(super) const TITLE_WITHHELD: &str = "[title withheld]";
pub(super) const QUOTE_WITHHELD: &str = "[withheld]";

/// Whether a text is a mark, which says that something is withheld and nothing else.
pub(super) fn is_mark(text: &str) -> bool {
    [WITHHELD, TITLE_WITHHELD, QUOTE_WITHHELD].contains(&text)
}
