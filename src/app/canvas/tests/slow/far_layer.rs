//! Compares large maps drawn on a graphics adapter with the same maps drawn as egui's shapes and as a PNG, and counts
//! what is sent to the adapter.
//!
//! Each backend is tried that has an adapter, be it in software (lavapipe, llvmpipe); skipped with a notice if none has,
//! unless `TIELINE_REQUIRE_GPU=1` is set.
#![allow(clippy::print_stderr, reason = "what is skipped is said")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;

use eframe::egui_wgpu::{RenderState, RendererOptions, WgpuSetup};
use egui::{LayerId, Painter, Pos2, Rect, Theme as Colors, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::wgpu::{WgpuTestRenderer, create_render_state, default_wgpu_setup};
use wgpu::Backends;

use super::pixels::means;
use crate::app::canvas::FarGpu;
use crate::app::canvas::camera::Transform;
use crate::app::canvas::overview::{OverviewLayer, OverviewScope, OverviewWork};
use crate::app::canvas::paint::lettering::Lettering;
use crate::app::ui::fonts::install_fonts;
use crate::app::ui::theme::{self, opaque, scene_theme};
use crate::derive::{self, LayoutInput};
use crate::document::Document;
use crate::export::{Frame, bitmap};
use crate::layout::NoProgress;
use crate::load::load_map;
use crate::model::{ActorId, Item};
use crate::scene::{LabelMaterials, Overview, OverviewView, Scene, WordMaterials};
use crate::text::Fonts;

const SIZE: Vec2 = vec2(900.0, 700.0);
/// Areas, and actors of each.
const AREAS: usize = 8;
const MEMBERS: usize = 150;

/// Returns a map of areas with hubs, ties between areas, and two kinds.
fn document() -> Document {
    let mut text = String::from(
        "{ \"format\": \"tieline\", \"version\": \"1.0\", \"map\": { \"title\": \"Areas\" }, \"actors\": [",
    );
    for index in 0..AREAS * MEMBERS {
        let kind = ["company", "person"][index % 2];
        let _ = write!(text, "{{ \"id\": \"a{index}\", \"kind\": \"{kind}\", \"name\": \"Mill {index}\" }},");
    }
    text.push_str("], \"ties\": [");
    let mut count = 0;
    let mut tie = |from: usize, to: usize| {
        let kind = ["loan", "contract", "ownership"][count % 3];
        let _ =
            write!(text, "{{ \"id\": \"t{count}\", \"kind\": \"{kind}\", \"from\": \"a{from}\", \"to\": \"a{to}\" }},");
        count += 1;
    };
    for area in 0..AREAS {
        let first = area * MEMBERS;
        for index in 1..MEMBERS {
            tie(first + index, first + if index < 12 { 0 } else { (index - 1) / 6 });
            tie(first + index, first + (index * 31 + 7) % index);
            if index % 6 == 0 {
                tie(first + index, (first + index * 137 + 411) % (AREAS * MEMBERS));
            }
        }
    }
    // A bridge, which bears a ring.
    (1..AREAS).for_each(|area| tie(1, area * MEMBERS + 3));
    text.push_str("] }");
    Document::new(Arc::new(load_map(text.as_bytes(), "areas").expect("a map").map), Arc::default())
}

/// A large map, ready to be drawn.
struct Stand {
    document: Document,
    input: LayoutInput,
    overview: Arc<Overview>,
    fonts: Arc<Fonts>,
}

impl Stand {
    fn new() -> Self {
        let (document, fonts) = (document(), Arc::new(Fonts::new()));
        let input = derive::build_request(&document, &fonts, SIZE.x / SIZE.y);
        let centers = derive::lay_out_centers(&input, &NoProgress).expect("not canceled");
        let overview = Arc::new(derive::build_overview(&document.map, &input, &centers, None));
        Self { document, input, overview, fonts }
    }

    /// Returns where the map is if it is seen as a whole, or enlarged.
    fn transform(&self, enlarged: f32) -> Transform {
        let zoom = (SIZE / (self.overview.bounds().size() * 1.15)).min_elem() * enlarged;
        Transform { zoom, pan: (SIZE / 2.0 - self.overview.bounds().center().to_vec2() * zoom).round() }
    }
}

/// A map on a screen of its own.
struct Shown {
    stand: Rc<Stand>,
    layer: OverviewLayer,
    letters: Lettering,
    colors: Colors,
    transform: Transform,
    bright: Option<Rc<BTreeSet<Item>>>,
    work: OverviewWork,
}

impl Shown {
    fn draw(&mut self, ctx: &egui::Context) {
        let screen = Rect::from_min_size(Pos2::ZERO, SIZE);
        let painter = Painter::new(ctx.clone(), LayerId::background(), screen);
        let theme = scene_theme(self.colors);
        painter.rect_filled(screen, 0.0, opaque(theme.background));
        let Stand { document, input, overview, fonts } = &*self.stand;
        let scope = OverviewScope {
            of: LabelMaterials { map: &document.map, plan: &input.plan, theme: &theme },
            fonts,
            letters: &self.letters,
            bright: self.bright.clone(),
            hovered: None,
            selected: &BTreeSet::new(),
            moved: &[],
        };
        self.layer.follow(Some(overview), self.transform.zoom);
        self.work = self.layer.draw(&painter, self.transform, &scope).expect("seen from afar");
        if self.work.is_unfinished {
            ctx.request_repaint();
        }
    }
}

/// Draws a map on an adapter, or as shapes with the renderer of that adapter.
fn shown(stand: &Rc<Stand>, state: RenderState, is_on_adapter: bool) -> Harness<'static, Shown> {
    let mut layer = OverviewLayer::default();
    if is_on_adapter {
        layer.draw_on(FarGpu::install(&state));
    }
    let shown = Shown {
        stand: Rc::clone(stand),
        layer,
        letters: Lettering::new(Arc::clone(&stand.fonts)),
        colors: Colors::Light,
        transform: stand.transform(1.0),
        bright: None,
        work: OverviewWork::default(),
    };
    let mut is_installed = false;
    let app = move |ui: &mut egui::Ui, shown: &mut Shown| {
        if !std::mem::replace(&mut is_installed, true) {
            install_fonts(ui.ctx(), &[]);
            theme::install(ui.ctx());
            ui.ctx().all_styles_mut(|style| style.animation_time = 0.0);
            ui.ctx().request_repaint();
            return;
        }
        shown.draw(ui.ctx());
    };
    let renderer = WgpuTestRenderer::from_render_state(state);
    let mut harness =
        Harness::builder().with_size(SIZE).with_max_steps(100).renderer(renderer).build_ui_state(app, shown);
    harness.run();
    harness
}

