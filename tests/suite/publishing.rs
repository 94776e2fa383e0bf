//! Exported files: deterministic, harmless for any map content, and without redacted content.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use emath::{Pos2, Rect, pos2};
use proptest::prelude::*;
use tieline::document::{Command, Document, Filter, Look};
use tieline::export::svg::TextMode;
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled};
use tieline::model::{ActorId, Date, LabelMode, Map, Placed, Quote, Redaction, TieId};
use tieline::publish::{Citations, Edition, Format, PictureOptions, Preset, Resolution, Scope, Tone, is_further_page};
use tieline::scene::{Ground, Part, Scene, Shape};
use tieline::text::Fonts;

use crate::pictures::check_harmless;
use crate::placing::placed;

fn bundled(index: usize) -> Map {
    load_bundled(BUNDLED[index]).expect("a bundled map").0.map
}

fn edition<'a>(document: &Document, fonts: &'a Fonts, options: PictureOptions) -> Edition<'a> {
    Edition::prepare(document, fonts, options, &NoProgress).expect("not canceled")
}

fn lines_of(scene: &Scene) -> Vec<String> {
    let texts = scene.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text),
        _ => None,
    });
    texts.flat_map(|text| text.lines.iter().map(|line| line.text.clone())).collect()
}

/// Returns all readable content of an edition's files, one text per file.
fn readable(document: &Document, fonts: &Fonts, options: &PictureOptions) -> Vec<String> {
    let options = PictureOptions { text: TextMode::Fonts, resolution: Resolution::Scale(0.2), ..options.clone() };
    let edition = edition(document, fonts, options);
    let bytes = |format| String::from_utf8_lossy(&edition.write(format).expect("written")).into_owned();
    let sheet = edition.sheet(Format::Pdf);
    let pages: Vec<String> = std::iter::once(&sheet.first).chain(&sheet.more).flat_map(lines_of).collect();
    vec![bytes(Format::Svg), bytes(Format::Png), bytes(Format::Pdf), pages.join(" "), edition.notes()]
}

/// Points along the lane of each tie.
type Curves = BTreeMap<TieId, Vec<Pos2>>;

/// Returns the frames of cards and labels, and the curves of lanes, of a page.
fn placed_parts(scene: &Scene) -> (Vec<(Part, Rect)>, Curves) {
    let mut lanes = Curves::new();
    let mut frames = Vec::new();
    for item in &scene.items {
        match item.part {
            Part::Card(_) | Part::Pill(_) => {
                let frame = item.shapes.iter().find_map(|shape| match shape {
                    Shape::Rect { rect, .. } => Some(*rect),
                    _ => None,
                });
                frames.extend(frame.map(|frame| (item.part, frame)));
            }
            Part::Lane(tie) => {
                let pieces = item.shapes.iter().filter_map(|shape| match shape {
                    Shape::Curve { pieces, .. } => Some(pieces),
                    _ => None,
                });
                let points = pieces.flatten().flat_map(|&[a, b, c, d]| {
                    (0..=200_u8).map(move |step| {
                        let t = f32::from(step) / 200.0;
                        let (ab, bc, cd) = (a.lerp(b, t), b.lerp(c, t), c.lerp(d, t));
                        ab.lerp(bc, t).lerp(bc.lerp(cd, t), t)
                    })
                });
                lanes.entry(tie).or_default().extend(points);
            }
            _ => {}
        }
    }
    (frames, lanes)
}

#[test]
fn labels_without_room_move_along_their_lanes_before_they_are_left_out() {
    let (map, fonts) = (bundled(1), Fonts::new());
    let document = Document::new(Arc::new(map), Arc::default());
    for (preset, most_left_out) in
        [(Preset::Slide16x9, 8), (Preset::Slide4x3, 24), (Preset::A4Landscape, 13), (Preset::Square, 13)]
    {
        let options = PictureOptions { page: preset.page(), ..PictureOptions::default() };
        let edition = edition(&document, &fonts, options);
        let left_out = edition.labeling(Format::Png).unlabeled;
        assert!(left_out <= most_left_out, "{left_out} left out of {preset:?}");
        let (frames, lanes) = placed_parts(&edition.sheet(Format::Png).first);
        let labels = frames.iter().filter(|(part, _)| matches!(part, Part::Pill(_)));
        assert!(labels.clone().count() >= 58 - most_left_out);
        for (part, rect) in labels {
            let Part::Pill(tie) = *part else { continue };
            // The hub of a many-party tie is where its lines meet.
            if document.map.tie(tie).ends.actors().len() == 2 {
                let apart = lanes[&tie].iter().map(|point| point.distance(rect.center())).fold(f32::INFINITY, f32::min);
                assert!(apart < 0.6 * rect.height(), "{part:?} is {apart} from its lane on {preset:?}");
            }
            let over =
                frames.iter().find(|(other, frame)| other != part && frame.shrink(0.5).intersects(rect.shrink(0.5)));
            assert!(over.is_none(), "{part:?} {rect:?} lies over {over:?} on {preset:?}");
        }
    }
}

