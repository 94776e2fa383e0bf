//! Tests of all forms of dates, in words, in short and in sentences.

use crate::model::Date;

use super::{date_phrase, date_short, date_text};

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

#[test]
fn dates_in_words_short_and_in_sentences() {
    let cases = [
        ("2026-02-27", "27 February 2026", "27 Feb 2026", "on 27 February 2026"),
        ("2026-03", "March 2026", "Mar 2026", "in March 2026"),
        ("2019", "2019", "2019", "in 2019"),
        ("2019~", "about 2019", "c. 2019", "around 2019"),
        ("2017?", "2017 (uncertain)", "2017?", "in 2017 (uncertain)"),
        ("2017%", "about 2017 (uncertain)", "c. 2017?", "around 2017 (uncertain)"),
        ("2019-~03", "about March 2019", "c. Mar 2019", "around March 2019"),
        ("2021-21", "spring 2021", "spring 2021", "in spring 2021"),
        ("2021-24", "winter 2021", "winter 2021", "in winter 2021"),
        ("2019-33", "the first quarter of 2019", "Q1 2019", "in the first quarter of 2019"),
        ("2019-41", "the second half of 2019", "H2 2019", "in the second half of 2019"),
        ("2019-38", "the second third of 2019", "the second third of 2019", "in the second third of 2019"),
        ("202X", "the 2020s", "the 2020s", "in the 2020s"),
        ("20XX", "some year from 2000 to 2099", "some year from 2000 to 2099", "in some year from 2000 to 2099"),
        ("XXXX", "an unknown year", "an unknown year", "in an unknown year"),
        ("2004-06-XX", "some day in June 2004", "some day in Jun 2004", "on some day in June 2004"),
        ("2004-XX", "some month of 2004", "some month of 2004", "in some month of 2004"),
        ("2020/2021", "2020 to 2021", "2020–2021", "from 2020 to 2021"),
        ("2020-03/2021", "March 2020 to 2021", "Mar 2020 to 2021", "from March 2020 to 2021"),
        ("2020/..", "since 2020", "since 2020", "since 2020"),
        ("2020/", "from 2020, end unknown", "from 2020, end unknown", "from 2020, end unknown"),
        ("../2020", "until 2020", "until 2020", "until 2020"),
        ("[2017,2018]", "2017 or 2018", "2017 or 2018", "in 2017 or 2018"),
        ("{2017,2018}", "2017 and 2018", "2017 and 2018", "in 2017 and 2018"),
        ("[2017..2019]", "2017 to 2019", "2017 to 2019", "from 2017 to 2019"),
        ("[..1984]", "1984 or earlier", "1984 or earlier", "in 1984 or earlier"),
        ("-0043", "44 BC", "44 BC", "in 44 BC"),
        ("Y170000", "170,000", "170,000", "in 170,000"),
        ("1950S2", "roughly 1950", "c. 1950", "in roughly 1950"),
        (
            "2026-02-27T14:30:00Z",
            "27 February 2026, 14:30 UTC",
            "27 Feb 2026, 14:30 UTC",
            "on 27 February 2026, 14:30 UTC",
        ),
        ("..", "ongoing", "ongoing", "ongoing"),
    ];
    for (text, full, short, phrase) in cases {
        assert_eq!(date_text(&date(text)), full, "{text}");
        assert_eq!(date_short(&date(text)), short, "{text}");
        assert_eq!(date_phrase(&date(text)), phrase, "{text}");
    }
}

#[test]
fn a_year_that_no_number_holds_stays_as_written() {
    assert_eq!(date_text(&date("Y1E30")), "Y1E30");
}

#[test]
fn every_date_has_words() {
    for text in ["2004-XX-XX", "2XXX-12-XX", "-00XX", "2004-1X", "1XXX-XX", "2021-26", "2021-31", "../..", "Y-17E7"] {
        if let Ok(date) = Date::parse(text) {
            assert!(!date_text(&date).is_empty() && !date_short(&date).is_empty(), "{text}");
        }
    }
}
