//! Translates forms with typed texts to what a journal keeps of them, and back.

use std::collections::BTreeMap;

use egui::Pos2;

use crate::document::edit::TextEntry;
use crate::document::journal::{TypedForm, TypedRow, TypedState};
use crate::model::{ActorId, ClaimId, Item, Map};

use crate::app::ask::form::{FormPurpose, MapField, TieEnd, Where};
use crate::app::panels::form::RecordForm;

/// Returns what is typed but in no record: drafts of fields, the open form, and the one put aside.
pub(crate) fn typed_forms(
    map: &Map,
    drafts: &BTreeMap<(Item, TextEntry), String>,
    open: Option<&RecordForm>,
    aside: Option<&RecordForm>,
) -> Vec<TypedForm> {
    let draft = |(&(item, entry), text): (&(Item, TextEntry), &String)| {
        let form = named(map, &FormPurpose::Set(vec![item], entry))?;
        let rows = vec![TypedRow { text: text.clone(), pasted: None }];
        Some(TypedForm { state: TypedState::Draft, rows, ..form })
    };
    let form = |form: &RecordForm, state| {
        let rows = form.rows.iter().map(|row| TypedRow { text: row.text.clone(), pasted: row.pasted.clone() });
        let rows: Vec<TypedRow> = rows.collect();
        Some(TypedForm { state, rows, ..named(map, &form.purpose)? })
    };
    let open = open.filter(|open| !open.rows.is_empty() && !open.is_unchanged());
    let open = open.and_then(|open| form(open, TypedState::Open));
    let aside = aside.and_then(|aside| form(aside, TypedState::Aside));
    drafts.iter().filter_map(draft).chain(open).chain(aside).collect()
}

/// Names the records of a form by their keys; `None` if nothing is typed into it, or a record is gone.
fn named(map: &Map, purpose: &FormPurpose) -> Option<TypedForm> {
    let key = |item: Item| map.records().key(item).map(ToString::to_string);
    let keys = |items: &[Item]| items.iter().map(|item| key(*item)).collect::<Option<Vec<String>>>();
    let claims = |claims: &[ClaimId]| keys(&claims.iter().map(|claim| Item::from(*claim)).collect::<Vec<_>>());
    let (form, of, part, at) = match purpose {
        FormPurpose::NewActor { at } => ("actor", Vec::new(), String::new(), Some(*at)),
        FormPurpose::NewTie { from, to, at } => {
            let end = |actor: &Option<ActorId>| actor.map_or(Some(String::new()), |actor| key(Item::Actor(actor)));
            ("tie", vec![end(from)?, end(to)?], String::new(), *at)
        }
        FormPurpose::NewFact(actor) => ("fact", keys(&[Item::Actor(*actor)])?, String::new(), None),
        FormPurpose::Cite(cited) => ("cite", claims(cited)?, String::new(), None),
        FormPurpose::Evidence(claim, index) => ("evidence", claims(&[*claim])?, index.to_string(), None),
        FormPurpose::Set(items, entry) => ("set", keys(items)?, entry.name().to_owned(), None),
        FormPurpose::TieKind(ties) => {
            let items: Vec<Item> = ties.iter().copied().map(Item::Tie).collect();
            ("kind", keys(&items)?, String::new(), None)
        }
        FormPurpose::ActorKind(actors) => {
            let items: Vec<Item> = actors.iter().copied().map(Item::Actor).collect();
            ("kind", keys(&items)?, String::new(), None)
        }
        FormPurpose::End(tie, end) => {
            let word = if *end == TieEnd::From { "from" } else { "to" };
            ("end", keys(&[Item::Tie(*tie)])?, word.to_owned(), None)
        }
        FormPurpose::Map(field) => ("map", Vec::new(), field.label().to_owned(), None),
        FormPurpose::Merge { .. } => return None,
    };
    let at = at.map(|at| [at.x, at.y]);
    Some(TypedForm { state: TypedState::Open, form: form.to_owned(), of, part, at, rows: Vec::new() })
}

/// Returns what a form is for, and where it is drawn; `None` if this version can't tell.
pub(crate) fn purpose_of(map: &Map, form: &TypedForm) -> Option<(FormPurpose, Where)> {
    let items: Vec<Item> = form.of.iter().filter_map(|key| map.find(key)).collect();
    let claim = |item: &Item| match item {
        Item::Tie(tie) => Some(ClaimId::Tie(*tie)),
        Item::Fact(fact) => Some(ClaimId::Fact(*fact)),
        Item::Actor(_) | Item::Source(_) => None,
    };
    let actor = |item: &Item| if let Item::Actor(actor) = item { Some(*actor) } else { None };
    let tie = |item: &Item| if let Item::Tie(tie) = item { Some(*tie) } else { None };
    let first = items.first();
    let at = form.at.map(|[x, y]| Pos2::new(x, y));
    let purpose = match form.form.as_str() {
        "actor" => {
            let at = at?;
            return Some((FormPurpose::NewActor { at }, Where::Map(at)));
        }
        "tie" => {
            let end = |index: usize| form.of.get(index).and_then(|key| map.find(key)).as_ref().and_then(actor);
            FormPurpose::NewTie { from: end(0), to: end(1), at }
        }
        "fact" => FormPurpose::NewFact(first.and_then(actor)?),
        "cite" => FormPurpose::Cite(items.iter().map(claim).collect::<Option<_>>()?),
        "evidence" => FormPurpose::Evidence(first.and_then(claim)?, form.part.parse().ok()?),
        "set" if !items.is_empty() => FormPurpose::Set(items, TextEntry::of_name(&form.part)?),
        "kind" => match first? {
            Item::Tie(_) => FormPurpose::TieKind(items.iter().filter_map(tie).collect()),
            _ => FormPurpose::ActorKind(items.iter().filter_map(actor).collect()),
        },
        "end" => {
            let end = if form.part == "from" { TieEnd::From } else { TieEnd::To };
            FormPurpose::End(first.and_then(tie)?, end)
        }
        "map" => FormPurpose::Map(MapField::ALL.into_iter().find(|field| field.label() == form.part)?),
        _ => return None,
    };
    Some((purpose, Where::Details))
}

/// Returns the records that must be selected for a form to be drawn.
pub(crate) fn records_of(purpose: &FormPurpose) -> Vec<Item> {
    match purpose {
        FormPurpose::NewActor { .. } | FormPurpose::NewTie { .. } | FormPurpose::Map(_) => Vec::new(),
        FormPurpose::Merge { keep, others } => std::iter::once(*keep).chain(others.iter().copied()).collect(),
        FormPurpose::NewFact(actor) => vec![Item::Actor(*actor)],
        FormPurpose::Cite(claims) => claims.iter().map(|claim| Item::from(*claim)).collect(),
        FormPurpose::Evidence(claim, _) => vec![Item::from(*claim)],
        FormPurpose::Set(items, _) => items.clone(),
        FormPurpose::TieKind(ties) => ties.iter().copied().map(Item::Tie).collect(),
        FormPurpose::ActorKind(actors) => actors.iter().copied().map(Item::Actor).collect(),
        FormPurpose::End(tie, _) => vec![Item::Tie(*tie)],
    }
}
