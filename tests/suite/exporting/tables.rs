//! CSV and Kumu: names, ends, kinds, dates, figures, stages, tags, own fields and one source come back.

use std::collections::{BTreeMap, BTreeSet};

use tieline::document::Document;
use tieline::model::{Actor, Amount, Ends, Evidence, Map, OwnValue, Source, Stance, Tie};

use super::{all_maps, document, export, exported, imported};

fn pair(document: &Document) -> Vec<(&'static str, Vec<u8>)> {
    let files = export(document, "csv");
    assert_eq!(files.iter().map(|file| file.suffix).collect::<Vec<_>>(), ["-actors", "-ties"]);
    ["map-actors.csv", "map-ties.csv"].into_iter().zip(files.into_iter().map(|file| file.bytes)).collect()
}

/// Returns a text as tables keep it: visible, on one line, without blanks around.
fn line(text: &str) -> String {
    tieline::hidden_characters::visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a date that tables know: a year, month or day, perhaps marked as uncertain, or "..".
fn plain_date(date: Option<&tieline::model::Date>) -> Option<&str> {
    let is_plain = |text: &str| {
        let pattern = regex::Regex::new(r"^(\d{4}(-(0\d|1[0-2])(-\d\d)?)?[~?]?|\.\.)$").expect("sound");
        pattern.is_match(text)
    };
    date.map(tieline::model::Date::text).filter(|text| is_plain(text))
}

fn list(texts: &[String]) -> BTreeSet<String> {
    texts.iter().map(|text| line(&text.replace('|', "/"))).filter(|text| !text.is_empty()).collect()
}

/// Returns the fields of a record's own by name, as text.
fn own(fields: &tieline::model::OwnFields) -> BTreeMap<String, String> {
    fn text(value: &OwnValue) -> Option<String> {
        Some(match value {
            OwnValue::Text(text) => line(text),
            OwnValue::Number(number) => number.text().to_owned(),
            OwnValue::Flag(flag) => flag.to_string(),
            OwnValue::List(list) => list.iter().filter_map(text).collect::<Vec<_>>().join(" | "),
            OwnValue::Other(_) => return None,
        })
    }
    let meant = fields.iter().filter(|field| field.heading().is_some_and(|heading| !heading.trim().is_empty()));
    let fields = meant.filter_map(|field| Some((field.name.to_string(), text(&field.value)?)));
    fields.filter(|(_, text)| !text.is_empty()).collect()
}

fn figure(amount: Option<&Amount>) -> Option<String> {
    let amount = amount.filter(|amount| amount.lower.or(amount.upper).is_some())?;
    let bound = |bound: Option<tieline::model::Bound>| {
        bound.map(|bound| format!("{}{}", bound.value.normalize(), if bound.is_inclusive { "" } else { "!" }))
    };
    Some(format!(
        "{:?} {:?} {:?} {:?} {}",
        bound(amount.lower),
        bound(amount.upper),
        amount.currency,
        amount.unit,
        amount.is_approximate
    ))
}

/// Returns the name of a source in a table.
fn name_of(source: &Source) -> Option<&String> {
    source.url.as_ref().or(source.title.as_ref())
}

/// Returns the names that several sources have; in a table, these are one.
fn shared_names(map: &Map) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    map.sources().values().filter_map(name_of).filter(|name| !known.insert(*name)).cloned().collect()
}

fn source(
    map: &Map,
    claim: &tieline::model::Claim,
    shared: &BTreeSet<String>,
) -> Option<BTreeMap<&'static str, String>> {
    let supports = |piece: &&Evidence| piece.stance.is(&Stance::Supports);
    let piece = claim.evidence.iter().find(supports).or(claim.evidence.first())?;
    let Source { title, url, publisher, published, accessed, .. } = map.source(piece.source);
    let texts = [
        ("title", title.clone()),
        ("url", url.clone()),
        ("publisher", publisher.clone()),
        ("published", plain_date(published.as_ref()).map(str::to_owned)),
        ("accessed", plain_date(accessed.as_ref()).map(str::to_owned)),
        ("quote", piece.quote.as_ref().map(|quote| quote.exact.clone())),
    ];
    // Without a title or an address, there is no source in a table.
    title.as_ref().or(url.as_ref())?;
    let is_shared = name_of(map.source(piece.source)).is_some_and(|name| shared.contains(name));
    let texts = texts.into_iter().filter(|(name, _)| !is_shared || matches!(*name, "url" | "quote"));
    Some(texts.filter_map(|(name, text)| Some((name, line(&text?)))).collect())
}

fn actor_facts(map: &Map, actor: &Actor) -> String {
    let kind = actor.kind.map(|kind| map.actor_kinds()[kind].label.trim().to_lowercase());
    format!(
        "{} {kind:?} {:?} {:?} {:?} {:?}",
        line(&actor.name),
        list(&actor.aliases),
        list(&actor.metadata.tags),
        actor.metadata.weight.map(|weight| weight.normalize()),
        actor.url.as_ref().filter(|url| tieline::wording::is_openable(url)),
    )
}

