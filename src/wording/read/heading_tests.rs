//! Tests of the lexicon of headings.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;

use super::{HEADINGS, Role, fold_heading, lines, roles_of_heading};

#[test]
fn every_line_of_the_file_is_read() {
    let mut seen = HashSet::new();
    let written: Vec<&str> = HEADINGS.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(written.len() > 1500, "{} lines", written.len());
    assert_eq!(lines().count(), written.len(), "a line has a wrong role or too few cells");
    for (line, text) in lines().zip(&written) {
        assert_eq!(text.split('\t').count(), 3, "{text}");
        assert!(["en", "de", "fr", "es", "tool"].contains(&line.language), "{text}");
        assert_eq!(line.word.trim(), line.word, "{text}");
        assert!(!line.word.is_empty(), "{text}");
        assert!(seen.insert(*text), "{text} stands twice");
        assert!(roles_of_heading(line.word).contains(&line.role), "{text}");
    }
}

#[test]
fn main_roles_have_ten_words_in_each_language() {
    let mut words: BTreeMap<(Role, &str), BTreeSet<String>> = BTreeMap::new();
    for line in lines() {
        words.entry((line.role, line.language)).or_default().insert(fold_heading(line.word));
    }
    let main = [
        Role::ActorName,
        Role::ActorId,
        Role::From,
        Role::To,
        Role::Kind,
        Role::Label,
        Role::Start,
        Role::End,
        Role::Date,
        Role::Amount,
        Role::Share,
        Role::Weight,
        Role::Stage,
        Role::Confidence,
        Role::Summary,
        Role::Alias,
        Role::Tag,
        Role::Url,
        Role::SourceTitle,
        Role::SourceUrl,
        Role::SourcePublisher,
        Role::SourcePublished,
        Role::SourceAccessed,
        Role::Quote,
        Role::Locator,
    ];
    for language in ["en", "de", "fr", "es"] {
        for role in main {
            let count = words.get(&(role, language)).map_or(0, BTreeSet::len);
            assert!(count >= 10, "{} has {count} words in {language}", role.word());
        }
        // No heading says that its values are fields, only the user does; and what is drawn only the formats of graphs.
        let unsaid = [Role::Keep, Role::Party, Role::PartOf, Role::Identifier, Role::X, Role::Y, Role::Color];
        for role in Role::ALL.iter().filter(|role| !unsaid.contains(role)) {
            let count = words.get(&(*role, language)).map_or(0, BTreeSet::len);
            assert!(count >= 3, "{} has {count} words in {language}", role.word());
        }
    }
}

#[test]
fn headings_fold() {
    for (heading, folded) in [
        ("\u{feff}Source ", "source"),
        ("Start_Date", "start date"),
        ("start-date", "start date"),
        ("Amount (EUR)", "amount"),
        ("Amount [EUR]", "amount"),
        ("Orienté", "oriente"),
        ("  From   Name: ", "from name"),
        ("\"Weight\"", "weight"),
        (":START_ID(Person)", ":start id"),
        ("aliases:string[]", "aliases:string[]"),
        ("(ignore)", "(ignore)"),
        ("", ""),
    ] {
        assert_eq!(fold_heading(heading), folded, "{heading}");
    }
}

#[test]
fn headings_have_roles() {
    use Role::*;
    let cases: [(&str, &[Role]); 63] = [
        // Gephi, in English and French
        ("\u{feff}\"Source \"", &[From, SourceTitle]),
        ("Target", &[To]),
        ("Destination", &[To]),
        ("TYPE", &[Kind, Direction]),
        ("Source Label", &[FromName]),
        ("Target Label", &[ToName]),
        ("timeset", &[Timeset]),
        ("Id", &[ActorId, TieId]),
        ("Label", &[ActorName, Label]),
        ("Weight", &[Weight]),
        ("Since", &[Start]),
        // Kumu, Onodo
        ("From", &[From, Start]),
        ("To", &[To, End]),
        ("Direction", &[Direction]),
        ("Directed", &[Direction]),
        ("Description", &[Summary]),
        ("Tags", &[Tag]),
        ("Image", &[Image]),
        ("Strength", &[Weight]),
        // Graph Commons
        ("From Type", &[FromKind]),
        ("From Name", &[From, FromName]),
        ("Edge Type", &[Kind, Direction]),
        ("To Type", &[ToKind]),
        ("Node Type", &[Kind]),
        ("Reference", &[SourceTitle, Url, SourceUrl]),
        // neo4j
        ("personId:ID(Person)", &[ActorId]),
        (":START_ID(Person)", &[From]),
        (":END_ID", &[To]),
        (":TYPE", &[Kind]),
        (":LABEL", &[Kind]),
        ("aliases:string[]", &[Alias]),
        ("name:string[]", &[Alias]),
        ("since:date", &[Start]),
        ("secret:IGNORE", &[Ignore]),
        // ICIJ, LittleSis, Multinet, NodeXL, Cytoscape
        ("node_id_start", &[From]),
        ("node_id_end", &[To]),
        ("rel_type", &[Kind]),
        ("start_date", &[Start]),
        ("endDate", &[End]),
        ("entity1_id", &[From]),
        ("entity2_id", &[To]),
        ("blurb", &[Summary]),
        ("_from", &[From, Start]),
        ("Vertex 1", &[From]),
        ("shared interaction", &[Kind]),
        // Evidence
        ("Source URL", &[SourceUrl]),
        ("Page", &[Locator]),
        ("Quote", &[Quote]),
        ("Accessed", &[SourceAccessed]),
        // Units
        ("Amount (EUR)", &[Amount]),
        ("Betrag in Mio. €", &[Amount]),
        ("amount_usd", &[Amount]),
        ("Share %", &[Share]),
        ("Count", &[Quantity]),
        ("Montant (milliers d'euros)", &[Amount]),
        // Columns that stay fields of their own
        ("Role", &[]),
        ("role", &[]),
        ("Sector", &[]),
        ("founded:int", &[]),
        ("Net worth", &[]),
        ("register", &[]),
        ("country", &[]),
        ("", &[]),
    ];
    for (heading, roles) in cases {
        let found: BTreeSet<Role> = roles_of_heading(heading).iter().copied().collect();
        let mut missing: Vec<_> = roles.iter().filter(|role| !found.contains(role)).collect();
        missing.sort();
        assert!(missing.is_empty(), "{heading} lacks {missing:?}: {found:?}");
        assert_eq!(found.is_empty(), roles.is_empty(), "{heading}: {found:?}");
    }
}

#[test]
fn english_meanings_come_first() {
    assert_eq!(roles_of_heading("Quote"), &[Role::Quote, Role::Share]);
    assert_eq!(roles_of_heading("Note"), &[Role::Summary, Role::Weight]);
    assert_eq!(roles_of_heading("Quelle"), &[Role::From, Role::SourceTitle]);
}

proptest! {
    #[test]
    fn any_heading_is_read_without_panic(heading in "\\PC{0,40}|[A-Za-z_:()\\[\\] €%-]{0,30}") {
        let _ = roles_of_heading(&heading);
        let folded = fold_heading(&heading);
        prop_assert_eq!(folded.trim(), folded.as_str());
    }
}
