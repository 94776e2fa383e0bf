//! What graphs have beyond tables: ids that hold in one file, places and colors, actors that belong to others, and ties
//! of several parties.

mod members;
mod places;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use emath::Pos2;

use crate::hidden_characters::visible;
use crate::load::LoadError;
use crate::load::table::Table;
use crate::model::{ActorId, ImportId, Location, Position, Rgb, Severity, View};
use crate::wording::read::Role;

use super::columns::TableColumns;
use super::progress::RowProgress;
use super::registry::Found;
use super::report::Place;
use super::report::preview::TableShape;
use members::{Refused, settle};
use places::{MAX_COORDINATE, spread};

/// The key of the view with the places and colors of a graph.
const VIEW: &str = "main";

/// What was read of the elements of graphs.
#[derive(Debug, Default)]
pub(super) struct GraphElements {
    /// The actors of each file by their ids in it.
    ids: HashMap<usize, HashMap<Box<str>, ActorId>>,
    /// The actors of the map that is added to which an element is.
    joined: HashSet<ActorId>,
    /// The places as far as they are known, x and y.
    places: BTreeMap<ActorId, [Option<f32>; 2]>,
    colors: BTreeMap<ActorId, Rgb>,
    /// The actors that belong to others, in file order.
    members: Vec<GraphMember>,
    /// The first file with a place or a color.
    look_file: Option<Arc<str>>,
}

/// An actor that belongs to another.
#[derive(Debug)]
struct GraphMember {
    actor: ActorId,
    /// The id or name of the other.
    parent: String,
    file: Arc<str>,
    /// A row of the table of actors.
    row: u32,
}

impl GraphElements {
    pub(super) fn add(&mut self, table: &Table<'_>, id: &str, actor: ActorId) {
        self.ids.entry(file_key(&table.file)).or_default().insert(id.into(), actor);
    }

    pub(super) fn set_parent(&mut self, table: &Table<'_>, row: u32, actor: ActorId, parent: &str) {
        self.members.push(GraphMember { actor, parent: parent.to_owned(), file: Arc::clone(&table.file), row });
    }

    /// Sets the place or color of an actor; returns whether the text is one.
    pub(super) fn set_look(&mut self, table: &Table<'_>, role: Option<Role>, actor: ActorId, text: &str) -> bool {
        if self.look_file.is_none() {
            self.look_file = Some(Arc::clone(&table.file));
        }
        if role == Some(Role::Color) {
            let color = Rgb::parse(text);
            self.colors.extend(color.map(|color| (actor, color)));
            return color.is_some();
        }
        let number = text.parse().ok().filter(|number: &f32| number.abs() <= MAX_COORDINATE);
        let place = self.places.entry(actor).or_default();
        place[usize::from(role == Some(Role::Y))] = number;
        number.is_some()
    }

    /// Returns the view with places and colors; `None` without any.
    pub(super) fn view(&self) -> Option<View> {
        let placed = self.places.iter().filter_map(|(actor, place)| Some((*actor, Pos2::new(place[0]?, place[1]?))));
        let positions = spread(placed.collect());
        let colors: Vec<(ActorId, Rgb)> = self.colors.iter().map(|(actor, color)| (*actor, *color)).collect();
        let is_empty = positions.is_empty() && colors.is_empty();
        (!is_empty).then(|| View { key: VIEW.into(), positions, colors, ..View::default() })
    }
}

