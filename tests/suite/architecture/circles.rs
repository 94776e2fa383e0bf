//! No files import each other in a circle.
//!
//! A file imports the file in which a thing is defined, whichever files re-export it in between. A room's root may call
//! the files of its room by their bare names (`mod part;` and `part::draw()`): that is what a root is for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{all_files, without_tests};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// A name that a file imports or re-exports.
struct Use {
    name: String,
    path: Vec<String>,
    is_public: bool,
}

/// A file: what it imports, and its code without that.
struct Source {
    uses: Vec<Use>,
    /// Paths of at least two names.
    paths: Vec<Vec<String>>,
    /// Names that stand alone or begin a path.
    names: BTreeSet<String>,
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Reads the body of a `use`, each path appended to `base`; returns the rest of the text.
fn read_use<'a>(base: &[String], text: &'a str, is_public: bool, found: &mut Vec<Use>) -> &'a str {
    let mut path = base.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            rest = group.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                rest = read_use(&path, rest, is_public, found).trim_start();
                rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if end > 0 {
            path.push(rest[..end].to_owned());
        }
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(next) if end > 0 => rest = next,
            _ => break,
        }
    }
    // `a::{self, b}` imports `a`.
    path.pop_if(|last| last == "self");
    let alias = rest.trim_start().strip_prefix("as ").map(|alias| alias.split(|c| !is_name(c)).next());
    let name = alias.flatten().or(path.last().map(String::as_str)).unwrap_or_default().to_owned();
    found.push(Use { name, path, is_public });
    // Skips `as name` and `*`.
    rest.trim_start_matches(|c| !matches!(c, ',' | '}' | ';'))
}

impl Source {
    fn read(text: &str) -> Self {
        let code = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        let (mut uses, mut body, mut rest) = (Vec::new(), String::new(), &*code);
        while let Some(line) = rest.lines().next() {
            let start = line.trim_start();
            let public = start.strip_prefix("pub").map(|start| match start.strip_prefix('(') {
                Some(scope) => scope.split_once(')').map_or(start, |(_, after)| after).trim_start(),
                None => start.trim_start(),
            });
            let Some(at) = public.unwrap_or(start).strip_prefix("use ") else {
                body.push_str(line);
                body.push('\n');
                rest = rest[line.len()..].strip_prefix('\n').unwrap_or_default();
                continue;
            };
            // The statement may go on over several lines.
            let statement = &rest[at.as_ptr() as usize - rest.as_ptr() as usize..];
            let after = read_use(&[], statement, public.is_some(), &mut uses);
            rest = after.split_once('\n').map_or("", |(_, next)| next);
        }
        let (mut paths, mut names) = (Vec::new(), BTreeSet::new());
        let mut rest = &*body;
        while let Some(start) = rest.find(is_name) {
            let goes_on = rest[..start].ends_with("::");
            let mut path = Vec::new();
            rest = &rest[start..];
            loop {
                let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                path.push(rest[..end].to_owned());
                rest = &rest[end..];
                match rest.strip_prefix("::") {
                    Some(next) if next.starts_with(is_name) => rest = next,
                    _ => break,
                }
            }
            // What follows a `>::` is no path of its own.
            if !goes_on {
                names.insert(path[0].clone());
                paths.extend((path.len() > 1).then_some(path));
            }
        }
        Self { uses, paths, names }
    }
}

