//! Tables of two sorts of actors: as they are, and projected to one side.

use super::Projection;
use crate::load::LoadError;
use crate::load::import::{ColumnChoice, ImportFile, ImportOptions, ImportReport, import_tables};
use crate::model::{Ends, Map, OwnValue, Severity};
use crate::wording::read::Role;

fn import_as(files: &[(&str, &str)], options: &ImportOptions) -> Result<(Map, ImportReport), LoadError> {
    let file = |&(name, text): &(&str, &str)| ImportFile { name: name.into(), bytes: text.as_bytes().into() };
    let files: Vec<ImportFile> = files.iter().map(file).collect();
    import_tables(&files, options, &|_| true)
}

fn import(text: &str, projection: Option<Projection>) -> (Map, ImportReport) {
    let options = ImportOptions { projection, ..ImportOptions::default() };
    import_as(&[("table.csv", text)], &options).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns each tie as "from – to: weight, kind", sorted.
fn ties(map: &Map) -> Vec<String> {
    let text = |tie: &crate::model::Tie| {
        let Ends::Pair { from, to } = tie.ends else { panic!("parties") };
        let sign = if tie.is_directed { "→" } else { "–" };
        let weight = tie.claim.metadata.weight.map(|weight| format!(" {weight}")).unwrap_or_default();
        let (from, to) = (&map.actors()[from].name, &map.actors()[to].name);
        format!("{from} {sign} {to}:{weight} {}", map.tie_kinds()[tie.kind].label)
    };
    let mut ties: Vec<String> = map.ties().values().map(text).collect();
    ties.sort();
    ties
}

const BOARDS: &str = "Person,Board,Since,Source\n\
    Ann,Alpha,2001,https://s.example/1\n\
    Ben,Alpha,2002,https://s.example/2\n\
    Ann,Beta,2003,https://s.example/3\n\
    Ben,Beta,2004,https://s.example/1\n\
    Cara,Beta,2005,\n\
    Dan,Gamma,2006,https://s.example/4\n";

#[test]
fn people_and_boards_are_tied() {
    let (map, report) = import(BOARDS, None);
    assert_eq!((map.actors().len(), map.ties().len(), report.rows.used), (7, 6, 6));
    assert!(ties(&map).contains(&"Ann → Alpha: tie".to_owned()), "{:?}", ties(&map));
    let guess = report.problems.iter().find(|problem| problem.message.contains("occur again with another “Board”"));
    assert_eq!(guess.map(|problem| problem.severity), Some(Severity::Remark));
    // Two columns of names that are known for actors, in either order.
    for text in ["Person,Company\nAnn,A\nBen,A\nAnn,B\nBen,B\n", "Company,Director\nA,Ann\nA,Ben\nB,Ann\nB,Ben\n"] {
        assert_eq!(import(text, None).0.ties().len(), 4, "{text}");
    }
}

#[test]
fn lists_of_actors_stay_lists() {
    for text in [
        // Cities occur again, people do not.
        "Person,City\nAnn,Rome\nBen,Rome\nCara,Oslo\nDan,Oslo\n",
        // One row is repeated.
        "Person,City\nAnn,Rome\nBen,Rome\nAnn,Oslo\nCara,Oslo\nDan,Oslo\n",
        "Person,Zorb,Website\nAnn,A,https://a.example\nAnn,B,https://b.example\nBen,A,https://c.example\nBen,B,https://d.example\n",
        "Id,Person,Zorb\n1,Ann,A\n2,Ann,B\n3,Ben,A\n4,Ben,B\n",
        // Two candidates
        "Person,Zorb,Blorp\nAnn,A,C\nAnn,B,D\nBen,A,C\nBen,B,D\n",
    ] {
        assert_eq!(import(text, None).0.ties().len(), 0, "{text}");
    }
    let columns = vec![ColumnChoice::everywhere("Person", Role::ActorName)];
    let options = ImportOptions { columns, ..ImportOptions::default() };
    let (map, _) = import_as(&[("table.csv", BOARDS)], &options).expect("a map");
    assert_eq!((map.actors().len(), map.ties().len()), (4, 0), "the user says that the table is one of actors");
}

#[test]
fn matrices_of_two_sorts_are_ties() {
    for text in [
        ";Alpha;Beta;Gamma\nAnn;1;0;0\nBen;1;1;0\n",
        "Zorb;Alpha;Beta;Gamma\nAnn;x;;\nBen;X;✓;\n",
        ",Alpha,Beta\nAnn,1,0\nBen,1,1\n",
    ] {
        let (map, report) = import(text, None);
        assert_eq!(ties(&map), ["Ann – Alpha: tie", "Ben – Alpha: tie", "Ben – Beta: tie"], "{text}");
        assert_eq!((report.rows.read, report.rows.used), (2, 2));
    }
    let (map, _) = import(",Alpha,Beta\nAnn,2.5,0\nBen,1,3\nCara,,4\n", None);
    assert_eq!(ties(&map), ["Ann – Alpha: 2.5 tie", "Ben – Alpha: 1 tie", "Ben – Beta: 3 tie", "Cara – Beta: 4 tie"]);
}

#[test]
fn tables_of_numbers_and_flags_are_no_matrices() {
    for text in [
        // Known headings
        "Name,Alpha,Beta,Gamma\nAnn,1,0,0\nBen,1,1,0\n",
        "Zorb,Amount,Beta,Gamma\nAnn,1,0,0\nBen,1,1,0\n",
        // Numbers below a heading, or without gaps
        "Zorb,Height,Girth,Mass\nAnn,170,0,60\nBen,180,90,0\n",
        ",Height,Girth\nAnn,170,80\nBen,180,90\nCara,160,0\n",
        // Years are no names
        ",2019,2020,2021\nAnn,1,0,1\nBen,0,1,1\n",
        // Something else in one cell
        ",Alpha,Beta\nAnn,1,0\nBen,1,maybe\n",
        // All or nothing marked
        ",Alpha,Beta\nAnn,1,1\nBen,1,1\n",
        // Names that occur twice
        ",Alpha,Beta\nAnn,1,0\nAnn,0,1\n",
        ",Alpha,Ann\nAnn,1,0\nBen,0,1\n",
    ] {
        if let Ok((map, _)) = import_as(&[("table.csv", text)], &ImportOptions::default()) {
            assert_eq!(map.ties().len(), 0, "{text}: {:?}", ties(&map));
        }
    }
}

#[test]
fn a_projection_ties_the_actors_of_one_side_by_what_they_share() {
    let (map, report) = import(BOARDS, Some(Projection::First));
    assert_eq!(ties(&map), ["Ann – Ben: 2 shares board", "Ann – Cara: 1 shares board", "Ben – Cara: 1 shares board"]);
    let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Ben", "Cara", "Dan"], "the boards are left out");
    let tie = map.ties().values().find(|tie| tie.claim.label.as_deref() == Some("2 in common")).expect("a tie");
    let urls: Vec<&str> =
        tie.claim.evidence.iter().filter_map(|piece| map.sources()[piece.source].url.as_deref()).collect();
    assert_eq!(urls, ["https://s.example/1", "https://s.example/2", "https://s.example/3"], "each source once");
    assert_eq!(tie.claim.metadata.row.as_ref().expect("rows").keys, ["2", "3", "4", "5"]);
    let shared = ["Alpha", "Beta"].map(|name| OwnValue::Text(name.to_owned())).to_vec();
    assert_eq!(tie.claim.metadata.own.get("x-in common"), Some(&OwnValue::List(shared)));
    assert_eq!((report.rows.read, report.rows.used, report.actors, report.ties), (6, 6, 4, 3));
    let said = report.problems.iter().find(|problem| problem.message.contains("left out")).expect("a remark");
    assert_eq!(
        said.message,
        "3 actors of the second side and 6 ties with it are left out; 3 ties between actors of the first side say what they share"
    );
    assert_eq!(map.tie_kinds().len(), 1, "the kind of the ties that are left out goes, too");
    let (map, _) = import(BOARDS, Some(Projection::Second));
    assert_eq!(ties(&map), ["Alpha – Beta: 2 shares person"]);
    let (map, _) = import(",Alpha,Beta\nAnn,1,0\nBen,1,1\n", Some(Projection::First));
    assert_eq!(ties(&map), ["Ann – Ben: 1 has links in common"]);
}

#[test]
fn a_projection_reaches_over_tables_and_leaves_others_alone() {
    let (ann, ben, rest) = (
        ("a.csv", "From,To\nAnn,Alpha\nAnn,Beta\n"),
        ("b.csv", "From,To\nBen,Alpha\n"),
        ("c.csv", "From,To\nAnn,Dan\nDan,Ann\nDan,Beta\n"),
    );
    let options = ImportOptions { projection: Some(Projection::First), ..ImportOptions::default() };
    let (map, _) = import_as(&[ann, ben, rest], &options).expect("a map");
    assert_eq!(ties(&map), ["Ann – Ben: 1 has links in common", "Ann → Dan: tie", "Dan → Ann: tie", "Dan → Beta: tie"]);
    let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Beta", "Ben", "Dan"], "Beta has a tie in a table that is not projected");
    let tie = map.ties().values().find(|tie| !tie.is_directed).expect("a tie");
    assert_eq!(tie.claim.metadata.row.as_ref().expect("rows").keys, ["2"]);
    let further = OwnValue::List(vec![OwnValue::Text("b.csv, row 2".to_owned())]);
    assert_eq!(tie.claim.metadata.own.get("x-further rows"), Some(&further));
}

#[test]
fn a_projection_without_two_sides_or_of_too_many_ties_says_so() {
    let (map, report) = import("From,To\nAnn,Ben\nBen,Ann\n", Some(Projection::First));
    assert_eq!((map.ties().len(), report.counts.warnings), (2, 1));
    let rows: Vec<String> = (0..700).map(|row| format!("P{row},Alpha")).collect();
    let options = ImportOptions { projection: Some(Projection::First), ..ImportOptions::default() };
    let refused =
        import_as(&[("table.csv", &format!("From,To\n{}\n", rows.join("\n")))], &options).expect_err("too many ties");
    let message = refused.to_string();
    assert!(message.contains("200,000 ties") && message.contains("700 actors share “Alpha”"), "{message}");
}
