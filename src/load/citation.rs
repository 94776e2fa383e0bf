//! Recognizes what a pasted text is: addresses, browsers' links to a highlight, DOIs, BibTeX, RIS, CSL-JSON, or a
//! quotation.
//!
//! Pure functions of the text; nothing is fetched. `entry_fields` turns the named fields of BibTeX and RIS into a
//! source, `known` finds sources that a map has already. Callers check for tables and copied records
//! first.

mod bibtex;
mod csl;
mod entry_fields;
mod known;
mod link;
mod pasted;
mod quotation;
mod ris;
mod shared_link;

pub use known::{guess_publisher, same_source};
pub use pasted::{CitationFormat, NewSource, Pasted, PastedQuote, PastedSources};
pub use quotation::tidy_quotation;

use crate::hidden_characters::visible;

/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// Recognizes a pasted text.
#[must_use]
pub fn read_pasted(text: &str) -> Pasted {
    if text.len() > MAX_BYTES {
        return Pasted::TooLong;
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    if text.is_empty() {
        return Pasted::Nothing;
    }
    let bibliography = csl::read_csl(text).or_else(|| ris::read_ris(text)).or_else(|| bibtex::read_bibtex(text));
    bibliography.or_else(|| link::read_links(text)).or_else(|| shared_link::read_shared_link(text)).unwrap_or_else(
        || {
            let exact = visible(&tidy_quotation(text)).into_owned();
            if exact.is_empty() { Pasted::Nothing } else { Pasted::Quote(PastedQuote::whole(exact)) }
        },
    )
}

#[cfg(test)]
mod tests;
