//! Compares the pixels of each bundled map on the canvas with those of the same scene as a PNG.
//!
//! Two rasterizers never agree on every pixel of an edge: egui feathers edges that the PNG covers exactly, and it
//! places cards and lines of text at whole pixels. So each pixel is compared by the mean color of the square around it,
//! and no channel may differ by more than [`TOLERANCE`] of 255. The last test verifies that real defects exceed it.
//!
//! Skipped with a notice where there is no graphics adapter, not even one in software (lavapipe), unless
//! `TIELINE_REQUIRE_GPU=1` is set.
#![allow(clippy::print_stderr, reason = "what is skipped is said")]

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Pos2, Rect, Theme as Colors, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use egui_kittest::wgpu::WgpuTestRenderer;

use crate::derive;
use crate::document::Document;
use crate::export::{Frame, bitmap};
use crate::layout::NoProgress;
use crate::load::{BUNDLED, load_bundled};
use crate::scene::{Part, Picker, Ribbons, Scene, SceneItem, Shape};
use crate::text::{Face, Fonts, Style};

use crate::app::ask::command::Commands;
use crate::app::ask::context::Wheel;
use crate::app::ask::selection::Selection;
use crate::app::canvas::camera::Viewpoint;
use crate::app::canvas::{Canvas, CanvasInput};
use crate::app::ui::fonts::install_fonts;
use crate::app::ui::theme;
use crate::app::ui::theme::scene_theme;

/// Half the side of the compared squares, excluding the center pixel.
const REACH: usize = 5;
/// The maximum difference of a channel that is attributed to the rasterizers.
const TOLERANCE: f32 = 22.0;
/// Margin around the scene, in points; vertically [`BUTTONS`] more, for the zoom buttons, which pictures lack.
const MARGIN: f32 = 20.0;
const BUTTONS: f32 = 60.0;

/// A map on its own canvas, without selection or panels.
struct Stand {
    canvas: Canvas,
    document: Document,
    scene: Arc<Scene>,
}

/// The pixels of a part of the world.
struct Picture {
    width: usize,
    rgba: Vec<u8>,
    frame: Frame,
}

fn stand(name: &str, colors: Colors, fonts: &Arc<Fonts>) -> Stand {
    let map = load_bundled(name).expect("a bundled map").0.map;
    let document = Document::new(Arc::new(map), Arc::default());
    let theme = scene_theme(colors);
    let picture = derive::compose(&document, fonts, &theme, derive::LANDSCAPE, &NoProgress).expect("not canceled");
    Stand { canvas: Canvas::new(Arc::clone(fonts)), document, scene: Arc::new(picture.scene) }
}

/// Returns a renderer without a window; `None` if there is no graphics adapter.
fn renderer() -> Option<WgpuTestRenderer> {
    let renderer = std::panic::catch_unwind(WgpuTestRenderer::new).ok();
    if renderer.is_none() {
        let is_required = std::env::var("TIELINE_REQUIRE_GPU").is_ok_and(|value| value == "1");
        assert!(!is_required, "there must be a graphics adapter");
        eprintln!("skipped: no graphics adapter, so the canvas is not compared with the picture");
    }
    renderer
}

/// Renders the canvas at 100 %.
fn screen(stand: Stand, colors: Colors, pixels_per_point: f32) -> Option<Picture> {
    let renderer = renderer()?;
    let scene = Arc::clone(&stand.scene);
    let world = scene.bounds.expand(MARGIN);
    let size = (world.size() + vec2(0.0, 2.0 * BUTTONS)).ceil();
    let mut is_installed = false;
    let app = move |ui: &mut egui::Ui, stand: &mut Stand| {
        if !std::mem::replace(&mut is_installed, true) {
            install_fonts(ui.ctx(), &[]);
            theme::install(ui.ctx());
            ui.ctx().set_theme(colors);
            stand.canvas.aim = None;
            stand.canvas.camera.go(Viewpoint { center: world.center(), scale: 1.0 }, None);
            ui.ctx().request_repaint();
            return;
        }
        let scene = Arc::clone(&stand.scene);
        let input = CanvasInput {
            scene: &scene,
            overview: None,
            picker: &Picker::new(&scene),
            labels: None,
            moved: &BTreeMap::new(),
            ribbons: &Ribbons::default(),
            document: &stand.document,
            selection: &Selection::default(),
            focus: None,
            has_keys: true,
            wheel: Wheel::Auto,
            is_presented: false,
            has_chip: false,
            accessible_name: &|_| String::new(),
            hover_text: &|_| String::new(),
        };
        stand.canvas.canvas_ui(ui, &input, &mut Commands::default());
    };
    let harness = Harness::builder().with_size(size).with_pixels_per_point(pixels_per_point).renderer(renderer);
    let mut harness = harness.build_ui_state(app, stand);
    harness.run();
    let image = harness.render().expect("drawn");
    let view = harness.get_by_label("Map").rect();
    let pan = (harness.state().canvas.camera.transform(view, pixels_per_point).pan * pixels_per_point).round();
    let corner = |pos: Pos2| (pos.to_vec2() * pixels_per_point + pan).round();
    let (first, last) = (corner(scene.bounds.expand(1.0).min), corner(scene.bounds.expand(1.0).max));
    let size_px = last - first;
    let (width, stride) = (size_px.x as usize, image.width() as usize);
    let rows = (first.y as usize..last.y as usize).map(|row| (row * stride + first.x as usize) * 4);
    let rgba = rows.flat_map(|at| &image.as_raw()[at..at + 4 * width]).copied().collect();
    let view = Rect::from_min_size(((first - pan) / pixels_per_point).to_pos2(), size_px / pixels_per_point);
    Some(Picture { width, rgba, frame: Frame { view, size_px, background: Some(scene.background) } })
}

