//! Tells whether the word for a kind of ties is a verb, so that its ties read as sentences.

/// Words at the end of a verb phrase in English, German, French and Spanish: "invests in", "zahlt an".
const PREPOSITIONS: &[&str] = &[
    "in", "to", "for", "with", "of", "by", "from", "at", "on", "into", "under", "an", "bei", "von", "mit", "für",
    "auf", "à", "de", "en", "pour", "par", "avec", "chez", "a", "por", "para", "con",
];
/// Those that a German verb has behind it.
const GERMAN: &[&str] = &["an", "bei", "mit", "für", "auf"];
/// Those that a French verb has behind it.
const FRENCH: &[&str] = &["à", "pour", "par", "avec", "chez", "en"];
/// Words with the ending of a verb that are names of things.
const NOUNS: &str = "accounts affairs assets bonds business clients contracts credits customers deals debts donations \
    economics ethics finances friends funds gifts goods grants holdings interests investments links \
    loans logistics members meetings news parents partners payments politics purchases relations \
    relatives sales securities services shares stocks subsidies suppliers talks ties transactions works";

/// Returns the phrase between two names that the word for a kind is: "Owns" is "owns", "owned by" is "is owned by".
/// `None` if it seems to name a thing.
#[must_use]
pub fn verb_of(kind: &str) -> Option<String> {
    let words: Vec<String> = kind.split_whitespace().map(str::to_lowercase).collect();
    let (first, last) = (words.first()?, words.last()?);
    let is_phrase = words.len() > 1 && PREPOSITIONS.contains(&last.as_str());
    let ends_as_verb =
        first.len() > 3 && first.ends_with('s') && !["ss", "us", "is"].iter().any(|end| first.ends_with(end));
    let is_verb =
        ends_as_verb && words.len() <= 3 && !words.iter().any(|word| NOUNS.split(' ').any(|noun| noun == word));
    if words.iter().any(|word| !word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '’' || c == '\'')) {
        return None;
    }
    // A noun with a preposition names a thing, too: "payment to", "member of".
    let is_participle = last == "by" && (first.ends_with("ed") || first.ends_with('n') || first.ends_with("id"));
    let is_german = first.ends_with("iert") || (first.ends_with('t') && GERMAN.contains(&last.as_str()));
    let is_french = first.ends_with('e') && FRENCH.contains(&last.as_str());
    let is_of_noun = is_phrase && !ends_as_verb && !is_participle && !is_german && !is_french;
    match () {
        () if is_participle => Some(format!("is {}", words.join(" "))),
        () if is_phrase && ["of", "de", "von"].contains(&last.as_str()) => is_verb.then(|| lowered(kind)),
        () if (is_phrase && !is_of_noun) || is_verb => Some(lowered(kind)),
        () => None,
    }
}

/// Returns the text with a small first letter, or in small letters if it is written in capitals.
fn lowered(text: &str) -> String {
    if !text.chars().any(char::is_lowercase) {
        return text.trim().to_lowercase();
    }
    let mut letters = text.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::verb_of;

    #[test]
    fn verbs_are_told_from_names_of_things() {
        for (kind, verb) in [
            ("invests in", "invests in"),
            ("Owns", "owns"),
            ("sells only to", "sells only to"),
            ("PAYS", "pays"),
            ("owned by", "is owned by"),
            ("Paid by", "is paid by"),
            ("zahlt an", "zahlt an"),
            ("investiert in", "investiert in"),
            ("finance", ""),
            ("Investment", ""),
            ("shares", ""),
            ("member of", ""),
            ("business", ""),
            ("Director", ""),
            ("loan to", ""),
            ("Payment to", ""),
            ("contract with", ""),
            ("travaille pour", "travaille pour"),
            ("R2D2 in", ""),
            ("gives", "gives"),
            ("", ""),
        ] {
            assert_eq!(verb_of(kind).unwrap_or_default(), verb, "{kind}");
        }
    }
}
