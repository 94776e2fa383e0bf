//! Finds the actors of the map that tables are about: by row, id, name and kind, and number of the row, in this order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Aligned;
use crate::document::provenance::{field_texts, is_same_text, row_of, row_texts};
use crate::document::update::candidates::{ActorIndex, folded};
use crate::document::update::progress::ComparingProgress;
use crate::model::{Actor, ActorId, ImportId, Item};

/// How an actor of the map was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ActorMatch {
    /// It is the actor of this row.
    Row(ActorId),
    /// Another actor was merged into it, which this row is about.
    Merged(ActorId),
}

/// At most this many actors with the same name are compared.
const MAX_SAME_NAME: usize = 1000;

/// Finds the actor of the map that an actor of the tables is; actors that were found before are given.
type ActorFinder<'f, A> = &'f dyn Fn(&A, &Actor, &HashSet<ActorId>) -> Option<ActorMatch>;

impl Aligned<'_> {
    pub(super) fn align_actors(&mut self, progress: &ComparingProgress<'_>) {
        let index = ActorIndex::of_map(self.ours, &self.actor_tables);
        let mut found: HashMap<ActorId, ActorMatch> = HashMap::new();
        let mut taken: HashSet<ActorId> = HashSet::new();
        let finders: [ActorFinder<'_, Self>; 6] = [
            &|aligned, actor, _| aligned.by_row(&index, actor),
            &|_, actor, _| if is_named_key(actor) { None } else { by_key(&index, actor) },
            &|aligned, actor, taken| aligned.by_name(&index, actor, taken, true),
            &|aligned, actor, taken| aligned.by_name(&index, actor, taken, false),
            &|_, actor, taken| {
                by_key(&index, actor).filter(|found| !matches!(found, ActorMatch::Row(id) if taken.contains(id)))
            },
            &|aligned, actor, taken| aligned.by_number(&index, actor, taken),
        ];
        for find in finders {
            for (id, actor) in self.fresh.actors().iter().take_while(|_| progress.step()) {
                if !found.contains_key(&id)
                    && let Some(own) = find(self, actor, &taken)
                {
                    found.insert(id, own);
                    if let ActorMatch::Row(own) = own {
                        taken.insert(own);
                    }
                }
            }
        }
        self.take_actors(&found);
    }

    fn take_actors(&mut self, found: &HashMap<ActorId, ActorMatch>) {
        let mut next = self.theirs.actors.bound();
        for id in self.fresh.actors().ids() {
            let own = match found.get(&id) {
                Some(ActorMatch::Row(own) | ActorMatch::Merged(own)) => *own,
                None => {
                    next += 1;
                    crate::model::SlotId::from_index(next - 1)
                }
            };
            self.ids.actors.insert(id, own);
        }
        for (id, actor) in self.fresh.actors().iter() {
            let own = self.ids.actors[&id];
            let item = Item::Actor(own);
            let mut actor = self.translated(actor);
            actor.key = self.key_for(&actor.key, item);
            match found.get(&id) {
                None => {
                    self.new_actors.insert(actor.key.clone(), own);
                    self.theirs.actors.set(own, Some(Arc::new(actor)));
                    self.new.push(item);
                    self.fresh_of.insert(item, Item::Actor(id));
                }
                Some(ActorMatch::Row(_))
                    if self.is_of_any(item) && actor.metadata.row.is_some() && !self.present.contains(&item) =>
                {
                    actor.metadata.row = actor.metadata.row.take().map(|mut row| {
                        // Rows of actors that were merged into this one stay its own.
                        let known = row_of(self.ours.records(), item).filter(|known| known.import == row.import);
                        let is_keyed = known.is_some_and(|known| known.keys.contains(&row.keys[0]));
                        if let Some(known) = known.filter(|_| is_keyed) {
                            row.keys.clone_from(&known.keys);
                        }
                        row
                    });
                    self.theirs.actors.set(own, Some(Arc::new(actor)));
                    self.rows.push(item);
                    self.present.insert(item);
                }
                Some(_) => drop(self.present.insert(item)),
            }
        }
    }

    fn by_row(&self, index: &ActorIndex<'_>, actor: &Actor) -> Option<ActorMatch> {
        let row = actor.metadata.row.as_ref()?;
        if !self.has_keys(row.import) || !self.fresh_actor_tables.contains(&row.import) {
            return None;
        }
        let key = row.keys.first()?;
        let groups = self.group(row.import);
        let own = groups.iter().find_map(|group| index.by_row.get(&(*group, key.as_str())))?;
        let keys = &row_of(self.ours.records(), Item::Actor(*own))?.keys;
        Some(if keys.first() == Some(key) { ActorMatch::Row(*own) } else { ActorMatch::Merged(*own) })
    }

    fn by_name(
        &self,
        index: &ActorIndex<'_>,
        actor: &Actor,
        taken: &HashSet<ActorId>,
        has_kind: bool,
    ) -> Option<ActorMatch> {
        let name = folded(&actor.name);
        let kind = actor.kind.map(|kind| self.ids.actor_kinds[&kind]);
        let import = actor.metadata.row.as_ref().map(|row| row.import);
        let is_row = |import: ImportId| self.has_keys(import) && self.fresh_actor_tables.contains(&import);
        let is_keyed = import.is_some_and(is_row);
        let is_alike = |id: &&ActorId| {
            let own = self.ours.actor(**id).kind;
            !has_kind || own == kind || own.is_none() || kind.is_none()
        };
        for names in [&index.by_name, &index.by_own_name] {
            let candidates = || names.get(&name).into_iter().flatten().take(MAX_SAME_NAME).filter(is_alike);
            let is_of = |id: &ActorId| import.is_some_and(|import| self.is_of(Item::Actor(*id), import));
            // Another key is another row, whatever its name.
            let own = candidates().find(|id| !is_keyed && is_of(id) && !taken.contains(id));
            // One that came from elsewhere is joined by its name.
            if let Some(own) = own.or_else(|| candidates().find(|id| !is_of(id))) {
                return Some(ActorMatch::Row(*own));
            }
        }
        let former = index.by_former.get(&*actor.key).filter(|_| !has_kind);
        let alias = || index.by_alias.get(&name).and_then(|ids| ids.first()).filter(|_| !has_kind);
        former.or_else(alias).map(|own| ActorMatch::Merged(*own))
    }

    /// Finds the actor whose row has the same number in a list of actors, if they have anything but the name in common.
    fn by_number(&self, index: &ActorIndex<'_>, actor: &Actor, taken: &HashSet<ActorId>) -> Option<ActorMatch> {
        let row = actor.metadata.row.as_ref()?;
        if self.has_keys(row.import) || !self.fresh_actor_tables.contains(&row.import) {
            return None;
        }
        // A row that was deleted by hand must not be taken for another one that was corrected.
        if self.deleted.contains(&folded(&format!("actor {}", actor.name))) {
            return None;
        }
        let number = row.keys.first()?;
        let groups = self.group(row.import).iter();
        let mut same = groups.filter_map(|group| index.by_number.get(&(*group, number.as_str()))).flatten();
        let own = *same.find(|id| !taken.contains(id))?;
        let fresh = self.fresh.find(&actor.key)?;
        let theirs = field_texts(self.fresh.records(), fresh);
        let ours = row_texts(self.ours.records(), Item::Actor(own));
        let is_common = |(field, text): (&String, &String)| {
            !matches!(field.as_str(), "name" | "kind") && is_same_text(Some(text), ours.get(field))
        };
        theirs.iter().any(is_common).then_some(ActorMatch::Row(own))
    }
}

fn by_key(index: &ActorIndex<'_>, actor: &Actor) -> Option<ActorMatch> {
    let former = || index.by_former.get(&*actor.key).map(|own| ActorMatch::Merged(*own));
    index.by_key.get(&*actor.key).map(|own| ActorMatch::Row(*own)).or_else(former)
}

/// Whether the key of an actor was made of its name, so that it says no more than that.
fn is_named_key(actor: &Actor) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (key, name): (String, String) = (letters(&actor.key), letters(&actor.name));
    key == name || actor.key.starts_with("actor-")
}
