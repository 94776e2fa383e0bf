//! The difference of two texts in the unified format.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::hidden_characters::visible;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;
/// The most changed lines that are aligned; beyond, the whole part from the first to the last change is one.
const MAX_CHANGED: usize = 3_000;

/// Returns the difference of two texts, or an empty text. Hidden characters are written out.
pub(super) fn unified(before: &str, after: &str, name: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before), lines(after));
    let blocks = blocks(&old, &new);
    if blocks.is_empty() {
        return String::new();
    }
    let name = visible(name);
    let mut out = format!("--- {name}\n+++ {name}\n");
    let mut rest = blocks.as_slice();
    while let Some(first) = rest.first() {
        let near = |pair: &[(Range<usize>, Range<usize>)]| pair[1].0.start - pair[0].0.end <= 2 * CONTEXT;
        let count = 1 + rest.windows(2).take_while(|pair| near(pair)).count();
        let (hunk, next) = rest.split_at(count);
        write_hunk(&mut out, &old, &new, hunk, first);
        rest = next;
    }
    out
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn write_hunk(
    out: &mut String,
    old: &[&str],
    new: &[&str],
    hunk: &[(Range<usize>, Range<usize>)],
    first: &(Range<usize>, Range<usize>),
) {
    let lead = first.0.start.min(CONTEXT);
    let last = &hunk[hunk.len() - 1];
    let trail = (old.len() - last.0.end).min(CONTEXT);
    let was = first.0.start - lead..last.0.end + trail;
    let is = first.1.start - lead..last.1.end + trail;
    let _ = writeln!(out, "@@ -{} +{} @@", position(&was), position(&is));
    let mut at = was.start;
    for (gone, come) in hunk {
        old[at..gone.start].iter().for_each(|line| write_line(out, ' ', line));
        old[gone.clone()].iter().for_each(|line| write_line(out, '-', line));
        new[come.clone()].iter().for_each(|line| write_line(out, '+', line));
        at = gone.end;
    }
    old[at..was.end].iter().for_each(|line| write_line(out, ' ', line));
}

/// Formats the first line and the number of lines; an empty range is named by the line before it.
fn position(range: &Range<usize>) -> String {
    let start = if range.is_empty() { range.start } else { range.start + 1 };
    if range.len() == 1 { start.to_string() } else { format!("{start},{}", range.len()) }
}

fn write_line(out: &mut String, mark: char, line: &str) {
    let text = line.strip_suffix('\n').unwrap_or(line);
    let text = text.strip_suffix('\r').unwrap_or(text);
    out.push(mark);
    for (index, part) in text.split('\t').enumerate() {
        if index > 0 {
            out.push('\t');
        }
        out.push_str(&visible(part));
    }
    out.push('\n');
    if !line.ends_with('\n') {
        out.push_str("\\ No newline at end of file\n");
    }
}

/// Returns the ranges of lines that differ, in order; between them the lines are the same.
fn blocks(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let same = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[same..], &new[same..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let old_numbers: Vec<u32> = old_middle.iter().map(|line| line_number(&mut numbers, line)).collect();
    let new_numbers: Vec<u32> = new_middle.iter().map(|line| line_number(&mut numbers, line)).collect();
    let found = aligned(&old_numbers, &new_numbers).unwrap_or_else(|| vec![(0..old_middle.len(), 0..new_middle.len())]);
    let shift = |range: Range<usize>| range.start + same..range.end + same;
    found.into_iter().map(|(was, is)| (shift(was), shift(is))).collect()
}

fn line_number<'t>(numbers: &mut HashMap<&'t str, u32>, line: &'t str) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(line).or_insert(next)
}

