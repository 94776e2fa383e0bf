//! The words of a line of Pajek: names in quotes, times in brackets.

use std::borrow::Cow;

use crate::load::table::graph::color::color_of;
use crate::wording::read::Role;

/// A word of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PajekWord<'a> {
    Plain(&'a str),
    /// A text in quotes.
    Quoted(&'a str),
    /// Times in square brackets.
    Time(&'a str),
}

impl<'a> PajekWord<'a> {
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Plain(text) | Self::Quoted(text) | Self::Time(text) => text,
        }
    }
}

/// The words that are left of a line.
pub(super) struct PajekWords<'a> {
    rest: &'a str,
}

impl<'a> PajekWords<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        Self { rest: line }
    }
}

impl<'a> Iterator for PajekWords<'a> {
    type Item = PajekWord<'a>;

    fn next(&mut self) -> Option<PajekWord<'a>> {
        // A name may contain a space that does not separate words.
        let is_blank = |c: char| c.is_ascii_whitespace();
        let rest = self.rest.trim_start_matches(is_blank);
        let enclosed = |open: char, close: char| {
            let inside = rest.strip_prefix(open)?;
            // What is not closed ends with the line.
            Some(inside.split_once(close).unwrap_or((inside, "")))
        };
        if let Some((text, after)) = enclosed('"', '"') {
            self.rest = after;
            return Some(PajekWord::Quoted(text));
        }
        if let Some((text, after)) = enclosed('[', ']') {
            self.rest = after;
            return Some(PajekWord::Time(text));
        }
        let end = rest.find(is_blank).unwrap_or(rest.len());
        self.rest = &rest[end..];
        (end > 0).then(|| PajekWord::Plain(&rest[..end]))
    }
}

/// Returns the color of a name of Pajek, or the name itself.
pub(super) fn color_of_pajek(name: &str) -> Cow<'_, str> {
    let hex = name.strip_prefix("RGB").map(|digits| format!("#{digits}"));
    match color_of(hex.as_deref().unwrap_or(name)) {
        Some(color) => color.into(),
        None => name.into(),
    }
}

/// Returns heading, role and text of times such as `2001-2003,2007`; `*` is without an end. Numbers that are no years are
/// kept as they stand.
pub(super) fn time_of(times: &str) -> (&'static str, Role, String) {
    let parts = times.split(',').map(|part| {
        let (start, end) = part.trim().split_once('-').unwrap_or((part.trim(), part.trim()));
        let (start, end) = (start.trim(), end.trim());
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let end = if end == "*" { "Infinity" } else { end };
        let is_known = is_year(start) && (is_year(end) || end == "Infinity");
        is_known.then(|| if start == end { format!("[{start}]") } else { format!("[{start},{end}]") })
    });
    match parts.collect::<Option<Vec<String>>>() {
        Some(parts) => ("timeset", Role::Timeset, format!("<{}>", parts.join(";"))),
        None => ("time", Role::Keep, times.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{PajekWord, PajekWords, color_of_pajek, time_of};

    #[test]
    fn words_names_and_times_are_told_apart() {
        let words: Vec<PajekWord<'_>> = PajekWords::new("1 \"Ava  Stone\" 0.1 ic Red [1-3] \"open").collect();
        let plain = ["1", "0.1", "ic", "Red"].map(PajekWord::Plain);
        assert_eq!(
            words,
            [
                plain[0],
                PajekWord::Quoted("Ava  Stone"),
                plain[1],
                plain[2],
                plain[3],
                PajekWord::Time("1-3"),
                PajekWord::Quoted("open")
            ]
        );
        assert_eq!(PajekWords::new("1 \"\"").collect::<Vec<_>>(), [PajekWord::Plain("1"), PajekWord::Quoted("")]);
        assert_eq!((&*color_of_pajek("Red"), &*color_of_pajek("RGB00FF00")), ("#ff0000", "#00FF00"));
        assert_eq!(&*color_of_pajek("Maroonish"), "Maroonish");
        assert_eq!(time_of("2001-2003,2007").2, "<[2001,2003];[2007]>");
        assert_eq!(time_of("2001-*").2, "<[2001,Infinity]>");
        assert_eq!(time_of("1-3").0, "time");
    }
}
