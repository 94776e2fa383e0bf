//! Making and correcting a map in the window.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Vec2};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const MAP: &str = r#"{
  // Two mills, by hand.
  "format": "tieline", "version": "1.0", "map": { "title": "Two mills" },
  "kinds": { "tie": { "loan": { "label": "Loan", "verb": "lends to", "directed": true } } },
  "actors": [
    { "id": "a", "name": "Alder Mill" }, // the older one
    { "id": "b", "name": "Birch Mill" },
  ],
  "ties": [
    { "id": "t", "kind": "loan", "from": "a", "to": "b",
      "amount": { "exact": 13000000, "currency": "USD" } }, // as told
  ],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [420, 0] } }],
}
"#;

const ALDER: &str = "Alder Mill, on the map";
const BIRCH: &str = "Birch Mill, on the map";

fn new_map() -> Bench {
    let mut bench = Bench::new();
    bench.press(Modifiers::COMMAND, Key::N);
    assert!(bench.shows("An empty map"), "{:?}", bench.texts());
    bench
}

fn opened() -> (Bench, std::path::PathBuf) {
    let first = Bench::new();
    let path = first.write("mills.tieline.jsonc", MAP);
    (Bench::start(Some(path.clone()), std::rc::Rc::clone(&first.folder)), path)
}

/// Returns the name of the tie from Alder to Birch on the map.
fn tie(bench: &Bench) -> Option<String> {
    bench
        .texts()
        .into_iter()
        .find(|text| text.starts_with("Alder Mill → Birch Mill, loan") && text.ends_with("the map"))
}

fn click_tie(bench: &mut Bench) {
    let label = tie(bench).expect("the tie is on the map");
    bench.click(&label);
}

fn key(bench: &mut Bench, key: Key) {
    bench.press(Modifiers::NONE, key);
}

fn undo(bench: &mut Bench) {
    bench.press(Modifiers::COMMAND, Key::Z);
}

fn paste(bench: &mut Bench, text: &str) {
    bench.harness.event(egui::Event::Paste(text.to_owned()));
    bench.settle();
}

/// Types a whole tie, from an empty map: who, does what, to whom, how much, when, says who, in which words.
fn type_tie(bench: &mut Bench) {
    key(bench, Key::E);
    for text in ["Microsoft", "inv", "OpenAI", "more than $13bn", "since 2019"] {
        bench.type_text(text);
        key(bench, Key::Tab);
    }
    paste(bench, "https://www.geekwire.com/2026/filing/");
    key(bench, Key::Tab);
    paste(bench, "“Microsoft has invested more than\n$13 billion”");
    key(bench, Key::Enter);
}

#[test]
fn a_tie_with_its_proof_is_typed_into_an_empty_map_and_undone_at_once() {
    let mut bench = new_map();
    type_tie(&mut bench);
    let texts = bench.texts();
    assert!(bench.shows("Microsoft → OpenAI, investment"), "{texts:?}");
    for shown in ["more than $13bn", "geekwire.com", "“Microsoft has invested more than $13 billion”", "since 2019"]
    {
        assert!(bench.shows(shown) || shown == "since 2019", "{shown}: {texts:?}");
    }
    assert!(!bench.shows("no source"), "{texts:?}");
    let canvas = bench.harness.get_by_role_and_label(Role::Unknown, "Map").rect();
    for actor in ["Microsoft, on the map", "OpenAI, on the map"] {
        assert!(canvas.contains(bench.center_of(actor)), "{actor} is in view");
    }
    undo(&mut bench);
    assert!(bench.shows("An empty map"), "one step takes back all of it: {:?}", bench.texts());
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(bench.shows("Microsoft → OpenAI, investment"), "and redo brings it back");
}

#[test]
fn the_next_tie_of_a_pair_needs_no_names() {
    let mut bench = new_map();
    type_tie(&mut bench);
    key(&mut bench, Key::E);
    // Both ends are there, so the caret is in the kind.
    bench.type_text("own");
    key(&mut bench, Key::Tab);
    bench.type_text("27%");
    key(&mut bench, Key::Tab);
    key(&mut bench, Key::Tab);
    key(&mut bench, Key::ArrowDown);
    key(&mut bench, Key::Tab);
    paste(&mut bench, "roughly 27 percent");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("Microsoft → OpenAI, ownership"), "{:?}", bench.texts());
    assert!(bench.shows("27%") && bench.shows("“roughly 27 percent”"), "{:?}", bench.texts());
    assert!(bench.shows("1 source"), "the source is cited again, not added: {:?}", bench.texts());
}

