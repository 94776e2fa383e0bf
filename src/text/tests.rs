//! Tests of shaping with the bundled faces and, where installed, system fonts.

use super::*;

const NAME: Style = Style { face: Face::SemiBold, size: 15.0 };

fn width(fonts: &Fonts, text: &str) -> f32 {
    fonts.shape(text, NAME, None, None).size.x
}

#[test]
fn kerns() {
    let fonts = Fonts::new();
    assert!(width(&fonts, "AV") < width(&fonts, "A") + width(&fonts, "V") - 0.3);
}

#[test]
fn one_line_is_plain_and_whole() {
    let text = Fonts::new().shape("Port of Calvessa", NAME, None, None);
    assert_eq!(text.lines.len(), 1);
    let line = &text.lines[0];
    assert_eq!((line.text.as_str(), line.is_plain, text.is_cut), ("Port of Calvessa", true, false));
    assert!(text.missing.is_empty());
    assert!((text.size.y - 18.75).abs() < 1e-3, "{}", text.size.y);
    assert!(line.baseline > 11.0 && line.baseline < 16.0, "{}", line.baseline);
}

#[test]
fn breaks_at_words_about_the_middle() {
    let text = Fonts::new().shape("Ministry of Ports and Sea Transport", NAME, Some(250.0), Some(2));
    let lines: Vec<_> = text.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["Ministry of Ports", "and Sea Transport"]);
    let widest = text.lines.iter().map(|line| line.width).fold(0.0, f32::max);
    assert!((text.size.x - widest).abs() < 1e-3);
}

#[test]
fn breaks_a_word_that_is_too_long() {
    let text = Fonts::new().shape("Donaudampfschifffahrtsgesellschaft", NAME, Some(120.0), None);
    assert!(text.lines.len() >= 2);
    assert!(text.lines.iter().all(|line| line.width <= 120.0));
    let joined: String = text.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(joined, "Donaudampfschifffahrtsgesellschaft");
}

#[test]
fn cuts_with_an_ellipsis_and_says_so() {
    let fonts = Fonts::new();
    for name in ["A name that goes on and on and on and on and on", &"W".repeat(10_000), &"é\u{301}".repeat(5_000)] {
        let text = fonts.shape(name, NAME, Some(100.0), Some(2));
        assert!(text.is_cut && text.lines.len() <= 2, "{}", text.lines.len());
        assert!(text.lines.last().is_some_and(|line| line.text.ends_with('…')));
        assert!(text.size.x <= 100.0);
    }
    let whole = fonts.shape("Short", NAME, Some(100.0), Some(2));
    assert!(!whole.is_cut);
}

#[test]
fn glyphs_advance_from_left_to_right_within_the_line() {
    let text = Fonts::new().shape("Calvessa", NAME, None, None);
    let glyphs: Vec<_> = text.lines[0].runs.iter().flat_map(|run| &run.glyphs).collect();
    assert_eq!(glyphs.len(), 8);
    assert!(glyphs.windows(2).all(|pair| pair[0].x < pair[1].x));
    assert!(glyphs[0].x.abs() < 0.01 && glyphs.iter().all(|glyph| glyph.y.abs() < 0.01));
}

#[test]
fn other_scripts_are_drawn_or_reported() {
    let fonts = Fonts::new();
    for name in ["Ελληνικός Λιμένας", "Порт Калвесса"] {
        assert!(fonts.shape(name, NAME, None, None).missing.is_empty(), "{name}");
    }
    for name in ["中国远洋", "ميناء كالفيسا"] {
        let text = fonts.shape(name, NAME, None, None);
        assert!(!text.lines[0].is_plain);
        let has_boxes = text.lines[0].runs.iter().flat_map(|run| &run.glyphs).any(|glyph| glyph.id == 0);
        assert_eq!(has_boxes, !text.missing.is_empty(), "{name}");
    }
}

#[test]
fn right_to_left_text_stays_within_its_size() {
    let fonts = Fonts::new();
    let text = fonts.shape("ميناء كالفيسا الدولي للحاويات", NAME, Some(120.0), None);
    assert!(text.lines.len() >= 2);
    for line in &text.lines {
        let inked = |font: FontId, glyph: &Glyph| !fonts.outline(font, glyph.id, 15.0).is_empty();
        let glyphs = line.runs.iter().flat_map(|run| run.glyphs.iter().filter(|glyph| inked(run.font, glyph)));
        let (low, high) = glyphs.fold((f32::MAX, f32::MIN), |(low, high), g| (low.min(g.x), high.max(g.x)));
        assert!(low > -2.0 && high < line.width, "{low} {high} {}", line.width);
        assert!((line.left + line.width - text.size.x).abs() < 0.01);
    }
}

#[test]
fn nothing_hostile_breaks_it() {
    let fonts = Fonts::new();
    for text in
        ["", " ", "\n", "\u{202e}abc", "\u{0}", "👩\u{200d}🔬", "\u{300}\u{301}", "\u{10ffff}", &"a ".repeat(200_000)]
    {
        let shaped = fonts.shape(text, NAME, Some(80.0), Some(2));
        assert!(shaped.lines.len() <= 2 && shaped.size.x <= 80.0);
    }
    let tiny = Style { face: Face::Regular, size: 0.0 };
    assert!(fonts.shape("abc", tiny, Some(0.0), Some(1)).size.x <= 1.0);
}

#[test]
fn every_icon_has_a_glyph() {
    let fonts = Fonts::new();
    let style = Style { face: Face::Icon, size: 16.0 };
    for name in ["buildings", "coins", "lock-key", "storefront", "user"] {
        let text = fonts.shape(&icon(name).expect("a known name").to_string(), style, None, None);
        assert!(text.missing.is_empty() && (text.size.y - 16.0).abs() < 1e-3, "{name}");
        let glyph = text.lines[0].runs[0].glyphs[0];
        assert!(!fonts.outline(text.lines[0].runs[0].font, glyph.id, 16.0).is_empty(), "{name}");
    }
}

#[test]
fn glyphs_know_their_characters() {
    let fonts = Fonts::new();
    for name in ["Hafen AG", "Ναυτιλιακή", "صندوق المرفأ", "澜屿港口", "ab صندوق cd"] {
        let text = fonts.shape(name, NAME, None, None);
        let line = &text.lines[0];
        let mut covered = vec![false; line.text.len()];
        for glyph in line.runs.iter().flat_map(|run| &run.glyphs) {
            let (start, end) = (glyph.start as usize, glyph.end as usize);
            assert!(line.text.get(start..end).is_some_and(|part| !part.is_empty()), "{name}: {glyph:?}");
            covered[start..end].fill(true);
        }
        assert!(covered.into_iter().all(|is_covered| is_covered), "{name}");
    }
    let arabic = fonts.shape("صندوق", NAME, None, None);
    let starts: Vec<u32> = arabic.lines[0].runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.start).collect();
    assert!(starts.is_sorted_by(|a, b| a >= b) && starts.first() > starts.last(), "right to left: {starts:?}");
}

#[test]
fn a_reference_that_begins_in_arabic_runs_left_to_right() {
    let fonts = Fonts::new();
    let text = fonts.shape("“استثمار”, Blue Harbor Investment Fund", NAME, None, None);
    let first_latin = |line: &TextLine| {
        let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
        glyphs.filter(|glyph| line.text[glyph.start as usize..].starts_with("Blue")).map(|glyph| glyph.x).next()
    };
    let left = first_latin(&text.lines[0]).expect("drawn");
    assert!(left > text.size.x * 0.15, "the title comes first: {left} of {}", text.size.x);
}
