//! The content of a folder while a path is typed: what matches, and how the typed text can be completed.

use std::path::{Path, PathBuf};

/// Maximum number of entries read from a folder.
const MAX_READ: usize = 5_000;

/// A file or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FolderEntry {
    pub(super) name: String,
    pub(super) is_folder: bool,
}

/// Returns the path that a text means: quotes and `file://` are removed, and `~` is the home folder.
pub(super) fn path_of(text: &str, home: Option<&Path>) -> PathBuf {
    let text = text.trim().trim_matches('"');
    let text = text.strip_prefix("file://").unwrap_or(text);
    match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with(['/', '\\']) => home.join(rest.trim_start_matches(['/', '\\'])),
        _ => PathBuf::from(text),
    }
}

/// Splits a typed text at the last separator into the folder, as typed, and the beginning of a name.
pub(super) fn split(text: &str) -> (&str, &str) {
    let text = text.trim_start().trim_start_matches('"');
    if text == "~" {
        return ("~", "");
    }
    let separators: &[char] = if cfg!(windows) { &['/', '\\'] } else { &['/'] };
    text.rfind(separators).map_or(("", text), |at| text.split_at(at + 1))
}

/// Reads a folder: folders first, then files, each by name.
///
/// # Errors
///
/// If the folder can't be read.
pub(super) fn read(folder: &Path) -> std::io::Result<Vec<FolderEntry>> {
    let mut entries: Vec<FolderEntry> = std::fs::read_dir(folder)?
        .take(MAX_READ)
        .filter_map(Result::ok)
        .map(|entry| FolderEntry {
            name: entry.file_name().to_string_lossy().into_owned(),
            is_folder: entry.path().is_dir(),
        })
        .collect();
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase(), entry.name.clone()));
    Ok(entries)
}

/// Returns the entries whose name begins with this, ignoring case; hidden ones only if that is asked for by a dot.
pub(super) fn matching<'a>(entries: &'a [FolderEntry], beginning: &str) -> Vec<&'a FolderEntry> {
    let wanted = beginning.to_lowercase();
    let matches = |entry: &&FolderEntry| {
        (wanted.starts_with('.') || !entry.name.starts_with('.')) && entry.name.to_lowercase().starts_with(&wanted)
    };
    entries.iter().filter(matches).collect()
}

/// Returns the longer text that Tab completes to: up to where the matching names differ, with a separator after the
/// only matching folder. `None` if nothing can be added.
pub(super) fn complete(text: &str, entries: &[FolderEntry]) -> Option<String> {
    let (folder, beginning) = split(text);
    let found = matching(entries, beginning);
    let first = found.first()?;
    let shared = found[1..].iter().fold(first.name.clone(), |shared, entry| common(&shared, &entry.name));
    let end = if found.len() == 1 && first.is_folder { std::path::MAIN_SEPARATOR_STR } else { "" };
    let folder = if folder == "~" { "~/" } else { folder };
    let completed = format!("{folder}{shared}{end}");
    (completed.chars().count() > text.trim_start().chars().count()).then_some(completed)
}

/// Returns the common beginning of two names, ignoring case, as the first one writes it.
fn common(one: &str, other: &str) -> String {
    let same = |(a, b): &(char, char)| a.to_lowercase().eq(b.to_lowercase());
    one.chars().zip(other.chars()).take_while(same).map(|(a, _)| a).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{FolderEntry, complete, matching, path_of, read, split};

    fn entries() -> Vec<FolderEntry> {
        let entry = |name: &str, is_folder| FolderEntry { name: name.to_owned(), is_folder };
        vec![entry("Maps", true), entry(".hidden", false), entry("map-1.jsonc", false), entry("map-2.jsonc", false)]
    }

    #[test]
    fn texts_mean_paths() {
        let home = Some(Path::new("/home/ada"));
        assert_eq!(path_of("~", home), PathBuf::from("/home/ada"));
        assert_eq!(path_of(" ~/maps/a.jsonc ", home), PathBuf::from("/home/ada/maps/a.jsonc"));
        assert_eq!(path_of("\"/maps/two words.json\"", home), PathBuf::from("/maps/two words.json"));
        assert_eq!(path_of("file:///maps/a.json", None), PathBuf::from("/maps/a.json"));
        assert_eq!(path_of("~other/a.json", home), PathBuf::from("~other/a.json"), "another user's home is not known");
        assert_eq!(path_of("~/a", None), PathBuf::from("~/a"));
    }

    #[test]
    fn a_text_is_a_folder_and_the_beginning_of_a_name() {
        assert_eq!(split("/maps/ma"), ("/maps/", "ma"));
        assert_eq!(split("/maps/"), ("/maps/", ""));
        assert_eq!(split("ma"), ("", "ma"));
        assert_eq!(split("~"), ("~", ""));
    }

    #[test]
    fn names_match_without_case_and_hidden_ones_only_after_a_dot() {
        let all = entries();
        let names = |beginning: &str| matching(&all, beginning).iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        assert_eq!(names("MAP"), ["Maps", "map-1.jsonc", "map-2.jsonc"]);
        assert_eq!(names(""), ["Maps", "map-1.jsonc", "map-2.jsonc"]);
        assert_eq!(names("."), [".hidden"]);
        assert_eq!(names("x"), Vec::<String>::new());
    }

    #[test]
    fn tab_completes_as_far_as_names_agree() {
        let all = entries();
        assert_eq!(complete("/maps/map-", &all), None, "both go on differently");
        assert_eq!(complete("/maps/m", &all).as_deref(), Some("/maps/Map"));
        assert_eq!(complete("/maps/maps", &all).as_deref(), Some("/maps/Maps/"));
        assert_eq!(complete("/maps/map-2", &all).as_deref(), Some("/maps/map-2.jsonc"));
        assert_eq!(complete("/maps/x", &all), None);
    }

    #[test]
    fn folders_come_first_and_what_is_missing_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.json"), "").expect("written");
        std::fs::create_dir(folder.path().join("z")).expect("made");
        let names: Vec<String> = read(folder.path()).expect("read").into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["z", "a.json"]);
        assert!(read(&folder.path().join("nowhere")).is_err());
    }
}
