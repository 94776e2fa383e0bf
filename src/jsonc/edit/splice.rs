//! Insertion and removal of entries of a list or object, including commas, in the style of the existing entries. All
//! changes of a container are resolved together in `finish`, so that they compose in any order.

use std::ops::Range;

use super::super::lex::{line_end, line_start};
use super::Editor;

/// Pending changes of the entries of one container.
#[derive(Debug, Default)]
pub(super) struct Splice {
    /// Whether each entry is removed, by position; entries beyond the end are kept.
    goes: Vec<bool>,
    groups: Vec<Group>,
}

/// New entries of one insertion.
#[derive(Debug)]
struct Group {
    /// Number of old entries before the new ones.
    after: usize,
    new: Vec<String>,
    /// Whether each new entry gets its own line if the old entries leave that open.
    has_lines: bool,
}

impl Splice {
    fn is_going(&self, position: usize) -> bool {
        self.goes.get(position).copied().unwrap_or(false)
    }

    /// Returns the last of `count` entries that is kept.
    fn last_kept(&self, count: usize) -> Option<usize> {
        (0..count).rev().find(|position| !self.is_going(*position))
    }

    /// Returns the groups in order, each moved behind a kept entry or to the front, and merged by position.
    fn merged_groups(&mut self, count: usize) -> Vec<Group> {
        let mut groups = std::mem::take(&mut self.groups);
        groups.sort_by_key(|group| group.after.min(count));
        let mut merged: Vec<Group> = Vec::with_capacity(groups.len());
        for mut group in groups {
            group.after = self.last_kept(group.after.min(count)).map_or(0, |before| before + 1);
            match merged.last_mut().filter(|last| last.after == group.after) {
                Some(last) => {
                    last.new.append(&mut group.new);
                    last.has_lines |= group.has_lines;
                }
                None => merged.push(group),
            }
        }
        merged
    }
}

/// The existing entries of a container and their pending changes.
struct Old {
    container: usize,
    extents: Vec<Range<usize>>,
    /// Position of the last kept entry.
    last_kept: Option<usize>,
    has_trailing_comma: bool,
    splice: Splice,
}