#[test]
fn actors_are_named_where_the_pointer_clicks_and_known_names_add_nothing() {
    let mut bench = new_map();
    let at = Pos2::new(700.0, 420.0);
    bench.double_click(at);
    bench.type_text("Alder Mill");
    key(&mut bench, Key::Enter);
    assert!(bench.center_of(ALDER).distance(at) < 20.0, "{:?}", bench.center_of(ALDER));
    bench.press(Modifiers::NONE, Key::Escape);
    bench.double_click(at + Vec2::new(0.0, 200.0));
    bench.type_text("alder mill");
    key(&mut bench, Key::Enter);
    assert!(bench.is_selected(ALDER) && bench.shows("1 actor"), "{:?}", bench.texts());
}

#[test]
fn words_that_were_meant_as_a_note_become_one() {
    let mut bench = new_map();
    bench.double_click(Pos2::new(700.0, 420.0));
    bench.type_text("Ask the regulator");
    bench.click("Note instead");
    bench.press(Modifiers::COMMAND, Key::Enter);
    assert!(bench.shows("Note: Ask the regulator, on the map"), "{:?}", bench.texts());
    assert!(!bench.shows("1 actor"));
}

#[test]
fn a_value_is_kept_by_leaving_its_field_and_only_its_bytes_change() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    bench.click("Change how much");
    bench.type_text("more than $13.4m");
    assert!(bench.shows("more than $13.4 million (US dollars)"), "it says how it reads: {:?}", bench.texts());
    bench.click(ALDER);
    assert!(bench.is_selected(ALDER), "the click is not lost");
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(&path).expect("saved");
    for kept in ["// Two mills, by hand.", "// the older one", "// as told"] {
        assert!(saved.contains(kept), "{kept}: {saved}");
    }
    let changed: Vec<&str> = saved.lines().filter(|line| !MAP.contains(*line)).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].contains("13400000"), "{changed:?}");
    undo(&mut bench);
    assert!(bench.app().title().starts_with('•'));
}

#[test]
fn what_cannot_be_read_stays_as_a_draft_and_the_old_value_in_the_map() {
    let (mut bench, _) = opened();
    click_tie(&mut bench);
    bench.click("Change how much");
    bench.type_text("$13bm");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("“bm” is not a number word. Did you mean bn?"), "{:?}", bench.texts());
    bench.click(ALDER);
    assert!(!bench.app().title().starts_with('•'), "nothing was changed");
    click_tie(&mut bench);
    bench.click("Change how much");
    assert!(bench.shows("$13bm"), "the draft is still there: {:?}", bench.texts());
}

#[test]
fn two_meanings_are_listed_and_none_is_taken_unasked() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    bench.click("When");
    bench.type_text("03/04/2019");
    key(&mut bench, Key::Enter);
    assert!(!bench.app().title().starts_with('•'), "nothing is stored");
    assert!(bench.shows("on 3 April 2019") && bench.shows("on 4 March 2019"), "{:?}", bench.texts());
    key(&mut bench, Key::ArrowDown);
    key(&mut bench, Key::Enter);
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(path).expect("saved");
    assert!(saved.contains("2019-04-03"), "{saved}");
}

#[test]
fn escape_gives_up_one_thing_at_a_time_and_long_words_can_be_brought_back() {
    let (mut bench, _) = opened();
    bench.click(ALDER);
    bench.click("Change name");
    bench.type_text("The Alder Mill of the North");
    key(&mut bench, Key::Escape);
    assert!(bench.is_selected(ALDER) && !bench.app().title().starts_with('•'), "{:?}", bench.texts());
    bench.click("Reopen");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("The Alder Mill of the North, on the map"), "{:?}", bench.texts());
    key(&mut bench, Key::Escape);
    assert!(!bench.is_selected("The Alder Mill of the North, on the map"));
}

