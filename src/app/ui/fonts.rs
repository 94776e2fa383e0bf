//! Installs the bundled fonts in egui.

use std::sync::{Arc, OnceLock};

use egui::{Context, FontData, FontDefinitions, FontFamily};

use crate::text::{Face, FontFile, face_bytes};

/// Returns the name under which a face is registered as a font family.
fn family_name(face: Face) -> &'static str {
    match face {
        Face::Regular => "inter",
        Face::SemiBold => "inter-semibold",
        Face::Italic => "inter-italic",
        Face::Icon => "icons",
    }
}

/// Returns the font family of a face, as registered by [`install_fonts`].
pub(crate) fn family(face: Face) -> FontFamily {
    static FAMILIES: OnceLock<[FontFamily; 4]> = OnceLock::new();
    let families = FAMILIES.get_or_init(|| {
        [Face::Regular, Face::SemiBold, Face::Italic, Face::Icon].map(|face| FontFamily::Name(family_name(face).into()))
    });
    match face {
        Face::Regular => families[0].clone(),
        Face::SemiBold => families[1].clone(),
        Face::Italic => families[2].clone(),
        Face::Icon => families[3].clone(),
    }
}

/// Installs the bundled fonts: Inter for all text, then the icons, then `more` as fallback for characters that Inter
/// lacks.
pub(crate) fn install_fonts(ctx: &Context, more: &[FontFile]) {
    let mut fonts = FontDefinitions::empty();
    let mut fallbacks = vec![family_name(Face::Icon).to_owned()];
    for (number, file) in more.iter().enumerate() {
        let name = format!("system {number}");
        let bytes = (*file.bytes).as_ref().to_vec();
        let data = FontData { index: file.index, ..FontData::from_owned(bytes) };
        fonts.font_data.insert(name.clone(), Arc::new(data));
        fallbacks.push(name);
    }
    let chain = |face: Face| {
        std::iter::once(family_name(face).to_owned()).chain(fallbacks.iter().cloned()).collect::<Vec<String>>()
    };
    for face in [Face::Regular, Face::SemiBold, Face::Italic, Face::Icon] {
        let name = family_name(face);
        let mut data = FontData::from_static(face_bytes(face));
        if face == Face::Icon {
            // Hinting distorts the shapes of icons.
            data.tweak.hinting = Some(false);
        }
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        fonts.families.insert(family(face), if face == Face::Icon { vec![name.to_owned()] } else { chain(face) });
    }
    for standard in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(standard, chain(Face::Regular));
    }
    ctx.set_fonts(fonts);
}
