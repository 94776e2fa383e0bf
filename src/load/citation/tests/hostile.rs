//! Damaged and huge pastes: none panics, each ends soon, and nothing hidden stays hidden.

use proptest::prelude::*;

use crate::address::Address;
use crate::hidden_characters::is_hidden;
use crate::load::citation::{Pasted, PastedQuote, read_pasted};
use crate::load::table::tests::damage::{Numbers, mutated};
use crate::model::{OwnValue, Source};

const SEEDS: [&str; 7] = [
    "@article{doe, author = {Doe, Jane and {A}}, title = {{\\\"O}l \\& \\emph{x} $y$ -- z}, month = 10 # mar, year = 2019,\n\
     crossref = {doe}, xdata = {doe}, ids = {a, b}, url = {https://x.example/\\_}, date = {2019-05/2020}, editor = {a=b, c}}\n\
     @string{s = s # \"x\"}\n@book{b, title = s # s, year = {1 \\'{e}}}",
    "TY  - JOUR\nAU  - Doe, Jane\nTI  - A\n more\nDA  - 2019/05/12/x\nUR  - https://x.example\nSP  - 1\nEP  - 2\nER  - \nTY  - NEWS\nT1  - B",
    "[{\"id\":\"a\",\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2019,1]]},\"author\":[{\"family\":\"D\"}]}]",
    "https://www.x.example:80/a?utm_x=1&b=2#c:~:text=p%C3%A9-,s%2C,e,-q&text=z",
    "“Words of\na docu-\nment” https://x.example/#:~:text=W",
    "doi:10.1000/(x)<y>;2-O.",
    "„a “b” ‘c’ «d»",
];

fn texts(source: &Source) -> Vec<&str> {
    let plain = [&source.title, &source.publisher, &source.url, &source.language, &source.note, &source.archive_url];
    let own = source.own.iter().flat_map(|field| match &field.value {
        OwnValue::Text(text) => vec![&*field.name, text.as_str()],
        OwnValue::List(list) => list
            .iter()
            .filter_map(|value| if let OwnValue::Text(text) = value { Some(text.as_str()) } else { None })
            .collect(),
        _ => Vec::new(),
    });
    plain.into_iter().flatten().chain(&source.authors).map(String::as_str).chain(own).collect()
}

/// Checks what holds of every paste.
fn check(text: &str) {
    let quotes = |quotes: &[PastedQuote]| {
        for PastedQuote { quote, .. } in quotes {
            assert!(!quote.exact.is_empty());
            let parts = [Some(&quote.exact), quote.prefix.as_ref(), quote.suffix.as_ref()];
            assert!(parts.into_iter().flatten().all(|text| !text.contains(is_hidden)), "{text:?}: {quote:?}");
        }
    };
    match read_pasted(text) {
        Pasted::Sources(found) => {
            assert!(!found.sources.is_empty() && found.remarks.len() <= found.remark_count);
            assert!(found.skipped <= found.remark_count, "each entry that is left out is told");
            for new in &found.sources {
                let source = &new.source;
                assert!(source.title.is_some() || source.url.is_some() || source.csl.is_some(), "{source:?}");
                assert!(source.url.as_deref().is_none_or(|url| Address::openable(url).is_ok()), "{source:?}");
                let is_hidden = |c: char| is_hidden(c) && c != '\n' && c != '\t' && c != '\r';
                let is_break = |c: char| matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
                for text in texts(source) {
                    assert!(!text.contains(|c| is_hidden(c) && !is_break(c)), "{text:?}");
                }
                quotes(&new.quotes);
            }
        }
        Pasted::Quote(quote) => quotes(&[quote]),
        Pasted::Unreadable { reason, .. } => assert!(!reason.is_empty() && !reason.contains(is_hidden), "{reason:?}"),
        Pasted::Nothing | Pasted::TooLong => {}
    }
}

#[test]
fn damaged_text_is_read_or_refused() {
    let mut numbers = Numbers(7);
    for seed in SEEDS {
        for end in (0..seed.len()).filter(|end| seed.is_char_boundary(*end)) {
            check(&seed[..end]);
            check(&seed[end..]);
        }
        for _ in 0..1_500 {
            check(&String::from_utf8_lossy(&mutated(seed.as_bytes(), &mut numbers)));
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*|[@{}\\\\\"=#,$a-z \n\u{202e}~%:/.-]{0,200}") {
        check(&text);
        check(&format!("@a{{k,{text}"));
        check(&format!("TY  - X\n{text}"));
        check(&format!("https://x.example/#:~:text={text}"));
    }
}

/// Texts of about this size, of each sort that could take long.
fn huge(bytes: usize) -> Vec<String> {
    let times = |part: &str| part.repeat(bytes / part.len());
    let inside = |part: &str| format!("@misc{{k, title = {{{}}}}}", times(part));
    vec![
        times("a"),
        times("a-\n"),
        times("“"),
        times("\""),
        times("@"),
        times("@a{"),
        times("@a{k,"),
        times("\n@a{k,"),
        times("\n@a{k,t={x}"),
        times("@misc{k,title={x}}"),
        times("TY  - "),
        times("TY  - X\n"),
        times("TY  - X\nTI  - y\n"),
        format!("TY  - X\nTI  - y\n{}", times("KW  - z\n")),
        format!("TY  - X\nTI  - y\n{}", times("more\n")),
        times("["),
        times("{\"type\":"),
        format!("[{}{{\"id\":\"z\",\"title\":\"z\"}}]", times("{\"id\":\"a\",\"title\":\"b\"},")),
        times("https://x.example/ "),
        times("https://x.example/\n"),
        format!("https://x.example/#:~:{}", times("text=a-,b,-c&")),
        format!("https://x.example/#:~:text={}", times("%")),
        format!("https://{}", times("a.")),
        times("a."),
        times("10.1000/"),
        format!("10.1000/{}", times(")")),
        inside("{}"),
        inside("{a{b}}"),
        inside("\\a{}"),
        inside("\\emph{"),
        inside("$a$"),
        inside("\\'"),
        format!("@misc{{k, title = {}x{}}}", times("{"), times("}")),
        format!("@misc{{k, title = {{{}x{}}}}}", "\\a{".repeat(bytes / 4), "}".repeat(bytes / 4)),
        format!("@misc{{k, author = {{{}}}}}", times("a and ")),
        format!("@misc{{k, {}}}", times("a = {b}, ")),
        format!("@string{{a = {{{}}}}}\n@misc{{k, title = a {}}}", "x".repeat(4_000), times("# a ")),
        format!(
            "{}@misc{{k, title = z30}}",
            (1..31).fold("@string{z0 = {lol}}\n".to_owned(), |text, n| {
                format!("{text}@string{{z{n} = z{} # z{}}}\n", n - 1, n - 1)
            })
        ),
        "@misc{k, title={T}, crossref={k}, xdata={k}, ids={k}}".to_owned(),
    ]
}

/// Reads huge texts. Without a clock: work that grows with the square of a megabyte would not end within hours.
pub(super) fn survive_huge(bytes: usize) {
    for text in huge(bytes) {
        check(&text);
    }
}

#[test]
fn long_texts_are_survived() {
    survive_huge(1 << 15);
    assert!(matches!(read_pasted(&"a".repeat(9 << 20)), Pasted::TooLong));
}
