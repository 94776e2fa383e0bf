//! Facts that files of entities have about actors: new, changed and gone ones, and those that were deleted by hand.

use super::Workplace;

const ACTORS: [&str; 2] = [
    r#"{"id":"p1","schema":"Person","properties":{"name":["Lene Marsk"]}}"#,
    r#"{"id":"c1","schema":"Company","properties":{"name":["Kelpie"]}}"#,
];

/// Returns a sanction of an actor.
fn sanction(id: &str, actor: &str, program: &str, reason: &str) -> String {
    format!(
        r#"{{"id":"{id}","schema":"Sanction","properties":{{"entity":["{actor}"],"program":["{program}"],"reason":["{reason}"],"sourceUrl":["https://sanctions.example.org/{id}"]}}}}"#
    )
}

fn file(sanctions: &[String]) -> String {
    let actors = ACTORS.iter().map(ToString::to_string);
    actors.chain(sanctions.iter().cloned()).collect::<Vec<_>>().join("\n")
}

impl Workplace {
    /// Returns the facts of the map with their sources, in order.
    fn facts(&self) -> Vec<String> {
        let map = self.map();
        let mut facts: Vec<String> = map
            .facts()
            .values()
            .map(|fact| {
                let sources = fact.claim.evidence.iter().map(|piece| map.source(piece.source));
                let urls: Vec<&str> = sources.filter_map(|source| source.url.as_deref()).collect();
                let summary = fact.claim.summary.as_deref().unwrap_or_default();
                format!("{}: {}, {summary} {}", map.actor(fact.actor).name, fact.text, urls.join(" "))
            })
            .collect();
        facts.sort();
        facts
    }
}

#[test]
fn facts_follow_their_rows() {
    let first = [
        sanction("s1", "p1", "EX-1", "Smuggling."),
        sanction("s2", "p1", "EX-2", "Fraud."),
        sanction("s3", "c1", "EX-3", "Bribes."),
        sanction("s4", "c1", "EX-4", "Arms."),
    ];
    let place = Workplace::new(&[("sanctions.ftm.json", &file(&first))]);
    assert_eq!(place.facts().len(), 4, "{:?}", place.facts());
    assert!(place.update(&[]).is_nothing());
    let id = |text: &str| {
        let map = place.map();
        map.facts().values().find(|fact| fact.text.contains(text)).expect("a fact").claim.key.to_string()
    };
    let (third, fourth) = (id("EX-3"), id("EX-4"));
    place.edit(&["--set", &format!("{third}.summary=Checked by hand."), "--delete", &fourth]);
    assert!(place.map().facts().values().all(|fact| !fact.text.contains("EX-4")));
    let second = [
        sanction("s1", "p1", "EX-1", "Smuggling of arms."),
        sanction("s3", "c1", "EX-3", "Bribes."),
        sanction("s4", "c1", "EX-4", "Arms."),
        sanction("s5", "c1", "EX-5", "Theft."),
    ];
    place.write("sanctions.ftm.json", &file(&second));
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Kelpie: Sanction: EX-5"]);
    assert_eq!(update.list("changed"), ["Lene Marsk: Sanction: EX-1"]);
    assert_eq!(update.list("gone"), ["Lene Marsk: Sanction: EX-2"]);
    assert_eq!(update.list("not_brought_back"), ["Kelpie: Sanction: EX-4"]);
    assert_eq!(
        place.facts(),
        [
            "Kelpie: Sanction: EX-3, Checked by hand. https://sanctions.example.org/s3",
            "Kelpie: Sanction: EX-5, Theft. https://sanctions.example.org/s5",
            "Lene Marsk: Sanction: EX-1, Smuggling of arms. https://sanctions.example.org/s1",
        ]
    );
    assert_eq!(place.actors(), ["Kelpie", "Lene Marsk"]);
}

#[test]
fn an_actor_leaves_with_its_facts_and_a_new_one_comes_with_them() {
    let place = Workplace::new(&[("sanctions.ftm.json", &file(&[sanction("s1", "p1", "EX-1", "Smuggling.")]))]);
    let other = r#"{"id":"p2","schema":"Person","properties":{"name":["Nanna Marsk"]}}"#;
    let text = [ACTORS[1], other, &sanction("s2", "p2", "EX-2", "Fraud.")].join("\n");
    place.write("sanctions.ftm.json", &text);
    place.update(&[]);
    assert_eq!(place.actors(), ["Kelpie", "Nanna Marsk"]);
    assert_eq!(place.facts(), ["Nanna Marsk: Sanction: EX-2, Fraud. https://sanctions.example.org/s2"]);
    assert!(place.update(&[]).is_nothing());
}
