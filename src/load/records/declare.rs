//! The `record!` macro: declares the fields of a record with their names in the file. It generates a reader that
//! tolerates bad and repeated fields, the schema, and a struct for writing.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::value::Raw;
use crate::load::loose::{Loose, Rare};

/// A name in a record that was not read.
#[derive(Debug)]
pub(crate) enum Extra<'a> {
    /// An unknown field.
    Unknown(Cow<'a, str>, &'a RawValue),
    /// A custom field (`x-…`).
    Own(Cow<'a, str>, &'a RawValue),
    /// A repeated field; the first one counts.
    Repeated(&'static str),
}

/// A field that reports whether it is filled.
pub(super) trait FieldSlot {
    fn is_empty_slot(&self) -> bool;
}

impl<T> FieldSlot for Loose<T> {
    fn is_empty_slot(&self) -> bool {
        self.is_absent()
    }
}

impl<T> FieldSlot for Rare<T> {
    fn is_empty_slot(&self) -> bool {
        self.is_absent()
    }
}

impl FieldSlot for Raw<'_> {
    fn is_empty_slot(&self) -> bool {
        self.is_none()
    }
}

macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident, $json:ident $title:tt requires [$($required:tt),*] {
            $($(#[$fdoc:meta])* $field:ident: $word:tt as $type:ty,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default, schemars::JsonSchema)]
        #[schemars(rename = $title, extend("required" = [$($required),*]))]
        pub(crate) struct $name<'a> {
            $($(#[$fdoc])* #[schemars(rename = $word)] pub(crate) $field: $type,)+
            /// Unread names in the record.
            #[schemars(skip)]
            pub(crate) extras: Vec<Extra<'a>>,
        }

        /// The same fields for writing, as JSON; `None` if there is nothing to write.
        #[derive(Debug, Default)]
        #[allow(dead_code, reason = "the file as a whole is written list by list")]
        pub(crate) struct $json {
            $(pub(crate) $field: Option<serde_json::Value>,)+
        }

        #[allow(dead_code, reason = "the file as a whole is written list by list")]
        impl $json {
            /// Returns the object with the non-empty fields, in the order of the format.
            pub(crate) fn into_object(self) -> serde_json::Map<String, serde_json::Value> {
                let fields = [$(($word, self.$field),)+];
                fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
            }
        }

        impl $name<'_> {
            /// The names of all fields.
            pub(crate) const FIELDS: &'static [&'static str] = &[$($word,)+];
        }

        impl<'a> FromJson<'a> for $name<'a> {
            const EXPECTED: &'static str = "an object";

            fn from_object<A: MapAccess<'a>>(mut object: A) -> Result<Option<Self>, A::Error> {
                let mut record = Self::default();
                while let Some(Name(name)) = object.next_key()? {
                    match &*name {
                        $($word => {
                            if record.$field.is_empty_slot() {
                                record.$field = object.next_value()?;
                            } else {
                                object.next_value::<IgnoredAny>()?;
                                record.extras.push(Extra::Repeated($word));
                            }
                        })+
                        _ => {
                            let value = object.next_value::<&'a serde_json::value::RawValue>()?;
                            let is_own = name.starts_with("x-");
                            let extra = if is_own { Extra::Own(name, value) } else { Extra::Unknown(name, value) };
                            record.extras.push(extra);
                        }
                    }
                }
                Ok(Some(record))
            }
        }
    };
}
pub(super) use record;
