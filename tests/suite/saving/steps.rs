//! Edits of the story's steps: each is saved as a small change of the file's text and taken back to the byte.

use std::sync::Arc;

use tieline::document::edit::{self, StepText};
use tieline::document::journal::{Header, Journal, JournalState, batch_line, changes};
use tieline::document::{Document, EditError, Transaction, merge};
use tieline::model::{ActorId, Date, Item, Map, StoryCamera, StoryStep};

use super::each_edit::assert_specification;
use super::script::Session;

/// A story with remarks between its steps.
const STORY: &str = r#"{
  "format": "tieline",
  "version": "1.1",
  "actors": [ { "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch" } ],
  "ties": [ { "id": "t", "kind": "loan", "from": "a", "to": "b" } ],
  "views": [
    { "id": "main", "positions": { "a": [0, 0], "b": [300, 0] },
      "steps": [
        // How it began.
        { "id": "first", "title": "One", "caption": "It begins", "x-mood": 1.50 },
        { "id": "second", "title": "Two", "focus": ["t"], "camera": { "x": 1, "y": 2, "zoom": 1.50 } }, // close
        { "title": "Three, without an id" }
      ] }
  ]
}
"#;

/// A map without views.
const BARE: &str = r#"{
  "format": "tieline",
  "version": "1.0", // as old as it gets
  "actors": [ { "id": "a", "name": "Alder" } ]
}
"#;

fn steps(map: &Map) -> &[StoryStep] {
    &map.first_view().expect("a view").steps
}

fn step(title: &str) -> StoryStep {
    StoryStep {
        title: Some(title.to_owned()),
        focus: vec![Item::Actor(ActorId(0))],
        as_of: Date::parse("2019").ok(),
        camera: StoryCamera::At { x: -1.5, y: 20.0, zoom: 0.75 },
        ..StoryStep::default()
    }
}

/// Returns an edit of each kind with its label for undo.
fn edits(document: &Document) -> Vec<(&'static str, Transaction)> {
    let done = |edited: Result<Transaction, EditError>| edited.expect("there is such a step");
    let text = |at, what, text| done(edit::set_step_text(document, at, what, text));
    vec![
        ("Add the step “New”", edit::add_step(document, 1, step("New"))),
        ("Add the step “New”", edit::add_step(document, usize::MAX, step("New"))),
        ("Add the step 4", edit::add_step(document, 3, StoryStep::default())),
        ("Make 2 steps", edit::add_steps(document, vec![step("New"), step("New")])),
        ("Rename the step “One”", text(0, StepText::Title, "A “better” title // with words")),
        ("Rename the step “Two”", text(1, StepText::Title, "")),
        ("Change the caption of the step “Two”", text(1, StepText::Caption, "Two\nlines\u{202e}")),
        ("Change the notes of the step “One”", text(0, StepText::Notes, "Say \"this\"")),
        ("Change the notes of the step “Three, without an id”", text(2, StepText::Notes, "Say this")),
        ("Change what is shown in the step “Two”", done(edit::set_step_shown(document, 1, &step("Other")))),
        ("Move the step “One”", done(edit::move_step(document, 0, 2))),
        ("Move the step “Three, without an id”", done(edit::move_step(document, 2, 0))),
        ("Duplicate the step “One”", done(edit::duplicate_step(document, 0))),
        ("Delete the step “Two”", done(edit::remove_step(document, 1))),
    ]
}

#[test]
fn every_edit_of_a_step_is_saved_and_taken_back() {
    for number in 0..edits(&Session::open(STORY.as_bytes()).document).len() {
        let label = edits(&Session::open(STORY.as_bytes()).document)[number].0;
        assert_specification(label, STORY, |session| {
            let (label, transaction) = edits(&session.document).swap_remove(number);
            assert_eq!(transaction.label, label);
            session.apply(&transaction);
        });
    }
    assert_specification("the first step", BARE, |session| {
        session.apply(&edit::add_step(&session.document, 0, step("New")));
    });
    assert_specification("several edits", BARE, |session| {
        session.apply(&edit::add_steps(&session.document, vec![step("New"), step("Newer"), step("Newest")]));
        session.apply(&edit::move_step(&session.document, 2, 0).expect("a step"));
        session.apply(&edit::duplicate_step(&session.document, 1).expect("a step"));
        session.apply(&edit::remove_step(&session.document, 3).expect("a step"));
    });
}

