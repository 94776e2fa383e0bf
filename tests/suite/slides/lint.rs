//! Finds what makes presentation programs repair or refuse a package, most of which validators of the schema overlook.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::package::{Element, Entry};

type Related = BTreeMap<String, (String, String)>;

/// Order of the children of elements in which it is often wrong.
const ORDERS: [(&str, &[&str]); 8] = [
    ("sld", &["cSld", "clrMapOvr", "AlternateContent", "transition", "timing"]),
    ("sp", &["nvSpPr", "spPr", "style", "txBody"]),
    ("spPr", &["xfrm", "custGeom", "prstGeom", "noFill", "solidFill", "ln", "effectLst"]),
    ("ln", &["noFill", "solidFill", "prstDash", "custDash", "round", "headEnd", "tailEnd"]),
    ("rPr", &["ln", "noFill", "solidFill", "effectLst", "latin", "ea", "cs", "hlinkClick"]),
    ("pPr", &["lnSpc", "spcBef", "spcAft", "buNone", "defRPr"]),
    ("txBody", &["bodyPr", "lstStyle", "p"]),
    ("presentation", &["sldMasterIdLst", "notesMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"]),
];

/// Relationships that a part must have, by the start of its name.
const NEEDED: [(&str, &[&str]); 6] = [
    ("notesSlide", &["notesMaster", "slide"]),
    ("notesMaster", &["theme"]),
    ("slideMaster", &["theme", "slideLayout"]),
    ("slideLayout", &["slideMaster"]),
    ("slide", &["slideLayout"]),
    ("presentation", &["presProps", "viewProps", "theme", "tableStyles", "slideMaster"]),
];

/// Returns all faults of a package; none if it is sound.
pub(crate) fn faults(entries: &[Entry]) -> Vec<String> {
    let mut lint = Lint { entries, faults: Vec::new(), related: BTreeMap::new(), reached: BTreeMap::new() };
    lint.archive();
    lint.content_types();
    lint.relationships();
    for entry in entries.iter().filter(|entry| is_part(&entry.name)) {
        lint.part(&entry.name);
        if has_ending(&entry.name, "xml") {
            match Element::parse(&entry.content) {
                Ok(root) => lint.content(&entry.name, &root),
                Err(error) => lint.faults.push(format!("{}: {error}", entry.name)),
            }
        }
    }
    lint.presentation();
    lint.morph();
    lint.faults
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| own == ending)
}

fn is_part(name: &str) -> bool {
    !has_ending(name, "rels") && name != "[Content_Types].xml"
}

/// Returns the name of a part without folders, number and ending.
fn kind_of(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.split('.').next().unwrap_or(name).trim_end_matches(|c: char| c.is_ascii_digit())
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

struct Lint<'a> {
    entries: &'a [Entry],
    faults: Vec<String>,
    /// Kind and target of each relationship, by part and id.
    related: BTreeMap<String, Related>,
    /// The parts that refer to a part.
    reached: BTreeMap<String, Vec<String>>,
}

