//! The named fields of an entry of a bibliography, turned into a source. Names are those of BibLaTeX; the reader of RIS
//! translates its tags.

use std::collections::BTreeMap;

use crate::hidden_characters::{Quoted, prose, visible};
use crate::model::{Date, OwnField, OwnValue, Source, SourceKind, Word};
use crate::wording::read::{DateOrder, Reading, read_dates};
use crate::wording::{doi_address, read_doi};

use super::link;
use super::pasted::{NewSource, PastedSources};

/// The most fields of an entry that are kept.
const MAX_FIELDS: usize = 200;

/// Fields that name files and people of the computer on which the bibliography was kept.
const LOCAL: [&str; 8] =
    ["file", "local-url", "localfile", "owner", "linkedfiles", "creationdate", "groups", "__markedentry"];

/// Fields with several lines.
const PROSE: [&str; 4] = ["note", "abstract", "annotation", "annote"];

/// The fields of an entry by name, each with its values.
#[derive(Debug, Default)]
pub(super) struct EntryFields {
    values: BTreeMap<String, Vec<String>>,
    /// The number of fields that were left out.
    surplus: usize,
}

impl EntryFields {
    /// Adds a value; blank ones are ignored.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        if name.len() > 60 || (!self.values.contains_key(name) && self.values.len() >= MAX_FIELDS) {
            self.surplus += 1;
            return;
        }
        let value = if PROSE.contains(&name) {
            prose(value.trim())
        } else {
            visible(&value.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
        };
        self.values.entry(name.to_owned()).or_default().push(value);
    }

    /// Takes the values of a field.
    fn take(&mut self, name: &str) -> Vec<String> {
        self.values.remove(name).unwrap_or_default()
    }

    /// Takes the first field of these that is there; several values are joined.
    fn take_first(&mut self, names: &[&str]) -> Option<String> {
        let name = names.iter().find(|name| self.values.contains_key(**name))?;
        Some(self.take(name).join(", "))
    }

    /// Returns whether a field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Returns the first value of a field.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.first().map(String::as_str)
    }

    /// Puts a value back under its name.
    fn put_back(&mut self, name: &str, value: String) {
        self.values.entry(name.to_owned()).or_default().push(value);
    }

    /// Makes a source; fields without a place in it become its own fields.
    pub(super) fn into_source(
        mut self,
        kind: Option<SourceKind>,
        citation_key: Option<&str>,
        found: &mut PastedSources,
    ) -> NewSource {
        self.drop_local(found);
        let title = self.take_first(&["title"]).map(|title| match self.take_first(&["subtitle"]) {
            Some(subtitle) => format!("{title}: {subtitle}"),
            None => title,
        });
        let accessed = self.date(&["urldate", "accessed", "lastchecked", "lastaccessed"], found);
        let published = self.published(found);
        let mut source = Source {
            kind: kind.map(Word::Known),
            title,
            authors: self.take("author"),
            published,
            url: self.url(found),
            accessed,
            language: self.language(),
            note: self.take_first(&["note"]),
            ..Source::default()
        };
        source.publisher = self.publisher();
        if self.surplus > 0 {
            let surplus = self.surplus;
            found.remark(|| format!("fields of an entry left out, too many or with long names: {surplus}"));
        }
        let own = self.values.into_iter().map(|(name, mut values)| {
            let value = match values.len() {
                1 => OwnValue::Text(values.remove(0)),
                _ => OwnValue::List(values.into_iter().map(OwnValue::Text).collect()),
            };
            OwnField { name: format!("x-{}", visible(&name)).into(), value }
        });
        source.own = own.collect();
        let citation_key = citation_key.map(|key| visible(key.trim()).into_owned()).filter(|key| !key.is_empty());
        NewSource { source, quotes: Vec::new(), citation_key }
    }

    fn drop_local(&mut self, found: &mut PastedSources) {
        let is_path = |value: &str| !value.starts_with("http://") && !value.starts_with("https://");
        let names: Vec<String> = self
            .values
            .iter()
            .filter(|(name, values)| {
                let may_be_path = matches!(name.as_str(), "pdf" | "l1" | "l2" | "l3" | "l4" | "attachment");
                LOCAL.contains(&name.as_str())
                    || name.starts_with("bdsk-")
                    || (may_be_path && values.iter().any(|value| is_path(value)))
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in &names {
            self.values.remove(name);
        }
        if !names.is_empty() {
            let names = names.join(", ");
            found.remark(|| format!("names of local files and users are left out ({})", visible(&names)));
        }
    }

    /// Takes the address: its own field, an address in "howpublished", the DOI, or arXiv's number.
    fn url(&mut self, found: &mut PastedSources) -> Option<String> {
        let url = self.take("url").into_iter().chain(self.take("urls")).collect::<Vec<_>>();
        let mut chosen = None;
        for text in url {
            let plain = text.trim_matches(['<', '>', ' ']).to_owned();
            match if chosen.is_some() { Err(String::new()) } else { link::openable(&plain, found) } {
                Ok(address) => chosen = Some(address),
                Err(reason) => {
                    if !reason.is_empty() {
                        found.remark(|| format!("{reason}; it is kept as a field"));
                    }
                    self.put_back("url", crate::address::without_credentials(&plain).into_owned());
                }
            }
        }
        if chosen.is_none()
            && let Some(text) = self.first("howpublished").map(str::to_owned)
            && link::is_web_link(&text)
            && let Ok(address) = link::openable(&text, found)
        {
            self.values.remove("howpublished");
            chosen = Some(address);
        }
        if chosen.is_some() {
            return chosen;
        }
        if let Some(doi) = self.first("doi").and_then(read_doi) {
            self.values.remove("doi");
            return Some(doi_address(&doi));
        }
        let archive = self.first("eprinttype").or_else(|| self.first("archiveprefix"))?;
        let number = self.first("eprint").filter(|_| archive.eq_ignore_ascii_case("arxiv"))?;
        let is_plain = number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-'));
        is_plain.then(|| format!("https://arxiv.org/abs/{number}"))
    }

    /// Takes the publication in which an article stands, else the publisher.
    fn publisher(&mut self) -> Option<String> {
        self.take_first(&[
            "journaltitle",
            "journal",
            "publisher",
            "institution",
            "school",
            "organization",
            "booktitle",
            "howpublished",
        ])
    }

    fn published(&mut self, found: &mut PastedSources) -> Option<Date> {
        if self.has("date") {
            // "year" repeats the date in many exports.
            let date = self.date(&["date"], found);
            let repeats = |value: &str| date.as_ref().is_some_and(|date| date.text().starts_with(value));
            if self.first("year").is_some_and(repeats) {
                self.values.retain(|name, _| !matches!(name.as_str(), "year" | "month" | "day"));
            }
            if date.is_some() {
                return date;
            }
        }
        let (year, month, day) = (self.first("year")?, self.first("month"), self.first("day"));
        let whole = edtf_of_parts(year, month, day);
        match whole.and_then(|text| Date::parse(&text).ok()) {
            Some(date) => {
                self.values.retain(|name, _| !matches!(name.as_str(), "year" | "month" | "day"));
                Some(date)
            }
            None => self.date(&["year"], found),
        }
    }

    /// Takes a date; one that can't be read stays under its name, with a remark.
    fn date(&mut self, names: &[&str], found: &mut PastedSources) -> Option<Date> {
        let name = names.iter().find(|name| self.has(name))?;
        let text = self.take(name).join(", ");
        let date = date_of(&text);
        if date.is_none() {
            found.remark(|| format!("{} is not a single date; it is kept as a field", Quoted(&text)));
            self.put_back(name, text);
        }
        date
    }

    /// Takes the language if it is a tag or one of the names that BibLaTeX uses.
    fn language(&mut self) -> Option<String> {
        let name = ["langid", "language", "hyphenation"].into_iter().find(|name| self.has(name))?;
        let tag = language_tag(self.first(name)?)?;
        self.values.remove(name);
        self.values.remove("langid");
        Some(tag)
    }
}

/// Reads a date as EDTF, else as people write it; `None` if day and month can't be told apart.
fn date_of(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return (!date.is_open()).then_some(date);
    }
    match read_dates(text, DateOrder::Unknown) {
        Reading::Value(read) if !read.is_ambiguous && !read.is_century_assumed && read.gap.is_none() => match read {
            crate::wording::read::ReadDates { date: Some(date), .. } => Some(date),
            crate::wording::read::ReadDates { start: Some(start), end: Some(end), .. } => {
                Date::parse(&format!("{}/{}", start.text(), end.text())).ok()
            }
            _ => None,
        },
        _ => None,
    }
}