#[test]
fn a_name_is_changed_where_it_stands() {
    let (mut bench, _) = opened();
    bench.click(ALDER);
    key(&mut bench, Key::F2);
    bench.type_text("Elder Mill");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("Elder Mill, on the map") && !bench.shows("Alder Mill"), "{:?}", bench.texts());
    undo(&mut bench);
    assert!(bench.shows(ALDER));
}

#[test]
fn the_actor_selected_first_is_where_a_new_tie_begins() {
    let (mut bench, _) = opened();
    bench.click(BIRCH);
    bench.harness.get_by_label(ALDER).click_modifiers(Modifiers::COMMAND);
    bench.settle();
    key(&mut bench, Key::E);
    bench.type_text("Sues");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("Birch Mill → Alder Mill"), "{:?}", bench.texts());
}

#[test]
fn deleting_takes_what_hangs_on_it_and_undo_brings_all_back() {
    let (mut bench, _) = opened();
    let before = bench.center_of(ALDER);
    bench.click(ALDER);
    key(&mut bench, Key::Delete);
    assert!(!bench.shows(ALDER) && tie(&bench).is_none(), "{:?}", bench.texts());
    assert!(bench.shows("Deleted Alder Mill with its 1 tie"), "{:?}", bench.texts());
    undo(&mut bench);
    assert!(tie(&bench).is_some(), "{:?}", bench.texts());
    assert!(bench.center_of(ALDER).distance(before) < 1.0, "where it was");
    assert!(!bench.app().title().starts_with('•'), "the map is as saved");
}

#[test]
fn a_link_to_a_highlight_fills_source_and_quote() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    key(&mut bench, Key::C);
    paste(&mut bench, "https://example.org/mills#:~:text=lent%20thirteen%20million");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("“lent thirteen million”"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(path).expect("saved");
    assert!(saved.contains("\"https://example.org/mills\"") && !saved.contains(":~:"), "{saved}");
}

#[test]
fn a_text_being_composed_is_left_to_the_input_method() {
    let (mut bench, _) = opened();
    bench.click(ALDER);
    bench.click("Change name");
    let preedit = egui::ImeEvent::Preedit { text: "アル".to_owned(), active_range_chars: None };
    bench.harness.event(egui::Event::Ime(preedit));
    bench.settle();
    key(&mut bench, Key::Enter);
    assert!(!bench.app().title().starts_with('•'), "Enter was the input method's");
    assert!(bench.harness.query_by_role_and_label(Role::TextInput, "Name").is_some(), "the field is still open");
}

#[test]
fn an_actor_and_a_tie_are_drawn_with_the_mouse_from_a_handle() {
    let (mut bench, _) = opened();
    let card = bench.harness.get_by_label(ALDER).rect();
    bench.harness.hover_at(card.center());
    bench.settle();
    let handles: Vec<Pos2> =
        bench.harness.get_all_by_label("Tie from Alder Mill").map(|handle| handle.rect().center()).collect();
    assert_eq!(handles.len(), 4);
    assert!(handles.iter().all(|handle| !card.contains(*handle)), "{handles:?} beside {card:?}");
    let below = handles[2];
    bench.drag(below, below + Vec2::new(0.0, 160.0));
    assert!(bench.shows("New tie"), "{:?}", bench.texts());
    bench.type_text("own");
    key(&mut bench, Key::Tab);
    bench.type_text("Cedar Mill");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("Alder Mill → Cedar Mill"), "{:?}", bench.texts());
    let cedar = bench.center_of("Cedar Mill, on the map");
    let way = cedar - bench.center_of(ALDER);
    assert!(way.x.abs() < 20.0 && way.y > 100.0, "it stands where the drag ended, below the card: {way:?}");
    undo(&mut bench);
    assert!(!bench.shows("Cedar Mill"), "tie and actor are one step: {:?}", bench.texts());
    // Onto another card, both ends are known; dropped outside or given up, nothing happens.
    bench.harness.hover_at(card.center());
    bench.settle();
    let right = bench.harness.get_all_by_label("Tie from Alder Mill").nth(1).expect("a handle").rect().center();
    let birch = bench.center_of(BIRCH);
    bench.drag(right, birch);
    bench.type_text("own");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("Alder Mill → Birch Mill, ownership"), "{:?}", bench.texts());
}

