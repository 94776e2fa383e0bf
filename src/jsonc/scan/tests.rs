//! Tests of scanning broken texts.

use std::fmt::Arguments;

use super::{FaultSink, PathStep, scan};

/// Collects the message and path of each fault.
#[derive(Default)]
struct Heard(Vec<(String, Vec<PathStep>)>);

impl FaultSink for Heard {
    fn is_full(&self) -> bool {
        false
    }

    fn fault(&mut self, _: usize, steps: Vec<PathStep>, message: Arguments, _: &str) {
        self.0.push((message.to_string(), steps));
    }
}

fn faults_of(text: &str) -> Vec<String> {
    let mut heard = Heard::default();
    scan(text, &["actors"], &mut heard);
    heard.0.into_iter().map(|(message, _)| message).collect()
}

#[test]
fn a_good_text_has_no_faults() {
    assert_eq!(faults_of(r#" {"a": [1, -2.5e3, "x", true, null, {}], "b": {"c": []}} "#), [""; 0]);
}

#[test]
fn names_what_is_wrong() {
    for (text, wanted) in [
        (r#"{"a": 1 "b": 2}"#, "a comma is missing"),
        (r#"{"a" 1}"#, "a colon is missing"),
        (r#"{"a": }"#, "a value is missing"),
        (r#"{"a": NaN}"#, "“NaN” is not a JSON value"),
        (r#"{"a": 1e999}"#, "is too large"),
        ("{a: 1}", "no quotes"),
        (r#"{"a": [1}"#, "is not closed before"),
        (r#"{"a": 1}}"#, "after the end"),
        (r#"{"a": 1"#, "ends too early"),
        (r#"{"a": 'x'}"#, "single quotes"),
    ] {
        let faults = faults_of(text);
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        assert!(faults[0].contains(wanted), "{text}: {faults:?}");
    }
}

#[test]
fn a_list_of_the_root_closes_what_is_open_before_it() {
    let text = r#"{"kinds": {"a": {}, "actors": [1 2]}"#;
    let mut heard = Heard::default();
    scan(text, &["actors"], &mut heard);
    assert!(heard.0[0].0.contains("begins inside an unclosed value"), "{:?}", heard.0);
    assert_eq!(heard.0[1].1, [PathStep::Field("actors".to_owned())], "{:?}", heard.0);
    heard.0.clear();
    scan(text, &[], &mut heard);
    assert!(heard.0.iter().all(|(message, _)| !message.contains("begins inside")), "{:?}", heard.0);
}

#[test]
fn depth_costs_no_stack() {
    let deep = "[".repeat(200_000);
    assert_eq!(faults_of(&deep).len(), 1);
    let balanced = format!("{deep}{}", "]".repeat(200_000));
    assert_eq!(faults_of(&balanced), [""; 0]);
}
