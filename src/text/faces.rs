//! The bundled faces: their bytes, their names for the shaper, and where their baselines lie.

use super::{Face, FontId};

/// The bundled faces in the order of their [`super::FontId`]s.
pub(super) const FACES: [Face; 4] = [Face::Regular, Face::SemiBold, Face::Italic, Face::Icon];

/// The bytes of a bundled font file, the same for screen, measuring and pictures.
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
    /// Whether it is one of the bundled faces.
    #[must_use]
    pub fn is_bundled(self) -> bool {
        (self.0 as usize) < FACES.len()
    }
}

impl Face {
    /// The family name it is registered under: our own, so that no installed font can take its place.
    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Regular => "Tieline Regular",
            Self::SemiBold => "Tieline SemiBold",
            Self::Italic => "Tieline Italic",
            Self::Icon => "Tieline Icon",
        }
    }

    /// Its place in [`FACES`].
    pub(super) fn index(self) -> usize {
        match self {
            Self::Regular => 0,
            Self::SemiBold => 1,
            Self::Italic => 2,
            Self::Icon => 3,
        }
    }

    /// Distance of two baselines, as a multiple of the font size.
    pub(crate) fn line_height(self) -> f32 {
        match self {
            Self::Regular | Self::SemiBold | Self::Italic => 1.25,
            Self::Icon => 1.0,
        }
    }
}
