//! Exported pages match the canvas: the same shapes, only moved and scaled.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, ThemePreference};
use emath::{Pos2, Rect, Vec2};

use crate::derive;
use crate::document::Document;
use crate::layout::NoProgress;
use crate::load::{BUNDLED, load_bundled};
use crate::publish::{Edition, Format, PictureOptions};
use crate::scene::{LabelMaterials, Labeling, LabelingInput, Part, ReadableSizes, Scene, SceneItem, Shape, Theme};
use crate::text::{Fonts, Text};

use super::Pipeline;
use crate::app::session::Session;

/// Maximum distance between corresponding points, in pixels of the page.
const TOLERANCE_PX: f32 = 0.5;

/// Returns the canvas scene of a bundled map, with its session.
fn on_screen(name: &str, fonts: &Arc<Fonts>) -> (Arc<Scene>, Session) {
    let (loaded, origin) = load_bundled(name).expect("a bundled map");
    let mut session = Session::new(Document::new(Arc::new(loaded.map), Arc::new(origin)), Vec::new());
    let ctx = Context::default();
    ctx.set_theme(ThemePreference::Light);
    let mut pipeline = Pipeline::new(Arc::clone(fonts));
    let begun = Instant::now();
    while !pipeline.is_settled() {
        pipeline.derive(&ctx, &mut session, None);
        assert!(begun.elapsed() < Duration::from_mins(2), "{name} is never laid out");
        std::thread::sleep(Duration::from_millis(2));
    }
    (Arc::clone(pipeline.scene()), session)
}

fn card(items: &[Arc<SceneItem>], part: Part) -> Rect {
    let item = items.iter().find(|item| item.part == part).expect("the card is there");
    let rects = item.shapes.iter().filter_map(|shape| match shape {
        Shape::Rect { rect, .. } => Some(*rect),
        _ => None,
    });
    rects.reduce(|all, rect| all | rect).expect("a card has a frame")
}

/// Returns the scale and offset from canvas to page coordinates, computed from the two cards farthest apart.
fn transform(screen: &Scene, page: &Scene) -> (f32, Vec2) {
    let cards: Vec<Part> =
        screen.items.iter().map(|item| item.part).filter(|part| matches!(part, Part::Card(_))).collect();
    let center = |part: Part| card(&screen.items, part).center();
    let pairs = cards.iter().flat_map(|&a| cards.iter().map(move |&b| (a, b)));
    let (a, b) = pairs
        .max_by(|x, y| center(x.0).distance(center(x.1)).total_cmp(&center(y.0).distance(center(y.1))))
        .expect("cards");
    let on_page = |part: Part| card(&page.items, part).center();
    let scale = on_page(a).distance(on_page(b)) / center(a).distance(center(b));
    (scale, on_page(a).to_vec2() - center(a).to_vec2() * scale)
}

fn is_near(a: Pos2, b: Pos2) -> bool {
    a.distance(b) <= TOLERANCE_PX
}

fn is_like(a: f32, b: f32) -> bool {
    (a - b).abs() <= TOLERANCE_PX
}

fn is_text_alike((a_pos, a): (Pos2, &Text), (b_pos, b): (Pos2, &Text)) -> bool {
    let lines = a.lines.iter().zip(&b.lines).all(|(a_line, b_line)| {
        let start = |pos: Pos2, line: &crate::text::TextLine| pos + Vec2::new(line.left, line.baseline);
        let glyphs = |line: &crate::text::TextLine| {
            line.runs.iter().flat_map(|run| run.glyphs.clone()).map(|glyph| (glyph.id, glyph.x)).collect::<Vec<_>>()
        };
        let (a_glyphs, b_glyphs) = (glyphs(a_line), glyphs(b_line));
        a_line.text == b_line.text
            && is_near(start(a_pos, a_line), start(b_pos, b_line))
            && is_like(a_line.width, b_line.width)
            && a_glyphs.len() == b_glyphs.len()
            && a_glyphs.iter().zip(&b_glyphs).all(|(a, b)| a.0 == b.0 && is_like(a.1, b.1))
    });
    a.style.face == b.style.face && is_like(a.style.size, b.style.size) && a.lines.len() == b.lines.len() && lines
}

fn is_alike(a: &Shape, b: &Shape) -> bool {
    match (a, b) {
        (
            Shape::Rect { rect: a, fill: a_fill, stroke: a_stroke, .. },
            Shape::Rect { rect: b, fill: b_fill, stroke: b_stroke, .. },
        ) => {
            let strokes = (a_stroke.as_ref().map(|it| it.paint), b_stroke.as_ref().map(|it| it.paint));
            is_near(a.min, b.min) && is_near(a.max, b.max) && a_fill == b_fill && strokes.0 == strokes.1
        }
        (Shape::Curve { pieces: a, stroke: a_stroke }, Shape::Curve { pieces: b, stroke: b_stroke }) => {
            let alike =
                |(a, b): (&crate::layout::Cubic, &crate::layout::Cubic)| a.iter().zip(b).all(|(a, b)| is_near(*a, *b));
            a.len() == b.len()
                && a.iter().zip(b).all(alike)
                && a_stroke.paint == b_stroke.paint
                && is_like(a_stroke.width, b_stroke.width)
        }
        (Shape::Polygon { points: a, fill: a_fill, .. }, Shape::Polygon { points: b, fill: b_fill, .. }) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_near(*a, *b)) && a_fill == b_fill
        }
        (Shape::Text { pos: a_pos, text: a, paint: a_paint }, Shape::Text { pos: b_pos, text: b, paint: b_paint }) => {
            is_text_alike((*a_pos, a), (*b_pos, b)) && a_paint == b_paint
        }
        _ => false,
    }
}

#[test]
fn the_picture_is_the_screen() {
    let fonts = Arc::new(Fonts::new());
    for name in BUNDLED {
        let (screen, session) = on_screen(name, &fonts);
        let edition =
            Edition::prepare(&session.document, &fonts, PictureOptions::default(), &NoProgress).expect("prepared");
        let page = edition.sheet(Format::Png).first;
        let (scale, offset) = transform(&screen, &page);
        // The page enlarges what would be too small on it, as the canvas does at its scale.
        let input = derive::build_request(&session.document, &fonts, 1.0);
        let theme = Theme::light();
        let of = LabelMaterials { map: &session.document.map, plan: &input.plan, theme: &theme };
        let readable = ReadableSizes::of_page(PictureOptions::default().page.points_per_px);
        let room = screen.bounds.expand(500.0);
        let request = LabelingInput { of, scale, readable, room };
        let screen = Labeling::new(&screen.items, &request).apply(&screen);
        assert!(page.items.len() > screen.items.len(), "{name}: title, legend and sources come after the map");
        for (ours, theirs) in screen.items.iter().zip(&page.items) {
            assert_eq!(ours.part, theirs.part, "{name}");
            assert_eq!(ours.shapes.len(), theirs.shapes.len(), "{name}: {:?}", ours.part);
            for (shape, on_page) in ours.shapes.iter().zip(&theirs.shapes) {
                let mut moved = shape.clone();
                moved.transform(scale, offset);
                assert!(is_alike(&moved, on_page), "{name}: {:?}\n{moved:#?}\n{on_page:#?}", ours.part);
                moved.transform(1.0, Vec2::new(0.0, 1.0));
                assert!(!is_alike(&moved, on_page), "{name}: a pixel lower is not alike");
            }
        }
    }
}
