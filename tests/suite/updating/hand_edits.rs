//! What was corrected, deleted, merged and added by hand.

use super::Workplace;

const TIES: &str =
    "From,To,Kind,Date,Amount\nAlder,Birch,loan,2020,5\nBirch,Cedar,owns,2021,\nCedar,Dogwood,loan,2019,3\n";
const ACTORS: &str = "Name,Summary\nAlder,A bank\nBirch,A fund\n";

fn tie_id(place: &Workplace, index: usize) -> String {
    place.map().ties().values().nth(index).expect("a tie").claim.key.to_string()
}

fn was(place: &Workplace, id: &str) -> Vec<(String, String)> {
    let map = place.map();
    let row = match map.find(id).expect("a record") {
        tieline::model::Item::Actor(id) => map.actor(id).metadata.row.clone(),
        tieline::model::Item::Tie(id) => map.tie(id).claim.metadata.row.clone(),
        _ => None,
    };
    row.expect("a row").was
}

fn gone(place: &Workplace) -> Vec<String> {
    place.map().imports().values().flat_map(|import| import.gone.clone()).collect()
}

#[test]
fn the_first_correction_of_a_field_is_noted_and_undone_by_the_opposite() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let tie = tie_id(&place, 0);
    place.edit(&[
        "--rename",
        "alder=Alder Group",
        "--set",
        &format!("{tie}.amount=7 EUR"),
        "--set",
        &format!("{tie}.summary=Long"),
    ]);
    assert_eq!(was(&place, "alder"), [("name".to_owned(), "Alder".to_owned())]);
    let noted = was(&place, &tie);
    assert_eq!(noted.len(), 2, "{noted:?}");
    assert!(noted.contains(&("summary".to_owned(), String::new())), "there was nothing: {noted:?}");
    place.edit(&["--rename", "alder=Alder Holding"]);
    assert_eq!(
        was(&place, "alder"),
        [("name".to_owned(), "Alder".to_owned())],
        "what the cell says, not what came between"
    );
    place.edit(&["--rename", "alder=Alder", "--set", &format!("{tie}.summary=")]);
    assert_eq!(was(&place, "alder"), []);
    assert_eq!(was(&place, &tie).len(), 1);
}

#[test]
fn a_correction_stays_and_what_the_table_changed_is_told() {
    let place = Workplace::new(&[("actors.csv", ACTORS), ("ties.csv", TIES)]);
    let tie = tie_id(&place, 0);
    place.edit(&[
        "--rename",
        "alder=Alder Group",
        "--set",
        &format!("{tie}.amount=7 EUR"),
        "--set",
        "alder.summary=My words",
    ]);
    place.write("ties.csv", &TIES.replace(",5\n", ",6\n").replace(",3\n", ",4\n"));
    place.write("actors.csv", &ACTORS.replace("A bank", "A holding"));
    let shown = place.update(&["--dry-run"]);
    let field = &shown.entry(&tie)["fields"][0];
    assert_eq!((&field["old"], &field["new"], &field["stays"]), (&"5".into(), &"6".into(), &true.into()), "{field}");
    assert!(field["yours"].as_str().is_some_and(|yours| yours.contains('7')), "{field}");
    let output = place.run(&["import", "--update", super::MAP, "--dry-run"]);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(said.contains("summary: A bank → A holding; yours stays: My words"), "{said}");
    place.update(&["--theirs", "alder.summary"]);
    let map = place.map();
    let alder = map.actors().values().next().expect("an actor");
    assert_eq!((alder.name.as_str(), alder.summary.as_deref()), ("Alder Group", Some("A holding")));
    assert_eq!(place.ties()[0], "Alder Group → Birch loan 2020 7");
    assert_eq!(place.ties()[2], "Cedar → Dogwood loan 2019 4");
    assert_eq!(was(&place, "alder"), [("name".to_owned(), "Alder".to_owned())]);
    assert!(was(&place, &tie)[0].1.contains('6'), "what the cell says now");
    // The same table in other bytes: nothing is told twice.
    place.write("ties.csv", &(TIES.replace(",5\n", ",6\n").replace(",3\n", ",4\n") + "\n"));
    assert!(place.update(&[]).is_nothing());
    assert_eq!(place.ties()[0], "Alder Group → Birch loan 2020 7");
}

