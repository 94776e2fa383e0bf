//! Colors and fonts of the user's template in place of Tieline's, as far as slides stay readable.

use crate::model::Rgb;

/// Colors and fonts of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseStyle {
    /// First and second dark color.
    pub dark: [Option<Rgb>; 2],
    /// First and second light color.
    pub light: [Option<Rgb>; 2],
    /// Colors for emphasis, in order.
    pub accents: [Option<Rgb>; 6],
    /// Typeface of headings.
    pub heading_font: Option<String>,
    /// Typeface of text.
    pub text_font: Option<String>,
}

/// Least contrast of text.
const CONTRAST: f64 = 4.5;

impl HouseStyle {
    /// Returns background, main text, secondary text and cards of a deck, in the colors of the style where text stays
    /// readable.
    pub(super) fn main_colors(&self, own: [Rgb; 4]) -> [Rgb; 4] {
        let [mut background, mut text, own_muted, own_card] = own;
        let is_dark = background.luminance() < text.luminance();
        let ([back, card], [front, muted]) = if is_dark { (self.dark, self.light) } else { (self.light, self.dark) };
        let mut has_own_ground = true;
        if let (Some(back), Some(front)) = (back, front)
            && back.contrast(front) >= CONTRAST
            && (back.luminance() < front.luminance()) == is_dark
        {
            (background, text, has_own_ground) = (back, front, false);
        }
        // Names are on cards and on the background, secondary text on the background.
        let card = readable(card, text).unwrap_or(if has_own_ground { own_card } else { background });
        let muted = readable(muted, background).or_else(|| readable(Some(own_muted), background));
        [background, text, muted.unwrap_or(text), card]
    }
}

fn readable(color: Option<Rgb>, beside: Rgb) -> Option<Rgb> {
    color.filter(|color| color.contrast(beside) >= CONTRAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Background, main text, secondary text and cards.
    const OWN: [Rgb; 4] = [Rgb([255; 3]), Rgb([20; 3]), Rgb([90; 3]), Rgb([250; 3])];

    #[test]
    fn readable_colors_are_taken() {
        let style = HouseStyle {
            dark: [Some(Rgb([10, 20, 40])), Some(Rgb([0, 60, 120]))],
            light: [Some(Rgb([250, 245, 235])), Some(Rgb([240, 230, 210]))],
            ..HouseStyle::default()
        };
        let expected = [Rgb([250, 245, 235]), Rgb([10, 20, 40]), Rgb([0, 60, 120]), Rgb([240, 230, 210])];
        assert_eq!(style.main_colors(OWN), expected);
    }

    #[test]
    fn colors_that_could_not_be_read_are_not() {
        let pale = HouseStyle {
            dark: [Some(Rgb([200; 3])), Some(Rgb([220; 3]))],
            light: [Some(Rgb([255; 3])), Some(Rgb([60; 3]))],
            ..HouseStyle::default()
        };
        assert_eq!(pale.main_colors(OWN), OWN);
        // A light slide takes nothing from a theme whose first dark color is light.
        let swapped = HouseStyle { dark: [Some(Rgb([255; 3])), None], light: [Some(Rgb([0; 3])), None], ..pale };
        assert_eq!(swapped.main_colors(OWN)[..2], OWN[..2]);
    }
}