impl Editor<'_> {
    /// Removes the entries of a list or object for which `goes` is set, by position from 0.
    pub(crate) fn remove(&mut self, container: usize, goes: &[bool]) {
        let known = &mut self.splices.entry(container).or_default().goes;
        known.resize(known.len().max(goes.len()), false);
        for (known, goes) in known.iter_mut().zip(goes) {
            *known |= goes;
        }
    }

    /// Appends entries to a list or object in the style of its entries; `has_lines` decides if that leaves the layout
    /// open.
    pub(crate) fn append(&mut self, container: usize, new: &[String], has_lines: bool) {
        self.put(container, usize::MAX, new, has_lines);
    }

    /// Inserts entries after the entry at a position from 0, in its style. If that entry is removed, they follow the
    /// kept entry before it.
    #[cfg_attr(not(test), allow(dead_code, reason = "for the patches of records"))]
    pub(crate) fn insert_after(&mut self, container: usize, position: usize, new: &[String]) {
        self.put(container, position.saturating_add(1), new, false);
    }

    /// Inserts entries before all others, in the style of the first; `has_lines` decides for an empty container.
    #[cfg_attr(not(test), allow(dead_code, reason = "for the patches of records"))]
    pub(crate) fn insert_first(&mut self, container: usize, new: &[String], has_lines: bool) {
        self.put(container, 0, new, has_lines);
    }

    fn put(&mut self, container: usize, after: usize, new: &[String], has_lines: bool) {
        if !new.is_empty() {
            let group = Group { after, new: new.to_vec(), has_lines };
            self.splices.entry(container).or_default().groups.push(group);
        }
    }

    /// Turns the pending changes of a container into text edits.
    pub(super) fn splice(&mut self, container: usize, mut splice: Splice) {
        let extents = self.entries(container);
        let groups = splice.merged_groups(extents.len());
        let last_kept = splice.last_kept(extents.len());
        let has_trailing_comma = extents.last().is_some_and(|last| self.comma_after(last.end).is_some());
        let old = Old { container, extents, last_kept, has_trailing_comma, splice };
        self.take_out(&old);
        let is_followed = |group: &Group| old.last_kept.is_some_and(|kept| kept >= group.after);
        self.end_with(&old, groups.last().is_some_and(|group| !is_followed(group)));
        for group in &groups {
            self.put_group(&old, group, is_followed(group) || old.has_trailing_comma);
        }
    }

    fn take_out(&mut self, old: &Old) {
        let gone = (0..old.extents.len()).filter(|position| old.splice.is_going(*position));
        for entry in gone.map(|position| old.extents[position].clone()) {
            let end = self.comma_after(entry.end).map_or(entry.end, |comma| comma + 1);
            let range = self.with_its_line(entry.start..end);
            self.edit(range, String::new());
        }
    }

    /// Adds the comma that the last kept entry needs, or removes a superfluous one.
    fn end_with(&mut self, old: &Old, is_last_new: bool) {
        let Some(kept) = old.last_kept else { return };
        let end = old.extents[kept].end;
        match self.comma_after(end) {
            Some(comma) if !is_last_new && !old.has_trailing_comma && kept + 1 < old.extents.len() => {
                self.edit(comma..comma + 1, String::new());
            }
            None if is_last_new => self.edit(end..end, ",".to_owned()),
            _ => {}
        }
    }

    fn put_group(&mut self, old: &Old, group: &Group, has_comma: bool) {
        let comma = if has_comma { "," } else { "" };
        match (group.after.checked_sub(1), old.extents.first()) {
            (Some(before), _) => self.put_after(&old.extents[before], group, comma),
            (None, Some(first)) => self.put_first(old, first, group, comma),
            (None, None) => self.put_alone(old.container, group),
        }
    }

    /// Inserts entries after a kept one.
    fn put_after(&mut self, before: &Range<usize>, group: &Group, comma: &str) {
        let (indent, is_on_own_line) = self.line_of(before);
        let gap = if is_on_own_line {
            self.new_line(indent)
        } else if group.has_lines && group.new.len() > 1 {
            self.new_line(&(self.indent_at(before.start) + self.unit()))
        } else {
            " ".to_owned()
        };
        let list = group.new.join(&format!(",{gap}"));
        let after = self.comma_after(before.end).map_or(before.end, |comma| comma + 1);
        let anchor = if is_on_own_line { self.end_of_remark(after) } else { after };
        self.edit(anchor..anchor, format!("{gap}{list}{comma}"));
    }

    /// Inserts entries before the first one, or in place of all.
    fn put_first(&mut self, old: &Old, first: &Range<usize>, group: &Group, comma: &str) {
        let (indent, is_on_own_line) = self.line_of(first);
        if is_on_own_line {
            let line = self.new_line(indent);
            let anchor = self.end_of_remark(self.tape.entries[old.container].start() + 1);
            let list = group.new.join(&format!(",{line}"));
            self.edit(anchor..anchor, format!("{line}{list}{comma}"));
        } else {
            let gap = if comma.is_empty() || old.last_kept.is_none() { "" } else { " " };
            self.edit(first.start..first.start, format!("{}{comma}{gap}", group.new.join(", ")));
        }
    }

    /// Inserts entries into an empty container.
    fn put_alone(&mut self, container: usize, group: &Group) {
        let extent = self.extent(container);
        let inner = extent.start + 1..extent.end - 1;
        let held = self.text[inner.clone()].trim_end();
        let at = inner.start + held.len();
        if held.is_empty() && !group.has_lines {
            self.edit(inner, group.new.join(", "));
            return;
        }
        let base = self.indent_at(extent.start);
        let line = self.new_line(&(base.clone() + self.unit()));
        let list = group.new.join(&format!(",{line}"));
        self.edit(at..inner.end, format!("{line}{list}{}", self.new_line(&base)));
    }

    /// Returns the text before an entry on its line, and whether it consists of blanks only.
    fn line_of(&self, entry: &Range<usize>) -> (&str, bool) {
        let start = line_start(self.text, entry.start);
        let indent = &self.text[start..entry.start];
        (indent, indent.trim().is_empty() && start > 0)
    }

    /// Extends a range to its whole line if nothing else is on it, else by the blanks after it.
    fn with_its_line(&self, range: Range<usize>) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let line_start = line_start(self.text, range.start);
        let after = range.end + bytes[range.end..].iter().take_while(|byte| is_blank(byte)).count();
        let is_alone = bytes[line_start..range.start].iter().all(is_blank);
        match bytes.get(after) {
            Some(b'\r') if is_alone && bytes.get(after + 1) == Some(&b'\n') => line_start..after + 2,
            Some(b'\n' | b'\r') if is_alone => line_start..after + 1,
            Some(b'\n' | b'\r') => range,
            _ => range.start..after,
        }
    }

    /// Returns the end of the comments that follow on the same line, or `from` if a comment continues on the next line
    /// or anything else follows.
    fn end_of_remark(&self, from: usize) -> usize {
        let line_end = line_end(self.text, from);
        let mut at = from;
        while at < line_end {
            let after = self.skip_one(at);
            if after == at || after > line_end {
                return from;
            }
            at = after;
        }
        line_end
    }
}
