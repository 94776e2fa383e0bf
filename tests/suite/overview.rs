//! Large maps from afar: areas, dots, and words that are read.

pub(crate) mod board;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use emath::{Pos2, Rect, vec2};
use resvg::{tiny_skia, usvg};
use tieline::derive;
use tieline::document::Document;
use tieline::export::svg::TextMode;
use tieline::layout::NoProgress;
use tieline::model::{Redaction, Rgb};
use tieline::publish::{Edition, Format, PictureOptions, Resolution, Tone};
use tieline::scene::{
    Level, MAX_DRAWN_TIES, MapArea, NO_AREA, Overview, OverviewView, OverviewWords, Part, Scene, Shape, Theme,
    WordMaterials,
};
use tieline::text::{Face, Fonts};

use self::board::{Random, board, board_ties, document};
use crate::pictures::check_harmless;

fn overview_of(document: &Document, fonts: &Fonts) -> Overview {
    let input = derive::build_request(document, fonts, 1.5);
    let centers = derive::lay_out_centers(&input, &NoProgress).expect("not canceled");
    derive::build_overview(&document.map, &input, &centers, None)
}

/// Returns the whole map on a canvas, or an enlarged part of it.
fn view_of(overview: &Overview, enlarged: f32) -> OverviewView {
    let size = vec2(1200.0, 800.0);
    let scale = (size / (overview.bounds().size() * 1.1)).min_elem() * enlarged;
    let offset = size / 2.0 - overview.bounds().center().to_vec2() * scale;
    let visible = Rect::from_min_size(Pos2::ZERO, size);
    OverviewView { scale, offset, visible, unit: 1.0, least_px: 11.0, level: overview.level(scale) }
}

fn words_of(document: &Document, overview: &Overview, view: &OverviewView, fonts: &Fonts) -> OverviewWords {
    overview.words(view, WordMaterials { map: &document.map, fonts, theme: &Theme::light() }, &[])
}

fn is_inside(rings: &[Vec<Pos2>], at: Pos2) -> bool {
    let crossings = rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|(a, b)| (a.y > at.y) != (b.y > at.y) && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x));
    crossings.count() % 2 == 1
}

fn texts_of(scene: &Scene) -> Vec<String> {
    let shapes = scene.items.iter().flat_map(|item| &item.shapes);
    let texts = shapes.filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(text) } else { None });
    texts.flat_map(|text| text.lines.iter().map(|line| line.text.clone())).collect()
}

fn edition<'a>(document: &Document, fonts: &'a Fonts, options: PictureOptions) -> Edition<'a> {
    Edition::prepare(document, fonts, options, &NoProgress).expect("not canceled")
}

#[test]
fn large_maps_name_their_areas_and_their_leading_actors() {
    let fonts = Fonts::new();
    for (count, areas, names) in [(300, 8, 60), (2_000, 14, 40), (10_000, 40, 40)] {
        let document = board(count, areas, 8);
        let edition = edition(&document, &fonts, PictureOptions::default());
        let labeling = edition.labeling(Format::Png);
        assert!(labeling.named >= names, "{} of {count} named", labeling.named);
        assert_eq!(labeling.named + labeling.nameless, count);
        let page = edition.sheet(Format::Png).first;
        let dots: usize =
            marks(&page, |shape| if let Shape::Dots { dots, fill: Some(_), .. } = shape { dots.len() } else { 0 });
        assert_eq!(dots, count, "each actor is a dot");
        assert!(marks(&page, |shape| if let Shape::Segments { lines, .. } = shape { lines.len() } else { 0 }) >= count);
        let texts = texts_of(&page);
        let foot = texts.join(" ");
        assert!(foot.contains(&format!("{} of {} actors named", labeling.named, grouped(count))), "{foot}");
        assert!(!foot.contains('['), "no tie has its number on the map: {foot}");
        let outlined: BTreeSet<u32> = page.items.iter().filter_map(area_of).collect();
        assert!(outlined.len() * 10 >= areas * 8 && outlined.len() <= areas * 2, "{} areas of {areas}", outlined.len());
        assert!(labeling.titles * 10 >= outlined.len() * 9, "{} titles of {}", labeling.titles, outlined.len());
        let least = edition.smallest_text_px(Format::Png, |part| matches!(part, Part::Card(_) | Part::Area(_)));
        assert!(least.expect("text") >= 16.0 - 0.01, "8 points on a slide: {least:?}");
    }
}

