//! Builds the text to save: the file's own text with changes applied, or a new text.

use serde::de::IgnoredAny;

use crate::jsonc::{Editor, blank};
use crate::load::decode::{Encoding, MARK, decode};
use crate::load::{Origin, load_map, repaired_json};

use super::canonical::write_map_with;
use super::error::SaveError;
use super::patch::{MapContent, is_same, patch};

/// Text to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedText {
    /// The whole text.
    pub text: String,
    /// Reason why more than the changed lines is rewritten, if so.
    pub rewritten: Option<String>,
}

/// Updates the text of the file that a map came from, which contains `before`, to match `now`; both must use the same
/// record ids. Comments, order, unknown fields and the formatting of unchanged parts are kept. A map from another
/// format is written as a new text.
///
/// # Errors
///
/// When the result would not open as the same map, which is checked before anything is written.
pub fn save_text(origin: &Origin, before: MapContent<'_>, now: MapContent<'_>) -> Result<SavedText, SaveError> {
    let (text, rewritten) = if origin.map_bytes().is_empty() {
        (write_map_with(now.map, now.view), None)
    } else {
        let (base, rewritten) = base_text(origin);
        (patch(Editor::new(&base), before, now)?, rewritten)
    };
    let has_mark = origin.map_bytes().starts_with(MARK);
    let text = if has_mark { format!("\u{feff}{text}") } else { text };
    let again = load_map(text.as_bytes(), "saved").map_err(|_| SaveError::NotTheSame)?;
    if is_same(&again.map, now) { Ok(SavedText { text, rewritten }) } else { Err(SaveError::NotTheSame) }
}

/// Returns the text to change: the file's own text if it is valid, else a repaired one.
fn base_text(origin: &Origin) -> (String, Option<String>) {
    let decoded = decode(origin.map_bytes());
    let json = blank(&decoded.text);
    if serde_json::from_str::<IgnoredAny>(&json.text).is_ok() {
        let is_wide = decoded.encoding == Encoding::Utf16;
        let rewritten = is_wide.then(|| "the file was encoded in UTF-16 and is now in UTF-8".to_owned());
        return (decoded.text.into_owned(), rewritten);
    }
    let reason = "the file had syntax errors, so it was rewritten without its comments and unreadable parts";
    (repaired_json(&json.text), Some(reason.to_owned()))
}
