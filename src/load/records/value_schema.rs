//! The JSON Schema of single values.

use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::load::loose::{Entries, Loose, Rare, Unused};
use crate::model::{Arrangement, Confidence, LabelMode, PairMode, SourceKind, Stage, Stance, Status};

/// Implements a schema that is inlined where it is used.
macro_rules! inline_schema {
    ($(<$($param:tt),+>)? $type:ty, $name:literal, |$generator:ident| $schema:expr) => {
        impl $(<$($param),+>)? JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}
pub(super) use inline_schema;

impl<T: JsonSchema> JsonSchema for Loose<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Rare<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Entries".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

inline_schema!(Unused, "Anything", |_generator| true.into());

/// An object or a list with any contents.
pub(crate) struct Anything;
inline_schema!(Anything, "Anything", |_generator| json_schema!({ "type": ["object", "array"] }));

/// The constant "tieline".
pub(crate) struct FormatWord;
inline_schema!(FormatWord, "Format", |_generator| json_schema!({ "const": "tieline" }));

/// A version, MAJOR.MINOR.
pub(crate) struct VersionText;
inline_schema!(VersionText, "Version", |_generator| json_schema!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+$" }));

/// A number, or its digits as text.
pub(crate) struct Number;
inline_schema!(Number, "Number", |_generator| json_schema!({
    "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "^[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$" }]
}));

/// Two numbers.
pub(crate) struct TwoNumbers;
inline_schema!(TwoNumbers, "Pair", |_generator| json_schema!({
    "type": "array", "items": { "type": "number", "minimum": -1e7, "maximum": 1e7 }, "minItems": 2, "maxItems": 2
}));

/// Two ids.
pub(crate) struct TwoIds;
inline_schema!(TwoIds, "TwoIds", |_generator| json_schema!({
    "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2
}));

/// `#RRGGBB` or `#RGB`.
pub(crate) struct Color;
inline_schema!(Color, "Color", |_generator| json_schema!({
    "type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"
}));

/// A hash as hexadecimal digits.
pub(crate) struct Sha256;
inline_schema!(Sha256, "Sha256", |_generator| json_schema!({ "type": "string", "pattern": "^[0-9a-fA-F]{64}$" }));

/// The result of a check.
pub(crate) struct ResultWord;
inline_schema!(ResultWord, "Result", |_generator| json_schema!({ "enum": ["ok", "wrong", "unclear"] }));

/// A camera: "all", "shown", or a position and zoom.
pub(crate) struct CameraValue;
inline_schema!(CameraValue, "Camera", |_generator| json_schema!({
    "anyOf": [{ "enum": ["all", "shown"] }, {
        "type": "object",
        "properties": { "x": { "type": "number" }, "y": { "type": "number" }, "zoom": { "type": "number" } },
        "required": ["x", "y", "zoom"]
    }]
}));

/// "show" or "hide".
pub(crate) struct LabelWord;
inline_schema!(LabelWord, "Label", |_generator| json_schema!({ "enum": ["show", "hide"] }));

/// A word of a closed list.
pub(crate) struct WordOf<T>(PhantomData<T>);

macro_rules! word_schema {
    ($($list:ident),+) => {
        $(inline_schema!(WordOf<$list>, "Word", |_generator| {
            let words: Vec<&str> = $list::ALL.iter().map(|word| word.word()).collect();
            json_schema!({ "enum": words })
        });)+
    };
}

word_schema!(Arrangement, Confidence, LabelMode, PairMode, SourceKind, Stage, Stance, Status);
