//! How the ties of pairs are drawn, in the text of a look's map.

use std::collections::{HashMap, HashSet};

use crate::jsonc::Editor;
use crate::model::{Item, Map, PairMode, View};

use super::Block;

/// The field of a view that holds them.
pub(super) const PAIRS: &str = "pairs";

/// The ids of two actors in the order of the text, so that one pair has one key.
type PairKey = [String; 2];

/// A choice for a pair as the file shall have it.
#[derive(Debug, PartialEq)]
pub(super) struct WantedPair {
    of: PairKey,
    /// What the key is compared by, whichever actor the file names first.
    key: PairKey,
    show: &'static str,
}

impl WantedPair {
    /// The choices of a view, in the order of the map's actors.
    pub(super) fn all(map: &Map, view: &View) -> Vec<Self> {
        let mut pairs = view.pairs.clone();
        pairs.sort_unstable();
        let of = |pair: crate::model::Pair| pair.actors().map(|actor| map.actor(actor).key.to_string());
        pairs.into_iter().map(|(pair, mode)| Self { of: of(pair), key: key(of(pair)), show: mode.word() }).collect()
    }

    fn record(&self) -> String {
        let [one, other] = self.of.each_ref().map(|id| serde_json::Value::from(id.as_str()).to_string());
        format!("{{ \"of\": [{one}, {other}], \"show\": \"{}\" }}", self.show)
    }
}

fn key(mut of: PairKey) -> PairKey {
    of.sort_unstable();
    of
}

fn list_of(editor: &Editor, view: usize) -> Option<usize> {
    editor.field(view, PAIRS).filter(|list| editor.is_list(*list))
}

/// The pair of a record that names two ids and a known choice, and its choice; others are kept as they stand.
fn read(editor: &Editor, record: usize) -> Option<(PairKey, usize, PairMode)> {
    let of = editor.field(record, "of").filter(|of| editor.is_object(record) && editor.is_list(*of))?;
    let ids: Vec<usize> = editor.tape.children(of).collect();
    let [one, other] = ids[..] else { return None };
    let is_text = editor.is_text(one) && editor.is_text(other);
    let show = editor.field(record, "show").filter(|show| is_text && editor.is_text(*show))?;
    let mode = PairMode::from_word(&editor.words(show)).known()?;
    Some((key([one, other].map(|id| editor.words(id).into_owned())), show, mode))
}

/// Replaces choices that differ, and takes out those that are gone.
pub(super) fn correct(editor: &mut Editor, view: usize, map: &Map, wanted: &[WantedPair]) {
    let Some(list) = list_of(editor, view) else { return };
    let wanted: HashMap<&PairKey, &str> = wanted.iter().map(|pair| (&pair.key, pair.show)).collect();
    let is_actor = |id: &String| matches!(map.find(id), Some(Item::Actor(_)));
    let mut seen = HashSet::new();
    let mut goes = Vec::new();
    let mut changes = Vec::new();
    for record in editor.tape.children(list).collect::<Vec<_>>() {
        let found = read(editor, record).filter(|(key, ..)| key.iter().all(is_actor));
        let Some((key, show, mode)) = found else {
            goes.push(false);
            continue;
        };
        let choice = wanted.get(&key).copied();
        goes.push(choice.is_none());
        if let Some(choice) = choice.filter(|choice| *choice != mode.word() && !seen.contains(&key)) {
            changes.push((show, format!("\"{choice}\"")));
        }
        seen.insert(key);
    }
    for (entry, value) in changes {
        editor.replace(entry, value);
    }
    editor.remove(list, &goes);
}

/// Appends the choices that the file lacks; gives the field if the view has no list yet.
pub(super) fn complete(editor: &mut Editor, view: usize, wanted: &[WantedPair]) -> Option<Block> {
    let list = list_of(editor, view);
    let records = list.map(|list| editor.tape.children(list).collect::<Vec<_>>()).unwrap_or_default();
    let has: HashSet<PairKey> =
        records.into_iter().filter_map(|record| read(editor, record)).map(|(key, ..)| key).collect();
    let missing: Vec<String> = wanted.iter().filter(|pair| !has.contains(&pair.key)).map(WantedPair::record).collect();
    match list {
        Some(list) => editor.append(list, &missing, true),
        None if !missing.is_empty() => return Some(Block::Records(missing)),
        None => {}
    }
    None
}
