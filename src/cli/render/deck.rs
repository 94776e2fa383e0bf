//! Decks that exist already are left alone, since people work on them: a new one is written beside, and what has changed
//! is said. Also reads the template of a deck.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::arguments::OutputArguments;
use crate::export::pptx::HouseStyle;
use crate::load::{PresentationError, SlideOutline, ThemeStyle, read_slides, read_theme};
use crate::publish::{Format, page_path};
use crate::wording::joined_and;

/// The largest file that is read as a deck or template, in bytes.
const MAX_BYTES: u64 = 500_000_000;
/// Most slides that are named one by one.
const MAX_NAMED: usize = 8;

/// A deck that is left alone, and the one that is written instead.
#[derive(Debug)]
pub(super) struct KeptDeck {
    /// Where the new deck is written.
    pub(super) new: PathBuf,
    /// The newest deck of that name.
    last: PathBuf,
    bytes: Vec<u8>,
}

/// Gives decks whose file exists the next free name: `deck-2.pptx`, then `deck-3.pptx`.
///
/// # Errors
///
/// When an existing deck can't be read.
pub(super) fn keep_decks(outputs: &mut [OutputArguments]) -> anyhow::Result<Vec<KeptDeck>> {
    let mut kept = Vec::new();
    for output in outputs.iter_mut().filter(|output| output.format == Format::Pptx) {
        let is_there = |path: &Path| std::fs::symlink_metadata(path).is_ok();
        let is_deck = std::fs::metadata(&output.path).is_ok_and(|meta| meta.is_file() && meta.len() > 0);
        if !is_deck {
            continue;
        }
        let named = |number: usize| page_path(&output.path, number);
        let Some(free) = (2..10_000).find(|&number| !is_there(&named(number))) else { continue };
        let last = if free == 2 { output.path.clone() } else { named(free - 1) };
        let bytes = read(&last)?;
        output.path = named(free);
        kept.push(KeptDeck { new: output.path.clone(), last, bytes });
    }
    Ok(kept)
}

/// Reads the colors and typefaces of a template.
///
/// # Errors
///
/// When the file can't be read or has none.
pub(super) fn house_style(path: &Path) -> anyhow::Result<HouseStyle> {
    let bytes = read(path)?;
    let theme = read_theme(&bytes).with_context(|| format!("could not use {} as a template", path.display()))?;
    let ThemeStyle { dark, light, accents, heading_font, text_font } = theme;
    Ok(HouseStyle { dark, light, accents, heading_font, text_font })
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let what = || format!("could not read {}", path.display());
    let length = std::fs::metadata(path).with_context(what)?.len();
    anyhow::ensure!(length <= MAX_BYTES, "could not read {}: it is larger than 500 MB", path.display());
    std::fs::read(path).with_context(what)
}

impl KeptDeck {
    /// Returns whether the new deck would be the same, so that it need not be written.
    pub(super) fn is_same(&self, new: &[u8]) -> bool {
        self.bytes == new
    }

    /// Says which slides differ.
    pub(super) fn report(&self, new: &[u8]) -> String {
        let last = self.last.display();
        if self.is_same(new) {
            return format!("{last} is up to date, so no further deck was written");
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
        let name = format!("slide {number} “{}”", crate::visible::shortened(&slide.title));
        match find(old, &slide.title) {
            None => added.push(name),
            Some(at) if objects(&old[at]) != objects(slide) => changed.push(name),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|slide| find(new, &slide.title).is_none());
    let gone: Vec<String> = gone.map(|slide| format!("“{}”", crate::visible::shortened(&slide.title))).collect();
    let parts = [(changed, "changed"), (added, "added"), (gone, "left out")];
    let parts = parts.into_iter().filter(|(names, _)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(names, what)| format!("{what}: {}", listed(&names))).collect();
    if parts.is_empty() { "no slide shows anything else".to_owned() } else { parts.join("; ") }
}

/// Returns the objects in an order of their own, since programs that save a deck may change theirs.
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
            "no slide shows anything else"
        );
        let new = [slide("A", &["x", "z"]), slide("C", &["x"]), slide("D", &["x"])];
        assert_eq!(changes(&old, &new), "changed: slide 1 “A”; added: slide 3 “D”; left out: “B”");
    }
}
