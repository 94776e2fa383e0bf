//! A tape back to strict JSON with the same paths: what is broken becomes `null`.

use super::lex::{Close, bare_end, decode_text, text_token};
use super::tape::Tape;

/// The name of a field that has none; names that begin so are never used by the format.
const NAMELESS: &str = "\"x-nameless\"";

/// Writes what the tape found in a text as strict JSON.
pub(crate) fn strict_json(tape: &Tape, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Lists and objects that are open: the entry after each, whether it is an object, how many entries it has so far.
    let mut open: Vec<(usize, bool, usize)> = Vec::new();
    let mut at = 0;
    loop {
        while let Some(&(end, is_object, _)) = open.last() {
            if end != at {
                break;
            }
            out.push(if is_object { '}' } else { ']' });
            open.pop();
        }
        let Some(entry) = tape.entries.get(at) else { break };
        let mut is_name = false;
        if let Some((_, is_object, count)) = open.last_mut() {
            let is_value_of_name = *is_object && *count % 2 == 1;
            is_name = *is_object && !is_value_of_name;
            if is_value_of_name {
                out.push(':');
            } else if *count > 0 {
                out.push(',');
            }
            *count += 1;
        }
        match tape.byte(text, at) {
            byte @ (b'{' | b'[') => {
                out.push(char::from(byte));
                open.push((entry.next as usize, byte == b'{', 0));
            }
            _ if entry.is_broken() => out.push_str(if is_name { NAMELESS } else { "null" }),
            b'"' | b'\'' => push_text(&mut out, text, entry.start()),
            _ if is_name => push_quoted(&mut out, &decode_text(text, entry.start())),
            _ => out.push_str(&text[entry.start()..bare_end(text, entry.start())]),
        }
        at += 1;
    }
    out
}

fn push_text(out: &mut String, text: &str, start: usize) {
    let token = text_token(text, start);
    let is_clean = token.close == Close::Quote && token.raw_control.is_none() && token.bad_escape.is_none();
    if is_clean && text.as_bytes()[start] == b'"' {
        out.push_str(&text[start..token.end]);
    } else {
        push_quoted(out, &decode_text(text, start));
    }
}

fn push_quoted(out: &mut String, text: &str) {
    // A text always has a form in JSON.
    out.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::strict_json;
    use crate::load::faults::Faults;
    use crate::load::scan::scan;

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
            let tape = scan(broken, &mut Faults::default());
            assert_eq!(strict_json(&tape, broken), wanted, "{broken}");
        }
    }

    #[test]
    fn an_incomplete_record_is_left_out() {
        let cut = r#"{"actors": [{"id": "a", "name": "A"}, {"id": "b", "na"#;
        let tape = scan(cut, &mut Faults::default());
        assert_eq!(strict_json(&tape, cut), r#"{"actors":[{"id":"a","name":"A"}]}"#);
    }
}
