//! Writes a tape as strict JSON with the same paths; broken values become `null`.

use super::lex::{Close, bare_end, decode_text, quoted, text_token};
use super::tape::Tape;

/// Substitute for a missing field name; the format itself never uses names that begin with `x-`.
const NAMELESS: &str = "\"x-nameless\"";

/// Writes a tape as strict JSON without blanks.
pub(crate) fn strict_json(tape: &Tape, text: &str) -> String {
    write_json(tape, text, None)
}

/// Decides whether the entries of a list or object get a line each, by its depth, the name of the root field that
/// contains it, and whether it is an object.
pub(crate) type HasLines = fn(usize, &str, bool) -> bool;

/// Writes a tape as readable JSON, with line breaks where `has_lines` asks for them.
pub(crate) fn pretty_json(tape: &Tape, text: &str, has_lines: HasLines) -> String {
    let mut out = write_json(tape, text, Some(has_lines));
    out.push('\n');
    out
}

/// A list or object that is not closed yet.
#[derive(Clone, Copy)]
struct OpenLevel {
    /// Index of the tape entry after it.
    end: usize,
    is_object: bool,
    /// Number of names and values written so far.
    count: usize,
    /// Whether each entry gets its own line.
    has_lines: bool,
}

fn write_json(tape: &Tape, text: &str, has_lines: Option<HasLines>) -> String {
    let is_pretty = has_lines.is_some();
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<OpenLevel> = Vec::new();
    let mut section = std::borrow::Cow::Borrowed("");
    for (at, entry) in tape.entries.iter().enumerate() {
        close_ended(&mut out, &mut open, at);
        let is_name = separate(&mut out, &mut open, is_pretty);
        if is_name && open.len() == 1 {
            section = decode_text(text, entry.start());
        }
        match tape.byte(text, at) {
            byte @ (b'{' | b'[') => {
                out.push(char::from(byte));
                let is_object = byte == b'{';
                let has_lines = has_lines.is_some_and(|has_lines| has_lines(open.len(), &section, is_object));
                open.push(OpenLevel { end: entry.next as usize, is_object, count: 0, has_lines });
            }
            _ if entry.is_broken() => out.push_str(if is_name { NAMELESS } else { "null" }),
            b'"' | b'\'' => push_text(&mut out, text, entry.start()),
            _ if is_name => out.push_str(&quoted(&decode_text(text, entry.start()))),
            _ => out.push_str(&text[entry.start()..bare_end(text, entry.start())]),
        }
    }
    close_ended(&mut out, &mut open, tape.entries.len());
    out
}

fn close_ended(out: &mut String, open: &mut Vec<OpenLevel>, at: usize) {
    while let Some(last) = open.pop_if(|last| last.end == at) {
        if last.has_lines && last.count > 0 {
            break_line(out, open.len());
        }
        out.push(if last.is_object { '}' } else { ']' });
    }
}

/// Writes the separator before the next entry; returns whether that entry is a name.
fn separate(out: &mut String, open: &mut [OpenLevel], is_pretty: bool) -> bool {
    let depth = open.len();
    let Some(last) = open.last_mut() else { return false };
    let is_value_of_name = last.is_object && last.count % 2 == 1;
    if is_value_of_name {
        out.push_str(if is_pretty { ": " } else { ":" });
    } else {
        if last.count > 0 {
            out.push_str(if is_pretty && !last.has_lines { ", " } else { "," });
        }
        if last.has_lines {
            break_line(out, depth);
        }
    }
    last.count += 1;
    last.is_object && !is_value_of_name
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

fn push_text(out: &mut String, text: &str, start: usize) {
    let token = text_token(text, start);
    let is_clean = token.close == Close::Quote && token.raw_control.is_none() && token.bad_escape.is_none();
    if is_clean && text.as_bytes()[start] == b'"' {
        out.push_str(&text[start..token.end]);
    } else {
        out.push_str(&quoted(&decode_text(text, start)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::strict_json;

    #[test]
    fn keeps_what_can_be_read() {
        for (broken, wanted) in [
            (r#"{"a": 1 "b": [2, NaN, 'it']"#, r#"{"a":1,"b":[2,null,"it"]}"#),
            (r#"{a: "C:\Users", "b" 3}"#, r#"{"a":"C:\\Users","b":3}"#),
            (r#"{"a": [{"b": 1, {"c": 2}]}"#, r#"{"a":[{"b":1},{"c":2}]}"#),
            (r#"{"a": , "b": tru"#, r#"{"a":null,"b":null}"#),
            (r#"{{"a": 1}}"#, r#"{"x-nameless":{"a":1}}"#),
            (r#"{"kinds": {"a": {}, "actors": [1]}"#, r#"{"kinds":{"a":{}},"actors":[1]}"#),
        ] {
            let tape = scan(broken, &["actors"], &mut ());
            assert_eq!(strict_json(&tape, broken), wanted, "{broken}");
        }
    }

    #[test]
    fn an_incomplete_record_is_left_out() {
        let cut = r#"{"actors": [{"id": "a", "name": "A"}, {"id": "b", "na"#;
        let tape = scan(cut, &[], &mut ());
        assert_eq!(strict_json(&tape, cut), r#"{"actors":[{"id":"a","name":"A"}]}"#);
    }
}
