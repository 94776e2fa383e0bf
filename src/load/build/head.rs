//! Reads the head of a file: format, version, metadata, and kinds.

use std::collections::HashMap;

use crate::hidden_characters::visible;
use crate::load::faults::{FieldPath, Quoted};
use crate::load::loose::Loose;
use crate::load::records::{ActorKindRecord, FileRecord, JsonText, KindsRecord, List, MetaRecord, TieKindRecord};
use crate::model::{ActorKind, ActorKindId, Key, MapMeta, Rgb, TieKind, TieKindId};

use super::values::ValueReader;

/// The newest supported format version: MAJOR.
const MAJOR: u64 = 1;
/// The newest supported format version: MINOR.
const MINOR: u64 = 1;

impl ValueReader {
    /// Checks format, version and required features; returns the reasons why the file must not be overwritten.
    pub(crate) fn header(&mut self, file: &FileRecord) -> Vec<String> {
        match &file.format {
            Loose::Good(format) if format == "tieline" => {}
            Loose::Good(format) => self.faults.error(
                &FieldPath::Root.field("format"),
                format_args!("the format is {}, not “tieline”; the file is read as a map anyway", Quoted(format)),
                "write \"format\": \"tieline\"",
            ),
            Loose::Absent | Loose::Bad(_) => self.faults.error(
                &FieldPath::Root.field("format"),
                format_args!("the file has no format; it is read as a Tieline map"),
                "write \"format\": \"tieline\"",
            ),
        }
        let mut read_only = Vec::new();
        read_only.extend(self.version(&file.version));
        read_only.extend(self.requires(&file.requires));
        read_only
    }

    fn version(&mut self, version: &Loose<JsonText>) -> Option<String> {
        let at = &FieldPath::Root.field("version");
        let remedy = "write \"version\": \"1.0\"";
        let Loose::Good(text) = version else {
            let what = if version.is_absent() { "is missing" } else { "is not text" };
            self.faults.error(at, format_args!("the format version {what}; 1.0 is assumed"), remedy);
            return None;
        };
        let parsed = text.split_once('.').and_then(|(major, minor)| Some((number(major)?, number(minor)?)));
        match parsed {
            None => {
                self.faults.error(at, format_args!("{} is not a format version; 1.0 is assumed", Quoted(text)), remedy);
                None
            }
            Some((major, _)) if major > MAJOR => {
                let reason =
                    format!("its format version is {}, and this program supports only version {MAJOR}", visible(text));
                self.faults.error(
                    at,
                    format_args!("the file opens read-only: {reason}"),
                    "open it with a newer version of Tieline to change it",
                );
                Some(reason)
            }
            Some((major, minor)) => {
                if major == MAJOR && minor > MINOR {
                    self.faults.remark(
                        at,
                        format_args!("the format version of the file is {text}, and this program supports {MAJOR}.{MINOR}; newer fields are kept but not shown"),
                        "use a newer version of Tieline to see everything",
                    );
                } else if major < MAJOR {
                    self.faults.warn(at, format_args!("there is no format version {text}; 1.0 is assumed"), remedy);
                }
                None
            }
        }
    }

    fn requires(&mut self, requires: &Loose<List<JsonText>>) -> Option<String> {
        let at = FieldPath::Root.field("requires");
        let words: Vec<&str> = match requires {
            Loose::Absent => return None,
            Loose::Good(words) => words
                .iter()
                .map(|word| match word {
                    Loose::Good(word) => &**word,
                    Loose::Absent | Loose::Bad(_) => "?",
                })
                .collect(),
            Loose::Bad(_) => vec!["?"],
        };
        if words.is_empty() {
            return None;
        }
        let list = words.iter().map(|word| Quoted(word).to_string()).collect::<Vec<_>>().join(", ");
        let reason = format!("it requires {list}, which this program does not support");
        self.faults.error(
            &at,
            format_args!("the file opens read-only: {reason}"),
            "open it with a newer version of Tieline to change it, or correct the word",
        );
        Some(reason)
    }

    /// Reads the metadata of the map.
    pub(crate) fn meta(&mut self, record: Loose<Box<MetaRecord>>) -> MapMeta {
        let at = &FieldPath::Root.field("map");
        let Some(record) = self.good(at, record) else { return MapMeta::default() };
        self.extras(at, &record.extras, MetaRecord::FIELDS);
        MapMeta {
            title: self.line(&at.field("title"), record.title),
            subtitle: self.line(&at.field("subtitle"), record.subtitle),
            as_of: self.date(&at.field("asOf"), record.as_of),
            language: self.line(&at.field("language"), record.language),
            authors: self.lines(&at.field("authors"), record.authors),
            license: self.line(&at.field("license"), record.license),
            note: self.prose(&at.field("note"), record.note),
        }
    }

    /// Reads the kinds that the file lists.
    pub(crate) fn kinds(&mut self, record: Loose<Box<KindsRecord>>) -> Kinds {
        let at = &FieldPath::Root.field("kinds");
        let mut kinds = Kinds::default();
        let Some(record) = self.good(at, record) else { return kinds };
        self.extras(at, &record.extras, KindsRecord::FIELDS);
        let list = at.field("actor");
        for (word, record) in self.good(&list, record.actor).map_or_else(Vec::new, |entries| entries.0) {
            self.list_actor_kind(&mut kinds, &list, &word, record);
        }
        let list = at.field("tie");
        for (word, record) in self.good(&list, record.tie).map_or_else(Vec::new, |entries| entries.0) {
            self.list_tie_kind(&mut kinds, &list, &word, record);
        }
        kinds.listed = (kinds.actor.len(), kinds.tie.len());
        kinds
    }

