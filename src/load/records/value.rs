//! The value types of most fields.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::load::loose::Loose;

/// Text of the file, borrowed if it contains no escapes.
pub(crate) type JsonText<'a> = Cow<'a, str>;
/// A list of values, each of which may be of the wrong type.
pub(crate) type List<T> = Vec<Loose<T>>;
/// A value as written in the file, so that numbers lose no digit; `null` counts as absent.
pub(crate) type Raw<'a> = Option<&'a RawValue>;
