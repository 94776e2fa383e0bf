//! Databases in the window: opened, added to a map, and explored from one actor.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rusqlite::Connection;

use super::bench::Bench;

/// A chain of people, and a hub with many ties.
const PEOPLE: &str = "
    CREATE TABLE log (at TEXT);
    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, kind TEXT);
    INSERT INTO people VALUES (1, 'Ann', 'person'), (2, 'Bob', 'person'), (3, 'Cy', 'person'), (4, 'Di', 'person');
    CREATE TABLE links (source INTEGER, target INTEGER, type TEXT);
    INSERT INTO links VALUES (1, 2, 'pays'), (2, 3, 'owns'), (3, 4, 'pays');
    INSERT INTO links SELECT 3, value, 'pays' FROM (WITH RECURSIVE n(value) AS (SELECT 100 UNION ALL SELECT value + 1 FROM n LIMIT 250) SELECT value FROM n);
";

fn write(bench: &Bench) -> PathBuf {
    let path = bench.folder.path().join("people.db");
    Connection::open(&path).expect("a database").execute_batch(PEOPLE).expect("statements");
    path
}

/// Opens the dialog by a menu entry, and lists the tables of the database.
fn list(bench: &mut Bench, entry: &str) {
    let path = write(bench);
    bench.click("File");
    bench.click_as(Role::Button, entry);
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.click_as(Role::Button, "Choose…");
    bench.click_as(Role::Button, "Show tables");
    assert!(bench.shows("3 tables and views"), "{:?}", bench.texts());
}

/// Replaces the text of a field, whose name may also stand before it.
fn fill(bench: &mut Bench, field: &str, text: &str) {
    let is_field = |role: Role| matches!(role, Role::TextInput | Role::MultilineTextInput | Role::PasswordInput);
    let node = bench.harness.get_all_by_label(field).find(|node| is_field(node.accesskit_node().role()));
    node.expect("a field").click();
    bench.settle();
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text(text);
}

#[test]
fn tables_are_chosen_without_sql_and_become_a_map() {
    let mut bench = Bench::new();
    list(&mut bench, "Open from database…");
    assert!(bench.shows("people (4 rows): id, name, kind") && bench.shows("links (253 rows): source, target, type"));
    assert!(bench.shows("SELECT \"source\", \"target\", \"type\" FROM \"links\""), "{:?}", bench.texts());
    bench.click_as(Role::ComboBox, "Ties");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows("Open from a database"), "the list closes first: {:?}", bench.texts());
    bench.click_as(Role::ComboBox, "Ties");
    bench.click_as(Role::Button, "log (0 rows): at");
    assert!(bench.shows("SELECT \"at\" FROM \"log\""), "{:?}", bench.texts());
    fill(&mut bench, "SELECT for ties", "SELECT * FROM links WHERE target < 100");
    bench.click_as(Role::Button, "Read");
    assert!(bench.shows("4 new actors and 3 new ties"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("4 actors · 3 of 3 ties"), "{:?}", bench.texts());
    assert!(bench.app().title().contains("people"), "{}", bench.app().title());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("0 actors · 0 of 0 ties"), "one step to undo: {:?}", bench.texts());
    let files: Vec<String> = std::fs::read_dir(bench.folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(files.iter().filter(|name| name.starts_with("people.db")).count() == 1, "nothing beside it: {files:?}");
}

#[test]
fn a_database_is_explored_from_one_actor() {
    let mut bench = Bench::new();
    list(&mut bench, "Open from database…");
    fill(&mut bench, "Start from the actor", "1");
    bench.click_as(Role::Button, "Read");
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("2 actors · 1 of 1 tie"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    bench.right_click("Bob, person, on the map");
    bench.click_as(Role::Button, "Ask the database for neighbors");
    assert!(bench.shows("3 actors · 2 of 2 ties"), "without a question: {:?}", bench.texts());
    assert!(bench.shows("Cy, person, on the map"));
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("2 actors · 1 of 1 tie"), "one step to undo: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    bench.press(Modifiers::NONE, Key::Escape);
    bench.right_click("Ann, person, on the map");
    bench.click_as(Role::Button, "Ask the database for neighbors");
    assert!(bench.shows("The map already has all ties of Ann that are in the database"), "{:?}", bench.texts());
    bench.click("Cy, person, on the map");
    bench.right_click("Cy, person, on the map");
    bench.click_as(Role::Button, "Ask the database for neighbors");
    assert!(bench.shows("52 further ties left out: at most 200 are read at once"), "{:?}", bench.texts());
}

#[test]
fn statements_of_a_map_that_was_opened_are_shown_before_they_are_asked() {
    let mut bench = Bench::new();
    let path = write(&bench);
    let map = r#"{ "format": "tieline", "version": "1.1",
        "tieKinds": [{ "id": "pays", "label": "pays" }],
        "actors": [{ "id": "2", "name": "Bob", "row": { "import": "i1", "keys": ["2"] } }, { "id": "9", "name": "Eve" }],
        "ties": [{ "id": "t", "from": "2", "to": "9", "kind": "pays" }],
        "imports": [
            { "id": "i1", "file": "people.db", "query": "SELECT * FROM people", "recipe": { "version": 1, "columns": { "id": "actor-id", "name": "actor-name" } } },
            { "id": "i2", "file": "people.db", "query": "SELECT * FROM links", "recipe": { "version": 1, "columns": { "source": "from", "target": "to", "type": "kind" } } }] }"#;
    let map = bench.write("map.tieline.json", map);
    bench.drop_file(&map);
    bench.right_click("Bob, on the map");
    bench.click_as(Role::Button, "Ask the database for neighbors");
    assert!(bench.shows("Neighbors of Bob") && bench.shows("SELECT * FROM links"), "{:?}", bench.texts());
    assert!(bench.shows(":actor is 2; at most 200 ties are read"), "{:?}", bench.texts());
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.click_as(Role::Button, "Choose…");
    bench.click_as(Role::Button, "Ask");
    assert!(bench.shows("Ann, person, on the map") && bench.shows("Cy, person, on the map"), "{:?}", bench.texts());
}

