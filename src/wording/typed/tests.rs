//! The table of texts that people type, with what is shown and stored.

use super::{Typed, TypedDates, TypedFigure, amount_entry, date_entry, read_figure, read_typed_dates};
use crate::model::{Amount, Bound, Date};

/// Writes a reading as one line: what is shown, and what is stored.
fn figure_line(typed: &Typed<TypedFigure>) -> String {
    line(typed, |figure| {
        let (name, amount) = match figure {
            TypedFigure::Money(amount) => ("", amount),
            TypedFigure::Share(amount) => ("share ", amount),
            TypedFigure::Quantity(amount) => ("quantity ", amount),
        };
        format!("{name}{}", amount_line(amount))
    })
}

fn line<T>(typed: &Typed<T>, stored: impl Fn(&T) -> String) -> String {
    match typed {
        Typed::Empty => "(emptied)".to_owned(),
        Typed::Means(meaning) => format!("{} = {}", meaning.shown, stored(&meaning.value)),
        Typed::Several { meanings, usual } => {
            let shown: Vec<&str> = meanings.iter().map(|meaning| meaning.shown.as_str()).collect();
            format!("? {}{}", shown.join(" · "), usual.map(|why| format!(" [{why}]")).unwrap_or_default())
        }
        Typed::Unreadable(reason) => format!("! {reason}"),
    }
}

fn amount_line(amount: &Amount) -> String {
    let bound =
        |bound: Option<Bound>| bound.map(|it| format!("{}{}", it.value, if it.is_inclusive { "" } else { "!" }));
    let numbers = match (bound(amount.lower), bound(amount.upper)) {
        (low, high) if low == high => low.unwrap_or_default(),
        (low, high) => format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default()),
    };
    let about = if amount.is_approximate { "~" } else { "" };
    let unit = amount.currency.as_deref().or(amount.unit.as_deref()).unwrap_or_default();
    let text = if amount.text.is_some() { ", text" } else { "" };
    format!("{}{text}", format!("{about}{numbers} {unit}").trim()).to_owned()
}

fn date_line(dates: &TypedDates) -> String {
    let text = |date: &Option<Date>| date.as_ref().map(|date| date.text().to_owned());
    match (text(&dates.date), text(&dates.start), text(&dates.end)) {
        (Some(date), ..) => date,
        (None, start, end) => format!("{} to {}", start.unwrap_or_default(), end.unwrap_or_default()),
    }
}

/// Compares all lines of a table at once.
fn check(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let wrong = table.iter().filter(|(text, expected)| read(text) != *expected);
    let wrong: Vec<String> = wrong.map(|(text, expected)| format!("{text}\n  {}\n  {expected}", read(text))).collect();
    assert!(wrong.is_empty(), "read, and expected:\n{}", wrong.join("\n"));
}

#[test]
fn figures_are_read_as_people_type_them() {
    let table = [
        ("$13bn", "$13 billion (US dollars) = 13000000000 USD"),
        ("more than $13bn", "more than $13 billion (US dollars) = 13000000000!.. USD, text"),
        ("$13bn+", "at least $13 billion (US dollars) = 13000000000.. USD"),
        ("≥13bn USD", "at least $13 billion = 13000000000.. USD"),
        (">$13bn", "more than $13 billion (US dollars) = 13000000000!.. USD"),
        ("up to €150m", "up to €150 million = ..150000000 EUR, text"),
        ("< CHF 5,000", "less than CHF 5,000 = ..5000! CHF"),
        ("£1.2–1.5m", "£1.2–1.5 million (pounds sterling) = 1200000..1500000 GBP"),
        ("£900k to 1.2m", "£900,000 to £1.2 million (pounds sterling) = 900000..1200000 GBP, text"),
        ("about €35m", "about €35 million = ~35000000 EUR, text"),
        ("~35m EUR", "about €35 million = ~35000000 EUR"),
        ("nearly $5bn", "less than about $5 billion (US dollars) = ~..5000000000! USD, text"),
        ("1.234.567,89 €", "€1,234,567.89 = 1234567.89 EUR"),
        ("1,5 million EUR", "€1.5 million = 1500000 EUR, text"),
        ("€1.234", "? €1,234 · €1.234"),
        ("€1,234", "€1,234 = 1234 EUR"),
        ("1'250'000 Fr.", "CHF 1.25 million (Swiss francs) = 1250000 CHF"),
        ("5 lakh rupees", "₹500,000 (Indian rupees) = 500000 INR, text"),
        ("¥300m", "? ¥300 million (yen) · CNY 300 million (yuan)"),
        ("500 kr", "? SEK 500 (Swedish kronor) · NOK 500 (Norwegian kroner) · DKK 500 (Danish kroner)"),
        ("13 billion", "? $13 billion (US dollars) · €13 billion (euros) · £13 billion (pounds sterling)"),
        ("$13bn a year", "$13 billion (US dollars) = 13000000000 USD, text"),
        ("undisclosed", "no number: the amount is drawn as unknown = , text"),
        ("$13bm", "! “bm” is not a number word. Did you mean bn?"),
        ("$13 bilion", "! “bilion” is not a number word. Did you mean billion?"),
        ("$8–5bn", "! The second number is smaller than the first."),
        ("27 %", "27% = share 27"),
        ("more than half", "more than 50% = share 50!.., text"),
        ("about a quarter", "about 25% = share ~25, text"),
        ("120 %", "120%, more than the whole = share 120"),
        ("2 GW", "a quantity: 2 GW = quantity 2 GW"),
        ("2,000 t", "a quantity: 2,000 t = quantity 2000 t"),
        ("380,000–410,000 TEU", "a quantity: 380,000–410,000 TEU = quantity 380000..410000 TEU"),
        ("", "(emptied)"),
        ("-", "(emptied)"),
        ("a lot", "! There is no number here. Write it in digits, such as $13bn, 27% or 2 GW."),
    ];
    check(&table, |text| figure_line(&read_figure(text, &[])));
}