#[test]
fn a_correction_that_the_table_makes_too_is_none_any_more() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let tie = tie_id(&place, 0);
    place.edit(&["--set", &format!("{tie}.date=2018")]);
    place.write("ties.csv", &TIES.replace("2020", "2018"));
    let update = place.update(&[]);
    assert!(update.is_nothing(), "{}", update.0);
    assert_eq!(was(&place, &tie), []);
}

#[test]
fn a_deleted_row_stays_away() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    place.edit(&["--delete", &tie_id(&place, 1)]);
    assert_eq!(gone(&place), ["tie Birch → Cedar, owns, 2021"]);
    place.write("ties.csv", &(TIES.to_owned() + "Elm,Cedar,loan,2024,1\n"));
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Elm", "Elm → Cedar, loan, 2024"]);
    assert_eq!(update.list("not_brought_back"), ["Birch → Cedar, owns, 2021"]);
    assert_eq!(place.ties().len(), 3);
}

#[test]
fn a_deleted_row_with_an_id_is_noted_by_it() {
    let table = "Id,From,To,Kind\nt1,Alder,Birch,loan\nt2,Birch,Cedar,owns\n";
    let place = Workplace::new(&[("ties.csv", table)]);
    place.edit(&["--delete", "t1"]);
    assert_eq!(gone(&place), ["t1"]);
    place.write("ties.csv", "Id,From,To,Kind\nt2,Birch,Cedar,owns\nt3,Alder,Cedar,owns\nt1,Alder,Birch,grant\n");
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Alder → Cedar, owns"]);
    assert_eq!(update.0["not_brought_back"][0]["reason"], "deleted by hand");
}

#[test]
fn a_deleted_actor_stays_away_with_its_ties_and_new_ones_are_named() {
    let place = Workplace::new(&[("actors.csv", ACTORS), ("ties.csv", TIES)]);
    place.edit(&["--delete", "alder", "--delete", "dogwood"]);
    place.write("actors.csv", &(ACTORS.to_owned() + "Elm,A shop\n"));
    place.write("ties.csv", &(TIES.to_owned() + "Elm,Dogwood,loan,2024,1\nElm,Birch,loan,2024,1\n"));
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Elm", "Elm → Birch, loan, 2024"]);
    let reasons: Vec<&str> = update.0["not_brought_back"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["reason"].as_str().expect("a reason"))
        .collect();
    assert!(reasons.contains(&"Dogwood was deleted by hand"), "{reasons:?}");
    assert_eq!(place.actors(), ["Birch", "Cedar", "Elm"]);
    assert_eq!(place.ties(), ["Birch → Cedar owns 2021", "Elm → Birch loan 2024 1"]);
}

#[test]
fn merged_actors_still_find_their_rows() {
    let place = Workplace::new(&[
        ("actors.csv", "Name,Summary\nAlder,A bank\nAlder Ltd,\nBirch,A fund\n"),
        ("ties.csv", "From,To,Kind,Date\nAlder,Birch,loan,2020\nAlder Ltd,Birch,loan,2021\n"),
    ]);
    place.edit(&["--merge", "alder=alder-ltd"]);
    assert_eq!(gone(&place), [""; 0], "merged is not deleted");
    place.write("actors.csv", "Name,Summary\nAlder,A holding\nAlder Ltd,\nBirch,A fund\n");
    place.write(
        "ties.csv",
        "From,To,Kind,Date\nAlder,Birch,loan,2020\nAlder Ltd,Birch,loan,2021\nAlder Ltd,Birch,grant,2023\n",
    );
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Alder → Birch, grant, 2023"], "{}", update.0);
    assert_eq!((update.list("changed"), update.list("gone").len()), (vec!["Alder"], 0));
    assert_eq!(place.actors(), ["Alder", "Birch"]);
    assert_eq!(place.ties().len(), 3);
}

