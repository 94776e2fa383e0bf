//! Sets fields to what a person typed; the readings themselves are in [`crate::wording::typed`].

use std::collections::HashMap;

use jiff::civil;

use crate::address::Address;
use crate::document::{Document, EditError, Transaction};
use crate::model::{ActorKindId, Amount, Confidence, Date, Item, Map, SourceKind, Stage, Status, TieKindId, Word};
use crate::wording::read::{read_confidence, read_stage, read_status};
use crate::wording::typed::{
    Typed, TypedDates, TypedFigure, TypedMeaning, amount_entry, date_entry, read_figure, read_money,
    read_quantity_entry, read_share_entry, read_typed_dates, share_entry,
};
use crate::wording::{confidence_word, joined_or, source_kind_word, stage_word, status_word, visible};

use super::field::{self, Field, FieldValue};
use super::typed_lists::FieldValues;
use super::{Editing, item_words, typed_lists};

/// What is typed into: one field, or several that one text fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextEntry {
    /// One field.
    Field(Field),
    /// Amount, share or quantity, whichever the text names.
    HowMuch,
    /// The date of a claim, or its start and end.
    When,
}

impl TextEntry {
    /// Returns its name in journals and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::HowMuch => "howMuch",
            Self::When => "when",
        }
    }

    /// Returns what has this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let fields = Field::ALL.iter().copied().map(Self::Field);
        [Self::HowMuch, Self::When].into_iter().chain(fields).find(|entry| entry.name() == name)
    }

    /// Returns its name in the window.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Field(field) => field.words(),
            Self::HowMuch => "amount",
            Self::When => "date",
        }
    }
}

/// Reads a text typed into a field of a record. References to other records (the ends of a tie, its evidence) are not
/// typed but chosen, and therefore unreadable here.
#[must_use]
pub fn read_typed(
    document: &Document,
    item: Item,
    entry: TextEntry,
    text: &str,
    today: Option<civil::Date>,
) -> Typed<FieldValues> {
    let map = &document.map;
    match entry {
        TextEntry::HowMuch => read_how_much(text, &used_currencies(map)),
        TextEntry::When => read_typed_dates(text, today).map(when),
        TextEntry::Field(field) => match field::field(document, item, field) {
            Err(error) => Typed::Unreadable(error.to_string()),
            Ok(value) => read_field(map, item, (field, value), text, today),
        },
    }
}

fn read_field(
    map: &Map,
    item: Item,
    (field, value): (Field, FieldValue),
    text: &str,
    today: Option<civil::Date>,
) -> Typed<FieldValues> {
    let text = text.trim();
    let one = move |value: FieldValue| vec![(field, value)];
    match value {
        FieldValue::Words(_) if text.is_empty() => Typed::Unreadable(format!("A record needs its {}.", field.words())),
        FieldValue::Words(_) => as_typed(text, one(FieldValue::Words(text.to_owned()))),
        FieldValue::OptionalWords(_) if matches!(field, Field::Url | Field::ArchiveUrl) => {
            read_address(text).map(|address| one(FieldValue::OptionalWords(address)))
        }
        FieldValue::OptionalWords(_) => {
            as_typed(text, one(FieldValue::OptionalWords((!text.is_empty()).then(|| text.to_owned()))))
        }
        FieldValue::List(_) => as_typed(text, one(FieldValue::List(list(text)))),
        FieldValue::Date(_) => read_typed_dates(text, today).map(|dates| {
            let date = if field == Field::End { dates.as_end() } else { dates.as_start() };
            one(FieldValue::Date(date))
        }),
        FieldValue::Amount(_) => {
            let typed = match field {
                Field::Share => read_share_entry(text),
                Field::Quantity => read_quantity_entry(text),
                _ => read_money(text, &used_currencies(map)),
            };
            typed.map(|amount| one(FieldValue::Amount(Some(Box::new(amount)))))
        }
        FieldValue::Stage(_) => {
            let dated = typed_lists::stage_with_date(map, item, text, today);
            match dated.filter(|_| read_stage(text).is_none()) {
                Some(values) => as_typed(text, values),
                None => read_word(text, "stage", read_stage, &words_of(Stage::ALL, stage_word))
                    .map(|stage| one(FieldValue::Stage(Some(Word::Known(stage))))),
            }
        }
        FieldValue::Status(_) => read_word(text, "status", read_status, &words_of(Status::ALL, status_word))
            .map(|status| one(FieldValue::Status(Some(Word::Known(status))))),
        FieldValue::Confidence(_) => {
            read_word(text, "confidence", read_confidence, &words_of(Confidence::ALL, confidence_word))
                .map(|confidence| one(FieldValue::Confidence(Some(Word::Known(confidence)))))
        }
        FieldValue::SourceKind(_) => {
            let kinds = words_of(SourceKind::ALL, source_kind_word);
            let read = |text: &str| find_word(text, SourceKind::ALL, &kinds);
            read_word(text, "kind of source", read, &kinds)
                .map(|kind| one(FieldValue::SourceKind(Some(Word::Known(kind)))))
        }
        FieldValue::ActorKind(_) if text.is_empty() => Typed::Empty,
        FieldValue::ActorKind(_) => kind_of(find_actor_kind(map, text), text, || actor_kind_labels(map))
            .map(|kind| one(FieldValue::ActorKind(Some(kind)))),
        FieldValue::TieKind(_) => {
            kind_of(find_tie_kind(map, text), text, || tie_kind_labels(map)).map(|kind| one(FieldValue::TieKind(kind)))
        }
        FieldValue::Number(_) => match text.replace(',', "").parse() {
            _ if text.is_empty() => Typed::Empty,
            Ok(number) => as_typed(text, one(FieldValue::Number(Some(number)))),
            Err(_) => Typed::Unreadable(format!("The {} is a number, such as 3 or 0.5.", field.words())),
        },
        FieldValue::Flag(_) => match crate::wording::read::read_yes_no(text) {
            Some(flag) => as_typed(text, one(FieldValue::Flag(flag))),
            None => Typed::Unreadable("Type yes or no.".to_owned()),
        },
        value => typed_lists::read(map, item, (field, &value), text, today),
    }
}

