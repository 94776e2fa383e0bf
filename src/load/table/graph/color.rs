//! Colors as programs for graphs write them, as `#rrggbb`.

use std::fmt::Write as _;

use super::color_names::COLORS;

/// Reads a color: `#rgb`, `#rrggbb` with or without transparency, a name of X11 or CSS, or hue, saturation and value
/// between 0 and 1 as Graphviz has them. `None` for other words, and for what is wholly transparent.
pub(super) fn color_of(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix('#') {
        return hex(digits);
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return hsv(text);
    }
    if let Some(inside) = text.strip_prefix("rgb").and_then(|rest| rest.split_once('(')?.1.strip_suffix(')')) {
        let mut numbers = inside.split(',').map(|number| number.trim().parse::<f64>().ok());
        let [red, green, blue] = [numbers.next()??, numbers.next()??, numbers.next()??];
        return rgb([red, green, blue]);
    }
    named(text)
}

/// Returns a color of numbers from 0 to 255.
pub(super) fn rgb(channels: [f64; 3]) -> Option<String> {
    if channels.iter().any(|channel| !(0.0..=255.0).contains(channel)) {
        return None;
    }
    let mut text = String::from("#");
    for channel in channels {
        // Writing to a string can't fail.
        let _ = write!(text, "{:02x}", channel.round() as u8);
    }
    Some(text)
}

fn hex(digits: &str) -> Option<String> {
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(digits.chars().fold(String::from("#"), |text, digit| text + &digit.to_string().repeat(2))),
        6 => Some(format!("#{digits}")),
        8 if digits.ends_with("00") => None,
        8 => Some(format!("#{}", &digits[..6])),
        _ => None,
    }
}

fn hsv(text: &str) -> Option<String> {
    let mut numbers = text.split([' ', ',']).filter(|part| !part.is_empty()).map(|part| part.parse::<f64>().ok());
    let [hue, saturation, value] = [numbers.next()??, numbers.next()??, numbers.next()??];
    if [hue, saturation, value].iter().any(|number| !(0.0..=1.0).contains(number)) {
        return None;
    }
    let channel = |shift: f64| {
        let k = (shift + hue * 6.0) % 6.0;
        (value - value * saturation * k.min(4.0 - k).clamp(0.0, 1.0)) * 255.0
    };
    rgb([channel(5.0), channel(3.0), channel(1.0)])
}

fn named(text: &str) -> Option<String> {
    let name: String =
        text.chars().filter(char::is_ascii_alphanumeric).take(32).collect::<String>().to_ascii_lowercase();
    // X11 has shades from black, 0, to white, 100.
    let shade = name.strip_prefix("gray").or_else(|| name.strip_prefix("grey")).and_then(|shade| shade.parse().ok());
    if let Some(shade) = shade.filter(|shade: &f64| *shade <= 100.0) {
        return rgb([shade * 2.55; 3]);
    }
    // Its shades of other colors begin with the full one.
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let found = COLORS.binary_search_by_key(&&*name, |(known, _)| known);
    let found = found.or_else(|_| COLORS.binary_search_by_key(&plain, |(known, _)| known)).ok()?;
    Some(format!("#{:06x}", COLORS[found].1))
}

#[cfg(test)]
mod tests {
    use super::{COLORS, color_of};

    #[test]
    fn colors_of_all_forms_are_read() {
        for (text, color) in [
            ("#FFCC00", Some("#FFCC00")),
            ("#fc0", Some("#ffcc00")),
            ("#FFCC0080", Some("#FFCC00")),
            ("#FFCC0000", None),
            ("#FFCC0", None),
            ("red", Some("#ff0000")),
            ("Light Blue", Some("#add8e6")),
            ("DodgerBlue2", Some("#1e90ff")),
            ("grey50", Some("#7f7f7f")),
            ("0.6 0.5 1.0", Some("#80b3ff")),
            ("0,1,1", Some("#ff0000")),
            ("rgb(34, 136, 51)", Some("#228833")),
            ("rgb(300,0,0)", None),
            ("transparent", None),
            ("17", None),
            ("", None),
        ] {
            assert_eq!(color_of(text).as_deref(), color, "{text}");
        }
        assert!(COLORS.is_sorted_by_key(|(name, _)| *name));
    }
}
