//! Edits in the style of the file, and of any file.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Editor, Overlap};

fn with_field(text: &str, change: impl FnOnce(&mut Editor, usize)) -> String {
    let mut editor = Editor::new(text);
    let value = editor.field(0, "a").expect("a field");
    change(&mut editor, value);
    editor.finish().expect("no overlaps")
}

#[test]
fn appends_in_the_style_of_the_file() {
    let add = |editor: &mut Editor, at: usize| editor.append(at, &["\"y\": 2".to_owned()], true);
    for (text, wanted) in [
        ("{\n  \"a\": {\n    \"x\": 1 // one\n  }\n}", "{\n  \"a\": {\n    \"x\": 1, // one\n    \"y\": 2\n  }\n}"),
        ("{\n  \"a\": {\n    \"x\": 1, // one\n  },\n}", "{\n  \"a\": {\n    \"x\": 1, // one\n    \"y\": 2,\n  },\n}"),
        ("{\"a\": {\"x\": 1}}", "{\"a\": {\"x\": 1, \"y\": 2}}"),
        ("{\n  \"a\": {}\n}", "{\n  \"a\": {\n    \"y\": 2\n  }\n}"),
        ("{\n  \"a\": { // none\n  }\n}", "{\n  \"a\": { // none\n    \"y\": 2\n  }\n}"),
        ("{\r\n\t\"a\": {\r\n\t\t\"x\": 1\r\n\t}\r\n}", "{\r\n\t\"a\": {\r\n\t\t\"x\": 1,\r\n\t\t\"y\": 2\r\n\t}\r\n}"),
    ] {
        assert_eq!(with_field(text, add), wanted, "{text}");
    }
}

#[test]
fn takes_out_lines_and_commas() {
    for (text, goes, wanted) in [
        ("{\"a\": [1, 2, 3]}", [true, false, false], "{\"a\": [2, 3]}"),
        ("{\"a\": [1, 2, 3]}", [false, true, true], "{\"a\": [1 ]}"),
        ("{\"a\": [1, 2, 3]}", [true, true, true], "{\"a\": []}"),
        ("{\"a\": [\n  1, // one\n  2,\n  3\n]}", [false, true, true], "{\"a\": [\n  1 // one\n]}"),
        ("{\"a\": [\n  1,\n  2,\n  3,\n]}", [false, false, true], "{\"a\": [\n  1,\n  2,\n]}"),
    ] {
        assert_eq!(with_field(text, |editor, at| editor.remove(at, &goes)), wanted, "{text}");
    }
}

#[test]
fn replaces_one_value() {
    let text = "{ // é\n \"a\": [1, /* two */ 2], // end\n}";
    assert_eq!(with_field(text, |editor, at| editor.replace(at, "0".to_owned())), "{ // é\n \"a\": 0, // end\n}");
}

/// A text with comments in all places, made from a shape and a number that decides on everything else.
struct Maker {
    text: String,
    state: u64,
    line_break: &'static str,
    count: usize,
}

#[derive(Clone, Debug)]
enum Shape {
    Leaf,
    List(Vec<Shape>),
    Object(Vec<Shape>),
}

fn shapes() -> impl Strategy<Value = Vec<Shape>> {
    let inner = Just(Shape::Leaf).prop_recursive(4, 24, 5, |inner| {
        let some = prop::collection::vec(inner, 0..5);
        prop_oneof![some.clone().prop_map(Shape::List), some.prop_map(Shape::Object)]
    });
    prop::collection::vec(inner, 0..5)
}

impl Maker {
    fn pick(&mut self, below: u64) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % below
    }

    fn trivia(&mut self) {
        for _ in 0..self.pick(3) {
            match self.pick(5) {
                0 => self.text.push_str("/* , ] \" */"),
                1 => self.text.extend(["// } , é", self.line_break]),
                2 => self.text.push_str(self.line_break),
                _ => self.text.push_str("  "),
            }
        }
    }

    fn container(&mut self, shapes: &[Shape], is_object: bool) {
        self.text.push(if is_object { '{' } else { '[' });
        for (index, shape) in shapes.iter().enumerate() {
            self.trivia();
            if is_object {
                self.text.extend(["\"k", &index.to_string(), "\""]);
                self.trivia();
                self.text.push(':');
                self.trivia();
            }
            self.value(shape);
            self.trivia();
            if index + 1 < shapes.len() || self.pick(3) == 0 {
                self.text.push(',');
            }
        }
        self.trivia();
        self.text.push(if is_object { '}' } else { ']' });
    }

    fn value(&mut self, shape: &Shape) {
        match shape {
            Shape::Leaf => {
                self.count += 1;
                let leaf = ["", "\"//", "\"{,"][self.pick(3) as usize];
                let close = if leaf.is_empty() { "" } else { "\"" };
                self.text.extend([leaf, &self.count.to_string(), close]);
            }
            Shape::List(inner) => self.container(inner, false),
            Shape::Object(inner) => self.container(inner, true),
        }
    }
}

