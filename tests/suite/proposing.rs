//! The story that is proposed for a map: what it tells, in which words, and when there is nothing to tell.

use std::sync::Arc;

use tieline::document::{Command, Document, edit};
use tieline::load::{BUNDLED, load_bundled, load_map};
use tieline::model::{Date, Item, StoryCamera, StoryStep, resolve_step};
use tieline::view::{NoStory, propose_story, seen_step_title};

fn open(text: &str) -> Document {
    Document::new(Arc::new(load_map(text.as_bytes(), "test.tieline.jsonc").expect("opens").map), Arc::default())
}

fn propose(document: &Document) -> Result<Vec<StoryStep>, NoStory> {
    propose_story(&document.map, &document.shown())
}

/// Returns a map with this many actors and these ties.
fn map(actors: usize, ties: &[String]) -> Document {
    let actors: Vec<String> = (0..actors).map(|id| format!(r#"{{ "id": "a{id}", "name": "Actor {id}" }}"#)).collect();
    let (actors, ties) = (actors.join(", "), ties.join(", "));
    open(&format!(r#"{{ "format": "tieline", "version": "1.1", "actors": [{actors}], "ties": [{ties}] }}"#))
}

fn tie(number: usize, from: usize, to: usize, rest: &str) -> String {
    format!(r#"{{ "id": "t{number}", "kind": "loan", "from": "a{from}", "to": "a{to}"{rest} }}"#)
}

fn titles(steps: &[StoryStep]) -> Vec<&str> {
    steps.iter().filter_map(|step| step.title.as_deref()).collect()
}

fn captions(steps: &[StoryStep]) -> Vec<&str> {
    steps.iter().filter_map(|step| step.caption.as_deref()).collect()
}

#[test]
fn a_small_map_is_told_by_actors_years_and_disputes() {
    let ties = [
        tie(0, 0, 1, r#", "startDate": "2019""#),
        tie(1, 0, 2, r#", "startDate": "2019-05""#),
        tie(2, 0, 3, r#", "startDate": "2021""#),
        tie(3, 3, 4, r#", "contradicts": ["t2"]"#),
        tie(4, 4, 3, r#", "status": "superseded", "startDate": "1999""#),
    ];
    let document = map(5, &ties);
    let steps = propose(&document).expect("a story");
    assert_eq!(
        titles(&steps),
        [
            "Overview",
            "Actor 0",
            "2019: 2 ties begin",
            "2021: 1 tie begins",
            "Disputed: Actor 0 and Actor 3",
            "Disputed: Actor 3 and Actor 4"
        ]
    );
    let told = captions(&steps);
    assert_eq!(told[0], "5 actors and 4 ties.");
    assert_eq!(told[1], "Actor 0 has 3 ties to 3 other actors.");
    assert!(told[3].starts_with("Loan from Actor 0 to Actor 3, from 2021"), "{}", told[3]);
    let [_, central, early, late, dispute, _] = steps.as_slice() else { panic!("six steps") };
    assert_eq!(central.show.as_ref().map(Vec::len), Some(4), "the actor and its neighbors");
    assert_eq!((central.focus.len(), &central.camera), (3, &StoryCamera::Shown));
    assert_eq!((early.show.as_ref(), early.focus.len(), late.focus.len()), (None, 2, 1));
    assert_eq!(late.as_of.as_ref().map(tieline::model::Date::text), Some("2021"));
    assert_eq!(dispute.show.as_ref().map(Vec::len), Some(2));
    let resolved = resolve_step(&document.map, &*document.look, early);
    assert!(!resolved.shown.has_tie(document.map.tie_ids().nth(2).expect("a tie")), "2021 is not told yet");
}

#[test]
fn every_bundled_map_has_a_story_that_shows_something_in_each_step() {
    for name in BUNDLED {
        let document = Document::new(Arc::new(load_bundled(name).expect("a bundled map").0.map), Arc::default());
        let steps = propose(&document).expect("a story");
        assert!((2..=16).contains(&steps.len()), "{name:?}: {:?}", titles(&steps));
        let mut seen = titles(&steps);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), steps.len(), "no two steps have the same title");
        for step in &steps {
            let resolved = resolve_step(&document.map, &*document.look, step);
            assert!(resolved.shown.actors().next().is_some(), "{step:?}");
            assert!(step.caption.as_deref().is_some_and(|caption| caption.ends_with('.')), "{step:?}");
            if !step.focus.is_empty() {
                let focus = resolved.focus.as_ref().unwrap_or_else(|| panic!("the focus is shown: {step:?}"));
                let count = |step: &StoryStep| step.focus.iter().filter(|item| matches!(item, Item::Tie(_))).count();
                assert_eq!(focus.ties().count(), count(step), "{step:?}");
            }
        }
        // It is one change, and what is proposed can be saved and read.
        let made = document.apply(&edit::add_steps(&document, steps.clone())).expect("it fits");
        assert_eq!(made.document.steps().len(), document.steps().len() + steps.len());
        let undone = made.document.apply(&made.inverse).expect("it fits").document;
        assert_eq!(undone.map.records(), document.map.records());
    }
}

#[test]
fn too_little_to_tell_is_said_in_plain_words() {
    assert_eq!(propose(&map(0, &[])), Err(NoStory::NoActors));
    assert_eq!(propose(&map(1, &[tie(0, 0, 0, "")])), Err(NoStory::OneActor));
    assert_eq!(propose(&map(2, &[])), Err(NoStory::NoTies));
    assert_eq!(propose(&map(2, &[tie(0, 0, 1, r#", "status": "retracted""#)])), Err(NoStory::NoTies));
    let document = map(2, &[tie(0, 0, 1, "")]);
    let hidden = document.with(Command::Hide(document.map.actor_ids().map(Item::Actor).collect()));
    assert_eq!(propose(&hidden), Err(NoStory::NothingShown));
    let smallest = propose(&document).expect("a story");
    assert_eq!((titles(&smallest), captions(&smallest)), (vec!["Overview"], vec!["2 actors and 1 tie."]));
}

#[test]
fn a_map_without_dates_has_no_steps_through_time() {
    let ties: Vec<String> = (1..5).map(|other| tie(other, 0, other, "")).collect();
    assert_eq!(titles(&propose(&map(5, &ties)).expect("a story")), ["Overview", "Actor 0"]);
    // All in one year: nothing changes over time.
    let ties: Vec<String> = (1..5).map(|other| tie(other, 0, other, r#", "date": "2020""#)).collect();
    assert_eq!(titles(&propose(&map(5, &ties)).expect("a story")), ["Overview", "Actor 0"]);
}

#[test]
fn a_large_map_gets_a_short_story_with_short_steps() {
    let mut ties = Vec::new();
    for number in 0..12_000 {
        let (from, to) = if number < 4_000 { (number % 2, number) } else { (number % 5_000, number * 7 % 5_000) };
        let doubt = if number > 11_900 { r#", "contradicts": ["t0"]"# } else { "" };
        ties.push(tie(number, from, to, &format!(r#", "startDate": "{}"{doubt}"#, 1950 + number % 70)));
    }
    let steps = propose(&map(5_000, &ties)).expect("a story");
    assert!(steps.len() <= 16, "{:?}", titles(&steps));
    assert!(steps.iter().all(|step| step.focus.len() <= 60), "files stay readable");
    assert!(steps.iter().all(|step| step.show.as_ref().is_none_or(|show| show.len() <= 21)));
    assert_eq!(captions(&steps)[0], "5,000 actors and 12,000 ties.");
    assert!(captions(&steps)[1].contains("The 20 with the most ties to it are shown."), "{:?}", captions(&steps));
    let periods: Vec<&str> = titles(&steps).into_iter().filter(|title| title.contains("ties begin")).collect();
    assert!(periods.len() == 6 && periods[0].starts_with("1950–"), "{periods:?}");
}

#[test]
fn what_is_seen_gets_a_title_by_what_it_is_about() {
    let document = map(5, &[tie(0, 0, 1, "")]);
    let actors: Vec<Item> = document.map.actor_ids().map(Item::Actor).collect();
    let ties: Vec<Item> = document.map.tie_ids().map(Item::Tie).collect();
    let title = |step: StoryStep, at| seen_step_title(&document.map, &step, at);
    let seen = StoryStep::default;
    assert_eq!(title(seen(), 0), "Overview");
    assert_eq!(title(seen(), 3), "Step 4");
    assert_eq!(title(StoryStep { focus: actors[..2].to_vec(), ..seen() }, 0), "Actor 0 and Actor 1");
    assert_eq!(title(StoryStep { focus: ties, as_of: Date::parse("2019").ok(), ..seen() }, 0), "Actor 0 → Actor 1");
    assert_eq!(title(StoryStep { as_of: Date::parse("2019-05").ok(), ..seen() }, 0), "As of May 2019");
    assert_eq!(title(StoryStep { show: Some(actors[..3].to_vec()), ..seen() }, 0), "Actor 0, Actor 1 and Actor 2");
    assert_eq!(title(StoryStep { show: Some(actors), ..seen() }, 0), "5 actors");
}
