//! The map of what Tieline is built on quotes the very files of the versions in `Cargo.lock`, line by line.
//!
//! The files are read where Cargo unpacked them. When `Cargo.lock` moves on, the failure says what to read again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tieline::analysis::coverage;
use tieline::load::load_bundled;
use tieline::model::{Actor, ActorId, Claim, ClaimId, Ends, Map, Source, Tie};

const NAME: &str = "built-on.tieline.jsonc";

/// Who is in the map for what they do to others, not as something that is built in.
const NAMED_BY_OTHERS: [&str; 5] = ["person", "company", "organization", "project", "license"];

fn built_on() -> Map {
    load_bundled(NAME).expect("a bundled map opens").0.map
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn claims(map: &Map) -> impl Iterator<Item = &Claim> {
    map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact)).map(|id| map.claim(id))
}

/// The versions of every package in `Cargo.lock`.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in text.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
            line.expect("every package has it").trim_matches('"').to_owned()
        };
        versions.entry(field("name")).or_default().insert(field("version"));
    }
    versions
}

/// The folders into which Cargo unpacks the packages of a registry.
fn registries() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(dirs::home_dir()?.join(".cargo"))).expect("a home of Cargo");
    let source = home.join("registry/src");
    let folders = fs::read_dir(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    let mut folders: Vec<_> = folders.map(|folder| folder.expect("a folder").path()).collect();
    folders.sort();
    folders
}

/// Package, version and file of a link such as `https://docs.rs/crate/egui/0.36.2/source/README.md`.
fn linked_file(source: &Source) -> Option<(&str, &str, &str)> {
    let path = source.url.as_deref()?.strip_prefix("https://docs.rs/crate/")?;
    let (package, path) = path.split_once('/')?;
    let (version, file) = path.split_once("/source/")?;
    Some((package, version, file))
}

