//! Tests of the open map: what is a change, and what is one step to undo.

use std::sync::Arc;

use emath::pos2;

use super::Session;
use crate::document::{Command, Document, Filter};
use crate::model::{Actor, ActorId, Map, MapParts, Placed};

fn session() -> Session {
    let actor = Actor { key: "a".into(), name: "A".to_owned(), ..Actor::default() };
    let map = Map::new(MapParts { actors: vec![actor], ..MapParts::default() }).expect("a sound map");
    Session::new(Document::new(Arc::new(map), Arc::default()), Vec::new())
}

const PLACE: Placed = Placed::Actor(ActorId(0));

#[test]
fn settling_is_no_change_and_moving_is_one() {
    let mut session = session();
    session.settle(&[(PLACE, pos2(1.0, 2.0))]);
    assert!(!session.is_unsaved(), "a settled place");
    session.change(Command::SetFilter(Filter { hides_unsourced: true, ..Filter::default() }));
    assert!(session.is_unsaved(), "a filter is part of the view");
    session.undo().expect("it fits");
    assert!(!session.is_unsaved());
    session.change(Command::Move(vec![(PLACE, pos2(5.0, 5.0))]));
    assert!(session.is_unsaved());
    assert!(session.window_title().starts_with('•'));
    session.undo().expect("it fits");
    assert!(!session.is_unsaved(), "back where it was saved");
    session.redo().expect("it fits");
    assert!(session.is_unsaved());
}

#[test]
fn what_changes_nothing_is_no_step() {
    let mut session = session();
    session.settle(&[(PLACE, pos2(1.0, 2.0))]);
    session.change(Command::Move(vec![(PLACE, pos2(1.0, 2.0))]));
    assert_eq!(session.history.undo_label(), None);
}