#[test]
fn a_picture_is_of_the_time_that_the_view_shows() {
    let mut document = placed(bundled(0));
    let before = edition(&document, &Fonts::new(), PictureOptions::default()).counts();
    let filter = Filter { as_of: Date::parse("2020").ok(), ..Filter::default() };
    document = document.with(Command::SetFilter(filter));
    let fonts = Fonts::new();
    let options = || PictureOptions { text: TextMode::Fonts, ..PictureOptions::default() };
    let edition = edition(&document, &fonts, options());
    assert!(edition.counts().1 < before.1, "{:?} of {before:?}", edition.counts());
    let lines = lines_of(&edition.sheet(Format::Svg).first);
    assert!(lines.iter().any(|line| line == "As of 2020"), "{lines:?}");
    assert!(edition.notes().contains("As of 2020"));
    // No tie is known to have held after it began.
    assert!(lines.iter().any(|line| line.ends_with("]\u{a0}?")), "{lines:?}");
    assert!(lines.iter().any(|line| line == "?") && lines.iter().any(|line| line == "May have held then"), "{lines:?}");
    let text = String::from_utf8(edition.write(Format::Svg).expect("written")).expect("text");
    assert!(text.contains("]\u{a0}?") && text.contains("May have held then"));
    for format in Format::ALL {
        let lines = lines_of(&edition.sheet(format).first);
        assert!(lines.iter().any(|line| line.ends_with("]\u{a0}?")), "{format:?}: {lines:?}");
    }
    let notes = edition.notes();
    assert!(notes.contains("]\u{a0}?\n") && notes.contains("\n? May have held then\n"), "{notes}");
    let at_any_time = document.with(Command::SetFilter(Filter::default()));
    let edition = self::edition(&at_any_time, &fonts, options());
    let lines = lines_of(&edition.sheet(Format::Svg).first);
    assert!(!lines.iter().any(|line| line.contains('?') || line.contains("held")), "{lines:?}");
}

#[test]
fn every_format_is_the_same_in_every_run() {
    let write = || {
        let fonts = Fonts::new();
        let options =
            PictureOptions { resolution: Resolution::Scale(0.5), has_notes: true, ..PictureOptions::default() };
        let document = Document::new(Arc::new(bundled(0)), Arc::default());
        let edition = edition(&document, &fonts, options);
        let mut files: Vec<Vec<u8>> =
            Format::STILL.into_iter().map(|format| edition.write(format).expect("written")).collect();
        files.push(edition.notes().into_bytes());
        files
    };
    let first = write();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert!(first == pool.install(write), "another run with {threads} threads differs");
    }
}

#[test]
fn sources_that_find_no_room_go_where_the_format_has_room() {
    let fonts = Fonts::new();
    let document = placed(bundled(1));
    let page = Preset::Slide16x9.page();
    let split = edition(&document, &fonts, PictureOptions::default());
    let sources = |scene: &Scene| scene.items.iter().filter(|item| matches!(item.part, Part::Source(_))).count();
    for format in [Format::Png, Format::Svg, Format::Pdf] {
        let pages = split.sheet(format);
        assert_eq!((pages.first.bounds.size(), sources(&pages.first)), (page.size_px, 0), "{format:?}");
        assert!(pages.more.iter().all(|scene| scene.bounds.size() == page.size_px), "{format:?}");
        assert!(pages.more.iter().map(sources).sum::<usize>() > 15, "{format:?} goes on");
        let lines = lines_of(&pages.more[0]);
        assert!(lines.iter().any(|line| line == "Sources"));
        let skipped = lines.join(" ").contains("[11] is cited only by ties that are not shown here.");
        assert!(skipped, "a number without a line is explained: {lines:?}");
        let says_where = lines_of(&pages.first).iter().any(|line| line.contains("numbered sources on page 2"));
        assert!(says_where, "{format:?}");
        assert!(!lines.iter().any(|line| line.contains("page 2")), "the second page does not point at itself");
        let files = split.write_further_pages(format).expect("written");
        assert_eq!(files.len(), if format == Format::Pdf { 0 } else { pages.more.len() });
        assert!(
            files.iter().all(|file| is_further_page(file)) && !is_further_page(&split.write(format).expect("bytes"))
        );
    }
    let slides = lines_of(&split.sheet(Format::Pptx).first);
    assert!(slides.iter().any(|line| line.contains("numbered sources on slide 2")), "{slides:?}");
    let noted = edition(&document, &fonts, PictureOptions { has_notes: true, ..PictureOptions::default() });
    let sheet = noted.sheet(Format::Png);
    assert_eq!(sheet.first.bounds.size(), page.size_px, "with notes a slide stays a slide");
    assert!(sheet.lacks_sources && lines_of(&sheet.first).iter().any(|line| line.contains("sources in the notes")));
    assert!(noted.notes().contains("[22] "));
}