impl Lint<'_> {
    fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    fn parsed(&self, name: &str) -> Option<Element> {
        Element::parse(&self.entries.iter().find(|entry| entry.name == name)?.content).ok()
    }

    fn archive(&mut self) {
        let names: BTreeSet<&str> = self.entries.iter().map(|entry| &*entry.name).collect();
        if self.entries.first().is_none_or(|entry| entry.name != "[Content_Types].xml") {
            self.faults.push("content types are not first".to_owned());
        }
        if names.len() != self.entries.len() {
            self.faults.push("an entry twice".to_owned());
        }
        let bad = self.entries.iter().filter(|entry| !entry.is_deflated || entry.name.ends_with('/'));
        self.faults.extend(bad.map(|entry| format!("{} is stored or a folder", entry.name)));
    }

    fn content_types(&mut self) {
        let Some(types) = self.parsed("[Content_Types].xml") else {
            return self.faults.push("no content types".to_owned());
        };
        let overrides: BTreeSet<&str> =
            types.named("Override").map(|part| part.get("PartName").trim_start_matches('/')).collect();
        let defaults: BTreeSet<&str> = types.named("Default").map(|part| part.get("Extension")).collect();
        let missing: Vec<_> = overrides.iter().filter(|name| !self.has(name)).collect();
        self.faults.extend(missing.into_iter().map(|name| format!("content type of the missing part {name}")));
        let used: BTreeSet<&str> = self.entries.iter().map(|entry| ending(&entry.name)).collect();
        for unused in defaults.iter().filter(|&&name| name != "xml" && !used.contains(name)) {
            self.faults.push(format!("content type of unused ending {unused}"));
        }
        for entry in self.entries.iter().filter(|entry| entry.name != "[Content_Types].xml") {
            let own = ending(&entry.name);
            if !overrides.contains(&*entry.name) && (own == "xml" || !defaults.contains(own)) {
                self.faults.push(format!("no content type of {}", entry.name));
            }
        }
    }

    fn relationships(&mut self) {
        let address = Regex::new(r"^(https?|mailto):[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$").expect("a pattern");
        for entry in self.entries.iter().filter(|entry| has_ending(&entry.name, "rels")) {
            let source = entry.name.replace("_rels/", "");
            let source = source.trim_end_matches(".rels").to_owned();
            let Ok(root) = Element::parse(&entry.content) else {
                self.faults.push(format!("{} is not XML", entry.name));
                continue;
            };
            let mut own = Related::new();
            for relationship in root.named("Relationship") {
                let kind = relationship.get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                let target = relationship.get("Target").to_owned();
                if relationship.get("TargetMode") == "External" {
                    if !address.is_match(&target) {
                        self.faults.push(format!("{source}: bad address {target}"));
                    }
                } else {
                    let path = resolved(&source, &target);
                    if !self.has(&path) {
                        self.faults.push(format!("{source}: no part {target}"));
                    }
                    self.reached.entry(path).or_default().push(source.clone());
                }
                if own.insert(relationship.get("Id").to_owned(), (kind, target)).is_some() {
                    self.faults.push(format!("{source}: a relationship id twice"));
                }
            }
            self.related.insert(source, own);
        }
    }

    /// Checks how a part is related to others.
    fn part(&mut self, name: &str) {
        let reached = self.reached.get(name).cloned().unwrap_or_default();
        if reached.is_empty() {
            self.faults.push(format!("nothing refers to {name}"));
        }
        let masters = reached.iter().filter(|source| *source != "ppt/presentation.xml").count();
        if name.contains("/theme/") && masters > 1 {
            self.faults.push(format!("{name} is shared"));
        }
        let own: BTreeSet<&str> =
            self.related.get(name).into_iter().flat_map(|own| own.values().map(|(kind, _)| kind.as_str())).collect();
        let needed = NEEDED.iter().find(|(kind, _)| *kind == kind_of(name)).map_or(&[][..], |(_, needed)| needed);
        for missing in needed.iter().filter(|kind| !own.contains(*kind)) {
            self.faults.push(format!("{name} lacks a {missing}"));
        }
    }

    /// Checks the elements of a part.
    fn content(&mut self, name: &str, root: &Element) {
        let mut faults = Vec::new();
        let related = self.related.get(name);
        let ids: Vec<&str> = root.named("cNvPr").map(|shape| shape.get("id")).collect();
        if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
            faults.push("a shape id twice".to_owned());
        }
        for element in root.all() {
            for (key, value) in element.attributes.iter().filter(|(key, _)| key.starts_with("r:")) {
                if !related.is_some_and(|related| related.contains_key(value)) {
                    faults.push(format!("{key}={value} leads nowhere"));
                }
            }
            faults.extend(fault_of(element));
        }
        if kind_of(name) == "slide" {
            faults.extend(slide_faults(root));
        }
        self.faults.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    }

    /// Checks that objects which are matched by name between slides are of one sort.
    fn morph(&mut self) {
        let mut sorts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| kind_of(&entry.name) == "slide") {
            let Ok(root) = Element::parse(&entry.content) else { continue };
            let tree = root.named("spTree").next().cloned().unwrap_or_default();
            for object in tree.all() {
                let Some(own) = object.children.first().and_then(|properties| properties.child("cNvPr")) else {
                    continue;
                };
                if own.get("name").starts_with("!!") {
                    sorts.entry(own.get("name").to_owned()).or_default().insert(object.name.clone());
                }
            }
            let is_first = entry.name == "ppt/slides/slide1.xml";
            if is_first && root.named("morph").next().is_some() {
                self.faults.push("the first slide comes from nowhere".to_owned());
            }
        }
        let mixed = sorts.into_iter().filter(|(_, sorts)| sorts.len() > 1);
        self.faults.extend(mixed.map(|(name, sorts)| format!("{name} is {sorts:?}")));
    }

    fn presentation(&mut self) {
        let Some(root) = self.parsed("ppt/presentation.xml") else {
            return self.faults.push("no presentation".to_owned());
        };
        let masters = self.entries.iter().filter(|entry| kind_of(&entry.name) == "slideMaster");
        let masters: Vec<Element> = masters.filter_map(|entry| Element::parse(&entry.content).ok()).collect();
        let layouts = masters.iter().flat_map(|master| master.named("sldLayoutId"));
        let ids: Vec<u64> =
            root.named("sldMasterId").chain(layouts).filter_map(|element| element.get("id").parse().ok()).collect();
        if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() || ids.iter().any(|id| *id < 1 << 31) {
            self.faults.push(format!("ids of masters and layouts {ids:?}"));
        }
        let has_notes = self.entries.iter().any(|entry| kind_of(&entry.name) == "notesMaster");
        if has_notes && root.named("notesMasterId").next().is_none() {
            self.faults.push("the master of notes is not listed".to_owned());
        }
        let size = root.child("sldSz").cloned().unwrap_or_default();
        let side = |name: &str| size.get(name).parse::<u64>().unwrap_or(0);
        if size.get("type") == "screen4x3" && side("cx") * 3 != side("cy") * 4 {
            self.faults.push("the type of the slide size contradicts it".to_owned());
        }
        let slides: Vec<&str> = root.named("sldId").map(|slide| slide.get("id")).collect();
        if slides.is_empty() || slides.iter().any(|id| id.parse::<u32>().is_ok_and(|id| id < 256)) {
            self.faults.push(format!("ids of slides {slides:?}"));
        }
    }
}

