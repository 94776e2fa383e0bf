//! The state that decides whether actions are enabled and toggles are on.

use egui::ThemePreference;

use crate::document::{Document, Filter, History};
use crate::load::rows_from;
use crate::model::{Arrangement, Ends, Import, Item, LabelChoice, LabelMode, TieId};
use crate::view::{self, WebLink};

use crate::app::ask::selection::Selection;
use crate::app::ask::story::StoryContext;

/// The label choice for a tie, including the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelWish {
    /// Always shown.
    Show,
    /// Never shown.
    Hide,
    /// Decided by the label mode, as for all other ties.
    AsAll,
}

impl LabelWish {
    fn of(choice: Option<LabelChoice>) -> Self {
        match choice {
            Some(LabelChoice::Show) => Self::Show,
            Some(LabelChoice::Hide) => Self::Hide,
            None => Self::AsAll,
        }
    }

    /// Returns the choice as stored in the document.
    pub(crate) fn choice(self) -> Option<LabelChoice> {
        match self {
            Self::Show => Some(LabelChoice::Show),
            Self::Hide => Some(LabelChoice::Hide),
            Self::AsAll => None,
        }
    }
}

/// The effect of a plain mouse wheel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Wheel {
    /// A mouse wheel zooms; two fingers on a trackpad pan.
    #[default]
    Auto,
    Zooms,
    Pans,
}

/// The window state that actions depend on.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each asked by its own action")]
pub(crate) struct ActionContext {
    /// The label of the change that undo would revert.
    pub(crate) undo: Option<String>,
    /// The label of the change that redo would reapply.
    pub(crate) redo: Option<String>,
    /// Whether a tie or a fact is selected.
    pub(crate) is_claim_selected: bool,
    /// Whether actors, ties or facts are selected, which can be copied.
    pub(crate) can_copy: bool,
    /// Whether exactly one record is selected.
    pub(crate) is_one_selected: bool,
    /// Whether any record is selected.
    pub(crate) is_record_selected: bool,
    /// Whether several records are selected that can become one.
    pub(crate) can_merge: bool,
    /// Whether typed words were put aside.
    pub(crate) has_put_aside: bool,
    /// Whether something was changed both here and in the file.
    pub(crate) has_undecided: bool,
    /// Whether one tie of two actors is selected, and nothing else.
    pub(crate) is_pair_selected: bool,
    pub(crate) selected_actors: usize,
    /// The number of selected actors that are pinned.
    pub(crate) selected_pinned: usize,
    pub(crate) has_note: bool,
    pub(crate) selected_ties: usize,
    pub(crate) selected_sources: usize,
    /// The number of selected actors and ties that are hidden by hand or outside the explored part.
    pub(crate) selected_hidden: usize,
    /// Whether exactly one tie, fact or source is selected.
    pub(crate) is_citable: bool,
    /// Whether the selected ties and facts have sources.
    pub(crate) has_sources: bool,
    /// The address of the selected source or of the first source of the selected tie or fact that may be opened.
    pub(crate) source_link: Option<WebLink>,
    /// The label choice shared by all selected ties; `None` if there are none or they differ.
    pub(crate) label_wish: Option<LabelWish>,
    /// Whether the ties of the selected pair are drawn as one ribbon; `None` unless all selected ties join one pair
    /// that has several ties.
    pub(crate) is_ribbon: Option<bool>,
    pub(crate) label_mode: LabelMode,
    /// Whether actors or ties are hidden by hand.
    pub(crate) is_any_hidden: bool,
    /// Whether only a part of the map is explored.
    pub(crate) is_exploring: bool,
    /// Whether anything is hidden, filtered out or outside the explored part.
    pub(crate) is_narrowed: bool,
    /// Whether the map was read from a file that it can be saved to.
    pub(crate) has_file: bool,
    /// Whether the map was made of tables whose columns can be changed.
    pub(crate) has_tables: bool,
    /// Whether the panel with their columns is open.
    pub(crate) shows_columns: bool,
    /// Whether rows of a table are shown that may be added.
    pub(crate) is_adding: bool,
    /// Whether the map has rows of a database.
    pub(crate) has_database: bool,
    /// Whether the map was made of files that can be read again.
    pub(crate) is_from_tables: bool,
    pub(crate) arrangement: Arrangement,
    /// Whether the layout is complete, so that a picture shows the same as the window.
    pub(crate) is_laid_out: bool,
    /// The steps of the story and what is presented.
    pub(crate) story: StoryContext,
    pub(crate) shows_lists: bool,
    pub(crate) shows_details: bool,
    pub(crate) shows_legend: bool,
    pub(crate) shows_time: bool,
    pub(crate) animates: bool,
    pub(crate) keeps_unsaved: bool,
    pub(crate) theme: ThemePreference,
    pub(crate) wheel: Wheel,
}

