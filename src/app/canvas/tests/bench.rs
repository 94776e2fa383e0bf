//! A small hand-made scene, and a harness that executes the commands of the canvas.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Event, Modifiers, PointerButton, Pos2, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::document::Document;
use crate::load::Origin;
use crate::model::{
    Actor, ActorId, Claim, Ends, Item, Map, MapParts, Party, Placed, Rgb, Tie, TieId, TieKind, TieKindId,
};
use crate::scene::{Paint, Part, Picker, Ribbons, Scene, SceneItem, Shape, Stroke};
use crate::text::{Face, Fonts, Style};

use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::ask::context::Wheel;
use crate::app::ask::selection::Selection;
use crate::app::canvas::{Canvas, CanvasInput, Drag};
use crate::app::shortcuts::{KeySet, Shortcuts};
use crate::app::ui::fonts::install_fonts;

pub(super) const A: Item = Item::Actor(ActorId(0));
pub(super) const B: Item = Item::Actor(ActorId(1));
pub(super) const C: Item = Item::Actor(ActorId(2));
pub(super) const AB: Item = Item::Tie(TieId(0));
pub(super) const NAMES: [&str; 4] = ["Anchor", "Breakwater", "Crane", "Dock"];
pub(super) const CENTERS: [Pos2; 4] = [pos2(0.0, 0.0), pos2(400.0, 0.0), pos2(0.0, 300.0), pos2(400.0, 300.0)];
const CARD: Vec2 = vec2(140.0, 44.0);
const PILL: Vec2 = vec2(80.0, 20.0);
/// Indices of both ends of each tie. One more tie, added in [`map`], has three parties.
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (2, 2)];

pub(super) struct Bench {
    pub(super) canvas: Canvas,
    pub(super) scene: Arc<Scene>,
    pub(super) document: Document,
    pub(super) selection: Selection,
    pub(super) log: Vec<AppCommand>,
}

pub(super) fn map() -> Map {
    let actor = |name: &&str| Actor { key: (*name).into(), name: (*name).to_owned(), ..Actor::default() };
    let kind = TieKind {
        key: "moors".into(),
        label: "moors".to_owned(),
        verb: None,
        is_directed: true,
        color: None,
        icon: None,
        is_listed: true,
        is_auto: false,
    };
    let id = |index| ActorId(index as u32);
    let pairs = PAIRS.iter().map(|&(from, to)| Ends::Pair { from: id(from), to: id(to) });
    let parties = [0, 1, 3].map(|index| Party { actor: id(index), role: None });
    let ends = pairs.chain([Ends::Parties(parties.into())]).enumerate();
    let ties = ends.map(|(index, ends)| Tie {
        kind: TieKindId(0),
        ends,
        is_directed: true,
        claim: Claim { key: format!("t{index}").into(), ..Claim::default() },
    });
    Map::new(MapParts {
        tie_kinds: vec![kind],
        actors: NAMES.iter().map(actor).collect(),
        ties: ties.collect(),
        ..MapParts::default()
    })
    .expect("a sound map")
}

fn ink(rgb: [u8; 3]) -> Paint {
    Paint { color: Rgb(rgb), opacity: 1.0 }
}

fn boxed(part: Part, rect: Rect, radius: f32, fonts: &Fonts, label: &str) -> SceneItem {
    let style = Style { face: Face::SemiBold, size: 13.0 };
    let text = fonts.shape(label, style, Some(rect.width() - 8.0), Some(2));
    let stroke = Stroke { paint: ink([70, 90, 110]), width: 1.0, dashes: Vec::new() };
    let shapes = vec![
        Shape::Rect { rect, radius, fill: Some(ink([255; 3])), stroke: Some(stroke) },
        Shape::Text { pos: rect.center() - text.size / 2.0, text, paint: ink([20, 30, 40]) },
    ];
    SceneItem { part, min_scale: 0.0, shapes }
}

fn lane(tie: u32, from: Pos2, to: Pos2, dashes: Vec<f32>) -> SceneItem {
    let stroke = Stroke { paint: ink([200, 80, 40]), width: 2.0, dashes };
    let curve = [from, from.lerp(to, 0.3), from.lerp(to, 0.7), to];
    let shapes = vec![Shape::Curve { pieces: vec![curve], stroke }];
    SceneItem { part: Part::Lane(TieId(tie)), min_scale: 0.0, shapes }
}

