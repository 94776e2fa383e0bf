//! Turns the answers of a form into an edit.

use crate::document::edit::{
    ActorChoice, Edits, Field, FieldValue, FieldValues, NewTie, add_tie_label, set_meta, set_values,
};
use crate::document::{Document, EditError, Transaction};
use crate::model::{ClaimId, Ends, Item};
use crate::view::Answered;
use crate::wording::typed::{Typed, read_typed_dates};

use super::ends::changed_end;
use super::proof::{add_further_sources, cited_evidence, proof_in, text_at};
use super::words::{chosen_source_name, cite_label, items_words};
use crate::app::App;
use crate::app::ask::form::{FormPurpose, MapField};
use crate::app::ask::selection::Selection;
use crate::app::flow::typed::records_of;
use crate::app::panels::form::kind_in;

impl App {
    /// Makes the edit that a form stands for, as one step.
    pub(super) fn keep_answers(&mut self, purpose: &FormPurpose, answers: &[Answered]) -> Result<(), EditError> {
        let mut edits = Edits::new(&self.session.document);
        let map = std::sync::Arc::clone(&self.session.document.map);
        let (transaction, selected) = match purpose {
            FormPurpose::NewActor { at } => match actor_in(answers) {
                Some(ActorChoice::Known(actor)) => {
                    self.selection = Selection::one(Item::Actor(actor));
                    self.reveal(Item::Actor(actor));
                    return Ok(());
                }
                choice => {
                    let actor = edits.actor(&choice.unwrap_or(ActorChoice::New(String::new())))?;
                    edits.place(actor, *at)?;
                    let name = edits.document().map.actor(actor).name.clone();
                    (edits.finish(format!("Add {name}"))?, Some(Item::Actor(actor)))
                }
            },
            FormPurpose::NewTie { at, .. } => {
                let new = new_tie(answers)?;
                let tie = edits.add_tie(&new)?;
                if let (Some(at), ActorChoice::New(_)) = (at, &new.to)
                    && let Ends::Pair { to, .. } = edits.document().map.tie(tie).ends
                {
                    edits.place(to, *at)?;
                }
                add_further_sources(&mut edits, answers)?;
                (edits.finish(add_tie_label(&map, &new))?, Some(Item::Tie(tie)))
            }
            FormPurpose::NewFact(actor) => {
                let fact = edits.add_fact(*actor, &text_at(answers, 0).unwrap_or_default())?;
                if let Some((source, evidence)) = cited_evidence(&mut edits, &answers[1..])? {
                    edits.cite(&[ClaimId::Fact(fact)], &source, &evidence)?;
                }
                add_further_sources(&mut edits, answers)?;
                let label = format!("Add a fact about {}", map.actor(*actor).name);
                (edits.finish(label)?, Some(Item::Fact(fact)))
            }
            FormPurpose::Cite(claims) => {
                let refused = || EditError::Refused("a source is needed".to_owned());
                let (source, evidence) = cited_evidence(&mut edits, answers)?.ok_or_else(refused)?;
                let id = edits.cite(claims, &source, &evidence)?;
                add_further_sources(&mut edits, answers)?;
                (edits.finish(cite_label(&chosen_source_name(&map, &source, id), claims, &map))?, None)
            }
            FormPurpose::Evidence(claim, index) => (self.changed_evidence(*claim, *index, answers)?, None),
            FormPurpose::Set(items, _) => {
                let Some(Answered::Values(values)) = answers.first() else { return Ok(()) };
                (set_values(&self.session.document, items, values)?, None)
            }
            FormPurpose::TieKind(ties) => {
                let Some(kind) = kind_in(answers) else { return Ok(()) };
                let kind = edits.tie_kind(&kind)?;
                let items: Vec<Item> = ties.iter().copied().map(Item::Tie).collect();
                let is_directed = edits.document().map.tie_kinds()[kind].is_directed;
                edits.set(
                    &items,
                    &vec![(Field::Kind, FieldValue::TieKind(kind)), (Field::Directed, FieldValue::Flag(is_directed))],
                )?;
                (edits.finish(format!("Change the kind of {}", items_words(&map, &items)))?, None)
            }
            FormPurpose::ActorKind(actors) => {
                let kind = match answers.first() {
                    Some(Answered::ActorKind(Ok(kind))) => Some(*kind),
                    Some(Answered::ActorKind(Err(label))) => Some(edits.add_actor_kind(label)?),
                    _ => None,
                };
                let items: Vec<Item> = actors.iter().copied().map(Item::Actor).collect();
                edits.set(&items, &vec![(Field::Kind, FieldValue::ActorKind(kind))])?;
                (edits.finish(format!("Change the kind of {}", items_words(&map, &items)))?, None)
            }
            FormPurpose::Map(field) => {
                (changed_meta(&self.session.document, *field, &text_at(answers, 0).unwrap_or_default())?, None)
            }
            FormPurpose::Merge { keep, others } => return self.merge(*keep, others),
            FormPurpose::End(tie, end) => {
                let Some(choice) = actor_in(answers) else { return Ok(()) };
                (changed_end(&self.session.document, *tie, *end, &choice)?, None)
            }
        };
        let before = self.session.document.clone();
        self.session.edit(&transaction)?;
        self.ask_about_proofs(&before, &records_of(purpose));
        if let Some(item) = selected {
            self.selection = Selection::one(item);
            // New actors of a tie are placed by the layout, perhaps out of view.
            match purpose {
                FormPurpose::NewTie { .. } if map.actors().is_empty() => self.fits_when_settled = true,
                FormPurpose::NewTie { .. } => self.reveal(item),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Returns the change of a text about the map as a whole.
fn changed_meta(document: &Document, field: MapField, text: &str) -> Result<Transaction, EditError> {
    let text = text.trim();
    let words = (!text.is_empty()).then(|| text.to_owned());
    let mut meta = document.map.meta().clone();
    match field {
        MapField::Title => meta.title = words,
        MapField::Subtitle => meta.subtitle = words,
        MapField::AsOf => {
            let today = Some(jiff::Zoned::now().date());
            meta.as_of = match read_typed_dates(text, today) {
                Typed::Empty => None,
                Typed::Means(meaning) if meaning.value.date.is_some() => meaning.value.date,
                Typed::Unreadable(reason) => return Err(EditError::Refused(reason)),
                Typed::Means(_) | Typed::Several { .. } => {
                    return Err(EditError::Refused("this is not a single date: write it like 3 March 2019".to_owned()));
                }
            };
        }
        MapField::Authors => {
            let authors = text.split(';').map(str::trim).filter(|author| !author.is_empty());
            meta.authors = authors.map(str::to_owned).collect();
        }
        MapField::License => meta.license = words,
        MapField::Language => meta.language = words,
        MapField::Note => meta.note = words,
    }
    let label = format!("Change the {} of the map", field.label().to_lowercase());
    Ok(Transaction { label, ..set_meta(document, meta) })
}

fn actor_in(answers: &[Answered]) -> Option<ActorChoice> {
    answers.iter().find_map(|answer| match answer {
        Answered::Actor(choice) => Some(choice.clone()),
        _ => None,
    })
}

fn new_tie(answers: &[Answered]) -> Result<NewTie, EditError> {
    let mut ends = answers.iter().filter_map(|answer| match answer {
        Answered::Actor(choice) => Some(choice.clone()),
        _ => None,
    });
    let needs = |what: &str| EditError::Refused(format!("a tie needs {what}"));
    let (from, to) = (ends.next().ok_or_else(|| needs("two ends"))?, ends.next().ok_or_else(|| needs("two ends"))?);
    let kind = kind_in(answers).ok_or_else(|| needs("a kind"))?;
    let values: FieldValues = answers
        .iter()
        .flat_map(|answer| match answer {
            Answered::Values(values) => values.clone(),
            _ => Vec::new(),
        })
        .collect();
    Ok(NewTie { from, to, kind, values, proof: proof_in(answers).map(|(source, piece)| (source, Box::new(piece))) })
}
