//! The text of a file with comments: what stands where in it, whatever is wrong with it, and changes of single parts
//! that leave every other byte as it is. Knows no map.
//!
//! `blank` makes plain JSON of the same length, `scan` finds its shape with the tokens of `lex` and reports faults to a
//! `FaultSink`, `repair` writes what was found as strict JSON, and an `Editor` collects a `TextEdit`.

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
pub(crate) use tape::{Lists, MOST_BYTES, Step, Tape};
pub(crate) use text_edit::Overlap;
