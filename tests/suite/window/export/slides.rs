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
