//! Outlines of glyphs, each written once into a picture and drawn by reference: text is most of a large picture.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use emath::Pos2;
use sha2::{Digest, Sha256};

use super::Num;
use crate::text::{FontId, Fonts, PathSegment};

/// Units of an outline per font size: with two decimals, coordinates are exact to a ten-thousandth of it.
pub(super) const UNITS_PER_EM: f32 = 100.0;

/// The glyphs that a picture draws. Outlines are independent of the font size.
#[derive(Debug, Default)]
pub(in crate::export) struct Glyphs {
    /// Ids by font and glyph; `None` for a glyph without ink.
    ids: HashMap<(FontId, u32), Option<String>>,
    /// Ids that are defined: two glyphs may have one outline.
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

    /// Returns the definitions, in the order in which the picture first needs them; empty without any.
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

/// Writes one step of an outline.
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

/// An id made from the outline itself, so that pictures in one page can't take each other's glyphs for their own: an
/// id that two of them define is the same outline in both. Consonants only: an id never spells a name or a figure.
fn id_of(data: &str) -> String {
    const SIGNS: &[u8; 32] = b"bcdfghjklmnpqrstvwxzBCDFGHJKLMNP";
    /// Ten signs of five bits: among ten thousand outlines two share an id once in 20 million pictures.
    const LENGTH: usize = 10;
    let digest = Sha256::digest(data.as_bytes());
    digest.iter().take(LENGTH).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
}
