//! The strip of time: the date and the years, by pointer, keys and menu.

use std::path::Path;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::Bench;
use super::large_files::ask_for;

/// Two ties of different years, one of them with a known end.
const DEALS: &str = r#"{
  "format": "tieline", "version": "1.0",
  "actors": [ { "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch" } ],
  "sources": [ { "id": "f", "title": "Filing" } ],
  "ties": [
    { "id": "early", "kind": "loan", "from": "a", "to": "b", "startDate": "2001", "endDate": "2010", "evidence": [ { "source": "f" } ] },
    { "id": "late", "kind": "loan", "from": "b", "to": "a", "startDate": "2005", "evidence": [ { "source": "f" } ] },
    { "id": "last", "kind": "loan", "from": "b", "to": "a", "startDate": "2021", "endDate": "2024", "evidence": [ { "source": "f" } ] }
  ],
  "views": [ { "id": "main", "positions": { "a": [0, 0], "b": [500, 0] } } ]
}
"#;

fn opened(text: &str) -> Bench {
    let bench = Bench::new();
    let path = bench.write("deals.tieline.json", text);
    Bench::with_file(Some(path))
}

/// Returns the value of the handle as a screen reader tells it.
fn told(bench: &Bench) -> (String, Option<f64>) {
    let handle = bench.harness.get_by_role_and_label(Role::Slider, "Year");
    let node = handle.accesskit_node();
    (node.value().unwrap_or_default(), node.numeric_value())
}

fn axis(bench: &Bench) -> Rect {
    bench.harness.get_by_role_and_label(Role::Slider, "Year").rect()
}

/// Returns the point on the axis at this share of its width.
fn on_axis(bench: &Bench, share: f32) -> Pos2 {
    let axis = axis(bench);
    pos2(axis.left() + share * axis.width(), axis.top() + 10.0)
}

fn undo(bench: &mut Bench) {
    bench.press(Modifiers::COMMAND, Key::Z);
}

#[test]
fn date_and_years_stand_below_the_map_and_nowhere_else() {
    let mut bench = Bench::new();
    ask_for(&mut bench, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/harbor.tieline.jsonc")));
    bench.settle();
    let field = bench.harness.get_by_role_and_label(Role::TextInput, "As of").rect();
    let axis = axis(&bench);
    let status = bench.harness.get_by_label_contains("22 sources").rect();
    assert!(axis.width() > 500.0, "{axis:?}");
    assert!(field.right() < axis.left() && (field.center().y - axis.center().y).abs() < 4.0, "{field:?} {axis:?}");
    assert!(axis.bottom() < status.top(), "{axis:?} {status:?}");
    assert!(
        bench.harness.get_by_role_and_label(Role::Tab, "Sources").rect().right() < field.left(),
        "not among the lists"
    );
    assert_eq!(told(&bench), ("any time".to_owned(), Some(2049.0)));
}

#[test]
fn keys_step_over_years_and_are_one_step_to_undo() {
    let mut bench = opened(DEALS);
    bench.harness.get_by_role_and_label(Role::Slider, "Year").focus();
    bench.settle();
    let wanted = [
        (Key::ArrowLeft, "2023"),
        (Key::PageDown, "2013"),
        (Key::ArrowUp, "2014"),
        (Key::PageDown, "2004"),
        (Key::Home, "2001"),
        (Key::ArrowDown, "2001"),
        (Key::PageUp, "2011"),
        (Key::End, "2024"),
        (Key::ArrowRight, "2024"),
        (Key::PageDown, "2014"),
    ];
    for (key, year) in wanted {
        bench.press(Modifiers::NONE, key);
        assert_eq!(told(&bench), (year.to_owned(), year.parse().ok()), "{key:?}");
    }
    assert!(bench.shows("1 of 3 ties · as of 2014, 1 uncertain"), "{:?}", bench.texts());
    undo(&mut bench);
    assert_eq!(told(&bench).0, "any time", "as after a drag");
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(bench.shows("as of 2014"), "{:?}", bench.texts());
    // What comes after an undo, a redo or a look elsewhere is a step of its own.
    bench.harness.get_by_role_and_label(Role::Slider, "Year").focus();
    bench.settle();
    bench.press(Modifiers::NONE, Key::Home);
    bench.click_at(on_axis(&bench, 0.99));
    bench.press(Modifiers::NONE, Key::ArrowLeft);
    bench.press(Modifiers::NONE, Key::ArrowLeft);
    let mut years = vec![told(&bench).0];
    for _ in 0..3 {
        undo(&mut bench);
        years.push(told(&bench).0);
    }
    assert_eq!(years, ["2022", "2024", "2001", "2014"]);
}

#[test]
fn a_drag_is_one_step_and_moves_nothing_around_it() {
    let mut bench = opened(DEALS);
    let before = axis(&bench);
    bench.drag(on_axis(&bench, 0.99), on_axis(&bench, 0.3));
    let (year, _) = told(&bench);
    assert_eq!(year, "2008");
    assert!(bench.shows("2 of 3 ties · as of 2008, 1 uncertain"), "{:?}", bench.texts());
    assert_eq!(axis(&bench), before, "the strip stays in place");
    bench.click_at(on_axis(&bench, 0.01));
    assert_eq!(told(&bench).0, "2001");
    undo(&mut bench);
    assert_eq!(told(&bench).0, "2008");
    undo(&mut bench);
    assert_eq!(told(&bench).0, "any time");
    assert_eq!(axis(&bench), before);
}

#[test]
fn a_click_counts_though_the_hint_lies_over_the_pointer() {
    let mut bench = opened(DEALS);
    for (y, share, year) in [(3.0, 0.6, "2015"), (30.0, 0.3, "2008")] {
        let pos = on_axis(&bench, share) + vec2(0.0, y - 10.0);
        bench.harness.hover_at(pos);
        bench.settle();
        for pressed in [true, false] {
            let button = PointerButton::Primary;
            bench.harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
            // The hint opens above or below, and takes the pointer from the next frame on.
            bench.harness.run_steps(4);
        }
        bench.settle();
        assert_eq!(told(&bench).0, year);
    }
}

#[test]
fn the_date_is_cleared_and_typed_beside_the_axis() {
    let mut bench = opened(DEALS);
    bench.click_at(on_axis(&bench, 0.01));
    assert!(bench.shows("1 of 3 ties · as of 2001"), "{:?}", bench.texts());
    bench.click("At any time");
    assert!(bench.shows("3 of 3 ties") && told(&bench).0 == "any time", "{:?}", bench.texts());
    bench.click_as(Role::TextInput, "As of");
    bench.type_text("2");
    assert!(!bench.shows("is not a date"), "an unfinished date is no error: {:?}", bench.texts());
    bench.type_text("005-07");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("as of July 2005") && told(&bench).0 == "2005", "{:?}", bench.texts());
}