/// The text that a source stands for: a file of a package, or Tieline's own manifest.
fn text_of(source: &Source, locked: &BTreeMap<String, BTreeSet<String>>) -> Result<String, String> {
    let key = &source.key;
    if &**key == "tieline-manifest" {
        return Ok(fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml"));
    }
    let (package, version, file) =
        linked_file(source).ok_or_else(|| format!("source `{key}` links to no file of a package on docs.rs"))?;
    let title = format!("{package} {version}: {file}");
    if source.title.as_deref() != Some(&*title) {
        return Err(format!("source `{key}` should be titled “{title}”, as its link says"));
    }
    let versions = locked.get(package).ok_or_else(|| {
        format!("source `{key}`: `{package}` is no longer in Cargo.lock; remove the source and what rests on it")
    })?;
    if !versions.contains(version) {
        return Err(format!(
            "source `{key}` quotes {package} {version}, but Cargo.lock has {versions:?}: read {file} of that version \
             again, then correct title, url and accessed of the source, its quotations and their lines, and the purl \
             of the actor in data/{NAME}"
        ));
    }
    let inside = Path::new(&format!("{package}-{version}")).join(file);
    let found = registries().into_iter().map(|registry| registry.join(&inside)).find(|path| path.is_file());
    let path = found.ok_or_else(|| format!("{} is not unpacked; `cargo fetch` brings it", inside.display()))?;
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The number in a locator such as "line 19, in authors".
fn line_number(locator: &str) -> Option<usize> {
    locator.strip_prefix("line ")?.split(',').next()?.parse().ok()
}

/// Whether a quotation begins on this line of a text, counted from 1.
fn begins_on(text: &str, quote: &str, line: usize) -> bool {
    text.match_indices(quote).any(|(at, _)| text[..at].matches('\n').count() + 1 == line)
}

#[test]
fn every_quotation_stands_in_the_file_of_the_locked_version() {
    let map = built_on();
    let locked = locked();
    let texts: Vec<_> = map.sources().values().map(|source| text_of(source, &locked)).collect();
    let mut faults: Vec<String> = texts.iter().filter_map(|text| text.as_ref().err().cloned()).collect();
    let mut compared = 0;
    for claim in claims(&map) {
        for piece in &claim.evidence {
            let source = map.source(piece.source);
            let quote = &piece.quote.as_ref().unwrap_or_else(|| panic!("`{}` lacks a quotation", claim.key)).exact;
            let Ok(text) = &texts[piece.source.index()] else { continue };
            compared += 1;
            let locator = piece.locator.as_deref().unwrap_or_default();
            let place = format!("`{}`, from `{}`, {locator}: “{quote}”", claim.key, source.key);
            if !text.contains(quote.as_str()) {
                faults.push(format!("{place} does not stand in the file"));
            } else if linked_file(source).is_some()
                && !line_number(locator).is_some_and(|line| begins_on(text, quote, line))
            {
                faults.push(format!("{place} begins on another line"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults in data/{NAME}:\n{}", faults.len(), faults.join("\n"));
    assert!(compared >= 50, "{compared} quotations were compared");
}

#[test]
fn every_claim_links_to_the_very_file() {
    let map = built_on();
    assert_eq!((map.actors().len(), map.ties().len(), map.facts().len(), map.sources().len()), (29, 42, 5, 25));
    for claim in claims(&map) {
        let has_link = claim.evidence.iter().any(|piece| linked_file(map.source(piece.source)).is_some());
        assert!(has_link, "`{}` links to no file of a package", claim.key);
    }
}

#[test]
fn the_crates_have_the_locked_versions() {
    let (map, locked) = (built_on(), locked());
    let crates = map.actors().values().filter(|actor| kind_of(&map, actor) == "crate");
    let mut compared = 0;
    for actor in crates {
        let (_, purl) = actor.identifiers.iter().find(|(name, _)| name == "purl").expect("a package URL");
        let (package, version) = purl.strip_prefix("pkg:cargo/").and_then(|id| id.split_once('@')).expect("a crate");
        assert_eq!(package, &*actor.key);
        assert!(locked[package].contains(version), "{purl}, but Cargo.lock has {:?}", locked[package]);
        compared += 1;
    }
    assert!(compared >= 14, "{compared} crates were compared");
}

#[test]
fn a_dependency_is_quoted_with_the_version_it_asks_for() {
    let map = built_on();
    let mut compared = 0;
    for tie in map.ties().values().filter(|tie| &*map.tie_kinds()[tie.kind].key == "dependency") {
        let (_, to) = pair(tie);
        let version = format!("\"{}\"", tie.claim.label.as_deref().expect("the version is the label"));
        let says_so = quotes(tie).any(|quote| quote.contains(&*map.actor(to).key) && quote.contains(&version));
        assert!(says_so, "`{}`: no quotation names the crate with version {version}", tie.claim.key);
        compared += 1;
    }
    assert!(compared >= 18, "{compared} dependencies were compared");
}

#[test]
fn nobody_stands_in_the_map_whom_no_file_names() {
    let map = built_on();
    let mut named = 0;
    for tie in map.ties().values() {
        let (from, to) = pair(tie);
        for actor in [from, to].map(|end| map.actor(end)) {
            if NAMED_BY_OTHERS.contains(&kind_of(&map, actor)) {
                let is_named = quotes(tie).any(|quote| letters(quote).contains(&letters(&actor.name)));
                assert!(is_named, "`{}`: no quotation names {}", tie.claim.key, actor.name);
                named += 1;
            }
        }
    }
    assert!(named >= 20, "{named} names were looked for");
}

#[test]
fn a_projects_own_file_is_not_called_independent() {
    let map = built_on();
    for source in map.sources().values() {
        assert!(!source.by.is_empty(), "`{}` has a speaker", source.key);
    }
    let counted = coverage(&map, map.tie_ids());
    assert_eq!((counted.sourced, counted.own_word_only, counted.independent), (42, 42, 0));
}

fn pair(tie: &Tie) -> (ActorId, ActorId) {
    let Ends::Pair { from, to } = tie.ends else { panic!("`{}` has two ends", tie.claim.key) };
    (from, to)
}

fn quotes(tie: &Tie) -> impl Iterator<Item = &str> {
    tie.claim.evidence.iter().filter_map(|piece| Some(piece.quote.as_ref()?.exact.as_str()))
}

fn kind_of<'a>(map: &'a Map, actor: &Actor) -> &'a str {
    actor.kind.map(|kind| &*map.actor_kinds()[kind].key).unwrap_or_default()
}

/// Only the letters and digits, small: "Google Fonts" is `googlefonts` in an address.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
