//! Finds what a story can't show: empty steps, and records that are hidden or out of focus by mistake.

use super::{ResolvedStep, resolve_step};
use crate::model::{Item, Map, Shown, StoryStep, ViewVisibility};

/// Records looked at for all steps together; the steps of a map beyond that are not checked, since it would take long.
const MAX_WORK: usize = 20_000_000;

/// A step that doesn't show what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryProblem {
    /// Index of the view among those of the map.
    pub view: usize,
    /// Index of the step in its view.
    pub step: usize,
    /// What is wrong.
    pub fault: StoryFault,
}

/// What is wrong with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryFault {
    /// It lists nothing to show.
    NothingListed,
    /// Its view or its date hides everything that it lists.
    AllHidden,
    /// Its view or its date hides everything.
    NothingVisible,
    /// Its view or its date hides a record that it lists.
    Hidden(Item),
    /// A record in focus is not shown.
    OutOfSight(Item),
}

impl StoryFault {
    /// Returns the field of the file with the fault; `None` for the step as a whole.
    #[must_use]
    pub fn field(self) -> Option<&'static str> {
        match self {
            Self::NothingListed | Self::AllHidden | Self::Hidden(_) => Some("show"),
            Self::OutOfSight(_) => Some("focus"),
            Self::NothingVisible => None,
        }
    }

    /// Returns the record that it is about.
    #[must_use]
    pub fn item(self) -> Option<Item> {
        match self {
            Self::Hidden(item) | Self::OutOfSight(item) => Some(item),
            Self::NothingListed | Self::AllHidden | Self::NothingVisible => None,
        }
    }
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
            let faults = faults(map, step, &resolved);
            problems.extend(faults.into_iter().map(|fault| StoryProblem { view: view_index, step: index, fault }));
        }
        steps_left -= steps_left.min(view.steps.len());
    }
    problems
}

fn faults(map: &Map, step: &StoryStep, resolved: &ResolvedStep) -> Vec<StoryFault> {
    let is_empty = resolved.shown.actors().next().is_none();
    match &step.show {
        Some(items) if items.is_empty() => return vec![StoryFault::NothingListed],
        Some(_) if is_empty => return vec![StoryFault::AllHidden],
        None if is_empty && !map.actors().is_empty() => return vec![StoryFault::NothingVisible],
        _ => {}
    }
    let is_missing = |item: &Item| !has(map, &resolved.shown, *item);
    let hidden = step.show.iter().flatten().copied().filter(is_missing).map(StoryFault::Hidden);
    let unseen = step.focus.iter().copied().filter(is_missing).map(StoryFault::OutOfSight);
    hidden.chain(unseen).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, ALDER, BIRCH, CEDAR, DANA, INVESTS, RETRACTED};
    use crate::model::{MapParts, View};

    fn problems(steps: Vec<StoryStep>, view: View) -> Vec<(usize, StoryFault)> {
        let parts = MapParts { views: vec![View { steps, ..view }], ..fixture::parts() };
        let all = story_problems(&Map::new(parts).expect("a sound map"));
        all.into_iter().map(|problem| (problem.step, problem.fault)).collect()
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
        let expected = [
            (0, StoryFault::NothingListed),
            (1, StoryFault::AllHidden),
            (2, StoryFault::Hidden(Item::Actor(ALDER))),
            (2, StoryFault::OutOfSight(Item::Actor(CEDAR))),
            (3, StoryFault::OutOfSight(Item::Tie(RETRACTED))),
        ];
        assert_eq!(problems(steps, view), expected);
    }

    #[test]
    fn a_view_that_hides_all_leaves_nothing_to_tell() {
        let view = View { shown: Some(Vec::new()), ..View::default() };
        assert_eq!(problems(vec![step(None, Vec::new())], view), [(0, StoryFault::NothingVisible)]);
    }
}
