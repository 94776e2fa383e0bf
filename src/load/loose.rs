//! Tolerant deserialization: a value of the wrong type is recorded as such, so that one pass over a file reads all
//! valid values.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value that may be absent or of the wrong type; `null` counts as absent.
#[derive(Debug, Default)]
pub(crate) enum Loose<T> {
    /// Nothing, or `null`.
    #[default]
    Absent,
    /// A value of the right type.
    Good(T),
    /// A value of another type, given by its display name: "a number".
    Bad(&'static str),
}

impl<T> Loose<T> {
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// A type read from a JSON value, with one method for each JSON type; the default implementations reject it.
pub(crate) trait FromJson<'de>: Sized {
    /// The display name of the expected type: "text".
    const EXPECTED: &'static str;

    fn from_text(_text: Cow<'de, str>) -> Option<Self> {
        None
    }

    fn from_flag(_flag: bool) -> Option<Self> {
        None
    }

    fn from_whole(_number: u64) -> Option<Self> {
        None
    }

    fn from_float(_number: f64) -> Option<Self> {
        None
    }

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

struct LooseVisitor<T>(PhantomData<T>);

fn or_bad<T>(value: Option<T>, found: &'static str) -> Loose<T> {
    value.map_or(Loose::Bad(found), Loose::Good)
}

impl<'de, T: FromJson<'de>> Visitor<'de> for LooseVisitor<T> {
    type Value = Loose<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(T::EXPECTED)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Loose::Absent)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(or_bad(T::from_flag(value), "true or false"))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(or_bad(T::from_whole(value).or_else(|| T::from_float(value as f64)), "a number"))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(or_bad(T::from_float(value as f64), "a number"))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(or_bad(T::from_float(value), "a number"))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(or_bad(T::from_text(Cow::Borrowed(value)), "text"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(or_bad(T::from_text(Cow::Owned(value.to_owned())), "text"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Ok(or_bad(T::from_list(list)?, "a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        Ok(or_bad(T::from_object(object)?, "an object"))
    }
}

impl<'de, T: FromJson<'de>> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor(PhantomData))
    }
}

/// A value that most records lack; one pointer in size.
#[derive(Debug)]
pub(crate) struct Rare<T>(Option<Box<Loose<T>>>);

impl<T> Rare<T> {
    pub(crate) fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    /// Converts to `Loose`, the representation used for common fields.
    pub(crate) fn open(self) -> Loose<T> {
        self.0.map_or(Loose::Absent, |value| *value)
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: FromJson<'de>> Deserialize<'de> for Rare<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Loose::deserialize(deserializer)?;
        Ok(Self((!value.is_absent()).then(|| Box::new(value))))
    }
}

impl<'de> FromJson<'de> for Cow<'de, str> {
    const EXPECTED: &'static str = "text";

    fn from_text(text: Cow<'de, str>) -> Option<Self> {
        Some(text)
    }
}

impl FromJson<'_> for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_flag(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

impl FromJson<'_> for u64 {
    const EXPECTED: &'static str = "a whole number";

    fn from_whole(number: u64) -> Option<Self> {
        Some(number)
    }
}

impl FromJson<'_> for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_float(number: f64) -> Option<Self> {
        Some(number)
    }
}

impl<'de, T: FromJson<'de>> FromJson<'de> for Vec<Loose<T>> {
    const EXPECTED: &'static str = "a list";

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        // Most short lists have one element, for which `push` would reserve room for four.
        let Some(first) = list.next_element()? else { return Ok(Some(Self::new())) };
        let mut elements = vec![first];
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Some(elements))
    }
}

impl<'de, T: FromJson<'de>> FromJson<'de> for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_list<A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        Ok(T::from_list(list)?.map(Self::new))
    }

    fn from_object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(T::from_object(object)?.map(Self::new))
    }
}

/// A name in an object, borrowed from the text unless it contains escapes.
#[derive(Debug)]
pub(crate) struct Name<'de>(pub(crate) Cow<'de, str>);

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

/// An object with arbitrary names, in file order.
#[derive(Debug)]
pub(crate) struct Entries<'de, T>(pub(crate) Vec<(Cow<'de, str>, Loose<T>)>);

impl<'de, T: FromJson<'de>> FromJson<'de> for Entries<'de, T> {
    const EXPECTED: &'static str = "an object";

    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut entries = Vec::new();
        while let Some((Name(name), value)) = object.next_entry()? {
            entries.push((name, value));
        }
        Ok(Some(Self(entries)))
    }
}

/// An ignored value of any type, for a field that this program doesn't use.
#[derive(Debug)]
pub(crate) struct Unused;

impl<'de> FromJson<'de> for Unused {
    const EXPECTED: &'static str = "anything";

    fn from_text(_: Cow<'de, str>) -> Option<Self> {
        Some(Self)
    }

    fn from_flag(_: bool) -> Option<Self> {
        Some(Self)
    }

    fn from_float(_: f64) -> Option<Self> {
        Some(Self)
    }

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Some(Self))
    }

    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some(Self))
    }
}
