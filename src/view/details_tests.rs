//! Tests of the details of every kind of selection, as read from top to bottom.

use super::{Block, Details, build_details};
use crate::document::{Look, Shown};
use crate::model::fixture::{self, AGREEMENT, ALDER, BIRCH, CEDAR, DIGEST, INVESTS, LENDS, RETRACTED, STATEMENT};
use crate::model::{Date, FactId, Item, Map, MapParts, Retraction};

/// Returns the details as plain lines.
fn lines(map: &Map, selection: &[Item]) -> Vec<String> {
    let details = build_details(map, selection, &Shown::new(map, &Look::default()));
    let Details { title, subtitle, figure, exact_figure, blocks, .. } = details;
    let exact = exact_figure.map(|exact| format!(" / {exact}")).unwrap_or_default();
    let head = [title, subtitle].into_iter().chain(figure.map(|figure| format!("= {figure}{exact}")));
    head.chain(blocks.iter().map(block_text)).collect()
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Heading(heading, note) => format!("## {heading} {note}"),
        Block::Text(text) => text.clone(),
        Block::Marks(marks) => format!("! {}", marks.iter().map(|mark| mark.text()).collect::<Vec<_>>().join(", ")),
        Block::Row(row) | Block::Private(row) => {
            let beneath = row.detail.as_deref().map(|detail| format!(" / {detail}")).unwrap_or_default();
            format!("{}: {}{}{beneath}", row.label, row.value, if row.link.is_some() { " >" } else { "" })
        }
        Block::Cited(sentence) => format!("~ {}", sentence.cited()),
        Block::Line(line) => format!("- {} | {}", line.text, line.note),
        Block::Evidence(evidence) => format!("* {}: {}", evidence.attribution, evidence.stance_text),
    }
}

#[test]
fn a_tie_from_sentence_to_evidence() {
    let expected = [
        "Alder → Birch",
        "Investment · active",
        "= more than $13 billion / >\u{a0}13,000,000,000\u{a0}USD",
        "Alder invests in Birch: since 2019, active.",
        "From: Alder >",
        "To: Birch >",
        "Start: 2019",
        "End: ongoing",
        "Stage: active",
        "## Evidence 1 independent publisher, second-hand",
        "* Digest, citing The Herald: Supports the amount and the start",
        "## Includes ",
        "- Alder → Birch | Investment · $3 billion",
    ];
    assert_eq!(lines(&fixture::map(), &[Item::Tie(INVESTS)]), expected);
}

#[test]
fn a_disputed_tie_is_linked_to_its_rival() {
    let shown = lines(&fixture::map(), &[Item::Tie(LENDS)]);
    assert!(shown.contains(&"! disputed".to_owned()), "{shown:?}");
    assert!(shown.contains(&"Status: disputed".to_owned()), "{shown:?}");
    assert!(
        shown.ends_with(&["## Contradicts ".to_owned(), "- Cedar Bank → Birch | Loan · €4 million".to_owned()]),
        "{shown:?}"
    );
}

#[test]
fn many_parties_and_missing_sources_are_told() {
    let shown = lines(&fixture::map(), &[Item::Tie(AGREEMENT)]);
    assert_eq!(shown[1], "Agreement · Step-in agreement");
    assert!(shown.contains(&"! no source".to_owned()), "{shown:?}");
    assert!(shown.contains(&"Party: Alder (lead) >".to_owned()), "{shown:?}");
    assert_eq!(shown.last().map(String::as_str), Some("## Evidence no source"));
}

#[test]
fn a_retraction_says_when_why_and_who() {
    let mut parts = fixture::parts();
    parts.ties[RETRACTED.index()].claim.retraction = Some(Box::new(Retraction {
        date: Date::parse("2023-03-09").ok(),
        reason: Some("Two entries were mixed up.".to_owned()),
        source: Some(STATEMENT),
    }));
    let shown = lines(&Map::new(parts).expect("a sound map"), &[Item::Tie(RETRACTED)]);
    assert!(
        shown.contains(&"Retraction: retracted on 9 March 2023: Two entries were mixed up.".to_owned()),
        "{shown:?}"
    );
    assert!(shown.contains(&"According to: Alder >".to_owned()), "{shown:?}");
}