#[test]
fn merging_says_what_it_will_do_and_is_one_step() {
    let first = Bench::new();
    let text = std::fs::read_to_string("tests/data/edit/merge.tieline.json").expect("the map");
    let path = first.write("merge.tieline.json", &text);
    let mut bench = Bench::start(Some(path.clone()), std::rc::Rc::clone(&first.folder));
    bench.click("Norvik Bank, on the map");
    bench.harness.get_by_label("Norvik Bank AS, on the map").click_modifiers(Modifiers::COMMAND);
    bench.settle();
    key(&mut bench, Key::J);
    for words in [
        "Norvik Bank stays, and Norvik Bank AS becomes another name of it.",
        "3 ties move to Norvik Bank.",
        "1 tie between them then leads from Norvik Bank to itself. It is kept.",
        "Its address comes from Norvik Bank AS.",
    ] {
        assert!(bench.shows(words), "{words}: {:?}", bench.texts());
    }
    assert!(bench.shows("4 actors") && !bench.app().title().starts_with('•'), "nothing has happened yet");
    key(&mut bench, Key::Enter);
    assert!(bench.shows("3 actors · 6 of 6 ties"), "{:?}", bench.texts());
    undo(&mut bench);
    assert!(bench.shows("4 actors · 6 of 6 ties") && !bench.app().title().starts_with('•'), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(&path).expect("saved");
    assert!(!saved.contains("\"from\": \"n2\"") && !saved.contains("\"to\": \"n2\""), "{saved}");
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("Norvik Bank AS");
    key(&mut bench, Key::Enter);
    assert!(bench.is_selected("Norvik Bank, on the map"), "found by its former name");
}

#[test]
fn two_actors_that_are_not_the_same_are_remembered_as_such() {
    let (mut bench, path) = opened();
    bench.click(ALDER);
    bench.harness.get_by_label(BIRCH).click_modifiers(Modifiers::COMMAND);
    bench.settle();
    key(&mut bench, Key::J);
    bench.click("Not the same");
    assert!(bench.shows("2 actors"));
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(path).expect("saved");
    assert!(saved.contains("\"distinct\""), "{saved}");
}

#[test]
fn an_address_pasted_on_the_map_is_cited_for_the_selected_tie() {
    let (mut bench, _) = opened();
    click_tie(&mut bench);
    bench.harness.event(egui::Event::Paste("https://example.org/report".to_owned()));
    bench.settle();
    assert!(bench.shows("[1] example.org"), "{:?}", bench.texts());
    // The same page again, with words for tracking: cited again, but no second source.
    bench.harness.event(egui::Event::Paste("https://www.example.org/report/?utm_source=x".to_owned()));
    bench.settle();
    assert!(bench.shows("1 source"), "{:?}", bench.texts());
}

#[test]
fn the_title_of_the_map_is_typed() {
    let mut bench = new_map();
    bench.click("Change title");
    bench.type_text("Who lends to whom");
    key(&mut bench, Key::Enter);
    assert!(bench.app().title().contains("Who lends to whom"), "{}", bench.app().title());
    undo(&mut bench);
    assert!(!bench.app().title().contains("Who lends"), "{}", bench.app().title());
}

#[test]
fn the_kind_of_several_ties_is_changed_at_once() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    key(&mut bench, Key::E);
    bench.type_text("Loan");
    key(&mut bench, Key::Enter);
    bench.click(ALDER);
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("Select its ties");
    key(&mut bench, Key::Enter);
    key(&mut bench, Key::K);
    bench.type_text("own");
    key(&mut bench, Key::Enter);
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(path).expect("saved");
    assert_eq!(saved.matches("\"kind\": \"ownership\"").count(), 2, "{saved}");
    undo(&mut bench);
    assert!(bench.shows("Redo “Change the kind of 2 ties”") || tie(&bench).is_some(), "{:?}", bench.texts());
}
