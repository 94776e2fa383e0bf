//! Rows that are new, changed, gone, moved and repeated.

use super::Workplace;

const TIES: &str =
    "From,To,Kind,Date,Amount\nAlder,Birch,loan,2020,5\nBirch,Cedar,owns,2021,\nCedar,Dogwood,loan,2019,3\n";

#[test]
fn new_changed_and_gone_rows_are_shown_first_and_then_taken() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let before = place.text();
    let ids: Vec<String> = place.map().ties().values().map(|tie| tie.claim.key.to_string()).collect();
    place.write(
        "ties.csv",
        "From,To,Kind,Date,Amount\nElm,Birch,loan,2022,1\nCedar,Dogwood,loan,2019,4\nAlder,Birch,loan,2020,5\n",
    );
    let shown = place.update(&["--dry-run"]);
    assert_eq!(place.text(), before, "nothing happens first");
    assert_eq!(shown.list("new"), ["Elm", "Elm → Birch, loan, 2022"]);
    assert_eq!(shown.list("changed"), ["Cedar → Dogwood, loan, 2019"]);
    assert_eq!(shown.changes(&ids[2]), [("amount".to_owned(), "3".to_owned(), "4".to_owned())]);
    assert_eq!(shown.list("gone"), ["Birch → Cedar, owns, 2021"]);
    let done = place.update(&[]);
    assert_eq!(done.list("new"), shown.list("new"));
    assert_eq!(place.ties(), ["Alder → Birch loan 2020 5", "Cedar → Dogwood loan 2019 4", "Elm → Birch loan 2022 1"]);
    assert_eq!(place.actors(), ["Alder", "Birch", "Cedar", "Dogwood", "Elm"]);
    let after: Vec<String> = place.map().ties().values().map(|tie| tie.claim.key.to_string()).collect();
    assert_eq!(after[..2], [ids[0].clone(), ids[2].clone()], "the records stay the same");
    let text = place.text();
    assert!(place.update(&[]).is_nothing());
    assert_eq!(place.text(), text, "twice is nothing");
}

#[test]
fn an_unchanged_file_is_said_to_be_so_and_nothing_is_written() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    place.edit(&["--rename", "alder=Alder Group", "--delete", "dogwood"]);
    let before = place.text();
    let update = place.update(&[]);
    assert!(update.is_nothing());
    assert_eq!(update.0["unchanged_files"][0], "ties.csv");
    assert_eq!(place.text(), before);
    let output = place.run(&["import", "--update", super::MAP]);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(said.contains("ties.csv: unchanged since it was read"), "{said}");
}

#[test]
fn rows_in_another_order_are_not_changed() {
    let tables = ["Name,Type,Country\nAlder,bank,NO\nBirch,fund,SE\nCedar,bank,FI\n", TIES];
    let place = Workplace::new(&[("actors.csv", tables[0]), ("ties.csv", tables[1])]);
    for (name, text) in [("actors.csv", tables[0]), ("ties.csv", tables[1])] {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        place.write(name, &(lines.join("\n") + "\n"));
    }
    let (actors, ties) = (place.actors(), place.ties());
    assert!(place.update(&[]).is_nothing());
    assert_eq!((place.actors(), place.ties()), (actors, ties));
    let keys: Vec<_> =
        place.map().ties().values().map(|tie| tie.claim.metadata.row.clone().expect("a row").keys).collect();
    assert_eq!(keys, [["4"], ["3"], ["2"]], "the numbers of their rows are the new ones");
}

#[test]
fn equal_rows_are_told_apart_by_their_number_only() {
    let row = "Alder,Birch,loan,2020,5\n";
    let place = Workplace::new(&[("ties.csv", &format!("From,To,Kind,Date,Amount\n{row}{row}"))]);
    assert_eq!(place.ties().len(), 2);
    place.write("ties.csv", &format!("From,To,Kind,Date,Amount\n{row}{row}{row}"));
    assert_eq!(place.update(&[]).list("new"), ["Alder → Birch, loan, 2020"]);
    assert_eq!(place.ties().len(), 3);
    place.write("ties.csv", &format!("From,To,Kind,Date,Amount\n{row}"));
    let update = place.update(&[]);
    assert_eq!((update.list("gone").len(), update.list("new").len()), (2, 0));
    assert_eq!(place.ties().len(), 1);
}

