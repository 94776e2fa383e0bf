//! Tells what the texts of values are, the same for all databases.

use std::fmt::Write as _;

use super::connection::DatabaseNote;
use crate::hidden_characters::visible;
use crate::load::ValueKind;
use crate::model::Severity;
use crate::wording::counted;

/// Bytes of a binary value that are written out in hexadecimal: ids are short, pictures are not.
pub(super) const MAX_HEX_BYTES: usize = 64;

/// Returns the kind of a number: beyond plain decimals it is text.
pub(super) fn number_kind(text: &str) -> ValueKind {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1;
    if is_plain { ValueKind::Number } else { ValueKind::Text }
}

/// Returns whether a text is a day such as `2016-04-06`.
pub(super) fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
}

/// Returns bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Says which columns have binary values that were left out.
pub(super) fn notes_on_blobs(names: &[String], blobs: &[u64]) -> Vec<DatabaseNote> {
    let left_out = names.iter().zip(blobs).filter(|(_, count)| **count > 0);
    let note = |(name, count): (&String, &u64)| {
        let values = counted(usize::try_from(*count).unwrap_or(usize::MAX), "binary value", "binary values");
        DatabaseNote {
            severity: Severity::Remark,
            message: format!("the column “{}” has {values}, left empty here", visible(name)),
            remedy: "leave the column out of the statement".to_owned(),
        }
    };
    left_out.map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_day, number_kind};
    use crate::load::ValueKind;

    #[test]
    fn plain_decimals_are_numbers_and_days_are_days() {
        for text in ["0", "-12", "3.25", "-0.5", "9223372036854775807"] {
            assert_eq!(number_kind(text), ValueKind::Number, "{text}");
        }
        for text in ["", "-", "1e21", "NaN", "inf", "1.2.3", ".5", "12a"] {
            assert_eq!(number_kind(text), ValueKind::Text, "{text}");
        }
        assert!(is_day("2016-04-06"));
        for text in ["2016-04", "2016-04-06 10:00", "infinity", "0044-03-15 BC", "2016/04/06"] {
            assert!(!is_day(text), "{text}");
        }
    }
}
