//! Tables of actors whose headings name their partners: "Investor Names" beside "Organization Name", "Board 1" and
//! "Board 2" beside "Person".

use std::collections::HashSet;

use crate::hidden_characters::{Quoted, shortened};
use crate::load::table::Table;
use crate::model::Severity;
use crate::wording::read::{Role, fold_heading, roles_of_heading};

use super::look::{holds_names, look};
use super::pairs::name_of_bare_actors;
use crate::load::import::cells::{split_list, text};
use crate::load::import::columns::TableColumns;
use crate::load::import::options::ColumnChoice;
use crate::load::import::registry::fold_name;
use crate::load::import::report::preview::TableShape;
use crate::load::import::report::{ImportReport, Place};

/// Words before "name" that make it another name of the same actor, or of something that is no actor.
const OTHER_NAMES: &[&str] = &[
    "first",
    "last",
    "middle",
    "given",
    "family",
    "sur",
    "maiden",
    "birth",
    "nick",
    "user",
    "file",
    "short",
    "long",
    "full",
    "legal",
    "trade",
    "trading",
    "brand",
    "former",
    "previous",
    "old",
    "new",
    "other",
    "alternative",
    "alternate",
    "native",
    "local",
    "latin",
    "english",
    "official",
    "registered",
    "display",
    "common",
    "street",
    "city",
    "country",
    "state",
    "region",
    "place",
    "domain",
    "host",
    "server",
    "column",
    "table",
    "sheet",
    "field",
    "product",
    "project",
    "event",
    "deal",
    "transaction",
    "round",
    "program",
    "programme",
    "position",
    "job",
    "role",
    "title",
    "category",
    "group",
    "type",
    "kind",
    "sector",
    "industry",
];

/// Takes the rows of a table of actors for ties if headings say that other columns name partners.
pub(super) fn take_partners_for_ties(
    table: &Table<'_>,
    columns: &mut TableColumns,
    fixed: &[ColumnChoice],
    report: &mut ImportReport,
) {
    let Some(name) = name_of_bare_actors(columns, fixed) else { return };
    let (partners, role) = match (numbered(table, columns, name), named(table, columns, name)) {
        (numbered, _) if !numbered.is_empty() => (numbered, Role::To),
        (_, Some((partner, role))) => (vec![partner], role),
        _ => return,
    };
    let other = if role == Role::From { Role::To } else { Role::From };
    let guessed: Vec<(usize, Role)> =
        std::iter::once((name, other)).chain(partners.iter().map(|&partner| (partner, role))).collect();
    let recognized = TableColumns::recognize(table, fixed, &guessed);
    if recognized.shape != TableShape::Ties {
        return;
    }
    *columns = recognized;
    let heading = |column: usize| table.row(0).map_or("", |header| text(header, column));
    let named: Vec<String> = partners.iter().map(|&partner| Quoted(heading(partner)).to_string()).collect();
    let name_them = if partners.len() == 1 { "names" } else { "name" };
    let message = format!(
        "{} {name_them} partners of {}, so each row is read as ties between them; this is a guess",
        named.join(", "),
        Quoted(heading(name))
    );
    let remedy =
        format!("to make one actor from each name instead, use --set actor-name=\"{}\"", shortened(heading(name)));
    report.add(Severity::Remark, Place::new(table, table.heading_number(), partners[0]), message, &remedy);
}

/// Whether a column may name partners: it has no role, and short texts.
fn is_open(table: &Table<'_>, columns: &TableColumns, column: usize) -> bool {
    columns.list[column].role.is_none() && holds_names(table, column) && look(table, column).is_none()
}

/// Returns the columns of the first heading that is counted from column to column, if names in them occur again.
fn numbered(table: &Table<'_>, columns: &TableColumns, name: usize) -> Vec<usize> {
    let stem = |column: usize| {
        let folded = fold_heading(&columns.list[column].heading);
        let stem = folded.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        (stem.len() < folded.len() && !stem.is_empty()).then(|| stem.to_owned())
    };
    // The last of many columns may have no value in any row.
    let is_blank = |column: usize| table.rows().skip(1).all(|row| text(row, column).is_empty());
    let is_open = |column: &usize| {
        *column != name
            && (is_open(table, columns, *column) || (columns.list[*column].role.is_none() && is_blank(*column)))
    };
    let open: Vec<usize> = (0..columns.list.len()).filter(is_open).collect();
    for &first in &open {
        let Some(wanted) = stem(first) else { continue };
        let group: Vec<usize> = open.iter().copied().filter(|&other| stem(other).as_ref() == Some(&wanted)).collect();
        if group.len() > 1 && is_shared(table, &group) {
            return group;
        }
    }
    Vec::new()
}

/// Whether a fifth of the names in some columns, and two at least, occur in another row, too.
fn is_shared(table: &Table<'_>, group: &[usize]) -> bool {
    let (mut known, mut all, mut again) = (HashSet::new(), 0, 0);
    for row in table.rows().skip(1) {
        let names: HashSet<String> =
            group.iter().map(|&column| fold_name(text(row, column))).filter(|name| !name.is_empty()).collect();
        all += names.len();
        again += names.iter().filter(|name| known.contains(*name)).count();
        known.extend(names);
    }
    again >= 2 && again * 5 >= all
}

/// Returns the column whose heading names partners, and the end of ties that they are.
fn named(table: &Table<'_>, columns: &TableColumns, name: usize) -> Option<(usize, Role)> {
    let open: Vec<usize> =
        (0..columns.list.len()).filter(|&column| column != name && is_open(table, columns, column)).collect();
    // Of several columns that name the same end, the one with the most names: all investors before the lead investors.
    let count = |column: usize| -> usize {
        table.rows().skip(1).map(|row| split_list(text(row, column)).flat_map(|part| part.split(", ")).count()).sum()
    };
    let said = open.iter().filter_map(|&column| Some((column, end_of_heading(&columns.list[column].heading)?)));
    let said = said.max_by_key(|&(column, _)| (count(column), std::cmp::Reverse(column)));
    said.or_else(|| {
        let mut others = open.iter().copied().filter(|&column| is_name_of_another(&columns.list[column].heading));
        let other = others.next().filter(|_| others.next().is_none())?;
        Some((other, if other < name { Role::From } else { Role::To }))
    })
}

/// Returns the end that the last word of a heading names, such as "Lead Investors" or "owner name".
fn end_of_heading(heading: &str) -> Option<Role> {
    let folded = fold_heading(heading);
    let words = words_before_name(&folded).unwrap_or(&folded);
    let last = words.rsplit(' ').next()?;
    [last, last.strip_suffix('s').unwrap_or(last)].into_iter().find_map(|word| {
        // "Source" and "parent" can mean more than an end.
        let [role @ (Role::From | Role::To), ..] = roles_of_heading(word) else { return None };
        Some(*role)
    })
}

/// Whether a heading is of names that are not those of the actor itself, such as "board name".
fn is_name_of_another(heading: &str) -> bool {
    let folded = fold_heading(heading);
    words_before_name(&folded).is_some_and(|words| {
        let last = words.rsplit(' ').next().unwrap_or_default();
        roles_of_heading(heading).is_empty() && !OTHER_NAMES.contains(&last)
    })
}

/// Returns what stands before "name" or "names" in a folded heading.
fn words_before_name(folded: &str) -> Option<&str> {
    let before = folded.strip_suffix("names").or_else(|| folded.strip_suffix("name"))?;
    before.strip_suffix(' ').map(str::trim_end).filter(|before| !before.is_empty())
}