/// Returns the backends with an adapter, each as a function that opens it.
fn backends() -> Vec<(&'static str, Backends)> {
    let all = [("Vulkan", Backends::VULKAN), ("GL", Backends::GL)];
    let all: Vec<_> = all.into_iter().filter(|(_, backend)| open(*backend).is_some()).collect();
    let is_required = std::env::var("TIELINE_REQUIRE_GPU").is_ok_and(|value| value == "1");
    assert!(!is_required || !all.is_empty(), "there must be a graphics adapter");
    if all.is_empty() {
        eprintln!("skipped: no graphics adapter, so large maps are not drawn on one");
    }
    all
}

fn open(backends: Backends) -> Option<RenderState> {
    let mut setup = default_wgpu_setup();
    if let WgpuSetup::CreateNew(new) = &mut setup {
        new.instance_descriptor.backends = backends;
    }
    let open = std::panic::AssertUnwindSafe(move || create_render_state(setup, RendererOptions::PREDICTABLE));
    let state = std::panic::catch_unwind(open).ok()?;
    assert!(backends.contains(state.adapter.get_info().backend.into()), "{:?}", state.adapter.get_info());
    Some(state)
}

fn pixels(harness: &mut Harness<'static, Shown>) -> Vec<u8> {
    harness.run();
    harness.render().expect("drawn").into_raw()
}

/// Returns the same view as a PNG has it.
fn picture(shown: &Shown) -> Vec<u8> {
    let Stand { document, overview, fonts, .. } = &*shown.stand;
    let theme = scene_theme(shown.colors);
    let Transform { zoom, pan } = shown.transform;
    let visible = Rect::from_min_size(Pos2::ZERO, SIZE);
    let level = overview.level(zoom);
    let view = OverviewView { scale: zoom, offset: pan, visible, unit: 1.0, least_px: 11.0, level };
    let (items, _) = overview.items(&view, WordMaterials { map: &document.map, fonts, theme: &theme });
    let scene = Scene { items, bounds: visible, background: theme.background };
    let frame = Frame { view: visible, size_px: SIZE, background: Some(theme.background) };
    bitmap::draw(&scene, fonts, &frame, 1.0).expect("drawn").rgba
}

/// Returns the largest difference between the means of corresponding squares, in 1/255, and the difference between the
/// means of all pixels, as a share of what is drawn.
fn difference(a: &[u8], b: &[u8], shown: &Shown) -> (f32, f32) {
    let width = SIZE.x as usize;
    let (means_a, means_b) = (means(a, width), means(b, width));
    assert_eq!(means_a.len(), means_b.len(), "both have the same pixels");
    let apart = |(a, b): (&[f32; 3], &[f32; 3])| (0..3).map(|c| (a[c] - b[c]).abs()).fold(0.0, f32::max);
    let worst = means_a.iter().zip(&means_b).map(apart).fold(0.0, f32::max);
    let background = scene_theme(shown.colors).background.0;
    let ink = |rgba: &[u8]| -> f64 {
        let of = |pixel: &[u8]| (0..3).map(|c| f64::from(pixel[c].abs_diff(background[c]))).sum::<f64>();
        rgba.chunks_exact(4).map(of).sum()
    };
    (worst, ((ink(a) - ink(b)).abs() / ink(b)) as f32)
}

