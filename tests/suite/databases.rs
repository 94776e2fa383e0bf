//! Databases: files of SQLite of all sorts, hostile ones too, statements that write, and servers that lie.

mod exploring;
mod hostile;
mod servers;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use rusqlite::Connection;
use tieline::database::{
    self, Access, DatabaseAddress, DatabaseError, DatabaseQuestion, RowEstimate, database_sources,
};
use tieline::load::{ImportFile, ImportOptions, ImportReport, add_tables, import_tables, load_map};
use tieline::model::{Ends, Map};

/// A folder with a database.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

/// What the database of most tests has.
const DEALS: &str = "
    CREATE TABLE firms (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, founded DATE, listed BOOLEAN, logo BLOB);
    INSERT INTO firms VALUES (1, 'Larch Co', 'company', '1999-04-01', 1, x'00ff'), (2, 'Maple SA', NULL, NULL, 0, zeroblob(100)),
        (9007199254740993, 'Quince Fund', 'fund', '2004', NULL, NULL);
    CREATE TABLE deals (payer INTEGER, payee INTEGER, kind TEXT, amount REAL, date TEXT) ;
    INSERT INTO deals VALUES (1, 2, 'pays', 1500000.5, '2020-05-01'), (2, 9007199254740993, 'owns', NULL, NULL),
        (1, 2, 'pays', 2, '2021-05-01 13:30:00');
    CREATE VIEW named AS SELECT a.name AS \"from\", b.name AS \"to\", d.kind FROM deals d
        JOIN firms a ON a.id = d.payer JOIN firms b ON b.id = d.payee;
";

impl Place {
    pub(crate) fn with(statements: &str) -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder") };
        let made = Connection::open(place.path()).expect("a database");
        made.execute_batch(statements).expect("statements");
        place
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("deals.db")
    }

    pub(crate) fn access(&self) -> Access {
        access(&self.path())
    }

    /// Lists the files beside the database with their sizes.
    fn files(&self) -> BTreeSet<(String, u64)> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let file = |entry: fs::DirEntry| {
            (entry.file_name().to_string_lossy().into_owned(), entry.metadata().expect("a file").len())
        };
        entries.map(|entry| file(entry.expect("a file"))).collect()
    }

    fn ask(&self, statements: &[(&str, &str)]) -> Result<ImportFile, DatabaseError> {
        database::ask(&self.access(), &questions(statements), &|_| true)
    }

    fn import(&self, statements: &[(&str, &str)]) -> (Map, ImportReport) {
        let file = self.ask(statements).expect("an answer");
        import_tables(&[file], &ImportOptions::default(), &|_| true).expect("tables")
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
        command.arg("import").args(arguments).current_dir(self.folder.path()).stdin(std::process::Stdio::null());
        command.env_remove("PGPASSWORD").env("HOME", self.folder.path()).output().expect("the program runs")
    }
}

pub(crate) fn access(path: &Path) -> Access {
    Access { timeout: Duration::from_mins(1), ..Access::of_environment(DatabaseAddress::Sqlite(path.to_owned())) }
}

pub(crate) fn questions(statements: &[(&str, &str)]) -> Vec<DatabaseQuestion> {
    let question = |(name, statement): &(&str, &str)| DatabaseQuestion {
        name: (*name).to_owned(),
        statement: (*statement).to_owned(),
    };
    statements.iter().map(question).collect()
}

/// Lists the ties of a map by the names of their ends.
pub(crate) fn ties(map: &Map) -> Vec<String> {
    let tie = |tie: &tieline::model::Tie| {
        let Ends::Pair { from, to } = tie.ends else { return "?".to_owned() };
        let kind = map.tie_kinds().get(tie.kind).map(|kind| kind.key.to_string()).unwrap_or_default();
        format!("{} {kind} {}", map.actor(from).name, map.actor(to).name)
    };
    map.ties().values().map(tie).collect()
}

const FIRMS: &str = "SELECT id, name, kind, founded AS start, listed, logo FROM firms";
const ALL_DEALS: &str = "SELECT payer AS \"from\", payee AS \"to\", kind, amount, date FROM deals";

