//! Invented networks of boards: areas of uneven size, hubs, and ties between areas.

use std::fmt::Write as _;
use std::sync::Arc;

use tieline::document::Document;
use tieline::load::load_map;

const GIVEN: [&str; 12] =
    ["Rita", "Paul", "Sara", "Jonas", "Hugo", "Vera", "Dora", "Leo", "Mira", "Alma", "Tomas", "Nora"];
const FAMILY: [&str; 14] = [
    "Kestrel", "Jansky", "Okafor", "Quayle", "Larkin", "Moreau", "Bellamy", "Vasari", "Engel", "Novak", "Mercer",
    "Reyes", "Silva", "Thorne",
];
const FIRMS: [&str; 12] = [
    "Corvane", "Lumen", "Redfern", "Albion", "Yarrow", "Vantage", "Highmoor", "Harrow", "Astel", "Nimbus", "Oakline",
    "Umbra",
];
const TRADES: [&str; 11] =
    ["Power", "Dredging", "Trust", "Grid", "Estates", "Media", "Pharma", "Rail", "Minerals", "Grain", "Works"];

const ACTOR_KINDS: [&str; 3] = ["Company", "Person", "Fund"];
const TIE_KINDS: [&str; 4] = ["Position", "Ownership", "Loan", "Contract"];

/// A generator of random numbers (Knuth's MMIX).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % count.max(1)
    }
}

/// Returns pairs of actors with ties: a preferential tree in each area, further ties within, and `percent` of all
/// between areas.
pub(crate) fn board_ties(count: usize, areas: usize, percent: usize) -> Vec<(usize, usize)> {
    let mut random = Random(count as u64 + 7);
    let weights: Vec<f64> = (0..areas).map(|area| 1.0 / (area as f64 + 2.0).powf(0.7)).collect();
    let all: f64 = weights.iter().sum();
    let mut bounds = vec![0];
    for weight in &weights {
        bounds.push((bounds[bounds.len() - 1] + (count as f64 * weight / all).floor() as usize).min(count));
    }
    bounds[areas] = count;
    let mut ties = Vec::new();
    let mut pools: Vec<Vec<usize>> = Vec::new();
    for pair in bounds.windows(2) {
        let mut pool = vec![pair[0]; 8];
        for actor in pair[0] + 1..pair[1] {
            let other = pool[random.below(pool.len())];
            ties.push((actor, other));
            pool.extend([actor, other, other]);
        }
        pools.push(pool);
    }
    let want = count * 39 / 20;
    while ties.len() < want * (100 - percent) / 100 {
        let pool = &pools[random.below(areas)];
        ties.push((pool[random.below(pool.len())], pool[random.below(pool.len())]));
    }
    while ties.len() < want {
        let (a, b) = (random.below(areas), random.below(areas));
        if a != b {
            ties.push((pools[a][random.below(pools[a].len())], pools[b][random.below(pools[b].len())]));
        }
    }
    ties.retain(|(a, b)| a != b);
    ties
}

pub(crate) fn name(index: usize) -> String {
    let mut random = Random(index as u64 * 77 + 5);
    if random.below(3) == 0 {
        format!("{} {} {index:05}", GIVEN[random.below(GIVEN.len())], FAMILY[random.below(FAMILY.len())])
    } else {
        format!("{} {} {index:05}", FIRMS[random.below(FIRMS.len())], TRADES[random.below(TRADES.len())])
    }
}

/// Returns a map of so many actors with these ties; `views` is the text of the field.
pub(super) fn document(count: usize, ties: &[(usize, usize)], views: &str) -> Document {
    let text = text(count, ties, views);
    Document::new(Arc::new(load_map(text.as_bytes(), "boards").expect("a map").map), Arc::default())
}

/// Returns the text of [`document`].
pub(crate) fn text(count: usize, ties: &[(usize, usize)], views: &str) -> String {
    let mut text = String::from("{ \"format\": \"tieline\", \"version\": \"1.0\", \"map\": { \"title\": \"Boards\" },");
    let kinds = |words: &[&str]| {
        words.iter().fold(String::new(), |all, word| all + &format!(r#""{word}": {{ "label": "{word}" }},"#))
    };
    let (actor_kinds, tie_kinds) = (kinds(&ACTOR_KINDS), kinds(&TIE_KINDS));
    let _ = write!(text, r#""kinds": {{ "actor": {{ {actor_kinds} }}, "tie": {{ {tie_kinds} }} }},"#);
    text.push_str(r#""sources": [{ "id": "s0", "title": "The gazette" }, { "id": "s1", "title": "The register" }],"#);
    text.push_str("\"actors\": [");
    for index in 0..count {
        let kind = ACTOR_KINDS[index % 3];
        let _ = write!(text, r#"{{ "id": "a{index}", "kind": "{kind}", "name": "{}" }},"#, name(index));
    }
    text.push_str("], \"ties\": [");
    for (index, (from, to)) in ties.iter().enumerate() {
        let kind = TIE_KINDS[index % 4];
        let evidence = format!(r#""evidence": [{{ "source": "s{}" }}]"#, index % 2);
        let _ =
            write!(text, r#"{{ "id": "t{index}", "kind": "{kind}", "from": "a{from}", "to": "a{to}", {evidence} }},"#);
    }
    let _ = write!(text, "], \"views\": [{views}] }}");
    text
}

pub(super) fn board(count: usize, areas: usize, percent: usize) -> Document {
    document(count, &board_ties(count, areas, percent), "")
}
