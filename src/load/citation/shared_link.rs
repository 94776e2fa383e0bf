//! A text that ends in its address, as browsers and phones share it: quoted words or a title, then the link.

use super::link::{is_web_link, read_link};
use super::pasted::{CitationFormat, NewSource, Pasted, PastedQuote, PastedSources};
use super::quotation::{is_in_quotation_marks, tidy_quotation};
use crate::hidden_characters::visible;

/// The longest line that is taken for a title, in characters.
const MAX_TITLE: usize = 300;

/// Reads quoted words followed by a link, or a title and a link on two lines.
pub(super) fn read_shared_link(text: &str) -> Option<Pasted> {
    let at = text.rfind(char::is_whitespace)?;
    let (words, link) = (text[..at].trim_end(), text[at..].trim_start());
    if !is_web_link(link) {
        return None;
    }
    let is_title = !words.contains('\n') && text[words.len()..].contains('\n') && words.chars().count() <= MAX_TITLE;
    let is_quoted = is_in_quotation_marks(words);
    if !is_quoted && !is_title {
        return None;
    }
    let mut found = PastedSources::new(CitationFormat::Address);
    read_link(link, &mut found);
    let NewSource { source, quotes, .. } = found.sources.first_mut()?;
    let words = visible(&tidy_quotation(words)).into_owned();
    if words.is_empty() {
        return None;
    }
    if is_quoted {
        // The words stand in the text; the link may have only their beginning and end.
        let (prefix, suffix) = match quotes.as_slice() {
            [only] => (only.quote.prefix.clone(), only.quote.suffix.clone()),
            _ => (None, None),
        };
        let mut quote = PastedQuote::whole(words);
        (quote.quote.prefix, quote.quote.suffix) = (prefix, suffix);
        *quotes = vec![quote];
    } else {
        source.title = Some(words);
    }
    Some(found.finish())
}
