//! Lists of actors with commas between them, which only a heading in the plural tells from names with a comma.

use crate::load::import::cells::text;
use crate::load::table::Table;
use crate::wording::read::{Role, fold_heading, roles_of_heading};

/// What follows a comma in the name of one actor, in lower case and without dots.
const SUFFIXES: &[&str] = &[
    "inc",
    "incorporated",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "kg",
    "se",
    "sa",
    "sas",
    "sarl",
    "spa",
    "srl",
    "bv",
    "nv",
    "ab",
    "oy",
    "as",
    "aps",
    "pte ltd",
    "pty ltd",
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "md",
    "phd",
    "esq",
    "the",
];

/// Whether the cells of a column list actors with commas between them: its heading is in the plural, and no cell has
/// another separator.
pub(in crate::load::import) fn has_commas(table: &Table<'_>, column: usize, role: Option<Role>, heading: &str) -> bool {
    let mut values = table.rows().skip(1).map(|row| text(row, column));
    matches!(role, Some(Role::From | Role::To))
        && is_plural(heading)
        && values.clone().all(|value| !value.contains(['|', ';']))
        && values.any(|value| split_at_commas(value).len() > 1)
}

/// Whether a heading is one of several actors: "Investors", "lead investor names".
fn is_plural(heading: &str) -> bool {
    let folded = fold_heading(heading);
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let is_of_actors = |role: &Role| matches!(role, Role::From | Role::To | Role::ActorName);
    let singular = last.strip_suffix('s').unwrap_or_default();
    last == "names" || roles_of_heading(singular).iter().any(is_of_actors)
}

/// Splits a list of names at its commas, but not before what belongs to a name: "Alder, Inc., Birch LLC" has two names.
pub(in crate::load::import) fn split_at_commas(text: &str) -> Vec<&str> {
    let is_suffix = |part: &str| SUFFIXES.contains(&part.trim().replace('.', "").to_lowercase().as_str());
    let mut parts: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let rest = &text[at + 1..];
        let next = rest.split(',').next().unwrap_or_default();
        // A comma within a number has no space behind it.
        if rest.starts_with(char::is_whitespace) && !is_suffix(next) {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_plural, split_at_commas};

    #[test]
    fn names_with_a_comma_stay_whole() {
        for (text, parts) in [
            ("Alder Ventures, Birch Capital", vec!["Alder Ventures", "Birch Capital"]),
            ("Alder, Inc., Birch L.L.C., Cedar", vec!["Alder, Inc.", "Birch L.L.C.", "Cedar"]),
            ("Alder, Ltd", vec!["Alder, Ltd"]),
            ("Company 1,000", vec!["Company 1,000"]),
            (", Birch,", vec!["Birch,"]),
            ("", vec![]),
        ] {
            assert_eq!(split_at_commas(text), parts, "{text}");
        }
    }

    #[test]
    fn headings_in_the_plural_are_those_of_several_actors() {
        for heading in ["Investor Names", "Lead Investors", "owners", "Recipients", "Companies names"] {
            assert!(is_plural(heading), "{heading}");
        }
        for heading in ["Investor", "Name", "Status", "Address", "To", "Business"] {
            assert!(!is_plural(heading), "{heading}");
        }
    }
}
