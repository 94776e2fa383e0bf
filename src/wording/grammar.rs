//! English grammar helpers: lists, plurals, quotation marks, capitals.

use std::borrow::Cow;

/// Joins parts: "a", "a and b", "a, b and c".
#[must_use]
pub fn joined_and<S: AsRef<str>>(parts: &[S]) -> String {
    joined(parts, "and")
}

/// Joins parts: "a", "a or b", "a, b or c".
#[must_use]
pub fn joined_or<S: AsRef<str>>(parts: &[S]) -> String {
    joined(parts, "or")
}

fn joined<S: AsRef<str>>(parts: &[S], last_joint: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index {
            0 => {}
            last if last + 1 == parts.len() => {
                text.push(' ');
                text.push_str(last_joint);
                text.push(' ');
            }
            _ => text.push_str(", "),
        }
        text.push_str(part.as_ref());
    }
    text
}

/// Formats a number with its noun: "1 tie", "2 ties", "1,000 ties".
#[must_use]
pub fn counted(count: usize, singular: &str, plural_form: &str) -> String {
    format!("{} {}", number(count), plural(count, singular, plural_form))
}

/// Formats a count without a noun: "1,000".
#[must_use]
pub fn number(count: usize) -> String {
    grouped(&count.to_string())
}

/// Returns the form of a noun that agrees with a number.
#[must_use]
pub fn plural<'a>(count: usize, singular: &'a str, plural_form: &'a str) -> &'a str {
    if count == 1 { singular } else { plural_form }
}

/// Inserts thousands separators; `digits` must consist of digits only.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Puts what stands between backticks into quotation marks, which are the marks that windows use.
#[must_use]
pub fn quoted(text: &str) -> Cow<'_, str> {
    if !text.contains('`') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some((before, (inside, after))) =
        rest.split_once('`').and_then(|(before, after)| Some((before, after.split_once('`')?)))
    {
        shown.extend([before, "“", inside, "”"]);
        rest = after;
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// Capitalizes the first letter of a text.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::{capitalized, counted, joined_and, joined_or, quoted};

    #[test]
    fn lists_of_every_length() {
        assert_eq!(joined_and::<&str>(&[]), "");
        assert_eq!(joined_and(&["a"]), "a");
        assert_eq!(joined_and(&["a", "b"]), "a and b");
        assert_eq!(joined_or(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(counted(1, "tie", "ties"), "1 tie");
        assert_eq!(counted(0, "tie", "ties"), "0 ties");
        assert_eq!(counted(1_234_567, "tie", "ties"), "1,234,567 ties");
    }

    #[test]
    fn backticks_become_quotation_marks_in_pairs() {
        assert_eq!(quoted("could not open `a.json`: no `ties`"), "could not open “a.json”: no “ties”");
        assert_eq!(quoted("one ` alone"), "one ` alone");
        assert_eq!(quoted("`a` and ` alone"), "“a” and ` alone");
        assert_eq!(quoted("none"), "none");
    }

    #[test]
    fn capitals_come_and_go() {
        assert_eq!(capitalized("élan vital"), "Élan vital");
        assert_eq!(capitalized(""), "");
    }
}
