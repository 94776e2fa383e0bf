//! `--set` and `--rename`: fields as people type them, references by id, custom fields, and what the map says of itself.

use super::find::{RecordFinder, noun};
use super::session::{EditDone, EditSession, kind_choice};
use crate::document::edit::{
    Field, FieldValue, TextEntry, entry_text, field, own_field, read_typed, set_meta, set_own_field, set_values,
};
use crate::hidden_characters::Quoted;
use crate::load::Suggester;
use crate::model::{Date, Ends, Item, Key, OwnNumber, OwnValue};
use crate::wording::read::read_dates;
use crate::wording::typed::Typed;

/// Fields of the map as a whole.
const MAP_FIELDS: [&str; 7] = ["title", "subtitle", "asOf", "authors", "license", "language", "note"];

/// Sets a field: `ID.FIELD=TEXT`.
pub(super) fn set(session: &mut EditSession, argument: &str) -> Result<EditDone, String> {
    let syntax = "write the id, a dot, the field, = and the text: ID.FIELD=TEXT";
    let (id, name, text) = split(session.finder(), argument).ok_or(syntax)?;
    if id == "map" && session.finder().by_id("map").is_none() {
        return set_map(session, name, text);
    }
    let item = session.finder().item(id)?;
    let key = session.key(item);
    if name.starts_with("x-") {
        return set_own(session, item, name, text);
    }
    let entry = entry_of(session, item, name)?;
    if let Some(value) = reference(session, item, entry, name, text)? {
        let TextEntry::Field(field) = entry else { return Err("this field refers to no record".to_owned()) };
        let transaction = set_values(session.document(), &[item], &vec![(field, value)]);
        let mut done = session.run(transaction, vec![key])?;
        done.sentence = format!("{}: {}", done.sentence, now(name, text));
        return Ok(done);
    }
    set_typed(session, item, entry, text)
}

/// Splits `ID.FIELD=TEXT`; ids may have dots and equals signs, and custom fields dots.
fn split<'t>(finder: RecordFinder<'_>, argument: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    let parts = argument.match_indices('=').filter_map(|(at, _)| {
        let left = &argument[..at];
        let (id, name) = match left.find(".x-") {
            Some(dot) => (&left[..dot], &left[dot + 1..]),
            None => left.rsplit_once('.')?,
        };
        Some((id.trim(), name.trim(), &argument[at + 1..]))
    });
    let parts: Vec<_> = parts.collect();
    let known = parts.iter().find(|(id, ..)| finder.by_id(id).is_some());
    known.or(parts.first()).copied()
}

/// Returns what a name of a field stands for in a record.
fn entry_of(session: &EditSession, item: Item, name: &str) -> Result<TextEntry, String> {
    let document = session.document();
    let has = |it: &Field| field(document, item, *it).is_ok();
    let is_claim = matches!(item, Item::Tie(_) | Item::Fact(_));
    match name {
        "when" if is_claim => return Ok(TextEntry::When),
        "howMuch" if is_claim => return Ok(TextEntry::HowMuch),
        "to" if matches!(item, Item::Tie(_)) => return Ok(TextEntry::Field(Field::Ends)),
        _ => {}
    }
    if let Some(found) = Field::ALL.iter().find(|it| it.name() == name && has(it)) {
        return Ok(TextEntry::Field(*found));
    }
    let names: Vec<&str> = Field::ALL.iter().filter(|it| has(it)).map(|it| it.name()).collect();
    let list = format!("it has {}", names.join(", "));
    let remedy = Suggester::default().or(name, names.iter().copied(), &list);
    Err(format!("{} has no field {}; {remedy}", noun(item), Quoted(name)))
}

