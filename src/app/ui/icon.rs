//! The Phosphor icons that panels use, by their code points in the bundled icon font.

pub(crate) const EYE: char = '\u{E220}';
pub(crate) const EYE_SLASH: char = '\u{E224}';
pub(crate) const MAGNIFYING_GLASS: char = '\u{E30C}';
pub(crate) const TRASH: char = '\u{E4A6}';
pub(crate) const PENCIL: char = '\u{E3B4}';
pub(crate) const EXPORT: char = '\u{EAF0}';
pub(crate) const CARET_DOWN: char = '\u{E136}';
pub(crate) const CARET_LEFT: char = '\u{E138}';
pub(crate) const CARET_RIGHT: char = '\u{E13A}';
pub(crate) const CROSS: char = '\u{E4F6}';
pub(crate) const CHECK: char = '\u{E182}';
pub(crate) const WARNING: char = '\u{E4E0}';
pub(crate) const INFO: char = '\u{E2CE}';
pub(crate) const CHECK_CIRCLE: char = '\u{E184}';
pub(crate) const OPEN_OUTSIDE: char = '\u{E5DE}';
/// Used for kinds without an icon.
pub(crate) const DOT: char = '\u{ECDE}';
