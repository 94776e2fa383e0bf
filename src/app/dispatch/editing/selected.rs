//! Opens forms for the selected records, deletes and merges them.

use egui::Pos2;

use crate::document::EditError;
use crate::document::edit::{Field, TextEntry, mark_distinct, merge_actors, merge_sources, remove};
use crate::model::{ActorId, ClaimId, Item, Pair, Placed};

use super::words::deleted_words;
use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::form::{FormPurpose, Where};
use crate::app::ask::selection::Selection;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Opens the field that names a new actor at a place of the world.
    pub(crate) fn name_actor_at(&mut self, at: Pos2) {
        self.open_form(FormPurpose::NewActor { at }, Where::Map(at));
    }

    /// Opens the form of a new tie of the selected actors, or another one of the selected tie's actors.
    pub(crate) fn open_new_tie(&mut self) {
        let map = &self.session.document.map;
        let mut actors: Vec<ActorId> = self.selection.actors().collect();
        if let (true, Some(Item::Tie(tie))) = (actors.is_empty(), self.selection.single()) {
            actors = map.tie(tie).ends.actors();
        }
        if let Some(first) = self.first_selected.filter(|first| actors.len() == 2 && actors[1] == *first) {
            actors = vec![first, actors[0]];
        }
        let (from, to) = (actors.first().copied(), actors.get(1).copied());
        self.open_form(FormPurpose::NewTie { from, to, at: None }, Where::Details);
    }

    /// Opens the form that cites a source for the selected claims, or adds a fact to the selected actor.
    pub(crate) fn open_cite(&mut self) {
        let claims = self.selected_claims();
        if !claims.is_empty() {
            self.open_form(FormPurpose::Cite(claims), Where::Details);
        } else if let Some(Item::Actor(actor)) = self.selection.single() {
            self.open_form(FormPurpose::NewFact(actor), Where::Details);
        }
    }

    /// Returns the selected ties and facts.
    pub(super) fn selected_claims(&self) -> Vec<ClaimId> {
        let claim = |item| match item {
            Item::Tie(tie) => Some(ClaimId::Tie(tie)),
            Item::Fact(fact) => Some(ClaimId::Fact(fact)),
            Item::Actor(_) | Item::Source(_) => None,
        };
        self.selection.items().filter_map(claim).collect()
    }

    /// Opens a field for a value of the selected records that have it.
    pub(crate) fn open_entry(&mut self, entry: TextEntry) {
        let is_claim = |item: &Item| matches!(item, Item::Tie(_) | Item::Fact(_));
        let items: Vec<Item> = self.selection.items().filter(is_claim).collect();
        if !items.is_empty() {
            let place = self.place_of(items[0]);
            self.open_form(FormPurpose::Set(items, entry), place);
        }
    }

    /// Opens the field for the kind of the selected ties, or else actors.
    pub(crate) fn open_kind(&mut self) {
        let ties: Vec<_> = self.selection.ties().collect();
        let actors: Vec<_> = self.selection.actors().collect();
        if let Some(first) = ties.first() {
            let place = self.place_of(Item::Tie(*first));
            self.open_form(FormPurpose::TieKind(ties), place);
        } else if let Some(first) = actors.first() {
            let place = self.place_of(Item::Actor(*first));
            self.open_form(FormPurpose::ActorKind(actors), place);
        }
    }

    /// Opens the name or label of the selected record in place.
    pub(crate) fn edit_in_place(&mut self) {
        let Some(item) = self.selection.single() else { return };
        let field = match item {
            Item::Actor(_) => Field::Name,
            Item::Tie(_) => Field::Label,
            Item::Source(_) => Field::Title,
            Item::Fact(_) => Field::Text,
        };
        let place = self.place_of(item);
        self.open_form(FormPurpose::Set(vec![item], TextEntry::Field(field)), place);
    }

    /// Returns where the form of a record opens: on the map where the record is drawn and seen, else in the details.
    fn place_of(&self, item: Item) -> Where {
        let seen = self.canvas.seen_in_world();
        let at = match item {
            Item::Actor(actor) => {
                let placed = Placed::Actor(actor);
                self.pipeline.boxes().find(|(other, _)| *other == placed).map(|(_, rect)| rect.center())
            }
            Item::Tie(tie) => self.pipeline.middle_of_tie(tie),
            Item::Fact(_) | Item::Source(_) => None,
        };
        at.filter(|at| seen.contains(*at)).map_or(Where::Details, Where::Map)
    }

    /// Deletes the selected records with everything attached to them.
    pub(crate) fn delete_selected(&mut self) {
        let items: Vec<Item> = self.selection.items().collect();
        if items.is_empty() {
            return self.delete_note();
        }
        let transaction = match remove(&self.session.document, &items) {
            Ok(transaction) => transaction,
            Err(error) => return self.toasts.say(ToastKind::Failed, format!("Not deleted: {error}")),
        };
        let text = deleted_words(&self.session.document.map, &items);
        match self.session.edit(&transaction) {
            Ok(()) => {
                self.selection = Selection::default();
                self.toasts.offer(text, "Undo", Action::Undo);
            }
            Err(error) => self.toasts.say(ToastKind::Failed, format!("Not deleted: {error}")),
        }
    }

    /// Shows what merging the selected actors or sources would do; the one with the most ties or citations stays.
    pub(crate) fn open_merge(&mut self) {
        let map = &self.session.document.map;
        let mut items: Vec<Item> = self.selection.items().collect();
        items.sort_by_key(|item| {
            std::cmp::Reverse(match item {
                Item::Actor(actor) => map.ties_of(*actor).len(),
                Item::Source(source) => map.claims_of(*source).len(),
                Item::Tie(_) | Item::Fact(_) => 0,
            })
        });
        let first = self.first_selected.map(Item::Actor);
        if let Some(at) = items.iter().position(|item| Some(*item) == first) {
            items[..=at].rotate_right(1);
        }
        let is_alike = items.iter().all(|item| matches!(item, Item::Actor(_)))
            || items.iter().all(|item| matches!(item, Item::Source(_)));
        if let (true, [keep, others @ ..]) = (is_alike && items.len() > 1, items.as_slice()) {
            self.open_form(FormPurpose::Merge { keep: *keep, others: others.to_vec() }, Where::Details);
        }
    }

    /// Lets the other record stay.
    pub(super) fn swap_kept(&mut self) {
        let Some(FormPurpose::Merge { keep, others }) = self.form.as_mut().map(|form| &mut form.purpose) else {
            return;
        };
        if let [other] = others.as_mut_slice() {
            std::mem::swap(keep, other);
        }
    }

    /// Remembers that two actors are not the same.
    pub(super) fn remember_distinct(&mut self) {
        let Some(form) = self.form.take() else { return };
        let FormPurpose::Merge { keep: Item::Actor(one), others } = form.purpose else { return };
        let [Item::Actor(other)] = others.as_slice() else { return };
        self.mark_distinct(Pair::new(one, *other));
    }

    /// Remembers that two actors are not the same.
    pub(crate) fn mark_distinct(&mut self, pair: Pair) {
        if pair.actors().into_iter().any(|actor| !self.session.document.map.actors().has(actor)) {
            return;
        }
        let transaction = mark_distinct(&self.session.document, pair);
        match self.session.edit(&transaction) {
            Ok(()) => self.toasts.say(ToastKind::Done, "Remembered: these two are not the same"),
            Err(error) => self.toasts.say(ToastKind::Failed, format!("Not remembered: {error}")),
        }
    }

    /// Merges records into one.
    pub(super) fn merge(&mut self, keep: Item, others: &[Item]) -> Result<(), EditError> {
        let document = &self.session.document;
        let actors = others.iter().filter_map(|item| if let Item::Actor(id) = item { Some(*id) } else { None });
        let sources = others.iter().filter_map(|item| if let Item::Source(id) = item { Some(*id) } else { None });
        let transaction = match keep {
            Item::Actor(keep) => merge_actors(document, keep, &actors.collect::<Vec<_>>())?,
            Item::Source(keep) => merge_sources(document, keep, &sources.collect::<Vec<_>>())?,
            Item::Tie(_) | Item::Fact(_) => return Ok(()),
        };
        self.session.edit(&transaction)?;
        self.selection = Selection::one(keep);
        self.toasts.offer(transaction.label, "Undo", Action::Undo);
        Ok(())
    }
}
