//! Merge of the steps of a story, step by step, by their ids.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Key, StoryStep};

use super::Disagreement;
use super::fields::ThreeWay;

impl ThreeWay<'_, Vec<StoryStep>> {
    /// Merges the steps. Those that only one side added, changed, moved or deleted are taken from that side; where both
    /// sides changed the same, ours stays and the steps are reported.
    pub(super) fn merge_steps(&self, found: &mut Vec<Disagreement>) -> Vec<StoryStep> {
        let none = Vec::new();
        let base = self.base.unwrap_or(&none);
        if base == self.ours || self.ours == self.theirs {
            return self.theirs.clone();
        }
        let [Some(was), Some(ours), Some(theirs)] = [base, self.ours, self.theirs].map(|steps| by_key(steps)) else {
            return self.pick("steps", found);
        };
        let [base_order, our_order, their_order] = [base, self.ours, self.theirs].map(|steps| order(steps));
        let merged = |key: &Key| match (was.get(key), ours.get(key), theirs.get(key)) {
            (base, Some(ours), Some(theirs)) => {
                let mut both = Vec::new();
                let step = ThreeWay { base: base.copied(), ours: *ours, theirs: *theirs }.merge(&mut both);
                (Some(step), !both.is_empty())
            }
            (Some(base), Some(one), None) | (Some(base), None, Some(one)) if base == one => (None, false),
            // Deleted by one side and changed by the other.
            (Some(_), Some(one), None) | (Some(_), None, Some(one)) => (Some(StoryStep::clone(one)), true),
            (None, Some(one), None) | (None, None, Some(one)) => (Some(StoryStep::clone(one)), false),
            (_, None, None) => (None, false),
        };
        let is_moved = |order: &[&Key]| !is_in_order(&base_order, order);
        let we_lead = is_moved(&our_order) || !is_moved(&their_order);
        let is_both_moved = is_moved(&our_order) && is_moved(&their_order) && !is_in_order(&our_order, &their_order);
        let (lead, other) = if we_lead { (our_order, their_order) } else { (their_order, our_order) };
        let (steps, conflicts): (Vec<_>, Vec<bool>) = united(&lead, &other).into_iter().map(merged).unzip();
        if is_both_moved || conflicts.contains(&true) {
            found.push(Disagreement::Field("steps"));
        }
        steps.into_iter().flatten().collect()
    }
}

/// Returns the steps by id, or `None` if ids are missing or not unique.
fn by_key(steps: &[StoryStep]) -> Option<HashMap<&Key, &StoryStep>> {
    let by_key: HashMap<&Key, &StoryStep> = steps.iter().map(|step| (&step.key, step)).collect();
    (by_key.len() == steps.len() && steps.iter().all(|step| !step.key.is_empty())).then_some(by_key)
}

fn order(steps: &[StoryStep]) -> Vec<&Key> {
    steps.iter().map(|step| &step.key).collect()
}

/// Returns whether the ids that both lists contain are in the same order.
fn is_in_order(one: &[&Key], other: &[&Key]) -> bool {
    let [in_one, in_other] = [one, other].map(|list| list.iter().copied().collect::<BTreeSet<_>>());
    let one = one.iter().filter(|key| in_other.contains(**key));
    one.eq(other.iter().filter(|key| in_one.contains(**key)))
}

/// Returns the ids of both lists in the order of the first; those of the other alone follow the ids they follow there.
fn united<'k>(lead: &[&'k Key], other: &[&'k Key]) -> Vec<&'k Key> {
    let mut all = lead.to_vec();
    for (index, key) in other.iter().enumerate() {
        if all.contains(key) {
            continue;
        }
        let before = other[..index].iter().rev().find_map(|before| all.iter().position(|at| at == before));
        all.insert(before.map_or(0, |at| at + 1), key);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::Disagreement;
    use super::ThreeWay;
    use crate::model::StoryStep;

    fn step(key: &str) -> StoryStep {
        StoryStep { key: key.into(), title: Some(key.to_uppercase()), ..StoryStep::default() }
    }

    fn steps(keys: &str) -> Vec<StoryStep> {
        keys.split_whitespace().map(step).collect()
    }

    /// Returns the ids of the merged steps, and whether a conflict was reported.
    fn merged(base: &[StoryStep], ours: &[StoryStep], theirs: &[StoryStep]) -> (Vec<StoryStep>, bool) {
        let [base, ours, theirs] = [base, ours, theirs].map(<[StoryStep]>::to_vec);
        let mut found = Vec::new();
        let merged = ThreeWay { base: Some(&base), ours: &ours, theirs: &theirs }.merge_steps(&mut found);
        assert!(found.iter().all(|found| *found == Disagreement::Field("steps")));
        (merged, !found.is_empty())
    }

    #[test]
    fn each_side_adds_moves_and_deletes() {
        let keys = |base, ours, theirs| merged(&steps(base), &steps(ours), &steps(theirs));
        assert_eq!(keys("a b c", "a x b c", "a b c y"), (steps("a x b c y"), false));
        assert_eq!(keys("a b c", "c a b", "a b y c"), (steps("c a b y"), false), "we moved a step");
        assert_eq!(keys("a b c", "a b c x", "c b a"), (steps("c x b a"), false), "they moved the steps");
        assert_eq!(keys("a b c", "a c", "a b"), (steps("a"), false));
        assert_eq!(keys("a b c", "b a c", "a c b"), (steps("b a c"), true), "both moved steps: ours stays");
        assert_eq!(keys("", "x", "y"), (steps("y x"), false));
    }

    #[test]
    fn a_step_is_merged_by_field() {
        let base = steps("a b");
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours[0].caption = Some("Ours".to_owned());
        theirs[0].notes = Some("Theirs".to_owned());
        let (both, is_conflict) = merged(&base, &ours, &theirs);
        assert_eq!((both[0].caption.as_deref(), both[0].notes.as_deref()), (Some("Ours"), Some("Theirs")));
        assert!(!is_conflict);
        theirs[0].caption = Some("Theirs".to_owned());
        let (both, is_conflict) = merged(&base, &ours, &theirs);
        assert_eq!(both[0].caption.as_deref(), Some("Ours"));
        assert!(is_conflict);
    }

    #[test]
    fn a_step_that_the_other_side_deleted_stays_if_it_was_changed() {
        let base = steps("a b");
        let mut changed = base.clone();
        changed[0].caption = Some("New".to_owned());
        assert_eq!(merged(&base, &changed, &steps("b")), (changed.clone(), true));
        assert_eq!(merged(&base, &steps("b"), &changed), (changed, true));
    }

    #[test]
    fn steps_without_ids_are_merged_as_one_value() {
        let base = vec![StoryStep::default()];
        let ours = vec![StoryStep::default(), step("x")];
        let theirs = vec![StoryStep::default(), step("y")];
        assert_eq!(merged(&base, &ours, &theirs), (ours.clone(), true));
        assert_eq!(merged(&base, &base, &theirs), (theirs, false));
    }
}
