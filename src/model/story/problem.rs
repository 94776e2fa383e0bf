//! Finds what a story can't show: empty steps, and records that are hidden or out of focus by mistake.

use super::{ResolvedStep, resolve_step};
use crate::model::{Item, Map, Shown, StoryStep, ViewVisibility};

/// Records looked at for all steps together; the steps of a map beyond that are not checked, since it would take long.
const MAX_WORK: usize = 20_000_000;

/// A step that doesn't show what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryProblem {
    /// Index of the view among those of the map.
    pub view: usize,
    /// Index of the step in its view.
    pub step: usize,
    /// Name of the field in the file; `None` for the step as a whole.
    pub field: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub remedy: &'static str,
}

/// Lists the problems of all stories of a map.
#[must_use]
pub fn story_problems(map: &Map) -> Vec<StoryProblem> {
    let per_step = map.actors().len() + map.ties().len() + 1;
    let mut steps_left = MAX_WORK / per_step;
    let mut problems = Vec::new();
    for (view_index, (_, view)) in map.records().views.iter().enumerate() {
        let visibility = ViewVisibility::new(view);
        for (index, step) in view.steps.iter().enumerate().take(steps_left) {
            let resolved = resolve_step(map, &visibility, step);
            let found = of_step(map, step, &resolved);
            problems.extend(found.into_iter().map(|(field, message, remedy)| StoryProblem {
                view: view_index,
                step: index,
                field,
                message,
                remedy,
            }));
        }
        steps_left -= steps_left.min(view.steps.len());
    }
    problems
}

fn of_step(map: &Map, step: &StoryStep, resolved: &ResolvedStep) -> Vec<(Option<&'static str>, String, &'static str)> {
    let is_empty = resolved.shown.actors().next().is_none();
    match &step.show {
        Some(items) if items.is_empty() => {
            let remedy = "list actors or ties in “show”, or remove the field to show all";
            return vec![(Some("show"), "the step shows nothing".to_owned(), remedy)];
        }
        Some(_) if is_empty => {
            let remedy = "show them in the view, or list others in “show”";
            return vec![(
                Some("show"),
                "the view or the date hides everything that the step lists".to_owned(),
                remedy,
            )];
        }
        None if is_empty && !map.actors().is_empty() => {
            let message = "the step shows nothing, since the view hides everything".to_owned();
            return vec![(None, message, "show something in the view")];
        }
        _ => {}
    }
    let hidden = step.show.iter().flatten().filter(|&&item| !has(map, &resolved.shown, item)).map(|&item| {
        let message = format!("the view or the date of the step hides {}", named(map, item));
        (Some("show"), message, "show it in the view, or remove it from “show”")
    });
    let unfocused = step.focus.iter().filter(|&&item| !has(map, &resolved.shown, item)).map(|&item| {
        let message = format!("{} is in focus, but the step doesn't show it", named(map, item));
        (Some("focus"), message, "add it to “show”, or remove it from “focus”")
    });
    hidden.chain(unfocused).collect()
}

/// Returns whether a record is shown: an actor or tie itself, the subject of a fact, or a tie that a source proves.
fn has(map: &Map, shown: &Shown, item: Item) -> bool {
    match item {
        Item::Actor(actor) => shown.has_actor(actor),
        Item::Tie(tie) => shown.has_tie(tie),
        Item::Fact(fact) => shown.has_actor(map.fact(fact).actor),
        Item::Source(source) => super::ties_of_source(map, source).any(|tie| shown.has_tie(tie)),
    }
}

fn named(map: &Map, item: Item) -> String {
    format!("“{}”", map.records().key(item).map(|key| crate::visible::shortened(key)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, ALDER, BIRCH, CEDAR, DANA, INVESTS, RETRACTED};
    use crate::model::{MapParts, View};

    fn problems(steps: Vec<StoryStep>, view: View) -> Vec<(usize, Option<&'static str>, String)> {
        let parts = MapParts { views: vec![View { steps, ..view }], ..fixture::parts() };
        let all = story_problems(&Map::new(parts).expect("a sound map"));
        all.into_iter().map(|problem| (problem.step, problem.field, problem.message)).collect()
    }

    fn step(show: Option<Vec<Item>>, focus: Vec<Item>) -> StoryStep {
        StoryStep { show, focus, ..StoryStep::default() }
    }

    #[test]
    fn a_sound_story_has_no_problem() {
        let steps =
            vec![step(None, vec![Item::Actor(DANA)]), step(Some(vec![Item::Tie(INVESTS)]), vec![Item::Actor(BIRCH)])];
        assert_eq!(problems(steps, View::default()), []);
    }

    #[test]
    fn what_is_not_shown_is_named() {
        let steps = vec![
            step(Some(Vec::new()), Vec::new()),
            step(Some(vec![Item::Actor(ALDER)]), Vec::new()),
            step(Some(vec![Item::Actor(ALDER), Item::Actor(BIRCH)]), vec![Item::Actor(CEDAR), Item::Actor(BIRCH)]),
            step(None, vec![Item::Tie(RETRACTED)]),
        ];
        let view = View { hidden: vec![ALDER], ..View::default() };
        let key = |item| fixture::map().records().key(item).expect("a key").to_string();
        let found = problems(steps, view);
        let expected = [
            (0, Some("show"), "the step shows nothing".to_owned()),
            (1, Some("show"), "the view or the date hides everything that the step lists".to_owned()),
            (2, Some("show"), format!("the view or the date of the step hides “{}”", key(Item::Actor(ALDER)))),
            (2, Some("focus"), format!("“{}” is in focus, but the step doesn't show it", key(Item::Actor(CEDAR)))),
            (3, Some("focus"), format!("“{}” is in focus, but the step doesn't show it", key(Item::Tie(RETRACTED)))),
        ];
        assert_eq!(found, expected);
    }
}
