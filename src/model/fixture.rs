//! A small fictional map for unit tests: two companies, a person, a bank, and ties of every form.

use super::{
    Actor, ActorId, ActorKind, ActorKindId, Amount, Bound, CitedIn, Claim, ClaimId, Date, Ends, Evidence, Fact, Map,
    MapParts, Party, Quote, Source, SourceId, Stage, Stance, Status, Tie, TieId, TieKind, TieKindId, Word,
};

/// Company "Alder".
pub(crate) const ALDER: ActorId = ActorId(0);
/// Company "Birch".
pub(crate) const BIRCH: ActorId = ActorId(1);
/// Bank "Cedar Bank".
pub(crate) const CEDAR: ActorId = ActorId(2);
/// Person "Dana Elm", tied only to herself.
pub(crate) const DANA: ActorId = ActorId(3);

/// Alder invests in Birch, more than $13 billion since 2019; second-hand.
pub(crate) const INVESTS: TieId = TieId(0);
/// Birch and Alder share revenue; Alder's own statement and its copy.
pub(crate) const SHARES: TieId = TieId(1);
/// Cedar lends to Birch, €5 million; two newspapers, one of them disputing.
pub(crate) const LENDS: TieId = TieId(2);
/// A loan of €4 million that contradicts [`LENDS`].
pub(crate) const RIVAL: TieId = TieId(3);
/// A retracted loan, €100 million.
pub(crate) const RETRACTED: TieId = TieId(4);
/// An agreement between Alder, Birch and Cedar, without evidence.
pub(crate) const AGREEMENT: TieId = TieId(5);
/// An undirected agreement of Dana with herself; its kind has no verb.
pub(crate) const SELF: TieId = TieId(6);
/// A part of [`INVESTS`], $3 billion.
pub(crate) const PART: TieId = TieId(7);

/// "[herald]", The Herald, read in [`DIGEST`].
pub(crate) const HERALD: SourceId = SourceId(0);
/// The digest that cites the Herald.
pub(crate) const DIGEST: SourceId = SourceId(1);
/// Alder's statement.
pub(crate) const STATEMENT: SourceId = SourceId(2);
/// The same statement on Birch's site.
pub(crate) const STATEMENT_COPY: SourceId = SourceId(3);
/// A report by The Courier.
pub(crate) const COURIER: SourceId = SourceId(4);

/// Parses a date.
pub(crate) fn date(text: &str) -> Option<Date> {
    Some(Date::parse(text).expect("a date"))
}

/// Returns an exact amount of money, in full units.
pub(crate) fn money(value: i64, currency: &str) -> Option<Box<Amount>> {
    let bound = Some(Bound { value: value.into(), is_inclusive: true });
    let currency = Some(currency.to_owned());
    Some(Box::new(Amount { lower: bound, upper: bound, currency, ..Amount::default() }))
}

/// Returns an amount of money with only an exclusive lower bound.
pub(crate) fn more_than(value: i64, currency: &str) -> Option<Box<Amount>> {
    let lower = Some(Bound { value: value.into(), is_inclusive: false });
    Some(Box::new(Amount { lower, currency: Some(currency.to_owned()), ..Amount::default() }))
}

/// Returns evidence without quote, locator and note.
pub(crate) fn says(source: SourceId, stance: Stance) -> Evidence {
    Evidence { stance: Word::Known(stance), ..Evidence::supporting(source) }
}

fn actor(key: &str, name: &str, kind: u32) -> Actor {
    Actor {
        key: key.into(),
        kind: Some(ActorKindId(kind)),
        name: name.to_owned(),
        aliases: vec![format!("{key} alias")],
        summary: Some(format!("{name} is invented.")),
        identifiers: vec![("x-id".to_owned(), "42".to_owned())],
        ..Actor::default()
    }
}

fn tie_kind(key: &str, label: &str, verb: Option<&str>, is_directed: bool) -> TieKind {
    let verb = verb.map(str::to_owned);
    let (label, is_listed, is_auto) = (label.to_owned(), true, false);
    TieKind { key: key.into(), label, verb, is_directed, color: None, icon: None, is_listed, is_auto }
}

fn tie(kind: u32, from: ActorId, to: ActorId, is_directed: bool, claim: Claim) -> Tie {
    Tie { kind: TieKindId(kind), ends: Ends::Pair { from, to }, is_directed, claim }
}

fn source(key: &str, publisher: Option<&str>, url: &str) -> Source {
    let publisher = publisher.map(str::to_owned);
    Source {
        key: key.into(),
        title: Some(format!("[{key}]")),
        publisher,
        url: Some(url.to_owned()),
        ..Source::default()
    }
}

