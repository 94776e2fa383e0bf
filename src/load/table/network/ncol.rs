//! Lists of edges as igraph writes them (NCOL): two names in a line and perhaps a weight, separated by blanks, without
//! headings.

use std::collections::HashSet;

use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop, Table};

/// The number of lines examined for names that occur at both ends.
const MAX_LINES: usize = 2000;
/// At least this many names at both ends indicate a network: a list of people has few first names that are surnames.
const MIN_SHARED: usize = 3;

/// Returns whether a text is plainly such a list: all lines have two names, or two and a number, and are more than pairs
/// of words. `is_named` if the name of the file says that it is one.
pub(crate) fn is_ncol(text: &str, is_named: bool) -> bool {
    let mut count = 0;
    let (mut has_weight, mut are_numbers) = (false, true);
    let (mut first, mut second) = (HashSet::new(), HashSet::new());
    for line in lines(text) {
        let mut words = line.split_whitespace();
        let (Some(from), Some(to)) = (words.next(), words.next()) else { return false };
        let weight = words.next();
        if words.next().is_some() || weight.is_some_and(|weight| !is_weight(weight)) {
            return false;
        }
        // Other signs separate the columns of other tables.
        if line.contains(['\t', ',', ';', '|', '"', '<', '{', '[', ':', '=']) {
            return false;
        }
        has_weight |= weight.is_some();
        are_numbers &= [from, to].iter().all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        if count < MAX_LINES {
            first.insert(from);
            second.insert(to);
        }
        count += 1;
    }
    let is_network = has_weight || are_numbers || first.intersection(&second).count() >= MIN_SHARED;
    count >= 2 && (is_named || is_network)
}

fn is_weight(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Returns the lines that are neither blank nor comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

/// Reads the list.
pub(in crate::load::table) fn read_ncol<'a>(table: &mut Table<'a>, text: &'a str, meter: &Meter) -> Result<(), Stop> {
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.starts_with('#') {
            continue;
        }
        let start = table.cells.len();
        table.cells.extend(line.split_whitespace().take(3).map(Cell::text));
        meter.check_text(line.len(), number)?;
        meter.count_row(table.cells.len() - start)?;
        table.end_row(start, number, false);
    }
    let headings = ["From", "To", "Weight"].into_iter().take(table.width());
    table.add_headings(headings.map(str::to_owned));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_ncol;

    #[test]
    fn only_plain_lists_of_edges_are_taken_for_such() {
        for text in ["a b 1\nb c 2.5\n", "a b\nb c 3\n", "1 2\n2 3\n", "# made by hand\n\na b\nb c\nc d\nd a\n"] {
            assert!(is_ncol(text, false), "{text:?}");
        }
        for text in [
            "Ada Lovelace\nGrace Hopper\nAlan Turing\n",
            "Martin Luther\nLuther King\nMartin King\n",
            "a b 1\nb c two\n",
            "a b 1\nb c 2 3\n",
            "a b 1\nalone\n",
            "a,b 1\nb,c 2\n",
            "a\tb\nb\tc\n",
            "a pp b\nb pp c\n",
            "a b 1\n",
            "",
        ] {
            assert!(!is_ncol(text, false), "{text:?}");
        }
        assert!(is_ncol("Ada Grace\nGrace Alan\n", true), "the name of the file says so");
        assert!(!is_ncol("From,To\nAda B,Grace H\n", true), "the contents say otherwise");
    }
}
