//! Makes the edits of a command line, one after the other, on a document that stays as it was.

use super::cite::{add_sources, cite};
use super::effects::{Effects, words_of_merge};
use super::find::{OtherIds, check_new_id, split_new_id};
use super::session::{EditDone, EditSession, kind_choice};
use super::set::{rename, set};
use super::steps::{EditOption, EditStep};
use crate::document::edit::{
    ActorChoice, Edits, Field, FieldValue, NewTie, add_actor, add_tie, add_tie_label, merge_actors, merge_sources,
    new_key, remove,
};
use crate::document::{Document, EditError, Transaction};
use crate::hidden_characters::Quoted;
use crate::model::{Actor, Claim, Ends, Item, Key, Tie};

/// Makes all edits; returns one transaction and what each did.
///
/// # Errors
///
/// The first edit that can't be made, with the reason and a remedy.
pub(super) fn make_edits(document: &Document, steps: &[EditStep]) -> Result<(Transaction, Vec<EditDone>), String> {
    let mut session = EditSession { edits: Edits::new(document), other_ids: OtherIds::new() };
    let mut done = Vec::new();
    let mut rest = steps;
    while let [step, after @ ..] = rest {
        let modifiers = after.iter().take_while(|step| is_modifier(step.option)).count();
        let (mine, next) = if step.option == EditOption::Cite { after.split_at(modifiers) } else { (&[][..], after) };
        let made = run_step(&mut session, step, mine);
        let place = || format!("--{} {}", step.option.name(), Quoted(&step.text));
        let made = made.map_err(|reason| format!("{}: {reason}", place()))?;
        done.push(EditDone { option: step.option.name(), text: step.text.clone(), ..made });
        rest = next;
    }
    let label = match done.as_slice() {
        [only] => only.sentence.clone(),
        several => format!("Make {} edits", several.len()),
    };
    let transaction = session.edits.finish(label).map_err(|error| error.to_string())?;
    Ok((transaction, done))
}

fn is_modifier(option: EditOption) -> bool {
    matches!(option, EditOption::Quote | EditOption::Locator | EditOption::Stance | EditOption::For)
}

fn run_step(session: &mut EditSession, step: &EditStep, modifiers: &[EditStep]) -> Result<EditDone, String> {
    let text = step.text.as_str();
    match step.option {
        EditOption::Set => set(session, text),
        EditOption::Rename => rename(session, text),
        EditOption::AddActor => add_named_actor(session, text),
        EditOption::AddTie => add_worded_tie(session, text),
        EditOption::AddSource => add_sources(session, text),
        EditOption::Cite => cite(session, text, modifiers),
        EditOption::Delete => delete(session, text),
        EditOption::Merge => merge(session, text),
        EditOption::Quote | EditOption::Locator | EditOption::Stance | EditOption::For => {
            Err("it must come after the --cite that it belongs to".to_owned())
        }
    }
}

fn add_named_actor(session: &mut EditSession, text: &str) -> Result<EditDone, String> {
    let (id, name) = split_new_id(text);
    let name = name.trim();
    if name.is_empty() {
        return Err("an actor needs a name".to_owned());
    }
    let document = session.document();
    if let Some(known) = session.finder().actors_named(name).first() {
        let key = &document.map.actor(*known).key;
        return Err(format!("the map has the actor {} already, as {}", Quoted(name), Quoted(key)));
    }
    if let Some(id) = id {
        check_new_id(&document.map, id)?;
    }
    let key = id.map_or_else(|| new_key(&document.map, name), Key::from);
    let actor = Actor { key: Key::clone(&key), name: name.to_owned(), ..Actor::default() };
    let (_, transaction) = add_actor(document, actor);
    session.run(Ok(transaction), vec![key])
}

/// A tie as written: "FROM -KIND-> TO".
struct WordedTie<'t> {
    from: &'t str,
    kind: &'t str,
    to: &'t str,
    is_directed: bool,
}

impl<'t> WordedTie<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let (before, to, is_directed) = match text.rsplit_once("-> ") {
            Some((before, to)) => (before, to, true),
            None => text.rsplit_once("- ").map(|(before, to)| (before, to, false))?,
        };
        let (from, kind) = before.rsplit_once(" -")?;
        let (from, kind, to) = (from.trim(), kind.trim_matches(['-', ' ']), to.trim());
        let is_whole = [from, kind, to].iter().all(|part| !part.is_empty());
        is_whole.then_some(Self { from, kind, to, is_directed })
    }
}

fn add_worded_tie(session: &mut EditSession, text: &str) -> Result<EditDone, String> {
    let (id, words) = split_new_id(text);
    let syntax = || "write a tie as 'FROM -KIND-> TO', or 'FROM -KIND- TO' without direction".to_owned();
    let WordedTie { from, kind, to, is_directed } = WordedTie::read(words).ok_or_else(syntax)?;
    if let Some(id) = id {
        check_new_id(&session.document().map, id)?;
    }
    let end = |text: &str| {
        session
            .finder()
            .actor(text)
            .map_err(|reason| format!("{reason}; to add a new actor, put --add-actor before it"))
    };
    let (from, to) = (end(from)?, end(to)?);
    let (kind, is_new) = kind_choice(session, kind)?;
    let new = NewTie {
        from: ActorChoice::Known(from),
        to: ActorChoice::Known(to),
        kind: kind.clone(),
        values: Vec::new(),
        proof: None,
    };
    let label = add_tie_label(&session.document().map, &new);
    let failed = |error: EditError| error.to_string();
    let key = if let Some(id) = id {
        let kind = session.edits.tie_kind(&kind).map_err(failed)?;
        let claim = Claim { key: id.into(), ..Claim::default() };
        let (_, transaction) =
            add_tie(session.document(), Tie { kind, ends: Ends::Pair { from, to }, is_directed, claim });
        session.edits.run(transaction).map_err(failed)?;
        Key::from(id)
    } else {
        let tie = session.edits.add_tie(&new).map_err(failed)?;
        let values = vec![(Field::Directed, FieldValue::Flag(is_directed))];
        session.edits.set(&[Item::Tie(tie)], &values).map_err(failed)?;
        session.key(Item::Tie(tie))
    };
    let mut done = EditDone::new(format!("{label} (“{key}”)"), vec![key]);
    done.details.extend(is_new);
    Ok(done)
}

fn delete(session: &mut EditSession, text: &str) -> Result<EditDone, String> {
    let item = session.finder().item(text)?;
    let key = session.key(item);
    let before = session.document().clone();
    let mut done = session.run(remove(&before, &[item]), vec![key])?;
    done.details = Effects::of(&before.map, &session.document().map).words(item);
    Ok(done)
}

fn merge(session: &mut EditSession, text: &str) -> Result<EditDone, String> {
    let finder = session.finder();
    let (keep, other) = finder.split(text).ok_or("write the id to keep, =, and the id to merge into it: KEEP=OTHER")?;
    let (keep, other) = (finder.item(keep)?, finder.item(other)?);
    if keep == other {
        return Err("both are the same record".to_owned());
    }
    let before = session.document().clone();
    let ids = vec![session.key(keep), session.key(other)];
    let transaction = match (keep, other) {
        (Item::Actor(keep), Item::Actor(other)) => merge_actors(&before, keep, &[other]),
        (Item::Source(keep), Item::Source(other)) => merge_sources(&before, keep, &[other]),
        _ => return Err("only two actors or two sources can be merged".to_owned()),
    };
    let mut done = session.run(transaction, ids)?;
    done.details = words_of_merge(&before.map, &session.document().map, keep, other);
    Ok(done)
}
