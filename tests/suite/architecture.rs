//! Holds the imports of every module against the table on the crate's front page.

mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every source file, with the module at the top of the tree that it belongs to.
fn source_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_files() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).expect("below src");
            let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
            let module = first.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).expect("readable");
            (module, path.clone(), text)
        })
        .collect()
}

/// A table of modules and what they may import, on the page of a crate or of a room.
fn table(front: &str) -> BTreeMap<String, BTreeSet<String>> {
    let rows =
        front.lines().filter_map(|line| line.strip_prefix("//! | ")).map(|row| row.split(" | ").collect::<Vec<_>>());
    let mut table = BTreeMap::new();
    for row in rows.filter(|row| row.len() == 3 && row[0].contains('`')) {
        let module = row[0].trim_matches(['[', ']', '`']).to_owned();
        let allowed =
            row[2].trim_end_matches(['|', ' ']).split(", ").map(|name| name.trim_matches('`').to_owned()).collect();
        table.insert(module, allowed);
    }
    table
}

/// The modules that a file names behind `crate::` or a longer path, in code as well as in `use`; comments don't count.
fn imports(text: &str, behind: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(behind) {
        let rest = &code[at + behind.len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if !name.is_empty() {
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let table = table(include_str!("../../src/lib.rs"));
    assert!(table.len() >= 15, "the table on the front page was read: {table:?}");
    let mut wrong = Vec::new();
    for (module, path, text) in all_files() {
        if module == "lib" || module == "main" || is_test(&path) {
            continue;
        }
        let allowed = table.get(&module).unwrap_or_else(|| panic!("{module} is in the table"));
        let found = imports(without_tests(&text), "crate::");
        for import in found.into_iter().filter(|import| *import != module && table.contains_key(import)) {
            let is_allowed = allowed.contains(&import)
                || allowed.contains("all")
                || (allowed.contains("all but `app") && import != "app");
            if !is_allowed {
                wrong.push(format!("{} imports {import}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "against the table in src/lib.rs:\n{}", wrong.join("\n"));
}

fn is_test(path: &Path) -> bool {
    path.to_string_lossy().ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
}

/// What tests need is not what the code rests on. Tests in a file of their own may be named anywhere.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

#[test]
fn rooms_of_the_window_import_only_what_the_table_allows() {
    let table = table(include_str!("../../src/app.rs"));
    assert!(table.len() >= 12, "the table in src/app.rs was read: {table:?}");
    let mut wrong = Vec::new();
    for (_, path, text) in all_files().into_iter().filter(|(module, path, _)| module == "app" && !is_test(path)) {
        let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
        let Ok(inside) = path.strip_prefix(&app) else { continue };
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
        let room = first.trim_end_matches(".rs");
        let allowed = table.get(room).unwrap_or_else(|| panic!("{room} is in the table"));
        let text = without_tests(&text);
        if allowed.contains("all") {
            continue;
        }
        for import in imports(text, "crate::app::").into_iter().filter(|import| import != room) {
            if !allowed.contains(&import) {
                wrong.push(format!("{} imports {import}", path.display()));
            }
        }
        let names_app =
            ["crate::app::App;", "crate::app::App,", "app::{App", "impl App "].iter().any(|name| text.contains(name));
        if names_app {
            wrong.push(format!("{} names the window as a whole", path.display()));
        }
    }
    assert!(wrong.is_empty(), "against the table in src/app.rs:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_window_names_its_toolkit() {
    for (module, path, text) in all_files() {
        if module == "app" {
            continue;
        }
        for toolkit in ["egui::", "eframe::", "egui_graphs::", "egui_extras::", "rfd::"] {
            let named = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(toolkit));
            assert!(!named, "{} names {toolkit}", path.display());
        }
    }
}

#[test]
fn one_file_names_the_package_behind_the_graph() {
    let names_it =
        |text: &str| text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("egui_graphs"));
    let files = all_files().into_iter().filter(|(_, _, text)| names_it(text));
    let names: Vec<_> = files.map(|(_, path, _)| path.file_name().expect("a name").to_owned()).collect();
    assert_eq!(names, ["graph.rs"], "the other files use what this one adapts");
}

#[test]
fn nothing_in_the_program_names_the_folder_it_was_built_in() {
    for (_, path, text) in all_files() {
        for name in ["CARGO_MANIFEST_DIR", "OUT_DIR", "CARGO_HOME"] {
            assert!(!text.contains(name), "{} names {name}", path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (_, path, text) in all_files() {
        assert!(text.starts_with("//!"), "{} opens with what it is for", path.display());
        assert!(text.lines().count() <= 400, "{} is longer than 400 lines", path.display());
    }
}

#[test]
fn imports_are_found_in_groups_and_in_code() {
    let text = "use crate::{model, text::Fonts};\n// crate::app\nlet x = crate::wording::amount();";
    let found: Vec<String> = imports(text, "crate::").into_iter().collect();
    assert_eq!(found, ["model", "text", "wording"]);
}

#[test]
fn folders_have_at_most_twenty_files() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut count: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (_, path, _) in all_files() {
        *count.entry(path.parent().expect("a folder").to_owned()).or_default() += 1;
    }
    // The modules of the crate are listed on its front page.
    count.remove(&src);
    assert!(count.len() > 40, "the folders were found");
    let crowded: Vec<_> = count.iter().filter(|(_, files)| **files > 20).collect();
    assert!(crowded.is_empty(), "rooms are wanted: {crowded:?}");
}

/// The names of the types that a file declares, but for those inside functions, implementations and macros.
fn declared_types(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub").map_or(line, |rest| match rest.strip_prefix('(') {
            Some(scope) => scope.split_once(") ").map_or("", |(_, rest)| rest),
            None => rest.trim_start(),
        });
        let name = ["struct ", "enum ", "trait ", "type "].iter().find_map(|word| rest.strip_prefix(word))?;
        name.split(|c: char| !c.is_alphanumeric()).next()
    })
}

#[test]
fn a_name_of_a_type_has_one_meaning() {
    let mut declared: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (_, path, text) in all_files().into_iter().filter(|(_, path, _)| !is_test(path)) {
        for name in declared_types(without_tests(&text)) {
            declared.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    assert!(declared.len() > 400, "the types were read: {}", declared.len());
    let shared: Vec<_> = declared.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(shared.is_empty(), "types of one name: {shared:#?}");
}
