//! The filter in journal format, with kinds and stages as spelled in the file.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::hidden_characters::visible;
use crate::model::{ActorKindId, Date, Filter, Map, SourceKind, Stage, Status};

/// A filter with words in place of ids and enums.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FilterWords {
    /// `null` means actors without a kind.
    hidden_actor_kinds: Vec<Option<String>>,
    hidden_tie_kinds: Vec<String>,
    hidden_stages: Vec<String>,
    hidden_statuses: Vec<String>,
    hidden_source_kinds: Vec<String>,
    hide_unsourced: bool,
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hidden_tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_ties: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_weight: Option<String>,
}

/// Converts a filter to journal format.
pub(super) fn filter_value(map: &Map, filter: &Filter) -> Value {
    let actor_kind = |kind: &Option<ActorKindId>| kind.map(|kind| map.actor_kinds()[kind].key.to_string());
    let words = FilterWords {
        hidden_actor_kinds: filter.hidden_actor_kinds.iter().map(actor_kind).collect(),
        hidden_tie_kinds: filter.hidden_tie_kinds.iter().map(|kind| map.tie_kinds()[*kind].key.to_string()).collect(),
        hidden_stages: filter.hidden_stages.iter().map(|stage| stage.word().to_owned()).collect(),
        hidden_statuses: filter.hidden_statuses.iter().map(|status| status.word().to_owned()).collect(),
        hidden_source_kinds: filter.hidden_source_kinds.iter().map(|kind| kind.word().to_owned()).collect(),
        hide_unsourced: filter.hides_unsourced,
        as_of: filter.as_of.as_ref().map(|date| date.text().to_owned()),
        hidden_tags: filter.hidden_tags.iter().cloned().collect(),
        min_ties: filter.min_ties,
        min_weight: filter.min_weight.map(|weight| weight.to_string()),
    };
    serde_json::to_value(words).unwrap_or_default()
}

/// Parses a filter; also returns whether all of its words are known in this map. `None` if it is not a filter.
pub(super) fn filter_of(map: &Map, value: &Value) -> Option<(Filter, bool)> {
    let words = FilterWords::deserialize(value).ok()?;
    let mut fits = true;
    let as_of = words.as_of.as_deref().map(|text| Date::parse(text).ok().filter(|date| !date.is_open()));
    fits &= as_of != Some(None);
    let min_weight = words.min_weight.as_deref().map(|text| Decimal::from_str_exact(text).ok());
    fits &= min_weight != Some(None);
    let actor_kind = |kind: &Option<String>| match kind {
        None => Some(None),
        Some(key) => map.find_actor_kind(key).map(Some),
    };
    let tie_kind = |key: &String| map.find_tie_kind(key);
    let filter = Filter {
        hidden_actor_kinds: known(&words.hidden_actor_kinds, actor_kind, &mut fits),
        hidden_tie_kinds: known(&words.hidden_tie_kinds, tie_kind, &mut fits),
        hidden_stages: known(&words.hidden_stages, |word| Stage::from_word(word).known(), &mut fits),
        hidden_statuses: known(&words.hidden_statuses, |word| Status::from_word(word).known(), &mut fits),
        hidden_source_kinds: known(&words.hidden_source_kinds, |word| SourceKind::from_word(word).known(), &mut fits),
        hides_unsourced: words.hide_unsourced,
        as_of: as_of.flatten(),
        hidden_tags: words.hidden_tags.iter().map(|tag| visible(tag).into_owned()).collect(),
        min_ties: words.min_ties,
        min_weight: min_weight.flatten(),
    };
    Some((filter, fits))
}

/// Returns the known words; clears `fits` if any is unknown.
fn known<W, T: Ord>(words: &[W], meaning: impl Fn(&W) -> Option<T>, fits: &mut bool) -> BTreeSet<T> {
    let found: BTreeSet<T> = words.iter().filter_map(&meaning).collect();
    *fits &= words.iter().all(|word| meaning(word).is_some());
    found
}
