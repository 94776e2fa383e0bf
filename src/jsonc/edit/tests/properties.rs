//! Property tests of random edits: all bytes outside the edits stay, and an independent parser reads the expected
//! value.

use std::ops::Range;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::{Editor, Overlap};

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

/// Random choices other than the shape.
struct Dice(u64);

impl Dice {
    fn pick(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

/// Generates a text with comments in all places and records the ranges of its entries.
struct Maker {
    text: String,
    dice: Dice,
    line_breaks: &'static [&'static str],
    /// Whether some lists and objects have a comma after their last entry.
    has_trailing_commas: bool,
    count: usize,
}

/// An entry of the generated text.
struct Part {
    value: Range<usize>,
    /// From the name, if any, to the comma after the value, if any.
    whole: Range<usize>,
    children: Vec<Part>,
}

impl Maker {
    fn trivia(&mut self) {
        for _ in 0..self.dice.pick(3) {
            let line_break = self.line_breaks[self.dice.pick(self.line_breaks.len())];
            self.count += 1;
            let count = self.count.to_string();
            match self.dice.pick(7) {
                0 => self.text.extend(["/* , ] \" ", &count, "*/"]),
                1 => self.text.extend(["// } , é ", &count, line_break]),
                2 => self.text.extend(["/* {", line_break, " // ", &count, "*/"]),
                3 => self.text.push_str("/*/*/"),
                4 | 5 => self.text.push_str(line_break),
                _ => self.text.push_str("  "),
            }
        }
    }

    fn container(&mut self, shapes: &[Shape], is_object: bool) -> Vec<Part> {
        self.text.push(if is_object { '{' } else { '[' });
        let mut children: Vec<Part> = Vec::new();
        for (index, shape) in shapes.iter().enumerate() {
            self.trivia();
            let start = self.text.len();
            if is_object {
                let letter = ["k", "\\u006b", "\\\"", "é\\ud83d\\ude00"][self.dice.pick(4)];
                self.text.extend(["\"", letter, &index.to_string(), "\""]);
                self.trivia();
                self.text.push(':');
                self.trivia();
            }
            let mut part = self.value(shape);
            part.whole.start = start;
            self.trivia();
            if index + 1 < shapes.len() || (self.has_trailing_commas && self.dice.pick(3) == 0) {
                self.text.push(',');
                part.whole.end = self.text.len();
            }
            children.push(part);
        }
        self.trivia();
        self.text.push(if is_object { '}' } else { ']' });
        children
    }

