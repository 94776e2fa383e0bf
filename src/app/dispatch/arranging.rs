//! Aligns actors, and arranges the map again.

use std::collections::BTreeSet;

use egui::Rect;

use crate::document::{Alignment, Command, aligned};
use crate::model::{Arrangement, Item, Placed};

use crate::app::App;
use crate::app::ui::toast::ToastKind;

impl App {
    pub(super) fn align(&mut self, alignment: Option<Alignment>) {
        let Some(alignment) = alignment else { return };
        let is_selected =
            |place: &Placed| matches!(place, Placed::Actor(actor) if self.selection.has(Item::Actor(*actor)));
        let (places, boxes): (Vec<Placed>, Vec<Rect>) =
            self.pipeline.boxes().filter(|(place, _)| is_selected(place)).unzip();
        let centers = aligned(&boxes, alignment);
        self.session.change(Command::Align(alignment, places.into_iter().zip(centers).collect()));
    }

    /// Lays out the map, with another seed if no arrangement is given. A search for the most readable arrangement of
    /// the kind that is shown never replaces it by a less readable one.
    pub(super) fn lay_out_again(&mut self, arrangement: Option<Arrangement>) {
        let look = &self.session.document.look;
        let is_another = arrangement.is_some_and(|wanted| wanted != look.arrangement);
        let seed = look.seed.wrapping_add(u64::from(arrangement.is_none()));
        let arrangement = arrangement.unwrap_or(look.arrangement);
        let seed = if is_another { seed } else { seed.wrapping_add(self.vain_searches) };
        if !is_another && self.is_as_arranged() {
            self.pipeline.keep_unless_better();
        } else {
            self.vain_searches = 0;
        }
        self.session.change(Command::LayOutAgain { arrangement, seed });
        self.fits_when_settled = true;
    }

    /// Returns whether the shown places belong to the arrangement of the map. Places set by hand are out of line in an
    /// arrangement by columns or rings, so laying out again puts them back.
    fn is_as_arranged(&self) -> bool {
        let look = &self.session.document.look;
        let settled: BTreeSet<Placed> = self.session.document.settled_places().map(|(placed, _)| placed).collect();
        let is_pinned = |placed: &Placed| matches!(placed, Placed::Actor(actor) if look.pinned.contains(actor));
        matches!(look.arrangement, Arrangement::Auto | Arrangement::Force)
            || look.positions.keys().all(|placed| settled.contains(placed) || is_pinned(placed))
    }

    /// Says that a search has left all actors in their places.
    pub(crate) fn tell_nothing_better(&mut self) {
        self.vain_searches += 1;
        self.fits_when_settled = false;
        self.toasts.say(ToastKind::Told, "No more readable arrangement was found");
    }
}
