//! Tests of amounts, shares and quantities as people write them.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{AmountColumn, NumberStyle, ReadAmount, Reading, read_amount, read_number, read_quantity, read_share};
use crate::model::{Amount, Bound};
use crate::wording::amount_text;

/// Writes an amount in short: "[1, 2) ~ EUR" with "…" for an open end.
fn short(read: &ReadAmount) -> String {
    let amount = &read.amount;
    let number = |bound: Option<Bound>| bound.map_or("…".to_owned(), |bound| bound.value.normalize().to_string());
    let ends = match (amount.exact(), amount.lower, amount.upper) {
        (Some(value), ..) => value.normalize().to_string(),
        (None, low, high) => {
            let open =
                |bound: Option<Bound>, closed, open| if bound.is_some_and(|b| b.is_inclusive) { closed } else { open };
            format!("{}{}, {}{}", open(low, "[", "("), number(low), number(high), open(high, "]", ")"))
        }
    };
    let about = if amount.is_approximate { "~" } else { "" };
    let percent = if read.is_percentage { "%" } else { "" };
    let currency = amount.currency.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    let unit = amount.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{about}{ends}{percent}{currency}{unit}")
}

fn read_short(reading: Reading<ReadAmount>) -> String {
    match reading {
        Reading::Value(read) => short(&read),
        Reading::WordsOnly => "words".to_owned(),
        Reading::Empty => "empty".to_owned(),
        Reading::Unreadable => "unreadable".to_owned(),
    }
}

#[test]
fn amounts_of_a_column_in_words() {
    let cells = [
        ("$13bn", "13000000000 USD"),
        ("US$ 1,250,000", "1250000 USD"),
        ("1.487,25 €", "1487.25 EUR"),
        ("€2.5m", "2500000 EUR"),
        ("up to $4 billion", "(…, 4000000000] USD"),
        ("at least £750k", "[750000, …) GBP"),
        ("about CHF 20 million", "~20000000 CHF"),
        ("undisclosed", "words"),
        ("25%", "25%"),
        ("$10–12m", "[10000000, 12000000] USD"),
        ("C$3.1 mn", "3100000 CAD"),
        ("5000", "5000"),
        ("kr 5 million", "5000000"),
        ("more than EUR 1.2bn", "(1200000000, …) EUR"),
    ];
    let style = NumberStyle::of_column(cells.iter().map(|(text, _)| *text));
    assert_eq!(style, NumberStyle::DOT);
    for (text, expected) in cells {
        let reading = read_amount(text, style);
        assert_eq!(read_short(reading.clone()), expected, "{text}");
        if let Reading::Value(read) = reading {
            let keeps = (text != "5000" && text != "25%").then(|| text.to_owned());
            assert_eq!(read.amount.text, keeps, "{text}");
            assert!(!read.is_ambiguous);
            assert_eq!(read.possible_currencies.is_empty(), !text.starts_with("kr"), "{text}");
            let usual = ["$13bn", "up to $4 billion", "at least £750k", "$10–12m"];
            assert_eq!(read.is_usual_currency, usual.contains(&text), "{text}");
        }
    }
}