#[test]
fn records_with_work_of_ones_own_stay_when_their_rows_are_gone() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let [first, second] = [0, 1].map(|index| tie_id(&place, index));
    place.edit(&[
        "--set",
        &format!("{first}.label=mine"),
        "--add-actor",
        "own=Own",
        "--add-tie",
        "own -knows-> dogwood",
    ]);
    place.write("ties.csv", "From,To,Kind,Date,Amount\nElm,Fir,loan,2024,1\n");
    let shown = place.update(&["--dry-run"]);
    assert_eq!(shown.entry(&first)["taken"], false);
    assert_eq!(shown.entry(&first)["reasons"][0], "corrected by hand: label");
    assert_eq!(shown.entry(&second)["taken"], true);
    assert_eq!(shown.entry("dogwood")["reasons"][0], "has ties that stay");
    assert_eq!(shown.entry("cedar")["taken"], true);
    place.update(&[]);
    assert_eq!(place.actors(), ["Alder", "Birch", "Dogwood", "Elm", "Fir", "Own"]);
    assert_eq!(place.ties(), ["Alder → Birch loan 2020 5 mine", "Elm → Fir loan 2024 1", "Own → Dogwood knows"]);
    place.write("ties.csv", "From,To,Kind,Date,Amount\nElm,Fir,loan,2024,2\n");
    let again = place.update(&["--remove", &first]);
    assert_eq!(again.list("gone").len(), 4, "named again: {}", again.0);
    assert_eq!(place.ties(), ["Elm → Fir loan 2024 2", "Own → Dogwood knows"]);
}

#[test]
fn places_and_looks_stay() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let views = r#"  "views": [{ "id": "main", "positions": { "alder": [5, 6], "birch": [700, 80] }, "pinned": ["alder"] }],
  "imports": ["#;
    place.write(super::MAP, &place.text().replacen("  \"imports\": [", views, 1));
    place.write("ties.csv", &(TIES.to_owned() + "Elm,Alder,loan,2024,1\n"));
    place.update(&[]);
    assert!(place.text().contains(r#""positions": { "alder": [5, 6], "birch": [700, 80] }, "pinned": ["alder"]"#));
    assert_eq!(place.actors().len(), 5);
}

#[test]
fn what_another_table_adds_to_a_record_is_not_taken_for_its_row() {
    let place = Workplace::new(&[("actors.csv", "Name,Summary\nAlder,\nBirch,A fund\n")]);
    place.write("more.csv", "Name,Summary,Website\nAlder,A bank,https://example.org/\n");
    place.import(&["more.csv", "--into", super::MAP, "-o", super::MAP]);
    assert!(was(&place, "alder").contains(&("summary".to_owned(), String::new())));
    place.write("actors.csv", "Name,Summary\nAlder,\nBirch,A holding\n");
    assert_eq!(place.update(&["actors.csv"]).list("changed"), ["Birch"]);
    let map = place.map();
    let alder = map.actors().values().next().expect("an actor");
    assert_eq!((alder.summary.as_deref(), alder.url.as_deref()), (Some("A bank"), Some("https://example.org/")));
}

#[test]
fn an_actor_that_was_renamed_merged_and_deleted_stays_away() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    place.edit(&["--rename", "alder=Alder Group", "--merge", "dogwood=alder", "--delete", "dogwood"]);
    place.write("ties.csv", &(TIES.to_owned() + "\n"));
    let update = place.update(&[]);
    assert_eq!(update.list("new"), [""; 0], "{}", update.0);
    assert_eq!(place.actors(), ["Birch", "Cedar"]);
}