/// Returns words of closed lists without their case: "Disputed" is the word that tables know.
fn folded_words(words: &str) -> String {
    words.replace("Known(", "").replace("Other(", "").replace(['"', ')'], "").to_lowercase()
}

/// The index of the figures among the facts of a tie.
const FIGURES: usize = 3;

fn tie_facts(map: &Map, tie: &Tie, shared: &BTreeSet<String>) -> Vec<String> {
    let claim = &tie.claim;
    let Ends::Pair { from, to } = tie.ends else { return Vec::new() };
    let key = |id| map.actor(id).key.to_string();
    // "4 of 7 seats" has a unit with a number, which a table reads as words.
    let has_plain_unit =
        |amount: &&Amount| !amount.unit.as_deref().is_some_and(|unit| unit.contains(|c: char| c.is_ascii_digit()));
    let quantity = claim.quantity.as_deref().filter(has_plain_unit);
    // A share has no currency, though a file may give it one.
    let share = claim.share.as_deref().map(|share| Amount { currency: None, ..share.clone() });
    let figures = [claim.amount.as_deref(), share.as_ref(), quantity].map(figure);
    vec![
        format!("{} → {} {}", key(from), key(to), tie.is_directed),
        map.tie_kinds()[tie.kind].label.trim().to_lowercase(),
        format!("{:?}", claim.label.as_deref().map(line)),
        format!("{figures:?}"),
        folded_words(&format!("{:?} {:?} {:?}", claim.stage, claim.status, claim.confidence)),
        format!("{:?} {:?}", list(&claim.metadata.tags), claim.metadata.weight.map(|weight| weight.normalize())),
        format!("{:?}", source(map, claim, shared)),
    ]
}

/// Asserts that dates came back which tables know.
fn check_dates<const N: usize>(
    name: &str,
    before: [&Option<tieline::model::Date>; N],
    after: [&Option<tieline::model::Date>; N],
) {
    for (before, after) in before.into_iter().zip(after) {
        if let Some(plain) = plain_date(before.as_ref()) {
            assert_eq!(after.as_ref().map(tieline::model::Date::text), Some(plain), "{name}");
        }
    }
}

/// Asserts that the fields of a record's own came back, beside those that the table made.
fn check_own(name: &str, before: &tieline::model::OwnFields, after: &tieline::model::OwnFields) {
    let after = own(after);
    for (field, text) in own(before) {
        assert_eq!(after.get(&field).map(|text| line(text)), Some(line(&text)), "{name}: {field}");
    }
}

/// Asserts that the tables of a map come back.
fn check_pair(name: &str, document: &Document) {
    let map = &document.map;
    let shared = shared_names(map);
    let (back, report) = imported(pair(document));
    assert!(report.guesses.is_empty(), "{name}: headings are known: {:?}", report.guesses);
    assert_eq!(report.rows.skipped, 0, "{name}: {:?}", report.problems);
    for actor in map.actors().values() {
        let Some(tieline::model::Item::Actor(id)) = back.find(&actor.key) else {
            panic!("{name}: {} is gone: {:?}", actor.key, report.problems)
        };
        let after = back.actor(id);
        assert_eq!(actor_facts(map, actor), actor_facts(&back, after), "{name}");
        check_dates(name, [&actor.start, &actor.end], [&after.start, &after.end]);
        check_own(name, &actor.metadata.own, &back.actor(id).metadata.own);
    }
    for tie in map.ties().values().filter(|tie| matches!(tie.ends, Ends::Pair { .. })) {
        let Some(tieline::model::Item::Tie(id)) = back.find(&tie.claim.key) else {
            panic!("{name}: {} is gone: {:?}", tie.claim.key, report.problems)
        };
        let (mut before, mut after) = (tie_facts(map, tie, &shared), tie_facts(&back, back.tie(id), &shared));
        // Words alone may be read as a figure, and "$" as US dollars.
        let is_unusual = |figure: &Amount| {
            let has_code = figure.currency.as_deref().is_none_or(|code| code.len() == 3);
            figure.lower.or(figure.upper).is_none() || !has_code
        };
        let figures = [&tie.claim.amount, &tie.claim.share, &tie.claim.quantity];
        if figures.into_iter().flatten().any(|figure| is_unusual(figure)) {
            (before[FIGURES], after[FIGURES]) = (String::new(), String::new());
        }
        assert_eq!(before, after, "{name}: {}", tie.claim.key);
        let (before, after) = (&tie.claim, &back.tie(id).claim);
        let place = format!("{name}: {}", before.key);
        check_dates(&place, [&before.start, &before.end, &before.date], [&after.start, &after.end, &after.date]);
        check_own(name, &tie.claim.metadata.own, &back.tie(id).claim.metadata.own);
    }
}

