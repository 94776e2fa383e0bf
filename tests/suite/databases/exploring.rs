//! A database is explored from one actor outward.

use tieline::database::{self, Exploration, Unexplored};
use tieline::load::{ImportOptions, add_tables, import_tables};
use tieline::model::{Map, MapParts};

use super::{Place, ties};

/// A chain a – b – c – d, a hub with many ties, a loop, and a pair with two ties that say the same.
const CHAIN: &str = "
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, kind TEXT);
    INSERT INTO people VALUES ('a', 'Ann', 'person'), ('b', 'Bob', 'person'), ('c', 'Cy', 'person'), ('d', 'Di', 'person');
    CREATE TABLE links (source TEXT, target TEXT, says TEXT);
    INSERT INTO links VALUES ('a', 'b', 'pays'), ('b', 'c', 'pays'), ('c', 'd', 'pays'), ('b', 'b', 'owns'), ('a', 'b', 'pays');
    INSERT INTO links SELECT 'hub', 'leaf' || value, 'pays' FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 300) SELECT value FROM n);
";
const LINKS: &str =
    "SELECT source AS \"from\", target AS \"to\", says AS kind FROM links WHERE source = :actor OR target = :actor;";

fn exploration(from: &str, hops: usize, most: usize) -> Exploration {
    let actors = Some("SELECT * FROM people".to_owned());
    Exploration { neighbors: LINKS.to_owned(), actors, from: vec![from.to_owned()], hops, most }
}

fn explore(place: &Place, exploration: &Exploration) -> (Map, Unexplored) {
    let explored = database::explore(&place.access(), exploration, &ImportOptions::default(), &|_| true).expect("ties");
    let (map, _) = import_tables(&[explored.file], &ImportOptions::default(), &|_| true).expect("rows");
    (map, explored.left_out)
}

#[test]
fn each_step_asks_for_the_neighbors_of_those_found() {
    let place = Place::with(CHAIN);
    let (map, left_out) = explore(&place, &exploration("a", 1, 100));
    assert_eq!(ties(&map), ["Ann pays Bob", "Ann pays Bob"], "rows that say the same are two ties");
    assert_eq!(left_out, Unexplored::default());
    let (map, _) = explore(&place, &exploration("a", 2, 100));
    assert_eq!(ties(&map), ["Ann pays Bob", "Ann pays Bob", "Bob pays Cy", "Bob owns Bob"], "no tie twice");
    let (map, _) = explore(&place, &exploration("a", 9, 100));
    assert_eq!(map.ties().len(), 5);
    assert!(map.actors().values().all(|actor| actor.kind.is_some()), "with what is known of them");
}

#[test]
fn at_most_so_many_ties_are_taken_and_the_rest_is_counted() {
    let place = Place::with(CHAIN);
    let (map, left_out) = explore(&place, &exploration("hub", 2, 10));
    assert_eq!(map.ties().len(), 10);
    assert_eq!(left_out, Unexplored { ties: 290, has_more: false, actors: 10 });
}

#[test]
fn values_are_bound_and_never_part_of_the_statement() {
    let place = Place::with(CHAIN);
    for hostile in ["' OR 1=1 --", "a'; DROP TABLE links; --", "\0", ""] {
        let explored =
            database::explore(&place.access(), &exploration(hostile, 1, 10), &ImportOptions::default(), &|_| true);
        assert_eq!(explored.expect("an answer without ties").ties, 0, "{hostile:?}");
    }
    assert_eq!(explore(&place, &exploration("a", 1, 10)).0.ties().len(), 2);
}

#[test]
fn what_was_asked_is_kept_once_however_often_it_is_asked() {
    let place = Place::with(CHAIN);
    let mut map = Map::new(MapParts::default()).expect("a map");
    for actor in ["a", "b", "c", "a"] {
        let explored =
            database::explore(&place.access(), &exploration(actor, 1, 100), &ImportOptions::default(), &|_| true);
        let (changes, _) =
            add_tables(&map, &[explored.expect("ties").file], &ImportOptions::default(), &|_| true).expect("rows");
        map = map.with_changes(&changes).expect("they fit");
    }
    let queries: Vec<Option<&str>> = map.imports().values().map(|import| import.query.as_deref()).collect();
    assert_eq!(queries, [Some("SELECT * FROM people"), Some(LINKS.trim_end_matches(';'))]);
    assert!(map.imports().values().all(|import| import.sha256.is_none()), "one of many answers has no hash");
    assert_eq!(map.ties().len(), 5);
}

#[test]
fn a_statement_for_all_ties_becomes_one_for_neighbors() {
    let place = Place::with(CHAIN);
    let all = "SELECT source AS \"from\", target AS \"to\", says AS kind FROM links -- all of them\n;";
    let neighbors = Exploration::neighbors_in(all, &["from".to_owned(), "to".to_owned()]);
    let (map, _) = explore(&place, &Exploration { neighbors, ..exploration("b", 1, 100) });
    assert_eq!(map.ties().len(), 4);
}

#[test]
fn statements_that_do_not_fit_are_told() {
    let place = Place::with(CHAIN);
    for (neighbors, actors, reason) in [
        ("SELECT * FROM links", None, "write :actor for the id"),
        ("DELETE FROM links WHERE source = :actor", None, "only reading is allowed"),
        ("SELECT says FROM links WHERE source = :actor", None, "no columns of the neighbors say who is tied to whom"),
        (LINKS, Some("SELECT kind FROM people"), "no column of the actors is their id or name"),
        (LINKS, Some("SELECT * FROM people WHERE id = :actor"), "none is asked for"),
    ] {
        let exploration = Exploration {
            neighbors: neighbors.to_owned(),
            actors: actors.map(str::to_owned),
            ..exploration("a", 1, 9)
        };
        let error = database::explore(&place.access(), &exploration, &ImportOptions::default(), &|_| true)
            .expect_err(neighbors);
        assert!(error.to_string().contains(reason), "{neighbors}: {error}");
    }
}

#[test]
fn the_command_line_explores() {
    let place = Place::with(CHAIN);
    let common =
        ["sqlite:deals.db", "--neighbors", LINKS, "--actors", "SELECT * FROM people", "-o", "map.tieline.json"];
    let output = place.run(&[&common[..], &["--from", "hub", "--most", "10"]].concat());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("10 ties") && said.contains("290 further ties of the same actors left out (--most)"),
        "{said}"
    );
    let output = place.run(&[&common[..], &["--from", "nobody"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("“deals.db” has no ties of nobody"), "{said}");
}
