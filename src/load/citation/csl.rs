//! CSL-JSON: one item or a list of items.

use serde_json::value::RawValue;

use crate::hidden_characters::Quoted;
use crate::load::build::source_of_csl;
use crate::wording::{doi_address, doi_of};

use super::pasted::{CitationFormat, MAX_ENTRIES, NewSource, Pasted, PastedSources};

/// Fields of which an item has at least one.
const FIELDS: [&str; 6] = ["title", "DOI", "URL", "author", "issued", "container-title"];

/// Reads an item or a list of items; `None` for any other text.
pub(super) fn read_csl(text: &str) -> Option<Pasted> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let items: Result<Vec<&RawValue>, _> = if text.starts_with('[') {
        serde_json::from_str(text)
    } else {
        serde_json::from_str::<&RawValue>(text).map(|item| vec![item])
    };
    let mut found = PastedSources::new(CitationFormat::Csl);
    let items = match items {
        Ok(items) => items,
        // Text that begins with a bracket is more often a quotation than broken JSON.
        Err(_) if !looks_like_items(text) => return None,
        Err(error) => {
            found.skip(|| format!("the CSL-JSON is damaged or cut off ({error})"));
            return Some(found.finish());
        }
    };
    if items.is_empty() || !items.iter().all(|item| is_item(item)) {
        return None;
    }
    for (index, item) in items.into_iter().enumerate() {
        if index >= MAX_ENTRIES {
            found.skip(|| "only the first 1,000 entries are read".to_owned());
            continue;
        }
        add_item(item, &mut found);
    }
    Some(found.finish())
}

fn add_item(item: &RawValue, found: &mut PastedSources) {
    let (mut source, problems) = source_of_csl(item);
    for problem in problems {
        found.remark(|| problem);
    }
    if source.url.is_none() {
        source.url = doi_of(&source).map(|doi| doi_address(&doi));
    }
    let id = serde_json::from_str::<serde_json::Value>(item.get()).ok();
    let id = id.as_ref().and_then(|item| item.get("id")).and_then(serde_json::Value::as_str);
    // The ids of Zotero are addresses with the number of a user.
    let citation_key = id.filter(|id| id.len() <= 60 && !id.contains('/')).map(str::to_owned);
    found.add(NewSource { source, quotes: Vec::new(), citation_key }, || Quoted(item.get()).to_string());
}

fn is_item(item: &RawValue) -> bool {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(item.get()) else { return false };
    let has = |name: &str| fields.contains_key(name);
    let is_typed = fields.get("type").is_some_and(serde_json::Value::is_string) || has("id");
    is_typed && !has("format") && FIELDS.iter().any(|name| has(name))
}

/// Whether damaged text is meant as items.
fn looks_like_items(text: &str) -> bool {
    let start: String = text.chars().take(20_000).collect();
    start.contains("\"type\"")
        && ["\"title\"", "\"DOI\"", "\"URL\"", "\"issued\""].iter().any(|name| start.contains(name))
}
