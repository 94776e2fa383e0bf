//! The colors of a picture, light and dark.

use super::color::nearest;
use super::{Paint, Stroke};
use crate::model::{ActorId, ActorKindId, Map, Rgb, TieKindId};

/// Colors for kinds to which the file gives none: Paul Tol's bright set, then Okabe and Ito's.
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

/// The color of kinds that the file's vocabulary does not list.
const UNLISTED: Rgb = Rgb([0x80, 0x80, 0x80]);

/// The least contrast of lines and icons to what they lie on.
const LINE_CONTRAST: f64 = 3.1;

/// Gray that is seen on white and on black alike, for rules on a ground nobody knows.
const MIDDLE: Rgb = Rgb([0x8a, 0x8f, 0x96]);

/// The darkest and the lightest ground that an unknown slide may have.
const ANY_GROUND: [Rgb; 2] = [Rgb([0x14, 0x17, 0x1c]), Rgb([255; 3])];

/// What a picture lies on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// The theme's own background.
    #[default]
    Own,
    /// White paper.
    White,
    /// A slide of any color, light or dark, that shows through.
    Any,
}

/// The colors that everything is drawn in. Texts have a contrast of at least 4.5:1 to what they lie on, lines 3:1.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What lies behind everything.
    pub background: Rgb,
    /// The inside of cards.
    pub card: Rgb,
    /// Hairlines: frames of blocks, rules.
    pub hairline: Rgb,
    /// Names and other main text.
    pub text: Rgb,
    /// Secondary text: citation numbers, sources.
    pub muted: Rgb,
    /// What everything lies on.
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

    /// The same theme for a picture that lies on something else than its own background.
    #[must_use]
    pub fn over(self, ground: Ground) -> Self {
        let background = if ground == Ground::White { Rgb([255; 3]) } else { self.background };
        Self { background, ground, ..self }
    }

    /// What lies behind the words of hollow labels and of roles, so that no line runs through them.
    pub(super) fn backing(&self) -> Rgb {
        if self.ground == Ground::Own { self.background } else { self.card }
    }

    /// The theme of what lies outside cards and labels: on the ground, or on plates where nobody knows the ground.
    pub(super) fn outside(&self) -> Self {
        let Self { text, muted, hairline, .. } = Self::light();
        match self.ground {
            Ground::Own => self.clone(),
            Ground::White => Self { hairline, text, muted, ..self.clone() },
            Ground::Any => Self { hairline: MIDDLE, ..self.clone() },
        }
    }

    /// The color of a kind of tie, as it is seen well on this theme.
    #[must_use]
    pub fn tie_kind(&self, map: &Map, kind: TieKindId) -> Rgb {
        let record = &map.tie_kinds()[kind];
        self.hue(record.color, record.is_listed, kind.index())
    }

    /// The color of what is of several kinds at once.
    pub(super) fn mixed(&self) -> Rgb {
        self.hue(None, false, 0)
    }

    /// The color of a kind of actor; gray for an actor without one.
    #[must_use]
    pub fn actor_kind(&self, map: &Map, kind: Option<ActorKindId>) -> Rgb {
        let Some(kind) = kind else { return self.mixed() };
        let record = &map.actor_kinds()[kind];
        self.hue(record.color, record.is_listed, kind.index())
    }

    /// The color of an actor.
    pub(super) fn actor(&self, map: &Map, actor: ActorId) -> Rgb {
        self.actor_kind(map, map.actor(actor).kind)
    }

    fn hue(&self, color: Option<Rgb>, is_listed: bool, index: usize) -> Rgb {
        let default = if is_listed { DEFAULT_HUES[index % DEFAULT_HUES.len()] } else { UNLISTED };
        let wanted = color.unwrap_or(default);
        let behind = if self.ground == Ground::Any { ANY_GROUND } else { [self.background; 2] };
        let is_seen = |hue: Rgb| {
            // What is drawn in this color may also lie on a tint of it.
            let grounds = behind.into_iter().chain([self.card, self.tint(hue)]);
            grounds.into_iter().all(|ground| hue.contrast(ground) >= LINE_CONTRAST)
        };
        let found = nearest(wanted, self.is_dark(), is_seen);
        // Between a light and a dark ground the way out may lie in the other direction.
        if is_seen(found) { found } else { nearest(wanted, !self.is_dark(), is_seen) }
    }

    fn is_dark(&self) -> bool {
        self.card.luminance() < 0.18
    }

    /// A light ground of a hue, on which text can be read.
    #[must_use]
    pub fn tint(&self, hue: Rgb) -> Rgb {
        // Tints are weaker to the eye on a dark ground.
        let share = if self.is_dark() { 0.16 } else { 0.10 };
        self.card.mix(hue, share)
    }
}

/// Full paint of a color.
pub(super) fn solid(color: Rgb) -> Paint {
    Paint { color, opacity: 1.0 }
}

/// An unbroken line.
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