/// Joins year, month and day to EDTF; a month may be a number or an English name.
fn edtf_of_parts(year: &str, month: Option<&str>, day: Option<&str>) -> Option<String> {
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    if !is_year {
        return None;
    }
    let Some(month) = month else { return Some(year.to_owned()) };
    // BibTeX writes "10 ~ mar" and "mar # 10" for days.
    let (mut number, mut date) = (None, day.and_then(|day| day.parse::<u8>().ok()));
    for word in month.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match (month_number(word), word.parse::<u8>().ok()) {
            (Some(month), _) if number.is_none() => number = Some(month),
            (None, Some(value)) if number.is_none() && !month.contains(char::is_alphabetic) => number = Some(value),
            (None, Some(value)) if date.is_none() => date = Some(value),
            _ => return None,
        }
    }
    let month = number.filter(|month| (1..=12).contains(month))?;
    Some(match date {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    })
}

fn month_number(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let is_name = |month: &&str| {
        *month == word || (word.len() >= 3 && month.starts_with(&word)) || (word == "sept" && **month == *"september")
    };
    let at = MONTHS.iter().position(is_name)?;
    u8::try_from(at + 1).ok()
}

fn language_tag(text: &str) -> Option<String> {
    let names: [(&str, &[&str]); 14] = [
        ("en", &["english", "eng"]),
        ("en-US", &["american", "usenglish"]),
        ("en-GB", &["british", "ukenglish"]),
        ("de", &["german", "ngerman", "deutsch", "ger", "deu"]),
        ("de-AT", &["austrian", "naustrian"]),
        ("fr", &["french", "francais", "français", "fre", "fra"]),
        ("es", &["spanish", "español", "spa"]),
        ("it", &["italian", "italiano", "ita"]),
        ("nl", &["dutch", "nld", "dut"]),
        ("pt", &["portuguese", "português", "por"]),
        ("pl", &["polish", "pol"]),
        ("ru", &["russian", "rus"]),
        ("zh", &["chinese", "zho", "chi"]),
        ("ja", &["japanese", "jpn"]),
    ];
    let lower = text.trim().to_lowercase();
    if let Some((tag, _)) = names.iter().find(|(_, names)| names.contains(&lower.as_str())) {
        return Some((*tag).to_owned());
    }
    let text = text.trim().replace('_', "-");
    let mut parts = text.split('-');
    let is_language = parts.next().is_some_and(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_rest = parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_language && is_rest).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{date_of, edtf_of_parts, language_tag};

    #[test]
    fn months_and_days_are_read_as_bibtex_has_them() {
        for (month, day, wanted) in [
            (None, None, Some("2019")),
            (Some("3"), None, Some("2019-03")),
            (Some("March"), None, Some("2019-03")),
            (Some("sept."), Some("7"), Some("2019-09-07")),
            (Some("10 mar"), None, Some("2019-03-10")),
            (Some("mar~10"), None, Some("2019-03-10")),
            (Some("13"), None, None),
            (Some("Spring"), None, None),
        ] {
            assert_eq!(edtf_of_parts("2019", month, day).as_deref(), wanted, "{month:?}");
        }
        assert_eq!(edtf_of_parts("in press", None, None), None);
    }

    #[test]
    fn an_ambiguous_date_is_not_read() {
        let text = |text| date_of(text).map(|date| date.text().to_owned());
        assert_eq!(text("2019-03~").as_deref(), Some("2019-03~"));
        assert_eq!(text("12 May 2020").as_deref(), Some("2020-05-12"));
        for doubtful in ["03/04/2019", "..", "in press", "'19", ""] {
            assert_eq!(text(doubtful), None, "{doubtful}");
        }
    }

    #[test]
    fn languages_become_tags() {
        for (name, tag) in [("ngerman", "de"), ("english", "en"), ("pt-BR", "pt-BR"), ("en_US", "en-US")] {
            assert_eq!(language_tag(name).as_deref(), Some(tag));
        }
        assert_eq!(language_tag("Old Norse"), None);
    }
}