#[test]
fn the_map_keeps_its_size_while_the_handle_has_the_focus() {
    let mut bench = Bench::new();
    ask_for(&mut bench, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/harbor.tieline.jsonc")));
    bench.settle();
    let canvas = |bench: &Bench| bench.harness.get_by_role_and_label(Role::Unknown, "Map").rect();
    bench.harness.get_by_role_and_label(Role::Slider, "Year").focus();
    bench.settle();
    let before = canvas(&bench);
    for key in [Key::PageDown, Key::PageDown, Key::PageDown, Key::Home, Key::PageUp] {
        bench.press(Modifiers::NONE, key);
        assert_eq!(canvas(&bench), before, "{key:?}");
    }
    bench.press(Modifiers::NONE, Key::Home);
    bench.click_as(Role::TextInput, "As of");
    assert_ne!(canvas(&bench), before, "then the legend is as high as its entries again");
}

#[test]
fn the_legend_names_the_sign_only_with_a_date() {
    let mut bench = opened(DEALS);
    assert!(!bench.shows("May have held then"));
    bench.click_at(on_axis(&bench, 0.4));
    assert!(bench.shows("1 uncertain") && bench.shows("May have held then"), "{:?}", bench.texts());
}

#[test]
fn no_strip_without_years_unless_a_date_is_to_be_cleared() {
    let has_strip = |bench: &Bench| bench.harness.query_by_role_and_label(Role::TextInput, "As of").is_some();
    let one_year =
        DEALS.replace("2001", "2021").replace("2005", "2021").replace("2010", "2021").replace("2024", "2021");
    assert!(!has_strip(&opened(&one_year)));
    let dated = one_year.replace(r#""id": "main","#, r#""id": "main", "asOf": "2021-05","#);
    let mut bench = opened(&dated);
    assert!(has_strip(&bench) && bench.harness.query_by_role_and_label(Role::Slider, "Year").is_none());
    bench.click("At any time");
    assert!(!has_strip(&bench));
}

#[test]
fn the_strip_is_hidden_by_the_menu_and_stays_hidden() {
    let mut bench = opened(DEALS);
    bench.click("View");
    bench.click("Time");
    let has_strip = |bench: &Bench| bench.harness.query_by_role_and_label(Role::Slider, "Year").is_some();
    assert!(!has_strip(&bench));
    let settings = bench.folder.path().join("config/window.json");
    let path = bench.folder.path().join("deals.tieline.json");
    std::fs::write(&path, DEALS).expect("written");
    bench.harness.state_mut().as_mut().expect("a window").leave();
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    let bench = Bench::start(Some(path.clone()), Rc::clone(&folder));
    assert!(!has_strip(&bench));
    drop(bench);
    // Settings of a version without the strip.
    let text = std::fs::read_to_string(&settings).expect("settings");
    let mut old: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(old.as_object_mut().expect("an object").remove("showsTime"), Some(false.into()));
    std::fs::write(&settings, old.to_string()).expect("written");
    assert!(has_strip(&Bench::start(Some(path), folder)));
}