#[test]
fn the_currency_of_the_map_decides_what_a_sign_leaves_open() {
    let used = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let read = |text: &str, codes: &[&str]| figure_line(&read_figure(text, &used(codes)));
    assert!(read("13 billion", &["USD"]).ends_with("[as elsewhere in this map]"), "may be taken by Enter");
    assert!(read("13 billion", &["EUR", "USD"]).starts_with("? €13 billion"));
    assert!(!read("13 billion", &["EUR", "USD"]).contains('['), "none may be taken unasked");
    assert_eq!(read("500 kr", &["NOK"]), "NOK 500 (Norwegian kroner) = 500 NOK");
    assert_eq!(read("$5m", &["CAD"]), "CAD 5 million (Canadian dollars) = 5000000 CAD");
    assert_eq!(read("$5m", &["USD", "CAD"]), "$5 million (US dollars) = 5000000 USD");
}

#[test]
fn dates_are_read_as_people_type_them() {
    let table = [
        ("2019", "in 2019 = 2019"),
        ("since March 2019", "since March 2019 = 2019-03 to .."),
        ("Mar 2019", "in March 2019 = 2019-03"),
        ("03/2019", "in March 2019 = 2019-03"),
        ("2019-03", "in March 2019 = 2019-03"),
        ("March 3, 2019", "on 3 March 2019 = 2019-03-03"),
        ("3.3.2019", "on 3 March 2019 = 2019-03-03"),
        ("13/04/2019", "on 13 April 2019 = 2019-04-13"),
        ("03/04/2019", "? on 3 April 2019 · on 4 March 2019"),
        ("from 2019 to 2021", "2019 to 2021 = 2019 to 2021"),
        ("2019-21", "? 2019 to 2021 · spring 2019 (EDTF)"),
        ("2019–24", "2019 to 2024 = 2019 to 2024"),
        ("Q1 2019", "in the first quarter of 2019 = 2019-33"),
        ("H2 2019", "in the second half of 2019 = 2019-41"),
        ("spring 2021", "in spring 2021 = 2021-21"),
        ("early 2021", "? in 2021 · the first third of 2021"),
        ("mid-2020", "? in 2020 · the middle third of 2020"),
        ("c. 2019", "around 2019 = 2019~"),
        ("probably 2019", "in 2019 (uncertain) = 2019?"),
        ("the nineties", "in the 1990s = 199X"),
        ("the 2010s", "in the 2010s = 201X"),
        ("1990s", "in the 1990s = 199X"),
        ("before 2020", "in 2019 or earlier = [..2019]"),
        ("after 2015", "in 2016 or later = [2016..]"),
        ("before March 2020", "in February 2020 or earlier = [..2020-02]"),
        ("after 31 December 2020", "on 1 January 2021 or later = [2021-01-01..]"),
        ("2017 or 2018", "in 2017 or 2018 = [2017,2018]"),
        ("today", "on 28 November 2026 = 2026-11-28"),
        ("..", "still running =  to .."),
        ("ongoing", "still running =  to .."),
        ("unknown", "(emptied)"),
        ("-", "(emptied)"),
        ("31 Feb 2019", "! February 2019 has 28 days."),
        ("2019-02-30", "! February 2019 has 28 days."),
        ("2019-13", "! There is no month 13."),
        ("'19", "? 2019 · 1919"),
        ("last spring", "! Tieline needs the year, such as 2019 or March 2019."),
        ("until 2020", "until 2020 =  to 2020"),
    ];
    let today = Some(jiff::civil::date(2026, 11, 28));
    check(&table, |text| line(&read_typed_dates(text, today), date_line));
}

#[test]
fn what_a_field_opens_with_is_read_as_the_same_value() {
    let bound = |value: &str, is_inclusive| Some(Bound { value: value.parse().expect("a number"), is_inclusive });
    let exact = |value| (bound(value, true), bound(value, true));
    let limits = [
        exact("13000000000"),
        exact("1234567.89"),
        exact("1234"),
        exact("0.5"),
        (bound("900000", true), bound("1200000", true)),
        (bound("5", false), None),
        (bound("5000000", true), None),
        (None, bound("7000", false)),
        (None, bound("7000000", true)),
    ];
    for (lower, upper) in limits {
        for (currency, unit) in [(Some("USD"), None), (Some("CAD"), None), (Some("SEK"), None), (None, Some("GW"))] {
            for is_approximate in [false, true] {
                let (currency, unit) = (currency.map(str::to_owned), unit.map(str::to_owned));
                let amount = Amount { lower, upper, is_approximate, currency, unit, text: None };
                let text = amount_entry(&amount);
                let read = read_figure(&text, amount.currency.as_slice());
                let value = match read.sole().map(|meaning| &meaning.value) {
                    Some(TypedFigure::Money(read) | TypedFigure::Quantity(read)) => {
                        Amount { text: None, ..read.clone() }
                    }
                    other => panic!("{text}: {other:?} of {read:?}"),
                };
                assert_eq!(value, amount, "{text}");
            }
        }
    }
    for edtf in ["2019", "2019-03", "2019-03-05", "2019-33", "2019~", "199X", "[2017,2018]", "[..2019]", "2021-37"] {
        let date = Date::parse(edtf).expect("a date");
        let text = date_entry(&date);
        let read = read_typed_dates(&text, None);
        assert_eq!(read.sole().map(|meaning| &meaning.value.date), Some(&Some(date)), "{text}");
    }
}
