//! Evidence: that of the table follows it, that of the user stays.

use super::Workplace;

const TIES: &str =
    "From,To,Kind,Source URL\nAlder,Birch,loan,https://example.org/a\nBirch,Cedar,owns,https://example.org/b\n";

fn sources(place: &Workplace) -> Vec<String> {
    let map = place.map();
    let name =
        |source: &tieline::model::Source| source.url.clone().or_else(|| source.title.clone()).unwrap_or_default();
    map.sources().values().map(name).collect()
}

#[test]
fn own_evidence_stays_beside_that_of_the_table() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let tie = place.map().ties().values().next().expect("a tie").claim.key.to_string();
    place.edit(&["--cite", &format!("{tie}=https://own.example/mine"), "--quote", "my words"]);
    place.write("ties.csv", &TIES.replace("org/a", "org/c"));
    let update = place.update(&[]);
    assert_eq!(
        update.changes(&tie),
        [("evidence".to_owned(), "https://example.org/a".to_owned(), "https://example.org/c".to_owned())]
    );
    assert_eq!(place.ties()[0], "Alder → Birch loan https://example.org/c https://own.example/mine");
    assert_eq!(
        sources(&place),
        ["https://example.org/b", "https://own.example/mine", "https://example.org/c"],
        "what nothing cites is gone"
    );
    place.write("ties.csv", &(TIES.replace("org/a", "org/c") + "\n"));
    assert!(place.update(&[]).is_nothing());
}

#[test]
fn a_tie_that_is_gone_stays_with_evidence_of_ones_own() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let tie = place.map().ties().values().next().expect("a tie").claim.key.to_string();
    place.edit(&["--cite", &format!("{tie}=https://own.example/mine")]);
    place.write("ties.csv", "From,To,Kind,Source URL\nBirch,Cedar,owns,https://example.org/b\n");
    let update = place.update(&[]);
    assert_eq!(update.entry(&tie)["reasons"][0], "has evidence of your own");
    assert_eq!(place.ties().len(), 2);
}

#[test]
fn a_corrected_source_is_still_that_of_its_rows() {
    let table = "From,To,Kind,Source\nAlder,Birch,loan,Digst\nBirch,Cedar,owns,Digst\n";
    let place = Workplace::new(&[("ties.csv", table)]);
    let source = place.map().sources().values().next().expect("a source").key.to_string();
    place.edit(&["--rename", &format!("{source}=The Digest")]);
    place.write("ties.csv", &(table.to_owned() + "Cedar,Alder,loan,Digst\n"));
    let update = place.update(&[]);
    assert_eq!((update.list("new"), update.list("changed").len()), (vec!["Cedar → Alder, loan"], 0), "{}", update.0);
    assert_eq!(sources(&place), ["The Digest"]);
    assert_eq!(place.ties()[2], "Cedar → Alder loan The Digest");
}

#[test]
fn removed_evidence_does_not_come_back() {
    let place = Workplace::new(&[("ties.csv", TIES)]);
    let source = place.map().sources().values().next().expect("a source").key.to_string();
    place.edit(&["--delete", &source]);
    place.write("ties.csv", &(TIES.to_owned() + "Cedar,Alder,loan,https://example.org/d\n"));
    let update = place.update(&[]);
    assert_eq!((update.list("new"), update.list("changed").len()), (vec!["Cedar → Alder, loan"], 0), "{}", update.0);
    assert_eq!(place.ties()[0], "Alder → Birch loan");
    assert_eq!(sources(&place), ["https://example.org/b", "https://example.org/d"]);
}

#[test]
fn rows_that_differ_in_their_source_only_stay_one_tie() {
    let table =
        "From,To,Kind,Source URL\nAlder,Birch,loan,https://example.org/a\nAlder,Birch,loan,https://example.org/b\n";
    let place = Workplace::new(&[("ties.csv", table)]);
    assert_eq!(place.ties(), ["Alder → Birch loan https://example.org/a https://example.org/b"]);
    place.write(
        "ties.csv",
        "From,To,Kind,Source URL\nAlder,Birch,loan,https://example.org/b\nAlder,Birch,loan,https://example.org/a\n",
    );
    assert!(place.update(&[]).is_nothing(), "their order is none of the map's");
    place.write("ties.csv", &(table.to_owned() + "Alder,Birch,loan,https://example.org/c\n"));
    assert_eq!(place.update(&[]).list("changed").len(), 1);
    assert_eq!(place.ties().len(), 1);
}
