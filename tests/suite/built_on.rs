//! Checks that the map of Tieline's dependencies quotes the exact files of the versions in `Cargo.lock`, line by line.
//!
//! The quoted lines are stored in `tests/data/built-on.txt`. Where Cargo has unpacked the packages, they are compared
//! with the files themselves, and `TIELINE_BLESS=1` updates them. After a change of `Cargo.lock`, the failure lists
//! the files to reread.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tieline::analysis::coverage;
use tieline::load::load_bundled;
use tieline::model::{Actor, ActorId, Claim, ClaimId, Ends, Evidence, Map, Source, SourceId, Tie};

use crate::golden;

const NAME: &str = "built-on.tieline.jsonc";

/// File of the lines quoted from packages.
const KEPT: &str = "built-on.txt";

/// Kinds of actors that are on the map for their role toward others, not as dependencies.
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

/// Returns the versions of every package in `Cargo.lock`.
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

/// Returns the folders into which Cargo unpacks registry packages; empty if it keeps them elsewhere.
fn registries() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(dirs::home_dir()?.join(".cargo"))).unwrap_or_default();
    let folders = fs::read_dir(home.join("registry/src")).into_iter().flatten();
    let mut folders: Vec<_> = folders.filter_map(|folder| Some(folder.ok()?.path())).collect();
    folders.sort();
    folders
}

/// Returns package, version and file of a link such as `https://docs.rs/crate/egui/0.36.2/source/README.md`.
fn linked_file(source: &Source) -> Option<(&str, &str, &str)> {
    let path = source.url.as_deref()?.strip_prefix("https://docs.rs/crate/")?;
    let (package, path) = path.split_once('/')?;
    let (version, file) = path.split_once("/source/")?;
    Some((package, version, file))
}

/// Describes an error in the title or version of a source that links to a package file.
fn fault_of(source: &Source, locked: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    let key = &source.key;
    let Some((package, version, file)) = linked_file(source) else {
        return Some(format!("source `{key}` links to no file of a package on docs.rs"));
    };
    let title = format!("{package} {version}: {file}");
    if source.title.as_deref() != Some(&*title) {
        return Some(format!("source `{key}` should be titled “{title}”, as its link says"));
    }
    let Some(versions) = locked.get(package) else {
        return Some(format!(
            "source `{key}`: `{package}` is no longer in Cargo.lock; remove the source and what rests on it"
        ));
    };
    (!versions.contains(version)).then(|| {
        format!(
            "source `{key}` quotes {package} {version}, but Cargo.lock has {versions:?}: read {file} of that version \
             again, then correct title, url and accessed of the source, its quotations and their lines, and the purl \
             of the actor in data/{NAME}"
        )
    })
}

/// Returns the number in a locator such as "line 19, in authors".
fn line_number(locator: &str) -> Option<usize> {
    locator.strip_prefix("line ")?.split(',').next()?.parse().ok()
}

/// Returns every quotation of a source with its claim and the stated number of its first line, counted from 1.
fn quotations(map: &Map, source: SourceId) -> Vec<(String, Option<usize>, String)> {
    let of_claim = |claim: &Claim| -> Vec<_> {
        let pieces = claim.evidence.iter().filter(|piece| piece.source == source);
        let quotation = |piece: &Evidence| {
            let quote = piece.quote.as_ref().unwrap_or_else(|| panic!("`{}` lacks a quotation", claim.key));
            (claim.key.to_string(), piece.locator.as_deref().and_then(line_number), quote.exact.clone())
        };
        pieces.map(quotation).collect()
    };
    claims(map).flat_map(of_claim).collect()
}

/// Lines by number, grouped by source title.
type Excerpts = BTreeMap<String, BTreeMap<usize, String>>;

/// Reads the quoted lines from the packages' files; for packages that aren't unpacked, only the titles.
fn unpacked(map: &Map) -> Excerpts {
    let mut found = Excerpts::new();
    for (id, source) in map.sources().iter() {
        let Some((package, version, file)) = linked_file(source) else { continue };
        let inside = Path::new(&format!("{package}-{version}")).join(file);
        let path = registries().into_iter().map(|registry| registry.join(&inside)).find(|path| path.is_file());
        let text = path.map(|path| fs::read_to_string(path).expect("readable")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let wanted = quotations(map, id).into_iter().flat_map(|(_, line, quote)| {
            let line = line.unwrap_or_default();
            line..=line + quote.matches('\n').count()
        });
        let excerpt = wanted.filter_map(|line| Some((line, (*lines.get(line.checked_sub(1)?)?).to_owned())));
        found.insert(source.title.clone().unwrap_or_default(), excerpt.collect());
    }
    found
}

fn written(excerpts: &Excerpts) -> String {
    let lines = |lines: &BTreeMap<usize, String>| -> String {
        lines.iter().flat_map(|(number, line)| ["  ".to_owned(), number.to_string(), format!(": {line}\n")]).collect()
    };
    excerpts.iter().flat_map(|(title, excerpt)| [title.clone(), "\n".to_owned(), lines(excerpt)]).collect()
}

/// Reads the stored lines.
fn kept() -> Excerpts {
    let text = fs::read_to_string(golden::data(KEPT)).expect("readable");
    let mut found = Excerpts::new();
    let mut title = String::new();
    for line in text.lines() {
        match line.strip_prefix("  ").and_then(|line| line.split_once(": ")) {
            Some((number, words)) => {
                let number = number.parse().expect("a number");
                found.entry(title.clone()).or_default().insert(number, words.to_owned());
            }
            None => line.clone_into(&mut title),
        }
    }
    found
}

#[test]
fn every_quotation_stands_in_the_file_of_the_locked_version() {
    let (map, locked, kept) = (built_on(), locked(), kept());
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let (mut faults, mut compared) = (Vec::new(), 0);
    for (id, source) in map.sources().iter() {
        let is_own = &*source.key == "tieline-manifest";
        if let Some(fault) = fault_of(source, &locked).filter(|_| !is_own) {
            faults.push(fault);
            continue;
        }
        let excerpt = kept.get(source.title.as_deref().unwrap_or_default());
        for (claim, line, quote) in quotations(&map, id) {
            compared += 1;
            // From the quotation's first line to its last.
            let lines = line.and_then(|line| {
                let lines = (line..=line + quote.matches('\n').count()).map(|line| excerpt?.get(&line).cloned());
                Some(lines.collect::<Option<Vec<String>>>()?.join("\n"))
            });
            let stands =
                if is_own { manifest.contains(&quote) } else { lines.is_some_and(|lines| lines.contains(&quote)) };
            if !stands {
                faults.push(format!("`{claim}`, from `{}`, line {line:?}: “{quote}” does not begin there", source.key));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults in data/{NAME}:\n{}", faults.len(), faults.join("\n"));
    assert!(compared >= 50, "{compared} quotations were compared");
}

/// Skipped for each package that isn't unpacked in Cargo's default folder, such as vendored ones.
#[test]
fn the_quoted_lines_are_those_of_the_packages() {
    let (map, kept) = (built_on(), kept());
    let mut found = unpacked(&map);
    for (title, excerpt) in &mut found {
        if excerpt.is_empty() {
            eprintln!("skipped: {title} is not unpacked");
            *excerpt = kept.get(title).cloned().unwrap_or_default();
        }
    }
    golden::assert_golden(KEPT, &written(&found));
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

/// Keeps only letters and digits, in lower case: "Google Fonts" is `googlefonts` in an address.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