/// The value by another parser, which takes a line feed alone for the end of a comment.
fn parsed(text: &str) -> Value {
    let text = text.replace('\r', "\n");
    jsonc_parser::parse_to_serde_value(&text, &jsonc_parser::ParseOptions::default())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// One edit of the field `a`, and the same on the value.
fn change(editor: &mut Editor, at: usize, value: &mut Value, kind: u64, goes: &[bool], has_lines: bool) {
    let goes = |length: usize| goes.iter().copied().cycle().take(length).collect::<Vec<_>>();
    let count = value.as_array().map(Vec::len).or(value.as_object().map(serde_json::Map::len)).unwrap_or(0);
    match kind {
        0 => {
            editor.replace(at, "\"new\"".to_owned());
            *value = json!("new");
        }
        1 if value.is_array() || value.is_object() => {
            let goes = goes(count);
            editor.remove(at, &goes);
            let mut goes = goes.into_iter();
            match value {
                Value::Array(list) => list.retain(|_| goes.next() != Some(true)),
                Value::Object(object) => object.retain(|_, _| goes.next() != Some(true)),
                _ => {}
            }
        }
        _ => match value {
            Value::Array(list) => {
                editor.append(at, &["\"x\"".to_owned(), "[]".to_owned()], has_lines);
                list.extend([json!("x"), json!([])]);
            }
            Value::Object(object) => {
                editor.append(at, &["\"x\": 1".to_owned(), "\"y\": {}".to_owned()], has_lines);
                object.extend([("x".to_owned(), json!(1)), ("y".to_owned(), json!({}))]);
            }
            _ => {}
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_bytes_stay_and_the_value_is_the_wanted_one(
        fields in shapes(),
        field in 0..5_usize,
        more in 0..5_usize,
        kinds in (0..3_u64, 0..3_u64),
        goes in prop::collection::vec(any::<bool>(), 1..5),
        seed in any::<u64>(),
        line_break in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let mut maker = Maker { text: String::new(), state: seed, line_break, count: 0 };
        maker.container(&fields, true);
        maker.trivia();
        let text = maker.text;
        let mut value = parsed(&text);
        let mut editor = Editor::new(&text);
        let (mut first, mut last) = (text.len(), 0);
        for (field, kind) in [(field, kinds.0), (more, kinds.1)] {
            let name = format!("k{field}");
            // One field is changed once.
            if (first < text.len() && more == field) || field >= fields.len() { continue }
            let at = editor.field(0, &name).expect("is there");
            let start = editor.tape.entries[at].start();
            let end = editor.end_of(start);
            (first, last) = (first.min(start), last.max(end));
            change(&mut editor, at, &mut value[&name], kind, &goes, seed % 2 == 0);
        }
        let new = editor.finish().expect("edits of two fields do not overlap");
        prop_assert_eq!(parsed(&new), value, "{} became {}", text, new);
        if last > 0 {
            prop_assert!(new.starts_with(&text[..first]) && new.ends_with(&text[last..]), "{} became {}", text, new);
        } else {
            prop_assert_eq!(new, text);
        }
    }

    /// Edits that touch the same bytes are never made.
    #[test]
    fn edits_of_a_value_and_of_what_is_in_it_are_refused(shape in shapes(), seed in any::<u64>()) {
        let mut maker = Maker { text: String::new(), state: seed, line_break: "\n", count: 0 };
        maker.container(&[Shape::List([&[Shape::Leaf][..], &shape].concat())], true);
        let mut editor = Editor::new(&maker.text);
        let list = editor.field(0, "k0").expect("is there");
        let inner = editor.tape.children(list).next().expect("is there");
        editor.replace(inner, "1".to_owned());
        editor.replace(list, "2".to_owned());
        prop_assert_eq!(editor.finish(), Err(Overlap));
    }
}