#[test]
fn citations_can_be_left_out_but_not_their_lack() {
    let fonts = Fonts::new();
    let document = placed(bundled(1));
    let lines = |citations| {
        let options = PictureOptions { citations, ..PictureOptions::default() };
        let sheet = edition(&document, &fonts, options).sheet(Format::Svg);
        std::iter::once(&sheet.first).chain(&sheet.more).flat_map(lines_of).collect::<Vec<_>>()
    };
    let is_number = |line: &String| line.starts_with('[') && line.trim_end_matches('‡').ends_with(']');
    let has_list = |lines: &[String]| lines.iter().any(|line| line.contains("ledger.example.org"));
    let (none, numbers, full) = (lines(Citations::None), lines(Citations::Numbers), lines(Citations::Full));
    assert!(!none.iter().any(is_number) && !has_list(&none));
    assert!(none.iter().any(|line| line.starts_with("no source")), "what has no source says so");
    assert!(numbers.iter().any(is_number) && !has_list(&numbers));
    assert!(full.iter().any(is_number) && has_list(&full));
}

#[test]
fn a_part_of_the_map_stays_in_its_place() {
    let fonts = Fonts::new();
    let document = placed(bundled(0));
    let actors: BTreeSet<ActorId> = [ActorId(0), ActorId(1)].into();
    let only = Scope::Only { actors: actors.clone(), ties: BTreeSet::new() };
    let part = edition(&document, &fonts, PictureOptions { scope: only, ..PictureOptions::default() });
    let (cards, ties) = part.counts();
    let between = |tie: &tieline::model::Tie| tie.ends.actors().iter().all(|actor| actors.contains(actor));
    assert_eq!((cards, ties), (2, document.map.ties().values().filter(|tie| between(tie)).count()));
    let rect = emath::Rect::from_min_max(pos2(-10.0, -260.0), pos2(10.0, 10.0));
    let view = edition(&document, &fonts, PictureOptions { scope: Scope::InView(rect), ..PictureOptions::default() });
    assert_eq!(view.counts(), (cards, ties), "the first two stand there");
    assert_eq!(edition(&document, &fonts, PictureOptions::default()).counts(), (4, 11));
}