fn area_of(item: &std::sync::Arc<tieline::scene::SceneItem>) -> Option<u32> {
    let Part::Area(area) = item.part else { return None };
    matches!(item.shapes[0], Shape::Region { .. }).then_some(area)
}

fn marks(scene: &Scene, count: impl Fn(&Shape) -> usize) -> usize {
    let on_map = scene.items.iter().filter(|item| matches!(item.part, Part::Dots | Part::Ties));
    on_map.flat_map(|item| &item.shapes).map(count).sum()
}

fn grouped(count: usize) -> String {
    if count < 1000 { count.to_string() } else { format!("{},{:03}", count / 1000, count % 1000) }
}

#[test]
fn words_overlap_nothing() {
    let fonts = Fonts::new();
    for (count, areas) in [(300, 8), (2_000, 14)] {
        let document = board(count, areas, 12);
        let overview = overview_of(&document, &fonts);
        for enlarged in [1.0, 2.0, 4.0] {
            let view = view_of(&overview, enlarged);
            if view.level == Level::Near {
                continue;
            }
            let words = words_of(&document, &overview, &view, &fonts);
            check_words(&overview, &view, &words);
            let has_members = |area: &&MapArea| {
                let is_seen = |node: &&u32| view.visible.contains(view.pos(overview.dots().centers[**node as usize]));
                area.members.iter().filter(is_seen).count() >= 12
            };
            let seen = overview.areas().iter().filter(has_members).count();
            let few = if enlarged > 1.0 { seen / 2 } else { seen * 9 / 10 };
            assert!(words.titles.len() >= few, "{} of {seen} areas have a title", words.titles.len());
            assert!(words.names.len() >= 25, "{} names at {enlarged}", words.names.len());
        }
    }
}

fn check_words(overview: &Overview, view: &OverviewView, words: &OverviewWords) {
    let titles = words.titles.iter().map(|title| title.rect);
    let rects: Vec<Rect> = titles.chain(words.names.iter().map(|name| name.rect)).collect();
    for (index, rect) in rects.iter().enumerate() {
        assert!(view.visible.contains_rect(*rect), "{rect:?} is in view");
        for other in &rects[..index] {
            assert!(!rect.shrink(0.01).intersects(other.shrink(0.01)), "{rect:?} and {other:?}");
        }
    }
    let sizes = overview.dot_sizes(view.scale);
    for name in &words.names {
        assert!(name.text.style.size >= 11.0 && !name.text.lines.is_empty());
        let dot = view.pos(overview.dots().centers[name.node as usize]);
        let radius = sizes.radius(overview.dots().degrees[name.node as usize]);
        let gap = name.rect.distance_to_pos(dot) - radius;
        assert!((0.0..9.0).contains(&gap), "a name is beside its dot: {gap}");
    }
    for title in &words.titles {
        let area = &overview.areas()[title.area as usize];
        let hub = overview.dots().centers[area.hub as usize];
        if let Some([_, end]) = title.leader {
            assert!(end.distance(view.pos(hub)) < sizes.most + 3.0, "a leader ends at its actor");
        }
        let steps = (0..16).map(|step| vec2((step % 8) as f32 + 0.5, (step / 8) as f32 + 0.5) / vec2(8.0, 2.0));
        let points = steps.map(|share| view.world(title.rect.min + share * title.rect.size()));
        let others = || overview.areas().iter().zip(0..).filter(|(_, index)| *index != title.area);
        let over_others = points.filter(|&at| others().any(|(other, _)| is_inside(&other.rings, at))).count();
        assert!(over_others <= 9, "the title of {} lies over other areas: {over_others} of 16", title.area);
    }
}

