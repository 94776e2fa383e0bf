//! Normalization of texts for redaction: decodes them, removes marks, case and confusables, and splits them into
//! tokens.

use std::borrow::Cow;

use idna::punycode;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;

use super::romanize::romanizations;

/// Rounds of decoding, because encodings may be nested.
const DECODE_ROUNDS: usize = 3;

/// Separator between a word and its predecessor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// None: the text was split at a capital or a digit.
    Glued,
    /// A hyphen, apostrophe or another joining sign.
    Joined,
    /// Anything else.
    Apart,
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Letters and digits as written, in NFKC.
    pub(super) raw: String,
    /// Normalized forms: folded, then with confusables replaced, then romanized. Never empty.
    pub(super) forms: Vec<String>,
    /// Separator before the word.
    pub(super) gap: Gap,
    /// Whether it begins with a capital or a caseless letter.
    pub(super) is_capital: bool,
    /// Whether it has capitals and no lowercase letters.
    pub(super) is_upper: bool,
    /// Whether a dot follows.
    pub(super) has_dot: bool,
}

impl Token {
    /// Returns the main form.
    pub(super) fn word(&self) -> &str {
        &self.forms[0]
    }

    /// Returns the number of letters and digits.
    pub(super) fn len(&self) -> usize {
        self.raw.chars().count()
    }

    fn new(raw: String, gap: Gap, has_dot: bool) -> Option<Self> {
        let mut forms = vec![fold(&raw)];
        // Confusables of capitals must be replaced before case folding.
        forms.push(fold(&look_alikes(&raw)));
        forms.extend(romanizations(&raw));
        forms.retain(|form| !form.is_empty());
        let mut seen: Vec<String> = Vec::with_capacity(forms.len());
        for form in forms {
            if !seen.contains(&form) {
                seen.push(form);
            }
        }
        if seen.is_empty() {
            return None;
        }
        let is_capital = raw.chars().next().is_some_and(|c| !c.is_lowercase());
        let is_upper = raw.chars().all(|c| !c.is_lowercase()) && raw.chars().any(char::is_uppercase);
        Some(Self { raw, forms: seen, gap, is_capital, is_upper, has_dot })
    }
}

/// Splits a text into words, after decoding; see [`decoded`].
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = decoded(text);
    let text: String = text.nfkc().filter(|c| !is_ignorable(*c)).collect();
    let mut tokens: Vec<Token> = Vec::new();
    let (mut raw, mut between) = (String::new(), String::new());
    let mut gap = Gap::Apart;
    let mut push = |raw: &mut String, gap: Gap, has_dot: bool| {
        if !raw.is_empty() {
            tokens.extend(Token::new(std::mem::take(raw), gap, has_dot));
        }
    };
    for c in text.chars() {
        if c.is_alphanumeric() || (is_combining_mark(c) && !raw.is_empty()) {
            let last = raw.chars().next_back();
            if last.is_some_and(|last| is_cut(last, c)) {
                push(&mut raw, gap, false);
                gap = Gap::Glued;
            } else if raw.is_empty() && !between.is_empty() {
                gap = gap_of(&between);
            }
            between.clear();
            raw.push(c);
        } else {
            push(&mut raw, gap, c == '.');
            between.push(c);
        }
    }
    push(&mut raw, gap, false);
    tokens
}

/// Returns the characters that are neither letters, digits nor spaces, to match names that consist of such symbols.
pub(super) fn symbols(text: &str) -> String {
    let kept = |c: &char| !c.is_alphanumeric() && !c.is_whitespace() && !is_ignorable(*c);
    decoded(text).nfkc().filter(kept).collect()
}

/// Removes case, marks and confusables; keeps only letters and digits.
pub(super) fn fold(raw: &str) -> String {
    let lower = raw.chars().flat_map(char::to_lowercase).flat_map(|c| {
        let pair = match c {
            'ß' => ['s', 's'],
            'ı' => ['i', '\0'],
            'ς' => ['σ', '\0'],
            c => [c, '\0'],
        };
        pair.into_iter().filter(|c| *c != '\0')
    });
    let bare: String = lower.nfkd().filter(|c| !is_combining_mark(*c)).nfc().collect();
    look_alikes(&bare).chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Replaces letters of other scripts by the Latin letters that they resemble (Unicode TR 39, skeletons).
fn look_alikes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let mut buffer = [0; 4];
        let latin = || skeleton(c.encode_utf8(&mut buffer)).collect::<String>();
        match (!c.is_ascii()).then(latin).filter(|latin| latin.is_ascii()) {
            Some(latin) => out.push_str(&latin),
            None => out.push(c),
        }
    }
    out
}

