//! Delimited text of all kinds: encodings, separators, quotes.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251};

use super::super::trim_table;
use super::{data, listing, notes, with_tables};

/// Reads a text file, and lists its only table with its notes.
fn read(bytes: impl AsRef<[u8]>, name: &str) -> String {
    with_tables(bytes.as_ref(), name, |tables| {
        assert_eq!(tables.tables.len(), 1, "{name}");
        listing(&tables.tables[0]) + &notes(&tables.tables[0].notes)
    })
}

/// Like [`read`], for a table that is trimmed.
fn read_trimmed(text: &str) -> String {
    with_tables(text.as_bytes(), "a.csv", |mut tables| {
        trim_table(&mut tables.tables[0]);
        listing(&tables.tables[0]) + &notes(&tables.tables[0].notes)
    })
}

#[test]
fn separators_are_found_by_content() {
    for (text, expected) in [
        ("a;b\n1,5;2,5\n", "1: a | b\n2: 1,5 | 2,5\n"),
        ("a\tb\nLast, First\tx; y\n", "1: a | b\n2: Last, First | x; y\n"),
        ("a|b\n1|2\n", "1: a | b\n2: 1 | 2\n"),
        ("a,b\nx|y|z,1\n", "1: a | b\n2: x|y|z | 1\n"),
        ("\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n", "1: a;b | c;d\n2: e;f | g;h\n"),
        ("Rowan Trust\r\nSpruce AB\r\n", "1: Rowan Trust\n2: Spruce AB\n"),
        ("sep=|\na|b,c\n", "2: a | b,c\n"),
        ("\u{feff}\"sep=;\"\r\na;b\r\n", "2: a | b\n"),
        ("a,b\r1,2\r", "1: a | b\n2: 1 | 2\n"),
        ("a,b\n\n , \n1,2,3\n4\n", "1: a | b\n4: 1 | 2 | 3\n5: 4\n"),
        ("a,b\n1,", "1: a | b\n2: 1 | \n"),
    ] {
        assert_eq!(read(text, "a.csv"), expected, "{text}");
    }
    with_tables(b"a\tb\n1\t2\n", "a.txt", |tables| assert_eq!(tables.format, "tsv"));
    with_tables(b"", "a.csv", |tables| assert!(tables.tables.is_empty()));
}

#[test]
fn comments_are_skipped_unless_they_hold_the_headings() {
    let note = "Remark row 1 1 comment lines above the table are left out\n";
    assert_eq!(read("# made by R\na,b\n1,2\n", "a.csv"), format!("2: a | b\n3: 1 | 2\n{note}"));
    assert_eq!(read("# from,to\n1,2\n", "a.csv"), "1: # from | to\n2: 1 | 2\n");
}

#[test]
fn quotes_are_read_as_they_are_meant() {
    for (text, expected) in [
        ("a,b\n\"x \"\"y\"\" z\",\"\"\n", "1: a | b\n2: x \"y\" z | \n"),
        ("a,b\n\"x\" ,\"y\"  \n", "1: a | b\n2: x | y\n"),
        ("a,b\n\"the \"big\" one\",2\n", "1: a | b\n2: the \"big\" one | 2\n"),
        ("a,b\n5\" pipe,2\n", "1: a | b\n2: 5\" pipe | 2\n"),
        ("a,b\n\"C:\\dir\\\",2\n", "1: a | b\n2: C:\\dir\\ | 2\n"),
        ("a,b\n\"\\\"x\\\" and \\\\\",2\n", "1: a | b\n2: \"x\" and \\ | 2\n"),
        ("a,b\n\"\"\"\",2\n", "1: a | b\n2: \" | 2\n"),
        ("a,b\n\"x\r\ny\rz\",2\n3,4\n", "1: a | b\n2: x⏎y⏎z | 2\n5: 3 | 4\n"),
    ] {
        assert_eq!(read(text, "a.csv"), expected, "{text}");
    }
}

#[test]
fn marks_of_missing_values_are_no_text() {
    for (text, expected) in [
        ("a,b\nNULL,\"NULL\"\n", "1: a | b\n2:  | NULL\n"),
        ("a,b\nnull,Null\n", "1: a | b\n2: null | Null\n"),
        ("\"\",\"a\"\n\"1\",NA\n\"2\",\"NA\"\n", "1:  | a\n2: 1 | \n3: 2 | NA\n"),
        ("\"a\",b\nNA,\"x\"\n", "1: a | b\n2: NA | x\n"),
        ("a\tb\n\\N\tx\\ny\\\\z\\q\n", "1: a | b\n2:  | x⏎y\\z\\q\n"),
        ("a\tb\nC:\\new\tz\n", "1: a | b\n2: C:\\new | z\n"),
        ("a,b\n\\N,C:\\new\n", "1: a | b\n2:  | C:\\new\n"),
    ] {
        assert_eq!(read(text, "a.csv"), expected, "{text}");
    }
}

#[test]
fn a_quote_left_open_ends_with_its_line() {
    let note = "a quote is opened and never closed\n";
    assert_eq!(
        read("a,b,c\nx,\"y,z\nu,v,w\n", "a.csv"),
        format!("1: a | b | c\n2: x | y | z\n3: u | v | w\nWarning row 2 column 2 {note}")
    );
    assert_eq!(
        read("a,b,c\nx,\"y,z\nu,\"v\",\"w\"\n\"k\",l,m\n", "a.csv"),
        format!("1: a | b | c\n2: x | y | z\n3: u | v | w\n4: k | l | m\nWarning row 2 column 2 {note}"),
        "quotes in later lines don't close it"
    );
}