#[test]
fn labels_of_numbers_and_places_for_the_page_make_names_larger() {
    let fonts = Fonts::new();
    let document = Document::new(Arc::new(bundled(0)), Arc::default());
    // Three in a row and one far away: a poor use of a square page.
    let row =
        [(0, 0.0), (1, 500.0), (2, 1000.0), (3, 2600.0)].map(|(id, x)| (Placed::Actor(ActorId(id)), pos2(x, 0.0)));
    let mut look = Look::clone(&document.look);
    look.forget_places(&document.map);
    let document = document.with_look(Arc::new(look));
    let mut document = document.with_settled(row.into_iter().collect::<Vec<_>>());
    // Names that would be too small are enlarged, so the width of a lane tells the scale of the map.
    let lane_px = |document: &Document, options: PictureOptions| {
        let options = PictureOptions { page: Preset::Square.page(), ..options };
        let sheet = edition(document, &fonts, options).sheet(Format::Png);
        let lane = sheet.first.items.iter().find(|item| item.part == Part::Lane(TieId(0))).expect("a lane");
        let width = lane.shapes.iter().find_map(|shape| match shape {
            Shape::Curve { stroke, .. } => Some(stroke.width),
            _ => None,
        });
        width.expect("a line")
    };
    let anew = PictureOptions { is_arranged_anew: true, ..PictureOptions::default() };
    let short = PictureOptions { labels: Some(LabelMode::Numbers), ..anew.clone() };
    let (as_it_is, arranged) = (lane_px(&document, PictureOptions::default()), lane_px(&document, anew.clone()));
    assert!(arranged > 1.3 * as_it_is, "{as_it_is} {arranged}");
    assert!(lane_px(&document, short) > 1.05 * arranged);
    let view = emath::Rect::from_center_size(pos2(500.0, 0.0), emath::vec2(1200.0, 400.0));
    let (seen, in_view) = (Scope::InView(view), edition(&document, &fonts, anew.clone()).counts());
    let in_view_anew = edition(&document, &fonts, PictureOptions { scope: seen, ..anew.clone() }).counts();
    assert!(in_view_anew.0 == 3 && in_view.0 == 4, "what the canvas shows stays where it is");
    // Manually placed actors stay.
    let pinned = (0..4).map(ActorId).collect();
    document = document.with_look(Arc::new(Look { pinned, ..Look::clone(&document.look) }));
    assert_eq!(lane_px(&document, anew), as_it_is);
}

/// Returns the strings of redacted actors that are long enough to identify them; they must not occur anywhere.
fn secrets(map: &Map, actors: &BTreeSet<ActorId>) -> Vec<String> {
    let of = |id: &ActorId| {
        let actor = map.actor(*id);
        let address = actor.url.iter().map(|url| url.replace("https://", "").trim_end_matches('/').to_owned());
        let ids = actor.identifiers.iter().map(|(_, id)| id.clone());
        let names = std::iter::once(actor.name.clone()).chain(actor.aliases.clone());
        names
            .chain(actor.summary.clone())
            .chain(address)
            .chain(ids)
            .filter(|text| text.chars().count() > 4)
            .collect::<Vec<_>>()
    };
    actors.iter().flat_map(of).collect()
}

fn check_nowhere(files: &[String], secrets: &[String]) -> Result<(), TestCaseError> {
    for secret in secrets.iter().map(|secret| secret.to_lowercase()) {
        for file in files {
            let at = file.to_lowercase().find(&secret);
            prop_assert!(at.is_none(), "{secret} in …{}", file[..].chars().take(80).collect::<String>());
        }
    }
    Ok(())
}

mod slow {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_redacted_is_nowhere(map in 0..2_usize, seed in any::<u32>(), hides_amounts: bool, hides_quotes: bool) {
            let fonts = Fonts::new();
            let map = bundled(map);
            let actors: BTreeSet<ActorId> = map.actor_ids().filter(|id| seed >> (id.0 % 32) & 1 == 1).collect();
            let secret_names = secrets(&map, &actors);
            let quotes: Vec<String> = map
                .ties()
                .values()
                .flat_map(|tie| &tie.claim.evidence)
                .filter_map(|piece| piece.quote.as_ref().map(|quote| quote.exact.clone()))
                .filter(|quote| quote.chars().filter(|c| c.is_alphanumeric()).count() >= 8)
                .collect();
            let amounts: Vec<String> = map
                .ties()
                .values()
                .filter_map(|tie| tie.claim.amount.as_ref()?.text.clone())
                .filter(|text| text.chars().any(|c| c.is_ascii_digit()))
                .collect();
            let redaction = Redaction { actors, hides_amounts, hides_quotes, ..Redaction::default() };
            let files = readable(&placed(map), &fonts, &PictureOptions { redaction, ..PictureOptions::default() });
            check_nowhere(&files, &secret_names)?;
            if hides_quotes {
                check_nowhere(&files, &quotes)?;
            }
            if hides_amounts {
                check_nowhere(&files, &amounts)?;
            }
        }
    }
}

