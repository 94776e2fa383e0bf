//! Finds the roles that the heading of a column may have.
//!
//! The words are those of `assets/import/headings.tsv`. A word may have several roles ("Source" is the start of a tie or
//! what reports it); which one applies depends on the other headings and on the values, and is decided by the importer.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use super::role::Role;
use super::unit_heading::names_unit;

const HEADINGS: &str = include_str!("../../../assets/import/headings.tsv");

/// A line of the file of headings.
struct HeadingLine<'a> {
    role: Role,
    language: &'a str,
    word: &'a str,
}

fn lines() -> impl Iterator<Item = HeadingLine<'static>> {
    HEADINGS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let (role, language, word) = (cells.next()?, cells.next()?, cells.next()?);
        Some(HeadingLine { role: Role::from_word(role)?, language, word })
    })
}

static ROLES: LazyLock<HashMap<String, Vec<Role>>> = LazyLock::new(|| {
    let mut found: HashMap<String, Vec<Role>> = HashMap::new();
    // English "note" and "quote" are more usual headings than the French mark and the German share.
    let is_common = |line: &HeadingLine| matches!(line.language, "en" | "tool");
    for line in lines().filter(is_common).chain(lines().filter(|line| !is_common(line))) {
        let roles = found.entry(key(&fold_heading(line.word))).or_default();
        if !roles.contains(&line.role) {
            roles.push(line.role);
        }
    }
    found
});

/// Folds a heading for comparison: without case, accents, byte order mark and units in parentheses at the end; with
/// single spaces for "_", "-" and white space.
///
/// `Start_Date` becomes "start date", "Amount (EUR)" becomes "amount".
#[must_use]
pub fn fold_heading(heading: &str) -> String {
    let folded = fold(heading).replace(['_', '-', '–', '"', '“', '”'], " ");
    let mut text = folded.trim();
    loop {
        let opened = match text.chars().last() {
            Some(')') => text.rfind('('),
            Some(']') if !text.ends_with("[]") => text.rfind('['),
            Some(':' | '*' | '.' | ';' | ',') => Some(text.len() - 1),
            _ => None,
        };
        match opened {
            Some(at) if !text[..at].trim().is_empty() => text = text[..at].trim_end(),
            _ => break,
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes what differs between spellings of the same heading: "startDate" and "start date".
fn key(folded: &str) -> String {
    folded.chars().filter(|c| !matches!(c, ' ' | '\'' | '.')).collect()
}

/// Returns the roles that a heading may have, the most usual first; empty if it is unknown.
#[must_use]
pub fn roles_of_heading(heading: &str) -> &'static [Role] {
    if heading.len() > 200 {
        return &[];
    }
    let folded = fold_heading(heading);
    let roles = roles_of_folded(&folded);
    if !roles.is_empty() {
        return roles;
    }
    if let Some(roles) = folded.rsplit_once(':').and_then(|(name, typed)| roles_of_typed(name, typed)) {
        return roles;
    }
    without_units(heading).map_or(&[], |name| roles_of_folded(&fold_heading(&name)))
}

fn roles_of_folded(folded: &str) -> &'static [Role] {
    ROLES.get(&key(folded)).map_or(&[], Vec::as_slice)
}

/// Reads a heading of neo4j-admin: "personId:ID(Person)", "since:date".
fn roles_of_typed(name: &str, typed: &str) -> Option<&'static [Role]> {
    let typed = typed.trim();
    match key(typed).as_str() {
        "id" | "label" | "startid" | "endid" | "type" => Some(roles_of_folded(&format!(":{typed}"))),
        "ignore" => Some(&[Role::Ignore]),
        other => {
            let scalar = other.split(['[', '{']).next().unwrap_or_default();
            let is_type = [
                "string",
                "int",
                "integer",
                "long",
                "short",
                "byte",
                "float",
                "double",
                "number",
                "boolean",
                "char",
                "date",
                "datetime",
                "localdatetime",
                "time",
                "localtime",
                "duration",
                "point",
                "array",
            ]
            .contains(&scalar);
            is_type.then(|| roles_of_folded(name))
        }
    }
}

/// Removes a currency and a scale from the end of a heading: "Betrag in Mio. EUR", `amount_usd`.
fn without_units(heading: &str) -> Option<String> {
    const MAX_UNIT_WORDS: usize = 4;
    let spaced = heading.replace('_', " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let first = words.len().saturating_sub(MAX_UNIT_WORDS).max(1);
    let start = (first..words.len()).find(|at| words[*at..].iter().all(|word| is_unit_word(word)))?;
    words[start..].iter().any(|word| names_unit(word)).then(|| words[..start].join(" "))
}

fn is_unit_word(word: &str) -> bool {
    matches!(fold(word).as_str(), "in" | "en" | "of" | "de" | "d'") || names_unit(word)
}

#[cfg(test)]
#[path = "heading_tests.rs"]
mod tests;