/// Returns the lists of the map, for tests that modify them first.
pub(crate) fn parts() -> MapParts {
    let kind = |key: &str, label: &str| ActorKind {
        key: key.into(),
        label: label.to_owned(),
        color: None,
        icon: None,
        is_listed: true,
        is_auto: false,
    };
    MapParts {
        actor_kinds: vec![kind("company", "Company"), kind("bank", "Bank"), kind("person", "Person")],
        tie_kinds: vec![
            tie_kind("investment", "Investment", Some("invests in"), true),
            tie_kind("revenue-share", "Revenue share", Some("shares revenue with"), false),
            tie_kind("loan", "Loan", Some("lends to"), true),
            tie_kind("agreement", "Agreement", None, false),
        ],
        actors: vec![
            actor("alder", "Alder", 0),
            actor("birch", "Birch", 0),
            actor("cedar", "Cedar Bank", 1),
            actor("dana", "Dana Elm", 2),
        ],
        sources: sources(),
        ties: ties(),
        facts: vec![Fact {
            actor: ALDER,
            text: "Plans to spend.".to_owned(),
            claim: Claim {
                key: "plan".into(),
                stage: Some(Word::Known(Stage::Planned)),
                amount: money(200_000_000_000, "USD"),
                evidence: vec![says(COURIER, Stance::Supports)],
                ..Claim::default()
            },
        }],
        ..MapParts::default()
    }
}

fn sources() -> Vec<Source> {
    let digest = Some(r#"{"title-short":"Digest"}"#.to_owned());
    vec![
        Source { published: date("2026-03"), ..source("herald", Some("The Herald"), "https://herald.example/") },
        Source { title: Some("A digest of the news".to_owned()), csl: digest, url: None, ..source("digest", None, "") },
        Source { by: vec![ALDER], ..source("statement", Some("Alder"), "https://alder.example/news/1") },
        Source { same_as: Some(STATEMENT), ..source("copy", Some("Birch"), "https://birch.example/news/9") },
        source("courier", Some("The Courier"), "https://courier.example/a"),
    ]
}

fn ties() -> Vec<Tie> {
    let cited_in = CitedIn {
        source: DIGEST,
        locator: Some("paragraph 2".to_owned()),
        quote: Some(Quote { exact: "has invested more than $13 billion".to_owned(), ..Quote::default() }),
        accessed: None,
    };
    let second_hand = Evidence {
        proves: vec!["amount".to_owned(), "startDate".to_owned()],
        cited_in: Some(cited_in),
        ..says(HERALD, Stance::Supports)
    };
    let claim = |key: &str| Claim { key: key.into(), ..Claim::default() };
    let invests = Claim {
        start: date("2019"),
        end: date(".."),
        stage: Some(Word::Known(Stage::Active)),
        amount: more_than(13_000_000_000, "USD"),
        evidence: vec![second_hand],
        ..claim("invests")
    };
    let part = Claim { amount: money(3_000_000_000, "USD"), part_of: Some(ClaimId::Tie(INVESTS)), ..claim("part") };
    let lends = Claim {
        status: Some(Word::Known(Status::Disputed)),
        amount: money(5_000_000, "EUR"),
        evidence: vec![says(COURIER, Stance::Supports), says(HERALD, Stance::Disputes)],
        contradicts: vec![ClaimId::Tie(RIVAL)],
        ..claim("lends")
    };
    let rival =
        Claim { amount: money(4_000_000, "EUR"), evidence: vec![says(HERALD, Stance::Supports)], ..claim("rival") };
    let retracted = Claim {
        status: Some(Word::Known(Status::Retracted)),
        amount: money(100_000_000, "EUR"),
        evidence: vec![says(COURIER, Stance::Supports)],
        ..claim("retracted")
    };
    let shares = Claim {
        evidence: vec![says(STATEMENT, Stance::Supports), says(STATEMENT_COPY, Stance::Supports)],
        ..claim("shares")
    };
    let party = |actor, role: Option<&str>| Party { actor, role: role.map(str::to_owned) };
    let parties = vec![party(ALDER, Some("lead")), party(BIRCH, None), party(CEDAR, Some("lender"))];
    let agreement = Claim { label: Some("Step-in agreement".to_owned()), ..claim("agreement") };
    vec![
        tie(0, ALDER, BIRCH, true, invests),
        tie(1, BIRCH, ALDER, false, shares),
        tie(2, CEDAR, BIRCH, true, lends),
        tie(2, CEDAR, BIRCH, true, rival),
        tie(2, CEDAR, BIRCH, true, retracted),
        Tie { kind: TieKindId(3), ends: Ends::Parties(parties), is_directed: false, claim: agreement },
        tie(3, DANA, DANA, false, claim("self")),
        tie(0, ALDER, BIRCH, true, part),
    ]
}

/// Returns the map.
pub(crate) fn map() -> Map {
    Map::new(parts()).expect("a sound map")
}

/// Returns the fixture with other ties: so many, each of which cites only [`COURIER`]; the last one has three parties.
pub(crate) fn of_one_source(count: usize) -> MapParts {
    let mut parts = parts();
    let evidence = parts.ties[LENDS.index()].claim.evidence.iter().find(|piece| piece.source == COURIER).cloned();
    let tie = |index: usize| {
        let claim = Claim {
            key: format!("tie-{index}").as_str().into(),
            label: Some(format!("Deal {index}")),
            evidence: evidence.iter().cloned().map(|piece| Evidence { cited_in: None, ..piece }).collect(),
            ..Claim::default()
        };
        let party = |actor| Party { actor, role: None };
        let ends = if index + 1 == count {
            Ends::Parties(vec![party(ALDER), party(BIRCH), party(CEDAR)])
        } else {
            Ends::Pair { from: ActorId::from_index(index % 2), to: CEDAR }
        };
        Tie { kind: TieKindId::from_index(0), ends, is_directed: true, claim }
    };
    parts.ties = (0..count).map(tie).collect();
    parts.facts.clear();
    parts
}