/// Returns the currencies of the map's amounts, most used first.
#[must_use]
pub fn used_currencies(map: &Map) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let ties = map.ties().values().map(|tie| &tie.claim);
    for claim in ties.chain(map.facts().values().map(|fact| &fact.claim)) {
        if let Some(code) = claim.amount.as_ref().and_then(|amount| amount.currency.as_deref()) {
            *counts.entry(code).or_default() += 1;
        }
    }
    let mut codes: Vec<(&str, usize)> = counts.into_iter().collect();
    codes.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    codes.into_iter().map(|(code, _)| code.to_owned()).collect()
}

/// Sets fields of one or several records as one step.
///
/// # Errors
///
/// As for [`super::set_field`], for any of the records.
pub fn set_values(document: &Document, items: &[Item], values: &FieldValues) -> Result<Transaction, EditError> {
    if let ([item], [(field, value)]) = (items, values.as_slice()) {
        return super::set_field(document, *item, *field, value.clone());
    }
    let mut editing = Editing::new(document);
    for item in items {
        for (field, value) in values {
            field::put(&mut editing, *item, *field, value.clone())?;
        }
    }
    let words = label_words(values);
    let label = match items {
        [item] => format!("Change the {words} of {}", item_words(&document.map, *item)),
        several => format!("Change the {words} of {}", records_words(several)),
    };
    Ok(editing.finish(label))
}

/// Returns what several values are called together.
fn label_words(values: &FieldValues) -> &'static str {
    let has = |field: Field| values.iter().any(|(it, _)| *it == field);
    match values.as_slice() {
        [(field, _)] => field.words(),
        _ if has(Field::Date) => "date",
        _ if has(Field::Amount) => "amount",
        _ => "fields",
    }
}

/// Returns "12 ties".
fn records_words(items: &[Item]) -> String {
    let all = |is: fn(&Item) -> bool| items.iter().all(is);
    let (one, many) = match () {
        () if all(|item| matches!(item, Item::Tie(_))) => ("tie", "ties"),
        () if all(|item| matches!(item, Item::Actor(_))) => ("actor", "actors"),
        () if all(|item| matches!(item, Item::Source(_))) => ("source", "sources"),
        () => ("record", "records"),
    };
    crate::wording::counted(items.len(), one, many)
}

