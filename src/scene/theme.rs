//! Colors of a picture, light and dark.

use super::color::nearest;
use super::{Paint, Stroke};
use crate::model::{ActorKindId, Map, Rgb, TieKindId};

/// Colors for kinds without a color in the file: Paul Tol's bright set, then Okabe and Ito's.
const DEFAULT_HUES: [Rgb; 12] = [
    Rgb([0x44, 0x77, 0xaa]),
    Rgb([0xee, 0x66, 0x77]),
    Rgb([0x22, 0x88, 0x33]),
    Rgb([0xcc, 0xbb, 0x44]),
    Rgb([0x66, 0xcc, 0xee]),
    Rgb([0xaa, 0x33, 0x77]),
    Rgb([0xd5, 0x5e, 0x00]),
    Rgb([0x00, 0x9e, 0x73]),
    Rgb([0xcc, 0x79, 0xa7]),
    Rgb([0xe6, 0x9f, 0x00]),
    Rgb([0x56, 0xb4, 0xe9]),
    Rgb([0x00, 0x72, 0xb2]),
];

/// Hues of areas if there are many: those of [`DEFAULT_HUES`] that are told apart beside each other.
const AREA_HUES: [Rgb; 8] = [
    DEFAULT_HUES[0],
    DEFAULT_HUES[1],
    DEFAULT_HUES[2],
    DEFAULT_HUES[3],
    DEFAULT_HUES[5],
    DEFAULT_HUES[6],
    DEFAULT_HUES[7],
    DEFAULT_HUES[8],
];

/// Color of kinds that the file's vocabulary doesn't list.
const UNLISTED: Rgb = Rgb([0x80, 0x80, 0x80]);

/// Minimum contrast of lines and icons against their background.
const LINE_CONTRAST: f64 = 3.1;

/// Gray that is visible on both white and black, for rules on an unknown background.
const MIDDLE: Rgb = Rgb([0x8a, 0x8f, 0x96]);

/// Darkest and lightest background that an unknown slide may have.
const ANY_GROUND: [Rgb; 2] = [Rgb([0x14, 0x17, 0x1c]), Rgb([255; 3])];

/// Background below a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// The theme's own background.
    #[default]
    Own,
    /// White paper.
    White,
    /// A slide of any color, light or dark, below a transparent picture.
    Any,
}

/// Colors of a picture. Text has a contrast of at least 4.5:1 against its background, lines 3:1.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Background color.
    pub background: Rgb,
    /// Fill of cards.
    pub card: Rgb,
    /// Hairlines: frames of blocks, rules.
    pub hairline: Rgb,
    /// Names and other main text.
    pub text: Rgb,
    /// Secondary text: citation numbers, sources.
    pub muted: Rgb,
    /// Background below the picture.
    pub ground: Ground,
}

impl Theme {
    /// Dark on white.
    #[must_use]
    pub fn light() -> Self {
        Self {
            background: Rgb([255, 255, 255]),
            card: Rgb([255, 255, 255]),
            hairline: Rgb([0xd5, 0xd9, 0xde]),
            text: Rgb([0x16, 0x1b, 0x22]),
            muted: Rgb([0x55, 0x5e, 0x69]),
            ground: Ground::Own,
        }
    }