#[test]
fn a_step_that_is_not_there_is_refused() {
    let document = Session::open(STORY.as_bytes()).document;
    let gone = |edited: Result<Transaction, EditError>| assert_eq!(edited.err(), Some(EditError::Gone));
    gone(edit::set_step_text(&document, 3, StepText::Title, "x"));
    gone(edit::set_step_shown(&document, 3, &step("x")));
    gone(edit::move_step(&document, 3, 0));
    gone(edit::duplicate_step(&document, 3));
    gone(edit::remove_step(&document, 3));
}

#[test]
fn only_the_changed_step_is_written() {
    let mut session = Session::open(STORY.as_bytes());
    session.apply(&edit::set_step_text(&session.document, 1, StepText::Title, "2").expect("a step"));
    assert_eq!(session.saved().text, STORY.replace("\"Two\"", "\"2\""));

    let mut session = Session::open(STORY.as_bytes());
    session.apply(&edit::move_step(&session.document, 2, 0).expect("a step"));
    let text = session.saved().text;
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is kept: {text}"));
    assert!(at("Three") < at("\"One\", \"caption\": \"It begins\", \"x-mood\": 1.50 },"), "{text}");
    assert!(text.contains("// How it began.") && text.contains("\"zoom\": 1.50 } } // close"), "{text}");

    let mut session = Session::open(BARE.as_bytes());
    session.apply(&edit::add_steps(&session.document, vec![step("New"), step("New")]));
    let text = session.saved().text;
    assert!(text.contains("\"version\": \"1.1\", // as old as it gets"), "{text}");
    let session = Session::open(text.as_bytes());
    let keys: Vec<&str> = steps(&session.document.map).iter().map(|step| &*step.key).collect();
    assert_eq!(keys, ["new", "new-2"], "{text}");
}

#[test]
fn a_story_that_was_not_saved_is_recovered() {
    for (name, file, at) in [("a story", STORY, 1), ("no views", BARE, 0)] {
        let session = Session::open(file.as_bytes());
        let edited = session.document.apply(&edit::add_step(&session.document, at, step("New"))).expect("it fits");
        let on_disk = session.document.base();
        let state = JournalState {
            map: Arc::clone(&edited.document.map),
            look: Arc::clone(&edited.document.look),
            saved: Arc::clone(&on_disk.look),
            on_disk,
        };
        assert!(state.is_unsaved());
        let header = Header::new(None, None, "00".to_owned(), 7);
        let text = header.line() + &batch_line(8, &changes(None, &state));
        let journal = Journal::parse(text.as_bytes()).expect("a journal");
        let Document { map, look, .. } = &session.document;
        let applied = journal.apply(map, look, look);
        assert_eq!(applied.left_out, [], "{name}: {text}");
        let map = map.with_changes(&applied.records).expect("they fit");
        assert_eq!(steps(&map), steps(&edited.document.map), "{name}: {text}");
    }
}

#[test]
fn steps_made_here_and_in_the_file_are_both_kept() {
    let story = STORY.replace("{ \"title\": \"Three", "{ \"id\": \"third\", \"title\": \"Three");
    let base = Session::open(story.as_bytes()).document;
    let ours = base.apply(&edit::set_step_text(&base, 0, StepText::Notes, "Ours").expect("a step"));
    let ours = ours.expect("it fits").document;
    let theirs = Session::open(story.replace("\"Two\"", "\"Theirs\"").as_bytes()).document;
    let merged = merge(&base.base(), &ours, &theirs.map);
    assert_eq!(merged.conflicts, []);
    let both = ours.apply(&merged.transaction).expect("it fits").document;
    let steps = steps(&both.map);
    assert_eq!((steps[0].notes.as_deref(), steps[1].title.as_deref()), (Some("Ours"), Some("Theirs")));
}