impl super::Builder<'_> {
    /// Finds the actor that an element of a graph is: by its id, or the only one of its name in the map that is added
    /// to.
    pub(super) fn graph_actor(&mut self, table: &Table<'_>, id: &str, name: &str) -> Option<ActorId> {
        if let Some(actor) = self.graph.ids.get(&file_key(&table.file)).and_then(|ids| ids.get(id)) {
            return Some(*actor);
        }
        if table.has_shared_ids
            && let Some(actor) = self.names.with_id(id)
        {
            return Some(actor);
        }
        let [actor] = self.names.named(name) else { return None };
        // A second element of one name is another actor.
        (self.actors.is_old(*actor) && self.graph.joined.insert(*actor)).then_some(*actor)
    }

    /// Makes ties or facts of the rows of a graph, whose ends are ids.
    pub(super) fn graph_rows_of(
        &mut self,
        table: &Table<'_>,
        columns: &TableColumns,
        import: ImportId,
        progress: &mut RowProgress<'_>,
    ) -> Result<(), LoadError> {
        let ids = self.graph.ids.remove(&file_key(&table.file)).unwrap_or_default();
        let done = match columns.shape {
            TableShape::Facts => self.facts_about(table, columns, import, &ids, progress),
            _ => self.ties_between(table, columns, import, &ids, progress),
        };
        self.graph.ids.insert(file_key(&table.file), ids);
        done
    }

    /// Sets the actors that others belong to.
    pub(super) fn settle_parents(&mut self) {
        let members = std::mem::take(&mut self.graph.members);
        let mut wanted: Vec<(ActorId, ActorId)> = Vec::with_capacity(members.len());
        let mut known: Vec<&GraphMember> = Vec::with_capacity(members.len());
        let mut old: HashMap<ActorId, ActorId> = HashMap::new();
        for member in &members {
            let by_id = self.graph.ids.get(&file_key(&member.file)).and_then(|ids| ids.get(member.parent.as_str()));
            let parent = by_id.copied().or_else(|| match self.names.find(&member.parent) {
                Found::One(parent) => Some(parent),
                Found::Several(_) | Found::None => None,
            });
            let Some(parent) = parent else {
                self.skip_parent(member, "is not among the actors");
                continue;
            };
            wanted.push((member.actor, parent));
            known.push(member);
            // The map that is added to has parents, too.
            let mut above = Some(member.actor);
            while let Some(actor) = above {
                let parent = self.actors.get(actor).and_then(|actor| actor.part_of);
                above = parent.filter(|parent| old.insert(actor, *parent).is_none());
            }
        }
        for (at, settled) in settle(&wanted, &old).into_iter().enumerate() {
            let (actor, parent) = wanted[at];
            match settled {
                Ok(()) => {
                    if let Some(actor) = self.actors.get_mut(actor) {
                        actor.part_of = Some(parent);
                    }
                }
                Err(Refused::HasParent) if old.get(&actor) == Some(&parent) => {}
                Err(Refused::HasParent) => self.skip_parent(known[at], "is not the actor's first parent"),
                Err(Refused::Circle) => self.skip_parent(known[at], "is itself part of the actor"),
                Err(Refused::TooDeep) => self.skip_parent(known[at], "is nested too deeply"),
            }
        }
    }

    /// Reports that places and colors are left out where a graph is added to a map, which has its own.
    pub(super) fn leave_out_look(&mut self) {
        if let Some(file) = self.graph.look_file.take() {
            let message = "its places and colors are left out: the map that it is added to has its own".to_owned();
            self.report.add_to_file(Severity::Remark, &file, message, "open the file by itself to see them");
        }
    }

    /// Reports that an actor does not get a parent.
    fn skip_parent(&mut self, member: &GraphMember, reason: &str) {
        let message =
            format!("“{}”, the parent of an actor, {reason}; the actor is read without it", visible(&member.parent));
        let location =
            Location { file: Arc::clone(&member.file), position: Position::Text { line: member.row, column: 1 } };
        self.report.warn_at(location, message, "correct the id");
    }

    /// Reports a tie whose end is no actor of the graph.
    pub(super) fn skip_unknown_end(&mut self, place: Place<'_, '_>, id: &str) {
        let record = if place.table.is_of_facts { "fact" } else { "tie" };
        let message = if id.is_empty() {
            format!("an end of the {record} is missing; the {record} is left out")
        } else {
            format!("no actor has the id “{}”; the {record} is left out", visible(id))
        };
        self.report.skip(place, message, "add the actor, or correct the id");
    }
}

/// Tells files of one name in different folders apart.
fn file_key(file: &Arc<str>) -> usize {
    Arc::as_ptr(file).cast::<u8>() as usize
}
