//! Tests of dates and periods as people write them.

use proptest::prelude::*;

use super::{DateOrder, ReadDates, Reading, read_dates};
use crate::model::Date;

/// Writes a reading in short: "2013", "2013..2014", "? 2013" with a mark of ambiguity.
fn short(reading: &Reading<ReadDates>) -> String {
    let text = |date: &Option<Date>| date.as_ref().map_or("", Date::text).to_owned();
    match reading {
        Reading::Value(read) => {
            let doubt = if read.is_ambiguous { "?? " } else { "" };
            let century = if read.is_century_assumed { " (century)" } else { "" };
            let gap = read.gap.as_ref().map(|(from, to)| format!(" gap {}..{}", from.text(), to.text()));
            let body = match &read.date {
                Some(date) => date.text().to_owned(),
                None => format!("{} to {}", text(&read.start), text(&read.end)),
            };
            format!("{doubt}{body}{century}{}", gap.unwrap_or_default())
        }
        Reading::WordsOnly => "words".to_owned(),
        Reading::Empty => "empty".to_owned(),
        Reading::Unreadable => "unreadable".to_owned(),
    }
}

#[test]
fn single_dates() {
    for (text, expected) in [
        ("2019", "2019"),
        (" 2019\u{a0}", "2019"),
        ("2019-05", "2019-05"),
        ("2019-05-03", "2019-05-03"),
        ("2019-5-3", "2019-05-03"),
        ("2019/05/03", "2019-05-03"),
        ("2019.05.03", "2019-05-03"),
        ("20190503", "2019-05-03"),
        ("2019-05-03T10:00:00Z", "2019-05-03"),
        ("2019-05-03 10:00:00", "2019-05-03"),
        ("2019-05-03 10:00:00.000+02:00", "2019-05-03"),
        ("4/13/2021 12:00:00 AM", "2021-04-13"),
        ("3/4/2021", "?? 2021"),
        ("5/5/2021", "2021-05-05"),
        ("13/4/2021", "2021-04-13"),
        ("3.4.2021", "2021-04-03"),
        ("3. 4. 2021", "2021-04-03"),
        ("03.04.21", "2021-04-03 (century)"),
        ("13/4/99", "1999-04-13 (century)"),
        ("05/2019", "2019-05"),
        ("5.2019", "2019-05"),
        ("2019/05", "2019-05"),
        ("14-JUN-2004", "2004-06-14"),
        ("14-JUN-04", "2004-06-14 (century)"),
        ("2004-Jun-14", "2004-06-14"),
        ("März 2021", "2021-03"),
        ("Maerz 2021", "2021-03"),
        ("May 2023", "2023-05"),
        ("3 May 2023", "2023-05-03"),
        ("May 3, 2023", "2023-05-03"),
        ("May 3rd, 2023", "2023-05-03"),
        ("Wednesday, 3 May 2023", "2023-05-03"),
        ("3rd of May 2023", "2023-05-03"),
        ("3. Mai 2023", "2023-05-03"),
        ("3.Mai 2023", "2023-05-03"),
        ("1er août 2023", "2023-08-01"),
        ("déc. 2020", "2020-12"),
        ("3 de mayo de 2023", "2023-05-03"),
        ("ene. 2020", "2020-01"),
        ("Q3 2020", "2020-35"),
        ("2020 Q3", "2020-35"),
        ("2020Q3", "2020-35"),
        ("3Q 2020", "2020-35"),
        ("Q3/2020", "2020-35"),
        ("3. Quartal 2020", "2020-35"),
        ("third quarter of 2020", "2020-35"),
        ("H1 2020", "2020-40"),
        ("spring 2021", "2021-21"),
        ("Herbst 2021", "2021-23"),
        ("2010s", "201X"),
        ("1990er", "199X"),
        ("2015-00-00", "2015"),
        ("2015-06-00", "2015-06"),
        ("00/00/2015", "2015"),
        ("circa 1999", "1999~"),
        ("c. 1999", "1999~"),
        ("~1999", "1999~"),
        ("um 1999", "1999~"),
        ("vers 1999", "1999~"),
        ("1999?", "1999?"),
        ("1999 (?)", "1999?"),
        ("circa 1999?", "1999%"),
        ("2004-06~", "2004-06~"),
        ("in 2019", "2019"),
        ("between 2013 and 2014", "[2013..2014]"),
        ("zwischen 2013 und 2014", "[2013..2014]"),
        ("", "empty"),
        ("–", "empty"),
        ("0000-00-00", "empty"),
        ("unknown", "words"),
        ("n/a", "words"),
        ("999", "unreadable"),
        ("3000", "unreadable"),
        ("-2019", "unreadable"),
        ("42466", "unreadable"),
        ("2019.5", "unreadable"),
        ("2019.05", "2019-05"),
        ("2021-02-30", "unreadable"),
        ("31.2.2021", "unreadable"),
        ("4/13/13/2021", "unreadable"),
        ("May", "unreadable"),
        ("yesterday", "unreadable"),
        ("5 million", "unreadable"),
    ] {
        assert_eq!(short(&read_dates(text, DateOrder::Unknown)), expected, "{text}");
    }
}

