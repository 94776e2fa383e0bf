//! Checks the bundled maps: quotations match the digest word for word, and every feature of the format is used.

use std::collections::{BTreeMap, BTreeSet};

use tieline::load::{BUNDLED, load_bundled};
use tieline::model::{ActorId, ClaimId, Ends, Map, Severity, Stage, Status, Word};

/// Text on which the first map is based.
const DIGEST: &str = include_str!("../data/digest.txt");

fn bundled(index: usize) -> Map {
    load_bundled(BUNDLED[index]).expect("a bundled map opens").0.map
}

fn claims(map: &Map) -> Vec<ClaimId> {
    map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact)).collect()
}

/// Returns whether there is a tie of this kind between two actors, by key.
fn has_tie(map: &Map, from: &str, to: &str, kind: &str) -> bool {
    map.ties().values().any(|tie| {
        let Ends::Pair { from: start, to: end } = tie.ends else { return false };
        let key = |actor: ActorId| &*map.actor(actor).key;
        (key(start), key(end), &*map.tie_kinds()[tie.kind].key) == (from, to, kind)
    })
}

#[test]
fn bundled_maps_have_no_problem_worth_a_warning() {
    for name in BUNDLED {
        let (loaded, _) = load_bundled(name).expect("opens");
        let serious: Vec<_> = loaded.problems.iter().filter(|problem| problem.severity > Severity::Remark).collect();
        assert!(serious.is_empty(), "{name}: {serious:?}");
    }
}

#[test]
fn the_first_map_quotes_the_digest_letter_by_letter() {
    let map = bundled(0);
    let mut quotes = 0;
    for id in claims(&map) {
        let claim = map.claim(id);
        assert!(!claim.evidence.is_empty(), "{} has evidence", claim.key);
        for piece in &claim.evidence {
            let cited = piece.cited_in.as_ref().expect("all is second-hand");
            assert_eq!(&*map.source(cited.source).key, "digest", "{}", claim.key);
            let words = &cited.quote.as_ref().expect("the digest's words").exact;
            assert!(DIGEST.contains(words.as_str()), "{}: “{words}”", claim.key);
            quotes += 1;
            if let Some(own) = &piece.quote {
                let marked = format!("“{}”", own.exact);
                let single = format!("'{}'", own.exact);
                assert!(DIGEST.contains(&marked) || DIGEST.contains(&single), "the digest quotes {marked}");
            }
        }
    }
    assert!(quotes >= 20, "{quotes} quotes were compared");
}

#[test]
fn the_first_map_holds_every_row_of_its_facts() {
    let map = bundled(0);
    assert_eq!((map.actors().len(), map.ties().len(), map.facts().len(), map.sources().len()), (4, 11, 4, 10));
    let rows = [
        ("microsoft", "openai", "investment"),
        ("microsoft", "openai", "ownership"),
        ("openai", "microsoft", "commitment"),
        ("openai", "microsoft", "exclusivity"),
        ("openai", "microsoft", "revenue-share"),
        ("openai", "microsoft", "distribution"),
        ("amazon", "openai", "investment"),
        ("openai", "amazon", "distribution"),
        ("openai", "amazon", "infrastructure"),
        ("openai", "amazon", "product"),
        ("amazon", "anthropic", "partnership"),
    ];
    for (from, to, kind) in rows {
        assert!(has_tie(&map, from, to, kind), "{from} → {to}, {kind}");
    }
    let amounts: Vec<String> = map
        .ties()
        .values()
        .filter_map(|tie| tie.claim.amount.as_ref()?.lower)
        .map(|bound| bound.value.to_string())
        .collect();
    assert_eq!(amounts, ["13000000000", "250000000000", "50000000000"]);
}

#[test]
fn the_second_map_is_invented_and_says_so() {
    let map = bundled(1);
    assert!(map.meta().title.as_ref().is_some_and(|title| title.contains("invented")));
    for source in map.sources().values() {
        let hosts = [source.url.as_deref(), source.archive_url.as_deref()];
        for url in hosts.into_iter().flatten() {
            let host = url.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
            assert!(host == "example.org" || host.ends_with(".example.org"), "{url}");
        }
    }
}

#[test]
fn the_second_map_uses_every_feature() {
    let map = bundled(1);
    assert_eq!((map.actors().len(), map.ties().len()), (25, 60));
    let stages: BTreeSet<Stage> =
        map.ties().values().filter_map(|tie| tie.claim.stage.as_ref().and_then(Word::known)).collect();
    assert_eq!(stages.len(), Stage::ALL.len(), "every stage occurs: {stages:?}");
    let statuses: BTreeSet<Status> =
        map.ties().values().filter_map(|tie| tie.claim.status.as_ref().and_then(Word::known)).collect();
    assert!(statuses.is_superset(&BTreeSet::from([Status::Disputed, Status::Superseded, Status::Retracted])));
    let currencies: BTreeSet<&str> =
        map.ties().values().filter_map(|tie| tie.claim.amount.as_ref()?.currency.as_deref()).collect();
    assert!(currencies.len() >= 3, "{currencies:?}");
    let mut pairs: BTreeMap<(ActorId, ActorId), BTreeSet<bool>> = BTreeMap::new();
    let mut counts: BTreeMap<(ActorId, ActorId), usize> = BTreeMap::new();
    let mut self_ties = 0;
    let mut hubs = 0;
    for tie in map.ties().values() {
        match &tie.ends {
            Ends::Pair { from, to } if from == to => self_ties += 1,
            Ends::Pair { from, to } => {
                let pair = (*from.min(to), *from.max(to));
                pairs.entry(pair).or_default().insert(from < to);
                *counts.entry(pair).or_default() += 1;
            }
            Ends::Parties(parties) => hubs += usize::from(parties.len() >= 3),
        }
    }
    assert!(self_ties >= 1 && hubs >= 2);
    assert_eq!(counts.values().max(), Some(&6));
    assert!(pairs.values().any(|directions| directions.len() == 2), "a pair has ties in both directions");
    assert!(map.ties().values().any(|tie| tie.claim.evidence.is_empty()), "an unsourced tie");
    assert!(map.ties().values().any(|tie| !tie.claim.contradicts.is_empty()));
    assert!(map.ties().values().any(|tie| !tie.claim.supersedes.is_empty()));
    assert!(map.ties().values().any(|tie| tie.claim.retraction.is_some()));
    assert!(map.sources().values().any(|source| !source.by.is_empty()));
    assert!(map.actors().values().any(|actor| actor.name.chars().count() > 40));
    for (script, range) in
        [("Greek", 'Α'..='ω'), ("Cyrillic", 'А'..='я'), ("Chinese", '一'..='鿿'), ("Arabic", 'ء'..='ي')]
    {
        assert!(
            map.actors().values().any(|actor| actor.name.chars().any(|c| range.contains(&c))),
            "a name in {script}"
        );
    }
}
