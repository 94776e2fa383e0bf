//! Decodes the values of BibTeX fields: abbreviations, TeX's accents and commands, names of people.

use std::collections::HashMap;

use biblatex::{
    Bibliography, Chunks, ChunksExt as _, Field, Pair, Person, RawBibliography, RawChunk, RawEntry, Spanned,
};

/// The longest value of an abbreviation, and of a value with abbreviations, in bytes.
const MAX_ABBREVIATION: usize = 4_000;
/// Limits of what the crate decodes: its work grows with the square of these. Other values are stripped of braces.
const MAX_DECODED: usize = 200_000;
const MAX_MARKS: usize = 1_000;
const MAX_DEPTH: usize = 20;

/// Commands of TeX that only set the style of their argument.
const STYLES: [&str; 18] = [
    "emph",
    "textit",
    "textbf",
    "textsc",
    "textsl",
    "texttt",
    "textrm",
    "textsf",
    "textup",
    "textnormal",
    "mkbibemph",
    "mkbibquote",
    "enquote",
    "underline",
    "mbox",
    "url",
    "path",
    "nolinkurl",
];

/// The abbreviations of `@string`, by name in lower case.
#[derive(Debug, Default)]
pub(super) struct Strings(HashMap<String, String>);

impl Strings {
    pub(super) fn set(&mut self, name: &str, value: String) {
        if value.len() <= MAX_ABBREVIATION {
            self.0.insert(name.to_lowercase(), value);
        }
    }
}

/// Joins the pieces of a value as written. Unknown abbreviations, such as the names of months, stand for themselves.
pub(super) fn raw_value(field: &Field<'_>, strings: &Strings) -> String {
    let mut value = String::new();
    let mut resolved = 0;
    for piece in field {
        match piece.v {
            RawChunk::Normal(text) => value.push_str(text),
            RawChunk::Abbreviation(name) => match strings.0.get(&name.to_lowercase()) {
                Some(text) if resolved + text.len() <= MAX_ABBREVIATION => {
                    resolved += text.len();
                    value.push_str(text);
                }
                _ => value.push_str(name),
            },
        }
    }
    value
}

/// Decodes a text.
pub(super) fn text_of(raw: &str) -> String {
    let decoded = if raw.contains(['\\', '{', '}', '$', '-']) {
        chunks_of("title", raw).map(|chunks| chunks.format_verbatim())
    } else {
        Some(raw.to_owned())
    };
    without_styles(&decoded.unwrap_or_else(|| plain_of(raw))).replace('~', " ")
}

/// Decodes a list of names, each as "given family".
pub(super) fn people_of(raw: &str) -> Vec<String> {
    let people = chunks_of("author", raw).and_then(|chunks| chunks.parse::<Vec<Person>>().ok());
    let names = match people {
        Some(people) => people.iter().map(ToString::to_string).collect(),
        None => plain_of(raw).split(" and ").map(str::to_owned).collect::<Vec<_>>(),
    };
    let names: Vec<String> =
        names.iter().map(|name| without_styles(name).replace('~', " ").trim().to_owned()).collect();
    let is_lost = names.iter().all(String::is_empty) && !raw.trim().is_empty();
    if is_lost { vec![plain_of(raw)] } else { names }
}

/// Returns a literal value, such as an address, without braces and the backslashes of escaped signs.
pub(super) fn plain_of(raw: &str) -> String {
    let raw = without_styles(raw);
    let mut plain = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '{' | '}' => {}
            '\\' if characters.peek().is_some_and(|next| "_%&#$~{}:".contains(*next)) => {
                plain.extend(characters.next());
            }
            c => plain.push(c),
        }
    }
    plain
}

/// Runs the crate's decoder on one value; `None` if it refuses the value, or might take too long.
fn chunks_of(name: &str, raw: &str) -> Option<Chunks> {
    let marks = raw.bytes().filter(|byte| matches!(byte, b'{' | b'}' | b'$')).count();
    if raw.len() > MAX_DECODED || marks > MAX_MARKS || depth_of(raw) > MAX_DEPTH {
        return None;
    }
    let field = vec![Spanned::zero(RawChunk::Normal(raw))];
    let fields = vec![Pair::new(Spanned::zero(name), Spanned::zero(field))];
    let entry = RawEntry { key: Spanned::zero("k"), kind: Spanned::zero("misc"), fields };
    let raw =
        RawBibliography { preamble: String::new(), entries: vec![Spanned::zero(entry)], abbreviations: Vec::new() };
    let mut entry = Bibliography::from_raw(raw).ok()?.into_vec().pop()?;
    entry.remove(name)
}

fn depth_of(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Removes commands of style such as `\emph{…}`, but not their arguments.
fn without_styles(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    // For each open brace, whether it is one of a removed command.
    let mut open: Vec<bool> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        out.push_str(&rest[..at]);
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match mark {
            b'{' => {
                open.push(false);
                out.push('{');
            }
            b'}' => {
                if !open.pop().unwrap_or(false) {
                    out.push('}');
                }
            }
            _ => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                if let Some(inner) = after.strip_prefix('{').filter(|_| STYLES.contains(&name)) {
                    open.push(true);
                    rest = inner;
                } else {
                    out.push('\\');
                    // An escaped brace opens nothing.
                    if let Some(brace) = rest.chars().next().filter(|c| matches!(c, '{' | '}' | '\\')) {
                        out.push(brace);
                        rest = &rest[1..];
                    }
                }
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{people_of, plain_of, text_of};

    #[test]
    fn accents_and_commands_are_decoded() {
        for (raw, wanted) in [
            ("{\\\"O}sterreich \\& Co", "Österreich & Co"),
            ("Sm{\\o}rrebr{\\o}d, \\emph{twice} -- and {NASA}", "Smørrebrød, twice – and NASA"),
            ("\\textbf{a \\emph{b} c}", "a b c"),
            ("100~\\% of {it}", "100 % of it"),
            ("open { brace", "open  brace"),
            ("a } b", "a  b"),
        ] {
            assert_eq!(text_of(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn people_are_given_name_first() {
        assert_eq!(
            people_of("Doe, Jane and van Dijk, Piet and {World Bank}"),
            ["Jane Doe", "Piet van Dijk", "World Bank"]
        );
        assert_eq!(people_of("{A=B Corp}"), ["A=B Corp"]);
    }

    #[test]
    fn addresses_stay_as_they_are() {
        assert_eq!(plain_of("https://x.example/a--b\\_c?d=\\%20"), "https://x.example/a--b_c?d=%20");
        assert_eq!(plain_of("\\url{https://x.example/a}"), "https://x.example/a");
    }
}
