//! The times at which nodes, edges and values of GEXF hold.

use std::borrow::Cow;

use crate::load::table::graph::markup::GraphXml;
use crate::wording::read::Role;

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TimeFormat {
    /// As dates, with or without the time of day; also if nothing is said, for values that look so.
    #[default]
    Date,
    /// As numbers, which are years if they look so.
    Number,
}

impl TimeFormat {
    pub(super) fn of(word: Option<&str>) -> Self {
        match word {
            Some("integer" | "double" | "float") => Self::Number,
            _ => Self::Date,
        }
    }
}

/// A time from a start to an end, each of which may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GexfSpell<'a> {
    start: Option<Cow<'a, str>>,
    end: Option<Cow<'a, str>>,
    /// Whether it holds only after the start, and only before the end.
    excludes: [bool; 2],
}

impl<'a> GexfSpell<'a> {
    /// Returns the time of the element that was just opened, `None` if it has none.
    pub(super) fn of(xml: &GraphXml<'a>) -> Option<Self> {
        let [start, end, start_open, end_open, timestamp, timestamps, intervals] =
            xml.attributes(["start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals"]);
        if let Some(many) = timestamps.or(intervals) {
            return Some(Self { start: Some(many.clone()), end: Some(many), excludes: [false; 2] });
        }
        if let Some(at) = timestamp {
            return Some(Self { start: Some(at.clone()), end: Some(at), excludes: [false; 2] });
        }
        let excludes = [start_open.is_some(), end_open.is_some()];
        let known = |bound: Option<Cow<'a, str>>| {
            bound.filter(|bound| {
                let word = bound.trim().trim_start_matches(['-', '+']);
                !word.is_empty() && !word.eq_ignore_ascii_case("infinity")
            })
        };
        let (start, end) = (known(start.or(start_open)), known(end.or(end_open)));
        (start.is_some() || end.is_some()).then_some(Self { start, end, excludes })
    }

    /// Returns the time as words: `2011 to 2013`.
    pub(super) fn words(&self) -> String {
        match (self.start.as_deref(), self.end.as_deref()) {
            (Some(start), Some(end)) if start == end => start.to_owned(),
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("from {start}"),
            (None, Some(end)) => format!("to {end}"),
            (None, None) => String::new(),
        }
    }

    /// Returns the part of a time set of Gephi: `[2011,2013)`.
    fn part(&self) -> String {
        // A list in the form of Gephi is many parts already.
        if let Some(list) = self.start.as_deref().and_then(|start| start.trim().strip_prefix('<')) {
            return list.trim().trim_end_matches('>').to_owned();
        }
        let open = if self.excludes[0] { '(' } else { '[' };
        let close = if self.excludes[1] { ')' } else { ']' };
        let start = self.start.as_deref().map_or("-Infinity", date_of);
        let end = self.end.as_deref().map_or("Infinity", date_of);
        if start == end { format!("[{start}]") } else { format!("{open}{start},{end}{close}") }
    }

    fn bounds(&self) -> impl Iterator<Item = &str> {
        [&self.start, &self.end].into_iter().flatten().map(AsRef::as_ref)
    }
}

/// Returns the day of a date with the time of day.
fn date_of(text: &str) -> &str {
    let text = text.trim();
    text.split_once('T').map_or(text, |(day, _)| day)
}

/// Returns the cells that say when an element is there: heading, role and text.
pub(super) fn cells_of_spells(spells: &[GexfSpell<'_>], time: TimeFormat) -> Vec<(&'static str, Role, String)> {
    let [first, ..] = spells else { return Vec::new() };
    let is_dated = spells.iter().flat_map(GexfSpell::bounds).all(|bound| is_date(bound, time));
    let timeset = || {
        let parts: Vec<String> = spells.iter().map(GexfSpell::part).collect();
        format!("<{}>", parts.join(";"))
    };
    if !is_dated {
        // Seconds or steps of a run are no dates.
        let words: Vec<String> = spells.iter().map(GexfSpell::words).collect();
        return vec![("time", Role::Keep, words.join("; "))];
    }
    match (&first.start, &first.end) {
        (start, end) if spells.len() == 1 && first.excludes == [false; 2] && start != end => {
            let start = start.as_deref().map(|start| ("start", Role::Start, date_of(start).to_owned()));
            let end = end.as_deref().map(|end| ("end", Role::End, date_of(end).to_owned()));
            start.into_iter().chain(end).collect()
        }
        _ => vec![("timeset", Role::Timeset, timeset())],
    }
}

/// Whether a bound may be a date: one with hyphens, or a year.
fn is_date(bound: &str, time: TimeFormat) -> bool {
    let bound = bound.trim();
    if bound.starts_with('<') {
        return time == TimeFormat::Date;
    }
    let whole = bound.strip_suffix(".0").unwrap_or(bound);
    let is_year = whole.len() == 4 && whole.starts_with(['1', '2']) && whole.bytes().all(|byte| byte.is_ascii_digit());
    is_year
        || (bound.len() >= 7
            && bound.as_bytes().get(4) == Some(&b'-')
            && bound.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{GexfSpell, GraphXml, TimeFormat, cells_of_spells};

    fn cells(attributes: &[&str], time: TimeFormat) -> Vec<String> {
        let text = format!("<spells><spell {}/></spells>", attributes.join("/><spell "));
        let mut xml = GraphXml::new(&text);
        let mut spells = Vec::new();
        assert!(xml.next().is_ok());
        let read = xml.each_within(|xml, _, _| {
            spells.extend(GexfSpell::of(xml));
            Ok(false)
        });
        assert!(read.is_ok());
        cells_of_spells(&spells, time).into_iter().map(|(heading, _, text)| format!("{heading}={text}")).collect()
    }

    #[test]
    fn spells_become_dates_or_words() {
        let date = TimeFormat::Date;
        assert_eq!(cells(&["start='2011-03-01' end='2013'"], date), ["start=2011-03-01", "end=2013"]);
        assert_eq!(cells(&["end='2013-01-02T10:00:00.000+01:00'"], date), ["end=2013-01-02"]);
        assert_eq!(cells(&["start='-Infinity' end='Infinity'"], date), [""; 0]);
        assert_eq!(
            cells(&["start='2011' end='2012'", "start='2014'"], date),
            ["timeset=<[2011,2012];[2014,Infinity]>"]
        );
        assert_eq!(cells(&["startopen='2011' end='2012'"], date), ["timeset=<(2011,2012]>"]);
        assert_eq!(cells(&["timestamp='2011-03-04'"], date), ["timeset=<[2011-03-04]>"]);
        assert_eq!(cells(&["start='0.0' end='5.5'"], TimeFormat::Number), ["time=0.0 to 5.5"]);
        assert_eq!(cells(&["start='1990.0'"], TimeFormat::Number), ["start=1990.0"]);
    }
}