/// Sets what is typed.
fn set_typed(session: &mut EditSession, item: Item, entry: TextEntry, text: &str) -> Result<EditDone, String> {
    let document = session.document();
    let failed = |error: crate::document::EditError| error.to_string();
    let key = session.key(item);
    let before = entry_text(document, item, entry).map_err(failed)?;
    let today = jiff::Zoned::now().date();
    let typed =
        if text.trim().is_empty() { Typed::Empty } else { read_typed(document, item, entry, text, Some(today)) };
    let mut remark = None;
    let (values, shown) = match &typed {
        Typed::Empty => {
            let values =
                entry.emptied(document, item).ok_or_else(|| format!("the {} can't be empty", entry.words()))?;
            (values, None)
        }
        Typed::Unreadable(_) if entry == TextEntry::Field(Field::Kind) && matches!(item, Item::Tie(_)) => {
            let (kind, is_new) = kind_choice(session, text)?;
            let kind = session.edits.tie_kind(&kind).map_err(failed)?;
            remark = is_new;
            (vec![(Field::Kind, FieldValue::TieKind(kind))], Some(text.trim().to_owned()))
        }
        Typed::Unreadable(reason) => return Err(lower_first(reason)),
        Typed::Means(meaning) => (meaning.value.clone(), Some(meaning.shown.clone())),
        Typed::Several { meanings, usual } => {
            let Some(why) = usual else {
                let all: Vec<String> = meanings.iter().map(|meaning| meaning.shown.clone()).collect();
                let readings = all.join(" · ");
                return Err(format!("{} may mean {readings}; write it so that it means only one", Quoted(text.trim())));
            };
            remark = Some(format!("read {why}"));
            (meanings[0].value.clone(), Some(meanings[0].shown.clone()))
        }
    };
    let transaction = set_values(session.document(), &[item], &values);
    let mut done = session.run(transaction, vec![key])?;
    // The label of a new name has both names.
    if done.sentence.starts_with("Rename ") {
        return Ok(done);
    }
    let change = match (before.is_empty(), shown) {
        (_, None) => "it is empty now".to_owned(),
        (true, Some(shown)) => Quoted(&shown).to_string(),
        (false, Some(shown)) => format!("{} becomes {}", Quoted(&before), Quoted(&shown)),
    };
    done.sentence = format!("{}: {change}", done.sentence);
    done.details.extend(remark);
    Ok(done)
}

/// Returns what a field is now.
fn now(name: &str, text: &str) -> String {
    match text.trim() {
        "" => format!("{} is empty now", Quoted(name)),
        text => format!("{} is {} now", Quoted(name), Quoted(text)),
    }
}

/// Sentences of the window begin with a capital; here they follow a colon.
fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", rest.as_str()).trim_end_matches('.').to_owned()
}

/// Returns the value of a field that refers to other records, or `None` for any other field.
fn reference(
    session: &EditSession,
    item: Item,
    entry: TextEntry,
    name: &str,
    text: &str,
) -> Result<Option<FieldValue>, String> {
    let (document, finder) = (session.document(), session.finder());
    let TextEntry::Field(it) = entry else { return Ok(None) };
    let ids = || text.split([',', ';']).map(str::trim).filter(|id| !id.is_empty());
    let is_empty = text.trim().is_empty();
    let value = match field(document, item, it).map_err(|error| error.to_string())? {
        FieldValue::Ends(Ends::Pair { from, to }) => {
            let end = finder.actor(text)?;
            let (from, to) = if name == "to" { (from, end) } else { (end, to) };
            FieldValue::Ends(Ends::Pair { from, to })
        }
        FieldValue::Ends(_) => return Err("this tie has several parties; edit them in the file".to_owned()),
        FieldValue::Actor(_) => FieldValue::Actor(finder.actor(text)?),
        FieldValue::OptionalActor(_) if is_empty => FieldValue::OptionalActor(None),
        FieldValue::OptionalActor(_) => FieldValue::OptionalActor(Some(finder.actor(text)?)),
        FieldValue::Actors(_) => FieldValue::Actors(ids().map(|id| finder.actor(id)).collect::<Result<_, _>>()?),
        FieldValue::OptionalSource(_) if is_empty => FieldValue::OptionalSource(None),
        FieldValue::OptionalSource(_) => FieldValue::OptionalSource(Some(finder.source(text)?)),
        FieldValue::OptionalClaim(_) if is_empty => FieldValue::OptionalClaim(None),
        FieldValue::OptionalClaim(_) => FieldValue::OptionalClaim(Some(finder.claim(text)?)),
        FieldValue::Claims(_) => FieldValue::Claims(ids().map(|id| finder.claim(id)).collect::<Result<_, _>>()?),
        FieldValue::Pairs(_) => FieldValue::Pairs(pairs(text)?),
        FieldValue::Evidence(_) => return Err("evidence is added with --cite".to_owned()),
        _ => return Ok(None),
    };
    Ok(Some(value))
}

