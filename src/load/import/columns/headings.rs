//! Headings of columns, and the roles that they may have.

use std::collections::HashMap;

use crate::wording::read::{Role, fold_heading, roles_of_heading};

use crate::load::import::cells::trimmed;

/// A heading, with the type that neo4j writes behind it taken off.
#[derive(Debug)]
pub(in crate::load::import) struct Heading {
    /// As it is shown.
    pub(in crate::load::import) text: String,
    /// As it is compared.
    pub(in crate::load::import) folded: String,
    pub(in crate::load::import) id_space: Option<String>,
    pub(in crate::load::import) roles: Vec<Role>,
}

impl Heading {
    pub(in crate::load::import) fn parse(heading: &str) -> Self {
        let heading = trimmed(heading);
        let (name, kind) = heading.rsplit_once(':').unwrap_or((heading, ""));
        let (kind, space) = kind.strip_suffix(')').and_then(|kind| kind.split_once('(')).unwrap_or((kind, ""));
        let neo4j = match kind {
            "ID" => Some(Role::ActorId),
            "START_ID" => Some(Role::From),
            "END_ID" => Some(Role::To),
            "TYPE" | "LABEL" => Some(Role::Kind),
            _ => None,
        };
        let is_typed = matches!(
            kind.trim_end_matches("[]"),
            "int"
                | "long"
                | "float"
                | "double"
                | "boolean"
                | "byte"
                | "short"
                | "char"
                | "string"
                | "point"
                | "date"
                | "localtime"
                | "time"
                | "localdatetime"
                | "datetime"
                | "duration"
        );
        let text = if neo4j.is_none() && is_typed { name } else { heading };
        let folded = fold_heading(text);
        let roles = neo4j.map_or_else(|| roles_of(text), |role| vec![role]);
        let id_space = (neo4j.is_some() && !space.is_empty()).then(|| space.to_owned());
        Self { text: crate::hidden_characters::visible(text).into_owned(), folded, id_space, roles }
    }

    pub(in crate::load::import) fn may_be(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Returns the roles of a heading; those of "To" also for "To 1", where several columns may have them.
fn roles_of(heading: &str) -> Vec<Role> {
    let roles = roles_of_heading(heading);
    // The name of a field of a map's own, as exports write it.
    if roles.is_empty() && heading.starts_with("x-") {
        return vec![Role::Keep];
    }
    if roles.is_empty() && heading.contains('.') {
        return roles_of_path(heading);
    }
    if roles.is_empty()
        && let Some(roles) = roles_of_end(heading)
    {
        return roles;
    }
    let stem = heading.trim_end_matches(|c: char| c.is_ascii_digit());
    if !roles.is_empty() || stem.len() == heading.len() {
        return roles.to_vec();
    }
    let may_repeat = |role: &Role| matches!(role, Role::To | Role::Tag | Role::Alias);
    roles_of_heading(stem).iter().copied().filter(may_repeat).collect()
}

/// Returns the roles of a word for an end of ties with what it is about that end: "Donor name", "lender id".
fn roles_of_end(heading: &str) -> Option<Vec<Role>> {
    let folded = fold_heading(heading);
    let (word, about) = folded.split_once(' ')?;
    // "Source" and similar words can mean more than an end.
    let [end @ (Role::From | Role::To)] = roles_of_heading(word) else { return None };
    let [name, kind] = if *end == Role::From { [Role::FromName, Role::FromKind] } else { [Role::ToName, Role::ToKind] };
    match about {
        "id" | "code" | "number" | "no" | "key" => Some(vec![*end]),
        "name" => Some(vec![name, *end]),
        "type" | "kind" | "category" => Some(vec![kind]),
        _ => None,
    }
}

/// Returns the roles of a path into nested data, such as "source.name" or "Relationship.Period.1.startDate": those of its
/// last name, unless a name before it is an end of ties.
fn roles_of_path(heading: &str) -> Vec<Role> {
    let names: Vec<&str> = heading.split('.').filter(|name| name.parse::<u32>().is_err()).collect();
    let Some((last, before)) = names.split_last() else { return Vec::new() };
    let roles = roles_of_heading(last);
    let ends = before.iter().flat_map(|name| roles_of_heading(name)).find(|role| matches!(role, Role::From | Role::To));
    let Some(end) = ends else {
        let is_end = |role: &Role| matches!(role, Role::From | Role::To);
        return roles.iter().copied().filter(|role| !is_end(role)).collect();
    };
    let [id, name, kind] = match end {
        Role::From => [Role::From, Role::FromName, Role::FromKind],
        _ => [Role::To, Role::ToName, Role::ToKind],
    };
    match roles {
        _ if roles.contains(&Role::ActorId) || roles.contains(&Role::TieId) => vec![id],
        _ if roles.contains(&Role::ActorName) => vec![name],
        _ if roles.contains(&Role::Kind) => vec![kind],
        _ => Vec::new(),
    }
}

/// Whether a heading is a word for the end of a tie that goes with "Source".
pub(in crate::load::import) fn is_target(heading: &Heading) -> bool {
    heading.folded.contains("target")
        || heading.folded.contains("dest")
        || heading.folded.contains("ziel")
        || heading.folded.contains("cible")
}

/// Returns the letters of a column in a spreadsheet.
pub(in crate::load::import) fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Returns a name for each column that no other has: its heading, or its letter.
pub(in crate::load::import) fn unique_names(headings: &[Heading]) -> Vec<String> {
    // The number of the last column with a heading, so that many columns of one heading are named in linear time.
    let mut known: HashMap<String, usize> = HashMap::new();
    let names = headings.iter().enumerate().map(|(column, heading)| {
        let stem = if heading.text.is_empty() { letters(column) } else { heading.text.clone() };
        let mut name = stem.clone();
        let mut count = known.get(&stem).copied().unwrap_or(0);
        while known.contains_key(&name) {
            count = count.max(1) + 1;
            name = format!("{stem} ({count})");
        }
        known.insert(stem, count.max(1));
        known.entry(name.clone()).or_insert(1);
        name
    });
    names.collect()
}
