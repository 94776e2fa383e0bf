//! Reads what a row says of the source of its tie.

use std::borrow::Cow;

use crate::hidden_characters::prose;
use crate::load::import::Builder;
use crate::load::import::cells::one_line;
use crate::load::import::report::Place;
use crate::load::import::sources::Citation;
use crate::load::import::values;
use crate::wording::read::Role;

use super::row::RowOfTies;

impl Builder<'_> {
    /// Reads what a row says of its source.
    pub(super) fn citation<'r>(&mut self, at: RowOfTies<'r, '_>) -> Citation<'r> {
        let line = |role: Role| {
            let text = at.cell(role);
            (!text.is_empty()).then(|| one_line(text))
        };
        let (title, url) = match (line(Role::SourceTitle), line(Role::SourceUrl)) {
            // Many tables have the address in a column named "Source".
            (Some(title), None) if title.contains("://") && !title.contains(' ') => (None, Some(title)),
            other => other,
        };
        if title.is_none() && url.is_none() {
            return Citation::default();
        }
        let mut date = |role: Role| {
            let column = at.columns.with(role)?;
            let place = Place::new(at.table, at.row.number, column);
            let cell = at.row.cells.get(column).filter(|cell| !cell.is_empty())?;
            let read = values::dates(cell, &at.columns.list()[column].style, (&mut self.report, place))?;
            read.date.or(read.start)
        };
        let quote = at.cell(Role::Quote);
        let (published, accessed) = (date(Role::SourcePublished), date(Role::SourceAccessed));
        let quote = (!quote.is_empty()).then(|| prose(quote));
        // What is no address would be an error in the map.
        let (title, url) = match url.map(|url| self.addresses.read(url)) {
            Some(Ok(url)) => (title, Some(url)),
            Some(Err(words)) => {
                let title = title.map_or_else(|| words.clone(), |title| Cow::Owned(format!("{title}, {words}")));
                (Some(title), None)
            }
            None => (title, None),
        };
        let publisher = line(Role::SourcePublisher);
        let locator = line(Role::Locator).map(|locator| {
            // A bare number in a column "Page" is the place "page 12".
            let is_bare = locator.bytes().all(|byte| byte.is_ascii_digit());
            match at.columns.locator_word.as_ref().filter(|_| is_bare) {
                Some(word) => Cow::Owned(format!("{word} {locator}")),
                None => locator,
            }
        });
        Citation { title, url, publisher, published, accessed, quote, locator }
    }
}