#[test]
fn rows_of_two_statements_become_one_map() {
    let place = Place::with(DEALS);
    let before = (place.files(), fs::read(place.path()).expect("a file"));
    let (map, report) = place.import(&[("actors", FIRMS), ("ties", ALL_DEALS)]);
    assert_eq!((report.format, report.actors, report.ties, report.rows.skipped), ("sqlite", 3, 3, 0));
    assert_eq!(ties(&map), ["Larch Co pays Maple SA", "Maple SA owns Quince Fund", "Larch Co pays Maple SA"]);
    let firm = |name: &str| map.actors().values().find(|actor| actor.name == name).expect("a firm");
    assert_eq!(firm("Quince Fund").key.to_string(), "9007199254740993", "a large id keeps all digits");
    assert_eq!(firm("Larch Co").start.as_ref().map(tieline::model::Date::text), Some("1999-04-01"));
    let own = |name: &str, field: &str| {
        firm(name).metadata.own.iter().find(|own| &*own.name == field).map(|own| format!("{:?}", own.value))
    };
    assert_eq!(own("Larch Co", "x-listed").as_deref(), Some("Flag(true)"));
    assert_eq!(own("Quince Fund", "x-listed"), None, "NULL is an empty cell");
    assert_eq!(own("Larch Co", "x-logo").as_deref(), Some("Text(\"00ff\")"));
    assert_eq!(own("Maple SA", "x-logo"), None);
    let messages: Vec<&str> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(messages.contains(&"the column “logo” has 1 binary value, left empty here"), "{messages:?}");
    let tie = map.ties().values().next().expect("a tie");
    assert_eq!(
        tie.claim.amount.as_ref().and_then(|amount| amount.lower).map(|lower| lower.value.to_string()).as_deref(),
        Some("1500000.5")
    );
    assert_eq!(tie.claim.date.as_ref().map(tieline::model::Date::text), Some("2020-05-01"));
    assert_eq!((place.files(), fs::read(place.path()).expect("a file")), before, "nothing is written");
}

