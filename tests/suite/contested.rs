//! Whether a claim is contested has one answer everywhere: ‡ on pills, legend, details, page, lists, hover, filters,
//! counts and notes, compared with a second implementation of the rule.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use tieline::analysis::coverage;
use tieline::document::{Document, Filter, Look, Shown};
use tieline::layout::NoProgress;
use tieline::load::load_map;
use tieline::model::{ClaimId, Item, Map};
use tieline::publish::{Edition, Format, PictureOptions};
use tieline::scene::{Legend, Part, Shape};
use tieline::text::Fonts;
use tieline::view::{Block, Details, Facet, Mark, build_details, build_facets, build_lists, tie_hover};
use tieline::wording::tie_sentence;

const STATUSES: [&str; 5] = ["", "asserted", "disputed", "superseded", "retracted"];
const STANCES: [&str; 4] = ["", "supports", "disputes", "mentions"];

/// A claim as in the file.
#[derive(Clone, Debug)]
struct Plain {
    status: &'static str,
    stance: &'static str,
    contradicts: Vec<usize>,
}

impl Plain {
    fn is_withdrawn(&self) -> bool {
        self.status == "superseded" || self.status == "retracted"
    }
}

/// Second implementation of the rule: contested by status, by evidence, or by another claim that is not withdrawn, in
/// either direction.
fn is_contested(claims: &[Plain], index: usize) -> bool {
    let own = &claims[index];
    let rival = |(other, claim): (usize, &Plain)| {
        let speaks = own.contradicts.contains(&other) || claim.contradicts.contains(&index);
        other != index && speaks && !claim.is_withdrawn()
    };
    own.status == "disputed" || own.stance == "disputes" || claims.iter().enumerate().any(rival)
}

/// Generates up to eight claims that contradict each other at random; the first are ties, the others facts.
fn claims() -> impl Strategy<Value = (Vec<Plain>, usize)> {
    let plain = (0..STATUSES.len(), 0..STANCES.len(), proptest::collection::vec(0_usize..12, 0..3));
    let plain = plain.prop_map(|(status, stance, contradicts)| Plain {
        status: STATUSES[status],
        stance: STANCES[stance],
        contradicts,
    });
    (proptest::collection::vec(plain, 1..8), 1_usize..6).prop_map(|(mut claims, ties)| {
        let count = claims.len();
        // Most claims contradict nothing, so that not everything is contested.
        for claim in &mut claims {
            claim.contradicts.retain(|&other| other < count);
        }
        (claims, ties.min(count))
    })
}