    fn list_actor_kind(
        &mut self,
        kinds: &mut Kinds,
        list: &FieldPath,
        word: &str,
        record: Loose<Box<ActorKindRecord>>,
    ) {
        let at = &list.field(word);
        let key = Key::from(&*visible(word));
        if kinds.actor_by_word.contains_key(&key) {
            return self.kind_twice(list, word);
        }
        let record = self.good(at, record).unwrap_or_default();
        self.extras(at, &record.extras, ActorKindRecord::FIELDS);
        let is_auto = self.good(&at.field("auto"), record.auto).unwrap_or(false);
        kinds.actor_by_word.insert(Key::clone(&key), ActorKindId::from_index(kinds.actor.len()));
        kinds.actor.push(ActorKind {
            label: self.line(&at.field("label"), record.label).unwrap_or_else(|| key.to_string()),
            color: self.color(&at.field("color"), record.color),
            icon: self.line(&at.field("icon"), record.icon),
            key,
            is_listed: true,
            is_auto,
        });
    }

    fn list_tie_kind(&mut self, kinds: &mut Kinds, list: &FieldPath, word: &str, record: Loose<Box<TieKindRecord>>) {
        let at = &list.field(word);
        let key = Key::from(&*visible(word));
        if kinds.tie_by_word.contains_key(&key) {
            return self.kind_twice(list, word);
        }
        let record = self.good(at, record).unwrap_or_default();
        self.extras(at, &record.extras, TieKindRecord::FIELDS);
        let is_auto = self.good(&at.field("auto"), record.auto).unwrap_or(false);
        kinds.tie_by_word.insert(Key::clone(&key), TieKindId::from_index(kinds.tie.len()));
        kinds.tie.push(TieKind {
            label: self.line(&at.field("label"), record.label).unwrap_or_else(|| key.to_string()),
            verb: self.line(&at.field("verb"), record.verb),
            is_directed: self.good(&at.field("directed"), record.directed).unwrap_or(true),
            color: self.color(&at.field("color"), record.color),
            icon: self.line(&at.field("icon"), record.icon),
            key,
            is_listed: true,
            is_auto,
        });
    }

    fn kind_twice(&mut self, list: &FieldPath, word: &str) {
        self.faults.error_with_related(
            &list.name(word),
            format_args!("the kind {} is listed twice; the first one is used", Quoted(word)),
            "remove one of them",
            Some((&list.field(word), "first listed here")),
        );
    }

    fn color(&mut self, at: &FieldPath, text: Loose<JsonText>) -> Option<Rgb> {
        let text = self.good(at, text)?;
        let color = Rgb::parse(&text);
        if color.is_none() {
            let message = format_args!("{} is not a color; the kind is drawn gray", Quoted(&text));
            self.faults.error(at, message, "write #RRGGBB, such as #4477AA");
        }
        color
    }
}

fn number(digits: &str) -> Option<u64> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The kinds collected during loading: listed ones first, then those that are only used.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    actor: Vec<ActorKind>,
    tie: Vec<TieKind>,
    actor_by_word: HashMap<Key, ActorKindId>,
    tie_by_word: HashMap<Key, TieKindId>,
    /// The numbers of listed kinds of actors and ties.
    listed: (usize, usize),
}

impl Kinds {
    /// Returns the kind with this word; a kind that the file doesn't list is added.
    pub(crate) fn actor_kind(&mut self, reader: &mut ValueReader, at: &FieldPath, word: &str) -> ActorKindId {
        if let Some(id) = self.actor_by_word.get(word) {
            return *id;
        }
        warn_if_close(reader, at, word, self.actor[..self.listed.0].iter().map(|kind| &*kind.key));
        let id = ActorKindId::from_index(self.actor.len());
        let key = Key::from(word);
        self.actor_by_word.insert(Key::clone(&key), id);
        let (label, is_listed, is_auto) = (word.to_owned(), false, false);
        self.actor.push(ActorKind { key, label, color: None, icon: None, is_listed, is_auto });
        id
    }

    /// Returns the kind with this word if it is already known.
    pub(crate) fn known_tie_kind(&self, word: &str) -> Option<TieKindId> {
        self.tie_by_word.get(word).copied()
    }

    /// Returns the kind with this word; a kind that the file doesn't list is added.
    pub(crate) fn tie_kind(&mut self, reader: &mut ValueReader, at: &FieldPath, word: &str) -> TieKindId {
        if let Some(id) = self.tie_by_word.get(word) {
            return *id;
        }
        warn_if_close(reader, at, word, self.tie[..self.listed.1].iter().map(|kind| &*kind.key));
        let id = TieKindId::from_index(self.tie.len());
        let key = Key::from(word);
        self.tie_by_word.insert(Key::clone(&key), id);
        let (label, is_directed, is_listed, is_auto) = (word.to_owned(), true, false, false);
        self.tie.push(TieKind { key, label, verb: None, is_directed, color: None, icon: None, is_listed, is_auto });
        id
    }

    /// Returns whether ties of this kind are directed by default.
    pub(crate) fn is_directed(&self, kind: TieKindId) -> bool {
        self.tie[kind.index()].is_directed
    }

    /// Returns the kinds of actors and of ties.
    pub(crate) fn into_lists(self) -> (Vec<ActorKind>, Vec<TieKind>) {
        (self.actor, self.tie)
    }
}

/// Warns about an unlisted kind that is spelled almost like a listed one; other unlisted kinds are allowed.
fn warn_if_close<'w>(reader: &mut ValueReader, at: &FieldPath, word: &str, listed: impl Iterator<Item = &'w str>) {
    if let Some(close) = reader.suggester.closest(word, listed) {
        let message = format_args!("the kind {} is not listed in “kinds”; it is drawn gray", Quoted(word));
        reader.faults.warn(at, message, &format!("did you mean “{close}”?"));
    }
}
