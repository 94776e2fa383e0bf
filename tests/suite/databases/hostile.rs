//! Files of SQLite that are damaged or made to do harm: they are refused or read, and never panic, hang or write.

use std::fs;
use std::time::Duration;

use tieline::database::{self, Access, DatabaseError};
use tieline::load::{ImportOptions, import_tables};

use super::{DEALS, Place, access, questions};

/// A random number after another (xorshift).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn damaged_files_are_refused_or_read_in_part() {
    let place = Place::with(DEALS);
    let whole = fs::read(place.path()).expect("a file");
    let path = place.folder.path().join("damaged.db");
    let asked = questions(&[("actors", "SELECT * FROM firms"), ("ties", "SELECT * FROM named")]);
    let (mut read, mut refused) = (0, 0);
    let mut try_bytes = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("written");
        let _ = database::list(&access(&path), &|_| true);
        match database::ask(&access(&path), &asked, &|_| true) {
            Ok(file) => {
                read += 1;
                let _ = import_tables(&[file], &ImportOptions::default(), &|_| true);
            }
            Err(_) => refused += 1,
        }
    };
    for end in (0..whole.len()).step_by(whole.len() / 40) {
        try_bytes(&whole[..end]);
    }
    let mut state = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=next(&mut state) % 8 {
            let at = next(&mut state) as usize % bytes.len();
            // Most of a page is empty: damage what is not.
            let at = (at..bytes.len()).find(|at| bytes[*at] != 0).unwrap_or(at);
            bytes[at] = next(&mut state) as u8;
        }
        try_bytes(&bytes);
    }
    assert!(read > 10 && refused > 50, "{read} read, {refused} refused");
    let names: Vec<String> = place.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["damaged.db", "deals.db"], "nothing is written");
}

#[test]
fn statements_without_end_are_stopped_at_their_time_or_canceled() {
    let place = Place::with(DEALS);
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS name FROM n";
    let asked = questions(&[("actors", endless)]);
    let hurried = Access { timeout: Duration::from_millis(1), ..place.access() };
    let error = database::ask(&hurried, &asked, &|_| true).expect_err("no end").to_string();
    assert!(error.contains("did not answer within"), "{error}");
    let error = database::ask(&place.access(), &asked, &|_| false).expect_err("no end");
    assert!(matches!(error, DatabaseError::Canceled), "{error}");
}

#[test]
fn answers_without_end_are_refused_at_the_limits() {
    let place = Place::with(DEALS);
    for (statement, reason) in [
        ("SELECT zeroblob(100000000) AS name", "a value has more than 64 MB"),
        ("SELECT printf('%.*c', 60000000, 'x') AS name", "row 1 has a value of more than 50 MB"),
        ("SELECT hex(zeroblob(40000000)) AS name", "a value has more than 64 MB"),
    ] {
        let error =
            database::ask(&place.access(), &questions(&[("actors", statement)]), &|_| true).expect_err(statement);
        assert!(error.to_string().contains(reason), "{statement}: {error}");
    }
}

#[test]
fn a_schema_that_does_more_than_hold_rows_is_not_trusted() {
    // A view by which a stranger's file would call what reaches out.
    let place = Place::with(
        "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x');
         CREATE VIEW evil AS SELECT load_extension(a) AS name FROM t;
         CREATE VIEW tokenizer AS SELECT fts3_tokenizer(a) AS name FROM t;
         CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS name FROM n;",
    );
    let listed = database::list(&place.access(), &|_| true).expect("listing runs no view");
    assert_eq!(listed.len(), 4);
    for view in ["evil", "tokenizer"] {
        let asked = questions(&[("actors", &format!("SELECT * FROM {view}"))]);
        assert!(database::ask(&place.access(), &asked, &|_| true).is_err(), "{view}");
    }
    let hurried = Access { timeout: Duration::from_millis(1), ..place.access() };
    let asked = questions(&[("actors", "SELECT count(*) AS name FROM endless")]);
    assert!(database::ask(&hurried, &asked, &|_| true).is_err());
}

#[test]
fn texts_that_are_no_text_are_shown_as_such() {
    let place = Place::with(
        "CREATE TABLE t (name TEXT); INSERT INTO t VALUES (CAST(x'41ff42' AS TEXT)), (CAST(x'410042' AS TEXT)), (char(8238) || 'nnA')",
    );
    let (map, _) = place.import(&[("actors", "SELECT name FROM t")]);
    let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["A�B", "[U+202E]nnA"]);
}