#[test]
fn amounts_of_many_countries() {
    for (text, expected) in [
        ("13.000.000,00 €", "13000000 EUR"),
        ("1 234,5", "1234.5"),
        ("1\u{a0}234,5 €", "1234.5 EUR"),
        ("1\u{202f}234\u{2009}567", "1234567"),
        ("1'000", "1000"),
        ("CHF 1'000'000.50", "1000000.5 CHF"),
        ("USD 2m", "2000000 USD"),
        ("2m USD", "2000000 USD"),
        ("usd 2 m", "2000000 USD"),
        ("US$2.5 trillion", "2500000000000 USD"),
        ("$1.2T", "1200000000000 USD"),
        ("500 T€", "500000 EUR"),
        ("500 TEUR", "500000 EUR"),
        ("EURm 5", "5000000 EUR"),
        ("USDbn 1.5", "1500000000 USD"),
        ("£1.2–1.5 million", "[1200000, 1500000] GBP"),
        ("£1.2m - £1.5m", "[1200000, 1500000] GBP"),
        ("$900 million to $1.2 billion", "[900000000, 1200000000] USD"),
        ("€900,000 – 1.2 million", "[900000, 1200000] EUR"),
        ("between 5 and 10 million euros", "[5000000, 10000000] EUR"),
        ("zwischen 5 und 10 Mio. Euro", "[5000000, 10000000] EUR"),
        ("entre 5 et 10 millions d'euros", "[5000000, 10000000] EUR"),
        ("entre 5 y 10 millones de euros", "[5000000, 10000000] EUR"),
        ("de 5 à 10 M€", "[5000000, 10000000] EUR"),
        ("von 5 bis 10 Mrd. €", "[5000000000, 10000000000] EUR"),
        ("from $5m to $7m", "[5000000, 7000000] USD"),
        (">10%", "(10, …)%"),
        ("≥ 10 %", "[10, …)%"),
        (">= 5", "[5, …)"),
        ("<5", "(…, 5)"),
        ("≤5", "(…, 5]"),
        ("over 2 million", "(2000000, …)"),
        ("$5m+", "[5000000, …) USD"),
        ("5 million or more", "[5000000, …)"),
        ("less than 5k", "(…, 5000)"),
        ("ca. 5 Mio.", "~5000000"),
        ("ca.5 Mio", "~5000000"),
        ("~5", "~5"),
        ("≈ 5 m €", "~5000000 EUR"),
        ("rund 3,5 Milliarden Euro", "~3500000000 EUR"),
        ("€ 3,5 Mio.", "3500000 EUR"),
        ("environ 12 millions d’euros", "~12000000 EUR"),
        ("unos 12 mil millones de dólares", "~12000000000 USD"),
        ("alrededor de 5 millones de pesos", "~5000000"),
        ("plus de 3 milliards", "(3000000000, …)"),
        ("mehr als 3 Mrd.", "(3000000000, …)"),
        ("bis zu 3 Mio. €", "(…, 3000000] EUR"),
        ("bis 3 Mio. €", "(…, 3000000] EUR"),
        ("hasta 3 millones", "(…, 3000000]"),
        ("au moins 3 millions", "[3000000, …)"),
        ("5 crore", "50000000"),
        ("₹ 2 lakh crore", "2000000000000 INR"),
        ("12,34,567", "1234567"),
        ("Mio. € 5", "5000000 EUR"),
        ("500,- €", "500 EUR"),
        ("CHF 500.–", "500 CHF"),
        ("-5", "-5"),
        ("−€5", "-5 EUR"),
        ("$5 CAD", "5 CAD"),
        ("CAD$ 5", "5 CAD"),
        ("HK$5", "5 HKD"),
        ("A$5", "5 AUD"),
        ("¥ 500", "500 JPY"),
        ("SEK 5 kr", "5 SEK"),
        ("5 kr", "5"),
        ("$5m (est.)", "~5000000 USD"),
        ("US dollars 5", "5 USD"),
        ("1.2E+09", "1200000000"),
        ("1,5e3", "1500"),
        ("5E-1", "0.5"),
        ("5 (USD)", "5 USD"),
        ("$5m (reported)", "5000000 USD"),
        ("-", "empty"),
        ("1E99", "unreadable"),
        ("1.2.3E+05", "unreadable"),
        ("", "empty"),
        ("n/a", "words"),
        ("k. A.", "words"),
        ("(1,234)", "unreadable"),
        ("$5m (€4m)", "unreadable"),
        ("€5 $", "unreadable"),
        ("£5 EUR", "unreadable"),
        ("5 6", "unreadable"),
        ("5 -", "unreadable"),
        ("12–10", "unreadable"),
        ("million", "unreadable"),
        ("5 apples", "unreadable"),
        ("3.4.2021", "unreadable"),
        ("5 T EUR", "unreadable"),
        ("50 mil", "unreadable"),
        ("hello", "unreadable"),
        ("> > 5", "unreadable"),
        ("--5", "unreadable"),
        ("9999999999999999999999 trillion", "unreadable"),
    ] {
        assert_eq!(read_short(read_amount(text, NumberStyle::DOT)), expected, "{text}");
    }
}

