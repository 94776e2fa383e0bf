//! What a view leaves out, as the file has it: lists of words, a flag and a date.

use std::collections::HashSet;

use serde_json::Value;

use crate::jsonc::Editor;
use crate::model::{Date, Filter, Map, SourceKind, Stage, Status};

/// The field of a view that holds the lists and the flag.
const FILTERS: &str = "filters";
/// The flag in it.
const HIDE_UNSOURCED: &str = "hideUnsourced";
/// The field of a view that holds the date.
const AS_OF: &str = "asOf";

/// What a file shall say of a filter.
#[derive(Debug, PartialEq)]
pub(super) struct WantedFilter {
    lists: Vec<Hidden>,
    hides_unsourced: bool,
    as_of: Option<String>,
}

/// A list of words that stand for what is left out.
#[derive(Debug, PartialEq)]
struct Hidden {
    name: &'static str,
    words: Vec<String>,
    /// The words that it has where the file does not have the list.
    usual: Vec<String>,
    /// The words that mean something here; others in the file are kept.
    known: HashSet<String>,
}

impl Hidden {
    fn new<T: Ord>(
        name: &'static str,
        hidden: impl Fn(&Filter) -> Vec<T>,
        filter: &Filter,
        all: &[T],
        word: impl Fn(&T) -> String,
    ) -> Self {
        let words = |filter: &Filter| hidden(filter).iter().map(&word).collect();
        let known = all.iter().map(&word).collect();
        Self { name, words: words(filter), usual: words(&Filter::default()), known }
    }

    fn is_usual(&self) -> bool {
        self.words == self.usual
    }

    fn json(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|word| quoted(word)).collect();
        format!("[{}]", words.join(", "))
    }
}

impl WantedFilter {
    pub(super) fn new(map: &Map, filter: &Filter) -> Self {
        let actor_kinds = map.actor_kinds().ids().map(Some);
        let tie_kinds = map.tie_kinds().ids();
        let lists = vec![
            Hidden::new(
                "hiddenActorKinds",
                |filter| filter.hidden_actor_kinds.iter().copied().collect(),
                filter,
                &actor_kinds.chain([None]).collect::<Vec<_>>(),
                // The empty word stands for actors without a kind.
                |kind| kind.map_or_else(String::new, |kind| map.actor_kinds()[kind].key.to_string()),
            ),
            Hidden::new(
                "hiddenTieKinds",
                |filter| filter.hidden_tie_kinds.iter().copied().collect(),
                filter,
                &tie_kinds.collect::<Vec<_>>(),
                |kind| map.tie_kinds()[*kind].key.to_string(),
            ),
            Hidden::new(
                "hiddenStages",
                |filter| filter.hidden_stages.iter().copied().collect(),
                filter,
                Stage::ALL,
                |stage| stage.word().to_owned(),
            ),
            Hidden::new(
                "hiddenStatuses",
                |filter| filter.hidden_statuses.iter().copied().collect(),
                filter,
                Status::ALL,
                |status| status.word().to_owned(),
            ),
            Hidden::new(
                "hiddenSourceKinds",
                |filter| filter.hidden_source_kinds.iter().copied().collect(),
                filter,
                SourceKind::ALL,
                |kind| kind.word().to_owned(),
            ),
        ];
        let as_of = filter.as_of.as_ref().map(|date| date.text().to_owned());
        Self { lists, hides_unsourced: filter.hides_unsourced, as_of }
    }

    /// The fields that a new file needs: those that are not as usual, with their values as JSON.
    fn unusual(&self) -> Vec<(&'static str, String)> {
        let lists = self.lists.iter().filter(|list| !list.is_usual()).map(|list| (list.name, list.json()));
        lists.chain(self.hides_unsourced.then(|| (HIDE_UNSOURCED, "true".to_owned()))).collect()
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The fields of `filters` in a new file.
pub(super) fn fields(map: &Map, filter: &Filter) -> Vec<(String, Value)> {
    let fields = WantedFilter::new(map, filter).unusual().into_iter();
    fields.filter_map(|(name, json)| Some((name.to_owned(), serde_json::from_str(&json).ok()?))).collect()
}

/// Replaces what differs, and takes out words that are not wanted.
pub(super) fn correct(editor: &mut Editor, view: usize, wanted: &WantedFilter) {
    if let Some(entry) = editor.field(view, AS_OF) {
        let present = editor.is_text(entry).then(|| editor.words(entry));
        let present = present.and_then(|words| Date::parse(&words).ok()).filter(|date| !date.is_open());
        if present.as_ref().map(Date::text) != wanted.as_of.as_deref() {
            editor.replace(entry, wanted.as_of.as_deref().map_or_else(|| "null".to_owned(), quoted));
        }
    }
    let Some(filters) = editor.field(view, FILTERS).filter(|filters| editor.is_object(*filters)) else { return };
    if let Some(entry) = editor.field(filters, HIDE_UNSOURCED)
        && (editor.json_of(entry) == "true") != wanted.hides_unsourced
    {
        editor.replace(entry, wanted.hides_unsourced.to_string());
    }
    for hidden in &wanted.lists {
        let Some(list) = editor.field(filters, hidden.name) else { continue };
        if editor.is_list(list) {
            let words = editor.tape.children(list).map(|child| editor.is_text(child).then(|| editor.words(child)));
            let goes = |word: &str| hidden.known.contains(word) && !hidden.words.iter().any(|wanted| wanted == word);
            let goes: Vec<bool> = words.map(|word| word.is_some_and(|word| goes(&word))).collect();
            editor.remove(list, &goes);
        } else if !hidden.is_usual() {
            editor.replace(list, hidden.json());
        }
    }
}

/// Appends what is missing; gives the fields that the view has to get, with their values.
pub(super) fn complete(editor: &mut Editor, view: usize, wanted: &WantedFilter) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if let Some(as_of) = wanted.as_of.as_deref().filter(|_| editor.field(view, AS_OF).is_none()) {
        fields.push((AS_OF, quoted(as_of)));
    }
    let entries = |present: &[(&'static str, String)]| -> Vec<String> {
        present.iter().map(|(name, json)| format!("\"{name}\": {json}")).collect()
    };
    let unusual = wanted.unusual();
    let Some(filters) = editor.field(view, FILTERS).filter(|filters| editor.is_object(*filters)) else {
        if !unusual.is_empty() {
            fields.push((FILTERS, format!("{{ {} }}", entries(&unusual).join(", "))));
        }
        return fields;
    };
    for hidden in &wanted.lists {
        let list = editor.field(filters, hidden.name).filter(|list| editor.is_list(*list));
        if let Some(list) = list {
            let texts = editor.tape.children(list).filter(|child| editor.is_text(*child));
            let has: HashSet<String> = texts.map(|child| editor.words(child).into_owned()).collect();
            let missing: Vec<String> =
                hidden.words.iter().filter(|word| !has.contains(*word)).map(|word| quoted(word)).collect();
            editor.append(list, &missing, false);
        }
    }
    let missing: Vec<_> = unusual.into_iter().filter(|(name, _)| editor.field(filters, name).is_none()).collect();
    editor.append(filters, &entries(&missing), false);
    fields
}