#[test]
fn encodings_are_detected_and_named() {
    let czech = "Od,Do\nŽižkovský spolek,Příbram a řeka Úhlava\nDům dětí,Město Třebíč\n";
    let russian = "Откуда,Куда\nЗаречный завод,Балтийский порт\nИван Жуков,Заречный завод\n";
    let japanese = "会社,人\n東京電力株式会社,山田太郎\n日本銀行,鈴木花子\n";
    let encode = |text: &str, encoding: &'static Encoding| encoding.encode(text).0.into_owned();
    for (text, encoding) in [(czech, WINDOWS_1250), (russian, WINDOWS_1251), (japanese, SHIFT_JIS)] {
        with_tables(&encode(text, encoding), "a.csv", |tables| {
            assert_eq!(tables.encoding, Some(encoding.name()));
            let first: Vec<String> =
                tables.tables[0].rows().map(|row| row.cells[0].text.clone().into_owned()).collect();
            let expected: Vec<&str> = text.lines().map(|line| line.split(',').next().expect("a field")).collect();
            assert_eq!(first, expected);
            assert_eq!(tables.tables[0].notes.len(), 1, "the encoding is said once");
        });
    }
    let wide = |text: &str, encoding: &'static Encoding| -> Vec<u8> {
        let is_big = encoding == UTF_16BE;
        text.encode_utf16().flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for encoding in [UTF_16LE, UTF_16BE] {
        for mark in ["", "\u{feff}"] {
            with_tables(&wide(&format!("{mark}Source\tTarget\nZoë\tBjørn\n"), encoding), "a.txt", |tables| {
                assert_eq!(listing(&tables.tables[0]), "1: Source | Target\n2: Zoë | Bjørn\n", "{mark:?}");
                assert_eq!(tables.encoding, Some(encoding.name()));
            });
        }
    }
}

#[test]
fn accents_that_come_late_are_read() {
    let bytes = data("cases/04-windows-1252/late.csv");
    with_tables(&bytes, "late.csv", |tables| {
        let last = tables.tables[0].rows().last().expect("a row");
        assert!(last.cells.iter().any(|cell| cell.text == "Zoë Brandão"), "{last:?}");
    });
}

#[test]
fn text_borrows_its_cells() {
    let bytes = data("cases/06-quotes-and-newlines/unclosed.csv");
    with_tables(&bytes, "unclosed.csv", |tables| {
        for row in tables.tables[0].rows() {
            for cell in row.cells {
                assert!(matches!(cell.text, std::borrow::Cow::Borrowed(_)), "{cell:?}");
            }
        }
    });
}

#[test]
fn sif_is_known_by_name_and_by_shape() {
    let text = "Ada\tadvises\tBob\tCy\nBob\tadvises\tCy\nLone\n";
    with_tables(text.as_bytes(), "net.txt", |tables| assert_eq!(tables.format, "sif"));
    with_tables(text.as_bytes(), "net.tsv", |tables| assert_eq!(tables.format, "tsv"));
    with_tables(b"From\tTo\tKind\nAda\tBob\towns\nBob\tCy\towns\n", "net.txt", |tables| {
        assert_eq!(tables.format, "tsv");
    });
}

#[test]
fn lists_of_edges_are_known_by_name_and_by_shape() {
    for (text, name) in [("a b 1\nb c 0.5\n", "net.txt"), ("a b\n\nb c 0.5\n", "net.ncol")] {
        with_tables(text.as_bytes(), name, |tables| {
            assert_eq!(tables.format, "ncol");
            let rows = tables.tables[0].rows().map(|row| row.cells.len());
            assert_eq!((rows.len(), rows.max()), (3, Some(3)), "the headings and two lines: {name}");
        });
    }
    with_tables(b"a b 1\nb c 0.5\n", "net.csv", |tables| assert_eq!(tables.format, "csv"));
    with_tables(b"Ada Lovelace\nAlan Turing\n", "people.txt", |tables| assert_eq!(tables.format, "csv"));
}

#[test]
fn what_is_above_and_below_a_table_is_trimmed() {
    let rest = "Id,Name,Sum\n1,Ada,5\n2,Bob,6\n";
    for (above, below) in [
        ("Loans\n\n", ""),
        ("Loans of the year\n", ""),
        ("Loans,,\n", ""),
        ("", "\nTotal,,11\n"),
        ("", "Total:,,11\n"),
        ("", "\nSource: registry\n"),
    ] {
        let shown = read_trimmed(&format!("{above}{rest}{below}"));
        let rows: Vec<&str> = shown
            .lines()
            .filter(|line| line.contains(" | "))
            .map(|line| &line[line.find(' ').unwrap_or(0)..])
            .collect();
        assert_eq!(rows, [" Id | Name | Sum", " 1 | Ada | 5", " 2 | Bob | 6"], "{above}{below}\n{shown}");
        assert_eq!(shown.matches(" is not part of the table").count(), 1, "{shown}");
    }
    for kept in [
        "Lone\nA,B\nC,D\n",
        "Id,Name,Kind\n1,Ada,x\n2,Total,company\n",
        "Name,Kind\nAda,x\nTotal,oil company\n",
        ";A\nA;1\n",
    ] {
        let shown = read_trimmed(kept);
        assert_eq!(shown.lines().count(), kept.lines().count(), "{shown}");
    }
}