#[test]
fn a_kind_that_is_left_out_is_not_drawn_and_not_named() {
    let fonts = Fonts::new();
    let map = bundled(1);
    let mut redaction = Redaction::default();
    assert!(redaction.add_kind(&map, "Person") && redaction.add_kind(&map, "lawsuit"));
    assert!(!redaction.add_kind(&map, "no such kind"));
    let persons: BTreeSet<ActorId> =
        map.actor_ids().filter(|&id| map.actor_kind(id).is_some_and(|kind| &*kind.key == "person")).collect();
    let names = secrets(&map, &persons);
    let document = placed(map);
    let options = PictureOptions { redaction, ..PictureOptions::default() };
    check_nowhere(&readable(&document, &fonts, &options), &names).expect("nowhere");
    let edition = edition(&document, &fonts, options);
    let lines = lines_of(&edition.sheet(Format::Svg).first);
    for word in ["Person", "Lawsuit"] {
        assert!(lines.iter().all(|line| line != word), "{word}");
    }
    assert_eq!(edition.counts().0, document.map.actors().len() - persons.len());
}

/// Generates text from fragments that break formats.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "</svg><script>alert(1)</script>",
        "]]>",
        "<![CDATA[",
        "&amp;#x3c;",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{0}",
        "\u{ffff}",
        "👩\u{200d}🔬",
        "🇩🇪",
        "\" onload=\"x",
        "' style='",
        "javascript:alert(1)",
        "-->",
        "%PDF",
        ") Tj (",
        "\n",
        "\r",
        "\t",
        "\u{1b}[31m",
        "صندوق",
        "澜屿",
        "Ωμέγα",
        "e\u{301}\u{301}\u{301}",
        " ",
        "word",
        "\\",
        "endstream",
    ]);
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat())
}

/// Returns the sample with hostile text in every field that is drawn, noted or described.
fn poisoned(words: &[String]) -> Map {
    let mut parts = bundled(0).records().to_parts();
    let mut next = words.iter().cycle().cloned();
    let mut word = || next.next().unwrap_or_default();
    parts.meta.title = Some(word());
    parts.meta.subtitle = Some(word());
    parts.meta.language = Some(word());
    parts.meta.authors = vec![word()];
    parts.meta.license = Some(word());
    for actor in &mut parts.actors {
        actor.name = format!("x{}", word());
    }
    for kind in &mut parts.tie_kinds {
        kind.label = word();
        kind.verb = Some(word());
    }
    for source in &mut parts.sources {
        source.title = Some(word());
        source.publisher = Some(word());
        source.url = Some(format!("https://example.org/{}", word()));
    }
    for tie in &mut parts.ties {
        tie.claim.label = Some(word());
        tie.claim.via = Some(word());
        for piece in &mut tie.claim.evidence {
            piece.quote = Some(Quote { exact: word(), ..Quote::default() });
        }
    }
    parts.actors[1].name = word().repeat(10_000 / words[0].len().max(1));
    Map::new(parts).expect("a sound map")
}

/// Returns the text of a PDF outside its streams, which are compressed and may contain any bytes.
fn outside_streams(pdf: &[u8]) -> String {
    let text: String = pdf.iter().map(|&byte| char::from(byte)).collect();
    let mut parts = text.split(">>\nstream\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| told + part.split_once("endstream").map_or(part, |(_, rest)| rest))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_words_are_harmless_in_every_format(words in prop::collection::vec(hostile(), 1..6)) {
        let fonts = Fonts::new();
        let document = placed(poisoned(&words));
        for text in [TextMode::Fonts, TextMode::Paths] {
            let edition = edition(&document, &fonts, PictureOptions { text, ..PictureOptions::default() });
            let svg = String::from_utf8(edition.write(Format::Svg).expect("written")).expect("UTF-8");
            check_harmless(&svg);
            let is_bad = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!svg.chars().any(is_bad) && !edition.notes().chars().any(is_bad));
        }
        let pdf = edition(&document, &fonts, PictureOptions::default()).write(Format::Pdf).expect("written");
        let plain = outside_streams(&pdf);
        prop_assert!(plain.contains("/Catalog") && plain.contains("/StructElem") && plain.len() < pdf.len());
        // Whole names: fonts have tags of random letters, such as `/JSOAKB+Inter`.
        let names = plain.split('/').skip(1).filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
        let names: BTreeSet<&str> = names.collect();
        for active in ["JavaScript", "JS", "Launch", "OpenAction", "EmbeddedFile", "AA", "ObjStm"] {
            prop_assert!(!names.contains(active), "{active}");
        }
        let metadata = String::from_utf8_lossy(&pdf);
        let metadata = metadata.split("<x:xmpmeta").nth(1).and_then(|rest| rest.split("</x:xmpmeta>").next());
        prop_assert!(metadata.is_some_and(|metadata| !metadata.contains("<script")));
    }
}