#[test]
fn periods() {
    for (text, expected) in [
        ("2013–2014", "2013 to 2014"),
        ("2013-2014", "2013 to 2014"),
        ("2013 - 2014", "2013 to 2014"),
        ("2013/2014", "2013 to 2014"),
        ("2013–14", "2013 to 2014"),
        ("2013-14", "2013 to 2014"),
        ("2019-21", "?? 2019"),
        ("2019–21", "2019 to 2021"),
        ("2019/20", "2019 to 2020"),
        ("2020-07/2020-09", "2020-07 to 2020-09"),
        ("2020-07/..", "2020-07 to .."),
        ("2020-07/", "2020-07 to "),
        ("../2020", " to 2020"),
        ("/2020", " to 2020"),
        ("2019-03-01 - 2020-06-30", "2019-03-01 to 2020-06-30"),
        ("2019-03-01–2020-06-30", "2019-03-01 to 2020-06-30"),
        ("3.4.2021–5.4.2021", "2021-04-03 to 2021-04-05"),
        ("3–5 May 2023", "2023-05-03 to 2023-05-05"),
        ("3-5 May 2023", "2023-05-03 to 2023-05-05"),
        ("3.–5. Mai 2023", "2023-05-03 to 2023-05-05"),
        ("May–June 2023", "2023-05 to 2023-06"),
        ("May 2023 to June 2024", "2023-05 to 2024-06"),
        ("from 2013 to 2014", "2013 to 2014"),
        ("von 2013 bis 2014", "2013 to 2014"),
        ("de 2013 à 2014", "2013 to 2014"),
        ("du 3 mai 2013 au 4 juin 2014", "2013-05-03 to 2014-06-04"),
        ("de 2013 a 2014", "2013 to 2014"),
        ("desde 2013 hasta 2014", "2013 to 2014"),
        ("since 2019", "2019 to .."),
        ("seit März 2019", "2019-03 to .."),
        ("ab 2019", "2019 to .."),
        ("depuis 2019", "2019 to .."),
        ("desde mayo de 2019", "2019-05 to .."),
        ("from 2019", "2019 to .."),
        ("until 2021", " to 2021"),
        ("bis 2021", " to 2021"),
        ("jusqu’en 2021", " to 2021"),
        ("hasta 2021", " to 2021"),
        ("2019–", "2019 to .."),
        ("2019-", "2019 to .."),
        ("–2019", " to 2019"),
        ("2019 – present", "2019 to .."),
        ("2019-present", "2019 to .."),
        ("2019 bis heute", "2019 to .."),
        ("2019 à aujourd'hui", "2019 to .."),
        ("2019 – la actualidad", "2019 to .."),
        ("present", " to .."),
        ("ongoing", " to .."),
        ("..", " to .."),
        ("ca. 2013–2014", "2013~ to 2014"),
        ("3/4/2021 - 5/5/2021", "?? 2021 to 2021-05-05"),
        ("2014–2013", "unreadable"),
        ("2019-03-2020", "unreadable"),
        ("since", "unreadable"),
        ("2019 and", "unreadable"),
    ] {
        assert_eq!(short(&read_dates(text, DateOrder::Unknown)), expected, "{text}");
    }
}