/// Whether adjacent letters or digits belong to different words: "aB", "3m", "m3".
fn is_cut(last: char, next: char) -> bool {
    (last.is_lowercase() && next.is_uppercase())
        || (last.is_ascii_digit() && next.is_alphabetic())
        || (last.is_alphabetic() && next.is_ascii_digit())
}

fn gap_of(between: &str) -> Gap {
    let mut chars = between.trim().chars();
    let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '_' | '·');
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '&');
    match (chars.next(), chars.next()) {
        // A hyphen at the end of a line may be followed by whitespace.
        (Some(c), None) if is_hyphen(c) && between.starts_with(c) => Gap::Joined,
        (Some(c), None) if is_apostrophe(c) && between.chars().count() == 1 => Gap::Joined,
        _ => Gap::Apart,
    }
}

/// Whether a character is invisible: zero-width, soft hyphen, direction or variation mark.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Undoes percent-encoding, Punycode in hosts, and character references of HTML and JSON.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..DECODE_ROUNDS {
        let before = text.clone();
        if text.contains('%')
            && let Ok(plain) = percent_decode_str(&text).decode_utf8()
            && *plain != *text
        {
            text = Cow::Owned(plain.into_owned());
        }
        if text.contains('&') {
            text = Cow::Owned(html_escape::decode_html_entities(&text).into_owned());
        }
        if text.contains("\\u") {
            text = Cow::Owned(without_json_escapes(&text));
        }
        if text.to_ascii_lowercase().contains("xn--") {
            text = Cow::Owned(without_punycode(&text));
        }
        if text == before {
            break;
        }
    }
    text
}

/// Replaces `\u00fc` by the character that it encodes.
fn without_json_escapes(text: &str) -> String {
    let mut pieces = text.split("\\u");
    let mut out = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let code = piece.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            out.push(c);
            out.push_str(&piece[4..]);
        } else {
            out.push_str("\\u");
            out.push_str(piece);
        }
    }
    out
}

/// Decodes host labels in Punycode.
fn without_punycode(text: &str) -> String {
    let is_label = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !is_label(c)) {
        let label = piece.trim_end_matches(|c: char| !is_label(c));
        let lower = label.to_ascii_lowercase();
        match lower.strip_prefix("xn--").and_then(punycode::decode_to_string) {
            Some(word) => out.push_str(&word),
            None => out.push_str(label),
        }
        out.push_str(&piece[label.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).iter().map(|token| token.word().to_owned()).collect()
    }

    #[test]
    fn disguises_are_undone() {
        for (text, word) in [
            ("Ver\u{ad}rin", "verrin"),
            ("Ver\u{200b}rin", "verrin"),
            ("V\u{435}rrin", "verrin"),
            ("ＶＥＲＲＩＮ", "verrin"),
            ("Mu\u{308}ller", "muller"),
            ("m%C3%BCller", "muller"),
            ("m%25C3%25BCller", "muller"),
            ("xn--mller-kva", "muller"),
            ("m&#252;ller", "muller"),
            ("m&#xfc;ller", "muller"),
            ("m&uuml;ller", "muller"),
            ("m%26uuml%3Bller", "muller"),
            ("m\\u00fcller", "muller"),
            ("GROSSMANN", "grossmann"),
            ("Großmann", "grossmann"),
            ("İnönü", "inonu"),
        ] {
            assert_eq!(words(text), [word], "{text}");
        }
        assert_eq!(words("ΠΑΠΑΔΟΠΟΥΛΟΣ"), words("παπαδόπουλος"));
        // A capital that resembles a Latin letter, unlike its lowercase form.
        assert!(tokens("\u{41d}olt").iter().any(|token| token.forms.iter().any(|form| form == "holt")));
    }

    #[test]
    fn words_are_cut_and_gaps_told() {
        let gaps = |text: &str| tokens(text).iter().skip(1).map(|token| token.gap).collect::<Vec<_>>();
        assert_eq!(words("MicrosoftTeams 13m"), ["microsoft", "teams", "13", "m"]);
        assert_eq!(gaps("aB"), [Gap::Glued]);
        assert_eq!(gaps("Ver-\nrin d'Or AT&T a - b"), {
            use Gap::{Apart, Joined};
            [Joined, Apart, Joined, Apart, Joined, Apart, Apart]
        });
        assert!(tokens("B.P.").iter().all(|token| token.has_dot && token.is_upper));
        assert_eq!(symbols("met 🦊!"), "🦊!");
        assert_eq!(words("100% of a\\b &c &#; &#xZZ; xn--\u{e9}"), ["100", "of", "a", "b", "c", "x", "zz", "e"]);
    }
}