/// A difference that is left to the rasterizers: means of squares, and ink in all.
const OF_SHAPES: (f32, f32) = (22.0, 0.02);
const OF_PICTURE: (f32, f32) = (22.0, 0.05);

#[test]
fn a_map_looks_the_same_on_an_adapter_as_shapes_and_in_a_picture() {
    let stand = Rc::new(Stand::new());
    for (name, backend) in backends() {
        let mut on_adapter = shown(&stand, open(backend).expect("opened before"), true);
        let mut as_shapes = shown(&stand, open(backend).expect("opened before"), false);
        for colors in [Colors::Light, Colors::Dark] {
            for enlarged in [1.0_f32, 2.5] {
                for is_faded in [false, true] {
                    let bright = Rc::new(BTreeSet::from([Item::Actor(ActorId(0))]));
                    for harness in [&mut on_adapter, &mut as_shapes] {
                        let shown = harness.state_mut();
                        (shown.colors, shown.transform) = (colors, stand.transform(enlarged));
                        shown.bright = is_faded.then(|| Rc::clone(&bright));
                        // Names shown a moment ago would be preferred.
                        shown.layer.follow(None, 1.0);
                    }
                    let drawn = pixels(&mut on_adapter);
                    eprintln!("{name}, {colors:?}, × {enlarged}, faded {is_faded}");
                    // Shapes are made for more than the view, so that it can be panned; closer, ties look different.
                    if enlarged <= 1.0 {
                        let shapes = pixels(&mut as_shapes);
                        let (worst, ink) = difference(&drawn, &shapes, on_adapter.state());
                        eprintln!("    shapes {worst:.1}, ink {ink:.4}");
                        assert!(worst <= OF_SHAPES.0 && ink <= OF_SHAPES.1);
                    }
                    if is_faded {
                        continue;
                    }
                    let (worst, ink) = difference(&drawn, &picture(on_adapter.state()), on_adapter.state());
                    eprintln!("    picture {worst:.1}, ink {ink:.4}");
                    assert!(worst <= OF_PICTURE.0 && ink <= OF_PICTURE.1);
                }
            }
        }
    }
}

#[test]
fn dots_and_ties_are_sent_once_and_a_moving_view_looks_at_little() {
    let stand = Rc::new(Stand::new());
    for (name, backend) in backends() {
        let mut harness = shown(&stand, open(backend).expect("opened before"), true);
        harness.render().expect("drawn");
        let all = stand.overview.dots().len() + stand.overview.ties().len();
        assert_eq!(harness.state().layer.uploads(), 1, "{name}");
        assert_eq!(harness.state().work.drawn, all);
        let mut walked = 0;
        for step in 0_u8..40 {
            let shown = harness.state_mut();
            let way = vec2(9.0, -4.0) * f32::from(step % 10);
            shown.transform = stand.transform(1.0 + 0.08 * f32::from(step / 10));
            shown.transform.pan += way;
            harness.step();
            harness.render().expect("drawn");
            walked += harness.state().work.walked;
        }
        // 40 frames of 1/4 s, as the harness counts, are 10 s; at most 10 views a second are looked at.
        assert!(walked <= 40 * 2 * all, "{walked}");
        harness.state_mut().bright = Some(Rc::new(BTreeSet::from([Item::Actor(ActorId(3))])));
        harness.run();
        harness.render().expect("drawn");
        assert_eq!(harness.state().layer.uploads(), 1, "neither moving nor selecting sends anything");
        harness.state_mut().colors = Colors::Dark;
        harness.run();
        harness.render().expect("drawn");
        assert_eq!(harness.state().layer.uploads(), 2, "other colors do");

        // A view of a corner concerns what is there.
        harness.state_mut().transform = stand.transform(4.0);
        harness.run();
        let shown = harness.state();
        assert!(shown.work.drawn < all / 2, "{} of {all} drawn", shown.work.drawn);
        let mut walked = 0;
        let mut transform = shown.transform;
        for _ in 0..12 {
            transform.pan += vec2(30.0, 10.0);
            harness.state_mut().transform = transform;
            harness.step();
            walked = walked.max(harness.state().work.walked);
        }
        assert!(walked > 0 && walked < all / 2, "{walked} of {all} looked at");
    }
}
