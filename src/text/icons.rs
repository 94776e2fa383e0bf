//! Characters of the icon face by icon name.

use std::sync::OnceLock;

/// One `name code-point` per line, sorted by name.
static TABLE: &str = include_str!("../../assets/icons.txt");

/// Returns the names of all icons, sorted.
pub fn icon_names() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(parse).map(|(name, _)| name)
}

/// Returns the character of a Phosphor icon such as `buildings`; `None` for an unknown name.
#[must_use]
pub fn icon(name: &str) -> Option<char> {
    static PARSED: OnceLock<Vec<(&str, char)>> = OnceLock::new();
    let table = PARSED.get_or_init(|| TABLE.lines().filter_map(parse).collect());
    let at = table.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    Some(table[at].1)
}

fn parse(line: &'static str) -> Option<(&'static str, char)> {
    let (name, code) = line.split_once(' ')?;
    Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_name_of_the_table() {
        assert!(TABLE.lines().count() > 1_500);
        for line in TABLE.lines() {
            let (name, symbol) = parse(line).expect("a name and a code point");
            assert_eq!(icon(name), Some(symbol));
        }
    }

    #[test]
    fn knows_no_other_names() {
        assert_eq!(icon("buildings"), Some('\u{e102}'));
        assert_eq!(icon("no-such-icon"), None);
        assert_eq!(icon(""), None);
    }
}