#[test]
fn a_map_keeps_the_statement_and_the_name_alone() {
    let place = Place::with(DEALS);
    let output = place.run(&["sqlite:deals.db", "--actors", FIRMS, "--ties", ALL_DEALS, "-o", "map.tieline.json"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = fs::read_to_string(place.folder.path().join("map.tieline.json")).expect("a map");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let import = &value["imports"][1];
    assert_eq!(
        (&import["file"], &import["sheet"], &import["query"]),
        (&"deals.db".into(), &"ties".into(), &ALL_DEALS.into())
    );
    assert!(!text.contains(&*place.folder.path().to_string_lossy()), "no path");
    let map = load_map(text.as_bytes(), "map.tieline.json").expect("a map");
    assert_eq!(map.counts.errors, 0, "{:?}", map.problems);
    let [source] = database_sources(&map.map).try_into().expect("one database");
    assert_eq!(source.name, "deals.db");
    assert_eq!(source.questions, questions(&[("actors", FIRMS), ("ties", ALL_DEALS)]));
}

#[test]
fn a_map_is_brought_up_to_date_with_its_database() {
    let place = Place::with(DEALS);
    let written = |name: &str| fs::read_to_string(place.folder.path().join(name)).expect("a map");
    let made = place.run(&["sqlite:deals.db", "--actors", FIRMS, "--ties", ALL_DEALS, "-o", "map.tieline.json"]);
    assert_eq!(String::from_utf8_lossy(&made.stderr), "");
    let without = place.run(&["--update", "map.tieline.json"]);
    let said = String::from_utf8_lossy(&without.stderr).into_owned();
    assert!(said.contains("was made of the database “deals.db”") && said.contains("sqlite:FILE"), "{said}");
    let before = written("map.tieline.json");
    let same = place.run(&["--update", "map.tieline.json", "sqlite:deals.db"]);
    assert!(String::from_utf8_lossy(&same.stdout).contains("unchanged"), "{same:?}");
    assert_eq!(written("map.tieline.json"), before);

    // A correction by hand, a new row, a changed one and one that is gone.
    let set = ["edit", "map.tieline.json", "--set", "9007199254740993.name=Quince Capital Fund"];
    let corrected = Command::new(env!("CARGO_BIN_EXE_tieline")).args(set).current_dir(place.folder.path()).output();
    assert!(corrected.expect("the program runs").status.success() && written("map.tieline.json") != before);
    let changed = Connection::open(place.path()).expect("the database");
    changed
        .execute_batch(
            "INSERT INTO firms (id, name, kind) VALUES (7, 'Alder AG', 'company');
             INSERT INTO deals (payer, payee, kind, amount, date) VALUES (1, 7, 'lends', 10, '2023-02-01');
             UPDATE deals SET amount = 9.5 WHERE kind = 'owns';
             DELETE FROM deals WHERE amount = 2;",
        )
        .expect("changed");
    drop(changed);
    // Elsewhere, under another name.
    fs::create_dir(place.folder.path().join("new")).expect("a folder");
    fs::rename(place.path(), place.folder.path().join("new/deals2.db")).expect("moved");
    let updated = place.run(&["--update", "map.tieline.json", "sqlite:new/deals2.db"]);
    let said = String::from_utf8_lossy(&updated.stderr).into_owned();
    assert!(said.contains("asking") && said.contains("FROM deals"), "it says what it asks: {said}");
    let map = load_map(written("map.tieline.json").as_bytes(), "map.tieline.json").expect("a map").map;
    let ties = ties(&map);
    assert!(ties.iter().any(|tie| tie == "Larch Co lends Alder AG"), "{ties:?}");
    assert_eq!(ties.len(), 3, "{ties:?}");
    assert!(written("map.tieline.json").contains("Quince Capital Fund"), "what was corrected by hand stays");
    let amounts: Vec<String> = map
        .ties()
        .values()
        .filter_map(|tie| Some(tie.claim.amount.as_ref()?.lower.as_ref()?.value.to_string()))
        .collect();
    assert!(amounts.contains(&"9.5".to_owned()), "{amounts:?}");

    let other = place.run(&["--update", "map.tieline.json", "sqlite:map.tieline.json"]);
    assert!(!other.status.success());
    let text = written("map.tieline.json").replace("SELECT payer", "DELETE");
    fs::write(place.folder.path().join("odd.tieline.json"), text).expect("written");
    let refused = place.run(&["--update", "odd.tieline.json", "sqlite:new/deals2.db"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("only reading is allowed"), "{said}");
}

const EXPLORED: &str =
    "SELECT payer AS \"from\", payee AS \"to\", kind FROM deals WHERE payer = :actor OR payee = :actor";

#[test]
fn a_database_that_was_explored_is_not_read_as_a_whole() {
    let place = Place::with(DEALS);
    for actors in [vec![], vec!["--actors", FIRMS]] {
        let explored = ["sqlite:deals.db", "--neighbors", EXPLORED, "--from", "1", "-o", "near.tieline.json"];
        place.run(&[&explored[..], &actors].concat());
        let refused = place.run(&["--update", "near.tieline.json", "sqlite:deals.db"]);
        assert!(String::from_utf8_lossy(&refused.stderr).contains("only neighbors"), "{actors:?}: {refused:?}");
    }
    // Read as a whole, and then asked for neighbors: the first is asked again, and the neighbors stay.
    let whole = "SELECT payer AS \"from\", payee AS \"to\", kind FROM deals WHERE kind = 'owns'";
    place.run(&["sqlite:deals.db", "--ties", whole, "-o", "map.tieline.json"]);
    let neighbors = ["--neighbors", EXPLORED, "--from", "1", "--actors", FIRMS];
    let added = place
        .run(&[&["sqlite:deals.db", "--into", "map.tieline.json", "-o", "both.tieline.json"][..], &neighbors].concat());
    let map = || {
        let text = fs::read_to_string(place.folder.path().join("both.tieline.json")).expect("a map");
        load_map(text.as_bytes(), "both.tieline.json").expect("a map").map
    };
    assert_eq!(map().ties().len(), 3, "{added:?}");
    let sources = database_sources(&map());
    assert_eq!(sources[0].questions, questions(&[("ties", whole)]));
    Connection::open(place.path()).expect("the database").execute_batch("DELETE FROM deals").expect("deleted");
    let updated = place.run(&["--update", "both.tieline.json", "sqlite:deals.db"]);
    let said = String::from_utf8_lossy(&updated.stderr).into_owned();
    assert!(said.contains("other statement"), "{said}");
    assert_eq!(ties(&map()), ["Larch Co pays 2", "Larch Co pays 2"], "the neighbors stay");
}

#[test]
fn rows_of_an_earlier_statement_stay() {
    let place = Place::with(DEALS);
    let of_kind =
        |kind: &str| format!("SELECT payer AS \"from\", payee AS \"to\", kind FROM deals WHERE kind = '{kind}'");
    place.run(&["sqlite:deals.db", "--ties", &of_kind("pays"), "-o", "map.tieline.json"]);
    place.run(&["sqlite:deals.db", "--ties", &of_kind("owns"), "--into", "map.tieline.json", "-o", "two.tieline.json"]);
    let updated = place.run(&["--update", "two.tieline.json", "sqlite:deals.db"]);
    let said = String::from_utf8_lossy(&updated.stderr).into_owned();
    assert!(said.contains("1 other statement of the map is not run again"), "{said}");
    let text = fs::read_to_string(place.folder.path().join("two.tieline.json")).expect("a map");
    assert_eq!(load_map(text.as_bytes(), "two.tieline.json").expect("a map").map.ties().len(), 3);
}

#[test]
fn rows_are_added_to_a_map_and_known_ties_are_not() {
    let place = Place::with(DEALS);
    let (map, _) = place.import(&[
        ("actors", FIRMS),
        ("ties", "SELECT payer AS \"from\", payee AS \"to\", kind, amount, date FROM deals LIMIT 1"),
    ]);
    let file = place.ask(&[("ties", ALL_DEALS)]).expect("an answer");
    let (changes, report) = add_tables(&map, &[file], &ImportOptions::default(), &|_| true).expect("rows");
    assert_eq!((report.actors, report.ties, report.known_ties), (0, 2, 1));
    assert_eq!(map.with_changes(&changes).expect("they fit").ties().len(), 3);
}

#[test]
fn all_sorts_of_tables_are_read() {
    let place = Place::with(
        "CREATE TABLE without (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
         INSERT INTO without VALUES ('b', 'Bob'), ('a', 'Ann');
         CREATE TABLE strict (id INT PRIMARY KEY, big INT, share REAL, any_value ANY) STRICT;
         INSERT INTO strict VALUES (1, 9223372036854775807, 1e300, 'x'), (2, -9223372036854775808, 0.1, 2);
         CREATE TABLE \"odd \"\"name\" (\"from\" TEXT, \"to\" TEXT, generated TEXT AS (\"from\" || '!') VIRTUAL);
         INSERT INTO \"odd \"\"name\" VALUES ('Ann', 'Bob');
         CREATE VIEW broken AS SELECT * FROM gone;
         CREATE VIRTUAL TABLE words USING fts5(name);
         INSERT INTO words VALUES ('Ann'), ('Bob');",
    );
    let relations = database::list(&place.access(), &|_| true).expect("tables");
    let odd = relations.iter().find(|relation| relation.name == "odd \"name").expect("a table");
    assert_eq!((odd.columns.join(","), odd.rows), ("from,to,generated".to_owned(), Some(RowEstimate::Exactly(1))));
    let broken = relations.iter().find(|relation| relation.name == "broken").expect("a view");
    assert!(broken.is_view && broken.columns.is_empty());
    let (map, _) = place.import(&[("actors", "SELECT * FROM without"), ("ties", &odd.select())]);
    assert_eq!((map.actors().len(), map.ties().len()), (2, 1), "by name");
    let (map, report) = place.import(&[("actors", "SELECT id, id AS name, big, share, any_value FROM strict")]);
    let values: Vec<String> = map
        .actors()
        .values()
        .flat_map(|actor| actor.metadata.own.iter().map(|own| format!("{:?}", own.value)))
        .collect();
    assert!(values.iter().any(|value| value.contains("9223372036854775807")), "{values:?}");
    assert!(values.iter().any(|value| value.contains("-9223372036854775808")), "{values:?}");
    assert!(values.iter().any(|value| value.contains("1e300")), "{values:?}");
    assert_eq!(report.rows.used, 2);
    let error =
        place.ask(&[("actors", "SELECT name FROM words WHERE words MATCH 'ann'")]).expect_err("a virtual table");
    assert!(error.to_string().contains("read plain tables and views"), "{error}");
    assert!(relations.iter().all(|relation| relation.name != "words"));
    let error = place.ask(&[("ties", &broken.select())]).expect_err("a broken view").to_string();
    assert!(error.contains("could not read ties from “") && error.contains("gone"), "{error}");
}

#[test]
fn what_looks_like_titles_totals_or_data_are_rows_of_a_database() {
    let place = Place::with(
        "CREATE TABLE t (\"from\" TEXT, \"to\" TEXT);
         INSERT INTO t VALUES ('Report', NULL), ('Ann', 'Bob'), ('Bob', 'Ann'), ('Total', '2');",
    );
    let (map, report) = place.import(&[("ties", "SELECT * FROM t")]);
    assert_eq!((report.rows.read, report.rows.used, report.rows.skipped), (4, 3, 1));
    assert!(map.actors().values().any(|actor| actor.name == "Total"));
    // The first row looks like those below it, but the headings are those that the database names.
    let (map, _) =
        place.import(&[("ties", "SELECT \"from\" AS Payer, \"to\" AS Payee FROM t WHERE \"to\" IN ('Ann', 'Bob')")]);
    assert_eq!(ties(&map).len(), 2);
}

#[test]
fn statements_that_write_are_refused_before_they_are_asked() {
    let place = Place::with(DEALS);
    let before = fs::read(place.path()).expect("a file");
    for statement in [
        "DELETE FROM deals",
        "SELECT 1; DELETE FROM deals",
        "WITH x AS (SELECT 1) DELETE FROM deals",
        "PRAGMA journal_mode = WAL",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "EXPLAIN SELECT 1",
        "",
    ] {
        let error = place.ask(&[("ties", statement)]).expect_err(statement);
        assert!(matches!(error, DatabaseError::Statement { .. }), "{statement}: {error}");
    }
    assert_eq!(fs::read(place.path()).expect("a file"), before);
}

#[test]
fn functions_that_reach_out_are_refused() {
    let place = Place::with(DEALS);
    for statement in [
        "SELECT load_extension('evil')",
        "SELECT * FROM pragma_journal_mode",
        "SELECT * FROM pragma_database_list",
        "SELECT fts3_tokenizer('simple')",
    ] {
        let error = place.ask(&[("ties", statement)]).expect_err(statement).to_string();
        assert!(
            error.contains("does more than read plain tables") || error.contains("no such function"),
            "{statement}: {error}"
        );
    }
    assert_eq!(place.files().len(), 1);
}

#[test]
fn mistakes_are_told_with_what_helps() {
    let place = Place::with(DEALS);
    for (statement, reason) in [
        ("SELECT * FROM dealz", "no such table: dealz"),
        ("SELECT payor FROM deals", "no such column: payor"),
        ("SELECT \"payor\" FROM deals", "no such column"),
        ("SELECT payer FROM deals WHERE payee = :actor", "“:actor” stands for an actor, and none is asked for"),
    ] {
        let error = place.ask(&[("ties", statement)]).expect_err(statement).to_string();
        assert!(error.contains(reason) && error.contains(';'), "{statement}: {error}");
    }
    for (file, content, reason) in [
        ("empty.db", &b""[..], "it is empty"),
        ("text.db", b"id,name\n1,Ann\n", "it is not an SQLite database"),
        ("short.db", b"SQLite format 3\0", ""),
    ] {
        let path = place.folder.path().join(file);
        fs::write(&path, content).expect("written");
        let error = database::list(&access(&path), &|_| true).expect_err(file).to_string();
        assert!(error.contains(reason), "{file}: {error}");
    }
    let error = database::list(&access(place.folder.path()), &|_| true).expect_err("a folder").to_string();
    assert!(error.contains("it is not a file"), "{error}");
    let error =
        database::list(&access(&place.folder.path().join("gone.db")), &|_| true).expect_err("no file").to_string();
    assert!(error.contains("gone.db") && error.contains("check the path"), "{error}");
    assert!(!place.folder.path().join("gone.db").exists());
}

#[test]
fn changes_that_wait_beside_the_database_are_told() {
    let place = Place::with(DEALS);
    let writer = Connection::open(place.path()).expect("a database");
    writer.pragma_update(None, "journal_mode", "WAL").expect("a mode");
    writer.execute("INSERT INTO deals VALUES (2, 1, 'pays', 3, NULL)", []).expect("a row");
    let before = place.files();
    assert_eq!(before.len(), 3, "the log and its index: {before:?}");
    let (map, report) = place.import(&[("ties", ALL_DEALS)]);
    assert_eq!(map.ties().len(), 3, "what the database has");
    let told = report
        .problems
        .iter()
        .any(|problem| problem.message.contains("“deals.db-wal” has changes that are not in the database yet"));
    assert!(told, "{:?}", report.problems);
    assert_eq!(place.files(), before, "nothing is written");
    drop(writer);
    let (map, report) = place.import(&[("ties", ALL_DEALS)]);
    assert_eq!((map.ties().len(), report.counts.warnings), (4, 0));
}

#[test]
fn a_database_that_another_program_has_locked_is_read() {
    let place = Place::with(DEALS);
    let writer = Connection::open(place.path()).expect("a database");
    writer.execute_batch("BEGIN EXCLUSIVE; INSERT INTO deals VALUES (2, 1, 'pays', 3, NULL);").expect("a lock");
    let (map, report) = place.import(&[("ties", ALL_DEALS)]);
    assert_eq!(map.ties().len(), 3);
    let told = report
        .problems
        .iter()
        .any(|problem| problem.message.contains("“deals.db-journal” shows that a transaction was not finished"));
    assert!(told, "{:?}", report.problems);
    writer.execute_batch("ROLLBACK").expect("undone");
}

#[test]
fn paths_may_have_any_characters() {
    let place = Place::with(DEALS);
    for name in ["100%25 #1?mode=rw&immutable=0.db", "Ä ö.db", "a;b'c\".db"] {
        let path = place.folder.path().join(name);
        fs::copy(place.path(), &path).expect("a copy");
        let listed = database::list(&access(&path), &|_| true).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(listed.len(), 3, "{name}");
    }
    let files = place.files().len();
    assert_eq!(files, 4, "no file of another name was made");
}

#[test]
fn tables_are_listed_on_the_command_line() {
    let place = Place::with(DEALS);
    let output = place.run(&["--list", "sqlite:deals.db"]);
    let said = String::from_utf8(output.stdout).expect("text");
    assert_eq!(
        said,
        "deals (3 rows): payer, payee, kind, amount, date\nfirms (3 rows): id, name, kind, founded, listed, logo\nnamed (view): from, to, kind\n"
    );
    let output = place.run(&["--list", "sqlite:deals.db", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value[1]["rows"]["exactly"], 3);
}

#[test]
fn wrong_calls_are_told() {
    let place = Place::with(DEALS);
    for (arguments, reason) in [
        (&["sqlite:deals.db", "-o", "map.json"][..], "no statement for “deals.db”"),
        (&["deals.csv", "--ties", "SELECT 1", "-o", "map.json"], "no database is named"),
        (&["sqlite:deals.db", "sqlite:deals.db", "--list"], "only one database"),
        (&["postgres://ann:s3cret-word@localhost/d", "--list"], "contains a password"),
        (&["sqlite:deals.db", "--ties", "DROP TABLE deals", "-o", "map.json"], "only reading is allowed"),
        (&["sqlite:deals.db", "--ties", ALL_DEALS, "-o", "deals.db"], "deals.db"),
        (&["deals.db", "-o", "map.json"], "could not open “deals.db”: it is an SQLite database; use File"),
    ] {
        let output = place.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(reason), "{arguments:?}: {said}");
        assert!(!said.contains("s3cret-word"), "{said}");
    }
    assert_eq!(place.files().len(), 1, "no map was written: {:?}", place.files());
}