fn is_from_table(import: &Import) -> bool {
    rows_from(import).name().is_some()
}

impl ActionContext {
    /// Creates the context from the document, with defaults for panels, theme and wheel.
    pub(crate) fn new(document: &Document, history: &History, selection: &Selection) -> Self {
        let look = &document.look;
        let base = Self {
            undo: history.undo_label().map(str::to_owned),
            redo: history.redo_label().map(str::to_owned),
            is_claim_selected: false,
            can_copy: false,
            is_one_selected: false,
            is_record_selected: false,
            can_merge: false,
            has_put_aside: false,
            has_undecided: false,
            is_pair_selected: false,
            selected_actors: 0,
            selected_pinned: 0,
            has_note: false,
            selected_ties: 0,
            selected_sources: 0,
            selected_hidden: 0,
            is_citable: false,
            has_sources: false,
            source_link: None,
            label_wish: None,
            is_ribbon: None,
            label_mode: look.label_mode,
            is_any_hidden: look.hides_any(),
            is_exploring: look.shown.is_some(),
            is_narrowed: look.shown.is_some() || look.hides_any() || look.filter != Filter::default(),
            has_file: document.origin.can_save_in_place(),
            has_tables: false,
            shows_columns: false,
            is_adding: false,
            has_database: false,
            is_from_tables: document.map.imports().values().any(is_from_table),
            arrangement: look.arrangement,
            is_laid_out: true,
            story: StoryContext { steps: document.steps().len(), ..StoryContext::default() },
            shows_lists: true,
            shows_details: true,
            shows_legend: true,
            shows_time: true,
            animates: true,
            keeps_unsaved: false,
            theme: ThemePreference::System,
            wheel: Wheel::Auto,
        };
        base.with_selection(document, selection)
    }

    /// Returns whether a record or note is selected.
    pub(crate) fn is_anything_selected(&self) -> bool {
        self.selected_actors + self.selected_ties + self.selected_sources > 0 || self.is_citable || self.has_note
    }

    /// Returns whether neither a record nor a note is selected, so that the details are those of the map.
    pub(crate) fn is_nothing_selected(&self) -> bool {
        !self.is_record_selected && !self.has_note
    }

    /// Returns the context in which these records are selected.
    pub(crate) fn with_selection(self, document: &Document, selection: &Selection) -> Self {
        let (map, look) = (&document.map, &document.look);
        let ties: Vec<TieId> = selection.ties().filter(|tie| map.ties().has(*tie)).collect();
        let mut wishes = ties.iter().map(|tie| LabelWish::of(look.labels.get(tie).copied()));
        let label_wish = wishes.next().filter(|first| wishes.all(|wish| wish == *first));
        let single = selection.single().filter(|item| map.has(*item));
        let has_sources = |item: Item| !matches!(item, Item::Source(_)) && !view::sources_of(map, item).is_empty();
        let count = selection.items().count();
        let (actors, sources) = (selection.actors().count(), selection.sources().count());
        Self {
            can_copy: selection.items().any(|item| !matches!(item, Item::Source(_))),
            is_claim_selected: selection.items().any(|item| matches!(item, Item::Tie(_) | Item::Fact(_))),
            is_one_selected: count == 1,
            is_pair_selected: matches!(single, Some(Item::Tie(tie)) if matches!(map.tie(tie).ends, Ends::Pair { .. })),
            is_record_selected: count > 0,
            can_merge: count > 1 && (actors == count || sources == count),
            selected_actors: actors,
            selected_pinned: selection.actors().filter(|actor| look.pinned.contains(actor)).count(),
            has_note: selection.note().is_some_and(|note| look.notes.contains_key(&note)),
            selected_ties: ties.len(),
            selected_sources: sources,
            selected_hidden: selection.drawn().filter(|item| look.leaves_out(map, *item)).count(),
            is_citable: single.is_some_and(|item| !matches!(item, Item::Actor(_))),
            has_sources: selection.items().filter(|item| map.has(*item)).any(has_sources),
            source_link: single.and_then(|item| view::link_of(map, item)),
            label_wish,
            is_ribbon: None,
            ..self
        }
    }
}
