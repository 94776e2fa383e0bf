//! Time to load a large map, compared to `serde_json` alone on the same records, and to save it; and to load 2 MB of
//! nothing but syntax errors, for which promise 5 allows at most 2 s.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use emath::pos2;
use mimalloc::MiMalloc;
use tieline::load::{Origin, count_parsed, count_records, load_map};
use tieline::model::View;
use tieline::save::{MapContent, save_text};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const ACTORS: usize = 100_000;
const TIES: usize = 300_000;
const SOURCES: usize = 2_000;

/// Generates a realistic map, only larger: kinds, amounts, dates and evidence.
fn large_map() -> String {
    let mut text = String::from("{\n\"format\": \"tieline\", \"version\": \"1.0\",\n\"actors\": [\n");
    for index in 0..ACTORS {
        let comma = if index + 1 < ACTORS { "," } else { "" };
        let _ =
            writeln!(text, r#"{{"id": "actor-{index}", "kind": "company", "name": "Company number {index}"}}{comma}"#);
    }
    text.push_str("],\n\"sources\": [\n");
    for index in 0..SOURCES {
        let comma = if index + 1 < SOURCES { "," } else { "" };
        let url = format!("https://example.org/reports/{index}");
        let _ = writeln!(
            text,
            r#"{{"id": "source-{index}", "kind": "news", "title": "Report {index}", "url": "{url}"}}{comma}"#
        );
    }
    text.push_str("],\n\"ties\": [\n");
    // A multiplier coprime to the number of actors spreads the ends without randomness.
    for index in 0..TIES {
        let comma = if index + 1 < TIES { "," } else { "" };
        let (from, to) = (index % ACTORS, (index * 7_919 + 13) % ACTORS);
        let _ = writeln!(
            text,
            r#"{{"id": "tie-{index}", "kind": "investment", "from": "actor-{from}", "to": "actor-{to}", "startDate": "20{:02}", "stage": "active", "amount": {{"exact": {}, "currency": "USD"}}, "evidence": [{{"source": "source-{}", "locator": "page {}"}}]}}{comma}"#,
            index % 26,
            1000 + index,
            index % SOURCES,
            index % 90 + 1
        );
    }
    text.push_str("]\n}\n");
    text
}

fn bench_load(criterion: &mut Criterion) {
    let text = large_map();
    let commented = text.replace("9\"}]},\n", "9\",}],}, // one in ten has a remark\n");
    let mut group = criterion.benchmark_group("100,000 actors and 300,000 ties");
    group.sample_size(10).warm_up_time(Duration::from_secs(2)).measurement_time(Duration::from_secs(15));
    group.bench_function("serde_json into the records", |bencher| {
        bencher.iter(|| count_records(black_box(text.as_bytes())).expect("strict JSON"));
    });
    group.bench_function("parsing a map without comments", |bencher| {
        bencher.iter(|| count_parsed(black_box(text.as_bytes())).expect("sound"));
    });
    group.bench_function("parsing a map with comments", |bencher| {
        bencher.iter(|| count_parsed(black_box(commented.as_bytes())).expect("sound"));
    });
    group.bench_function("opening the map, all checks and indices included", |bencher| {
        bencher.iter_with_large_drop(|| load_map(black_box(commented.as_bytes()), "large").expect("opens"));
    });
    group.finish();
}

fn bench_save(criterion: &mut Criterion) {
    let text = large_map();
    let map = load_map(text.as_bytes(), "large").expect("opens").map;
    let origin = Origin::without_file(text.as_bytes().into());
    let positions = map.actor_ids().enumerate().map(|(index, id)| (id, pos2(index as f32, 0.5))).collect();
    let view = View { positions, ..View::default() };
    let nothing = View::default();
    let [before, now] = [&nothing, &view].map(|view| MapContent { map: &map, view });
    let mut group = criterion.benchmark_group("saving 100,000 actors and 300,000 ties");
    group.sample_size(10).warm_up_time(Duration::from_secs(2)).measurement_time(Duration::from_secs(15));
    group.bench_function("the text with a place for each actor, checked", |bencher| {
        bencher.iter_with_large_drop(|| save_text(black_box(&origin), before, now).expect("the same map"));
    });
    group.finish();
}

/// Texts that were slow to recover from, each repeated over 2 MB as the value of an unknown field.
const BROKEN: [&str; 4] = ["\"\\ud800\",", "{\"actors\":[", "a\n", "/*"];

fn bench_broken(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("2 MB of broken places");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    for unit in BROKEN {
        let noise = unit.repeat(2_000_000 / unit.len());
        let text = format!(
            r#"{{"format": "tieline", "version": "1.0", "actors": [{{"id": "a", "name": "A", "x": {noise}}}]}}"#
        );
        group.bench_function(unit.escape_debug().to_string(), |bencher| {
            bencher.iter_with_large_drop(|| load_map(black_box(text.as_bytes()), "broken").ok());
        });
    }
    group.finish();
}

criterion_group!(benches, bench_load, bench_save, bench_broken);
criterion_main!(benches);