#[test]
fn a_pair_of_tables_comes_back() {
    let failed = all_maps().into_iter().filter(|(name, document)| {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check_pair(name, document))).is_err()
    });
    let failed: Vec<String> = failed.map(|(name, _)| name).collect();
    assert!(failed.is_empty(), "{failed:?}; the messages are above");
}

#[test]
fn bounds_and_words_of_figures_come_back() {
    let figures = [
        r#"{ "exact": "1.234", "currency": "EUR" }"#,
        r#"{ "exact": "-250", "currency": "USD" }"#,
        r#"{ "exact": 1000000, "currency": "JPY", "approx": true }"#,
        r#"{ "exclusiveMinimum": 13000000000, "currency": "USD", "text": "more than $13 billion" }"#,
        r#"{ "minimum": 5, "currency": "CHF" }"#,
        r#"{ "maximum": "7.5", "currency": "GBP" }"#,
        r#"{ "exclusiveMaximum": 7, "currency": "GBP" }"#,
        r#"{ "minimum": 5, "maximum": 8, "currency": "EUR" }"#,
        r#"{ "exclusiveMinimum": 5, "maximum": 8, "currency": "EUR" }"#,
        r#"{ "exact": 3 }"#,
    ];
    let words = regex::Regex::new(r#", "(currency|text)": "[^"]*""#).expect("sound");
    let currency = regex::Regex::new(r#""currency": "[^"]*""#).expect("sound");
    for figure in figures {
        for (field, figure) in [
            ("amount", figure.to_owned()),
            ("share", words.replace_all(figure, "").into_owned()),
            ("quantity", currency.replace_all(figure, r#""unit": "GW""#).into_owned()),
        ] {
            if field == "share"
                && (figure.contains("1000000") || figure.contains("13000000000") || figure.contains("-250"))
            {
                continue;
            }
            let json = format!(
                r#"{{ "format": "tieline", "version": "1.0", "actors": [{{ "id": "ann", "name": "Ann" }}, {{ "id": "ben", "name": "Ben" }}],
                "ties": [{{ "id": "tie-1", "kind": "loan", "from": "ann", "to": "ben", "{field}": {figure} }}] }}"#
            );
            let document = document(&json);
            let (back, report) = imported(pair(&document));
            let facts =
                |map: &Map| map.ties().values().map(|tie| tie_facts(map, tie, &BTreeSet::new())).collect::<Vec<_>>();
            let table = String::from_utf8(pair(&document).remove(1).1).expect("UTF-8");
            assert_eq!(facts(&document.map), facts(&back), "{field} {figure}:\n{table}\n{:?}", report.problems);
        }
    }
}

#[test]
fn ties_of_several_parties_are_ties_of_the_first() {
    let document = document(
        r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }, { "id": "c", "name": "C" }],
        "ties": [{ "id": "t", "kind": "pact", "parties": [{ "actor": "a", "role": "lead" }, { "actor": "b" }, { "actor": "c" }] }] }"#,
    );
    let (back, _) = imported(pair(&document));
    let ties: Vec<String> =
        back.ties().values().map(|tie| tie_facts(&back, tie, &BTreeSet::new())[0].clone()).collect();
    assert_eq!(ties, ["a → b false", "a → c false"]);
}

#[test]
fn kumu_knows_actors_by_name_or_by_id() {
    let json = |second: &str| {
        format!(
            r#"{{ "format": "tieline", "version": "1.1", "actors": [{{ "id": "a1", "name": "Ann", "tags": ["x", "y"] }}, {{ "id": "b1", "name": "{second}" }}],
            "ties": [{{ "id": "t1", "kind": "loan", "from": "a1", "to": "b1", "weight": "2.5" }}] }}"#
        )
    };
    for (second, end) in [("Ben", "Ben"), ("ann", "b1")] {
        let bytes = exported(&document(&json(second)), "kumu");
        let parts = crate::slides::package::entries(&bytes);
        let texts = parts.iter().find(|part| part.name == "xl/sharedStrings.xml").expect("texts");
        let texts = String::from_utf8_lossy(&texts.content).into_owned();
        for word in ["Label", "Type", "Tags", "x|y", "From", "To", "Direction", "directed", "Strength", end] {
            assert!(texts.contains(&format!(">{word}<")), "{word}: {texts}");
        }
        assert_eq!(texts.contains(">a1<"), second == "ann", "ids of actors only where they are needed: {texts}");
        let (back, report) = imported(vec![("map.xlsx", bytes)]);
        assert_eq!((back.actors().len(), back.ties().len()), (2, 1), "{:?}", report.problems);
        let tie = back.ties().values().next().expect("a tie");
        assert_eq!(tie.claim.metadata.weight.map(|weight| weight.to_string()).as_deref(), Some("2.5"));
    }
}
