//! A look into the text of its map: what the file says already keeps its text, and only the rest is changed.

mod notes;
mod pairs;

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::jsonc::{Editor, Overlap, blank};
use crate::load::decode::{Encoding, MARK, decode};
use crate::load::{Origin, load_map, mended_json};
use crate::model::{Arrangement, LabelChoice, LabelMode, Map, Placed, View, Word};

use super::canonical::{number, write_map};
use super::error::SaveError;
use super::filters::{self, WantedFilter};
use notes::{NOTES, WantedNote};
use pairs::{PAIRS, WantedPair};

/// The text that a file gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedText {
    /// The whole text.
    pub text: String,
    /// Why more than the changed lines is new, if so.
    pub rewritten: Option<String>,
}

/// Puts a look into the first view of the file that a map came from. Comments, order, unknown fields and the form
/// of everything that did not change stay as they are; a map from elsewhere is written anew.
///
/// # Errors
///
/// When the result would not open as the same map, which is checked before anything is written.
pub fn save_text(origin: &Origin, map: &Map, view: &View) -> Result<SavedText, SaveError> {
    let (base, rewritten) = base_text(origin, map);
    let wanted = Wanted::new(map, view);
    let text = with_view(&base, map, &wanted)?;
    let has_mark = origin.map_bytes().starts_with(MARK);
    let text = if has_mark { format!("\u{feff}{text}") } else { text };
    let again = load_map(text.as_bytes(), "saved").map_err(|_| SaveError::NotTheSame)?;
    let is_same = again.map.actors() == map.actors()
        && again.map.sources() == map.sources()
        && again.map.ties() == map.ties()
        && again.map.facts() == map.facts();
    if !is_same || Wanted::new(&again.map, again.map.first_view().unwrap_or(&View::default())) != wanted {
        return Err(SaveError::NotTheSame);
    }
    Ok(SavedText { text, rewritten })
}

/// Whether a file says the same of both views, as far as it is exact.
#[must_use]
pub fn is_same_view(map: &Map, one: &View, other: &View) -> bool {
    Wanted::new(map, one) == Wanted::new(map, other)
}

/// The text to change: that of the file if it is sound.
fn base_text(origin: &Origin, map: &Map) -> (String, Option<String>) {
    if origin.map_bytes().is_empty() {
        return (write_map(map), None);
    }
    let decoded = decode(origin.map_bytes());
    let json = blank(&decoded.text);
    if serde_json::from_str::<IgnoredAny>(&json.text).is_ok() {
        let is_wide = decoded.encoding == Encoding::Utf16;
        let rewritten = is_wide.then(|| "the file was in UTF-16 and is written as UTF-8".to_owned());
        return (decoded.text.into_owned(), rewritten);
    }
    let reason =
        "the text of the file was broken, so it is written anew: comments and what could not be read are not in it";
    (mended_json(&json.text), Some(reason.to_owned()))
}

/// How many decimals a share of a way is written with; places get one.
const SHARE_DECIMALS: i32 = 3;

/// What the view of the file shall say, by name in the file; each value as JSON.
#[derive(Debug, PartialEq)]
struct Wanted {
    positions: Vec<(String, String)>,
    pinned: Vec<String>,
    hidden: Vec<String>,
    label_mode: &'static str,
    labels: Vec<(String, String)>,
    bends: Vec<(String, String)>,
    pairs: Vec<WantedPair>,
    algorithm: String,
    seed: u64,
    notes: Vec<WantedNote>,
    filter: WantedFilter,
}