#[test]
fn an_actor_with_facts_and_ties() {
    let shown = lines(&fixture::map(), &[Item::Actor(ALDER)]);
    let expected = [
        "Alder",
        "Company · 4 ties",
        "Alder is invented.",
        "Also known as: alder alias",
        "Identifier: id: 42",
        "## Facts 1",
        "- Plans to spend. | ",
        "Amount: $200 billion (200,000,000,000\u{a0}USD)",
        "Stage: planned",
        "Evidence: 1 independent publisher",
        "* The Courier: Supports the fact as a whole",
        "## Ties 4",
    ];
    assert_eq!(shown[..expected.len()], expected);
    assert_eq!(shown.len(), expected.len() + 4);
}

#[test]
fn a_fact_by_itself() {
    let shown = lines(&fixture::map(), &[Item::Fact(FactId(0))]);
    let figure = "= $200 billion / 200,000,000,000\u{a0}USD";
    assert_eq!(shown[..5], ["Alder", "Fact · planned", figure, "Plans to spend.", "About: Alder >"]);
}

#[test]
fn everything_that_rests_on_a_source() {
    let shown = lines(&fixture::map(), &[Item::Source(DIGEST)]);
    assert_eq!(shown[0], "A digest of the news");
    assert_eq!(
        shown.last().map(String::as_str),
        Some("- Alder → Birch | Investment · >$13 billion · active · cites The Herald")
    );
    let shown = lines(&fixture::map(), &[Item::Source(STATEMENT)]);
    assert!(shown.contains(&"Statement by: Alder >".to_owned()), "{shown:?}");
    assert!(shown.contains(&"Same text in: Birch >".to_owned()), "{shown:?}");
}

#[test]
fn two_actors_ask_how_they_are_connected() {
    let shown = lines(&fixture::map(), &[Item::Actor(ALDER), Item::Actor(CEDAR)]);
    assert_eq!(&shown[..2], ["Alder and Cedar Bank", "How are these two connected?"]);
    assert_eq!(shown[2], "Alder and Cedar Bank are connected directly, by 1 tie, and through Birch.");
    let headings: Vec<&String> = shown.iter().filter(|line| line.starts_with("##")).collect();
    assert_eq!(headings, ["## Directly 1 tie", "## Through Birch 5 ties", "## Selected "]);
    assert!(shown.contains(&"~ Cedar Bank lends to Birch: €5 million, disputed [1, 5].".to_owned()), "{shown:#?}");
    assert_eq!(shown.last().map(String::as_str), Some("- Cedar Bank | Bank"));
}

#[test]
fn several_records_with_the_ties_between_them() {
    let shown = lines(&fixture::map(), &[Item::Actor(BIRCH), Item::Actor(CEDAR), Item::Tie(INVESTS)]);
    assert_eq!(shown[..2], ["3 selected", "2 actors and 1 tie"]);
    assert!(shown.contains(&"EUR: €4 million / 4,000,000\u{a0}EUR, 1 tie".to_owned()), "{shown:?}");
    assert!(shown.contains(&"## Ties between them 3".to_owned()), "{shown:?}");
}

#[test]
fn nothing_selected_tells_of_the_map() {
    let shown = lines(&fixture::map(), &[]);
    assert_eq!(shown[0], "Untitled map");
    assert!(shown.contains(&"Sourced: 4 of 7, 3 independently".to_owned()), "{shown:?}");
    let sums = [
        "## Sums of amounts ",
        "EUR: €4 million / 4,000,000\u{a0}EUR, 1 tie",
        "USD: more than $13 billion / >\u{a0}13,000,000,000\u{a0}USD, 1 tie",
    ];
    assert_eq!(shown[shown.len() - 3..], sums, "one label for all currencies");
    assert_eq!(lines(&Map::new(MapParts::default()).expect("a sound map"), &[])[0], "Untitled map");
}

#[test]
fn the_amount_of_a_tie_is_told_once() {
    let map = fixture::map();
    let mut told = 0;
    for tie in map.tie_ids() {
        let words = crate::wording::amount_label_long(&map.tie(tie).claim);
        let Some(words) = words else { continue };
        told += 1;
        let shown = lines(&map, &[Item::Tie(tie)]);
        let parts = shown.iter().position(|line| line.starts_with("## ")).unwrap_or(shown.len());
        let count = shown[..parts].iter().filter(|line| line.contains(&words)).count();
        assert_eq!(count, 1, "{words} in {shown:#?}");
    }
    assert!(told > 3);
}