#[test]
fn a_transparent_picture_has_no_ground_and_is_seen_on_black_and_white() {
    let fonts = Fonts::new();
    let document = placed(bundled(0));
    for tone in [Tone::Light, Tone::Dark] {
        let options = PictureOptions {
            tone,
            ground: Ground::Any,
            resolution: Resolution::Scale(0.5),
            ..PictureOptions::default()
        };
        let edition = edition(&document, &fonts, options);
        let bitmap = edition.bitmap().expect("drawn");
        assert_eq!(bitmap.rgba[3], 0, "the corner is empty");
        let sheet = edition.sheet(Format::Png);
        let rects: Vec<emath::Rect> = sheet
            .first
            .items
            .iter()
            .flat_map(|item| &item.shapes)
            .filter_map(|shape| match shape {
                Shape::Rect { rect, fill: Some(_), .. } => Some(*rect),
                _ => None,
            })
            .collect();
        for item in sheet.first.items.iter().filter(|item| item.min_scale <= 1.0) {
            for shape in item.shapes.iter().filter(|shape| matches!(shape, Shape::Text { .. })) {
                let bounds = shape.bounds();
                assert!(rects.iter().any(|rect| rect.contains_rect(bounds)), "{:?} {bounds:?} has a plate", item.part);
            }
        }
    }
}

/// Returns a map of two actors with twelve ties, each with its own source.
fn many_ties() -> Map {
    let ties: Vec<String> = (0..12)
        .map(|n| {
            let amount = format!(r#""amount": {{"exact": {}, "currency": "EUR"}}"#, 1_000_000 + n);
            format!(r#"{{"id": "t{n}", "kind": "loan", "from": "a", "to": "b", {amount}, "evidence": [{{"source": "s{n}"}}]}}"#)
        })
        .collect();
    let sources: Vec<String> = (0..12).map(|n| format!(r#"{{"id": "s{n}", "title": "Paper {n}"}}"#)).collect();
    let text = format!(
        r#"{{"format": "tieline", "version": "1.0", "kinds": {{"tie": {{"loan": {{"label": "Loan"}}}}}},
            "actors": [{{"id": "a", "name": "Alpha"}}, {{"id": "b", "name": "Beta"}}],
            "sources": [{}], "ties": [{}]}}"#,
        sources.join(","),
        ties.join(",")
    );
    tieline::load::load_map(text.as_bytes(), "test").expect("opens").map
}

#[test]
fn a_ribbon_is_the_same_in_every_format() {
    let fonts = Fonts::new();
    let document = placed(many_ties());
    let options = PictureOptions { text: TextMode::Fonts, ..PictureOptions::default() };
    let edition = edition(&document, &fonts, options.clone());
    assert_eq!(edition.counts(), (2, 12), "all ties are drawn");
    for file in readable(&document, &fonts, &options).iter().filter(|file| !file.starts_with("\u{fffd}PNG")).take(1) {
        assert!(file.contains("12 ties: loan") && file.contains("€12 million"), "{file}");
    }
    let lines = lines_of(&edition.sheet(Format::Png).first);
    assert!(lines.iter().any(|line| line == "Several ties, drawn as one"), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Paper 11")), "sources of the ties inside are listed");
    let html = String::from_utf8(edition.write(Format::Html).expect("written")).expect("UTF-8");
    assert!(html.contains("data-of=\"p0\"") && html.contains("<article id=\"p0\""));
    for tie in 0..12 {
        assert!(
            html.contains(&format!("<article id=\"t{tie}\"")) && html.contains(&format!("href=\"#t{tie}\"")),
            "{tie}"
        );
    }
}

#[test]
fn the_words_of_a_ribbon_are_those_of_the_redacted_map() {
    let fonts = Fonts::new();
    let map = many_ties();
    let kind = map.ties()[tieline::model::TieId(0)].kind;
    let document = placed(map);
    let withheld = |redaction| readable(&document, &fonts, &PictureOptions { redaction, ..PictureOptions::default() });
    let amounts = withheld(Redaction { hides_amounts: true, ..Redaction::default() });
    assert!(amounts[0].contains("12 ties") && amounts.iter().all(|file| !file.contains("million")));
    let kinds = withheld(Redaction { tie_kinds: [kind].into(), ..Redaction::default() });
    assert!(kinds.iter().all(|file| !file.contains("12 ties") && !file.to_lowercase().contains("loan")));
}
