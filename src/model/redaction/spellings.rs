//! Generation of the spellings of a redacted name.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::fold::{Gap, Token, fold, symbols, tokens};
use super::lexicon::{FUNCTION_WORDS, GENERIC_WORDS, GIVEN_NAMES, LEGAL_FORMS, TITLES, UNSPACED_FORMS, is_filler};
use super::romanize::{consonants, has_no_vowels, is_foreign, is_han, is_unspaced, loosened, romanizations};

/// Minimum number of letters of name parts that match inside words; shorter ones match whole words only.
pub(super) const LONG: usize = 4;
/// Minimum number of letters of parts that match across separated words.
pub(super) const LONGER: usize = 6;
/// Maximum number of words of a person's name.
const PERSONAL: usize = 4;

/// Type of the owner of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    /// A person, by its kind.
    Person,
    /// Anything else with a kind.
    Other,
    /// Unknown: no kind.
    Unknown,
}

/// Spellings of redacted names, by type of match.
#[derive(Default)]
pub(super) struct Spellings {
    /// Matched inside words.
    pub(super) inside: BTreeSet<String>,
    /// Matched as whole words.
    pub(super) whole: HashSet<String>,
    /// Matched as whole words that begin with a capital.
    pub(super) capital: HashSet<String>,
    /// Matched as whole words in capitals or dotted letters.
    pub(super) upper: HashSet<String>,
    /// Matched as stems of slightly longer words.
    pub(super) stems: HashSet<String>,
    /// Loosened spellings of names in other scripts, matched as stems.
    pub(super) foreign: HashSet<String>,
    /// Loosened spellings of all name parts, matched as stems of words in other scripts.
    pub(super) loose: HashSet<String>,
    /// Consonants of names in scripts without vowels.
    pub(super) consonants: HashSet<String>,
    /// Consonants of all name parts, matched against words in other scripts.
    pub(super) sounds: HashSet<String>,
    /// Word sequences by their first word.
    pub(super) phrases: HashMap<String, Vec<Vec<String>>>,
    /// Names that consist of symbols.
    pub(super) symbols: BTreeSet<String>,
    /// Initials, matched after a form of address.
    pub(super) initials: HashSet<String>,
}

impl Spellings {
    /// Adds a name with its parts, acronyms, short forms and romanizations.
    pub(super) fn add_name(&mut self, name: &str, bearer: Bearer) {
        let words = words_of(name);
        if words.is_empty() {
            self.add_symbols(name);
            return;
        }
        self.add_phrase(name);
        let parts: Vec<&Token> = words.iter().filter(|word| !is_filler(word.word())).collect();
        for part in &parts {
            self.add_part(part);
        }
        if let ([only], true) = (&*words, parts.is_empty()) {
            self.capital.extend(only.forms.iter().cloned());
        }
        self.add_acronyms(&words);
        if bearer == Bearer::Person || is_personal(&words) {
            self.add_short_forms(&words);
        }
    }

    /// Adds a text that matches only as a whole, regardless of spacing.
    pub(super) fn add_phrase(&mut self, text: &str) {
        let words = words_of(text);
        let sequence: Vec<String> = words.iter().map(|word| word.word().to_owned()).collect();
        let compact = sequence.concat();
        let is_number = compact.chars().all(|c| c.is_ascii_digit());
        match compact.chars().count() {
            0 => self.add_symbols(text),
            1 => {}
            2..=4 => _ = self.whole.insert(compact),
            length if is_number && length < LONGER => _ = self.whole.insert(compact),
            _ => _ = self.inside.insert(compact),
        }
        if let Some(first) = sequence.first()
            && sequence.len() > 1
        {
            self.phrases.entry(first.clone()).or_default().push(sequence);
        }
    }