#[test]
fn shares_are_percentages_without_a_guess() {
    for (text, expected, keeps_text) in [
        ("25,5 %", "25.5%", false),
        ("25.5%", "25.5%", false),
        (">50%", "(50, …)%", true),
        ("0.25", "0.25", false),
        ("25-50 %", "[25, 50]%", true),
        (">25 to 50 %", "(25, 50]%", true),
        ("about 27 percent", "~27%", true),
        ("mehr als 50 Prozent", "(50, …)%", true),
        ("25 % (direct)", "25%", true),
        ("majority", "words", false),
        ("€5", "unreadable", false),
        ("1/3", "unreadable", false),
    ] {
        let reading = read_share(text, NumberStyle::COMMA);
        assert_eq!(read_short(reading.clone()), expected, "{text}");
        let kept = reading.value().and_then(|read| read.amount.text);
        assert_eq!(kept, keeps_text.then(|| text.to_owned()), "{text}");
    }
}

#[test]
fn quantities_have_units() {
    for (text, expected) in [
        ("2,000 t", "2000 t"),
        ("1.5 GW", "1.5 GW"),
        ("about 120 ships", "~120 ships"),
        ("380,000–410,000 TEU", "[380000, 410000] TEU"),
        ("2 million barrels a day", "2000000 barrels a day"),
        ("500m", "500 m"),
        ("12", "12"),
        ("5 m³", "5 m³"),
        ("ships", "unreadable"),
        ("5 of 7", "unreadable"),
    ] {
        assert_eq!(read_short(read_quantity(text, NumberStyle::DOT)), expected, "{text}");
    }
}

#[test]
fn weights_are_bare_numbers() {
    let number = |text| read_number(text, NumberStyle::COMMA).map(|value| value.normalize().to_string());
    assert_eq!(number("1,125"), Some("1.125".to_owned()));
    assert_eq!(number(" 4.25 "), Some("4.25".to_owned()));
    assert_eq!(number("-2"), Some("-2".to_owned()));
    for text in ["5 €", "5%", "~5", "1-2", "strong", ""] {
        assert_eq!(number(text), None, "{text}");
    }
}

#[test]
fn the_heading_gives_currency_and_scale() {
    let column = AmountColumn::of("Betrag in Mio. EUR", ["5,2", "1.000,5"]);
    for (text, expected) in [
        ("5,2", "5200000 EUR"),
        ("ca. 3", "~3000000 EUR"),
        ("3 Mrd.", "3000000000 EUR"),
        ("$2", "2000000 USD"),
        ("£2", "2000000 GBP"),
        ("CHF 2", "2000000 CHF"),
        ("25 %", "25%"),
    ] {
        assert_eq!(read_short(column.read(text)), expected, "{text}");
    }
    let read = column.read("5,2 €").value().expect("an amount");
    assert_eq!(read.amount.text, None, "the words lack the scale of the heading");
    let read = AmountColumn::of("Amount (CAD)", ["$5"]).read("$5").value().expect("an amount");
    assert_eq!(read.amount.currency.as_deref(), Some("CAD"));
    assert!(!read.is_usual_currency);
    let read = AmountColumn::of("Belopp (SEK)", ["5 kr"]).read("5 kr").value().expect("an amount");
    assert_eq!(read.amount.currency.as_deref(), Some("SEK"));
}

