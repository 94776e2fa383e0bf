//! Reads what is typed into fields that hold more than a word or a number: histories, identifiers, parties, and the
//! record that another is part of.

use jiff::civil;

use crate::model::{ActorId, ClaimId, Date, Ends, Item, Map, Party, Stage, StageChange, Word};
use crate::wording::read::read_stage;
use crate::wording::typed::{Typed, TypedMeaning, date_entry, read_typed_dates};
use crate::wording::{actor_name, counted, joined_or, register_name, stage_word, tie_title, visible};

use super::field::{Field, FieldValue};
use super::item_words;

/// The values that a text stands for, by field.
pub type FieldValues = Vec<(Field, FieldValue)>;

/// Reads a text for a field whose present value is `value`.
pub(super) fn read(
    map: &Map,
    item: Item,
    (field, value): (Field, &FieldValue),
    text: &str,
    today: Option<civil::Date>,
) -> Typed<FieldValues> {
    let read = match value {
        FieldValue::Stages(_) => history(text, today),
        FieldValue::Pairs(_) => identifiers(text).map(|pairs| vec![(field, FieldValue::Pairs(pairs))]),
        FieldValue::OptionalActor(_) => whole_actor(map, item, text).map(|id| {
            let value = FieldValue::OptionalActor(Some(id));
            vec![(field, value)]
        }),
        FieldValue::OptionalClaim(_) => whole_claim(map, item, text).map(|id| {
            let value = FieldValue::OptionalClaim(Some(id));
            vec![(field, value)]
        }),
        FieldValue::Ends(Ends::Parties(_)) => {
            parties(map, text).map(|parties| vec![(field, FieldValue::Ends(Ends::Parties(parties)))])
        }
        _ => Err(format!("The {} of {} is chosen, not typed.", field.words(), item_words(map, item))),
    };
    if text.is_empty() && !matches!(value, FieldValue::Ends(_)) {
        return Typed::Empty;
    }
    match read {
        Ok(value) => Typed::Means(TypedMeaning { shown: text.to_owned(), value }),
        Err(reason) => Typed::Unreadable(reason),
    }
}

/// Reads a stage with its date, "announced March 2021", which adds a line to the history; `None` if it is neither.
pub(super) fn stage_with_date(map: &Map, item: Item, text: &str, today: Option<civil::Date>) -> Option<FieldValues> {
    let stages: &[StageChange] = match item {
        Item::Tie(tie) if map.ties().has(tie) => &map.tie(tie).claim.stages,
        Item::Fact(fact) if map.facts().has(fact) => &map.fact(fact).claim.stages,
        _ => &[],
    };
    let change = stage_change(text, today).ok().filter(|change| change.date.is_some())?;
    let mut stages: Vec<StageChange> = stages.iter().filter(|known| **known != change).cloned().collect();
    // The latest is the stage; lines without a date stay where they are.
    let is_later = |known: &StageChange| match (&known.date, &change.date) {
        (Some(known), Some(new)) => known.earliest() > new.earliest(),
        _ => false,
    };
    let at = stages.iter().position(is_later).unwrap_or(stages.len());
    stages.insert(at, change);
    Some(with_stage(stages))
}

/// Returns the text with which a field opens; `None` for values that are not read here.
pub(super) fn text(map: &Map, value: &FieldValue) -> Option<String> {
    Some(match value {
        FieldValue::Stages(stages) => {
            let line = |change: &StageChange| {
                let date = change.date.as_ref().map(date_entry).unwrap_or_default();
                format!("{} {date}", stage_word(&change.stage)).trim_end().to_owned()
            };
            stages.iter().map(line).collect::<Vec<_>>().join("; ")
        }
        FieldValue::Pairs(pairs) => {
            let pair = |(register, id): &(String, String)| format!("{register}: {id}");
            pairs.iter().map(pair).collect::<Vec<_>>().join("; ")
        }
        FieldValue::OptionalActor(actor) => actor.map(|id| actor_name(map, id)).unwrap_or_default(),
        FieldValue::OptionalClaim(claim) => claim.map(|id| claim_name(map, id)).unwrap_or_default(),
        FieldValue::Ends(Ends::Parties(parties)) => {
            let party = |party: &Party| match &party.role {
                Some(role) => format!("{} ({role})", map.actor(party.actor).name),
                None => map.actor(party.actor).name.clone(),
            };
            parties.iter().map(party).collect::<Vec<_>>().join("; ")
        }
        _ => return None,
    })
}

/// Returns what a claim is called in a field.
#[must_use]
pub fn claim_name(map: &Map, claim: ClaimId) -> String {
    match claim {
        ClaimId::Tie(tie) => tie_title(map, tie),
        ClaimId::Fact(fact) => visible(&map.fact(fact).text).into_owned(),
    }
}