impl Wanted {
    fn new(map: &Map, view: &View) -> Self {
        let actor = |id| map.actor(id).key.to_string();
        let tie = |id| map.tie(id).claim.key.to_string();
        let actors = view.positions.iter().map(|&(id, pos)| (Placed::Actor(id), pos));
        let hubs = view.hub_positions.iter().map(|&(id, pos)| (Placed::Hub(id), pos));
        let mut places: Vec<_> = actors.chain(hubs).collect();
        places.sort_by_key(|(place, _)| *place);
        let key = |place| match place {
            Placed::Actor(id) => actor(id),
            Placed::Hub(id) => tie(id),
        };
        let pair = |x: f32, y: f32, decimals| format!("[{}, {}]", number(x, decimals), number(y, 1));
        let sorted = |mut ids: Vec<_>| {
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let mut labels: Vec<_> = view.labels.clone();
        labels.sort_by_key(|(id, _)| *id);
        let mut bends: Vec<_> = view.bends.clone();
        bends.sort_by_key(|(id, _)| *id);
        let word = |choice: LabelChoice| match choice {
            LabelChoice::Show => "\"show\"",
            LabelChoice::Hide => "\"hide\"",
        };
        Self {
            positions: places.into_iter().map(|(place, pos)| (key(place), pair(pos.x, pos.y, 1))).collect(),
            pinned: sorted(view.pinned.clone()).into_iter().map(actor).collect(),
            hidden: sorted(view.hidden.clone()).into_iter().map(actor).collect(),
            label_mode: view.label_mode.unwrap_or(LabelMode::All).word(),
            labels: labels.into_iter().map(|(id, choice)| (tie(id), word(choice).to_owned())).collect(),
            bends: bends
                .into_iter()
                .map(|(id, bend)| (tie(id), pair(bend.along, bend.across, SHARE_DECIMALS)))
                .collect(),
            pairs: WantedPair::all(map, view),
            algorithm: arrangement(view.algorithm.as_deref()).to_owned(),
            seed: view.seed.unwrap_or(1),
            notes: view.notes.iter().map(WantedNote::new).collect(),
            filter: WantedFilter::new(map, &view.filter),
        }
    }
}

/// The arrangement that a word leads to; words that are not known lead to the first one.
fn arrangement(word: Option<&str>) -> &'static str {
    let known = word.map(Arrangement::from_word).as_ref().and_then(Word::known);
    known.unwrap_or(Arrangement::Auto).word()
}

/// The field for which labels are shown.
const LABEL_MODE: &str = "labelMode";

/// What a word in that field leads to.
fn label_mode(word: &str) -> &'static str {
    LabelMode::from_word(word).known().unwrap_or(LabelMode::All).word()
}

/// The text with the first view as wanted. Each step works on the text that the one before it made.
fn with_view(base: &str, map: &Map, wanted: &Wanted) -> Result<String, Overlap> {
    let mut text = Cow::Borrowed(base);
    let key = map.first_view().map(|view| &*view.key);
    if find_view(&Editor::new(&text), key).is_none() {
        text = Cow::Owned(add_view(&text)?);
    }
    let steps: [fn(&mut Editor, usize, &Map, &Wanted); 2] = [correct, complete];
    for step in steps {
        let mut editor = Editor::new(&text);
        if let Some(view) = find_view(&editor, key) {
            step(&mut editor, view, map, wanted);
        }
        text = Cow::Owned(editor.finish()?);
    }
    Ok(text.into_owned())
}

/// The object of the view with this id, or of a view without an id.
fn find_view(editor: &Editor, key: Option<&str>) -> Option<usize> {
    let views = editor.field(editor.tape.root()?, "views").filter(|views| editor.is_list(*views))?;
    let id_of = |view| editor.field(view, "id").filter(|id| editor.is_text(*id)).map(|id| editor.words(id));
    let mut objects = editor.tape.children(views).filter(|view| editor.is_object(*view));
    objects.find(|view| match id_of(*view) {
        Some(id) => key.unwrap_or(NEW_VIEW) == id,
        None => key.is_none_or(|key| key == NEW_VIEW),
    })
}

/// The id of a view that the file does not have yet.
const NEW_VIEW: &str = "main";

/// Adds an empty view, and the list for it.
fn add_view(text: &str) -> Result<String, Overlap> {
    let mut editor = Editor::new(text);
    let Some(root) = editor.tape.root() else { return Ok(text.to_owned()) };
    let view = format!("{{ \"id\": \"{NEW_VIEW}\" }}");
    match editor.field(root, "views") {
        Some(views) if editor.is_list(views) => editor.append(views, &[view], true),
        Some(other) => editor.replace(other, format!("[{view}]")),
        None => {
            let unit = editor.unit().to_owned();
            let line = editor.new_line(&unit);
            let field = format!("\"views\": [{line}{unit}{view}{line}]");
            editor.append(root, &[field], true);
        }
    }
    editor.finish()
}

