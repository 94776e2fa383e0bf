//! Reading a map: first start, details, search, filters, palette.

use std::path::Path;
use std::time::Duration;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use tieline::text::{Face, Fonts, Style};

use super::bench::Bench;
use super::large_files::ask_for;

const INVESTS: &str = "Microsoft → OpenAI, investment, more than $13 billion, on the map";

#[test]
fn a_first_start_shows_the_sample_map_and_rests() {
    let mut bench = Bench::new();
    assert!(bench.shows("11 of 11 ties"), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with("Tieline – "), "{}", bench.app().title());
    for _ in 0..3 {
        bench.harness.step();
        assert_eq!(bench.delay(), Duration::MAX, "a window at rest asks for no frame");
    }
}

#[test]
fn a_click_on_a_tie_shows_amount_words_and_source() {
    let mut bench = Bench::new();
    bench.click(INVESTS);
    assert!(bench.shows("more than $13 billion"));
    assert!(bench.shows("GeekWire"), "{:?}", bench.texts());
    assert!(bench.shows("Quotation from "), "{:?}", bench.texts());
    assert!(bench.shows("paragraph 2"));
    bench.click("Copy citation");
    assert!(bench.shows("Copied the citation"));
}

#[test]
fn the_legend_is_as_high_as_its_signs() {
    let mut bench = Bench::new();
    ask_for(&mut bench, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/harbor.tieline.jsonc")));
    bench.settle();
    let (first, last) = ("Concession", "Amount not in EUR");
    let rows = [first, last].map(|sign| bench.harness.get_all_by_label(sign).last().expect("a sign").rect());
    assert!(rows[1].top() > rows[0].bottom(), "several rows: {rows:?}");
    let status = bench.harness.get_by_label_contains("22 sources").rect();
    assert!(rows[1].bottom() < status.top(), "the last row is in view: {rows:?}, {status:?}");
}

#[test]
fn a_click_on_an_actor_selects_it_everywhere() {
    let mut bench = Bench::new();
    bench.click("Amazon, company, on the map");
    let row = bench.harness.get_by_role_and_label(Role::Button, "Amazon");
    assert_eq!(row.accesskit_node().toggled(), Some(Toggled::True), "the list follows the canvas");
    assert!(bench.shows("$200 billion"), "the facts about it: {:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    let row = bench.harness.get_by_role_and_label(Role::Button, "Amazon");
    assert_eq!(row.accesskit_node().toggled(), Some(Toggled::False));
}

#[test]
fn filters_stand_in_groups_that_have_names() {
    let bench = Bench::new();
    let texts = bench.texts();
    for name in ["Kinds of actors", "Kinds of ties", "Kinds of sources", "Stage", "Status"] {
        assert!(texts.iter().any(|text| text == name), "{name}: {texts:?}");
    }
}

#[test]
fn filters_narrow_the_map_and_reset_widens_it() {
    let mut bench = Bench::new();
    bench.click_as(Role::Tab, "Ties");
    bench.click_as(Role::CheckBox, "Investment");
    assert!(bench.shows("9 of 11 ties"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_label(INVESTS).is_none());
    bench.click("Reset");
    assert!(bench.shows("11 of 11 ties"));
    assert!(bench.harness.query_by_label(INVESTS).is_some());
}

/// Three loans and investments, sourced from a filing and from news, in different years.
const DEALS: &str = r#"{
  "format": "tieline", "version": "1.0",
  "map": { "title": "Deals", "asOf": "2025" },
  "actors": [ { "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch" } ],
  "sources": [ { "id": "f", "kind": "filing", "title": "Filing" }, { "id": "n", "kind": "news", "title": "News" } ],
  "ties": [
    { "id": "early", "kind": "investment", "from": "a", "to": "b", "startDate": "2021", "evidence": [ { "source": "f" } ] },
    { "id": "late", "kind": "investment", "from": "b", "to": "a", "startDate": "2024", "evidence": [ { "source": "f" } ] },
    { "id": "told", "kind": "investment", "from": "b", "to": "a", "startDate": "2021", "evidence": [ { "source": "n" } ] },
    { "id": "loan", "kind": "loan", "from": "a", "to": "b", "startDate": "2021", "evidence": [ { "source": "f" } ] }
  ],
  "views": [ { "id": "main", "positions": { "a": [0, 0], "b": [500, 0] } } ]
}
"#;

#[test]
fn only_investments_from_filings_as_of_a_year_and_the_view_is_saved() {
    let bench = Bench::new();
    let path = bench.write("deals.tieline.json", DEALS);
    let mut bench = Bench::with_file(Some(path.clone()));
    bench.click("Only investment");
    assert!(bench.shows("3 of 4 ties"), "{:?}", bench.texts());
    bench.click("Only Filing");
    assert!(bench.shows("2 of 4 ties"), "{:?}", bench.texts());
    bench.click_as(Role::TextInput, "As of");
    bench.type_text("2023");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("1 of 4 ties · as of 2023, 1 uncertain"), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'), "the filter is part of the view");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("2 of 4 ties · 2 sources"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(!bench.app().title().starts_with('•'));
    let text = std::fs::read_to_string(&path).expect("saved");
    let wanted = r#""filters": { "hiddenTieKinds": ["loan"], "hiddenSourceKinds": ["news"] }"#;
    assert!(text.contains(wanted) && text.contains(r#""asOf": "2023""#), "{text}");
    let mut again = Bench::with_file(Some(path));
    assert!(again.shows("1 of 4 ties · as of 2023"), "{:?}", again.texts());
    again.click("Reset");
    assert!(again.shows("4 of 4 ties"));
}

#[test]
fn panels_take_in_fonts_for_letters_that_they_lack() {
    let bench = Bench::new();
    let name = "澜屿港口机械有限公司";
    let text = DEALS.replace("Alder", name);
    let path = bench.write("abroad.tieline.json", &text);
    let bench = Bench::with_file(Some(path));
    assert!(bench.shows(name));
    // Without an installed font, neither canvas nor panels can show the glyphs.
    let style = Style { face: Face::Regular, size: 13.0 };
    let is_installed = Fonts::new().shape(name, style, None, None).missing.is_empty();
    let font = egui::FontId::proportional(13.0);
    assert_eq!(bench.harness.ctx.fonts_mut(|fonts| fonts.has_glyphs(&font, name)), is_installed);
}

#[test]
fn what_is_no_date_is_told_and_changes_nothing() {
    let mut bench = Bench::new();
    bench.click_as(Role::TextInput, "As of");
    bench.type_text("20x3");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("“20x3” is not a date"), "{:?}", bench.texts());
    assert!(bench.shows("11 of 11 ties · 10 sources"));
}

#[test]
fn an_actor_is_hidden_and_shown_from_the_list() {
    let mut bench = Bench::new();
    bench.click("Hide Amazon");
    assert!(bench.shows("6 of 11 ties"), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'), "hidden actors are saved, so this is a change");
    bench.click("Show Amazon");
    assert!(bench.shows("11 of 11 ties"));
    assert!(!bench.app().title().starts_with('•'));
}

#[test]
fn the_palette_runs_what_is_typed() {
    let mut bench = Bench::new();
    assert!(bench.shows("Amount unknown"), "the legend is there at first");
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("legend");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(!bench.shows("Amount unknown"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::K);
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.harness.query_by_label("Find a command").is_none());
}

#[test]
fn search_finds_words_of_quotes_and_enter_shows_them() {
    let mut bench = Bench::new();
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("limited our ability");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("limited our ability"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_label("Copy citation").is_some(), "the tie or fact is selected");
}

#[test]
fn a_source_found_leads_to_its_ties_and_no_two_rows_read_the_same() {
    let mut bench = Bench::new();
    let find = |bench: &mut Bench| {
        bench.press(Modifiers::COMMAND, Key::F);
        bench.type_text("geekwire");
        let is_row = |text: &String| text.contains("rest on it") || text.contains("rests on");
        let rows: Vec<String> = bench.texts().into_iter().filter(is_row).collect();
        let mut apart = rows.clone();
        apart.sort();
        apart.dedup();
        assert_eq!(apart.len(), rows.len(), "{rows:?}");
        rows
    };
    let rows = find(&mut bench);
    assert!(bench.shows("Ties") && bench.shows("Sources"), "{:?}", bench.texts());
    let is_tie = |row: &&String| row.contains("→") && row.contains(", rests on GeekWire · ");
    let tie = rows.iter().find(is_tie).unwrap_or_else(|| panic!("{rows:?}"));
    bench.click(tie);
    assert!(bench.shows("Copy citation") && bench.shows("Evidence"), "{:?}", bench.texts());
    let rows = find(&mut bench);
    let is_source = |row: &&String| row.starts_with("GeekWire, [");
    let source = rows.iter().find(is_source).unwrap_or_else(|| panic!("{rows:?}"));
    bench.click(source);
    assert!(bench.shows("What rests on it"), "{:?}", bench.texts());
}

#[test]
fn keys_and_about_open_and_close() {
    let mut bench = Bench::new();
    bench.press(Modifiers::NONE, Key::F1);
    assert!(bench.shows("Keyboard and mouse"));
    bench.click("Close");
    assert!(!bench.shows("Keyboard and mouse"));
    bench.press(Modifiers::NONE, Key::F1);
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Keyboard and mouse"));
}

#[test]
fn menus_run_their_actions() {
    let mut bench = Bench::new();
    bench.click("View");
    bench.click("Lists");
    assert!(bench.harness.query_by_role_and_label(Role::Tab, "Sources").is_none(), "the lists are gone");
    bench.press(Modifiers::NONE, Key::F9);
    assert!(bench.harness.query_by_role_and_label(Role::Tab, "Sources").is_some());
}
