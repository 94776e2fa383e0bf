//! Generates the file text of a large map in which all actors have positions.

use std::fmt::Write as _;

/// Ties have kinds, amounts and one source each; nine of ten lead to a neighbor on the grid of actors.
pub fn map(actors: usize, ties: usize) -> String {
    let side = actors.isqrt() + 1;
    let mut state = 5_u64;
    let mut random = move |below: usize| {
        // Knuth's MMIX multiplier; the high bits are good enough to spread ties.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut text = String::from(
        "{ \"format\": \"tieline\", \"version\": \"1.0\", \"map\": { \"title\": \"Large\" }, \"actors\": [\n",
    );
    for index in 0..actors {
        let kind = ["company", "person", "fund", "bank", "agency"][index % 5];
        let _ = writeln!(text, r#"{{ "id": "actor-{index}", "kind": "{kind}", "name": "Company number {index}" }},"#);
    }
    text.push_str("], \"sources\": [\n");
    for index in 0..SOURCES {
        let url = format!("https://example.org/reports/{index}");
        let _ = writeln!(
            text,
            r#"{{ "id": "source-{index}", "kind": "news", "title": "Report {index}", "url": "{url}" }},"#
        );
    }
    text.push_str("], \"ties\": [\n");
    for index in 0..ties {
        let from = index % actors;
        let to = loop {
            let near = (from + random(9) + random(9) * side).checked_sub(4 + 4 * side);
            let to = if index % 10 == 0 { Some(random(actors)) } else { near };
            if let Some(to) = to.filter(|&to| to < actors && to != from) {
                break to;
            }
        };
        let kind = ["investment", "loan", "contract", "ownership"][index % 4];
        let _ = writeln!(
            text,
            r#"{{ "id": "tie-{index}", "kind": "{kind}", "from": "actor-{from}", "to": "actor-{to}", "startDate": "20{:02}", "stage": "active", "amount": {{ "exact": {}, "currency": "USD" }}, "evidence": [{{ "source": "source-{}", "locator": "page {}" }}] }},"#,
            index % 26,
            1000 + index,
            index % SOURCES,
            index % 90 + 1
        );
    }
    text.push_str("], \"views\": [{ \"id\": \"main\", \"positions\": {\n");
    for index in 0..actors {
        let _ = writeln!(text, r#""actor-{index}": [{}, {}],"#, index % side * 420, index / side * 260);
    }
    text + "} }] }\n"
}

const SOURCES: usize = 2_000;