#[test]
fn a_row_is_told_by_its_id_wherever_it_stands_and_whatever_it_says() {
    let place =
        Workplace::new(&[("ties.csv", "Id,From,To,Kind,Date\nt7,Alder,Birch,loan,2020\nt8,Birch,Cedar,owns,2021\n")]);
    let imports: Vec<_> = place.map().imports().values().map(|import| import.columns.clone()).collect();
    assert_eq!(imports, [["Id"]], "a column of ids without gaps or repetitions is the key");
    place.write(
        "ties.csv",
        "Id,From,To,Kind,Date\nt8,Birch,Cedar,owns,2021\nt9,Alder,Cedar,loan,2020\nt7,Elm,Dogwood,grant,2023\n",
    );
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Elm", "Dogwood", "Alder → Cedar, loan, 2020"]);
    let fields: Vec<String> = update.changes("t7").into_iter().map(|(field, ..)| field).collect();
    assert_eq!(fields, ["date", "from", "kind", "to"]);
    assert_eq!(place.ties(), ["Alder → Cedar loan 2020", "Birch → Cedar owns 2021", "Elm → Dogwood grant 2023"]);
}

#[test]
fn an_actor_with_an_id_is_renamed_where_the_table_renames_it() {
    let place = Workplace::new(&[
        ("actors.csv", "Id,Name,Country\nq1,Alder,NO\nq2,Birch,SE\n"),
        ("ties.csv", "From,To,Kind\nq1,q2,loan\n"),
    ]);
    place.write("actors.csv", "Id,Name,Country\nq2,Birch,SE\nq1,Alder Group,NO\nq3,Cedar,FI\n");
    let update = place.update(&[]);
    assert_eq!(
        (update.list("new"), update.list("changed"), update.list("gone").len()),
        (vec!["Cedar"], vec!["Alder"], 0)
    );
    assert_eq!(place.ties(), ["Alder Group → Birch loan"]);
    assert_eq!(update.0["unchanged_files"][0], "ties.csv");
}

#[test]
fn a_row_without_an_id_that_is_corrected_in_its_place_stays_the_same() {
    let place = Workplace::new(&[("actors.csv", "Name,Country\nAlder,NO\nBirch,SE\n"), ("ties.csv", TIES)]);
    place.write("actors.csv", "Name,Country\nAlder Group,NO\nBirch,SE\n");
    place.write("ties.csv", &TIES.replace("Alder", "Alder Group").replace("2021", "2022"));
    let update = place.update(&[]);
    assert_eq!(update.list("new"), [""; 0]);
    assert_eq!(update.list("gone"), [""; 0]);
    assert_eq!(place.actors(), ["Alder Group", "Birch", "Cedar", "Dogwood"]);
    assert_eq!(place.ties()[1], "Birch → Cedar owns 2022");
    assert_eq!(place.map().find("alder").map(|_| ()), Some(()), "under its id");
}

#[test]
fn what_is_left_out_stays_as_it_was() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let ids: Vec<String> = place.map().ties().values().map(|tie| tie.claim.key.to_string()).collect();
    place.write(
        "ties.csv",
        "From,To,Kind,Date,Amount\nElm,Birch,loan,2022,1\nCedar,Dogwood,loan,2019,4\nAlder,Birch,loan,2020,6\n",
    );
    let update = place.update(&["--leave-out", "elm", "--leave-out", &ids[2], "--leave-out", &ids[1]]);
    assert_eq!(update.entry("elm")["taken"], false);
    assert_eq!(update.0["new"][1]["taken"], false, "a tie is not taken without its actor");
    assert_eq!(place.ties(), ["Alder → Birch loan 2020 6", "Birch → Cedar owns 2021", "Cedar → Dogwood loan 2019 3"]);
    let refused = place.refused(&["--leave-out", "nobody"]);
    assert!(refused.contains("“nobody” is not new, changed or gone"), "{refused}");
}

#[test]
fn a_missing_table_is_asked_for_and_can_be_named() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    std::fs::create_dir(place.path("other")).expect("a folder");
    std::fs::rename(place.path("ties.csv"), place.path("other/ties.csv")).expect("moved");
    place.write("other/ties.csv", &TIES.replace(",5\n", ",50\n"));
    let refused = place.refused(&[]);
    assert!(
        refused.contains("could not find ties.csv beside the map; give its path: tieline import --update"),
        "{refused}"
    );
    let update = place.update(&["--dry-run", "other/ties.csv"]);
    assert_eq!(update.list("changed").len(), 1);
    std::fs::rename(place.path("other/ties.csv"), place.path("other/june.csv")).expect("renamed");
    let update = place.update(&["other/june.csv"]);
    assert_eq!(update.list("changed").len(), 1, "one file for the one that is missing");
    let file = place.map().imports().values().next().and_then(|import| import.file.clone());
    assert_eq!(file.as_deref(), Some("june.csv"), "a name without a folder");
    place.write("a.csv", TIES);
    place.write("june.csv", TIES);
    let refused = place.refused(&["a.csv"]);
    assert!(refused.contains("the map was not made from “a.csv”, but from june.csv"), "{refused}");
}

