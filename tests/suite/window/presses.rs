//! How many presses it takes to make a map: the bundled map of four actors and eleven ties, with amounts, dates and
//! quotations, from an empty window.
//!
//! A character is a press, and so are a chord, a click, a double-click and a drag. The figures are printed by
//! `cargo test --test suite -- window::presses --nocapture`.

use egui::{Key, Modifiers, Pos2, Vec2};
use egui_kittest::kittest::Queryable as _;
use tieline::document::Document;
use tieline::document::edit::{TextEntry, entry_text};
use tieline::load::{BUNDLED, load_bundled};
use tieline::model::{Ends, Item, TieId};

use super::bench::Bench;

/// The most presses for a tie with amount, date, source and pasted quotation, from an empty map.
const FIRST_TIE: usize = 54;
/// The most presses for the next tie of the same pair, from the same source.
const NEXT_TIE: usize = 14;
/// The most presses for a tie of the whole map, on average; the design has 54 for a first and 14 for a next one.
const AVERAGE_TIE: usize = 40;

/// Drives the window and counts.
struct Counter {
    bench: Bench,
    presses: usize,
}

impl Counter {
    fn new() -> Self {
        Self { bench: Bench::new(), presses: 0 }
    }

    fn key(&mut self, key: Key) {
        self.chord(Modifiers::NONE, key);
    }

    fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.presses += 1;
        self.bench.press(modifiers, key);
    }

    fn text(&mut self, text: &str) {
        self.presses += text.chars().count();
        self.bench.type_text(text);
    }

    fn paste(&mut self, text: &str) {
        self.presses += 1;
        self.bench.harness.event(egui::Event::Paste(text.to_owned()));
        self.bench.settle();
    }

    fn click(&mut self, label: &str) {
        self.presses += 1;
        self.bench.click(label);
    }

    fn double_click(&mut self, pos: Pos2) {
        self.presses += 1;
        // A click right before would make it a triple click.
        self.bench.harness.run_steps(20);
        self.bench.double_click(pos);
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.presses += 1;
        self.bench.drag(from, to);
    }

    /// Returns the presses since `before`.
    fn since(&self, before: usize) -> usize {
        self.presses - before
    }
}

/// A tie of the bundled map, as a person types it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct TypedTie {
    from: String,
    to: String,
    kind: String,
    how_much: String,
    when: String,
    source: String,
    quote: String,
}

/// Returns the ties of a map: of the first piece of evidence, the source and its words.
fn typed_ties(document: &Document) -> Vec<TypedTie> {
    let map = &document.map;
    let of = |id: TieId| {
        let Ends::Pair { from, to } = map.tie(id).ends else { panic!("a tie of two") };
        let text = |entry| entry_text(document, Item::Tie(id), entry).expect("a field of ties");
        let piece = &map.tie(id).claim.evidence[0];
        let quote = piece.quote.as_ref().or(piece.cited_in.as_ref().and_then(|read| read.quote.as_ref()));
        let source = map.source(piece.source);
        TypedTie {
            from: map.actor(from).name.clone(),
            to: map.actor(to).name.clone(),
            kind: map.tie_kind(id).label.clone(),
            how_much: text(TextEntry::HowMuch),
            when: text(TextEntry::When),
            source: source.url.clone().or_else(|| source.title.clone()).expect("an address or a title"),
            quote: quote.map(|quote| quote.exact.clone()).unwrap_or_default(),
        }
    };
    map.ties().ids().map(of).collect()
}

fn bundled() -> Vec<TypedTie> {
    let (loaded, origin) = load_bundled(BUNDLED[0]).expect("the map");
    typed_ties(&Document::new(loaded.map.into(), origin.into()))
}

/// Saves the map and returns its ties.
fn made(counter: &mut Counter) -> Vec<TypedTie> {
    let path = counter.bench.folder.path().join("made.tieline.jsonc");
    counter.bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    counter.bench.press(Modifiers::COMMAND, Key::S);
    let (loaded, origin) = tieline::load::load_file(&path).expect("the map was saved");
    assert_eq!(loaded.map.actors().len(), 4);
    typed_ties(&Document::new(loaded.map.into(), origin.into()))
}

fn assert_same(mut made: Vec<TypedTie>, mut wanted: Vec<TypedTie>) {
    made.sort();
    wanted.sort();
    assert_eq!(made.len(), wanted.len());
    for (made, wanted) in made.iter().zip(&wanted) {
        assert_eq!(made, wanted);
    }
}

/// Fills the rows behind the ends and the kind.
fn fill_by_keys(counter: &mut Counter, tie: &TypedTie) {
    for text in [&tie.how_much, &tie.when] {
        counter.text(text);
        counter.key(Key::Tab);
    }
    counter.paste(&tie.source);
    counter.key(Key::Tab);
    counter.paste(&tie.quote);
    counter.key(Key::Enter);
}

