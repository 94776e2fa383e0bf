//! No files import each other in a circle, but for a list that may only shrink.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::all_files;

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Circles still to be untangled, sorted. Names that a room's root re-exports are not followed to their file.
const KNOWN: [&[&str]; 8] = [
    &[
        "app::canvas",
        "app::canvas::crowd",
        "app::canvas::held",
        "app::canvas::highlight",
        "app::canvas::marks",
        "app::canvas::mirror",
    ],
    &["load::records", "load::schema"],
    &["model::change", "model::records"],
    &["model::redaction", "model::redaction::fields", "model::redaction::review", "model::redaction::secrets"],
    &["save::output", "save::pending", "save::private", "save::write"],
    &["scene::build", "scene::parts"],
    &["scene::columns", "scene::pill", "scene::plan", "scene::ribbon"],
    &["scene::sheet", "scene::sheet::arrange", "scene::sheet::block"],
];

/// Reads a path or a group of paths, each appended to `base`; returns the rest of the text.
fn paths<'a>(base: &[String], text: &'a str, found: &mut Vec<Vec<String>>) -> &'a str {
    let mut path = base.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            rest = group.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let before = rest.len();
                rest = paths(&path, rest, found).trim_start();
                // Skips `as name`, `*` and the comma.
                rest = rest.trim_start_matches(|c: char| !matches!(c, ',' | '}'));
                rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
                if rest.len() == before {
                    break;
                }
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if end > 0 {
            path.push(rest[..end].to_owned());
        }
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(next) if end > 0 => rest = next,
            _ => break,
        }
    }
    found.push(path);
    rest
}

/// The file that a path leads to, seen from `module`.
fn target(module: &[String], path: &[String], files: &BTreeSet<String>) -> Option<String> {
    let mut at = module.to_vec();
    for (index, name) in path.iter().enumerate() {
        match name.as_str() {
            "crate" if index == 0 => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            _ => at.push(name.clone()),
        }
    }
    (1..=at.len()).rev().map(|length| at[..length].join("::")).find(|name| files.contains(name))
}

fn graph(texts: &BTreeMap<String, String>) -> Graph {
    let files: BTreeSet<String> = texts.keys().cloned().collect();
    let imports = |name: &String, text: &String| {
        let module: Vec<String> = name.split("::").map(str::to_owned).collect();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let mut found = Vec::new();
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in code.match_indices(start) {
                let before = code[..at].chars().next_back();
                if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                    paths(&[], &code[at..], &mut found);
                }
            }
        }
        found.iter().filter_map(|path| target(&module, path, &files)).filter(|to| to != name).collect()
    };
    texts.iter().map(|(name, text)| (name.clone(), imports(name, text))).collect()
}

/// The groups of files from each of which every other one is reached.
fn circles(graph: &Graph) -> BTreeSet<Vec<String>> {
    let reached = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            open.extend(graph[file].iter().filter(|next| seen.insert((*next).clone())));
        }
        seen
    };
    let reach: Graph = graph.keys().map(|file| (file.clone(), reached(file))).collect();
    let in_circle = reach.iter().filter(|(file, reached)| reached.contains(*file));
    in_circle.map(|(file, to)| to.iter().filter(|other| reach[*other].contains(file)).cloned().collect()).collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeMap::new();
    for (_, path, text) in all_files() {
        let inside = path.strip_prefix(&src).expect("below src").with_extension("");
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let is_test = parts.iter().any(|part| part == "tests" || part.ends_with("tests"));
        if !is_test && parts != ["lib"] && parts != ["main"] {
            texts.insert(parts.join("::"), text);
        }
    }
    assert!(texts.len() > 300, "the files were read");
    let known = KNOWN.iter().map(|circle| circle.iter().map(|&name| name.to_owned()).collect()).collect();
    assert_eq!(circles(&graph(&texts)), known, "circles of files; take out of the list what is untangled");
}

#[test]
fn circles_are_found_through_groups_and_in_code() {
    let texts = [
        ("a", "use crate::{d, b::{self, c::Thing}};"),
        ("b", "// crate::a\nfn f() {}"),
        ("b::c", "fn f() { super::super::d::g(); }"),
        ("d", "use std::fmt;\nuse self::e::X;\nfn g() { crate::a::h(); }"),
        ("d::e", ""),
    ];
    let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let found: Vec<Vec<String>> = circles(&graph(&texts)).into_iter().collect();
    assert_eq!(found, [["a", "b::c", "d"]]);
}
