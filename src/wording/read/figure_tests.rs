use rust_decimal::Decimal;

use super::super::token::{Token, tokens};
use super::{DecimalMark, Figure, NumberStyle};

fn figure(text: &str) -> Figure {
    let found = tokens(text).into_iter().find_map(|placed| match placed.token {
        Token::Figure(figure) => Some(figure),
        _ => None,
    });
    found.expect("a figure")
}

#[test]
fn figures_that_show_their_mark_need_no_style() {
    for (text, value) in [
        ("13.000.000,00", "13000000.00"),
        ("1,234,567.5", "1234567.5"),
        ("1 234,5", "1234.5"),
        ("1\u{202f}234\u{202f}567,89", "1234567.89"),
        ("1'000'000.50", "1000000.50"),
        ("1’000", "1000"),
        ("12,34,567", "1234567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        (".5", "0.5"),
        ("25,5", "25.5"),
        ("007", "7"),
    ] {
        for style in [NumberStyle::DOT, NumberStyle::COMMA] {
            let expected = (value.parse::<Decimal>().expect("a number"), false);
            assert_eq!(figure(text).value(style), Some(expected), "{text}");
        }
    }
}

#[test]
fn the_style_decides_between_two_readings() {
    for (text, dot, comma) in [("1,125", "1125", "1.125"), ("750.000", "750.000", "750000")] {
        let read = |style| figure(text).value(style).expect("a number");
        assert_eq!(read(NumberStyle::DOT), (dot.parse().expect("a number"), true), "{text}");
        assert_eq!(read(NumberStyle::COMMA), (comma.parse().expect("a number"), true), "{text}");
    }
}

#[test]
fn figures_in_no_style_are_refused() {
    for text in ["1.2.3", "1,23,4", "1.234,567.8", "3.4.2021", "1,234.567.890", "99999999999999999999999999999999"] {
        assert_eq!(figure(text).value(NumberStyle::DOT), None, "{text}");
    }
}

#[test]
fn the_column_shows_its_style() {
    let cases: [(&[&str], DecimalMark, bool); 11] = [
        (&["750.000", "1.234,56"], DecimalMark::Comma, false),
        (&["1,200", "12,050,000"], DecimalMark::Dot, false),
        (&["1,125", "25,5"], DecimalMark::Comma, false),
        (&["0,75", "2,5", "12", "1,125", "3"], DecimalMark::Comma, false),
        (
            &["1.234,56 €", "2.500.000,00 €", "750.000 €", "1 234 567,89 €", "CHF 1'000'000.50"],
            DecimalMark::Comma,
            false,
        ),
        (&["731,054", "1,200", "12,050,000"], DecimalMark::Dot, false),
        (&["1,25", "3,5"], DecimalMark::Comma, false),
        (&["$13bn", "US$ 1,250,000", "1.487,25 €", "€2.5m"], DecimalMark::Dot, false),
        (&["1,200", "3,400"], DecimalMark::Dot, true),
        (&["750.000"], DecimalMark::Dot, true),
        (&["", "n/a"], DecimalMark::Dot, true),
    ];
    for (values, decimal_mark, is_assumed) in cases {
        let style = NumberStyle::of_column(values.iter().copied());
        assert_eq!(style, NumberStyle { decimal_mark, is_assumed }, "{values:?}");
    }
}
