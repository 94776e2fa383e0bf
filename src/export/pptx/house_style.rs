//! Colors and fonts of somebody's own template in place of Tieline's, as far as slides stay readable.

use super::deck::DeckColors;
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
    /// Returns the main colors of a deck with those of the style where text stays readable.
    pub(super) fn colors(&self, own: &DeckColors) -> DeckColors {
        let ([back, card], [front, muted]) =
            if own.is_dark() { (self.dark, self.light) } else { (self.light, self.dark) };
        let mut colors = *own;
        if let (Some(background), Some(text)) = (back, front)
            && background.contrast(text) >= CONTRAST
            && (background.luminance() < text.luminance()) == own.is_dark()
        {
            (colors.background, colors.text) = (background, text);
        }
        // Names are on cards and on the background, secondary text on the background.
        colors.card = readable(card, colors.text).unwrap_or(if colors.background == own.background {
            own.card
        } else {
            colors.background
        });
        colors.muted = [muted, Some(own.muted)]
            .into_iter()
            .find_map(|color| readable(color, colors.background))
            .unwrap_or(colors.text);
        colors
    }
}

fn readable(color: Option<Rgb>, beside: Rgb) -> Option<Rgb> {
    color.filter(|color| color.contrast(beside) >= CONTRAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: DeckColors =
        DeckColors { background: Rgb([255; 3]), text: Rgb([20; 3]), muted: Rgb([90; 3]), card: Rgb([250; 3]) };

    #[test]
    fn readable_colors_are_taken() {
        let style = HouseStyle {
            dark: [Some(Rgb([10, 20, 40])), Some(Rgb([0, 60, 120]))],
            light: [Some(Rgb([250, 245, 235])), Some(Rgb([240, 230, 210]))],
            ..HouseStyle::default()
        };
        let colors = style.colors(&OWN);
        assert_eq!([colors.background, colors.text], [Rgb([250, 245, 235]), Rgb([10, 20, 40])]);
        assert_eq!([colors.card, colors.muted], [Rgb([240, 230, 210]), Rgb([0, 60, 120])]);
    }

    #[test]
    fn colors_that_could_not_be_read_are_not() {
        let pale = HouseStyle {
            dark: [Some(Rgb([200; 3])), Some(Rgb([220; 3]))],
            light: [Some(Rgb([255; 3])), Some(Rgb([60; 3]))],
            ..HouseStyle::default()
        };
        assert_eq!(pale.colors(&OWN), OWN);
        // Of a theme whose first dark color is light, a light slide takes nothing.
        let swapped = HouseStyle { dark: [Some(Rgb([255; 3])), None], light: [Some(Rgb([0; 3])), None], ..pale };
        assert_eq!(swapped.colors(&OWN).background, OWN.background);
    }
}