#[test]
fn outlines_never_overlap() {
    let fonts = Fonts::new();
    for (count, areas, percent) in [(300, 8, 8), (2_000, 14, 8), (2_000, 14, 24), (6_000, 30, 15)] {
        let overview = overview_of(&board(count, areas, percent), &fonts);
        let found = overview.areas();
        assert!(found.len() + 3 >= areas, "{} areas of {areas}", found.len());
        let (mut inside, mut members) = (0, 0);
        for (index, area) in found.iter().enumerate() {
            assert!(!area.rings.is_empty(), "area {index} has an outline");
            members += area.members.len();
            let centers = area.members.iter().map(|&node| overview.dots().centers[node as usize]);
            inside += centers.filter(|&center| is_inside(&area.rings, center)).count();
            for other in found[..index].iter().filter(|other| other.bounds.intersects(area.bounds)) {
                for (a, b) in [(area, other), (other, area)] {
                    let is_over = |point: &&Pos2| is_inside(&b.rings, **point);
                    let over = a.rings.iter().flatten().filter(is_over).count();
                    assert_eq!(over, 0, "outlines of areas overlap");
                }
            }
        }
        assert!(inside * 10 >= members * 6, "{inside} of {members} lie in their areas");
    }
}

#[test]
fn areas_that_touch_differ_in_color() {
    let fonts = Fonts::new();
    let mut pairs = 0;
    for (count, areas, percent) in [(2_000, 14, 8), (6_000, 30, 15)] {
        let overview = overview_of(&board(count, areas, percent), &fonts);
        let found = overview.areas();
        for area in found {
            for &other in &area.neighbors {
                pairs += 1;
                assert_ne!(area.hue, found[other as usize].hue);
            }
        }
        let hues: BTreeSet<[u8; 3]> = found.iter().map(|area| area.hue.0).collect();
        assert!(hues.len() >= 7, "{hues:?}");
    }
    assert!(pairs > 60, "{pairs} pairs touch");
}

#[test]
fn titles_are_read_on_every_area() {
    let overview = overview_of(&board(6_000, 30, 15), &Fonts::new());
    for (theme, least, least_on_tint) in [(Theme::light(), 5.5, 4.5), (Theme::dark(), 6.5, 4.6)] {
        for area in overview.areas() {
            let title = area.title_color(&theme);
            assert!(title.contrast(theme.background) >= least, "{title:?} on {:?}", theme.background);
            assert!(area.line_color(&theme).contrast(theme.background) >= 3.1);
            for other in overview.areas() {
                let tint = other.fill(Level::Far, &theme);
                assert!(tint.opacity >= 1.0 && title.contrast(tint.color) >= least_on_tint, "{title:?} on {tint:?}");
                assert_ne!(tint.color, theme.background, "an area is seen");
            }
        }
    }
}

#[test]
fn a_map_without_communities_has_no_areas() {
    let fonts = Fonts::new();
    let mut random = Random(3);
    let ties: Vec<(usize, usize)> = (0..6_000).map(|_| (random.below(400), random.below(400))).collect();
    let star: Vec<(usize, usize)> = (1..400).map(|leaf| (leaf, 0)).collect();
    for ties in [ties, star] {
        let document = document(400, &ties, "");
        let overview = overview_of(&document, &fonts);
        assert!(overview.areas().is_empty(), "{} areas", overview.areas().len());
        assert!(overview.dots().areas.iter().all(|&area| area == NO_AREA));
        let theme = Theme::light();
        let palette = overview.palette(Level::Far, &document.map, &theme);
        let colors: BTreeSet<[u8; 3]> = (0..400).map(|node| palette.dot(node).0).collect();
        assert_eq!(colors.len(), 3, "dots have the colors of their kinds");
        let page = edition(&document, &fonts, PictureOptions::default()).sheet(Format::Png).first;
        let texts = texts_of(&page);
        assert!(texts.iter().any(|text| text == "Person") && !texts.iter().any(|text| text == "Areas"), "{texts:?}");
    }
}

#[test]
fn colors_mean_areas_from_afar_and_kinds_from_nearer() {
    let fonts = Fonts::new();
    let document = board(2_000, 14, 8);
    let (overview, theme) = (overview_of(&document, &fonts), Theme::light());
    let colors = |level| {
        let palette = overview.palette(level, &document.map, &theme);
        let dots: BTreeSet<[u8; 3]> = (0..2_000).map(|node| palette.dot(node).0).collect();
        let ties: BTreeSet<[u8; 3]> = (0..overview.ties().len() as u32).map(|tie| palette.tie(tie).0).collect();
        (dots.len(), ties.len())
    };
    assert!(colors(Level::Far).0 > 6, "{:?}", colors(Level::Far));
    // Several ties of different kinds, drawn as one, are gray.
    assert!(matches!(colors(Level::Middle), (3, 4 | 5)), "{:?}", colors(Level::Middle));
    for (count, areas, word) in [(300, 8, "Position"), (2_000, 14, "Within an area")] {
        let texts =
            texts_of(&edition(&board(count, areas, 8), &fonts, PictureOptions::default()).sheet(Format::Png).first);
        for other in ["Position", "Within an area"] {
            assert_eq!(texts.iter().any(|text| text == other), other == word, "{other} in {texts:?}");
        }
    }
}