/// Returns the largest difference between the means of corresponding squares, and its position.
fn difference(screen: &Picture, picture: &[u8]) -> (f32, Vec2) {
    let (means, others) = (means(&screen.rgba, screen.width), means(picture, screen.width));
    assert_eq!(means.len(), others.len(), "both have the same pixels");
    let apart = |(a, b): (&[f32; 3], &[f32; 3])| (0..3).map(|c| (a[c] - b[c]).abs()).fold(0.0, f32::max);
    let worst = means.iter().zip(&others).map(apart).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let (at, worst) = worst.expect("pixels");
    (worst, vec2((at % screen.width) as f32, (at / screen.width) as f32))
}

/// Computes the mean color of the square around each pixel, using a summed-area table.
pub(super) fn means(rgba: &[u8], width: usize) -> Vec<[f32; 3]> {
    let height = rgba.len() / 4 / width;
    let mut sums = vec![[0_u64; 3]; (width + 1) * (height + 1)];
    for y in 0..height {
        let mut row = [0; 3];
        for x in 0..width {
            for channel in 0..3 {
                row[channel] += u64::from(rgba[(y * width + x) * 4 + channel]);
                sums[(y + 1) * (width + 1) + x + 1][channel] = sums[y * (width + 1) + x + 1][channel] + row[channel];
            }
        }
    }
    let mean = |x: usize, y: usize| {
        let (left, right) = (x.saturating_sub(REACH), (x + REACH + 1).min(width));
        let (top, bottom) = (y.saturating_sub(REACH), (y + REACH + 1).min(height));
        let sum = |x: usize, y: usize, channel: usize| sums[y * (width + 1) + x][channel];
        let count = ((right - left) * (bottom - top)) as f32;
        std::array::from_fn(|c| {
            (sum(right, bottom, c) + sum(left, top, c) - sum(left, bottom, c) - sum(right, top, c)) as f32 / count
        })
    };
    (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect()
}

/// Compares a map in both themes, at 1 and 2 pixels per point.
fn check(name: &str) {
    let fonts = Arc::new(Fonts::new());
    for colors in [Colors::Light, Colors::Dark] {
        for pixels_per_point in [1.0, 2.0] {
            let stand = stand(name, colors, &fonts);
            let scene = Arc::clone(&stand.scene);
            let Some(screen) = screen(stand, colors, pixels_per_point) else { return };
            let picture = bitmap::draw(&scene, &fonts, &screen.frame, 1.0).expect("drawn");
            let (worst, at) = difference(&screen, &picture.rgba);
            eprintln!("{name}, {colors:?}, {pixels_per_point} px per point: {worst:.1} of 255 at {at:?}");
            assert!(worst <= TOLERANCE, "{name}, {colors:?}: {worst} of 255 at {at:?}");
        }
    }
}

#[test]
fn the_first_map_looks_the_same_on_the_canvas_and_in_a_picture() {
    check(BUNDLED[0]);
}

#[test]
fn the_second_map_looks_the_same_on_the_canvas_and_in_a_picture() {
    check(BUNDLED[1]);
}

#[test]
fn the_third_map_looks_the_same_on_the_canvas_and_in_a_picture() {
    check(BUNDLED[2]);
}

/// A named defect introduced into a scene.
type Fault = (&'static str, fn(&mut Scene, &Fonts));

const FAULTS: [Fault; 9] = [
    ("a thin lane is missing", |scene, _| {
        let width = |item: &SceneItem| match item.shapes.first() {
            Some(Shape::Curve { stroke, .. }) => stroke.width,
            _ => f32::INFINITY,
        };
        let items = &mut scene.items;
        let thinnest = (0..items.len()).min_by(|a, b| width(&items[*a]).total_cmp(&width(&items[*b])));
        items.remove(thinnest.expect("a lane"));
    }),
    ("dashes are gone", |scene, _| *dashes(scene, true) = Vec::new()),
    ("a solid lane is dashed", |scene, _| *dashes(scene, false) = vec![9.0, 5.0]),
    ("the icon of a label is missing", |scene, _| pill(scene).shapes.retain(|shape| !is_text_of(shape, Face::Icon))),
    ("a lane has another color", |scene, _| {
        let strokes =
            scene.items.iter_mut().flat_map(|item| &mut Arc::make_mut(item).shapes).find_map(|shape| match shape {
                Shape::Curve { stroke, .. } => Some(stroke),
                _ => None,
            });
        strokes.expect("a lane").paint.color.0.swap(0, 2);
    }),
    ("a label's ground has another color", |scene, _| {
        let Some(Shape::Rect { fill: Some(fill), .. }) = pill(scene).shapes.first_mut() else { panic!("a ground") };
        fill.color.0 = fill.color.0.map(|channel| channel ^ 0x20);
    }),
    ("a text is one unit too far to the right", |scene, _| move_texts(pill(scene), vec2(1.0, 0.0))),
    ("a text is one unit too low", |scene, _| move_texts(pill(scene), vec2(0.0, 1.0))),
    ("a text has another weight", |scene, fonts| {
        let texts = pill(scene).shapes.iter_mut().filter(|shape| is_text_of(shape, Face::Regular));
        for shape in texts {
            let Shape::Text { text, .. } = shape else { continue };
            let style = Style { face: Face::SemiBold, ..text.style };
            *text = fonts.shape(&text.lines[0].text, style, None, None);
        }
    }),
];

/// Returns the dashes of the first lane that has some, or of the first that has none.
fn dashes(scene: &mut Scene, has_some: bool) -> &mut Vec<f32> {
    let strokes =
        scene.items.iter_mut().flat_map(|item| &mut Arc::make_mut(item).shapes).filter_map(|shape| match shape {
            Shape::Curve { stroke, .. } => Some(&mut stroke.dashes),
            _ => None,
        });
    strokes.into_iter().find(|dashes| dashes.is_empty() != has_some).expect("such a lane")
}

/// Returns a label with an icon and one line of text.
fn pill(scene: &mut Scene) -> &mut SceneItem {
    let is_one = |item: &&mut Arc<SceneItem>| {
        let has_icon = item.shapes.iter().any(|shape| is_text_of(shape, Face::Icon));
        let is_short =
            item.shapes.iter().all(|shape| !matches!(shape, Shape::Text { text, .. } if text.lines.len() > 1));
        matches!(item.part, Part::Pill(_)) && has_icon && is_short
    };
    Arc::make_mut(scene.items.iter_mut().find(is_one).expect("a label"))
}

fn is_text_of(shape: &Shape, face: Face) -> bool {
    matches!(shape, Shape::Text { text, .. } if text.style.face == face)
}

fn move_texts(item: &mut SceneItem, by: Vec2) {
    for shape in item.shapes.iter_mut().filter(|shape| !is_text_of(shape, Face::Icon)) {
        if let Shape::Text { pos, .. } = shape {
            *pos += by;
        }
    }
}

#[test]
fn every_fault_is_far_beyond_the_tolerance() {
    let fonts = Arc::new(Fonts::new());
    for colors in [Colors::Light, Colors::Dark] {
        let stand = stand(BUNDLED[0], colors, &fonts);
        let scene = Arc::clone(&stand.scene);
        let Some(screen) = screen(stand, colors, 2.0) else { return };
        for (fault, put) in FAULTS {
            let mut faulty = Scene::clone(&scene);
            put(&mut faulty, &fonts);
            let picture = bitmap::draw(&faulty, &fonts, &screen.frame, 1.0).expect("drawn");
            let (worst, _) = difference(&screen, &picture.rgba);
            eprintln!("{fault}, {colors:?}: {worst:.1} of 255");
            assert!(worst > 1.5 * TOLERANCE, "{fault}, {colors:?}: {worst} of 255");
        }
    }
}