/// First step: values that differ are replaced, entries that are not wanted are taken out.
fn correct(editor: &mut Editor, view: usize, map: &Map, wanted: &Wanted) {
    let is_place = |id: &str| map.find(id).is_some();
    for (name, entries) in wanted.objects() {
        if let Some(object) = editor.field(view, name).filter(|object| editor.is_object(*object)) {
            let decimals = if name == "bends" { SHARE_DECIMALS } else { 1 };
            correct_object(editor, object, entries, decimals, is_place);
        }
    }
    for (name, ids) in wanted.lists() {
        if let Some(list) = editor.field(view, name).filter(|list| editor.is_list(*list)) {
            let goes: Vec<bool> = editor
                .tape
                .children(list)
                .map(|child| editor.is_text(child).then(|| editor.words(child)))
                .map(|id| id.is_some_and(|id| is_place(&id) && !ids.iter().any(|wanted| *wanted == id)))
                .collect();
            editor.remove(list, &goes);
        }
    }
    notes::correct(editor, view, &wanted.notes);
    pairs::correct(editor, view, map, &wanted.pairs);
    filters::correct(editor, view, &wanted.filter);
    if let Some(entry) = editor.field(view, LABEL_MODE)
        && label_mode(&editor.words(entry)) != wanted.label_mode
    {
        editor.replace(entry, format!("\"{}\"", wanted.label_mode));
    }
    let Some(layout) = editor.field(view, "layout").filter(|layout| editor.is_object(*layout)) else { return };
    let algorithm = editor.field(layout, "algorithm");
    if let Some(entry) = algorithm
        && arrangement(Some(&editor.words(entry))) != wanted.algorithm
    {
        editor.replace(entry, format!("\"{}\"", wanted.algorithm));
    }
    if let Some(entry) = editor.field(layout, "seed")
        && editor.json_of(entry) != wanted.seed.to_string()
    {
        editor.replace(entry, wanted.seed.to_string());
    }
}

fn correct_object(
    editor: &mut Editor,
    object: usize,
    wanted: &[(String, String)],
    decimals: i32,
    is_known: impl Fn(&str) -> bool,
) {
    let value_of: std::collections::HashMap<&str, &str> =
        wanted.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let mut goes = Vec::new();
    let mut changed = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (name, value) in editor.fields(object) {
        let wanted = value_of.get(&*name).copied();
        let is_first = seen.insert(name.to_string());
        goes.push(wanted.is_none() && is_known(&name));
        if let Some(wanted) = wanted.filter(|wanted| is_first && as_written(editor.json_of(value), decimals) != *wanted)
        {
            changed.push((value, wanted.to_owned()));
        }
    }
    for (value, wanted) in changed {
        editor.replace(value, wanted);
    }
    editor.remove(object, &goes);
}

/// A value as it would be written: pairs of numbers are rounded.
fn as_written(present: &str, decimals: i32) -> Cow<'_, str> {
    match serde_json::from_str::<[f32; 2]>(present) {
        Ok([x, y]) => Cow::Owned(format!("[{}, {}]", number(x, decimals), number(y, 1))),
        Err(_) => Cow::Borrowed(present),
    }
}

