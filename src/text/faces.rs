//! The bundled faces: their data, family names and line metrics.

use super::{Face, FontId};

/// Bundled faces, indexed by [`super::FontId`].
pub(super) const FACES: [Face; 4] = [Face::Regular, Face::SemiBold, Face::Italic, Face::Icon];

/// Returns the bundled font file of a face.
#[must_use]
pub fn face_bytes(face: Face) -> &'static [u8] {
    match face {
        Face::Regular => include_bytes!("../../assets/fonts/Inter-Regular.otf"),
        Face::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
        Face::Italic => include_bytes!("../../assets/fonts/Inter-Italic.otf"),
        Face::Icon => include_bytes!("../../assets/fonts/Phosphor-Bold.ttf"),
    }
}

impl FontId {
    /// Whether this is a bundled face.
    #[must_use]
    pub fn is_bundled(self) -> bool {
        (self.0 as usize) < FACES.len()
    }
}

impl Face {
    /// Returns the family name for registration; unique, so that no installed font can replace it.
    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Regular => "Tieline Regular",
            Self::SemiBold => "Tieline SemiBold",
            Self::Italic => "Tieline Italic",
            Self::Icon => "Tieline Icon",
        }
    }

    /// Returns the index in [`FACES`].
    pub(super) fn index(self) -> usize {
        match self {
            Self::Regular => 0,
            Self::SemiBold => 1,
            Self::Italic => 2,
            Self::Icon => 3,
        }
    }

    /// Returns the distance between baselines, as a multiple of the font size.
    pub(crate) fn line_height(self) -> f32 {
        match self {
            Self::Regular | Self::SemiBold | Self::Italic => 1.25,
            Self::Icon => 1.0,
        }
    }
}
