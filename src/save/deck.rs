//! Never overwrites a deck or a moving picture of a story, which may have been edited or sent: a new file is
//! written beside it, and the differences of slides are reported.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::load::{PresentationError, SlideOutline, read_slides};
use crate::wording::joined_and;

/// The largest file that is read as a deck or template, in bytes.
const MAX_BYTES: u64 = 500_000_000;
/// Most slides that are named one by one.
const MAX_NAMED: usize = 8;

/// A deck or moving picture that is left alone, and the one that is written instead.
#[derive(Debug)]
pub struct KeptStory {
    /// Where the new file is written.
    pub new: PathBuf,
    /// The newest file of that name.
    last: PathBuf,
    bytes: Vec<u8>,
}

/// Reads the bytes of a presentation or of a template for one.
///
/// # Errors
///
/// When the file can't be read or is too large.
pub fn read_presentation(path: &Path) -> anyhow::Result<Vec<u8>> {
    let what = || format!("could not read {}", path.display());
    let length = std::fs::metadata(path).with_context(what)?.len();
    anyhow::ensure!(length <= MAX_BYTES, "could not read {}: it is larger than 500 MB", path.display());
    std::fs::read(path).with_context(what)
}

impl KeptStory {
    /// Finds the file that has a path, and the next free name: `deck-2.pptx`, then `deck-3.pptx`, as `named` says. `None` if
    /// the path is free.
    ///
    /// # Errors
    ///
    /// When the existing file can't be read.
    pub fn find(path: &Path, named: impl Fn(&Path, usize) -> PathBuf) -> anyhow::Result<Option<Self>> {
        let is_there = |path: &Path| std::fs::symlink_metadata(path).is_ok();
        let is_file = std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() > 0);
        let free = (2..10_000).find(|&number| !is_there(&named(path, number)));
        let Some(free) = free.filter(|_| is_file) else { return Ok(None) };
        let last = if free == 2 { path.to_owned() } else { named(path, free - 1) };
        Ok(Some(Self { new: named(path, free), bytes: read_presentation(&last)?, last }))
    }

    /// Returns whether the new file would be the same, so that it need not be written.
    #[must_use]
    pub fn is_same(&self, new: &[u8]) -> bool {
        self.bytes == new
    }

    /// Says which file is kept, and which slides of a deck differ.
    #[must_use]
    pub fn report(&self, new: &[u8]) -> String {
        let is_deck = self.new.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pptx"));
        let what = if is_deck { "deck" } else { "picture" };
        let last = self.last.display();
        if self.is_same(new) {
            return format!("{last} is up to date, so no further {what} was written");
        }
        if !is_deck {
            return format!("{last} is kept, and the new picture is {}", self.new.display());
        }
        let changes = match read_slides(&self.bytes).and_then(|old| Ok(changes(&old, &read_slides(new)?))) {
            Ok(changes) => changes,
            Err(PresentationError { message, .. }) => format!("they can't be compared, since {message}"),
        };
        format!("{last} is kept, and the new deck is {}: {changes}", self.new.display())
    }
}

/// Says which slides changed, were added and were left out, by their titles.
fn changes(old: &[SlideOutline], new: &[SlideOutline]) -> String {
    let find = |all: &'_ [SlideOutline], title: &str| all.iter().position(|slide| slide.title == title);
    let (mut changed, mut added) = (Vec::new(), Vec::new());
    for (number, slide) in (1..).zip(new) {
        let name = format!("slide {number} “{}”", crate::hidden_characters::shortened(&slide.title));
        match find(old, &slide.title) {
            None => added.push(name),
            Some(at) if objects(&old[at]) != objects(slide) => changed.push(name),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|slide| find(new, &slide.title).is_none());
    let gone: Vec<String> =
        gone.map(|slide| format!("“{}”", crate::hidden_characters::shortened(&slide.title))).collect();
    let parts = [(changed, "changed"), (added, "added"), (gone, "left out")];
    let parts = parts.into_iter().filter(|(names, _)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(names, what)| format!("{what}: {}", listed(&names))).collect();
    if parts.is_empty() { "no slide has changed".to_owned() } else { parts.join("; ") }
}

/// Returns the objects sorted, since programs that save a deck may change their order.
fn objects(slide: &SlideOutline) -> BTreeSet<&str> {
    slide.objects.iter().map(String::as_str).collect()
}

fn listed(names: &[String]) -> String {
    match names.len() {
        0..=MAX_NAMED => joined_and(names),
        count => format!("{} and {} more", names[..MAX_NAMED].join(", "), count - MAX_NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slide(title: &str, objects: &[&str]) -> SlideOutline {
        SlideOutline { title: title.to_owned(), objects: objects.iter().map(|&text| text.to_owned()).collect() }
    }

    #[test]
    fn changes_go_by_titles_and_not_by_order() {
        let old = [slide("A", &["x", "y"]), slide("B", &["x"]), slide("C", &["x"])];
        assert_eq!(
            changes(&old, &[slide("B", &["x"]), slide("A", &["y", "x"]), slide("C", &["x"])]),
            "no slide has changed"
        );
        let new = [slide("A", &["x", "z"]), slide("C", &["x"]), slide("D", &["x"])];
        assert_eq!(changes(&old, &new), "changed: slide 1 “A”; added: slide 3 “D”; left out: “B”");
    }
}
