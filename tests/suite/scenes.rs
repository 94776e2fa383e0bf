//! Golden files for small maps in `tests/data/scenes`: the shapes of the scene, the page as SVG in light and dark, the
//! legend, and the details of everything selectable.
//!
//! Every card of these maps has a position, so that the result doesn't depend on a layout.

use std::fmt::Write as _;
use std::sync::Arc;

use emath::{Pos2, Rect};
use tieline::derive::{self, Composed, LANDSCAPE};
use tieline::document::Document;
use tieline::export::svg::TextMode;
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled, load_file};
use tieline::model::{Item, Map};
use tieline::publish::{Edition, Format, PictureOptions, Tone};
use tieline::scene::{Legend, Part, SceneItem, Shape, Theme};
use tieline::text::{Face, Fonts};
use tieline::view::{Block, Details, build_details};

use crate::golden::{self, data, difference};
use crate::pictures::check_harmless;
use crate::placing::placed;

const ENDING: &str = ".tieline.jsonc";

/// Loads the maps of the folder, with their names.
fn documents() -> Vec<(String, Document)> {
    let names = golden::names("scenes", ENDING);
    assert!(names.len() >= 2, "{names:?}");
    let open = |name: String| {
        let (loaded, origin) = load_file(&data(&format!("scenes/{name}{ENDING}"))).expect("opens");
        (name, Document::new(Arc::new(loaded.map), Arc::new(origin)))
    };
    names.into_iter().map(open).collect()
}

fn picture_of(document: &Document) -> Composed {
    derive::compose(document, &Fonts::new(), &Theme::light(), LANDSCAPE, &NoProgress).expect("not canceled")
}