#[test]
fn mistakes_are_told_in_the_dialog_which_stays() {
    let mut bench = Bench::new();
    bench.click("File");
    bench.click_as(Role::Button, "Add from database…");
    bench.click_as(Role::Button, "Show tables");
    assert!(bench.shows("The file is not filled in"), "{:?}", bench.texts());
    let text = bench.write("table.csv", "From,To\nAnn,Bob\n");
    bench.notes.borrow_mut().answers.push_back(Some(text));
    bench.click_as(Role::Button, "Choose…");
    bench.click_as(Role::Button, "Show tables");
    assert!(bench.shows("it is not an SQLite database"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Cancel");
    list(&mut bench, "Add from database…");
    fill(&mut bench, "SELECT for ties", "DELETE FROM links");
    bench.click_as(Role::Button, "Read");
    assert!(bench.shows("only reading is allowed"), "{:?}", bench.texts());
    fill(&mut bench, "SELECT for ties", "SELECT source FROM links");
    fill(&mut bench, "Start from the actor", "1");
    bench.click_as(Role::Button, "Back");
    assert!(bench.harness.query_by_label("SELECT for ties").is_none());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Add from a database"), "{:?}", bench.texts());
}

#[test]
fn a_server_that_does_not_answer_is_told_and_can_be_left() {
    let mut bench = Bench::new();
    bench.click("File");
    bench.click_as(Role::Button, "Open from database…");
    bench.click_as(Role::RadioButton, "PostgreSQL server");
    for (field, text) in
        [("Server", "127.0.0.1"), ("Port", "1"), ("Database", "deals"), ("User", "ann"), ("Password", "s3cret-word")]
    {
        fill(&mut bench, field, text);
    }
    bench.click_as(Role::Button, "Show tables");
    assert!(bench.shows("no connection to 127.0.0.1 at port 1"), "{:?}", bench.texts());
    assert!(!bench.shows("s3cret-word"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Cancel");
    let settings = std::fs::read_dir(bench.folder.path().join("config")).into_iter().flatten().flatten();
    let kept: String = settings.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).collect();
    assert!(!kept.contains("s3cret-word"), "{kept}");
}

#[test]
fn a_database_that_is_dropped_or_opened_as_a_file_leads_to_the_dialog() {
    let mut bench = Bench::new();
    let path = write(&bench);
    bench.drop_file(&path);
    assert!(bench.shows("Open from a database") && bench.shows("people.db"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Show tables");
    bench.click_as(Role::Button, "Cancel");
    bench.click("File");
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.click_as(Role::Button, "Add a table to this map…");
    assert!(bench.shows("Add from a database"), "{:?}", bench.texts());
}

/// Adds a link to the database, and renames someone.
fn change(path: &std::path::Path) {
    let changes = "INSERT INTO links VALUES (4, 1, 'owns'); UPDATE people SET name = 'Robert' WHERE id = 2;";
    Connection::open(path).expect("the database").execute_batch(changes).expect("changed");
}

fn update(bench: &mut Bench) {
    bench.click("File");
    bench.click_as(Role::Button, "Update from its sources…");
}

#[test]
fn a_map_is_brought_up_to_date_with_its_database() {
    let mut bench = Bench::new();
    list(&mut bench, "Open from database…");
    fill(&mut bench, "SELECT for ties", "SELECT * FROM links WHERE target < 100");
    bench.click_as(Role::Button, "Read");
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("4 actors · 3 of 3 ties"), "{:?}", bench.texts());
    update(&mut bench);
    assert!(bench.shows("Nothing to update: people.db is unchanged"), "without a question: {:?}", bench.texts());
    change(&bench.folder.path().join("people.db"));
    update(&mut bench);
    assert!(bench.shows("1 new") && bench.shows("name: Bob → Robert"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Update");
    assert!(bench.shows("4 actors · 4 of 4 ties"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("4 actors · 3 of 3 ties"), "one step: {:?}", bench.texts());
}

#[test]
fn statements_of_a_map_are_shown_before_it_is_updated() {
    let mut bench = Bench::new();
    let path = write(&bench);
    let statements = ["--actors", "SELECT * FROM people", "--ties", "SELECT * FROM links WHERE target < 100"];
    let address = format!("sqlite:{}", path.display());
    let map = bench.folder.path().join("made.tieline.json");
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_tieline"))
        .args(["import", &address, "-o"])
        .arg(&map)
        .args(statements)
        .output()
        .expect("the program runs");
    assert!(made.status.success(), "{made:?}");
    change(&path);
    bench.drop_file(&map);
    update(&mut bench);
    assert!(bench.shows("Update from people.db") && bench.shows("SELECT * FROM people"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Cancel");
    assert!(bench.shows("4 actors · 3 of 3 ties"), "{:?}", bench.texts());
    update(&mut bench);
    bench.notes.borrow_mut().answers.push_back(Some(path));
    bench.click_as(Role::Button, "Choose…");
    bench.click_as(Role::Button, "Ask");
    assert!(bench.shows("name: Bob → Robert"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Update");
    assert!(bench.shows("4 actors · 4 of 4 ties") && bench.shows("Robert, person, on the map"), "{:?}", bench.texts());
}
