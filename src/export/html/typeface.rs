//! Embeds the typeface of the picture in a page, reduced to the characters that the page uses.
//!
//! Kerning and other features are left out: their tables are larger than the remaining outlines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use skrifa::{FontRef, MetadataProvider as _, Tag};
use subsetter::{GlyphRemapper, subset};
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::types::GlyphId;

use crate::text::{Face, face_bytes};

/// Tables that the reduction keeps.
const KEPT: [&[u8; 4]; 7] = [b"CFF ", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"];

/// Returns the rules that define the typeface: regular and semibold for the characters of `texts`, italic for those of
/// `quotes`. Characters that the typeface lacks are left to the reader's fonts.
pub(super) fn font_rules(texts: &[&str], quotes: &str) -> String {
    // Readers may search for anything; the non-breaking space is written as an escape in the style.
    let used: BTreeSet<char> = texts.iter().flat_map(|text| text.chars()).chain(' '..='~').chain(['\u{a0}']).collect();
    let quoted: BTreeSet<char> = quotes.chars().collect();
    let faces = [
        (Face::Regular, "font-weight:400", &used),
        (Face::SemiBold, "font-weight:600", &used),
        (Face::Italic, "font-weight:400;font-style:italic", &quoted),
    ];
    let mut rules = String::new();
    for (face, style, chars) in faces {
        let Some(font) = reduced(face, chars) else { continue };
        let _ = writeln!(
            rules,
            "@font-face{{font-family:Inter;{style};src:url(data:font/otf;base64,{}) format(\"opentype\")}}",
            STANDARD.encode(font)
        );
    }
    rules
}

/// Returns a font file with these characters of a face, or `None` if the face has none of them.
fn reduced(face: Face, chars: &BTreeSet<char>) -> Option<Vec<u8>> {
    let bytes = face_bytes(face);
    let whole = FontRef::new(bytes).ok()?;
    let charmap = whole.charmap();
    let mut glyphs = GlyphRemapper::new();
    let mut mappings = Vec::new();
    for &c in chars {
        let glyph = charmap.map(c).and_then(|glyph| u16::try_from(glyph.to_u32()).ok());
        mappings.extend(glyph.map(|glyph| (c, GlyphId::new(u32::from(glyphs.remap(glyph))))));
    }
    if mappings.is_empty() {
        return None;
    }
    let subset = subset(bytes, 0, &glyphs).ok()?;
    let subset = FontRef::new(&subset).ok()?;
    // The reduction is meant for PDFs, so two tables that browsers require are added.
    let tables = KEPT.into_iter().map(|name| (name, &subset)).chain([(b"OS/2", &whole)]);
    let mut builder = FontBuilder::new();
    for (name, font) in tables {
        let data = font.table_data(Tag::new(name))?;
        builder.add_raw(write_fonts::types::Tag::new(name), data.as_bytes());
    }
    builder.add_table(&Cmap::from_mappings(mappings).ok()?).ok()?;
    Some(builder.build())
}

#[cfg(test)]
mod tests {
    use skrifa::instance::{LocationRef, Size};

    use super::*;

    #[test]
    fn a_reduced_font_has_the_same_advances_and_no_more_characters() {
        for face in [Face::Regular, Face::SemiBold, Face::Italic] {
            let chars: BTreeSet<char> = "Añ–0 \u{4e2d}".chars().collect();
            let bytes = reduced(face, &chars).expect("a font");
            assert!(bytes.len() * 20 < face_bytes(face).len(), "{face:?} has {} bytes", bytes.len());
            let fonts = [FontRef::new(&bytes).expect("read"), FontRef::new(face_bytes(face)).expect("read")];
            let advances = fonts.map(|font| {
                let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
                let glyphs = "Añ–0 ".chars().map(|c| font.charmap().map(c).expect("a glyph"));
                glyphs.map(|glyph| metrics.advance_width(glyph).expect("a width")).collect::<Vec<_>>()
            });
            assert_eq!(advances[0], advances[1], "{face:?}");
            let font = FontRef::new(&bytes).expect("read");
            assert_eq!(font.charmap().mappings().count(), 5, "the typeface has no Chinese, and B is not used");
        }
        assert_eq!(reduced(Face::Italic, &BTreeSet::new()), None);
    }
}