/// Describes the part that an item shows, by the file's keys.
fn name_of(map: &Map, part: Part) -> String {
    let tie = |id| map.tie(id).claim.key.to_string();
    match part {
        Part::Lane(id) => format!("lane {}", tie(id)),
        Part::Card(id) => format!("card {}", map.actor(id).key),
        Part::Pill(id) => format!("label {}", tie(id)),
        Part::Ribbon(id) => format!("ribbon {}", tie(id)),
        Part::RibbonPill(id) => format!("label of the ribbon {}", tie(id)),
        Part::Role(id, index) => format!("role {} {index}", tie(id)),
        Part::Note(id) => format!("note {}", id.0),
        Part::Heading(index) => format!("heading {index}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// Rounds to tenths, and turns -0 into 0.
fn rounded(value: f32) -> f32 {
    (value * 10.0).round() / 10.0 + 0.0
}

fn at(pos: Pos2) -> String {
    format!("{} {}", rounded(pos.x), rounded(pos.y))
}

fn rect_words(rect: Rect) -> String {
    format!("{} to {}", at(rect.min), at(rect.max))
}

fn shape_words(shape: &Shape) -> String {
    match shape {
        Shape::Rect { rect, .. } => format!("rect {}", rect_words(*rect)),
        Shape::Curve { pieces, stroke } => {
            let ends: Vec<String> = pieces.iter().map(|piece| at(piece[3])).collect();
            let dashes = if stroke.dashes.is_empty() { "" } else { ", dashed" };
            format!("curve {} to {}, {} wide{dashes}", at(pieces[0][0]), ends.join(" to "), rounded(stroke.width))
        }
        Shape::Polygon { points, .. } => format!("polygon of {} {}", points.len(), rect_words(shape.bounds())),
        Shape::Region { .. } | Shape::Segments { .. } | Shape::Dots { .. } | Shape::Halo { .. } => {
            panic!("a small map has cards and lanes")
        }
        Shape::Text { text, .. } if text.style.face == Face::Icon => format!("icon {}", rect_words(shape.bounds())),
        Shape::Text { text, .. } => {
            let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
            format!("text {} “{}”", rect_words(shape.bounds()), lines.join(" / "))
        }
    }
}

fn scene_words(map: &Map, items: &[Arc<SceneItem>]) -> String {
    let mut out = String::new();
    for item in items {
        let scale = if item.min_scale > 0.0 { format!(" from {} on", item.min_scale) } else { String::new() };
        let _ = writeln!(out, "{}{scale}", name_of(map, item.part));
        for shape in &item.shapes {
            let _ = writeln!(out, "  {}", shape_words(shape));
        }
    }
    out
}

fn legend_words(map: &Map, legend: &Legend) -> String {
    let Legend {
        tie_kinds,
        actor_kinds,
        lines,
        has_ribbon,
        has_disputed,
        has_uncertain,
        has_unsourced,
        own_color,
        has_unseen,
        widths,
        common_source,
        overview,
    } = legend;
    assert_eq!(*overview, None, "only pages of large maps have its signs");
    let mut out = String::new();
    for kind in tie_kinds {
        let _ = writeln!(out, "tie: {}", map.tie_kinds()[*kind].label);
    }
    for kind in actor_kinds {
        let _ = writeln!(out, "actor: {}", map.actor_kinds()[*kind].label);
    }
    for (style, stages) in lines {
        let stages: Vec<&str> = stages.iter().map(|stage| stage.word()).collect();
        let _ = writeln!(out, "line: {style:?} {}", stages.join(", "));
    }
    let signs = [
        (has_ribbon, "ribbon"),
        (has_disputed, "disputed"),
        (has_uncertain, "uncertain"),
        (has_unsourced, "no source"),
        (&own_color.is_some(), "color of its own"),
        (has_unseen, "neighbors not shown"),
    ];
    for (has, sign) in signs {
        if *has {
            let _ = writeln!(out, "sign: {sign}");
        }
    }
    if let Some(widths) = widths {
        let others = [(widths.has_unknown, ", unknown ones"), (widths.has_other_currency, ", other currencies")];
        let others: String = others.into_iter().filter(|(has, _)| *has).map(|(_, words)| words).collect();
        let _ = writeln!(out, "widths: {}{others}", widths.currency);
        for (amount, width) in &widths.steps {
            let _ = writeln!(out, "  {amount}: {}", rounded(*width));
        }
    }
    if let Some(source) = common_source {
        let _ = writeln!(out, "all ties: {}", tieline::wording::source_name(map, *source));
    }
    out
}

fn block_words(block: &Block) -> String {
    match block {
        Block::Heading(heading, note) => format!("\n## {heading} {note}").trim_end().to_owned(),
        Block::Text(text) => text.clone(),
        Block::Marks(marks) => format!("! {}", marks.iter().map(|mark| mark.text()).collect::<Vec<_>>().join(", ")),
        Block::Row(row) | Block::Private(row) => {
            let beneath = row.detail.as_deref().map(|detail| format!(" / {detail}")).unwrap_or_default();
            format!("{}: {}{}{beneath}", row.label, row.value, if row.link.is_some() { " >" } else { "" })
        }
        Block::Cited(sentence) => format!("~ {}", sentence.cited()),
        Block::Line(line) => {
            let marks: Vec<&str> = line.marks.iter().flat_map(|mark| [" !", mark.text()]).collect();
            format!("- {} | {}{}", line.text, line.note, marks.concat())
        }
        Block::Evidence(evidence) => {
            let quotes = evidence.quotes.iter().map(|quote| format!("\n  “{}” ({})", quote.exact, quote.source_name));
            let read_in = evidence.read_in.iter().map(|read| format!("\n  read in {}", read.reference));
            let more: String = quotes.chain(read_in).collect();
            format!("* {}: {}\n  {}{more}", evidence.attribution, evidence.stance_text, evidence.source.reference)
        }
    }
}

fn details_words(document: &Document, selection: &[Item]) -> String {
    let map = &document.map;
    let details = build_details(map, selection, &document.shown());
    let Details { title, subtitle, figure, exact_figure, blocks, answer, .. } = details;
    let keys: Vec<&str> = selection.iter().map(|item| &**map.key(*item)).collect();
    let head = [format!("=== {}", keys.join(", ")), title, subtitle];
    let exact = exact_figure.map(|exact| format!(" / {exact}")).unwrap_or_default();
    let figure = figure.map(|figure| format!("= {figure}{exact}"));
    let answer = answer.map(|answer| format!("\nto be copied: {answer}"));
    head.into_iter()
        .chain(figure)
        .chain(blocks.iter().map(block_words))
        .chain(answer)
        .fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// Returns the details of an empty selection, of each record, and of the first two actors, alone and with the first
/// tie.
fn all_details(document: &Document) -> String {
    let map = &document.map;
    let claims = map.tie_ids().map(Item::Tie).chain(map.fact_ids().map(Item::Fact));
    let records = map.actor_ids().map(Item::Actor).chain(claims).chain(map.source_ids().map(Item::Source));
    let two: Vec<Item> = map.actor_ids().map(Item::Actor).take(2).collect();
    let three = two.iter().copied().chain(map.tie_ids().map(Item::Tie).take(1)).collect();
    let selections = std::iter::once(Vec::new()).chain(records.map(|item| vec![item])).chain([two, three]);
    selections.map(|selection| details_words(document, &selection)).collect::<Vec<_>>().join("\n")
}

/// Returns the page as SVG, one line per element.
fn svg_of(document: &Document, tone: Tone) -> String {
    let fonts = Fonts::new();
    let options = PictureOptions { text: TextMode::Fonts, tone, ..PictureOptions::default() };
    let edition = Edition::prepare(document, &fonts, options, &NoProgress).expect("not canceled");
    let svg = String::from_utf8(edition.write(Format::Svg).expect("written")).expect("UTF-8");
    check_harmless(&svg);
    svg.replace("><", ">\n<")
}

#[test]
fn small_maps_are_drawn_as_written_down() {
    let mut wrong = Vec::new();
    for (name, document) in documents() {
        let Composed { scene, input, .. } = picture_of(&document);
        wrong.extend(difference(&format!("scenes/{name}.scene.txt"), &scene_words(&document.map, &scene.items)));
        let legend = Legend::of_plan(&document.map, &input.plan);
        wrong.extend(difference(&format!("scenes/{name}.legend.txt"), &legend_words(&document.map, &legend)));
    }
    golden::assert_none(wrong);
}

#[test]
fn pages_of_small_maps_are_as_written_down() {
    let mut wrong = Vec::new();
    for (name, document) in documents() {
        for (tone, word) in [(Tone::Light, "light"), (Tone::Dark, "dark")] {
            wrong.extend(difference(&format!("scenes/{name}.{word}.svg"), &svg_of(&document, tone)));
        }
    }
    golden::assert_none(wrong);
}

#[test]
fn details_of_small_maps_are_as_written_down() {
    let details = |(name, document): &(String, Document)| {
        difference(&format!("scenes/{name}.details.txt"), &all_details(document))
    };
    golden::assert_none(documents().iter().filter_map(details));
}

/// Compares each text of the sample, in drawing order.
#[test]
fn the_sample_reads_as_written_down() {
    let document = placed(load_bundled(BUNDLED[0]).expect("a bundled map").0.map);
    let lines = |shape: &Shape| match shape {
        Shape::Text { text, .. } if text.style.face != Face::Icon => {
            text.lines.iter().map(|line| line.text.clone()).collect()
        }
        _ => Vec::new(),
    };
    let words = |item: &Arc<SceneItem>| item.shapes.iter().flat_map(lines).collect::<Vec<_>>().join(" | ");
    let picture = picture_of(&document);
    let read = picture.scene.items.iter().map(words).filter(|words| !words.is_empty());
    golden::assert_golden("scenes/sample.txt", &read.fold(String::new(), |text, line| text + &line + "\n"));
}

#[test]
fn an_actor_with_a_color_of_its_own_is_drawn_in_it_and_the_legend_says_so() {
    let map = |colors: &str| {
        let json = format!(
            r##"{{ "format": "tieline", "version": "1.1", "kinds": {{ "actor": {{ "company": {{ "label": "Company", "color": "#4477AA" }} }} }},
                "actors": [{{ "id": "a", "kind": "company", "name": "A" }}, {{ "id": "b", "kind": "company", "name": "B" }}],
                "ties": [{{ "id": "t", "kind": "owns", "from": "a", "to": "b" }}],
                "views": [{{ "id": "main", "colors": {colors} }}] }}"##
        );
        let map = tieline::load::load_map(json.as_bytes(), "map.tieline.json").expect("a map").map;
        Document::new(Arc::new(map), Arc::default())
    };
    let drawn = |document: &Document| svg_of(document, Tone::Light);
    let (plain, colored) = (drawn(&map("{}")), drawn(&map(r##"{ "b": "#AA3377" }"##)));
    let own = "#aa3377";
    assert!(!plain.to_lowercase().contains(own) && colored.to_lowercase().contains(own));
    let kind = plain.to_lowercase().matches("#4477aa").count();
    assert!(kind > colored.to_lowercase().matches("#4477aa").count(), "only b lost the color of its kind");
    assert!(colored.to_lowercase().contains("#4477aa"), "a keeps it");
    let words = "Individual color";
    assert!(!plain.contains(words) && colored.contains(words), "the legend says so");
}
