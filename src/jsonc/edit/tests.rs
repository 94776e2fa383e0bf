//! Tests of edits in the style of the file.

mod properties;

use super::Editor;

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

#[test]
fn inserts_in_the_style_of_the_neighbors() {
    let new = ["7".to_owned(), "8".to_owned()];
    for (text, position, wanted) in [
        ("{\"a\": [1, 2, 3]}", 0, "{\"a\": [1, 7, 8, 2, 3]}"),
        ("{\"a\": [1, 2, 3,]}", 2, "{\"a\": [1, 2, 3, 7, 8,]}"),
        ("{\"a\": [1, 2, 3]}", 9, "{\"a\": [1, 2, 3, 7, 8]}"),
        ("{\"a\": [\n  1, // one\n  // of two\n  2\n]}", 0, "{\"a\": [\n  1, // one\n  7,\n  8,\n  // of two\n  2\n]}"),
        ("{\"a\": [\n  1,\n  2 // two\n]}", 1, "{\"a\": [\n  1,\n  2, // two\n  7,\n  8\n]}"),
        (
            "{\"a\": [\r\n\t1 /* a\r\n b */,\r\n\t2,\r\n]}",
            0,
            "{\"a\": [\r\n\t1 /* a\r\n b */,\r\n\t7,\r\n\t8,\r\n\t2,\r\n]}",
        ),
        ("{\"a\": [\n  1, /* a\n b */\n  2\n]}", 0, "{\"a\": [\n  1,\n  7,\n  8, /* a\n b */\n  2\n]}"),
        ("{\"a\": [\n  1 /* a\n b */\n]}", 0, "{\"a\": [\n  1,\n  7,\n  8 /* a\n b */\n]}"),
        ("{\"a\": []}", 0, "{\"a\": [7, 8]}"),
    ] {
        assert_eq!(with_field(text, |editor, at| editor.insert_after(at, position, &new)), wanted, "{text}");
    }
}

#[test]
fn inserts_before_the_first() {
    let new = ["\"x\": 1".to_owned(), "\"y\": 2".to_owned()];
    for (text, wanted) in [
        ("{\"a\": {\"b\": 0}}", "{\"a\": {\"x\": 1, \"y\": 2, \"b\": 0}}"),
        ("{\"a\": { /* c */ \"b\": 0,}}", "{\"a\": { /* c */ \"x\": 1, \"y\": 2, \"b\": 0,}}"),
        (
            "{\"a\": { // all\n    // of b\n    \"b\": 0\n  }\n}",
            "{\"a\": { // all\n    \"x\": 1,\n    \"y\": 2,\n    // of b\n    \"b\": 0\n  }\n}",
        ),
        ("{\n  \"a\": {}\n}", "{\n  \"a\": {\n    \"x\": 1,\n    \"y\": 2\n  }\n}"),
    ] {
        assert_eq!(with_field(text, |editor, at| editor.insert_first(at, &new, true)), wanted, "{text}");
    }
}

#[test]
fn what_goes_and_what_comes_agree_on_the_commas() {
    let text = "{\"a\": [\n  1, // one\n  2,\n  3\n]}";
    let new = |words: &str| [words.to_owned()];
    let change = |goes: [bool; 3]| {
        with_field(text, |editor, at| {
            editor.append(at, &new("9"), true);
            editor.remove(at, &goes);
            editor.insert_after(at, 1, &new("7"));
            editor.insert_after(at, 1, &new("8"));
        })
    };
    assert_eq!(change([false, false, true]), "{\"a\": [\n  1, // one\n  2,\n  7,\n  8,\n  9\n]}");
    assert_eq!(change([false, true, true]), "{\"a\": [\n  1, // one\n  7,\n  8,\n  9\n]}");
    assert_eq!(change([true, true, false]), "{\"a\": [\n  7,\n  8,\n  // one\n  3,\n  9\n]}");
    let inline = with_field("{\"a\": [1, 2]}", |editor, at| {
        editor.remove(at, &[true, true]);
        editor.append(at, &new("9"), false);
    });
    assert_eq!(inline, "{\"a\": [9]}");
}

#[test]
fn a_text_blanked_before_is_edited_as_it_stands() {
    let text = "{\"a\": [1, // one\n]}";
    let mut editor = Editor::of(text, crate::jsonc::blank(text).text);
    let list = editor.field(0, "a").expect("a field");
    editor.append(list, &["2".to_owned()], false);
    assert_eq!(editor.finish().as_deref(), Ok("{\"a\": [1, 2, // one\n]}"));
}