/// Aligns two sequences with the fewest changes; `None` if there are too many. Algorithm: E. Myers, "An O(ND) Difference
/// Algorithm and Its Variations" (1986).
fn aligned(old: &[u32], new: &[u32]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let (rows, columns) = (old.len().cast_signed(), new.len().cast_signed());
    let most = (old.len() + new.len()).min(MAX_CHANGED).cast_signed();
    let mut furthest = vec![0_isize; 2 * most as usize + 3];
    let at = |diagonal: isize| (diagonal + most + 1) as usize;
    let mut trace: Vec<Vec<i32>> = Vec::new();
    for changed in 0..=most {
        trace.push(furthest[at(-changed)..=at(changed)].iter().map(|row| *row as i32).collect());
        for diagonal in (-changed..=changed).step_by(2) {
            let (below, above) = (furthest[at(diagonal - 1)], furthest[at(diagonal + 1)]);
            let is_insertion = diagonal == -changed || (diagonal != changed && below < above);
            let mut row = if is_insertion { above } else { below + 1 };
            let mut column = row - diagonal;
            while row < rows && column < columns && old[row as usize] == new[column as usize] {
                (row, column) = (row + 1, column + 1);
            }
            furthest[at(diagonal)] = row;
            if row >= rows && column >= columns {
                return Some(backtracked(&trace, rows, columns));
            }
        }
    }
    None
}

/// Walks the steps of [`aligned`] back and joins neighboring changes.
fn backtracked(trace: &[Vec<i32>], rows: isize, columns: isize) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut row, mut column) = (rows, columns);
    let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for changed in (1..trace.len().cast_signed()).rev() {
        let known = &trace[changed as usize];
        let value = |diagonal: isize| {
            let index = diagonal + changed;
            known.get(index as usize).map_or(0, |row| *row as isize)
        };
        let diagonal = row - column;
        let is_insertion = diagonal == -changed || (diagonal != changed && value(diagonal - 1) < value(diagonal + 1));
        let from = if is_insertion { diagonal + 1 } else { diagonal - 1 };
        let (old_row, old_column) = (value(from), value(from) - from);
        let (was, is) = if is_insertion {
            (old_row as usize..old_row as usize, old_column as usize..old_column as usize + 1)
        } else {
            (old_row as usize..old_row as usize + 1, old_column as usize..old_column as usize)
        };
        match blocks.last_mut() {
            Some((later_was, later_is)) if later_was.start == was.end && later_is.start == is.end => {
                (later_was.start, later_is.start) = (was.start, is.start);
            }
            _ => blocks.push((was, is)),
        }
        (row, column) = (old_row, old_column);
    }
    blocks.reverse();
    blocks
}

#[cfg(test)]
mod tests {
    use super::{blocks, unified};

    #[test]
    fn changes_have_context_and_are_joined_when_near() {
        let lines: Vec<String> = (1..=20).map(|line| line.to_string()).collect();
        let before = format!("{}\n", lines.join("\n"));
        let after = before.replace("3\n4\n", "three\n4\n").replace("\n6\n", "\n").replace("18\n", "18\nx\n");
        let expected = "--- a\n+++ a\n@@ -1,9 +1,8 @@\n 1\n 2\n-3\n+three\n 4\n 5\n-6\n 7\n 8\n 9\n@@ -16,5 +15,6 @@\n 16\n 17\n 18\n+x\n 19\n 20\n";
        assert_eq!(unified(&before, &after, "a"), expected);
        assert_eq!(unified(&before, &before, "a"), "");
    }

    #[test]
    fn ends_without_a_line_break_and_hidden_characters_are_shown() {
        let shown = unified("a\r\n\tb", "a\r\n\tb\u{202e}c\n", "x");
        assert_eq!(shown, "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-\tb\n\\ No newline at end of file\n+\tb[U+202E]c\n");
        assert_eq!(unified("", "a\n", "x"), "--- x\n+++ x\n@@ -0,0 +1 @@\n+a\n");
    }

    /// Applies the blocks to the old lines.
    fn applied<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<&'t str> {
        let (mut out, mut at) = (Vec::new(), 0);
        for (was, is) in blocks(old, new) {
            out.extend(&old[at..was.start]);
            out.extend(&new[is]);
            at = was.end;
        }
        out.extend(&old[at..]);
        out
    }

    proptest::proptest! {
        #[test]
        fn the_blocks_lead_from_one_text_to_the_other(one in "[abc]{0,30}", other in "[abc]{0,30}") {
            let (old, new): (Vec<&str>, Vec<&str>) = (one.split("").collect(), other.split("").collect());
            assert_eq!(applied(&old, &new), new);
        }
    }
}