    /// Adds the distinctive parts of a name: for people all but the given name, for others all but generic words, each
    /// unless `is_shared`.
    pub(super) fn add_distinctive(&mut self, name: &str, bearer: Bearer, is_shared: impl Fn(&str) -> bool) {
        let words = words_of(name);
        let telling: Vec<&Token> = words.iter().filter(|word| !is_filler(word.word())).collect();
        if telling.iter().any(|word| !GENERIC_WORDS.contains(word.word())) || telling.len() > 1 || words.is_empty() {
            let significant: Vec<&str> = telling.iter().map(|word| word.raw.as_str()).collect();
            self.add_phrase(&significant.join(" "));
            self.add_phrase(name);
        }
        let is_person = bearer == Bearer::Person || (bearer == Bearer::Unknown && is_personal(&words));
        let skipped = usize::from(is_person && telling.len() > 1);
        for part in telling.into_iter().skip(skipped) {
            if !is_shared(part.word()) && (skipped > 0 || !GENERIC_WORDS.contains(part.word())) {
                self.add_part(part);
            }
        }
    }

    fn add_symbols(&mut self, name: &str) {
        let signs = symbols(name);
        if !signs.is_empty() {
            self.symbols.insert(signs);
        }
    }

    fn add_part(&mut self, part: &Token) {
        if is_unspaced(&part.raw) {
            self.add_unspaced(part);
            return;
        }
        let is_number = part.raw.chars().all(|c| c.is_ascii_digit());
        let least = if has_no_vowels(&part.raw) { LONG - 1 } else { LONG };
        for form in part.forms.iter().chain(&without_article(part)) {
            match form.chars().count() {
                0 | 1 => continue,
                length if length < least || (is_number && length < LONGER) => {
                    if !is_number || length >= LONG {
                        self.whole.insert(form.clone());
                        self.capital.insert(format!("{form}s"));
                    }
                }
                _ => _ = self.inside.insert(form.clone()),
            }
            self.stems.extend(stems(form));
            let loose = loosened(form);
            let bare = loose.trim_end_matches(is_vowel);
            if bare.chars().count() >= LONG && bare.is_ascii() {
                self.loose.insert(bare.to_owned());
                if is_foreign(&part.raw) {
                    self.foreign.insert(bare.to_owned());
                }
            }
            let sound = consonants(form);
            if form.is_ascii() && sound.len() >= 3 {
                if has_no_vowels(&part.raw) {
                    self.consonants.insert(sound.clone());
                }
                self.sounds.insert(sound);
            }
        }
    }

    /// Adds a name in a script without spaces: all pairs of adjacent characters and the family name.
    fn add_unspaced(&mut self, part: &Token) {
        let mut word = part.word();
        for form in &*UNSPACED_FORMS {
            word = word.strip_suffix(form.as_str()).or(word.strip_prefix(form.as_str())).unwrap_or(word);
        }
        let chars: Vec<char> = word.chars().collect();
        if !is_han(word) {
            if chars.len() > 1 {
                self.inside.insert(word.to_owned());
            }
            if chars.len() == 3 {
                self.inside.insert(chars[1..].iter().collect());
            }
            self.whole.extend(part.forms[1..].iter().cloned());
            return;
        }
        let latin =
            |chars: &[char]| chars.iter().map(|c| any_ascii::any_ascii_char(*c).to_lowercase()).collect::<String>();
        for pair in chars.windows(2) {
            self.inside.insert(pair.iter().collect());
            self.whole.insert(latin(pair));
        }
        if chars.len() <= PERSONAL {
            self.inside.insert(chars[..1].iter().collect());
            self.whole.insert(latin(&chars[..1]));
            if chars.len() > 1 {
                self.whole.insert(latin(&chars[1..]));
            }
        }
        if chars.len() > 1 {
            self.inside.insert(latin(&chars));
        }
    }

    fn add_acronyms(&mut self, words: &[Token]) {
        let initials = |is_kept: &dyn Fn(&str) -> bool| -> String {
            words.iter().map(Token::word).filter(|word| is_kept(word)).filter_map(|word| word.chars().next()).collect()
        };
        let all = initials(&|_| true);
        let without_forms = initials(&|word| !LEGAL_FORMS.contains(word));
        let significant = initials(&|word| !is_filler(word));
        let without_joints = initials(&|word| !FUNCTION_WORDS.contains(word));
        for acronym in [all, without_forms, significant, without_joints] {
            match acronym.chars().count() {
                0 | 1 => {}
                2 | 3 => _ = self.upper.insert(acronym),
                _ => _ = self.whole.insert(acronym),
            }
        }
    }

