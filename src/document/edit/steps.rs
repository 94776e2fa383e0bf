//! Edits of the steps of the story, which belong to the first view. A step is addressed by its index.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::Document;
use crate::document::transaction::{EditError, Transaction};
use crate::model::{Key, RecordSlot, StoryStep, View};
use crate::wording::counted;

use super::{Editing, slug};

/// The id of the first view if the map has none yet.
const NEW_VIEW: &str = "main";

/// The longest title that is quoted in a label for undo, in characters.
const MAX_QUOTED: usize = 40;

/// A text of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepText {
    /// The text above the step.
    Title,
    /// The text below the step.
    Caption,
    /// What the speaker says.
    Notes,
}

/// Inserts a step at an index, or at the end if there are fewer steps. It gets an id of its own.
#[must_use]
pub fn add_step(document: &Document, at: usize, step: StoryStep) -> Transaction {
    let mut editing = Editing::new(document);
    let label = format!("Add the step {}", quoted(&step, at.min(document.steps().len())));
    editing.change_steps(|steps| insert(steps, at, step));
    editing.finish(label)
}

/// Appends steps, such as a whole proposed story, as one change. Each gets an id of its own.
#[must_use]
pub fn add_steps(document: &Document, new: Vec<StoryStep>) -> Transaction {
    let mut editing = Editing::new(document);
    let label = format!("Make {}", counted(new.len(), "step", "steps"));
    editing.change_steps(|steps| {
        for step in new {
            insert(steps, usize::MAX, step);
        }
    });
    editing.finish(label)
}

/// Replaces a text of a step; a blank one is removed.
///
/// # Errors
///
/// If there is no such step.
pub fn set_step_text(document: &Document, at: usize, what: StepText, text: &str) -> Result<Transaction, EditError> {
    change(document, at, |step| {
        let text = Some(text.to_owned());
        match what {
            StepText::Title => {
                step.title = text;
                "Rename the step"
            }
            StepText::Caption => {
                step.caption = text;
                "Change the caption of the step"
            }
            StepText::Notes => {
                step.notes = text;
                "Change the notes of the step"
            }
        }
    })
}

/// Replaces what a step shows by that of another step; its id, texts, checks and own fields stay.
///
/// # Errors
///
/// If there is no such step.
pub fn set_step_shown(document: &Document, at: usize, of: &StoryStep) -> Result<Transaction, EditError> {
    change(document, at, |step| {
        let StoryStep { show, focus, as_of, camera, .. } = of.clone();
        (step.show, step.focus, step.as_of, step.camera) = (show, focus, as_of, camera);
        "Change what is shown in the step"
    })
}

/// Moves a step, so that it has the index `to` afterwards.
///
/// # Errors
///
/// If there is no such step.
pub fn move_step(document: &Document, from: usize, to: usize) -> Result<Transaction, EditError> {
    rearrange(document, from, "Move the step", |steps, step| steps.insert(to.min(steps.len()), step))
}

/// Inserts a copy of a step after it.
///
/// # Errors
///
/// If there is no such step.
pub fn duplicate_step(document: &Document, at: usize) -> Result<Transaction, EditError> {
    rearrange(document, at, "Duplicate the step", |steps, step| {
        // The check was of the original, not of the copy.
        let copy = StoryStep { checks: Vec::new(), ..step.clone() };
        steps.insert(at, step);
        insert(steps, at + 1, copy);
    })
}

/// Deletes a step.
///
/// # Errors
///
/// If there is no such step.
pub fn remove_step(document: &Document, at: usize) -> Result<Transaction, EditError> {
    rearrange(document, at, "Delete the step", |_, _| {})
}

impl Editing<'_> {
    /// Changes the steps of the first view, which is added if there is none.
    fn change_steps<T>(&mut self, change: impl FnOnce(&mut Vec<StoryStep>) -> T) -> T {
        let views = &mut self.records.views;
        let first = views.iter().next().map(|(id, view)| (id, view.clone()));
        let new = || (views.next_id(), View { key: NEW_VIEW.into(), ..View::default() });
        let (id, mut view) = first.unwrap_or_else(new);
        let changed = change(&mut view.steps);
        views.set(id, Some(Arc::new(view)));
        self.touched.insert(RecordSlot::View(id));
        changed
    }
}

/// Changes a step; `change` returns the verb for undo.
fn change(
    document: &Document,
    at: usize,
    change: impl FnOnce(&mut StoryStep) -> &'static str,
) -> Result<Transaction, EditError> {
    let before = document.steps().get(at).ok_or(EditError::Gone)?;
    let mut editing = Editing::new(document);
    let verb = editing.change_steps(|steps| steps.get_mut(at).map(change)).ok_or(EditError::Gone)?;
    Ok(editing.finish(format!("{verb} {}", quoted(before, at))))
}

/// Takes a step out and hands it to `put`.
fn rearrange(
    document: &Document,
    at: usize,
    verb: &str,
    put: impl FnOnce(&mut Vec<StoryStep>, StoryStep),
) -> Result<Transaction, EditError> {
    let before = document.steps().get(at).ok_or(EditError::Gone)?;
    let mut editing = Editing::new(document);
    editing.change_steps(|steps| {
        let step = steps.remove(at);
        put(steps, step);
    });
    Ok(editing.finish(format!("{verb} {}", quoted(before, at))))
}

fn insert(steps: &mut Vec<StoryStep>, at: usize, step: StoryStep) {
    let key = new_step_key(steps, step.title.as_deref().unwrap_or_default());
    steps.insert(at.min(steps.len()), StoryStep { key, ..step });
}

/// Returns an id that none of the steps has.
fn new_step_key(steps: &[StoryStep], title: &str) -> Key {
    let taken: BTreeSet<&str> = steps.iter().map(|step| &*step.key).collect();
    let slug = match slug(title) {
        slug if slug.is_empty() => "step".to_owned(),
        slug => slug,
    };
    let numbered = (2..u32::MAX).map(|number| format!("{slug}-{number}"));
    let key = std::iter::once(slug.clone()).chain(numbered).find(|key| !taken.contains(key.as_str()));
    key.unwrap_or_default().into()
}

/// Returns the title of a step in quotes, or its number.
fn quoted(step: &StoryStep, at: usize) -> String {
    match step.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) if title.chars().count() > MAX_QUOTED => {
            let short: String = title.chars().take(MAX_QUOTED - 1).collect();
            format!("“{}…”", short.trim_end())
        }
        Some(title) => format!("“{title}”"),
        None => (at + 1).to_string(),
    }
}