#[test]
fn time_sets_of_gephi() {
    for (text, expected) in [
        ("<[2013,2015)>", "2013 to 2014"),
        ("<[2013,2014]>", "2013 to 2014"),
        ("<[2013.0, 2014.0]>", "2013 to 2014"),
        ("<[2019-03-01, 2020-06-30]; [2021-01-01, 2021-12-31]>", "2019-03-01 to 2021-12-31 gap 2020-07-01..2020-12-31"),
        ("<[2019-03-01,2020-06-30];[2021-01-01,2021-12-31]>", "2019-03-01 to 2021-12-31 gap 2020-07-01..2020-12-31"),
        ("<[2021,2022];[2013,2020]>", "2013 to 2022"),
        ("<[2013,2020];[2014,2015]>", "2013 to 2020"),
        ("<[2013,2014,blue]>", "2013 to 2014"),
        ("<[2013-01,2013-03)>", "2013-01 to 2013-02"),
        ("<[2013-01-01,2013-03-01)>", "2013-01-01 to 2013-02-28"),
        ("<(2013,2015]>", "2014 to 2015"),
        ("<[2013,Infinity]>", "2013 to .."),
        ("<[-Infinity,2013]>", " to 2013"),
        ("<[2013]>", "2013 to 2013"),
        ("<>", "unreadable"),
        ("<[", "unreadable"),
        ("<[a,b]>", "unreadable"),
        ("<[-Infinity,Infinity]>", "unreadable"),
    ] {
        assert_eq!(short(&read_dates(text, DateOrder::Unknown)), expected, "{text}");
    }
}

#[test]
fn the_column_shows_the_order_of_day_and_month() {
    let cases: [(&[&str], DateOrder); 7] = [
        (&["3/4/2021", "13/4/2021"], DateOrder::DayFirst),
        (&["3/4/2021", "4/13/2021"], DateOrder::MonthFirst),
        (&["3/4/2021", "5/6/2021"], DateOrder::Unknown),
        (&["13/4/2021", "4/13/2021"], DateOrder::Unknown),
        (&["13.4.2021", "3/4/2021"], DateOrder::Unknown),
        (&["1/2/2021 - 13/4/2021"], DateOrder::DayFirst),
        (&["13-04-2021"], DateOrder::DayFirst),
    ];
    for (values, order) in cases {
        assert_eq!(DateOrder::of_column(values.iter().copied()), order, "{values:?}");
    }
    assert_eq!(short(&read_dates("3/4/2021", DateOrder::DayFirst)), "2021-04-03");
    assert_eq!(short(&read_dates("3/4/2021", DateOrder::MonthFirst)), "2021-03-04");
    assert_eq!(short(&read_dates("4/13/2021", DateOrder::DayFirst)), "2021-04-13");
    assert_eq!(short(&read_dates("3.4.2021", DateOrder::MonthFirst)), "2021-04-03");
}

#[test]
fn a_column_of_starts_takes_the_start_of_a_period() {
    let read = read_dates("2013–2014", DateOrder::Unknown).value().expect("a period");
    assert_eq!((read.as_start().map(Date::text), read.as_end().map(Date::text)), (Some("2013"), Some("2014")));
    let read = read_dates("2013", DateOrder::Unknown).value().expect("a date");
    assert_eq!((read.as_start().map(Date::text), read.as_end().map(Date::text)), (Some("2013"), Some("2013")));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(
        text in "\\PC{0,40}|[<>\\[\\]();,0-9 .:/~?T–-]{0,40}|(since|to|May|Q|bis|circa|2019|3|/|-|–| ){0,8}",
    ) {
        for order in [DateOrder::Unknown, DateOrder::DayFirst, DateOrder::of_column([text.as_str()])] {
            if let Reading::Value(read) = read_dates(&text, order) {
                prop_assert!(read.date.is_some() || read.start.is_some() || read.end.is_some());
            }
        }
    }

    #[test]
    fn every_day_is_read_in_every_notation(year in 1000_u16..3000, month in 1_u8..=12, day in 1_u8..=28) {
        let name = ["Jan", "Feb", "März", "April", "Mai", "juin", "juillet", "agosto", "Sept.", "okt", "NOV", "dic"]
            [usize::from(month) - 1];
        let expected = format!("{year}-{month:02}-{day:02}");
        for text in [
            expected.clone(),
            format!("{day}.{month}.{year}"),
            format!("{day}/{month}/{year}"),
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{year}{month:02}{day:02}"),
            format!("{year}/{month}/{day}"),
        ] {
            let read = read_dates(&text, DateOrder::DayFirst);
            let date = read.value().and_then(|read| read.date);
            let found = date.as_ref().map(Date::text);
            prop_assert_eq!(found, Some(expected.as_str()), "{}", text);
        }
    }
}