    /// Light on near-black.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            background: Rgb([0x14, 0x17, 0x1c]),
            card: Rgb([0x1d, 0x21, 0x28]),
            hairline: Rgb([0x3a, 0x41, 0x4b]),
            text: Rgb([0xee, 0xf0, 0xf3]),
            muted: Rgb([0xa6, 0xae, 0xb9]),
            ground: Ground::Own,
        }
    }

    /// Returns the theme for a picture on another background than its own.
    #[must_use]
    pub fn over(self, ground: Ground) -> Self {
        let background = if ground == Ground::White { Rgb([255; 3]) } else { self.background };
        Self { background, ground, ..self }
    }

    /// Returns the color behind the text of hollow labels and roles, so that no line runs through it.
    #[must_use]
    pub fn backing(&self) -> Rgb {
        if self.ground == Ground::Own { self.background } else { self.card }
    }

    /// Returns the theme for everything outside cards and labels: on the background, or on plates if that is unknown.
    pub(crate) fn outside(&self) -> Self {
        let Self { text, muted, hairline, .. } = Self::light();
        match self.ground {
            Ground::Own => self.clone(),
            Ground::White => Self { hairline, text, muted, ..self.clone() },
            Ground::Any => Self { hairline: MIDDLE, ..self.clone() },
        }
    }

    /// Returns the color of a kind of tie, adjusted for contrast on this theme.
    #[must_use]
    pub fn tie_kind(&self, map: &Map, kind: TieKindId) -> Rgb {
        let record = &map.tie_kinds()[kind];
        self.hue(record.color, record.is_listed, kind.index())
    }

    /// Returns the color of elements with several kinds.
    #[must_use]
    pub fn mixed(&self) -> Rgb {
        self.hue(None, false, 0)
    }

    /// Returns the color of a kind of actor; gray for an actor without one.
    #[must_use]
    pub fn actor_kind(&self, map: &Map, kind: Option<ActorKindId>) -> Rgb {
        let Some(kind) = kind else { return self.mixed() };
        let record = &map.actor_kinds()[kind];
        self.hue(record.color, record.is_listed, kind.index())
    }

    fn hue(&self, color: Option<Rgb>, is_listed: bool, index: usize) -> Rgb {
        let default = if is_listed { DEFAULT_HUES[index % DEFAULT_HUES.len()] } else { UNLISTED };
        let wanted = color.unwrap_or(default);
        let behind = if self.ground == Ground::Any { ANY_GROUND } else { [self.background; 2] };
        let is_seen = |hue: Rgb| {
            // Elements in this color may also be drawn on its own tint.
            let grounds = behind.into_iter().chain([self.card, self.tint(hue)]);
            grounds.into_iter().all(|ground| hue.contrast(ground) >= LINE_CONTRAST)
        };
        let found = nearest(wanted, self.is_dark(), is_seen);
        // Between a light and a dark background, the other direction may be the one that works.
        if is_seen(found) { found } else { nearest(wanted, !self.is_dark(), is_seen) }
    }

    /// Returns a hue adjusted for contrast of lines and dots on this theme.
    #[must_use]
    pub fn line_hue(&self, hue: Rgb) -> Rgb {
        self.hue(Some(hue), true, 0)
    }

    /// Returns a hue adjusted for text on the background, and on tints of areas.
    pub(super) fn title_hue(&self, hue: Rgb) -> Rgb {
        let (least, least_on_tint) = if self.is_dark() { (6.5, 4.6) } else { (5.5, 4.5) };
        let tints = DEFAULT_HUES.map(|hue| self.area_tint(hue));
        nearest(hue, self.is_dark(), |color| {
            let is_read = |tint: &Rgb| color.contrast(*tint) >= least_on_tint;
            color.contrast(self.backing()) >= least && tints.iter().all(is_read)
        })
    }

    /// Returns the strongest tint of an area in this hue.
    fn area_tint(&self, hue: Rgb) -> Rgb {
        self.backing().mix(hue, if self.is_dark() { 0.17 } else { 0.13 })
    }

    /// Returns the hues that tell so many areas apart.
    pub(super) fn area_hues(count: usize) -> &'static [Rgb] {
        if count <= DEFAULT_HUES.len() { &DEFAULT_HUES } else { &AREA_HUES }
    }

    /// Returns whether it is light on dark.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.card.luminance() < 0.18
    }

    /// Returns a light tint of a hue, on which text is readable.
    #[must_use]
    pub fn tint(&self, hue: Rgb) -> Rgb {
        // Tints appear weaker on a dark background.
        let share = if self.is_dark() { 0.16 } else { 0.10 };
        self.card.mix(hue, share)
    }
}

/// Returns an opaque paint.
pub(super) fn solid(color: Rgb) -> Paint {
    Paint { color, opacity: 1.0 }
}

/// Returns a solid stroke.
pub(super) fn line(color: Rgb, width: f32) -> Stroke {
    Stroke { paint: solid(color), width, dashes: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes() -> [Theme; 2] {
        [Theme::light(), Theme::dark()]
    }

    #[test]
    fn text_is_read_on_every_ground() {
        for theme in themes() {
            let mut grounds = vec![theme.background, theme.card];
            grounds.extend(DEFAULT_HUES.iter().map(|&hue| theme.tint(theme.hue(Some(hue), true, 0))));
            for ground in grounds {
                assert!(theme.text.contrast(ground) >= 4.5, "{:?} on {ground:?}", theme.text);
                assert!(theme.muted.contrast(ground) >= 4.5, "{:?} on {ground:?}", theme.muted);
            }
        }
    }

    #[test]
    fn lines_are_seen_whatever_color_the_file_gives() {
        for theme in themes() {
            for step in 0..512_u32 {
                let wanted = Rgb([(step & 7) as u8 * 36, (step >> 3 & 7) as u8 * 36, (step >> 6) as u8 * 36]);
                let hue = theme.hue(Some(wanted), true, 0);
                for ground in [theme.background, theme.card, theme.tint(hue)] {
                    assert!(hue.contrast(ground) >= 3.0, "{wanted:?} as {hue:?} on {ground:?}");
                }
            }
        }
    }

    #[test]
    fn on_any_ground_everything_is_seen_on_white_and_on_black() {
        for theme in themes().map(|theme| theme.over(Ground::Any)) {
            for step in 0..512_u32 {
                let wanted = Rgb([(step & 7) as u8 * 36, (step >> 3 & 7) as u8 * 36, (step >> 6) as u8 * 36]);
                let hue = theme.hue(Some(wanted), true, 0);
                for ground in [ANY_GROUND[0], ANY_GROUND[1], theme.card, theme.tint(hue)] {
                    assert!(hue.contrast(ground) >= 3.0, "{wanted:?} as {hue:?} on {ground:?}");
                }
            }
            for text in [theme.outside().text, theme.outside().muted] {
                assert!(text.contrast(theme.backing()) >= 4.5, "{text:?} on a plate");
            }
        }
        for theme in themes().map(|theme| theme.over(Ground::White)) {
            assert!(theme.outside().muted.contrast(theme.background) >= 4.5);
            assert!(theme.text.contrast(theme.backing()) >= 4.5);
        }
    }
}
