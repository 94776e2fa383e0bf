//! Tests of all forms of amounts, in words, in short and in figures.

use rust_decimal::Decimal;

use crate::model::{Amount, Bound};

use super::{amount_figures, amount_rounded, amount_short, amount_text, share_figures, share_short, share_text};

fn at(value: &str) -> Option<Bound> {
    Some(Bound { value: value.parse().expect("a number"), is_inclusive: true })
}

fn beyond(value: &str) -> Option<Bound> {
    Some(Bound { value: value.parse().expect("a number"), is_inclusive: false })
}

fn money(lower: Option<Bound>, upper: Option<Bound>, currency: &str) -> Amount {
    Amount { lower, upper, currency: Some(currency.to_owned()), ..Amount::default() }
}

fn exact(value: &str, currency: &str) -> Amount {
    money(at(value), at(value), currency)
}

#[test]
fn the_words_of_the_file_come_first() {
    let amount = Amount { text: Some("some €35 million".to_owned()), ..exact("35000000", "EUR") };
    assert_eq!(amount_text(&amount), "some €35 million");
    assert_eq!(amount_short(&amount), "€35 million");
}

#[test]
fn bounds_in_words_short_and_figures() {
    let cases = [
        (exact("250000000000", "USD"), "$250 billion", "$250 billion", "250,000,000,000\u{a0}USD"),
        (
            money(beyond("13000000000"), None, "USD"),
            "more than $13 billion",
            ">$13 billion",
            ">\u{a0}13,000,000,000\u{a0}USD",
        ),
        (money(at("40000000"), None, "EUR"), "at least €40 million", "≥€40 million", "≥\u{a0}40,000,000\u{a0}EUR"),
        (money(None, at("150000000"), "EUR"), "up to €150 million", "≤€150 million", "≤\u{a0}150,000,000\u{a0}EUR"),
        (money(None, beyond("5000"), "CHF"), "less than CHF 5,000", "<CHF 5,000", "<\u{a0}5,000\u{a0}CHF"),
        (
            money(at("5000000000"), at("8000000000"), "USD"),
            "$5–8 billion",
            "$5–8 billion",
            "5,000,000,000–8,000,000,000\u{a0}USD",
        ),
        (
            money(at("900000000"), at("1200000000"), "USD"),
            "$900 million to $1.2 billion",
            "$900 million to $1.2 billion",
            "900,000,000–1,200,000,000\u{a0}USD",
        ),
        (
            money(beyond("1000000"), beyond("2000000"), "GBP"),
            "between £1 million and £2 million",
            "£1–2 million",
            "1,000,000–2,000,000\u{a0}GBP",
        ),
        (money(beyond("10"), at("20"), "USD"), "more than $10 and up to $20", "$10–20", "10–20\u{a0}USD"),
        (money(at("10"), beyond("20"), "USD"), "at least $10 and less than $20", "$10–20", "10–20\u{a0}USD"),
        (exact("-5000000", "USD"), "−$5 million", "−$5 million", "−5,000,000\u{a0}USD"),
        (exact("1250000.50", "EUR"), "€1,250,000.50", "≈€1.25 million", "1,250,000.50\u{a0}EUR"),
        (exact("1234567", "USD"), "$1,234,567", "≈$1.23 million", "1,234,567\u{a0}USD"),
        (exact("0", "USD"), "$0", "$0", "0\u{a0}USD"),
    ];
    for (amount, in_words, in_short, in_figures) in cases {
        assert_eq!(amount_text(&amount), in_words);
        assert_eq!(amount_short(&amount), in_short, "{in_words}");
        assert_eq!(amount_figures(&amount).as_deref(), Some(in_figures), "{in_words}");
    }
}

#[test]
fn rough_figures_say_so() {
    let rough = |amount: Amount| Amount { is_approximate: true, ..amount };
    assert_eq!(amount_text(&rough(exact("90000", "GBP"))), "about £90,000");
    assert_eq!(amount_short(&rough(exact("90000", "GBP"))), "≈£90,000");
    assert_eq!(amount_figures(&rough(exact("90000", "GBP"))).as_deref(), Some("≈\u{a0}90,000\u{a0}GBP"));
    assert_eq!(amount_text(&rough(money(beyond("3000000"), None, "USD"))), "more than about $3 million");
}

#[test]
fn rounded_words_keep_three_digits_and_say_so() {
    let rough = |amount: Amount| Amount { is_approximate: true, ..amount };
    let cases = [
        (rough(money(at("826250000.50"), at("991250000.50"), "EUR")), "about €826–991 million"),
        (money(at("826250000.50"), at("991250000.50"), "EUR"), "about €826–991 million"),
        (money(at("998700000"), at("1204000000"), "EUR"), "about €999 million to €1.2 billion"),
        (rough(exact("19090000", "GBP")), "about £19.1 million"),
        (money(beyond("13426000000"), None, "USD"), "more than $13.4 billion"),
        (money(beyond("372700000"), None, "USD"), "more than $372 million"),
        (money(None, beyond("372200000"), "USD"), "less than $373 million"),
        (money(beyond("13000000000"), None, "USD"), "more than $13 billion"),
        (exact("999500000", "USD"), "about $1 billion"),
        (money(at("826100000"), at("826400000"), "EUR"), "about €826 million"),
        (exact("123456.75", "CHF"), "CHF 123,456.75"),
        (exact("-5555555", "USD"), "about −$5.56 million"),
    ];
    for (amount, words) in cases {
        assert_eq!(amount_rounded(&amount), words);
    }
    let own = Amount { text: Some("some €35 million".to_owned()), ..exact("35123456", "EUR") };
    assert_eq!(amount_rounded(&own), "some €35 million");
    assert_eq!(amount_rounded(&Amount::default()), "unknown");
}

#[test]
fn shares_are_percent_and_quantities_keep_their_unit() {
    let share = Amount { lower: at("27"), upper: at("27"), ..Amount::default() };
    assert_eq!((share_text(&share), share_short(&share)), ("27%".to_owned(), "27%".to_owned()));
    let between = Amount { lower: at("25"), upper: at("50"), ..Amount::default() };
    assert_eq!(share_text(&between), "25–50%");
    assert_eq!(share_figures(&between).as_deref(), Some("25–50%"));
    let quantity = Amount { lower: at("2"), upper: at("2"), unit: Some("GW".to_owned()), ..Amount::default() };
    assert_eq!(amount_short(&quantity), "2 GW");
    let teu = Amount { lower: at("380000"), upper: at("410000"), unit: Some("TEU".to_owned()), ..Amount::default() };
    assert_eq!(amount_text(&teu), "380,000–410,000 TEU");
}

#[test]
fn nothing_known_is_not_a_zero() {
    assert_eq!(amount_text(&Amount::default()), "unknown");
    assert_eq!(amount_figures(&Amount::default()), None);
}

#[test]
fn the_largest_numbers_are_written_out() {
    let most = Amount { lower: Some(Bound { value: Decimal::MAX, is_inclusive: true }), ..exact("1", "USD") };
    let amount = Amount { upper: most.lower, ..most };
    assert_eq!(amount_text(&amount), "$79,228,162,514,264,337,593,543,950,335");
    assert_eq!(amount_short(&amount), "≈$79,228,162,514,264,337.59 trillion");
    assert_eq!(amount_rounded(&amount), "about $79,200,000,000,000,000 trillion");
}