    /// Adds variants and prefixes of the given name, and initials of the family name.
    fn add_short_forms(&mut self, words: &[Token]) {
        for word in words {
            let known = word.forms.iter().filter_map(|form| GIVEN_NAMES.get(form));
            self.capital.extend(known.flatten().cloned());
        }
        if let Some(first) = words.first() {
            let chars: Vec<char> = first.word().chars().collect();
            for length in 3..chars.len() {
                self.capital.insert(chars[..length].iter().collect());
            }
        }
        if let Some(last) = words.last().and_then(|word| word.word().chars().next()) {
            self.initials.insert(last.to_string());
        }
        // Initials of a family name of several words, such as "VDL".
        let family: String = words.iter().skip(1).filter_map(|word| word.word().chars().next()).collect();
        if family.chars().count() > 1 {
            self.upper.insert(family);
        }
    }
}

/// Splits a name into words, but not at capitals: "OpenAI" is one.
pub(super) fn words_of(name: &str) -> Vec<Token> {
    let mut words: Vec<Token> = Vec::new();
    for token in tokens(name) {
        match (token.gap, words.last_mut()) {
            (Gap::Glued, Some(last)) => {
                last.raw.push_str(&token.raw);
                last.forms = merged_forms(&last.forms, &token.forms);
                last.is_upper &= token.is_upper;
                last.has_dot = token.has_dot;
            }
            _ => words.push(token),
        }
    }
    words
}

/// Joins the forms of two halves of a word.
fn merged_forms(start: &[String], end: &[String]) -> Vec<String> {
    let count = start.len().max(end.len());
    let at = |forms: &[String], index: usize| forms.get(index).unwrap_or(&forms[0]).clone();
    (0..count).map(|index| at(start, index) + &at(end, index)).collect()
}

/// Whether these may form a person's name: two to four capitalized words, none of them a legal form.
pub(super) fn is_personal(words: &[Token]) -> bool {
    let is_plain = |word: &Token| !GENERIC_WORDS.contains(word.word()) && !word.raw.chars().any(|c| c.is_ascii_digit());
    let has_form = words.iter().any(|word| {
        LEGAL_FORMS.contains(word.word()) && !TITLES.contains(word.word())
            || matches!(word.word(), "and" | "for" | "the")
    });
    (2..=PERSONAL).contains(&words.len())
        && !has_form
        && words.iter().all(|word| word.is_capital)
        // A family name may be a generic word, a given name may not.
        && words.first().is_some_and(is_plain)
}

/// Returns the stems to which endings attach: without final vowels, without endings such as "os", or without a fleeting
/// "e" or "o".
fn stems(form: &str) -> Vec<String> {
    let chars: Vec<char> = form.chars().collect();
    let mut found = Vec::new();
    let mut end = chars.len();
    if end > LONG && matches!(chars[end - 1], 's' | 'σ') && matches!(chars[end - 2], 'o' | 'a' | 'u' | 'i' | 'η') {
        end -= 1;
    }
    while end > LONG && is_vowel(chars[end - 1]) {
        end -= 1;
    }
    if end < chars.len() && end >= LONG {
        found.push(chars[..end].iter().collect());
    }
    if let [start @ .., 'e' | 'o', last @ ('k' | 'c' | 'l' | 'r' | 'n')] = &*chars
        && start.len() >= LONG - 1
    {
        found.push(start.iter().chain(std::iter::once(last)).collect());
    }
    found
}

fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'a' | 'e'
            | 'i'
            | 'o'
            | 'u'
            | 'y'
            | 'j'
            | 'я'
            | 'ю'
            | 'и'
            | 'ы'
            | 'э'
            | 'є'
            | 'ї'
            | 'ь'
            | 'α'
            | 'ε'
            | 'η'
            | 'ι'
            | 'ο'
            | 'υ'
            | 'ω'
    )
}

/// Returns the forms of an Arabic or Hebrew word without its definite article.
fn without_article(part: &Token) -> Vec<String> {
    let bare = ["ال", "ה"].iter().find_map(|article| part.raw.strip_prefix(article));
    let bare = bare.filter(|bare| bare.chars().count() > 2);
    bare.map_or_else(Vec::new, |bare| std::iter::once(fold(bare)).chain(romanizations(bare)).collect())
}