/// Returns a fault that one element shows by itself.
fn fault_of(element: &Element) -> Option<String> {
    let whole = |name: &str| element.get(name).parse::<i64>().ok();
    let is_bad = match element.name.as_str() {
        "off" | "chOff" | "pt" => whole("x").is_none() || whole("y").is_none(),
        "ext" | "chExt" if !element.get("cx").is_empty() => {
            [whole("cx"), whole("cy")].iter().any(|side| side.is_none_or(|side| side < 0))
        }
        "srgbClr" => element.get("val").len() != 6 || !element.get("val").bytes().all(|b| b.is_ascii_hexdigit()),
        "rPr" | "defRPr" if !element.get("sz").is_empty() => whole("sz").is_none_or(|size| size < 100),
        "txBody" => element.child("p").is_none(),
        "fillStyleLst" | "lnStyleLst" | "effectStyleLst" | "bgFillStyleLst" => element.children.len() < 3,
        _ => false,
    };
    if is_bad {
        return Some(format!("bad {} {:?}", element.name, element.attributes));
    }
    let (_, order) = ORDERS.iter().find(|(name, _)| *name == element.name)?;
    let places = element.children.iter().filter_map(|child| order.iter().position(|name| *name == child.name));
    let places: Vec<usize> = places.collect();
    (!places.is_sorted()).then(|| format!("children of {} in a wrong order", element.name))
}

fn slide_faults(root: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    let mut sites: BTreeMap<&str, usize> = root.named("cNvPr").map(|shape| (shape.get("id"), 0)).collect();
    for shape in root.named("sp") {
        let id = shape.named("cNvPr").next().map_or("", |properties| properties.get("id"));
        if shape.child("txBody").is_none() {
            faults.push(format!("shape {id} without a text body"));
        }
        let own = shape.child("spPr").and_then(|properties| properties.child("custGeom"));
        sites.insert(id, own.map_or(4, |geometry| geometry.named("cxn").count()));
    }
    for glue in root.named("stCxn").chain(root.named("endCxn")) {
        let count = sites.get(glue.get("id")).copied().unwrap_or(0);
        if glue.get("idx").parse::<usize>().is_ok_and(|index| index >= count) {
            faults.push(format!("glue to {}/{}", glue.get("id"), glue.get("idx")));
        }
    }
    let titles = root.named("ph").filter(|holder| ["title", "ctrTitle"].contains(&holder.get("type"))).count();
    if titles != 1 {
        faults.push(format!("{titles} titles"));
    }
    let matched = root.named("cNvPr").map(|shape| shape.get("name")).filter(|name| name.starts_with("!!"));
    let matched: Vec<&str> = matched.collect();
    if matched.iter().collect::<BTreeSet<_>>().len() != matched.len() {
        faults.push("a name of two objects to match".to_owned());
    }
    faults.extend(transition_faults(root));
    faults
}

/// Returns what is wrong with how a slide appears: programs that don't know morphing must find a fallback.
fn transition_faults(root: &Element) -> Vec<String> {
    const SPACE: &str = "http://schemas.microsoft.com/office/powerpoint/2015/09/main";
    let mut guarded = 0;
    let mut faults = Vec::new();
    for choices in root.children.iter().filter(|child| child.name == "AlternateContent") {
        for choice in choices.children.iter().filter(|child| child.name == "Choice") {
            if choice.get("Requires") == "p159" && choice.get("p159") == SPACE {
                guarded += choice.named("morph").filter(|morph| morph.get("option") == "byObject").count();
            }
        }
        if choices.child("Fallback").and_then(|fallback| fallback.child("transition")).is_none() {
            faults.push("no fallback of a transition".to_owned());
        }
    }
    if guarded != root.named("morph").count() {
        faults.push("a transition that older programs can't skip".to_owned());
    }
    faults
}

/// Returns the path of a target relative to the part that names it.
fn resolved(source: &str, target: &str) -> String {
    let mut folders: Vec<&str> = source.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        if step == ".." {
            folders.pop();
        } else {
            folders.push(step);
        }
    }
    folders.join("/")
}