#[test]
fn a_table_without_one_of_its_columns_is_refused() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    place.write("ties.csv", &TIES.replace("Kind", "What"));
    let refused = place.refused(&[]);
    assert!(refused.contains("could not update from “ties.csv”: it no longer has a column “Kind”"), "{refused}");
    place.write("ties.csv", "From,To,Kind,Date,Amount,Note\nAlder,Birch,loan,2020,5,new\nBirch,Cedar,owns,2021,,\nCedar,Dogwood,loan,2019,3,\n");
    assert_eq!(place.update(&[]).list("changed"), ["Alder → Birch, loan, 2020"], "a new column is new in each row");
}

#[test]
fn a_map_that_was_made_by_hand_has_nothing_to_read_again() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    place.write(super::MAP, r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }] }"#);
    let refused = place.refused(&[]);
    assert!(refused.contains("the map was not made from tables"), "{refused}");
}

#[test]
fn comments_and_the_hand_of_the_author_stay() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let commented = place.text().replace("  \"ties\": [", "  // what the table says\n  \"ties\": [");
    place.write(super::MAP, &commented);
    place.write("ties.csv", &TIES.replace(",3\n", ",4\n"));
    place.update(&[]);
    let text = place.text();
    assert!(text.contains("// what the table says"), "{text}");
    let differing = commented.lines().zip(text.lines()).filter(|(was, is)| was != is).count();
    assert_eq!(differing, 2, "the tie and the import:\n{text}");
    place.write("ties.csv", &TIES.replace(",3\n", ",9\n"));
    let before = place.text();
    let output = place.run(&["import", "--update", super::MAP, "-o", "new.tieline.jsonc"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(place.text(), before, "-o leaves the map alone");
    assert!(std::fs::read_to_string(place.path("new.tieline.jsonc")).expect("written").contains("\"exact\": 9"));
}

#[test]
fn a_table_that_was_added_later_is_updated_too_and_what_others_say_stays() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    place.write("more.csv", "From,To,Kind,Date,Amount\nAlder,Birch,loan,2020,5\nElm,Alder,grant,2024,2\n");
    place.import(&["more.csv", "--into", super::MAP, "-o", super::MAP]);
    assert_eq!(place.ties().len(), 4);
    place.write("more.csv", "From,To,Kind,Date,Amount\nAlder,Birch,loan,2020,5\nElm,Alder,grant,2024,7\n");
    let update = place.update(&["more.csv"]);
    assert_eq!((update.list("changed"), update.list("gone").len()), (vec!["Elm → Alder, grant, 2024"], 0));
    assert_eq!(update.0["known_ties"], 1, "the map has it from the first table");
    assert_eq!(place.ties().len(), 4);
}

#[test]
fn comparing_is_canceled_wherever_it_is() {
    use std::cell::Cell;
    use std::sync::Arc;

    use tieline::document::{Document, ReadAgain, plan_update};
    use tieline::load::{ImportFile, LoadError, import_again};

    let row = |number: usize| format!("{number},Payer {number},Payee {number},{number}\n");
    let table: String = (0..1_000).map(row).collect();
    let place = Workplace::new(&[("t.csv", &format!("Id,From,To,Amount\n{table}"))]);
    let map = place.map();
    let text = format!("Id,From,To,Amount\n{}", table.replace(",Payer 7,", ",Payer VII,"));
    let files = [ImportFile { name: "t.csv".into(), bytes: text.into_bytes().into() }];
    let (fresh, _) = import_again(&map, &files, &|_| true).expect("read");
    let document = Document::new(Arc::new(map), Arc::default());
    let read = [ReadAgain { name: "t.csv".to_owned(), now: "t.csv".to_owned(), sha256: "other".to_owned() }];
    let asked = Cell::new(0_usize);
    let plan = plan_update(&document, &fresh, &read, &|done| {
        assert!((0.0..=1.0).contains(&done), "{done}");
        asked.set(asked.get() + 1);
        true
    });
    assert!(plan.is_ok_and(|plan| !plan.entries.is_empty()));
    assert!(asked.get() >= 20, "asked {} times for 1,000 rows", asked.get());
    for at in 1..=asked.get() {
        let count = Cell::new(0);
        let canceled = plan_update(&document, &fresh, &read, &|_| {
            count.set(count.get() + 1);
            count.get() < at
        });
        assert!(matches!(canceled, Err(LoadError::Canceled)), "canceled at {at}");
        // It asks no more once it is canceled, or it would go on working.
        assert_eq!(count.get(), at);
    }
}
