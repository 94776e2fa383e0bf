//! Outlines of glyphs, each defined once per picture and drawn by reference, since text makes up most of a large
//! picture.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use emath::Pos2;
use sha2::{Digest, Sha256};

use super::Num;
use crate::text::{FontId, Fonts, PathSegment};

/// Outline units per font size; with two decimals, coordinates are exact to 1/10,000 of the font size.
pub(super) const UNITS_PER_EM: f32 = 100.0;

/// The glyphs of a picture. Outlines are independent of the font size.
#[derive(Debug, Default)]
pub(in crate::export) struct Glyphs {
    /// Ids by font and glyph; `None` for a glyph without ink.
    ids: HashMap<(FontId, u32), Option<String>>,
    /// Ids already defined; several glyphs may share an outline.
    defined: BTreeSet<String>,
    markup: String,
}

impl Glyphs {
    /// Returns the id of a glyph's outline and defines it if it is new; `None` for a glyph without ink.
    pub(super) fn id(&mut self, fonts: &Fonts, font: FontId, glyph: u32) -> Option<&str> {
        let Self { ids, defined, markup } = self;
        let id = ids.entry((font, glyph)).or_insert_with(|| {
            let data = path_data(&fonts.outline(font, glyph, UNITS_PER_EM));
            if data.is_empty() {
                return None;
            }
            let id = id_of(&data);
            if defined.insert(id.clone()) {
                let _ = write!(markup, "<path id=\"{id}\" d=\"{data}\"/>");
            }
            Some(id)
        });
        id.as_deref()
    }

    /// Returns the definitions in order of first use; empty if there are none.
    pub(in crate::export) fn defs(&self) -> String {
        if self.markup.is_empty() { String::new() } else { format!("<defs>{}</defs>\n", self.markup) }
    }
}

fn path_data(steps: &[PathSegment]) -> String {
    let mut data = String::new();
    for step in steps {
        push_step(&mut data, *step);
    }
    data
}

/// Appends one segment of an outline.
pub(super) fn push_step(data: &mut String, step: PathSegment) {
    let at = |point: Pos2| (Num(point.x), Num(point.y));
    let _ = match step {
        PathSegment::Move(a) => write!(data, "M{} {}", at(a).0, at(a).1),
        PathSegment::Line(a) => write!(data, "L{} {}", at(a).0, at(a).1),
        PathSegment::Quad(a, b) => write!(data, "Q{} {} {} {}", at(a).0, at(a).1, at(b).0, at(b).1),
        PathSegment::Cubic(a, b, c) => {
            write!(data, "C{} {} {} {} {} {}", at(a).0, at(a).1, at(b).0, at(b).1, at(c).0, at(c).1)
        }
        PathSegment::Close => data.write_char('Z'),
    };
}

/// Returns an id derived from the outline, so that pictures embedded in the same page don't mix up their glyphs: if two
/// of them define the same id, it is the same outline. Contains only consonants, so that it never spells a word or
/// number.
fn id_of(data: &str) -> String {
    const SIGNS: &[u8; 32] = b"bcdfghjklmnpqrstvwxzBCDFGHJKLMNP";
    /// Ten characters of five bits each: with 10,000 outlines per picture, one picture in 20 million has a collision.
    const LENGTH: usize = 10;
    let digest = Sha256::digest(data.as_bytes());
    digest.iter().take(LENGTH).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
}