#[test]
fn a_mark_of_two_readings_is_reported() {
    let ambiguous = |text, style| read_amount(text, style).value().expect("an amount").is_ambiguous;
    assert!(ambiguous("750.000 €", NumberStyle::ASSUMED));
    assert!(!ambiguous("750.000 €", NumberStyle::COMMA));
    assert!(!ambiguous("750.00 €", NumberStyle::ASSUMED));
}

#[test]
fn money_in_parentheses_is_negative() {
    for (text, expected) in [
        ("($1,234)", "-1234 USD"),
        ("(250) USD", "-250 USD"),
        ("CHF (250.5)", "-250.5 CHF"),
        ("(250) USD (1)", "unreadable"),
        ("(250)", "unreadable"),
    ] {
        assert_eq!(read_short(read_amount(text, NumberStyle::DOT)), expected, "{text}");
    }
}

#[test]
fn money_has_no_three_decimals_where_no_value_shows_the_mark() {
    for (heading, values, expected) in [
        ("Betrag", ["250.000 €", "3 M€"], "250000 EUR"),
        ("Betrag (EUR)", ["250.000", "7"], "250000 EUR"),
        ("Amount", ["€1,125", "7"], "1125 EUR"),
        ("Amount", ["1.125 Mio. €", "7"], "1125000 EUR"),
        ("Amount (EUR m)", ["1.125", "7"], "1125000 EUR"),
        ("Amount", ["250.000 €", "1.5 €"], "250 EUR"),
    ] {
        let read = AmountColumn::of(heading, values).read(values[0]);
        assert_eq!(read_short(read), expected, "{heading}: {values:?}");
    }
}

fn amounts() -> impl Strategy<Value = Amount> {
    let number = (0_i64..2_000_000_000_000, 0_u32..3).prop_map(|(digits, places)| Decimal::new(digits, places));
    let bound = (number, any::<bool>()).prop_map(|(value, is_inclusive)| Bound { value, is_inclusive });
    let currency = prop::option::of(prop::sample::select(vec!["USD", "EUR", "GBP", "CHF", "INR"]));
    (prop::option::of(bound.clone()), prop::option::of(bound), currency, any::<bool>(), any::<bool>()).prop_filter_map(
        "an amount that wording can say",
        |(lower, upper, currency, is_approximate, is_exact)| {
            let (lower, upper) = if is_exact {
                let both = lower.map(|bound| Bound { is_inclusive: true, ..bound });
                (both, both)
            } else {
                (lower, upper)
            };
            let is_ordered = match (lower, upper) {
                (None, None) => false,
                (Some(low), Some(high)) => low.value < high.value || is_exact,
                _ => true,
            };
            let currency = currency.map(str::to_owned);
            is_ordered.then_some(Amount { lower, upper, is_approximate, currency, ..Amount::default() })
        },
    )
}

proptest! {
    #[test]
    fn reads_what_wording_writes(amount in amounts()) {
        let text = amount_text(&amount);
        let read = read_amount(&text, NumberStyle::DOT).value();
        let both_open = matches!((amount.lower, amount.upper), (Some(low), Some(high)) if !low.is_inclusive && !high.is_inclusive);
        // "between" is read as inclusive.
        let loose = |bound: Option<Bound>| bound.map(|bound| Bound { is_inclusive: bound.is_inclusive || both_open, ..bound });
        let expected = Amount { lower: loose(amount.lower), upper: loose(amount.upper), ..amount };
        let found = read.map(|read| Amount { text: None, ..read.amount });
        prop_assert_eq!(found, Some(expected), "{}", text);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,40}|[0-9., '()€$%~<>=kmbTa-z–-]{0,30}") {
        for style in [NumberStyle::DOT, NumberStyle::COMMA, NumberStyle::of_column([text.as_str()])] {
            let _ = (read_amount(&text, style), read_share(&text, style), read_quantity(&text, style));
            let _ = AmountColumn::of(&text, [text.as_str()]).read(&text);
        }
    }
}
