//! Exploring a part of the map: starting from an actor, bringing neighbors in, taking them away, and back to the whole.

use imbl::OrdSet;

use crate::document::{Document, MOST_AT_ONCE, NeighborChoice, among};
use crate::document::{bring_in, show_whole_map, start_from, take_away};
use crate::model::{ActorId, Item};
use crate::wording::{actor_name, counted};

use crate::app::App;
use crate::app::ask::selection::Selection;
use crate::app::ui::toast::ToastKind;

/// Maps with more actors than this are hard to read as a whole, so that a start from one actor is offered.
const OFFERED_ABOVE: usize = 5_000;

impl App {
    /// Returns whether the map is so large that a start from one actor is offered when it is opened.
    pub(crate) fn is_start_worth_an_offer(&self) -> bool {
        let Document { map, look, .. } = &self.session.document;
        map.actors().len() > OFFERED_ABOVE && look.shown.is_none()
    }

    /// Starts from the selected actor, or lets the user search for one.
    pub(crate) fn start_exploring(&mut self) {
        let selected: Vec<ActorId> = self.selection.actors().collect();
        match *selected {
            [actor] => self.start_from(actor),
            _ => self.search.ask_for_start(),
        }
    }

    /// Shows an actor and its neighbors alone.
    pub(crate) fn start_from(&mut self, actor: ActorId) {
        let Document { map, look, .. } = &self.session.document;
        if !map.actors().has(actor) {
            return;
        }
        let start = start_from(map, look, actor, 1, MOST_AT_ONCE);
        self.end_focus();
        self.selection = Selection::one(Item::Actor(actor));
        self.session.change(start);
        if !self.session.document.shown().has_actor(actor) {
            let name = actor_name(&self.session.document.map, actor);
            self.toasts.say(ToastKind::Told, format!("{name} is filtered out; reset the filter to see it"));
        }
    }

    /// Brings in neighbors of actors. While the whole map is shown, it starts from these actors.
    pub(crate) fn bring_in(&mut self, of: &[ActorId], choice: NeighborChoice, most: usize) {
        let Document { map, look, .. } = &self.session.document;
        if let ([actor], None) = (of, &look.shown) {
            return self.start_from(*actor);
        }
        let start = look.shown.is_none().then(|| self.session.document.with(among(of.iter().copied())));
        let look = start.as_ref().map_or(look, |document| &document.look);
        match bring_in(map, look, of, choice, most) {
            Some(command) => {
                self.end_focus();
                self.session.change(command);
            }
            None if start.is_some() => self.show_among(),
            None => {
                self.say_of(of, "has no more neighbors that are not shown", "have no more neighbors that are not shown")
            }
        }
    }

    pub(crate) fn bring_in_selected(&mut self) {
        let selected: Vec<ActorId> = self.selection.actors().collect();
        self.bring_in(&selected, NeighborChoice::All, MOST_AT_ONCE);
    }

    pub(crate) fn take_away_neighbors(&mut self) {
        let of: Vec<ActorId> = self.selection.actors().collect();
        let Document { map, look, .. } = &self.session.document;
        match take_away(map, look, &of) {
            Some(command) => self.session.change(command),
            None => self.say_of(&of, "has no neighbors tied to it alone", "have no neighbors tied to them alone"),
        }
    }

    /// Shows only the selected actors with the ties among them.
    pub(crate) fn show_among(&mut self) {
        let command = among(self.selection.actors());
        self.end_focus();
        self.session.change(command);
    }

    pub(crate) fn show_whole_map(&mut self) {
        self.take_back_show_offers();
        self.session.change(show_whole_map());
    }

    /// Lets the view follow a change of the explored part, which was `before`.
    pub(crate) fn follow_exploration(&mut self, before: Option<&OrdSet<ActorId>>) {
        let shown = self.session.document.look.shown.as_ref();
        if shown == before {
            return;
        }
        self.offers_start = false;
        // The places of the whole map and those of a part of it have nothing to do with each other.
        if shown.is_none() != before.is_none() || self.canvas.chosen_view().is_none() {
            self.fits_when_settled = true;
        }
    }

    fn say_of(&mut self, of: &[ActorId], one: &str, several: &str) {
        let words = match of {
            [only] => format!("{} {one}", actor_name(&self.session.document.map, *only)),
            of => format!("{} {several}", counted(of.len(), "actor", "actors")),
        };
        self.toasts.say(ToastKind::Told, words);
    }
}