/// Creates the scene, with cards at their positions in the document or in the running drag.
fn scene(fonts: &Fonts, document: &Document, drag: Option<&Drag>) -> Scene {
    let center = |index: usize| {
        let placed = Placed::Actor(ActorId(index as u32));
        let moved = drag.into_iter().flat_map(Drag::moved).find(|(it, _)| *it == placed).map(|(_, pos)| *pos);
        moved.or_else(|| document.look.positions.get(&placed).copied()).unwrap_or(CENTERS[index])
    };
    let mut items = Vec::new();
    let pills = PAIRS.iter().enumerate().map(|(tie, &(from, to))| {
        let offset = if from == to { vec2(0.0, 60.0) } else { Vec2::ZERO };
        (tie as u32, center(from).lerp(center(to), 0.5) + offset)
    });
    let pills: Vec<_> = pills.chain([(3, pos2(250.0, 150.0))]).collect();
    items.push(lane(0, center(0), center(1), Vec::new()));
    items.push(lane(1, center(0), center(2), vec![9.0, 5.0]));
    items.push(lane(2, center(2), pills[2].1, vec![2.0, 3.0]));
    items.push(lane(3, center(1), pills[3].1, Vec::new()));
    for (index, name) in NAMES.iter().enumerate() {
        let rect = Rect::from_center_size(center(index), CARD);
        items.push(boxed(Part::Card(ActorId(index as u32)), rect, 8.0, fonts, name));
    }
    for (tie, center) in pills {
        let rect = Rect::from_center_size(center, PILL);
        items.push(boxed(Part::Pill(TieId(tie)), rect, 10.0, fonts, &format!("tie {tie}")));
    }
    let bounds = items.iter().fold(Rect::NOTHING, |all, item| all | crate::app::canvas::paint::art::bounds(item));
    Scene { items: items.into_iter().map(Arc::new).collect(), bounds, background: Rgb([250; 3]) }
}

fn name_of(item: Item) -> String {
    match item {
        Item::Actor(actor) => format!("{}, company, on the map", NAMES[actor.index()]),
        Item::Tie(tie) => format!("tie {}, on the map", tie.index()),
        _ => String::new(),
    }
}

pub(super) fn harness() -> Harness<'static, Bench> {
    let fonts = Arc::new(Fonts::new());
    let document = Document::new(Arc::new(map()), Arc::new(Origin::default()));
    let bench = Bench {
        canvas: Canvas::new(Arc::clone(&fonts)),
        scene: Arc::new(scene(&fonts, &document, None)),
        document,
        selection: Selection::default(),
        log: Vec::new(),
    };
    let mut is_installed = false;
    let mut shortcuts = Shortcuts::default();
    let app = move |ui: &mut egui::Ui, bench: &mut Bench| {
        if !std::mem::replace(&mut is_installed, true) {
            install_fonts(ui.ctx(), &[]);
            ui.ctx().request_repaint();
            return;
        }
        if let Some(drag) = bench.canvas.drag_under_way() {
            bench.scene = Arc::new(scene(&fonts, &bench.document, Some(drag)));
        }
        let mut commands = Commands::default();
        if bench.canvas.drag_under_way().is_none() {
            shortcuts.push(ui.ctx(), KeySet::Window, &mut commands);
        }
        let scene_now = Arc::clone(&bench.scene);
        let input = CanvasInput {
            scene: &scene_now,
            overview: None,
            picker: &Picker::new(&scene_now),
            labels: None,
            moved: &BTreeMap::new(),
            ribbons: &Ribbons::default(),
            document: &bench.document,
            selection: &bench.selection,
            focus: None,
            has_keys: true,
            wheel: Wheel::Auto,
            is_presented: false,
            has_chip: false,
            accessible_name: &name_of,
            hover_text: &name_of,
        };
        bench.canvas.canvas_ui(ui, &input, &mut commands);
        shortcuts.end_frame(ui.ctx());
        for command in commands.take() {
            match &command {
                AppCommand::Select(selection) => bench.selection = selection.clone(),
                AppCommand::ToggleSelected(item) => bench.selection.toggle(*item),
                AppCommand::Change(command) => {
                    bench.document = bench.document.with(command.clone());
                    bench.scene = Arc::new(scene(&fonts, &bench.document, None));
                }
                AppCommand::Run(Action::Fit) => bench.canvas.fit_selection(),
                AppCommand::Run(Action::ZoomActual) => bench.canvas.zoom_to(1.0),
                AppCommand::Run(Action::Clear) => bench.selection = Selection::default(),
                _ => {}
            }
            bench.log.push(command);
        }
    };
    let mut harness = Harness::builder()
        .with_size(vec2(1000.0, 700.0))
        .with_step_dt(0.05)
        .with_max_steps(60)
        .build_ui_state(app, bench);
    harness.run();
    harness
}

pub(super) fn on_screen(harness: &Harness<'_, Bench>, world: Pos2) -> Pos2 {
    let view = Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 700.0)).shrink(margin(harness));
    harness.state().canvas.camera.transform(view, 1.0).pos_in_screen(world)
}

/// Returns the margin of the frame that the harness adds around its content.
fn margin(harness: &Harness<'_, Bench>) -> f32 {
    harness.get_by_label("Map").rect().left()
}

pub(super) fn drag(harness: &mut Harness<'_, Bench>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    harness.event_modifiers(Event::PointerMoved(from), modifiers);
    harness.event_modifiers(button(from, true), modifiers);
    harness.step();
    for share in [0.3, 0.7, 1.0] {
        harness.event_modifiers(Event::PointerMoved(from.lerp(to, share)), modifiers);
        harness.step();
    }
    harness.event_modifiers(button(to, false), modifiers);
    harness.run();
}