fn map_of(claims: &[Plain], ties: usize) -> Map {
    let mut text = String::from(
        r#"{"format": "tieline", "version": "1.0", "actors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "sources": [{"id": "s", "title": "S"}], "ties": ["#,
    );
    for (index, claim) in claims.iter().enumerate() {
        if index == ties {
            text.push_str("], \"facts\": [");
        }
        let ends = if index < ties {
            r#""kind": "deal", "from": "a", "to": "b""#.to_owned()
        } else {
            format!(r#""actor": "a", "text": "Fact {index}""#)
        };
        let _ = write!(text, r#"{{"id": "c{index}", {ends}"#);
        if !claim.status.is_empty() {
            let _ = write!(text, r#", "status": "{}""#, claim.status);
        }
        if !claim.stance.is_empty() {
            let _ = write!(text, r#", "evidence": [{{"source": "s", "stance": "{}"}}]"#, claim.stance);
        }
        let named: Vec<String> = claim.contradicts.iter().map(|other| format!("\"c{other}\"")).collect();
        let _ = write!(text, r#", "contradicts": [{}]}},"#, named.join(", "));
    }
    text.push_str("]}");
    load_map(text.as_bytes(), "generated").expect("opens").map
}

/// Returns whether the details of a record contain the mark.
fn details_say_so(details: &Details) -> bool {
    details.blocks.iter().any(|block| matches!(block, Block::Marks(marks) if marks.contains(&Mark::Disputed)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn all_answers_are_one((claims, ties) in claims()) {
        let map = Arc::new(map_of(&claims, ties));
        prop_assert_eq!((map.ties().len(), map.facts().len()), (ties, claims.len() - ties));
        let expected: Vec<bool> = (0..claims.len()).map(|index| is_contested(&claims, index)).collect();
        let ids: Vec<ClaimId> =
            map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact)).collect();
        let item = |id: ClaimId| match id { ClaimId::Tie(tie) => Item::Tie(tie), ClaimId::Fact(fact) => Item::Fact(fact) };

        // The window: details of every claim, list, hover, filters.
        let everything = Filter { hidden_statuses: [].into(), ..Filter::default() };
        let look = Look { filter: everything.clone(), ..Look::default() };
        let shown = Shown::new(&map, &look);
        let lists = build_lists(&map, &shown);
        for (id, &expected) in ids.iter().zip(&expected) {
            prop_assert_eq!(map.is_contested(*id), expected);
            prop_assert_eq!(details_say_so(&build_details(&map, &[item(*id)], &shown)), expected, "details of {:?}", id);
            if let ClaimId::Tie(tie) = id {
                prop_assert_eq!(lists.ties[tie.index()].marks.contains(&Mark::Disputed), expected);
                prop_assert_eq!(tie_hover(&map, *tie).to_lowercase().contains("disputed"), expected);
                // Withdrawn records are described as withdrawn instead.
                let is_said = tie_sentence(&map, *tie).contains("disputed");
                prop_assert_eq!(is_said, expected && !claims[tie.index()].is_withdrawn());
            }
        }
        let disputed_ties = expected[..ties].iter().filter(|is| **is).count();
        prop_assert_eq!(coverage(&map, map.tie_ids()).disputed, disputed_ties);
        let in_filter = (0..ties).filter(|&index| expected[index] && !claims[index].is_withdrawn()).count();
        let facets = build_facets(&map, &everything);
        let row = facets.statuses.iter().find(|row| matches!(row.facet, Facet::Status(status) if status.word() == "disputed"));
        prop_assert_eq!(row.map_or(0, |row| row.count), in_filter);
        if let Some(row) = row {
            let without = Look { filter: row.facet.switched(&everything), ..Look::default() };
            prop_assert_eq!(Shown::new(&map, &without).ties().count(), ties - in_filter);
        }

        // The picture: pills and legend, and the page and notes made with it.
        let document = Document::new(Arc::clone(&map), Arc::default()).with_look(Arc::new(look));
        let fonts = Fonts::new();
        let edition = Edition::prepare(&document, &fonts, PictureOptions::default(), &NoProgress).expect("not canceled");
        let sheet = edition.sheet(Format::Svg).first;
        let has_mark = |part: &dyn Fn(Part) -> bool| {
            let items = sheet.items.iter().filter(|item| part(item.part));
            items.flat_map(|item| &item.shapes).any(|shape| match shape {
                Shape::Text { text, .. } => text.lines.iter().any(|line| line.text.contains('‡')),
                _ => false,
            })
        };
        let input = tieline::derive::build_request(&document, &fonts, 1.0);
        for (tie, &expected) in map.tie_ids().zip(&expected) {
            prop_assert!(sheet.items.iter().any(|item| item.part == Part::Pill(tie)), "{:?} has a pill", tie);
            prop_assert_eq!(has_mark(&|part| part == Part::Pill(tie)), expected, "the pill of {:?}", tie);
        }
        prop_assert_eq!(Legend::of_plan(&map, &input.plan).has_disputed, disputed_ties > 0);
        prop_assert_eq!(has_mark(&|part| part == Part::Legend), disputed_ties > 0);
        prop_assert_eq!(edition.notes().matches("]‡\n").count() + edition.notes().matches("no source‡\n").count(), disputed_ties);
        let page = String::from_utf8(edition.write(Format::Html).expect("written")).expect("text");
        for (index, &expected) in expected.iter().enumerate() {
            prop_assert_eq!(page_says_so(&page, index, ties), expected, "the page on claim {}", index);
        }
    }
}

/// Returns whether the record of a claim on the page contains the mark.
fn page_says_so(page: &str, index: usize, ties: usize) -> bool {
    let anchor =
        if index < ties { format!("<article id=\"t{index}\"") } else { format!("<article id=\"f{}\"", index - ties) };
    let record = page.split_once(&anchor).map(|(_, rest)| rest).unwrap_or_default();
    let record = record.split("</article>").next().unwrap_or_default();
    let marks = record.split_once("class=\"marks\"").map(|(_, rest)| rest.split("</p>").next().unwrap_or_default());
    marks.is_some_and(|marks| marks.to_lowercase().contains("disputed"))
}
