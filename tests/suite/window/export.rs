//! The export dialog: options, preview, saving, copying.

mod slides;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, TextureId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::Bench;

const HEADING: &str = "Export the picture";

/// Opens the window with the dialog.
fn open() -> Bench {
    let mut bench = Bench::new();
    bench.click("Export…");
    assert!(bench.shows(HEADING), "{:?}", bench.texts());
    bench
}

/// Saves under `name` in the test's folder.
fn save(bench: &mut Bench, name: &str) -> PathBuf {
    let path = bench.folder.path().join(name);
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.click("Save…");
    path
}

fn read(bench: &Bench, path: &PathBuf) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}, {:?}", path.display(), bench.texts()))
}

fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert!(bytes.starts_with(b"\x89PNG"));
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

fn is_chosen(bench: &Bench, choice: &str) -> bool {
    let node = bench.harness.get_by_role_and_label(Role::RadioButton, choice);
    node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn a_pdf_is_chosen_looked_at_and_saved() {
    let mut bench = open();
    assert!(bench.shows("Preview of the picture"), "{:?}", bench.texts());
    assert!(bench.shows("4 actors, 11 ties"), "{:?}", bench.texts());
    assert!(bench.shows("1920 × 1080 px"), "{:?}", bench.texts());
    bench.click_as(Role::RadioButton, "Format: pdf");
    bench.click_as(Role::RadioButton, "Citations: numbers");
    bench.click_as(Role::ComboBox, "Labels");
    bench.click("Citation numbers alone");
    bench.click_as(Role::CheckBox, "Arrange for the page");
    assert!(bench.shows("33.9 × 19"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_role_and_label(Role::ComboBox, "Pixels").is_none(), "a PDF has none");
    let path = save(&mut bench, "map.pdf");
    assert!(read(&bench, &path).starts_with(b"%PDF-"));
    assert!(!bench.shows(HEADING), "it closes once the picture is saved");
    assert!(bench.shows("Saved "), "{:?}", bench.texts());

    bench.press(Modifiers::COMMAND, Key::E);
    assert!(is_chosen(&bench, "Format: pdf") && is_chosen(&bench, "Citations: numbers"), "choices are remembered");
    let keeps = |bench: &Bench| {
        let labels = bench.harness.get_by_role_and_label(Role::ComboBox, "Labels").accesskit_node().value();
        let places =
            bench.harness.get_by_role_and_label(Role::CheckBox, "Arrange for the page").accesskit_node().toggled();
        labels.as_deref() == Some("Citation numbers alone") && places == Some(egui::accesskit::Toggled::True)
    };
    assert!(keeps(&bench), "{:?}", bench.texts());
    bench.app().remember();
    let mut again = Bench::start(None, Rc::clone(&bench.folder));
    again.press(Modifiers::COMMAND, Key::E);
    assert!(is_chosen(&again, "Format: pdf") && is_chosen(&again, "Citations: numbers"), "also in the next run");
    assert!(keeps(&again), "{:?}", again.texts());
}

#[test]
fn a_png_has_the_pixels_that_were_chosen() {
    let mut bench = open();
    bench.click_as(Role::ComboBox, "Page");
    bench.click("Screen 1440 × 900");
    bench.click_as(Role::ComboBox, "Pixels");
    bench.click("2 ×  (2880 × 1800)");
    bench.click_as(Role::CheckBox, "Speaker notes as a text file");
    assert!(bench.shows("2880 × 1800 px"), "{:?}", bench.texts());
    let path = save(&mut bench, "map");
    assert!(!path.exists());
    let bytes = read(&bench, &path.with_extension("png"));
    assert_eq!(png_size(&bytes), (2880, 1800));
    let notes = read(&bench, &path.with_file_name("map-notes.txt"));
    assert!(String::from_utf8(notes).expect("text").contains("GeekWire"));
}

#[test]
fn a_selection_alone_has_fewer_actors() {
    let mut bench = open();
    let selection = bench.harness.get_by_role_and_label(Role::RadioButton, "Content: selection");
    assert!(selection.accesskit_node().is_disabled(), "nothing is selected");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows(HEADING), "Escape closes");
    bench.click("Microsoft → OpenAI, investment, more than $13 billion, on the map");
    bench.click("Export…");
    bench.click_as(Role::RadioButton, "Content: selection");
    assert!(bench.shows("2 actors, 1 tie"), "{:?}", bench.texts());
    bench.click_as(Role::RadioButton, "Format: svg");
    bench.click_as(Role::RadioButton, "Text: fonts");
    let path = save(&mut bench, "part.svg");
    let text = String::from_utf8(read(&bench, &path)).expect("text");
    assert!(text.contains("Microsoft") && !text.contains(">Amazon<"), "{text}");
    bench.press(Modifiers::COMMAND, Key::E);
    assert!(is_chosen(&bench, "Content: whole map"), "each picture starts with the whole map");
}

#[test]
fn what_is_withheld_is_not_in_the_file() {
    let mut bench = open();
    bench.click("Redact");
    bench.click_as(Role::CheckBox, "Withhold Amazon");
    assert!(bench.shows("Redact – names withheld"), "{:?}", bench.texts());
    bench.click_as(Role::RadioButton, "Format: html");
    let path = save(&mut bench, "safe.html");
    let text = String::from_utf8(read(&bench, &path)).expect("text");
    assert!(text.contains("Company A") && !text.contains("Amazon"));
    bench.click("Export…");
    assert!(bench.shows("Redact") && !bench.shows("names withheld"), "each picture starts with nothing withheld");
}

#[test]
fn what_remains_is_listed_and_withheld_by_a_click() {
    let mut bench = open();
    bench.click_as(Role::RadioButton, "Format: html");
    bench.click("Redact");
    bench.click_as(Role::CheckBox, "Withhold Amazon");
    let heading = |bench: &Bench| bench.texts().into_iter().find(|text| text.starts_with("Review – "));
    let before = heading(&bench).expect("a review");
    bench.harness.get_by_label(&before).click_accesskit();
    bench.settle();
    let title = "Withhold “OpenAI between Microsoft and Amazon”";
    assert!(bench.harness.query_by_role_and_label(Role::CheckBox, title).is_none(), "it has the name");
    // The first row is a suspicious one.
    let rows = bench.harness.get_all_by_role(Role::CheckBox).filter_map(|node| node.accesskit_node().label());
    let row = rows.into_iter().find(|label| label.starts_with("Withhold “")).expect("a text that remains");
    bench.harness.get_by_role_and_label(Role::CheckBox, &row).click_accesskit();
    bench.settle();
    let after = heading(&bench).expect("a review");
    assert_ne!(before, after, "one text less remains");
    assert!(bench.shows("Redact – names and some texts withheld"), "{:?}", bench.texts());
    let is_ticked = |bench: &Bench| {
        bench.harness.get_by_role_and_label(Role::CheckBox, &row).accesskit_node().toggled()
            == Some(egui::accesskit::Toggled::True)
    };
    assert!(is_ticked(&bench), "what was decided on can be taken back");
    let words = row.trim_start_matches("Withhold “").trim_end_matches('”').to_owned();
    let path = save(&mut bench, "safe.html");
    let text = String::from_utf8(read(&bench, &path)).expect("text");
    assert!(!text.contains(&words), "{words}");
}

#[test]
fn a_withheld_source_is_nowhere_in_the_files() {
    let files = [("Format: html", "safe.html"), ("Format: svg", "safe.svg")];
    for (format, name) in files {
        for is_withheld in [false, true] {
            let mut bench = open();
            bench.click_as(Role::RadioButton, format);
            if name == "safe.svg" {
                bench.click_as(Role::RadioButton, "Text: fonts");
                bench.click_as(Role::CheckBox, "Speaker notes as a text file");
            }
            if is_withheld {
                bench.click("Redact");
                let memo = "Withhold [5] [Report on OpenAI’s internal memo], CNBC, 13 April 2026, cnbc.com";
                // The row is outside the visible area; a screen reader need not scroll.
                bench.harness.get_by_role_and_label(Role::CheckBox, memo).click_accesskit();
                bench.settle();
                assert!(bench.shows("Redact – sources withheld"), "{:?}", bench.texts());
            }
            let path = save(&mut bench, name);
            let mut said = String::from_utf8(read(&bench, &path)).expect("text");
            if name == "safe.svg" {
                let notes = read(&bench, &path.with_file_name("safe-notes.txt"));
                said.push_str(&String::from_utf8(notes).expect("text"));
            }
            let said = said.to_lowercase();
            for told in ["cnbc", "internal memo"] {
                assert_eq!(said.contains(told), !is_withheld, "{told} in {name}");
            }
            assert!(said.contains("geekwire"), "the others stay in {name}");
            assert_eq!(said.contains("[title withheld]"), is_withheld, "{name}");
        }
    }
}

/// Returns the textures of pictures on the screen.
fn pictures(bench: &Bench) -> BTreeSet<TextureId> {
    let textures = bench.harness.output().shapes.iter().map(|clipped| clipped.shape.texture_id());
    textures.filter(|texture| *texture != TextureId::default()).collect()
}

#[test]
fn the_pages_of_a_pdf_are_leafed_through() {
    let mut bench = Bench::with_file(Some(PathBuf::from("data/harbor.tieline.jsonc")));
    bench.click("Export…");
    assert!(bench.shows("Page 1 of 2"), "a slide keeps its size: {:?}", bench.texts());
    bench.click_as(Role::RadioButton, "Format: html");
    assert!(bench.shows("Preview of the picture") && !bench.shows("Next page"), "HTML has one page");
    bench.click_as(Role::RadioButton, "Format: pdf");
    assert!(bench.shows("Page 1 of 2") && bench.is_disabled("Previous page"), "{:?}", bench.texts());
    let first = pictures(&bench);
    assert_eq!(first.len(), 1);
    bench.click("Next page");
    assert!(bench.shows("Preview of the picture, page 2 of 2") && bench.is_disabled("Next page"));
    assert_ne!(pictures(&bench), first, "another picture is seen");
    bench.click("Previous page");
    assert!(bench.shows("Page 1 of 2"));
    assert_eq!(pictures(&bench), first);
    bench.click("Next page");
    bench.click_as(Role::RadioButton, "Format: html");
    assert!(bench.shows("Preview of the picture") && !bench.shows("page 2"), "{:?}", bench.texts());
}

#[test]
fn a_copy_says_when_the_sources_are_not_in_it() {
    let mut bench = Bench::with_file(Some(PathBuf::from("data/harbor.tieline.jsonc")));
    bench.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C);
    assert!(bench.shows("Copied page 1 of 2; save the picture to get the sources too"), "{:?}", bench.texts());
    bench.click("Export…");
    let path = save(&mut bench, "harbor.png");
    assert_eq!(png_size(&read(&bench, &path)), (1920, 1080));
    let second = path.with_file_name("harbor-2.png");
    assert_eq!(png_size(&read(&bench, &second)), (1920, 1080));
    let said = format!("Saved {} and {}", path.display(), second.display());
    assert!(bench.shows(&said), "{:?}", bench.texts());
}