/// Second step: what is missing is appended.
fn complete(editor: &mut Editor, view: usize, _: &Map, wanted: &Wanted) {
    let mut fields = Vec::new();
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    for (name, entries) in wanted.objects() {
        let present = editor.field(view, name).filter(|object| editor.is_object(*object));
        let has: std::collections::HashSet<String> = present
            .map(|object| editor.fields(object).into_iter().map(|(name, _)| name.into_owned()).collect())
            .unwrap_or_default();
        let missing = entries.iter().filter(|(key, _)| !has.contains(key));
        let missing: Vec<String> = missing.map(|(key, value)| format!("{}: {value}", quoted(key))).collect();
        match present {
            Some(object) => editor.append(object, &missing, true),
            None if !missing.is_empty() => fields.push((name, Block::Lines(missing))),
            None => {}
        }
    }
    for (name, ids) in wanted.lists() {
        let present = editor.field(view, name).filter(|list| editor.is_list(*list));
        let has: Vec<String> = present
            .map(|list| editor.tape.children(list).map(|child| editor.words(child).into_owned()).collect())
            .unwrap_or_default();
        let missing: Vec<String> = ids.iter().filter(|id| !has.contains(id)).map(|id| quoted(id)).collect();
        match present {
            Some(list) => editor.append(list, &missing, false),
            None if !missing.is_empty() => fields.push((name, Block::Inline(format!("[{}]", missing.join(", "))))),
            None => {}
        }
    }
    if wanted.label_mode != LabelMode::All.word() && editor.field(view, LABEL_MODE).is_none() {
        fields.push((LABEL_MODE, Block::Inline(format!("\"{}\"", wanted.label_mode))));
    }
    let filter = filters::complete(editor, view, &wanted.filter).into_iter();
    fields.extend(filter.map(|(name, json)| (name, Block::Inline(json))));
    fields.extend(pairs::complete(editor, view, &wanted.pairs).map(|block| (PAIRS, block)));
    fields.extend(notes::complete(editor, view, &wanted.notes).map(|block| (NOTES, block)));
    complete_layout(editor, view, wanted, &mut fields);
    add_fields(editor, view, fields);
}

fn complete_layout(editor: &mut Editor, view: usize, wanted: &Wanted, fields: &mut Vec<(&'static str, Block)>) {
    let layout = editor.field(view, "layout").filter(|layout| editor.is_object(*layout));
    let lacks = |name: &str| layout.is_none_or(|layout| editor.field(layout, name).is_none());
    let mut missing = Vec::new();
    if wanted.algorithm != Arrangement::Auto.word() && lacks("algorithm") {
        missing.push(format!("\"algorithm\": \"{}\"", wanted.algorithm));
    }
    if wanted.seed != 1 && lacks("seed") {
        missing.push(format!("\"seed\": {}", wanted.seed));
    }
    match layout {
        Some(layout) => editor.append(layout, &missing, false),
        None if !missing.is_empty() => fields.push(("layout", Block::Inline(format!("{{ {} }}", missing.join(", "))))),
        None => {}
    }
}

/// The value of a field that the view does not have yet.
enum Block {
    Inline(String),
    /// An object with a line for each of these fields.
    Lines(Vec<String>),
    /// A list with a line for each of these records.
    Records(Vec<String>),
}

fn add_fields(editor: &mut Editor, view: usize, fields: Vec<(&'static str, Block)>) {
    let unit = editor.unit().to_owned();
    let outer = editor.indent_of(view) + &unit;
    let (outer_line, inner_line) = (editor.new_line(&outer), editor.new_line(&(outer.clone() + &unit)));
    let mut texts = Vec::new();
    for (name, block) in fields {
        let value = match block {
            Block::Inline(value) => value,
            Block::Records(lines) => format!("[{inner_line}{}{outer_line}]", lines.join(&format!(",{inner_line}"))),
            Block::Lines(lines) => format!("{{{inner_line}{}{outer_line}}}", lines.join(&format!(",{inner_line}"))),
        };
        match editor.field(view, name) {
            // A value of the wrong type, which was never used.
            Some(entry) => editor.replace(entry, value),
            None => texts.push(format!("\"{name}\": {value}")),
        }
    }
    editor.append(view, &texts, true);
}

impl Wanted {
    fn objects(&self) -> [(&'static str, &[(String, String)]); 3] {
        [("positions", &self.positions), ("labels", &self.labels), ("bends", &self.bends)]
    }

    fn lists(&self) -> [(&'static str, &[String]); 2] {
        [("pinned", &self.pinned), ("hidden", &self.hidden)]
    }
}
