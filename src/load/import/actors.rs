//! Makes actors of rows, and of names that only ties mention.

use std::collections::HashMap;

use crate::hidden_characters::{prose, visible};
use crate::load::LoadError;
use crate::load::table::{Cell, CellKind, Table, TableRow};
use crate::model::{Actor, ActorId, ImportId, Item, MetadataFields, OwnFields, OwnNumber, OwnValue};
use crate::wording::read::Role;

use super::cells::{self, RowOrigin, single_line, text};
use super::columns::TableColumns;
use super::keys::KeyOwner;
use super::progress::RowProgress;
use super::report::Place;
use super::values;

/// Marks a field that the format doesn't know.
const OWN_MARK: &str = "x-";
/// The field with all labels of an actor, the first of which is its kind.
const LABELS: &str = "x-labels";

impl super::Builder<'_> {
    /// Makes or completes an actor of each row.
    pub(super) fn actors_of(
        &mut self,
        table: &Table<'_>,
        columns: &TableColumns,
        import: ImportId,
        progress: &mut RowProgress<'_>,
    ) -> Result<(), LoadError> {
        let mut rows: HashMap<ActorId, u32> = HashMap::new();
        for row in table.rows().skip(1) {
            progress.step()?;
            self.report.rows.read += 1;
            let cell = |role: Role| columns.with(role).map_or("", |column| text(row, column));
            let (id, name) = (cell(Role::ActorId), cell(Role::ActorName));
            let name = if name.is_empty() { id } else { name };
            if name.is_empty() {
                let column = columns.with(Role::ActorName).or_else(|| columns.with(Role::ActorId)).unwrap_or(0);
                let place = Place::new(table, row.number, column);
                self.report.skip(
                    place,
                    "the row has neither a name nor an id; it is left out".to_owned(),
                    "add a name",
                );
                continue;
            }
            self.report.rows.used += 1;
            let id = columns.with(Role::ActorId).filter(|_| !id.is_empty()).map(|column| {
                let space = columns.list[column].id_space.as_deref();
                space.map_or_else(|| id.to_owned(), |space| format!("{space}/{id}"))
            });
            let kind = first_of_list(cell(Role::Kind));
            let known = match id.as_deref().filter(|_| table.is_of_graph()) {
                Some(id) => self.graph_actor(table, id, name),
                None => self.known_actor(id.as_deref(), kind, name),
            };
            let (actor, is_new) = match known {
                Some(actor) => (actor, false),
                None => (
                    self.add_actor(id.as_deref(), kind, name, Some(RowOrigin { import, key: &columns.key, row })),
                    true,
                ),
            };
            if let Some(id) = id.as_deref().filter(|_| table.is_of_graph()) {
                self.graph.add(table, id, actor);
            }
            if let Some(&before) = rows.get(&actor) {
                let column = columns.with(Role::ActorId).or_else(|| columns.with(Role::ActorName)).unwrap_or(0);
                let message = match &id {
                    Some(id) => format!("the id “{}” again; this row replaces what row {before} says", visible(id)),
                    None => format!(
                        "a second row of “{}”; its fields fill and replace those of row {before}",
                        visible(name)
                    ),
                };
                self.report.warn(
                    Place::new(table, row.number, column),
                    message,
                    "give each actor an id of its own if they are not the same",
                );
            }
            rows.insert(actor, row.number);
            self.fill_actor(actor, (table, row, columns), is_new);
        }
        Ok(())
    }

    /// Finds the actor that a row is about: by id, else by name and kind.
    fn known_actor(&self, id: Option<&str>, kind: Option<&str>, name: &str) -> Option<ActorId> {
        if let Some(id) = id {
            return self.names.with_id(id);
        }
        if let Some(kind) = kind {
            if let Some(actor) = self.names.with_kind(kind, name) {
                return Some(actor);
            }
            // A name that one actor of the map has is that actor, whatever a table says of its kind.
            if let [actor] = self.names.named(name)
                && self.actors.is_old(*actor)
                && !self.uses_kinds_as_names
            {
                return Some(*actor);
            }
            // Two actors of one name and different kinds are two; one whose kind is not known is the same.
            let has_no_kind = |actor: &ActorId| self.actors.get(*actor).is_some_and(|actor| actor.kind.is_none());
            return self.names.named(name).iter().copied().find(has_no_kind);
        }
        match self.names.named(name) {
            [actor] => Some(*actor),
            _ => None,
        }
    }

    /// Returns the actor with a name, and makes it if it is new.
    pub(super) fn actor_named(&mut self, name: &str, kind: Option<&str>, row: Option<RowOrigin<'_, '_>>) -> ActorId {
        match self.known_actor(None, kind, name) {
            Some(actor) => actor,
            None => self.add_actor(None, kind, name, row),
        }
    }

    pub(super) fn add_actor(
        &mut self,
        id: Option<&str>,
        kind: Option<&str>,
        name: &str,
        row: Option<RowOrigin<'_, '_>>,
    ) -> ActorId {
        let owner = KeyOwner::Record(Item::Actor(self.actors.next_id()));
        let key = match (id, kind) {
            (Some(id), _) => self.keys.take(id, owner),
            (None, Some(kind)) if self.uses_kinds_as_names => self.keys.take(&format!("{kind}/{name}"), owner),
            (None, _) => self.keys.take(&slug(name), owner),
        };
        let metadata = MetadataFields { row: row.map(RowOrigin::to_row), ..MetadataFields::default() };
        let actor = self.actors.push(Actor {
            key,
            kind: kind.map(|kind| self.kinds.actor(kind)),
            name: visible(&single_line(name)).into_owned(),
            aliases: Vec::new(),
            summary: None,
            part_of: None,
            identifiers: Vec::new(),
            url: None,
            start: None,
            end: None,
            former_ids: Vec::new(),
            metadata: metadata.into(),
        });
        self.names.add(actor, id, kind, name);
        actor
    }

    /// Sets the fields of an actor that a row has.
    fn fill_actor(
        &mut self,
        actor: ActorId,
        (table, row, columns): (&Table<'_>, TableRow<'_, '_>, &TableColumns),
        is_new: bool,
    ) {
        let before = if self.actors.is_old(actor) { self.actors.get(actor).cloned() } else { None };
        for (index, column) in columns.list.iter().enumerate() {
            let value = text(row, index);
            if value.is_empty() {
                continue;
            }
            let place = Place::new(table, row.number, index);
            // A further row of an actor replaces its lists.
            let is_first = column.role.is_some_and(|role| columns.with(role) == Some(index));
            let kind = (column.role == Some(Role::Kind)).then(|| first_of_list(value)).flatten();
            let kind_id = kind.map(|kind| self.kinds.actor(kind));
            let Some(target) = self.actors.get_mut(actor) else { return };
            match column.role {
                Some(Role::ActorId | Role::Ignore) => {}
                Some(Role::ActorName) => {
                    if !is_new {
                        target.name = visible(&single_line(value)).into_owned();
                    }
                }
                Some(Role::Kind) => {
                    if !is_new && target.kind != kind_id {
                        target.kind = kind_id;
                    }
                    if value.contains([';', '|']) {
                        let labels = cells::split_list(value).map(|label| OwnValue::Text(label.to_owned())).collect();
                        target.metadata.own.set(LABELS, Some(OwnValue::List(labels)));
                    }
                }
                Some(Role::Alias) => {
                    let aliases = cells::split_list(value).map(|alias| visible(alias).into_owned());
                    if is_first && !is_new {
                        target.aliases.clear();
                    }
                    target.aliases.extend(aliases.collect::<Vec<_>>());
                }
                Some(Role::Tag) => {
                    let tags: Vec<String> = cells::split_list(value).map(|tag| visible(tag).into_owned()).collect();
                    if is_first && !is_new {
                        target.metadata.tags.clear();
                    }
                    target.metadata.tags.extend(tags);
                }
                Some(Role::Summary) => target.summary = Some(prose(value)),
                Some(Role::Url) => match values::address(value) {
                    Some(url) => target.url = Some(url),
                    None => keep(&mut target.metadata.own, &column.heading, &row.cells[index], is_new),
                },
                Some(Role::Start | Role::End | Role::Timeset) => {
                    let Some(read) = values::dates(&row.cells[index], &column.style, (&mut self.report, place)) else {
                        continue;
                    };
                    match column.role {
                        Some(Role::Start) => target.start = read.as_start().cloned(),
                        Some(Role::End) => target.end = read.as_end().cloned(),
                        _ => (target.start, target.end) = (read.as_start().cloned(), read.end),
                    }
                }
                Some(Role::Identifier) => {
                    let register = (column.heading.clone(), visible(&single_line(value)).into_owned());
                    if !target.identifiers.contains(&register) {
                        target.identifiers.push(register);
                    }
                }
                Some(Role::PartOf) => self.graph.set_parent(table, row.number, actor, value),
                Some(Role::X | Role::Y | Role::Color) => {
                    if !self.graph.set_look(table, column.role, actor, value) {
                        keep(&mut target.metadata.own, &column.heading, &row.cells[index], is_new);
                    }
                }
                Some(Role::Weight) => {
                    match values::weight(&row.cells[index], &column.heading, &column.style, (&mut self.report, place)) {
                        Some(weight) => target.metadata.weight = Some(weight),
                        None => keep(&mut target.metadata.own, &column.heading, &row.cells[index], is_new),
                    }
                }
                _ => {
                    keep(&mut target.metadata.own, &column.heading, &row.cells[index], is_new);
                    self.report.kept_fields.insert(column.heading.clone());
                }
            }
        }
        if let (Some(before), Some(target)) = (before, self.actors.get_mut(actor)) {
            restore(target, before);
        }
    }
}