/// Returns the text with which a field opens; reading it again changes nothing.
///
/// # Errors
///
/// If the record doesn't exist or has no such field.
pub fn entry_text(document: &Document, item: Item, entry: TextEntry) -> Result<String, EditError> {
    let get = |field| field::field(document, item, field);
    match entry {
        TextEntry::HowMuch => {
            for field in [Field::Amount, Field::Share, Field::Quantity] {
                let text = value_text(&document.map, field, get(field)?);
                if !text.is_empty() {
                    return Ok(text);
                }
            }
            Ok(String::new())
        }
        TextEntry::When => {
            let date = |field| match get(field)? {
                FieldValue::Date(date) => Ok::<_, EditError>(date),
                _ => Ok(None),
            };
            let text = |date: &Date| date_entry(date);
            Ok(match (date(Field::Date)?, date(Field::Start)?, date(Field::End)?) {
                (Some(date), ..) => text(&date),
                (None, Some(start), Some(end)) if end.is_open() => format!("since {}", text(&start)),
                (None, Some(start), Some(end)) => format!("from {} to {}", text(&start), text(&end)),
                (None, Some(start), None) => format!("{} to unknown", text(&start)),
                (None, None, Some(end)) if end.is_open() => "ongoing".to_owned(),
                (None, None, Some(end)) => format!("until {}", text(&end)),
                (None, None, None) => String::new(),
            })
        }
        TextEntry::Field(field) => Ok(value_text(&document.map, field, get(field)?)),
    }
}

fn value_text(map: &Map, field: Field, value: FieldValue) -> String {
    match value {
        FieldValue::Words(words) => words,
        FieldValue::OptionalWords(words) => words.unwrap_or_default(),
        FieldValue::List(texts) => texts.join("; "),
        FieldValue::Date(date) => date.as_ref().map(date_entry).unwrap_or_default(),
        FieldValue::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
        FieldValue::ActorKind(kind) => kind.map(|kind| map.actor_kinds()[kind].label.clone()).unwrap_or_default(),
        FieldValue::TieKind(kind) => map.tie_kinds()[kind].label.clone(),
        FieldValue::SourceKind(kind) => kind.as_ref().map(source_kind_word).unwrap_or_default(),
        FieldValue::Stage(stage) => stage.as_ref().map(stage_word).unwrap_or_default(),
        FieldValue::Status(status) => status.as_ref().map(status_word).unwrap_or_default(),
        FieldValue::Confidence(confidence) => confidence.as_ref().map(confidence_word).unwrap_or_default(),
        FieldValue::Amount(Some(share)) if field == Field::Share => share_entry(&share),
        FieldValue::Amount(amount) => amount.map(|amount| amount_entry(&amount)).unwrap_or_default(),
        FieldValue::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        value => typed_lists::text(map, &value).unwrap_or_default(),
    }
}

fn read_how_much(text: &str, used: &[String]) -> Typed<FieldValues> {
    let some = |amount: Amount| FieldValue::Amount(Some(Box::new(amount)));
    read_figure(text, used).map(|figure| {
        vec![match figure {
            TypedFigure::Money(amount) => (Field::Amount, some(amount)),
            TypedFigure::Share(share) => (Field::Share, some(share)),
            TypedFigure::Quantity(quantity) => (Field::Quantity, some(quantity)),
        }]
    })
}

/// Fills the dates of a claim: a date replaces a period, and a period a date.
fn when(dates: TypedDates) -> FieldValues {
    let TypedDates { date, start, end } = dates;
    vec![
        (Field::Date, FieldValue::Date(date)),
        (Field::Start, FieldValue::Date(start)),
        (Field::End, FieldValue::Date(end)),
    ]
}

impl TextEntry {
    /// Returns the values that empty it, or `None` if it can't be empty.
    #[must_use]
    pub fn emptied(self, document: &Document, item: Item) -> Option<FieldValues> {
        let none = |field| (field, FieldValue::Amount(None));
        match self {
            Self::HowMuch => Some(vec![none(Field::Amount), none(Field::Share), none(Field::Quantity)]),
            Self::When => Some(when(TypedDates::default())),
            Self::Field(field) => {
                let value = match field::field(document, item, field).ok()? {
                    FieldValue::OptionalWords(_) => FieldValue::OptionalWords(None),
                    FieldValue::List(_) => FieldValue::List(Vec::new()),
                    FieldValue::Date(_) => FieldValue::Date(None),
                    FieldValue::ActorKind(_) => FieldValue::ActorKind(None),
                    FieldValue::SourceKind(_) => FieldValue::SourceKind(None),
                    FieldValue::Stage(_) => FieldValue::Stage(None),
                    FieldValue::Status(_) => FieldValue::Status(None),
                    FieldValue::Confidence(_) => FieldValue::Confidence(None),
                    FieldValue::Amount(_) => FieldValue::Amount(None),
                    FieldValue::Number(_) => FieldValue::Number(None),
                    FieldValue::Pairs(_) => FieldValue::Pairs(Vec::new()),
                    FieldValue::Stages(_) => FieldValue::Stages(Vec::new()),
                    FieldValue::OptionalActor(_) => FieldValue::OptionalActor(None),
                    FieldValue::OptionalClaim(_) => FieldValue::OptionalClaim(None),
                    _ => return None,
                };
                Some(vec![(field, value)])
            }
        }
    }
}

