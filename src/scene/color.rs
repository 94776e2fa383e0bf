//! Changes the lightness of colors without changing their hue (`OKLab`, Björn Ottosson 2020).

use crate::model::Rgb;

/// Returns the color nearest to `wanted`, of the same hue, that satisfies `is_seen`: darker, or lighter on dark
/// ground.
pub(super) fn nearest(wanted: Rgb, ground_is_dark: bool, is_seen: impl Fn(Rgb) -> bool) -> Rgb {
    if is_seen(wanted) {
        return wanted;
    }
    let [lightness, a, b] = to_oklab(wanted);
    let end = if ground_is_dark { 1.0 } else { 0.0 };
    (1..=50)
        .map(|step| f64::from(step) / 50.0)
        .map(|share| {
            let level = lightness + (end - lightness) * share;
            // Chroma fades near black and white, where the gamut has no room for it.
            let fade = 1.0 - share * share;
            from_oklab([level, a * fade, b * fade])
        })
        .find(|&color| is_seen(color))
        .unwrap_or(if ground_is_dark { Rgb([255; 3]) } else { Rgb([0; 3]) })
}

fn from_linear(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let encoded = if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * libm::pow(value, 1.0 / 2.4) - 0.055 };
    (encoded * 255.0).round() as u8
}

fn to_oklab(color: Rgb) -> [f64; 3] {
    let [r, g, b] = color.linear();
    let l = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn from_oklab([lightness, a, b]: [f64; 3]) -> Rgb {
    let cube = |x: f64| x * x * x;
    let l = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let m = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let s = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
    Rgb([
        from_linear(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        from_linear(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        from_linear(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_white(color: Rgb) -> bool {
        color.contrast(Rgb([255; 3])) >= 3.0
    }

    #[test]
    fn keeps_a_color_that_is_seen_well_enough() {
        let blue = Rgb([0x33, 0x55, 0x88]);
        assert_eq!(nearest(blue, false, on_white), blue);
    }

    #[test]
    fn darkens_yellow_and_keeps_it_yellowish() {
        let Rgb([r, g, b]) = nearest(Rgb([0xee, 0xdd, 0x44]), false, on_white);
        assert!(r > b + 60 && g > b + 60, "{r} {g} {b}");
    }
}
