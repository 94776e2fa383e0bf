//! The texts of a recovery offer: the file, the time, and a summary of the changes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::document::journal::{Header, Journal, JournalState, batch_line, changes, what};
use crate::wording::{capitalized, counted, visible};

use super::scan::{Base, JournalContent, Offer, OfferedFile};

/// Returns the title of an offer.
#[must_use]
pub fn offer_title(offer: &Offer) -> &'static str {
    match offer.content {
        JournalContent::Unreadable(_) => "A recovery file cannot be read",
        JournalContent::Changes { .. } => "Recover unsaved changes?",
    }
}

/// Returns the description of an offer, in paragraphs.
#[must_use]
pub fn offer_text(offer: &Offer) -> Vec<String> {
    let (journal, file, base) = match &offer.content {
        JournalContent::Unreadable(why) => {
            let path = offer.found.path().to_string_lossy();
            let kept = "It may contain unsaved changes and is kept unless you discard it.";
            return vec![visible(&path).into_owned(), format!("{}. {kept}", capitalized(why))];
        }
        JournalContent::Changes { journal, file, base } => (journal, file, base),
    };
    let mut text = match file {
        OfferedFile::Sample => vec!["Tieline stopped before the sample map was saved.".to_owned()],
        OfferedFile::New => vec!["Tieline stopped before a new map was saved.".to_owned()],
        OfferedFile::At(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let stopped = format!("Tieline stopped before {} was saved.", visible(&name));
            vec![stopped, visible(&path.to_string_lossy()).into_owned()]
        }
    };
    text.push(format!("Last change: {}", time_words(journal.last)));
    text.push(format!("Not saved: {}", what_differs(journal)));
    text.push(match base {
        Base::AsItWas => "Recovering does not change the file until you save.".to_owned(),
        Base::Changed { left_out } => {
            let fits = match left_out {
                0 => String::new(),
                1 => " 1 change no longer applies and is left out.".to_owned(),
                several => format!(" {} no longer apply and are left out.", counted(*several, "change", "changes")),
            };
            format!("The file has changed since. Recovering applies the changes to its current content.{fits}")
        }
        Base::Missing => {
            "The file no longer exists. Restore it to recover the changes; they are kept unless you discard them."
                .to_owned()
        }
        Base::Unusable(why) => {
            format!("The file cannot be opened, so the changes are kept unless you discard them: {why}")
        }
    });
    text
}

/// Formats a time in the system's time zone.
fn time_words(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let time = time.map(|time| time.to_zoned(TimeZone::system()).strftime("%B %-d, %Y at %H:%M").to_string());
    time.unwrap_or_else(|| "unknown".to_owned())
}

/// Summarizes the differences from the file: "3 actors moved, 1 note, filters".
#[must_use]
pub fn what_differs(journal: &Journal) -> String {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (name, _, to) in journal.differences() {
        if let Some(kind) = kind_of(name, to) {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let words = counts.into_iter().map(|(kind, count)| match KINDS[kind] {
        (one, "") => one.to_owned(),
        (one, many) => counted(count, one, many),
    });
    let unreadable = (journal.unreadable > 0)
        .then(|| counted(journal.unreadable, "entry that cannot be read", "entries that cannot be read"));
    let words: Vec<String> = words.chain(unreadable).collect();
    words.join(", ")
}

/// Summarizes what a document has that its file has not, as [`what_differs`] does.
#[must_use]
pub fn what_is_unsaved(state: &JournalState) -> String {
    let header = Header::new(None, None, String::new(), 0);
    let text = header.line() + &batch_line(0, &changes(None, state));
    Journal::parse(text.as_bytes()).map(|journal| what_differs(&journal)).unwrap_or_default()
}

/// Singular and plural of each kind of difference, in display order; without plural if a look has it only once.
const KINDS: [(&str, &str); 30] = [
    ("actor moved", "actors moved"),
    ("hub moved", "hubs moved"),
    ("actor pinned", "actors pinned"),
    ("actor unpinned", "actors unpinned"),
    ("actor hidden", "actors hidden"),
    ("hidden actor shown", "hidden actors shown"),
    ("note", "notes"),
    ("note deleted", "notes deleted"),
    ("label shown or hidden", "labels shown or hidden"),
    ("tie bent", "ties bent"),
    ("bend removed", "bends removed"),
    ("pair of actors drawn differently", "pairs of actors drawn differently"),
    ("choice of labels", ""),
    ("arrangement", ""),
    ("filters", ""),
    ("change from a later version", "changes from a later version"),
    ("actor changed", "actors changed"),
    ("tie changed", "ties changed"),
    ("fact changed", "facts changed"),
    ("source changed", "sources changed"),
    ("kind changed", "kinds changed"),
    ("record deleted", "records deleted"),
    ("map details", ""),
    ("import changed", "imports changed"),
    ("pair of actors marked or unmarked as distinct", "pairs of actors marked or unmarked as distinct"),
    ("story", ""),
    ("tie hidden", "ties hidden"),
    ("hidden tie shown", "hidden ties shown"),
    ("explored part", ""),
    ("typed text not yet in the map", "typed texts not yet in the map"),
];

/// Returns the index of a difference in [`KINDS`]; `None` if it is not reported.
fn kind_of(name: &str, to: &Value) -> Option<usize> {
    let is_off = *to == Value::Bool(false);
    let kind = match name {
        what::SETTLED | what::NOTE_ORDER | what::RECORD_ORDER => return None,
        what::PLACE => 0,
        what::HUB => 1,
        what::PINNED => 2 + usize::from(is_off),
        what::HIDDEN => 4 + usize::from(is_off),
        what::NOTE => 6 + usize::from(to.is_null()),
        what::LABEL => 8,
        what::BEND => 9 + usize::from(to.is_null()),
        what::PAIR => 11,
        what::LABEL_MODE => 12,
        what::ARRANGEMENT => 13,
        what::FILTER => 14,
        what::ACTOR | what::TIE | what::FACT | what::SOURCE | what::ACTOR_KIND | what::TIE_KIND | what::IMPORT
            if to.is_null() =>
        {
            21
        }
        what::ACTOR => 16,
        what::TIE => 17,
        what::FACT => 18,
        what::SOURCE => 19,
        what::ACTOR_KIND | what::TIE_KIND => 20,
        what::META => 22,
        what::IMPORT => 23,
        what::DISTINCT => 24,
        what::STORY => 25,
        what::HIDDEN_TIE => 26 + usize::from(is_off),
        what::SHOWN => 28,
        what::TYPED => 29,
        _ => 15,
    };
    Some(kind)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{KINDS, kind_of, what};

    #[test]
    fn what_this_version_writes_of_a_look_is_not_called_a_change_from_a_later_one() {
        let of_look = [
            what::PLACE,
            what::HUB,
            what::PINNED,
            what::HIDDEN,
            what::HIDDEN_TIE,
            what::LABEL,
            what::BEND,
            what::PAIR,
            what::NOTE,
            what::LABEL_MODE,
            what::ARRANGEMENT,
            what::FILTER,
            what::SHOWN,
        ];
        let words = |name| kind_of(name, &json!(["a"])).map(|kind| KINDS[kind].0);
        let later = words("anything-else").expect("it is reported");
        assert!(of_look.iter().all(|name| words(name).is_some_and(|words| words != later)));
        assert_eq!(words(what::SHOWN), Some("explored part"));
    }
}