#[test]
fn what_can_not_be_written_is_said_and_the_dialog_stays() {
    let mut bench = open();
    let path = save(&mut bench, "gone/map.png");
    assert!(!path.exists());
    assert!(bench.shows("The picture was not made"), "{:?}", bench.texts());
    assert!(bench.shows(HEADING), "so that another folder can be chosen");
    bench.click("Cancel");
    assert!(!bench.shows(HEADING));
}

#[test]
fn where_there_is_no_dialog_enter_leads_to_the_path_field() {
    let mut bench = Bench::new();
    bench.notes.borrow_mut().missing = Some("There is no file dialog here".to_owned());
    bench.press(Modifiers::COMMAND, Key::E);
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("There is no file dialog here"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("There is no file dialog here") && bench.shows(HEADING), "one step back");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.press(Modifiers::COMMAND, Key::A);
    let path = bench.folder.path().join("typed.png");
    bench.type_text(&path.display().to_string());
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(png_size(&read(&bench, &path)), (1920, 1080));
}

/// Runs until the window puts an image on the clipboard.
fn copied_image(bench: &mut Bench) -> Option<egui::ColorImage> {
    for _ in 0..2000 {
        bench.harness.step();
        let commands = &bench.harness.output().platform_output.commands;
        let image = commands.iter().find_map(|command| match command {
            OutputCommand::CopyImage(image) => Some(image.clone()),
            _ => None,
        });
        if image.is_some() {
            return image;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    None
}

#[test]
fn a_copy_is_a_picture_that_shows_through_where_it_is_transparent() {
    let mut bench = open();
    bench.click_as(Role::RadioButton, "Background: transparent");
    bench.harness.get_by_label("Copy").click();
    let image = copied_image(&mut bench).expect("an image");
    assert_eq!(image.size, [1920, 1080]);
    assert_eq!(image.pixels[0].a(), 0, "the corner is empty");
    assert!(image.pixels.iter().any(|pixel| pixel.a() == 255));
    bench.settle();
    assert!(!bench.shows(HEADING));

    // A copy asked for while the preview is stale has the latest options, too.
    bench.click("Export…");
    bench.harness.get_by_role_and_label(Role::RadioButton, "Background: white").click();
    bench.harness.step();
    bench.harness.get_by_label("Copy").click();
    let image = copied_image(&mut bench).expect("an image");
    assert_eq!(image.pixels[0], egui::Color32::WHITE);
    bench.settle();
    bench.click("Export…");
    bench.click_as(Role::RadioButton, "Background: transparent");
    bench.harness.get_by_label("Copy").click();
    copied_image(&mut bench).expect("an image");
    bench.settle();

    // The shortcut reuses the latest options.
    bench.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    let image = copied_image(&mut bench).expect("an image");
    assert_eq!(image.pixels[0].a(), 0);
}

#[test]
fn the_ending_of_the_name_decides_on_the_format() {
    let mut bench = Bench::new();
    for (name, start) in [("map.svg", &b"<svg"[..]), ("map.png", &b"\x89PNG"[..])] {
        bench.press(Modifiers::COMMAND, Key::K);
        bench.type_text("export picture");
        bench.press(Modifiers::NONE, Key::Enter);
        let path = bench.folder.path().join(name);
        bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
        bench.press(Modifiers::NONE, Key::Enter);
        assert!(read(&bench, &path).starts_with(start), "{name}");
    }
}

#[test]
fn pictures_of_the_map_are_in_the_file_menu_and_one_of_the_window_in_view() {
    let mut bench = Bench::new();
    bench.click("File");
    assert!(bench.shows("Export picture…") && bench.shows("Copy picture"), "{:?}", bench.texts());
    assert!(!bench.shows("creenshot") && !bench.shows("Save picture"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    bench.click("View");
    assert!(bench.shows("Save screenshot of the window…"), "{:?}", bench.texts());
}

/// Draws until settings that give more room have been looked for.
fn look_for_room(bench: &mut Bench) {
    for _ in 0..20_000 {
        bench.settle();
        if !bench.shows("Looking for more room") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("the search never ends");
}

fn choose(bench: &mut Bench, list: &str, value: &str) {
    bench.click_as(Role::ComboBox, list);
    bench.click(value);
    look_for_room(bench);
}

#[test]
fn one_button_makes_a_picture_fit_and_its_settings_undo_it() {
    let mut bench = open();
    choose(&mut bench, "Page", "A4 upright  (794 × 1123)");
    assert!(!bench.shows("Make it fit"), "everything fits: {:?}", bench.texts());
    choose(&mut bench, "Page", "Slide 4:3  (1440 × 1080)");
    let reduced = "labels show only icon and citation numbers";
    assert!(bench.shows(reduced), "{:?}", bench.texts());
    assert!(bench.shows("The smallest name has 9.8 pt"), "{:?}", bench.texts());
    bench.click("Make it fit");
    look_for_room(&mut bench);
    assert!(!bench.shows(reduced) && !bench.shows("left out for lack of room"), "{:?}", bench.texts());
    assert!(!bench.shows("The smallest name has 9.8 pt"), "{:?}", bench.texts());
    let labels = bench.harness.get_by_role_and_label(Role::ComboBox, "Labels").accesskit_node().value();
    assert_eq!(labels.as_deref(), Some("Citation numbers alone"));

    choose(&mut bench, "Labels", "As on the canvas");
    let places = bench.harness.get_by_role_and_label(Role::CheckBox, "Arrange for the page");
    if places.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True) {
        bench.click_as(Role::CheckBox, "Arrange for the page");
        look_for_room(&mut bench);
    }
    assert!(bench.shows(reduced) && bench.shows("Make it fit"), "{:?}", bench.texts());
    bench.click_as(Role::RadioButton, "Format: html");
    look_for_room(&mut bench);
    assert!(!bench.shows("Make it fit") && !bench.shows(reduced), "a page to zoom has room: {:?}", bench.texts());
}

mod slow {
    use super::*;

    #[test]
    fn a_slide_of_a_full_map_that_fits_takes_three_clicks() {
        let mut bench = Bench::with_file(Some(PathBuf::from("data/harbor.tieline.jsonc")));
        bench.click("Export…");
        look_for_room(&mut bench);
        let left_out = |bench: &Bench| {
            let text = bench.texts().into_iter().find(|text| text.contains("left out for lack of room"));
            text.map_or(0, |text| {
                text.split(' ').next().and_then(|count| count.parse::<usize>().ok()).expect("a number")
            })
        };
        let before = left_out(&bench);
        bench.click("Make it fit");
        look_for_room(&mut bench);
        assert!(left_out(&bench) < before, "{before} before: {:?}", bench.texts());
        assert!(!bench.shows("no name, for lack of room"), "{:?}", bench.texts());
        assert!(!bench.shows("Make it fit"), "it fits as well as it can: {:?}", bench.texts());
        let path = save(&mut bench, "slide.png");
        assert_eq!(png_size(&read(&bench, &path)), (1920, 1080));
        assert_eq!(bench.clicks, 3);
    }
}
