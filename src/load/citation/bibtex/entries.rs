//! Finds the entries of a BibTeX text in one pass, including those that are cut off.

/// An entry in the text.
#[derive(Debug)]
pub(super) struct BibEntry<'t> {
    /// Its type, such as `article`.
    pub(super) kind: &'t str,
    /// Its citation key; empty for `@string` and the like.
    pub(super) key: &'t str,
    /// Its fields, without key and braces.
    pub(super) body: &'t str,
    /// The last comma between two fields, in `body`.
    pub(super) last_comma: Option<usize>,
    /// Whether its closing brace was found.
    pub(super) is_closed: bool,
}

/// Returns the entries of a text. An entry ends at its closing brace, or where a line begins another one.
pub(super) fn entries(text: &str) -> Vec<BibEntry<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('@').map(|offset| at + offset) {
        let is_first = text[..start].rsplit('\n').next().is_none_or(|before| before.trim().is_empty());
        let Some((kind, open, inside)) = head(text, start).filter(|_| is_first) else {
            at = start + 1;
            continue;
        };
        let extent = extent(text, inside, open);
        let inner = &text[inside..extent.end];
        let has_key = !["string", "comment", "preamble"].iter().any(|word| kind.eq_ignore_ascii_case(word));
        let key_end = if has_key { extent.first_comma.unwrap_or(inner.len()) } else { 0 };
        let body = inner[key_end..].strip_prefix(',').unwrap_or(&inner[key_end..]);
        let skipped = inner.len() - body.len();
        found.push(BibEntry {
            kind,
            key: inner[..key_end].trim(),
            body,
            last_comma: extent.last_comma.filter(|comma| *comma >= skipped).map(|comma| comma - skipped),
            is_closed: extent.is_closed,
        });
        at = extent.end.max(inside);
    }
    found
}

/// Reads `@article{`; returns the type, the opening brace and the place after it.
fn head(text: &str, start: usize) -> Option<(&str, u8, usize)> {
    let rest = &text[start + 1..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')?;
    let kind = rest[..end].trim();
    let blank = rest[end..].len() - rest[end..].trim_start_matches([' ', '\t']).len();
    let open = *rest.as_bytes().get(end + blank)?;
    let is_entry =
        kind.starts_with(|c: char| c.is_ascii_alphabetic()) && kind.len() <= 40 && matches!(open, b'{' | b'(');
    is_entry.then_some((kind, open, start + 1 + end + blank + 1))
}

/// Where an entry ends, and the commas between its fields, relative to its inside.
struct EntryExtent {
    end: usize,
    first_comma: Option<usize>,
    last_comma: Option<usize>,
    is_closed: bool,
}

fn extent(text: &str, inside: usize, open: u8) -> EntryExtent {
    let bytes = text.as_bytes();
    let mut extent = EntryExtent { end: text.len(), first_comma: None, last_comma: None, is_closed: false };
    let (mut depth, mut is_quoted, mut at) = (0_usize, false, inside);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' if depth == 0 => is_quoted = !is_quoted,
            b'{' => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b'}' if open == b'{' && !is_quoted => {
                (extent.end, extent.is_closed) = (at, true);
                return extent;
            }
            b')' if open == b'(' && depth == 0 && !is_quoted => {
                (extent.end, extent.is_closed) = (at, true);
                return extent;
            }
            b',' if depth == 0 && !is_quoted => {
                extent.first_comma = extent.first_comma.or(Some(at - inside));
                extent.last_comma = Some(at - inside);
            }
            b'@' if bytes[at - 1] == b'\n' && head(text, at).is_some() => {
                extent.end = at;
                return extent;
            }
            _ => {}
        }
        at += 1;
    }
    extent
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn entries_are_split_where_they_end() {
        let text =
            "x@y.org\n@Article {a, t = {x, {y}}, u = \"b, }\"}\n@book(b, t = {)})\n @misc{c, t = {\\}\n@misc{d,}";
        let found = entries(text);
        let parts: Vec<_> = found.iter().map(|entry| (entry.kind, entry.key, entry.body, entry.is_closed)).collect();
        assert_eq!(
            parts,
            [
                ("Article", "a", " t = {x, {y}}, u = \"b, }\"", true),
                ("book", "b", " t = {)}", true),
                ("misc", "c", " t = {\\}\n", false),
                ("misc", "d", "", true),
            ]
        );
        assert_eq!(found[0].last_comma, Some(13));
    }
}
