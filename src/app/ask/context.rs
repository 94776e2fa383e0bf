//! What actions depend on: whether they can be run, and whether they are chosen.

use egui::ThemePreference;

use crate::document::{Document, Filter, History};
use crate::model::{Arrangement, LabelChoice, LabelMode, TieId};

use crate::app::ask::selection::Selection;

/// What a person wants of the label of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelWish {
    /// It is always shown.
    Show,
    /// It is never shown.
    Hide,
    /// The view decides, as on all others.
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

    /// What the document keeps of it.
    pub(crate) fn choice(self) -> Option<LabelChoice> {
        match self {
            Self::Show => Some(LabelChoice::Show),
            Self::Hide => Some(LabelChoice::Hide),
            Self::AsAll => None,
        }
    }
}

/// What a plain wheel does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Wheel {
    /// A wheel with notches zooms, two fingers on a trackpad pan.
    #[default]
    Auto,
    /// It always zooms.
    Zooms,
    /// It always pans.
    Pans,
}

/// What the window is like at the moment, as far as actions depend on it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each asked by its own action")]
pub(crate) struct ActionContext {
    /// What undo would take back.
    pub(crate) undo: Option<String>,
    /// What redo would do again.
    pub(crate) redo: Option<String>,
    /// How many actors are selected.
    pub(crate) selected_actors: usize,
    /// How many of them are pinned.
    pub(crate) selected_pinned: usize,
    /// Whether a note is selected.
    pub(crate) has_note: bool,
    /// How many ties are selected.
    pub(crate) selected_ties: usize,
    /// What was chosen by hand for the labels of all of them; none if the choices differ.
    pub(crate) label_wish: Option<LabelWish>,
    /// Whether the ties between the ends of the selected ties are one ribbon; `None` if these are not of one pair, or
    /// the only tie of theirs.
    pub(crate) is_ribbon: Option<bool>,
    /// Which labels are shown.
    pub(crate) label_mode: LabelMode,
    /// Whether something is hidden or filtered.
    pub(crate) is_narrowed: bool,
    /// Whether the map came from a file.
    pub(crate) has_file: bool,
    /// How actors are arranged.
    pub(crate) arrangement: Arrangement,
    /// Whether everything has its place, so that a picture shows what the window shows.
    pub(crate) is_laid_out: bool,
    /// Whether the lists are shown.
    pub(crate) shows_lists: bool,
    /// Whether the details are shown.
    pub(crate) shows_details: bool,
    /// Whether the legend is shown.
    pub(crate) shows_legend: bool,
    /// Whether changes are animated.
    pub(crate) animates: bool,
    /// The chosen colors.
    pub(crate) theme: ThemePreference,
    /// What a plain wheel does.
    pub(crate) wheel: Wheel,
}

impl ActionContext {
    /// What follows from the document; panels and colors are as at first.
    pub(crate) fn new(document: &Document, history: &History, selection: &Selection) -> Self {
        let look = &document.look;
        let ties: Vec<TieId> = selection.ties().collect();
        let mut wishes = ties.iter().map(|tie| LabelWish::of(look.labels.get(tie).copied()));
        let label_wish = wishes.next().filter(|first| wishes.all(|wish| wish == *first));
        Self {
            undo: history.undo_label().map(str::to_owned),
            redo: history.redo_label().map(str::to_owned),
            selected_actors: selection.actors().count(),
            selected_pinned: selection.actors().filter(|actor| look.pinned.contains(actor)).count(),
            has_note: selection.note().is_some_and(|note| look.notes.contains_key(&note)),
            selected_ties: ties.len(),
            label_wish,
            is_ribbon: None,
            label_mode: look.label_mode,
            is_narrowed: !look.hidden.is_empty() || look.filter != Filter::default(),
            has_file: document.origin.can_save_in_place(),
            arrangement: look.arrangement,
            is_laid_out: true,
            shows_lists: true,
            shows_details: true,
            shows_legend: true,
            animates: true,
            theme: ThemePreference::System,
            wheel: Wheel::Auto,
        }
    }
}
