//! The JSON Schema of the map file, made from the record structs, so that editors complete and check as one types.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::model::{Arrangement, Confidence, LabelMode, PairMode, SourceKind, Stage, Stance, Status};

use super::loose::{Entries, Loose, Rare, Unused};
use super::records::{ClaimRecord, FileRecord, PairList, PairRecord};

/// The JSON Schema of the map file (draft 2020-12).
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<FileRecord>();
    schema.insert("title".to_owned(), "Tieline map, version 1".into());
    schema.to_value()
}

/// Implements a schema that is written out where it is used.
macro_rules! inline_schema {
    ($(<$($param:tt),+>)? $type:ty, $name:literal, |$generator:ident| $schema:expr) => {
        impl $(<$($param),+>)? JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

impl<T: JsonSchema> JsonSchema for Loose<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
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

    fn schema_name() -> Cow<'static, str> {
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

    fn schema_name() -> Cow<'static, str> {
        "Entries".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

inline_schema!(Unused, "Anything", |_generator| true.into());

/// Any value.
pub(crate) struct Anything;
inline_schema!(Anything, "Anything", |_generator| json_schema!({ "type": ["object", "array"] }));

/// The word that makes JSON a map.
pub(crate) struct Format;
inline_schema!(Format, "Format", |_generator| json_schema!({ "const": "tieline" }));

/// MAJOR.MINOR.
pub(crate) struct Version;
inline_schema!(Version, "Version", |_generator| json_schema!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+$" }));

/// A number, or its digits as text.
pub(crate) struct Number;
inline_schema!(Number, "Number", |_generator| json_schema!({
    "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "^[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$" }]
}));

/// Two numbers.
pub(crate) struct Pair;
inline_schema!(Pair, "Pair", |_generator| json_schema!({
    "type": "array", "items": { "type": "number", "minimum": -1e7, "maximum": 1e7 }, "minItems": 2, "maxItems": 2
}));

/// Two ids.
pub(crate) struct TwoIds;
inline_schema!(TwoIds, "TwoIds", |_generator| json_schema!({
    "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2
}));

inline_schema!(PairList<'_>, "Pairs", |generator| {
    let record = generator.subschema_for::<PairRecord>();
    json_schema!({ "anyOf": [{ "type": "array", "items": record }, { "type": "object", "maxProperties": 0 }] })
});

/// `#RRGGBB` or `#RGB`.
pub(crate) struct Color;
inline_schema!(Color, "Color", |_generator| json_schema!({
    "type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"
}));

/// A hash as hexadecimal digits.
pub(crate) struct Sha256;
inline_schema!(Sha256, "Sha256", |_generator| json_schema!({ "type": "string", "pattern": "^[0-9a-fA-F]{64}$" }));

/// What came out of a check.
pub(crate) struct ResultWord;
inline_schema!(ResultWord, "Result", |_generator| json_schema!({ "enum": ["ok", "wrong", "unclear"] }));

/// What is in view.
pub(crate) struct Camera;
inline_schema!(Camera, "Camera", |_generator| json_schema!({
    "anyOf": [{ "enum": ["all", "shown"] }, {
        "type": "object",
        "properties": { "x": { "type": "number" }, "y": { "type": "number" }, "zoom": { "type": "number" } },
        "required": ["x", "y", "zoom"]
    }]
}));

/// Whether a label is shown.
pub(crate) struct LabelWord;
inline_schema!(LabelWord, "Label", |_generator| json_schema!({ "enum": ["show", "hide"] }));

/// A list of ties: claims with a kind, and either two ends or parties.
pub(crate) struct Ties;
inline_schema!(Ties, "Ties", |generator| {
    let claim = generator.subschema_for::<ClaimRecord>();
    let ends = json_schema!({ "anyOf": [{ "required": ["from", "to"] }, { "required": ["parties"] }] });
    json_schema!({ "type": ["array", "null"], "items": { "allOf": [claim, { "required": ["kind"] }, ends] } })
});

/// A list of facts: claims with an actor and a text.
pub(crate) struct Facts;
inline_schema!(Facts, "Facts", |generator| {
    let claim = generator.subschema_for::<ClaimRecord>();
    json_schema!({ "type": ["array", "null"], "items": { "allOf": [claim, { "required": ["actor", "text"] }] } })
});

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
