//! Replaces the colors of a picture by CSS variables with a value per theme, so that one picture serves both themes.

use std::fmt::Write as _;
use std::ops::Range;

use crate::model::Rgb;

/// Pairs of a light and a dark color, in order of first use.
#[derive(Debug, Default)]
pub(super) struct Inks(Vec<[Rgb; 2]>);

/// Prefixes of a color in the output of the SVG writer. References to glyphs differ only in the attribute.
const COLORS: [&str; 2] = [" fill=\"#", " stroke=\"#"];

impl Inks {
    /// Returns the variable for a pair of colors, adding it if it is new.
    pub(super) fn variable(&mut self, light: Rgb, dark: Rgb) -> String {
        let pair = [light, dark];
        let index = self.0.iter().position(|&known| known == pair).unwrap_or_else(|| {
            self.0.push(pair);
            self.0.len() - 1
        });
        format!("var(--i{index})")
    }

    /// Merges two markups that differ only in colors; if they differ in more, the light one serves for both.
    pub(super) fn merged(&mut self, light: &str, dark: &str) -> String {
        let dark = if differ_in_colors_only(light, dark) { dark } else { light };
        let mut merged = String::with_capacity(light.len());
        let mut done = 0;
        for digits in colors(light) {
            let color = |markup: &str| markup.get(digits.clone()).and_then(parse);
            if let (Some(in_light), Some(in_dark)) = (color(light), color(dark)) {
                merged.push_str(&light[done..digits.start - 1]);
                merged.push_str(&self.variable(in_light, in_dark));
                done = digits.end;
            }
        }
        merged.push_str(&light[done..]);
        merged
    }

    /// Returns the declarations of all variables, for the light and the dark theme.
    pub(super) fn declarations(&self) -> [String; 2] {
        [0, 1].map(|theme| {
            self.0.iter().enumerate().fold(String::new(), |mut css, (index, pair)| {
                let [r, g, b] = pair[theme].0;
                let _ = write!(css, "--i{index}:#{r:02x}{g:02x}{b:02x};");
                css
            })
        })
    }
}

fn parse(digits: &str) -> Option<Rgb> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    Some(Rgb([r, g, b]))
}

/// Returns the byte ranges of the hex digits of colors, in order.
fn colors(markup: &str) -> impl Iterator<Item = Range<usize>> {
    let values = markup.match_indices("=\"#").map(|(at, mark)| at + mark.len());
    let values = values.filter(|&at| COLORS.iter().any(|color| markup[..at].ends_with(color)));
    values.map(|at| at..at + 6).filter(|digits| markup.is_char_boundary(digits.end))
}

fn differ_in_colors_only(light: &str, dark: &str) -> bool {
    let without_colors = |markup: &str| -> String {
        let mut rest = String::with_capacity(markup.len());
        let mut done = 0;
        for digits in colors(markup) {
            rest.push_str(&markup[done..digits.start]);
            done = digits.end;
        }
        rest + &markup[done..]
    };
    light.len() == dark.len() && without_colors(light) == without_colors(dark)
}

#[cfg(test)]
mod tests {
    use super::Inks;

    #[test]
    fn one_picture_holds_the_colors_of_both_themes() {
        let mut inks = Inks::default();
        let light = "<rect x=\"1\" fill=\"#ffffff\" stroke=\"#ff0000\"/><rect fill=\"#ffffff\"/>";
        let dark = "<rect x=\"1\" fill=\"#101010\" stroke=\"#ff0000\"/><rect fill=\"#202020\"/>";
        let merged = "<rect x=\"1\" fill=\"var(--i0)\" stroke=\"var(--i1)\"/><rect fill=\"var(--i2)\"/>";
        assert_eq!(inks.merged(light, dark), merged);
        assert_eq!(
            inks.declarations(),
            ["--i0:#ffffff;--i1:#ff0000;--i2:#ffffff;", "--i0:#101010;--i1:#ff0000;--i2:#202020;"]
        );
    }

    #[test]
    fn a_reference_to_a_glyph_is_no_color() {
        let mut inks = Inks::default();
        let (light, dark) = (
            "<g fill=\"#ffffff\"><use xlink:href=\"#bcdfbcdfbc\"/></g>",
            "<g fill=\"#000000\"><use xlink:href=\"#fcdbfcdbbc\"/></g>",
        );
        assert_eq!(inks.merged(light, light), "<g fill=\"var(--i0)\"><use xlink:href=\"#bcdfbcdfbc\"/></g>");
        assert_eq!(inks.merged(light, dark), inks.merged(light, light), "other glyphs are not other colors");
    }

    #[test]
    fn pictures_that_differ_in_more_keep_the_light_colors() {
        let mut inks = Inks::default();
        let light = "<rect x=\"1\" fill=\"#ffffff\"/>";
        for dark in ["<rect x=\"2\" fill=\"#000000\"/>", "<rect/>", ""] {
            assert_eq!(inks.merged(light, dark), "<rect x=\"1\" fill=\"var(--i0)\"/>");
        }
        assert_eq!(inks.declarations()[1], "--i0:#ffffff;");
    }
}