#[test]
fn of_too_many_ties_always_the_same_are_drawn() {
    let count = 24_000;
    let mut random = Random(9);
    let ties: Vec<(usize, usize)> =
        (0..2 * count).map(|tie| (tie % count, (tie % count + 1 + random.below(9)) % count)).collect();
    let side = 155;
    let mut places = String::new();
    for actor in 0..count {
        let _ = write!(places, "\"a{actor}\": [{}, {}],", actor % side * 300, actor / side * 300);
    }
    let document = document(count, &ties, &format!("{{ \"id\": \"main\", \"positions\": {{ {places} }} }}"));
    let overview = overview_of(&document, &Fonts::new());
    let whole = view_of(&overview, 1.0);
    let drawn = overview.drawn_ties(&whole);
    assert_eq!(drawn.len(), MAX_DRAWN_TIES);
    let part = overview.drawn_ties(&view_of(&overview, 1.15));
    let kept: BTreeSet<u32> = drawn.iter().copied().collect();
    assert!(part.iter().filter(|tie| kept.contains(tie)).count() * 10 > part.len() * 8, "zooming in keeps most");
    let edition = edition(&document, &Fonts::new(), PictureOptions::default()).sheet(Format::Png).first;
    let foot = texts_of(&edition).join(" ");
    assert!(foot.contains("40,000 of "), "{foot}");
}

#[test]
fn a_name_given_to_an_area_wins() {
    let fonts = Fonts::new();
    let ties = board_ties(2_000, 14, 8);
    let named = document(2_000, &ties, r#"{ "id": "main", "communities": { "names": { "a3": "Port money" } } }"#);
    let texts = |document: &Document, options: PictureOptions| {
        texts_of(&edition(document, &fonts, options).sheet(Format::Png).first)
    };
    assert!(texts(&named, PictureOptions::default()).iter().any(|text| text == "Port money"));
    let mut redaction = Redaction::default();
    assert!(redaction.add_record(&named.map, "a3"));
    let options = PictureOptions { redaction, ..PictureOptions::default() };
    let redacted = texts(&named, options);
    assert!(!redacted.iter().any(|text| text.contains("Port money")), "names of areas may tell what is withheld");
}

#[test]
fn withheld_names_are_not_in_a_picture_of_a_large_map() {
    let fonts = Fonts::new();
    let document = board(400, 6, 8);
    let hub = overview_of(&document, &fonts).by_rank().next().expect("an actor");
    let actor = &document.map.actors()[tieline::model::ActorId::from_index(hub as usize)];
    let name = actor.name.clone();
    let written = |redaction: Redaction| {
        let options = PictureOptions { redaction, text: TextMode::Fonts, ..PictureOptions::default() };
        let edition = edition(&document, &fonts, options);
        let svg = String::from_utf8(edition.write(Format::Svg).expect("written")).expect("text");
        let html = String::from_utf8(edition.write(Format::Html).expect("written")).expect("text");
        check_harmless(&svg);
        (svg, html)
    };
    let (svg, html) = written(Redaction::default());
    assert!(svg.contains(&format!(">{name}<")) && html.contains(&name), "{name} leads the map");
    let mut redaction = Redaction::default();
    assert!(redaction.add_record(&document.map, &actor.key));
    let (svg, html) = written(redaction);
    assert!(!svg.contains(&name) && !html.contains(&name));
}

#[test]
fn all_formats_show_the_same_picture() {
    let fonts = Fonts::new();
    let document = board(600, 8, 10);
    for tone in [Tone::Light, Tone::Dark] {
        let resolution = Resolution::Scale(1.0);
        let edition = edition(&document, &fonts, PictureOptions { tone, resolution, ..PictureOptions::default() });
        let svg = String::from_utf8(edition.write(Format::Svg).expect("written")).expect("text");
        check_harmless(&svg);
        assert!(svg.len() < 900_000, "{} bytes", svg.len());
        let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).expect("well-formed");
        let bitmap = edition.bitmap().expect("drawn");
        let mut pixels = tiny_skia::Pixmap::new(bitmap.width_px, bitmap.height_px).expect("pixels");
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
        let differences = bitmap.rgba.iter().zip(pixels.data()).map(|(a, b)| u64::from(a.abs_diff(*b)));
        let (sum, strong) = differences.fold((0, 0), |(sum, strong), by| (sum + by, strong + u64::from(by > 96)));
        let all = bitmap.rgba.len() as u64;
        assert!(sum * 2 < all, "a mean difference of {}", sum as f64 / all as f64);
        assert!(strong * 2_000 < all, "{strong} of {all} differ strongly");
        let pdf = edition.write(Format::Pdf).expect("written");
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 20_000, "{} bytes", pdf.len());
        assert_eq!(pdf, edition.write(Format::Pdf).expect("written again"));
    }
}

