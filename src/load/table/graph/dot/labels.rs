//! The text of labels: escapes, references, records and HTML.

use crate::load::table::graph::html::{decode_references, text_of_html};

use super::scopes::DotValue;

/// What the escapes of a label stand for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EscapeNames<'n> {
    pub(super) graph: &'n str,
    pub(super) node: &'n str,
    pub(super) tail: &'n str,
    pub(super) head: &'n str,
    pub(super) is_directed: bool,
}

/// Returns the text of a value, with line breaks where its escapes have them.
pub(super) fn text_of(value: &DotValue<'_>, names: &EscapeNames<'_>) -> String {
    let text = match value {
        DotValue::Html(html) => return text_of_html(html),
        DotValue::Text(text) => decode_references(text),
    };
    if !text.contains('\\') {
        return text.into_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        match signs.next() {
            Some('n' | 'l' | 'r') => plain.push('\n'),
            Some('G') => plain.push_str(names.graph),
            Some('N') => plain.push_str(names.node),
            Some('T') => plain.push_str(names.tail),
            Some('H') => plain.push_str(names.head),
            Some('E') => {
                plain.push_str(names.tail);
                plain.push_str(if names.is_directed { "->" } else { "--" });
                plain.push_str(names.head);
            }
            // The label of the element itself has no other.
            Some('L') | None => {}
            Some(other) => plain.push(other),
        }
    }
    plain
}

/// Returns the words of a record: its fields without ports and braces.
pub(super) fn text_of_record(label: &str) -> String {
    let mut words = String::with_capacity(label.len());
    let mut is_port = false;
    for sign in label.chars() {
        match sign {
            '<' => is_port = true,
            '>' => is_port = false,
            _ if is_port => {}
            '{' | '}' => words.push(' '),
            '|' => words.push_str(" | "),
            sign => words.push(sign),
        }
    }
    let fields = words.split('|').map(str::trim).filter(|field| !field.is_empty());
    fields.collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::{DotValue, EscapeNames, text_of, text_of_record};

    #[test]
    fn escapes_and_records_become_words() {
        let names = EscapeNames { graph: "G", node: "n", tail: "a", head: "b", is_directed: true };
        for (text, plain) in [
            (r"Anchor\nHoldings", "Anchor\nHoldings"),
            (r"\N of \G, \E", "n of G, a->b"),
            (r"back\\slash &amp; &#233;\", r"back\slash & é"),
        ] {
            assert_eq!(text_of(&DotValue::Text(text.into()), &names), plain, "{text}");
        }
        assert_eq!(text_of_record("{<f0> left|<f1> mid\nlow|}"), "left | mid\nlow");
    }
}