    fn value(&mut self, shape: &Shape) -> Part {
        let start = self.text.len();
        let children = match shape {
            Shape::Leaf => {
                self.count += 1;
                let leaf = ["", "\"//", "\"{,", "\"\\\\\\\"\\u00e9"][self.dice.pick(4)];
                let close = if leaf.is_empty() { "" } else { "\"" };
                self.text.extend([leaf, &self.count.to_string(), close]);
                Vec::new()
            }
            Shape::List(inner) => self.container(inner, false),
            Shape::Object(inner) => self.container(inner, true),
        };
        let span = start..self.text.len();
        Part { value: span.clone(), whole: span, children }
    }
}

/// Parses a text with another parser, which only accepts a line feed as the end of a comment.
fn parsed(text: &str, allow_trailing_commas: bool) -> Value {
    let text = text.replace('\r', "\n");
    let options = jsonc_parser::ParseOptions { allow_trailing_commas, ..jsonc_parser::ParseOptions::default() };
    jsonc_parser::parse_to_serde_value(&text, &options).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Random edits, applied both by the editor and to the value.
struct Edits<'e, 'a> {
    editor: &'e mut Editor<'a>,
    dice: Dice,
    count: usize,
    /// Inserted texts.
    new: Vec<String>,
    /// Removed ranges of the old text.
    gone: Vec<Range<usize>>,
    /// Ranges of containers that are left unchanged.
    kept: Vec<Range<usize>>,
}

impl Edits<'_, '_> {
    /// Returns new entries, as text and as names and values.
    fn entries(&mut self, is_object: bool) -> Vec<(String, String, Value)> {
        let mut entries = Vec::new();
        for _ in 0..=self.dice.pick(2) {
            self.count += 1;
            let (name, value) = (format!("n{}", self.count), format!("N{}", self.count));
            let text = if is_object { format!("\"{name}\": [\"{value}\"]") } else { format!("[\"{value}\"]") };
            self.new.push(text.clone());
            entries.push((text, name, json!([value])));
        }
        entries
    }

    /// Edits the entries of a container or leaves it unchanged; returns the expected value.
    fn container(&mut self, at: usize, part: &Part, value: &Value) -> Value {
        if !value.is_array() && !value.is_object() {
            return value.clone();
        }
        if self.dice.pick(4) == 0 {
            self.kept.push(part.value.clone());
            return value.clone();
        }
        let (is_object, length) = (value.is_object(), part.children.len());
        let mut groups: Vec<(usize, String, Value)> = Vec::new();
        let mut goes = vec![false; length];
        let calls = self.dice.pick(5);
        for _ in 0..calls {
            let (kind, position) = (self.dice.pick(4), self.dice.pick(length + 1));
            let has_lines = self.dice.pick(2) == 0;
            if kind == 0 {
                goes = (0..length).map(|at| goes[at] || self.dice.pick(2) == 0).collect();
                self.editor.remove(at, &goes);
                continue;
            }
            let entries = self.entries(is_object);
            let texts: Vec<String> = entries.iter().map(|(text, ..)| text.clone()).collect();
            let after = match kind {
                1 => length,
                2 => 0,
                _ => (position + 1).min(length),
            };
            groups.extend(entries.into_iter().map(|(_, name, value)| (after, name, value)));
            match kind {
                1 => self.editor.append(at, &texts, has_lines),
                2 => self.editor.insert_first(at, &texts, has_lines),
                _ => self.editor.insert_after(at, position, &texts),
            }
        }
        self.rest(at, part, value, &goes, &groups)
    }

    /// Edits the kept entries and assembles the expected value.
    fn rest(
        &mut self,
        at: usize,
        part: &Part,
        value: &Value,
        goes: &[bool],
        groups: &[(usize, String, Value)],
    ) -> Value {
        let is_object = value.is_object();
        let children: Vec<usize> = self.editor.tape.children(at).collect();
        let old: Vec<(String, &Value)> = match value {
            Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(list) => list.iter().map(|value| (String::new(), value)).collect(),
            _ => Vec::new(),
        };
        let mut wanted: Vec<(String, Value)> = Vec::new();
        for position in 0..=part.children.len() {
            let here = groups.iter().filter(|(after, ..)| *after == position);
            wanted.extend(here.map(|(_, name, value)| (name.clone(), value.clone())));
            let Some(child) = part.children.get(position) else { break };
            if goes[position] {
                self.gone.push(child.whole.clone());
                continue;
            }
            let entry = if is_object { children[position * 2 + 1] } else { children[position] };
            let (name, value) = &old[position];
            let value =
                if self.dice.pick(6) == 0 { self.replace(entry, child) } else { self.container(entry, child, value) };
            wanted.push((name.clone(), value));
        }
        if is_object {
            Value::Object(wanted.into_iter().collect::<Map<_, _>>())
        } else {
            wanted.into_iter().map(|(_, value)| value).collect()
        }
    }

    fn replace(&mut self, entry: usize, child: &Part) -> Value {
        self.count += 1;
        let text = format!("{{\"r\": \"R{}\"}}", self.count);
        self.editor.replace(entry, text.clone());
        self.gone.push(child.value.clone());
        self.new.push(text);
        json!({"r": format!("R{}", self.count)})
    }
}

/// Returns all characters of a text except blanks and commas.
fn marks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_bytes_stay_and_the_value_is_the_wanted_one(
        fields in shapes(),
        seeds in any::<(u64, u64)>(),
        has_trailing_commas in any::<bool>(),
        line_breaks in prop::sample::select(vec![&["\n"][..], &["\r\n"], &["\r"], &["\n", "\r\n", "\r"]]),
    ) {
        let mut maker = Maker { text: String::new(), dice: Dice(seeds.0), line_breaks, has_trailing_commas, count: 0 };
        let root = maker.value(&Shape::Object(fields));
        maker.trivia();
        let text = maker.text;
        let value = parsed(&text, has_trailing_commas);
        let mut editor = Editor::new(&text);
        let (new, gone, kept) = (Vec::new(), Vec::new(), Vec::new());
        let mut edits = Edits { editor: &mut editor, dice: Dice(seeds.1), count: 0, new, gone, kept };
        let wanted = edits.container(0, &root, &value);
        let Edits { new, mut gone, kept, .. } = edits;
        let found = editor.finish().expect("no overlaps");
        // Compares as text, because the order of fields matters too. A text without trailing commas must not get any.
        prop_assert_eq!(parsed(&found, has_trailing_commas).to_string(), wanted.to_string(), "{} became {}", text, found);

        gone.sort_by_key(|range| range.start);
        let mut stays = String::new();
        let mut at = 0;
        for range in gone {
            stays.push_str(&text[at..range.start]);
            at = range.end;
        }
        stays.push_str(&text[at..]);
        let mut rest = found.clone();
        for entry in &new {
            prop_assert_eq!(rest.matches(&**entry).count(), 1, "{} in {}", entry, found);
            rest = rest.replacen(&**entry, "", 1);
        }
        prop_assert_eq!(marks(&rest), marks(&stays), "{} became {}", text, found);
        for range in kept {
            prop_assert!(found.contains(&text[range.clone()]), "{} of {} is not in {}", &text[range], text, found);
        }
        prop_assert!(found.ends_with(&text[root.value.end..]));
    }

    /// Edits of the same bytes are refused.
    #[test]
    fn edits_of_a_value_and_of_what_is_in_it_are_refused(shape in shapes(), seed in any::<u64>()) {
        let mut maker = Maker { text: String::new(), dice: Dice(seed), line_breaks: &["\n"], has_trailing_commas: true, count: 0 };
        maker.container(&[Shape::List([&[Shape::Leaf][..], &shape].concat())], true);
        let mut editor = Editor::new(&maker.text);
        let list = editor.tape.children(0).nth(1).expect("is there");
        let inner = editor.tape.children(list).next().expect("is there");
        editor.replace(inner, "1".to_owned());
        editor.replace(list, "2".to_owned());
        prop_assert_eq!(editor.finish(), Err(Overlap));
    }
}
