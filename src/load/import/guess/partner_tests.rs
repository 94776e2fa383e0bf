//! Tables whose headings name partners of actors: by words, numbers, labels and paths.

use super::tests::{fixed, import, import_with, role_of, ties};
use crate::wording::read::Role;

#[test]
fn headings_that_name_partners_make_ties_of_a_table_of_actors() {
    let text = "Deal Name,Organization Name,Money Raised,Announced Date,Investor Names,Lead Investors\n\
        Seed - Acme,Acme,$12m,2021-03-04,\"Alder Ventures, Inc., Birch Capital\",Birch Capital\n\
        Seed - Bolt,Bolt,$2m,2019-11-12,Birch Capital,\n";
    let (map, report) = import(text);
    assert_eq!(ties(&map), [("Alder Ventures, Inc.", "Acme"), ("Birch Capital", "Acme"), ("Birch Capital", "Bolt")]);
    assert_eq!(role_of(&report, "Announced Date"), Some(Role::Date));
    let says = |words: &str| report.problems.iter().any(|problem| problem.message.contains(words));
    assert!(says("“Investor Names” names partners of “Organization Name”") && says("split at their commas"));
    let (map, _) =
        import("company_name,psc_name,notified_on\nAcme,Jane Roe,2016-04-06\nAcme,Birch Nominees,2017-01-01\n");
    assert_eq!(ties(&map), [("Acme", "Jane Roe"), ("Acme", "Birch Nominees")]);
    for actors in [
        "name,first name,last name\nAda Roe,Ada,Roe\nBen Poe,Ben,Poe\n",
        "company,trade name\nAcme,Acme Shops\nBolt,Bolt Fast\n",
        "company,url,investors\nAcme,https://example.org/a,Alder\nBolt,https://example.org/b,Birch\n",
        "company,sector name\nAcme,Ships\nBolt,Rope\n",
    ] {
        assert_eq!(import(actors).0.ties().len(), 0, "{actors}");
    }
    assert_eq!(import_with(&[("t.csv", text)], &fixed(&[(Role::ActorName, "Organization Name")])).0.ties().len(), 0);
}

#[test]
fn numbered_columns_of_names_that_recur_are_partners() {
    let (map, _) = import("Person,Board 1,Board 2,Board 3\nAda,Acme,Bolt,\nBen,Bolt,,\nCyd,Acme,Coil,Bolt\n");
    let all = [("Ada", "Acme"), ("Ada", "Bolt"), ("Ben", "Bolt"), ("Cyd", "Acme"), ("Cyd", "Coil"), ("Cyd", "Bolt")];
    assert_eq!(ties(&map), all);
    let (map, _) = import("Company,Address 1,Address 2\nAcme,1 Quay Street,Leith\nBolt,9 Hill Road,Perth\n");
    assert_eq!((map.ties().len(), map.actors().len()), (0, 2), "addresses are of one company each");
}

#[test]
fn paths_into_nested_data_are_headings() {
    let (map, report) = import(
        "Relationship.StartNode.NodeID,Relationship.StartNode.NodeIDType,Relationship.EndNode.NodeID,\
         Relationship.EndNode.NodeIDType,Relationship.RelationshipType,Relationship.Period.1.startDate\n\
         5493A,LEI,2138B,LEI,IS_DIRECTLY_CONSOLIDATED_BY,2018-01-01T00:00:00.000Z\n\
         2138B,LEI,5299C,LEI,IS_ULTIMATELY_CONSOLIDATED_BY,2015-05-01T00:00:00.000Z\n",
    );
    assert_eq!(ties(&map), [("5493A", "2138B"), ("2138B", "5299C")]);
    assert_eq!(role_of(&report, "Relationship.RelationshipType"), Some(Role::Kind));
    assert_eq!(role_of(&report, "Relationship.Period.1.startDate"), Some(Role::Start));
    let (map, _) = import("source.id,source.name,target.id,target.name,weight\na,Ada,b,Ben,2\nb,Ben,c,Cyd,1\n");
    assert_eq!(ties(&map), [("Ada", "Ben"), ("Ben", "Cyd")]);
    let (map, _) = import("Zorb,Sort,Bree\nAda,LEI,Ben\nBen,LEI,Cyd\nCyd,LEI,Ada\n");
    assert_eq!(ties(&map), [("Ada", "Ben"), ("Ben", "Cyd"), ("Cyd", "Ada")], "what never changes is no end");
}

#[test]
fn entities_beside_their_labels_are_ends_with_their_names() {
    let text = "person,personLabel,prop,propLabel,org,orgLabel,start\n\
        http://www.wikidata.org/entity/Q1,Ada Roe,http://www.wikidata.org/entity/P39,board member,http://www.wikidata.org/entity/Q9,Acme,2019-01-01\n\
        http://www.wikidata.org/entity/Q2,Ada Roe,http://www.wikidata.org/entity/P112,founder,http://www.wikidata.org/entity/Q9,Acme,\n";
    let (map, _) = import(text);
    assert_eq!(ties(&map), [("Ada Roe", "Acme"), ("Ada Roe", "Acme")]);
    assert_eq!(map.actors().len(), 3, "two people of one name are two");
    let kinds: Vec<&str> = map.ties().values().map(|tie| &*map.tie_kinds()[tie.kind].label).collect();
    assert_eq!(kinds, ["board member", "founder"]);
    let (map, _) = import("firm,firmLabel,inception\nQ7,Acme,1990\nQ8,Bolt,1991\n");
    assert_eq!(map.actors().values().map(|actor| &*actor.name).collect::<Vec<_>>(), ["Acme", "Bolt"]);
}

#[test]
fn words_for_ends_say_names_and_ids_of_them_too() {
    let (map, report) = import(
        "Donor name,Donor id,Recipient,Principal (USD m),Rate,Maturity\nAda,7,Acme,120,5.5%,2030\nBen,8,Acme,80.5,6%,2031\n",
    );
    assert_eq!(ties(&map), [("Ada", "Acme"), ("Ben", "Acme")]);
    assert_eq!(map.actors().values().map(|actor| &*actor.key).collect::<Vec<_>>(), ["7", "acme", "8"]);
    let roles = ["Donor name", "Donor id", "Principal (USD m)", "Rate", "Maturity"].map(|name| role_of(&report, name));
    assert_eq!(roles, [Some(Role::FromName), Some(Role::From), Some(Role::Amount), None, Some(Role::End)]);
    let (map, report) = import("Donor name,Recipient,Sum (GBP)\nAda,Acme,120\nBen,Acme,80\n");
    assert_eq!(ties(&map), [("Ada", "Acme"), ("Ben", "Acme")]);
    assert!(!report.guesses.contains("Donor name"), "a heading says it");
}

#[test]
fn a_label_that_repeats_ends_and_kind_is_kept_as_a_field() {
    let (map, _) =
        import("source,interaction,target,name\nAlder,owns,Birch,Alder (owns) Birch\nBirch,owes,Alder,since 2019\n");
    let labels: Vec<_> = map.ties().values().map(|tie| tie.claim.label.as_deref()).collect();
    assert_eq!(labels, [None, Some("since 2019")]);
}
