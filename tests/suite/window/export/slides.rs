//! Slides in the export dialog: their settings, and the files.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bench, is_chosen, open, read, save};

#[test]
fn slides_are_chosen_with_their_typeface_and_saved() {
    let mut bench = open();
    let has = |bench: &Bench, role, name: &str| bench.harness.query_by_role_and_label(role, name).is_some();
    assert!(!has(&bench, Role::RadioButton, "Slide: picture"), "a PNG is one anyway");
    bench.click_as(Role::RadioButton, "Format: powerpoint");
    assert!(is_chosen(&bench, "Slide: shapes and text") && !has(&bench, Role::ComboBox, "Pixels"));
    assert!(!has(&bench, Role::CheckBox, "Speaker notes as a text file"), "slides have notes of their own");
    let field = bench.harness.get_by_role_and_label(Role::TextInput, "Typeface");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("Arial"));
    let path = save(&mut bench, "deck.pptx");
    let parts = crate::slides::package::entries(&read(&bench, &path));
    let has_part = |start: &str| parts.iter().any(|entry| entry.name.starts_with(start));
    assert!(has_part("ppt/slides/slide1.xml") && has_part("ppt/notesSlides/") && !has_part("ppt/media/"));

    bench.press(Modifiers::COMMAND, Key::E);
    assert!(is_chosen(&bench, "Format: powerpoint"), "choices are remembered");
    bench.click_as(Role::RadioButton, "Slide: picture");
    let path = save(&mut bench, "picture.pptx");
    let parts = crate::slides::package::entries(&read(&bench, &path));
    assert!(parts.iter().any(|entry| entry.name.starts_with("ppt/media/")));
}

/// Returns the name of the first step with this number.
fn step(bench: &Bench, number: usize) -> Option<String> {
    bench.texts().into_iter().find(|text| text.starts_with(&format!("Step {number} of ")) && text.contains(": "))
}

/// Opens the export of the story from the strip.
fn export_slides(bench: &mut Bench) {
    bench.click("Export slides…");
    super::look_for_room(bench);
}

#[test]
fn a_story_of_three_slides_takes_a_dozen_clicks_and_is_never_overwritten() {
    let mut bench = Bench::new();
    bench.click_as(Role::Button, "Map");
    for label in ["Story", "Make steps"] {
        bench.click(label);
    }
    while let Some(name) = step(&bench, 4) {
        bench.click(&name);
        bench.press(Modifiers::NONE, Key::Delete);
    }
    export_slides(&mut bench);
    assert!(is_chosen(&bench, "Shows: story of 3 steps") && is_chosen(&bench, "Format: powerpoint"));
    assert!(bench.shows("4 slides"), "three steps and the sources: {:?}", bench.texts());
    let path = save(&mut bench, "story.pptx");
    assert!(bench.clicks <= 12, "{} clicks", bench.clicks);
    let slides = |bytes: &[u8]| {
        let parts = crate::slides::package::entries(bytes);
        parts.iter().filter(|entry| entry.name.starts_with("ppt/slides/slide")).count()
    };
    let first = read(&bench, &path);
    assert_eq!(slides(&first), 4);

    // The same story again is not written; a changed one lies beside.
    export_slides(&mut bench);
    save(&mut bench, "story.pptx");
    assert!(bench.shows("story.pptx is up to date, so no further deck was written"), "{:?}", bench.texts());
    let second = path.with_file_name("story-2.pptx");
    assert!(!second.exists());
    let last = step(&bench, 3).expect("a third step");
    bench.click(&last);
    bench.press(Modifiers::NONE, Key::Delete);
    export_slides(&mut bench);
    save(&mut bench, "story.pptx");
    assert!(bench.shows("left out: “"), "{:?}", bench.texts());
    assert_eq!(std::fs::read(&path).expect("kept"), first);
    assert_eq!(slides(&std::fs::read(&second).expect("written")), 3);
}

#[test]
fn pictures_of_a_story_are_numbered_and_a_map_without_one_has_no_choice() {
    let (mut bench, _) = crate::window::story::opened(true);
    bench.press(Modifiers::COMMAND, Key::E);
    assert!(is_chosen(&bench, "Shows: map"));
    bench.click_as(Role::RadioButton, "Shows: story of 3 steps");
    let path = save(&mut bench, "steps.png");
    for number in 1..=3 {
        assert!(path.with_file_name(format!("steps-{number}.png")).exists(), "{number}: {:?}", bench.texts());
    }
    assert!(!path.exists(), "there is no picture of all of them");
    let (mut bench, _) = crate::window::story::opened(false);
    bench.press(Modifiers::COMMAND, Key::E);
    assert!(bench.harness.query_by_role_and_label(Role::RadioButton, "Format: gif").is_none());
    assert!(bench.harness.query_by_role_and_label(Role::RadioButton, "Shows: map").is_none());
}

#[test]
fn a_story_moves_in_the_size_that_was_chosen_and_is_never_overwritten() {
    let (mut bench, _) = crate::window::story::opened(true);
    bench.press(Modifiers::COMMAND, Key::E);
    let has_gif = |bench: &Bench| bench.harness.query_by_role_and_label(Role::RadioButton, "Format: gif").is_some();
    assert!(!has_gif(&bench), "a map as a whole doesn't move");
    bench.click_as(Role::RadioButton, "Shows: story of 3 steps");
    bench.click_as(Role::RadioButton, "Format: gif");
    assert!(bench.shows("at most 1280 × 720 px") && bench.shows("pictures in "), "{:?}", bench.texts());
    assert!(bench.harness.query_by_role_and_label(Role::ComboBox, "Pixels").is_none());
    assert!(bench.harness.query_by_role_and_label(Role::RadioButton, "Background: transparent").is_none());
    super::choose(&mut bench, "Size", "Small  (640 × 360)");
    let path = save(&mut bench, "story.gif");
    let size = |bytes: &[u8]| {
        let mut decoder = gif::DecodeOptions::new().read_info(bytes).expect("a GIF");
        let mut frames = 0;
        while decoder.read_next_frame().expect("a frame").is_some() {
            frames += 1;
        }
        (decoder.width(), decoder.height(), frames)
    };
    let first = read(&bench, &path);
    let (width, height, frames) = size(&first);
    assert!((width, height) == (640, 360) && frames >= 3, "{width} × {height}, {frames} frames");

    // The choice is remembered, but a map as a whole is a still picture.
    bench.press(Modifiers::COMMAND, Key::E);
    assert!(is_chosen(&bench, "Shows: map") && is_chosen(&bench, "Format: png"));
    bench.click_as(Role::RadioButton, "Shows: story of 3 steps");
    bench.click_as(Role::RadioButton, "Format: gif");
    bench.click_as(Role::RadioButton, "Theme: dark");
    save(&mut bench, "story.gif");
    let second = path.with_file_name("story-2.gif");
    assert!(bench.shows("story.gif is kept, and the new picture is"), "{:?}", bench.texts());
    assert_eq!(std::fs::read(&path).expect("kept"), first);
    assert_eq!(size(&std::fs::read(&second).expect("written")), (width, height, frames));
    bench.press(Modifiers::COMMAND, Key::E);
    bench.click_as(Role::RadioButton, "Shows: story of 3 steps");
    bench.click_as(Role::RadioButton, "Format: apng");
    bench.click_as(Role::RadioButton, "Shows: map");
    assert!(is_chosen(&bench, "Format: png"), "a map as a whole doesn't move");
}
