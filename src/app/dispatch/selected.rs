//! Actions on the selected records: hide and show, select what belongs to them, copy their citations.

use egui::Context;

use crate::document::{Command, Document, Filter};
use crate::model::{ClaimId, Item};
use crate::view;
use crate::wording;

use crate::app::App;
use crate::app::ask::command::{Action, AppCommand};
use crate::app::ask::selection::Selection;
use crate::app::panels::context_menu::KeyMenu;

impl App {
    /// Runs an action on other records than the selected ones. The selection stays, unless the action changes it.
    pub(crate) fn run_on(&mut self, ctx: &Context, target: &Selection, action: Action) {
        let selected = std::mem::replace(&mut self.selection, target.clone());
        self.dispatch(ctx, AppCommand::Run(action));
        if self.selection == *target {
            self.selection = selected;
        }
    }

    /// Replaces the selection; remembers which actor was selected first, for the direction of a new tie.
    pub(crate) fn select(&mut self, selection: Selection) {
        // An actor that an edit selected alone was selected first, too.
        let alone = match self.selection.actors().collect::<Vec<_>>()[..] {
            [actor] => Some(actor),
            _ => None,
        };
        let mut known = [self.first_selected, alone].into_iter().flatten();
        let still = known.find(|first| selection.has(Item::Actor(*first)));
        self.first_selected = still.or_else(|| selection.actors().next());
        self.selection = selection;
    }

    /// Opens the context menu of the selection, as a right click does: the element with the keyboard focus is selected
    /// first.
    pub(crate) fn open_context_menu(&mut self, ctx: &Context) {
        if let Some(item) = self.canvas.focused_item().filter(|item| !self.selection.has(*item)) {
            self.select(Selection::one(item));
        }
        egui::Popup::close_all(ctx);
        self.key_menu = KeyMenu::Asked(self.canvas.menu_anchor(ctx, &self.selection));
        ctx.request_repaint();
    }

    /// Brings an item into view, for a fact its actor; sources are only shown in the details.
    pub(crate) fn reveal(&mut self, item: Item) {
        match item {
            Item::Actor(_) | Item::Tie(_) => self.canvas.reveal(item),
            Item::Fact(fact) if self.session.document.map.facts().has(fact) => {
                self.canvas.reveal(Item::Actor(self.session.document.map.fact(fact).actor));
            }
            Item::Fact(_) | Item::Source(_) => {}
        }
    }

    /// Brings an item that was searched for into view. One that is hidden is said to be, with a button that shows it.
    pub(crate) fn reveal_found(&mut self, item: Item) {
        let (map, shown) = (&self.session.document.map, self.pipeline.shown());
        let hidden = match item {
            Item::Actor(actor) if !shown.has_actor(actor) => Some(wording::actor_name(map, actor)),
            Item::Tie(tie) if !shown.has_tie(tie) => Some(wording::tie_title(map, tie)),
            _ => None,
        };
        let Some(name) = hidden else { return self.reveal(item) };
        let look = &self.session.document.look;
        let by_hand = look.leaves_out(map, item);
        let action = if by_hand { Action::ShowSelected } else { Action::ShowAll };
        let how = if look.hides(item) { "is hidden" } else { "is not shown" };
        self.take_back_show_offers();
        self.toasts.offer(format!("{name} {how}"), "Show", action);
    }

    /// Removes the offers to show what is hidden, because something else is looked for, or it is being shown.
    pub(crate) fn take_back_show_offers(&mut self) {
        self.toasts.take_back_offers(Action::ShowSelected);
        self.toasts.take_back_offers(Action::ShowAll);
    }

    pub(crate) fn hide_selected(&mut self) {
        let look = &self.session.document.look;
        let items: Vec<Item> = self.selection.drawn().filter(|item| !look.hides(*item)).collect();
        self.session.change(Command::Hide(items));
    }

    pub(crate) fn show_all(&mut self) {
        let look = &self.session.document.look;
        // One step at a time: what is hidden in the explored part, then the rest of the map.
        if look.shown.is_some() && !look.hides_any() && look.filter == Filter::default() {
            return self.show_whole_map();
        }
        self.take_back_show_offers();
        self.session.change(Command::ShowAll);
    }

    pub(crate) fn show_selected(&mut self) {
        self.take_back_show_offers();
        let Document { map, look, .. } = &self.session.document;
        let items: Vec<Item> = self.selection.drawn().filter(|item| look.leaves_out(map, *item)).collect();
        self.session.change(Command::Show(items));
    }

    /// Selects the actors that the selected ties join.
    pub(crate) fn select_ends(&mut self) {
        let map = &self.session.document.map;
        let ends = self.selection.ties().flat_map(|tie| map.tie(tie).ends.actors());
        self.selection = Selection::new(ends.map(Item::Actor).collect::<Vec<_>>());
    }

    /// Selects the shown ties of the selected actors, and those that rest on the selected sources.
    pub(crate) fn select_ties(&mut self) {
        let (map, shown) = (&self.session.document.map, self.pipeline.shown());
        let of_actors = self.selection.actors().flat_map(|actor| map.ties_of(actor)).copied();
        let claims = self.selection.sources().flat_map(|source| map.claims_of(source));
        let of_sources = claims.filter_map(|claim| if let ClaimId::Tie(tie) = claim { Some(*tie) } else { None });
        let ties: Vec<Item> = of_actors.chain(of_sources).filter(|tie| shown.has_tie(*tie)).map(Item::Tie).collect();
        if !ties.is_empty() {
            self.selection = Selection::new(ties);
        }
    }

    /// Selects the sources of the selected ties and facts.
    pub(crate) fn select_sources(&mut self) {
        let map = &self.session.document.map;
        let sources = self.selection.items().flat_map(|item| view::sources_of(map, item));
        self.selection = Selection::new(sources.map(Item::Source).collect::<Vec<_>>());
    }

    pub(crate) fn copy_citation(&mut self, ctx: &Context) {
        let map = &self.session.document.map;
        if let Some(text) = self.selection.single().and_then(|item| view::citation_of(map, item)) {
            self.copy_text(ctx, text, "the citation");
        }
    }

    pub(crate) fn copy_for_zotero(&mut self, ctx: &Context) {
        if let Some(item) = self.selection.single() {
            let text = view::csl_of(&self.session.document.map, item);
            self.copy_text(ctx, text, "the sources, for Zotero");
        }
    }

    pub(crate) fn open_source(&mut self) {
        let map = &self.session.document.map;
        if let Some(link) = self.selection.single().and_then(|item| view::link_of(map, item)) {
            self.ask_before_link(link.url);
        }
    }
}
