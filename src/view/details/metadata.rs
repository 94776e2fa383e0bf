//! Blocks of what few records have: tags, a weight, fields outside the format, the row of a table they were made from.

use crate::model::{Map, MetadataFields, OwnField, OwnValue};
use crate::wording::{number, visible};

use super::{Block, Blocks, DetailRow};

/// Adds tags, weight and the fields outside the format.
pub(super) fn push_fields(blocks: &mut Blocks, metadata: &MetadataFields) {
    let tags: Vec<String> = metadata.tags.iter().map(|tag| visible(tag).into_owned()).collect();
    blocks.row("Tags", (!tags.is_empty()).then(|| tags.join(", ")));
    blocks.row("Weight", metadata.weight.map(|weight| weight.normalize().to_string()));
    for field in metadata.own.iter() {
        if let Some(row) = own_row(field) {
            blocks.0.push(Block::Private(row));
        }
    }
}

/// Adds "row 17 of ties.csv".
pub(super) fn push_row(blocks: &mut Blocks, map: &Map, metadata: &MetadataFields) {
    let Some(row) = &metadata.row else { return };
    let import = &map.imports()[row.import];
    let noun = if row.keys.len() == 1 { "row" } else { "rows" };
    let keys: Vec<String> = row.keys.iter().take(MAX_KEYS).map(|key| visible(key).into_owned()).collect();
    let more = row.keys.len().saturating_sub(MAX_KEYS);
    let more = if more > 0 { format!(" and {} more", number(more)) } else { String::new() };
    let sheet = import.sheet.as_deref().map(|sheet| format!("sheet “{}” of ", visible(sheet))).unwrap_or_default();
    let file = import.file.as_deref().map_or_else(|| "a table".into(), visible);
    let value = format!("{noun} {}{more} of {sheet}{file}", keys.join(", "));
    blocks.0.push(Block::Private(DetailRow {
        label: "Made from".into(),
        value,
        detail: None,
        link: None,
        entry: None,
    }));
}

/// The maximum number of rows that are told.
const MAX_KEYS: usize = 8;

/// Returns the row of a field with a heading by the user; `None` for a field of a later version of the format.
fn own_row(field: &OwnField) -> Option<DetailRow> {
    let label = visible(field.heading()?).into_owned().into();
    Some(DetailRow { label, value: own_text(&field.value)?, detail: None, link: None, entry: None })
}

fn own_text(value: &OwnValue) -> Option<String> {
    Some(match value {
        OwnValue::Text(text) => visible(text).into_owned(),
        OwnValue::Number(number) => number.text().to_owned(),
        OwnValue::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        OwnValue::List(list) => list.iter().filter_map(own_text).collect::<Vec<_>>().join(", "),
        OwnValue::Other(_) => return None,
    })
}