/// Returns the claims that one may be part of: the others of its actors.
#[must_use]
pub fn possible_wholes(map: &Map, claim: ClaimId) -> Vec<ClaimId> {
    let actors = match claim {
        ClaimId::Tie(tie) => map.tie(tie).ends.actors(),
        ClaimId::Fact(fact) => vec![map.fact(fact).actor],
    };
    let of = |actor: &ActorId| {
        let ties = map.ties_of(*actor).iter().map(|tie| ClaimId::Tie(*tie));
        ties.chain(map.facts_of(*actor).iter().map(|fact| ClaimId::Fact(*fact))).collect::<Vec<_>>()
    };
    let all: std::collections::BTreeSet<ClaimId> = actors.iter().flat_map(of).filter(|other| *other != claim).collect();
    all.into_iter().collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

fn history(text: &str, today: Option<civil::Date>) -> Result<FieldValues, String> {
    let stages = parts(text).map(|part| stage_change(part, today)).collect::<Result<Vec<_>, String>>()?;
    Ok(with_stage(stages))
}

/// The last line of a history is the stage.
fn with_stage(stages: Vec<StageChange>) -> FieldValues {
    let stage = stages.last().map(|change| change.stage.clone());
    vec![(Field::Stages, FieldValue::Stages(stages)), (Field::Stage, FieldValue::Stage(stage))]
}

/// Reads "announced March 2021", "done" or "2021: agreed".
fn stage_change(text: &str, today: Option<civil::Date>) -> Result<StageChange, String> {
    let known = || joined_or(&Stage::ALL.iter().map(|stage| stage_word(&Word::Known(*stage))).collect::<Vec<_>>());
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ':' || c == ',').filter(|it| !it.is_empty()).collect();
    // The longest stage at either end; the rest is the date.
    for count in (1..=words.len()).rev() {
        for (stage, date) in [words.split_at(count), {
            let (date, stage) = words.split_at(words.len() - count);
            (stage, date)
        }] {
            let Some(stage) = read_stage(&stage.join(" ")) else { continue };
            let date = match date.join(" ") {
                date if date.is_empty() => None,
                date => Some(one_date(&date, today)?),
            };
            return Ok(StageChange { stage: Word::Known(stage), date });
        }
    }
    Err(format!("“{}” does not begin with a stage. Type {}, followed by a date.", visible(text), known()))
}

fn one_date(text: &str, today: Option<civil::Date>) -> Result<Date, String> {
    match read_typed_dates(text, today) {
        Typed::Means(meaning) => meaning.value.date.ok_or_else(|| format!("“{}” is not a single date.", visible(text))),
        Typed::Unreadable(reason) => Err(reason),
        Typed::Several { .. } => {
            Err(format!("“{}” may mean several dates: write it like 3 April 2019.", visible(text)))
        }
        Typed::Empty => Err("A date is needed.".to_owned()),
    }
}

fn identifiers(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    for part in parts(text) {
        let (register, id) =
            part.split_once(':').or_else(|| part.split_once(char::is_whitespace)).unwrap_or((part, ""));
        let (register, id) = (register.trim(), id.trim());
        if register.is_empty() || id.is_empty() {
            let part = visible(part);
            return Err(format!("“{part}” needs a register and an id, such as LEI: 5493006MHB84DD0ZWV18."));
        }
        // Registers that are known by several names have one spelling in files.
        let name = register_name(register);
        let is_known = name.to_lowercase() != register.to_lowercase() || name == "LEI" || name == "DOI";
        let register = if is_known || name.is_ascii() { register.to_lowercase() } else { register.to_owned() };
        pairs.push((register, id.to_owned()));
    }
    Ok(pairs)
}

/// Returns the only record of these that is called so.
fn only<I: Copy>(found: &[I], text: &str, noun: &str) -> Result<I, String> {
    match found {
        [only] => Ok(*only),
        [] => Err(format!("There is no {noun} “{}”.", visible(text))),
        several => {
            let count = counted(several.len(), "record is", "records are");
            Err(format!("{count} called “{}”: type the id of the {noun}.", visible(text)))
        }
    }
}

fn actor_called(map: &Map, text: &str) -> Result<ActorId, String> {
    if let Some(Item::Actor(id)) = map.find(text) {
        return Ok(id);
    }
    let is = |name: &String| name.to_lowercase() == text.to_lowercase();
    let named: Vec<ActorId> = map.actors().iter().filter(|(_, actor)| is(&actor.name)).map(|(id, _)| id).collect();
    if named.is_empty() {
        let alias = map.actors().iter().filter(|(_, actor)| actor.aliases.iter().any(is)).map(|(id, _)| id);
        return only(&alias.collect::<Vec<_>>(), text, "actor");
    }
    only(&named, text, "actor")
}

fn whole_actor(map: &Map, item: Item, text: &str) -> Result<ActorId, String> {
    let whole = actor_called(map, text)?;
    if Item::Actor(whole) == item { Err("An actor cannot be part of itself.".to_owned()) } else { Ok(whole) }
}

fn whole_claim(map: &Map, item: Item, text: &str) -> Result<ClaimId, String> {
    let claim = match item {
        Item::Tie(tie) => ClaimId::Tie(tie),
        Item::Fact(fact) => ClaimId::Fact(fact),
        Item::Actor(_) | Item::Source(_) => return Err("Only ties and facts can be part of others.".to_owned()),
    };
    let by_id = match map.find(text) {
        Some(Item::Tie(tie)) => Some(ClaimId::Tie(tie)),
        Some(Item::Fact(fact)) => Some(ClaimId::Fact(fact)),
        _ => None,
    };
    if let Some(id) = by_id.filter(|id| *id != claim) {
        return Ok(id);
    }
    let is = |other: &ClaimId| claim_name(map, *other).to_lowercase() == text.to_lowercase();
    only(&possible_wholes(map, claim).into_iter().filter(is).collect::<Vec<_>>(), text, "tie or fact")
}

fn parties(map: &Map, text: &str) -> Result<Vec<Party>, String> {
    let party = |part: &str| {
        let (name, role) = match part.strip_suffix(')').and_then(|part| part.rsplit_once('(')) {
            Some((name, role)) => (name.trim(), Some(role.trim().to_owned()).filter(|role| !role.is_empty())),
            None => (part, None),
        };
        // A name may itself end in brackets.
        let whole = actor_called(map, part).map(|actor| Party { actor, role: None });
        whole.or_else(|_| actor_called(map, name).map(|actor| Party { actor, role }))
    };
    let parties = parts(text).map(party).collect::<Result<Vec<_>, String>>()?;
    if parties.len() < 2 {
        return Err("A tie needs at least two parties, separated by semicolons.".to_owned());
    }
    Ok(parties)
}