fn as_typed(text: &str, values: FieldValues) -> Typed<FieldValues> {
    Typed::Means(TypedMeaning { value: values, shown: text.to_owned() })
}

/// Reads a list whose entries are separated by semicolons or line breaks, else by commas.
fn list(text: &str) -> Vec<String> {
    let separators: &[char] = if text.contains([';', '\n']) { &[';', '\n'] } else { &[','] };
    let mut seen = std::collections::HashSet::new();
    let parts = text.split(separators).map(str::trim).filter(|part| !part.is_empty());
    parts.filter(|part| seen.insert(part.to_lowercase())).map(str::to_owned).collect()
}

/// Reads a web address; "example.org" gets a scheme.
fn read_address(text: &str) -> Typed<Option<String>> {
    if text.is_empty() {
        return Typed::Empty;
    }
    let has_scheme = text.contains("://") || text.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('.'));
    let address = if has_scheme { text.to_owned() } else { format!("https://{text}") };
    match Address::openable(&address) {
        Ok(_) if address.contains('.') => Typed::Means(TypedMeaning { shown: address.clone(), value: Some(address) }),
        Ok(_) => Typed::Unreadable("This is not a web address. Write it like https://example.org/report.".to_owned()),
        Err(refusal) => Typed::Unreadable(format!("This address {refusal}: {}", refusal.remedy())),
    }
}

fn words_of<T: Copy>(all: &[T], word: impl Fn(&Word<T>) -> String) -> Vec<String> {
    all.iter().map(|it| word(&Word::Known(*it))).collect()
}

fn find_word<T: Copy>(text: &str, all: &[T], words: &[String]) -> Option<T> {
    let at = words.iter().position(|word| word.eq_ignore_ascii_case(text))?;
    all.get(at).copied()
}

fn read_word<T>(text: &str, name: &str, read: impl Fn(&str) -> Option<T>, words: &[String]) -> Typed<T> {
    if text.is_empty() || text == "-" {
        return Typed::Empty;
    }
    match read(text) {
        Some(value) => Typed::Means(TypedMeaning { shown: text.to_owned(), value }),
        None => Typed::Unreadable(format!("“{}” is not a {name}. Type {}.", visible(text), joined_or(words))),
    }
}

/// Returns the kind of ties with this label or key.
fn find_tie_kind(map: &Map, text: &str) -> Option<TieKindId> {
    let is = |label: &str, key: &str| label.eq_ignore_ascii_case(text) || key == text;
    map.tie_kinds().iter().find(|(_, kind)| is(&kind.label, &kind.key)).map(|(id, _)| id)
}

fn find_actor_kind(map: &Map, text: &str) -> Option<ActorKindId> {
    let is = |label: &str, key: &str| label.eq_ignore_ascii_case(text) || key == text;
    map.actor_kinds().iter().find(|(_, kind)| is(&kind.label, &kind.key)).map(|(id, _)| id)
}

fn tie_kind_labels(map: &Map) -> Vec<String> {
    map.tie_kinds().values().map(|kind| kind.label.clone()).collect()
}

fn actor_kind_labels(map: &Map) -> Vec<String> {
    map.actor_kinds().values().map(|kind| kind.label.clone()).collect()
}

fn kind_of<I>(found: Option<I>, text: &str, labels: impl Fn() -> Vec<String>) -> Typed<I> {
    match found {
        Some(value) => Typed::Means(TypedMeaning { shown: text.to_owned(), value }),
        None if text.is_empty() => Typed::Unreadable("A tie needs a kind.".to_owned()),
        None => {
            let labels = labels();
            let known = if labels.len() > 12 { String::new() } else { format!(" The map has {}.", joined_or(&labels)) };
            Typed::Unreadable(format!("There is no kind “{}” yet.{known}", visible(text)))
        }
    }
}
