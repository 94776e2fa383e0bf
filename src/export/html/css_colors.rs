//! The colors of a picture in two themes, as variables of the page's style: one picture serves both.

use std::fmt::Write as _;

use crate::model::Rgb;

/// Pairs of colors in the order in which they were first needed.
#[derive(Debug, Default)]
pub(super) struct Inks(Vec<[Rgb; 2]>);

/// How the SVG writer begins a color.
const COLOR: &str = "=\"#";

impl Inks {
    /// The variable that stands for a color in the light and one in the dark theme.
    pub(super) fn variable(&mut self, light: Rgb, dark: Rgb) -> String {
        let pair = [light, dark];
        let index = self.0.iter().position(|&known| known == pair).unwrap_or_else(|| {
            self.0.push(pair);
            self.0.len() - 1
        });
        format!("var(--i{index})")
    }

    /// Makes one markup of two that differ only in colors; of markups that differ in more, the light one stays.
    pub(super) fn merged(&mut self, light: &str, dark: &str) -> String {
        let dark = if differ_in_colors_only(light, dark) { dark } else { light };
        let mut merged = String::with_capacity(light.len());
        let mut done = 0;
        for (at, _) in light.match_indices(COLOR) {
            let digits = at + COLOR.len()..at + COLOR.len() + 6;
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

    /// The variables in light and in dark colors, as the inside of a rule.
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

fn differ_in_colors_only(light: &str, dark: &str) -> bool {
    let without_colors = |markup: &'_ str| -> Vec<String> {
        let (first, rest) = markup.split_once(COLOR).unwrap_or((markup, ""));
        let rest = rest.split(COLOR).map(|part| part.get(6..).unwrap_or_default().to_owned());
        std::iter::once(first.to_owned()).chain(rest).collect()
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
    fn pictures_that_differ_in_more_keep_the_light_colors() {
        let mut inks = Inks::default();
        let light = "<rect x=\"1\" fill=\"#ffffff\"/>";
        for dark in ["<rect x=\"2\" fill=\"#000000\"/>", "<rect/>", ""] {
            assert_eq!(inks.merged(light, dark), "<rect x=\"1\" fill=\"var(--i0)\"/>");
        }
        assert_eq!(inks.declarations()[1], "--i0:#ffffff;");
    }
}
