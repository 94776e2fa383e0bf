//! Tests that saving an imported map never overwrites its table.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use egui::Context;

use crate::document::Document;
use crate::load::{Origin, RecipeBook, load_map};

use crate::save::IfChanged;

use crate::app::ask::question::{Dialog, FileQuestion, Next, PathRequest, SaveRequest};
use crate::app::platform::{FileDialogs, Opener, Platform};
use crate::app::session::Session;
use crate::app::{App, Options};

/// A platform without file dialogs, so that the window asks for paths itself.
struct Bare;

impl Opener for Bare {
    fn open(&mut self, _: &str) -> Result<(), String> {
        Ok(())
    }
}

impl FileDialogs for Bare {
    fn missing(&mut self) -> Option<String> {
        Some("there are none".to_owned())
    }

    fn ask(&mut self, _: &FileQuestion, _: Option<PathBuf>, _: Box<dyn Fn() + Send>) -> Receiver<Vec<PathBuf>> {
        channel().1
    }
}

const TABLE: &str = "Payer,Payee\nA,B\n";

/// Creates a window with a map imported from a table on disk.
fn window(ctx: &Context, table: &Path) -> App {
    std::fs::write(table, TABLE).expect("written");
    let platform = Platform {
        opener: Box::new(Bare),
        dialogs: Box::new(Bare),
        clipboard: Box::new(crate::app::probe::Nobody),
        config_folder: None,
        data_folder: None,
        kept_after: Duration::ZERO,
    };
    let mut app = App::new(ctx, &Options::default(), platform);
    let map =
        r#"{"format": "tieline", "version": "1.0", "actors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]}"#;
    let map = load_map(map.as_bytes(), "imported").expect("a map").map;
    let origin = Origin::imported(table.to_owned(), "a CSV table", TABLE.as_bytes().into());
    app.session = Session::new(Document::new(Arc::new(map), Arc::new(origin)), Vec::new());
    app
}

fn take_dialog(app: &mut App) -> Option<Dialog> {
    let dialog = app.modal.dialogs().next().cloned();
    app.modal.close_front();
    dialog
}

#[test]
fn saving_an_imported_map_asks_for_a_name_beside_its_table() {
    let ctx = Context::default();
    let folder = tempfile::tempdir().expect("a folder");
    let (table, map) = (folder.path().join("ties.csv"), folder.path().join("ties.tieline.jsonc"));
    let mut app = window(&ctx, &table);
    app.save(&ctx, None);
    let Some(Dialog::Path { request: PathRequest::SaveMap { then: None }, text, .. }) = take_dialog(&mut app) else {
        panic!("a path is asked for");
    };
    assert_eq!(Path::new(&text), map);
    app.save_to(&ctx, SaveRequest { path: map.clone(), if_changed: IfChanged::Refuse, then: None });
    assert!(!app.modal.is_open(), "the text of the table is not called a broken map");
    let saved = load_map(&std::fs::read(&map).expect("saved"), "ties").expect("a map");
    assert_eq!((saved.map.actors().len(), saved.counts.total()), (2, 0));
    assert_eq!(app.session.own_path(), Some(&*map), "from now on it has its own file");
    assert_eq!(std::fs::read_to_string(&table).expect("is there"), TABLE);
    app.save(&ctx, None);
    assert!(!app.modal.is_open(), "which is saved without a question");
}

#[test]
fn the_table_of_an_imported_map_is_never_overwritten() {
    let ctx = Context::default();
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("ties.csv");
    let mut app = window(&ctx, &table);
    for path in [table.clone(), folder.path().join(".").join("ties.csv")] {
        for if_changed in [IfChanged::Refuse, IfChanged::Overwrite] {
            app.save_to(&ctx, SaveRequest { path: path.clone(), if_changed, then: None });
            let Some(Dialog::Message { text, .. }) = take_dialog(&mut app) else { panic!("it is refused") };
            assert!(text.contains("imported from it") && text.contains("save under another name"), "{text}");
            assert_eq!(std::fs::read_to_string(&table).expect("is there"), TABLE);
        }
    }
    assert!(!app.session.differs_from_disk() && app.watcher.is_none(), "it is no file to keep in step with");
}

/// Opens tables as one map in a window.
fn open_tables(app: &mut App, tables: &[std::path::PathBuf]) {
    app.session = Session::load_any(tables, &RecipeBook::default(), &|_| true).expect("tables");
}

#[test]
fn a_map_made_of_a_table_is_not_closed_without_a_question() {
    let ctx = Context::default();
    let folder = tempfile::tempdir().expect("a folder");
    let (table, map) = (folder.path().join("ties.csv"), folder.path().join("ties.tieline.jsonc"));
    let mut app = window(&ctx, &table);
    open_tables(&mut app, std::slice::from_ref(&table));
    assert!(app.session.window_title().starts_with('•') && !app.session.is_unsaved(), "nothing for the journal");
    app.go_on_or_ask(&ctx, Next::Quit);
    assert!(matches!(take_dialog(&mut app), Some(Dialog::NeverSaved(Next::Quit, _))) && !app.may_close);
    app.save(&ctx, Some(Next::Quit));
    let Some(Dialog::Path { request: PathRequest::SaveMap { then: Some(Next::Quit) }, text, .. }) =
        take_dialog(&mut app)
    else {
        panic!("a path is asked for");
    };
    assert_eq!(Path::new(&text), map);
    app.save_to(&ctx, SaveRequest { path: map, if_changed: IfChanged::Refuse, then: None });
    app.go_on_or_ask(&ctx, Next::Quit);
    assert!(!app.modal.is_open() && app.may_close, "it is saved");
}

#[test]
fn no_table_of_several_is_overwritten() {
    let ctx = Context::default();
    let folder = tempfile::tempdir().expect("a folder");
    let tables = ["ties.csv", "more.csv"].map(|name| folder.path().join(name));
    let mut app = window(&ctx, &tables[0]);
    std::fs::write(&tables[1], TABLE).expect("written");
    open_tables(&mut app, &tables);
    for path in tables {
        app.save_to(&ctx, SaveRequest { path: path.clone(), if_changed: IfChanged::Overwrite, then: None });
        let Some(Dialog::Message { text, .. }) = take_dialog(&mut app) else { panic!("{path:?} is refused") };
        assert!(text.contains("imported from it"), "{text}");
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), TABLE);
    }
}
