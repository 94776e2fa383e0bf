//! Pages after the first, in formats that have one file per page: their names, and the mark by which a later export
//! recognizes the files that it may replace.

use std::path::{Path, PathBuf};

/// Returns the path of a page: page 2 of `a/slide.png` is `a/slide-2.png`.
#[must_use]
pub fn page_path(first: &Path, number: usize) -> PathBuf {
    let stem = first.file_stem().unwrap_or_default().to_string_lossy();
    let ending = first.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    first.with_file_name(format!("{stem}-{number}{ending}"))
}

/// Returns the text that marks a file as a page after the first.
pub(super) fn mark(number: usize) -> String {
    format!("{MARK}{number}")
}

/// Returns whether these are the bytes of a further page from an earlier export.
#[must_use]
pub fn is_further_page(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(MAX_SEARCHED)];
    memchr::memmem::find(start, MARK.as_bytes()).is_some()
}

const MARK: &str = "Relationship map, page ";

/// Number of bytes at the start of a file that are searched for the mark: in a PNG it precedes the pixels, in an SVG it
/// is in the title.
const MAX_SEARCHED: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_before_the_ending() {
        assert_eq!(page_path(Path::new("a.b/slide.v1.png"), 2), Path::new("a.b/slide.v1-2.png"));
        assert_eq!(page_path(Path::new("slide"), 12), Path::new("slide-12"));
    }
}
