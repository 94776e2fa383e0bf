//! Golden files below `tests/data`: compared with the program's output, or rewritten with `TIELINE_BLESS=1`.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns a path below `tests/data`.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// Returns the names of files in a folder below `tests/data` with this ending, without the ending and sorted.
pub(crate) fn names(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(data(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter_map(|name| Some(name.strip_suffix(ending)?.to_owned())).collect();
    names.sort();
    names
}

/// Writes a golden file if `TIELINE_BLESS` is set; returns whether it did.
pub(crate) fn bless(name: &str, found: &str) -> bool {
    let is_asked = std::env::var_os("TIELINE_BLESS").is_some_and(|value| value == "1");
    if is_asked {
        let path = data(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, found).expect("written");
    }
    is_asked
}

/// Compares a text with its golden file; returns the difference, or `None` if they are equal.
pub(crate) fn difference(name: &str, found: &str) -> Option<String> {
    if bless(name, found) {
        return None;
    }
    let expected = match fs::read(data(name)) {
        Ok(bytes) => String::from_utf8(bytes).expect("UTF-8"),
        Err(error) => return Some(format!("tests/data/{name}: {error}; TIELINE_BLESS=1 writes\n{found}")),
    };
    (expected != found).then(|| {
        let at = first_difference(&expected, found);
        let line =
            |text: &str| text.split('\n').nth(at).map_or_else(|| "the end".to_owned(), |line| format!("{line:?}"));
        format!(
            "tests/data/{name}, line {}: expected {}, but found {}\nin\n{found}\nTIELINE_BLESS=1 accepts it",
            at + 1,
            line(&expected),
            line(found)
        )
    })
}

/// Returns the index of the first line that differs, comparing bytes including line endings.
fn first_difference(one: &str, other: &str) -> usize {
    one.split('\n').zip(other.split('\n')).take_while(|(one, other)| one == other).count()
}

/// Asserts that a text equals its golden file.
pub(crate) fn assert_golden(name: &str, found: &str) {
    assert_none(difference(name, found));
}

/// Panics with all differences, if any.
pub(crate) fn assert_none(differences: impl IntoIterator<Item = String>) {
    let differences: Vec<String> = differences.into_iter().collect();
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn a_line_that_is_too_much_or_has_another_end_is_a_difference() {
    assert_eq!(first_difference("a\nb\n", "a\nb"), 2);
    assert_eq!(first_difference("a\r\nb", "a\nb"), 0);
    assert_eq!(first_difference("a\nb\nc", "a\nx\nc"), 1);
}

#[test]
fn what_is_not_as_its_file_has_it_is_told() {
    if bless("cli/check-nothing.txt", &fs::read_to_string(data("cli/check-nothing.txt")).expect("read")) {
        return;
    }
    assert!(difference("cli/check-nothing.txt", "$ tieline\n").is_some_and(|told| told.contains("line 1: expected")));
    assert!(difference("cli/no-such-file.txt", "").is_some_and(|told| told.contains("TIELINE_BLESS=1")));
}