/// All files by the paths of their modules.
struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// The path from the root of the crate, or `None` if it leads out of the crate. Only re-exports may begin with the bare
    /// name of a file in the room.
    fn rooted(&self, module: &str, path: &[String], is_reexport: bool) -> Option<Vec<String>> {
        let mut at: Vec<String> = module.split("::").map(str::to_owned).collect();
        let first = path.first()?;
        if first == "crate" {
            return Some(path[1..].to_vec());
        }
        if first != "self" && first != "super" {
            let is_in_room = is_reexport && self.0.contains_key(&format!("{module}::{first}"));
            return is_in_room.then(|| [&at, path].concat());
        }
        let ups = path.iter().take_while(|name| *name == "super").count();
        at.truncate(at.len() - ups);
        at.extend(path.iter().skip(ups).filter(|name| *name != "self").cloned());
        Some(at)
    }

    /// The path of what a name stands for in a file, if it is imported or re-exported there.
    fn imported(&self, module: &str, name: &str) -> Option<Vec<String>> {
        let source = self.0.get(module)?;
        let found = source.uses.iter().find(|one| one.name == name)?;
        self.rooted(module, &found.path, true).or_else(|| {
            let first = found.path.first().filter(|first| *first != name)?;
            Some([self.imported(module, first)?, found.path[1..].to_vec()].concat())
        })
    }

    /// The file in which the end of a path is defined, and what of the path is left in it.
    fn follow(&self, path: &[String], depth: usize) -> Option<(String, Vec<String>)> {
        let lengths = (1..=path.len()).rev();
        let (file, length) = lengths.map(|n| (path[..n].join("::"), n)).find(|(file, _)| self.0.contains_key(file))?;
        let rest = &path[length..];
        let next = rest.first().filter(|_| depth > 0).and_then(|name| self.imported(&file, name));
        match next {
            Some(next) => self.follow(&[next, rest[1..].to_vec()].concat(), depth - 1),
            None => Some((file, rest.to_vec())),
        }
    }

    fn imports(&self, module: &str, source: &Source) -> BTreeSet<String> {
        let follow = |path: Vec<String>| self.follow(&path, 8);
        let mut modules = BTreeMap::new();
        let mut found = BTreeSet::new();
        for one in &source.uses {
            let path = self.rooted(module, &one.path, false);
            let Some((file, rest)) = path.clone().and_then(follow) else { continue };
            if rest.is_empty() {
                modules.insert(&one.name, path.unwrap_or_default());
            }
            // What is merely re-exported is not used here.
            if !one.is_public || source.names.contains(&one.name) {
                found.insert(file);
            }
        }
        for path in &source.paths {
            let path = match modules.get(&path[0]) {
                Some(start) => Some([start, &path[1..]].concat()),
                None => self.rooted(module, path, false),
            };
            found.extend(path.and_then(follow).map(|(file, _)| file));
        }
        found.remove(module);
        found
    }
}

fn graph(texts: &BTreeMap<String, String>) -> Graph {
    let sources = Sources(texts.iter().map(|(name, text)| (name.clone(), Source::read(text))).collect());
    sources.0.iter().map(|(name, source)| (name.clone(), sources.imports(name, source))).collect()
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
    let graph = graph(&texts);
    assert!(graph.values().map(BTreeSet::len).sum::<usize>() > 1500, "the imports were read");
    assert_eq!(circles(&graph), BTreeSet::new(), "circles of files");
}

fn circles_of(texts: &[(&str, &str)]) -> Vec<Vec<String>> {
    let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    circles(&graph(&texts)).into_iter().collect()
}

#[test]
fn circles_are_found_through_groups_and_in_code() {
    let found = circles_of(&[
        ("a", "use crate::{d, b::{self, c::Thing}};"),
        ("b", "// crate::a\nfn f() {}"),
        ("b::c", "fn f() { super::super::d::g(); }"),
        ("d", "use std::fmt;\nuse self::e::X;\nfn g() { crate::a::h(); }"),
        ("d::e", ""),
    ]);
    assert_eq!(found, [["a", "b::c", "d"]]);
}

#[test]
fn circles_are_found_through_names_that_are_exported_again() {
    let room = "mod one;\nmod two;\npub use one::{One, f as first};\npub(crate) use self::two::Two;";
    let user = ("user", "use crate::room;\nfn f() -> room::Two { room::first() }");
    let one = ("room::one", "use crate::user;\npub fn f() { user::f() }");
    let two = ("room::two", "use super::{\n    One,\n};");
    assert_eq!(circles_of(&[("room", room), one, two, user]), [["room::one", "room::two", "user"]]);
    let harmless = ("room::one", "pub fn f() {}");
    assert!(circles_of(&[("room", room), harmless, two, user]).is_empty(), "a root that only exports imports nothing");
    let used = format!("{room}\npub struct Base(Two);");
    let two = ("room::two", "use super::Base;");
    assert_eq!(circles_of(&[("room", &used), harmless, two, user]), [["room", "room::two"]]);
}
