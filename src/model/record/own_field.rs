//! Fields outside the format: user-defined ones, whose names begin with `x-`, and those of later versions. Kept as
//! written in the file.

use std::collections::{HashMap, HashSet};

/// Prefix of the names of user-defined fields.
const MARK: &str = "x-";

/// A field outside the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnField {
    /// Its full name in the file, such as `x-Founded in`.
    pub name: Box<str>,
    /// Its value.
    pub value: OwnValue,
}

impl OwnField {
    /// Returns the user-defined heading, or `None` for a field of a later version of the format. Hidden characters are
    /// not escaped.
    #[must_use]
    pub fn heading(&self) -> Option<&str> {
        self.name.strip_prefix(MARK)
    }
}

/// Value of a field outside the format. Hidden characters are not escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnValue {
    /// Text.
    Text(String),
    /// A number.
    Number(OwnNumber),
    /// True or false.
    Flag(bool),
    /// A list of texts, numbers and flags.
    List(Vec<OwnValue>),
    /// Anything else.
    Other(RawJson),
}

/// A number as written, so that no digit is lost: `1907`, `1.50`, `1e400`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnNumber(Box<str>);

impl OwnNumber {
    /// Parses a JSON number; `None` if the text is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('-').unwrap_or(text);
        let (whole, rest) = digits(rest)?;
        let is_padded = whole.len() > 1 && whole.starts_with('0');
        let rest = match rest.strip_prefix('.') {
            Some(rest) => digits(rest)?.1,
            None => rest,
        };
        let rest = match rest.strip_prefix(['e', 'E']) {
            Some(rest) => digits(rest.strip_prefix(['+', '-']).unwrap_or(rest))?.1,
            None => rest,
        };
        (rest.is_empty() && !is_padded).then(|| Self(text.into()))
    }

    /// Returns the number as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Splits off the leading digits; `None` if there are none.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A JSON value as written in the file, except for blanks between tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// Keeps a text that must be a valid JSON value.
    #[must_use]
    pub fn of_sound(json: &str) -> Self {
        let mut compact = String::with_capacity(json.len());
        let (mut is_text, mut is_escaped) = (false, false);
        for c in json.chars() {
            if !is_text && matches!(c, ' ' | '\t' | '\n' | '\r') {
                continue;
            }
            compact.push(c);
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => is_text = !is_text,
                _ => {}
            }
        }
        Self(compact.into())
    }

    /// Returns the JSON text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The fields of a record outside the format, in file order, which has no meaning; names are unique.
#[derive(Clone, Debug, Default, Eq)]
pub struct OwnFields(Vec<OwnField>);

impl OwnFields {
    /// No fields.
    pub const NONE: Self = Self(Vec::new());

    /// Whether there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over all fields, including those of later versions.
    pub fn iter(&self) -> impl Iterator<Item = &OwnField> {
        self.0.iter()
    }

    /// Returns the value of the field with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&OwnValue> {
        self.0.iter().find(|field| &*field.name == name).map(|field| &field.value)
    }

    /// Sets a field in place, appends it, or removes it if `value` is `None`.
    pub fn set(&mut self, name: &str, value: Option<OwnValue>) {
        let place = self.0.iter().position(|field| &*field.name == name);
        match (place, value) {
            (Some(place), Some(value)) => self.0[place].value = value,
            (Some(place), None) => drop(self.0.remove(place)),
            (None, Some(value)) => self.0.push(OwnField { name: name.into(), value }),
            (None, None) => {}
        }
    }

    /// Appends a field whose name no other has, without a search, for records of any number of fields.
    pub(crate) fn push_new(&mut self, name: &str, value: OwnValue) {
        self.0.push(OwnField { name: name.into(), value });
    }

    /// Adds the fields of `other` that are missing here.
    pub fn fill_from(&mut self, other: &Self) {
        if !other.is_empty() {
            *self = std::mem::take(&mut self.0).into_iter().chain(other.iter().cloned()).collect();
        }
    }
}

/// The order doesn't matter, as in JSON: a field that is removed and added again moves to the end.
impl PartialEq for OwnFields {
    fn eq(&self, other: &Self) -> bool {
        let by_name = |fields: &Self| -> HashMap<Box<str>, OwnValue> {
            fields.iter().map(|field| (field.name.clone(), field.value.clone())).collect()
        };
        self.0 == other.0 || (self.0.len() == other.0.len() && by_name(self) == by_name(other))
    }
}

/// Keeps the first of several fields with the same name.
impl FromIterator<OwnField> for OwnFields {
    fn from_iter<T: IntoIterator<Item = OwnField>>(fields: T) -> Self {
        // A hash set, because a file may have any number of fields.
        let mut known = HashSet::new();
        Self(fields.into_iter().filter(|field| known.insert(field.name.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{OwnField, OwnFields, OwnNumber, OwnValue, RawJson};

    #[test]
    fn numbers_are_those_of_json_in_their_own_form() {
        for text in ["0", "-0", "1907", "1.50", "-0.5e+400", "1E9"] {
            assert_eq!(OwnNumber::parse(text).as_ref().map(OwnNumber::text), Some(text));
            assert!(serde_json::from_str::<Box<serde_json::value::RawValue>>(text).is_ok(), "{text}");
        }
        for text in ["", "-", "01", "1.", ".5", "1e", "+1", "1 ", "1,0", "NaN", "١"] {
            assert_eq!(OwnNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_blanks_between_parts_go() {
        let raw = RawJson::of_sound("{ \"a b\" :\n [1.0, \"c \\\" d\", \"\\\\\" ] }");
        assert_eq!(raw.text(), r#"{"a b":[1.0,"c \" d","\\"]}"#);
    }

    #[test]
    fn fields_keep_their_places_and_come_once() {
        let field = |name: &str, value| OwnField { name: name.into(), value: OwnValue::Flag(value) };
        let mut own: OwnFields = [field("x-a", true), field("x-b", true), field("x-a", false)].into_iter().collect();
        own.set("x-a", Some(OwnValue::Flag(false)));
        own.set("x-c", Some(OwnValue::Flag(true)));
        own.fill_from(&[field("x-b", false), field("later", true)].into_iter().collect());
        let names: Vec<&str> = own.iter().map(|field| &*field.name).collect();
        assert_eq!(names, ["x-a", "x-b", "x-c", "later"]);
        assert_eq!(own.get("x-b"), Some(&OwnValue::Flag(true)));
        let turned: OwnFields = own.0.iter().rev().cloned().collect();
        assert_eq!(own, turned);
        assert_ne!(own, turned.0.into_iter().skip(1).collect());
        own.set("x-b", None);
        own.set("x-d", None);
        assert_eq!(own.iter().filter_map(OwnField::heading).collect::<Vec<_>>(), ["a", "c"]);
    }
}