/// Reads `wikidata: Q1; lei: 5493…`.
fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once([':', '=']).ok_or("write identifiers as 'wikidata: Q1; lei: 5493…'")?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    };
    parts.map(pair).collect()
}

fn set_own(session: &mut EditSession, item: Item, name: &str, text: &str) -> Result<EditDone, String> {
    let key = session.key(item);
    let was_text = matches!(own_field(session.document(), item, name), Ok(Some(OwnValue::Text(_))));
    let value = match text.trim() {
        "" => None,
        text if was_text => Some(OwnValue::Text(text.to_owned())),
        "true" => Some(OwnValue::Flag(true)),
        "false" => Some(OwnValue::Flag(false)),
        text => Some(OwnNumber::parse(text).map_or_else(|| OwnValue::Text(text.to_owned()), OwnValue::Number)),
    };
    let transaction = set_own_field(session.document(), item, name, value);
    let mut done = session.run(transaction, vec![key])?;
    done.sentence = format!("{}: {}", done.sentence, now(name, text));
    Ok(done)
}

fn set_map(session: &mut EditSession, name: &str, text: &str) -> Result<EditDone, String> {
    let mut meta = session.document().map.meta().clone();
    let words = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    match name {
        "title" => meta.title = words,
        "subtitle" => meta.subtitle = words,
        "license" => meta.license = words,
        "language" => meta.language = words,
        "note" => meta.note = words,
        "authors" => {
            meta.authors = text.split(';').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
        }
        "asOf" => meta.as_of = words.as_deref().map(map_date).transpose()?,
        _ => {
            let list = format!("it has {}", MAP_FIELDS.join(", "));
            let remedy = Suggester::default().or(name, MAP_FIELDS, &list);
            return Err(format!("the map has no field {}; {remedy}", Quoted(name)));
        }
    }
    let transaction = set_meta(session.document(), meta);
    let mut done = session.run(Ok(transaction), Vec::new())?;
    done.sentence = format!("Change the {name} of the map: {}", Quoted(text.trim()));
    Ok(done)
}

fn map_date(text: &str) -> Result<Date, String> {
    let read = read_dates(text, crate::wording::read::DateOrder::Unknown).value().filter(|read| !read.is_ambiguous);
    read.and_then(|read| read.date).ok_or_else(|| format!("{} is not a date; write it as 2024-03-31", Quoted(text)))
}

/// Changes the name of a record: `ID=TEXT`.
pub(super) fn rename(session: &mut EditSession, argument: &str) -> Result<EditDone, String> {
    let finder = session.finder();
    let (id, text) = finder.split(argument).ok_or("write the id, =, and the new name: ID=TEXT")?;
    let item = finder.item(id)?;
    let name = match item {
        Item::Actor(_) => Field::Name,
        Item::Source(_) => Field::Title,
        Item::Tie(_) => Field::Label,
        Item::Fact(_) => Field::Text,
    };
    let key: Key = session.key(item);
    let done = set_typed(session, item, TextEntry::Field(name), text)?;
    Ok(EditDone { ids: vec![key], ..done })
}
