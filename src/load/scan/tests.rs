//! What the scanner makes of broken texts.

use super::scan;
use crate::load::faults::Faults;

fn faults_of(text: &str) -> Vec<String> {
    let mut faults = Faults::default();
    scan(text, &mut faults);
    faults.listed.into_iter().map(|fault| fault.message).collect()
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
        (r#"{"a": NaN}"#, "`NaN` is not a value"),
        (r#"{"a": 1e999}"#, "larger than any number"),
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
fn depth_costs_no_stack() {
    let deep = "[".repeat(200_000);
    assert_eq!(faults_of(&deep).len(), 1);
    let balanced = format!("{deep}{}", "]".repeat(200_000));
    assert_eq!(faults_of(&balanced), [""; 0]);
}