/// Gives an actor back what the map said before a table was added to it; only what was missing is taken.
fn restore(actor: &mut Actor, before: Actor) {
    actor.name = before.name;
    actor.kind = before.kind.or(actor.kind);
    actor.summary = before.summary.or(actor.summary.take());
    actor.url = before.url.or(actor.url.take());
    actor.start = before.start.or(actor.start.take());
    actor.end = before.end.or(actor.end.take());
    let mut metadata = MetadataFields::clone(&before.metadata);
    metadata.weight = metadata.weight.or(actor.metadata.weight);
    metadata.own.fill_from(&actor.metadata.own);
    let added = |old: Vec<String>, new: &[String]| {
        let lacking: Vec<String> = new.iter().filter(|text| !old.contains(text)).cloned().collect();
        [old, lacking].concat()
    };
    metadata.tags = added(metadata.tags, &actor.metadata.tags);
    actor.aliases = added(before.aliases, &actor.aliases);
    actor.metadata = metadata.into();
}

/// Keeps the value of a cell as a field of its own; `is_new` if the record can't have one of this name yet. A heading with
/// the mark of such fields is one already.
pub(super) fn keep(own: &mut OwnFields, heading: &str, cell: &Cell<'_>, is_new: bool) {
    let name = if heading.starts_with(OWN_MARK) { heading.to_owned() } else { format!("{OWN_MARK}{heading}") };
    let text = super::cells::trimmed(&cell.text);
    let number = || OwnNumber::parse(text).map(OwnValue::Number);
    let value = match cell.kind {
        CellKind::Bool => Some(OwnValue::Flag(text == "true")),
        CellKind::Number => number(),
        CellKind::List => {
            Some(OwnValue::List(cells::split_list(text).map(|item| OwnValue::Text(item.to_owned())).collect()))
        }
        _ => None,
    };
    let value = value.unwrap_or_else(|| OwnValue::Text(text.to_owned()));
    // The labels of an actor are kept under a name that may be a heading, too.
    if is_new && name != LABELS {
        own.push_new(&name, value);
    } else {
        own.set(&name, Some(value));
    }
}

/// Returns the first of several values in a cell.
pub(super) fn first_of_list(text: &str) -> Option<&str> {
    cells::split_list(text).next()
}

/// Returns a name as an id: small letters and digits, with hyphens between.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() > 80 {
            break;
        }
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    slug
}
