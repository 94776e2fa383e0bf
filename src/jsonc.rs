//! Text of JSON files with comments: tolerant scanning, repair, and edits of single values that leave every other byte
//! unchanged. Independent of the map.
//!
//! `blank` produces plain JSON of the same length, `scan` builds a `Tape` from the tokens of `lex` and reports faults
//! to a `FaultSink`, `repair` writes the tape as strict JSON, and an `Editor` collects a `TextEdit`.

mod blank;
mod edit;
pub(crate) mod lex;
mod repair;
mod scan;
mod tape;
pub(crate) mod text_edit;

pub(crate) use blank::blank;
pub(crate) use edit::Editor;
pub(crate) use lex::{decode_text, quoted};
pub(crate) use repair::{pretty_json, strict_json};
pub(crate) use scan::{FaultSink, scan, scan_sound};
pub(crate) use tape::{MAX_BYTES, PathStep, RootLists, Tape};
pub(crate) use text_edit::Overlap;