#[test]
fn a_page_is_the_same_at_every_resolution() {
    let fonts = Fonts::new();
    let document = board(600, 8, 10);
    let of = |preset: tieline::publish::Preset| {
        let options = PictureOptions { page: preset.page(), ..PictureOptions::default() };
        edition(&document, &fonts, options).labeling(Format::Png)
    };
    let [plain, fine] = [tieline::publish::Preset::Slide16x9, tieline::publish::Preset::Slide16x9At4k].map(of);
    assert_eq!((plain.named, plain.titles), (fine.named, fine.titles));
}

#[test]
fn a_hue_stays_when_a_map_changes_a_little() {
    let fonts = Fonts::new();
    let mut ties = board_ties(2_000, 14, 8);
    let before = overview_of(&document(2_000, &ties, ""), &fonts);
    ties.truncate(ties.len() - 20);
    let changed = document(2_000, &ties, "");
    let input = derive::build_request(&changed, &fonts, 1.5);
    let centers = derive::lay_out_centers(&input, &NoProgress).expect("not canceled");
    let after = derive::build_overview(&changed.map, &input, &centers, Some(&before));
    let hue = |overview: &Overview, hub: u32| -> Option<Rgb> {
        overview.areas().iter().find(|area| area.hub == hub).map(|area| area.hue)
    };
    let hubs: Vec<u32> = after.areas().iter().map(|area| area.hub).filter(|&hub| hue(&before, hub).is_some()).collect();
    assert!(hubs.len() >= 8, "{} areas remain", hubs.len());
    let kept = hubs.iter().filter(|&&hub| hue(&before, hub) == hue(&after, hub)).count();
    assert!(kept * 10 >= hubs.len() * 8, "{kept} of {} keep their hue", hubs.len());
}

#[test]
fn important_names_are_larger() {
    let fonts = Fonts::new();
    let document = board(2_000, 14, 8);
    let overview = overview_of(&document, &fonts);
    let words = words_of(&document, &overview, &view_of(&overview, 1.0), &fonts);
    let ranked = |name: &&tieline::scene::PlacedName| overview.dots().ranks[name.node as usize];
    let mut names: Vec<_> = words.names.iter().collect();
    names.sort_by_key(ranked);
    assert!(names.windows(2).all(|pair| pair[0].text.style.size >= pair[1].text.style.size));
    assert!(names[0].text.style.size > names[names.len() - 1].text.style.size);
    assert_eq!(names[0].text.style.face, Face::SemiBold);
}

#[test]
fn very_many_lines_are_straight_and_have_no_labels() {
    let fonts = Fonts::new();
    let layout_of = |document: &Document| {
        let input = derive::build_request(document, &fonts, 1.5);
        let layout = derive::lay_out(&input, &NoProgress).expect("not canceled");
        (input.request.edges.len(), layout)
    };
    let (lines, layout) = layout_of(&board(12_000, 40, 8));
    assert!(lines > 20_000, "{lines}");
    assert!(layout.lanes.iter().all(|lane| lane.label.is_none() && lane.curve.len() == 1));
    let (lines, layout) = layout_of(&board(400, 6, 8));
    assert!(layout.lanes.iter().filter(|lane| lane.label.is_some()).count() * 4 > lines, "others have room for labels");
}