#[test]
fn a_first_tie_and_the_next_of_its_pair_take_no_more_presses_than_designed() {
    let mut counter = Counter::new();
    counter.chord(Modifiers::COMMAND, Key::N);
    counter.key(Key::E);
    for text in ["Microsoft", "inv", "OpenAI", "more than $13bn", "since 2019"] {
        counter.text(text);
        counter.key(Key::Tab);
    }
    counter.paste("https://www.geekwire.com/2026/filing/#:~:text=invested%20more%20than%20%2413%20billion");
    counter.key(Key::Enter);
    assert!(counter.bench.shows("“invested more than $13 billion”"), "{:?}", counter.bench.texts());
    let by_highlight = counter.presses;
    counter.bench.press(Modifiers::COMMAND, Key::Z);
    let before = counter.presses;
    counter.presses += 1; // The new map.
    counter.key(Key::E);
    for text in ["Microsoft", "inv", "OpenAI", "more than $13bn", "since 2019"] {
        counter.text(text);
        counter.key(Key::Tab);
    }
    counter.paste("https://www.geekwire.com/2026/filing/");
    counter.key(Key::Tab);
    counter.paste("“Microsoft has invested more than $13 billion”");
    counter.key(Key::Enter);
    assert!(counter.bench.shows("Microsoft → OpenAI, investment"), "{:?}", counter.bench.texts());
    let first = counter.since(before);
    let before = counter.presses;
    counter.key(Key::E);
    counter.text("own");
    counter.key(Key::Tab);
    counter.text("27%");
    counter.key(Key::Tab);
    counter.key(Key::Tab);
    counter.key(Key::ArrowDown);
    counter.key(Key::Tab);
    counter.paste("roughly 27 percent");
    counter.key(Key::Enter);
    assert!(counter.bench.shows("Microsoft → OpenAI, ownership"), "{:?}", counter.bench.texts());
    let next = counter.since(before);
    println!(
        "first tie {first} (design {FIRST_TIE}), as a link to a highlight {by_highlight}, next of the pair {next} (design {NEXT_TIE})"
    );
    assert!(first <= FIRST_TIE, "{first}");
    assert!(by_highlight <= FIRST_TIE, "{by_highlight}");
    assert!(next <= NEXT_TIE, "{next}");
}

/// Clicks into a field of the open form.
fn click_field(counter: &mut Counter, label: &str) {
    let field = |bench: &Bench| {
        let mut all: Vec<Pos2> = bench
            .harness
            .query_all_by_label(label)
            .filter(|node| node.value().is_some())
            .map(|node| node.rect().center())
            .collect();
        all.pop().unwrap_or_else(|| panic!("{label}: {:?}", bench.texts()))
    };
    let pos = field(&counter.bench);
    counter.presses += 1;
    counter.bench.click_at(pos);
}

mod slow {
    use super::*;

    #[test]
    fn the_bundled_map_is_made_by_keyboard_alone() {
        let wanted = bundled();
        let mut counter = Counter::new();
        counter.chord(Modifiers::COMMAND, Key::N);
        let mut last: Option<(String, String)> = None;
        for tie in &wanted {
            let is_next = last.as_ref() == Some(&(tie.from.clone(), tie.to.clone()));
            if last.is_some() && !is_next {
                counter.key(Key::Escape);
            }
            counter.key(Key::E);
            let ends_and_kind = if is_next { vec![&tie.kind] } else { vec![&tie.from, &tie.kind, &tie.to] };
            for text in ends_and_kind {
                counter.text(text);
                counter.key(Key::Tab);
            }
            fill_by_keys(&mut counter, tie);
            last = Some((tie.from.clone(), tie.to.clone()));
        }
        let presses = counter.presses;
        println!("by keyboard: {presses} presses for {} ties, {} each", wanted.len(), presses / wanted.len());
        assert!(presses <= AVERAGE_TIE * wanted.len(), "{presses}");
        assert_same(made(&mut counter), wanted);
    }

    #[test]
    fn the_bundled_map_is_made_with_the_mouse_and_only_texts_are_typed() {
        let wanted = bundled();
        let mut names: Vec<String> = wanted.iter().flat_map(|tie| [tie.from.clone(), tie.to.clone()]).collect();
        names.sort();
        names.dedup();
        let mut counter = Counter::new();
        counter.click("File");
        counter.click("New map");
        let places =
            [Pos2::new(480.0, 250.0), Pos2::new(860.0, 250.0), Pos2::new(480.0, 620.0), Pos2::new(860.0, 620.0)];
        for (name, place) in names.iter().zip(places) {
            counter.double_click(place);
            counter.text(name);
            assert!(counter.bench.shows("Note instead"), "{:?}", counter.bench.texts());
            counter.click("Keep");
        }
        let mut typed = 0;
        for tie in &wanted {
            let card = |name: &str| format!("{name}, on the map");
            let from = counter.bench.harness.get_by_label(&card(&tie.from)).rect();
            let away = from.center_top() - Vec2::new(0.0, 60.0);
            // Nothing is selected, so that only the card below the pointer has handles.
            counter.bench.harness.hover_at(away);
            counter.bench.settle();
            counter.bench.harness.hover_at(from.center());
            counter.bench.settle();
            let name = format!("Tie from {}", tie.from);
            let handles = counter.bench.harness.get_all_by_label(&name);
            let handle = handles.map(|handle| handle.rect().center()).next().expect("a handle");
            let to = counter.bench.center_of(&card(&tie.to));
            counter.drag(handle, to);
            let before = counter.presses;
            counter.text(&tie.kind);
            for (label, text) in [("How much", &tie.how_much), ("When", &tie.when)] {
                click_field(&mut counter, label);
                counter.text(text);
            }
            for (label, text) in [("Source", &tie.source), ("Quote", &tie.quote)] {
                click_field(&mut counter, label);
                counter.paste(text);
            }
            typed += counter.since(before);
            counter.click("Add tie");
        }
        let presses = counter.presses;
        println!("with the mouse: {presses} presses for {} ties, {typed} of them in their forms", wanted.len());
        assert!(presses <= AVERAGE_TIE * wanted.len(), "{presses}");
        assert_same(made(&mut counter), wanted);
    }
}
