//! Accessors of [`Action`], the entries of menus, shortcuts and the command palette. The table is in `list`; `dispatch`
//! runs the actions.

mod list;

pub(crate) use list::{Action, Menu};

use egui::KeyboardShortcut;

use crate::document::Alignment;
use crate::model::{Arrangement, LabelMode};

use crate::app::ask::context::{ActionContext, LabelWish};
use crate::app::ask::story::StepChange;
use list::{ActionRow, ROWS};

impl Action {
    fn row(self) -> &'static ActionRow {
        &ROWS[self as usize]
    }

    /// Returns the name shown in menus; it ends with `…` when more input follows.
    pub(crate) fn label(self) -> &'static str {
        self.row().label
    }

    /// Returns one sentence on what the action does.
    pub(crate) fn tooltip(self) -> &'static str {
        self.row().tooltip
    }

    /// Returns the menu and the group within it.
    pub(crate) fn menu(self) -> (Menu, u8) {
        (self.row().menu, self.row().group)
    }

    /// Returns the title of the submenu, or `None` if the action is directly in its menu.
    pub(crate) fn submenu(self) -> Option<&'static str> {
        self.row().submenu
    }

    /// Returns the shortcuts; menus show the first one. While text is being typed, plain keys other than function keys
    /// are ignored.
    pub(crate) fn shortcuts(self) -> &'static [KeyboardShortcut] {
        self.row().keys
    }

    /// Returns the keys while the map is presented; those of all other actions have no effect then.
    pub(crate) fn presenting_keys(self) -> &'static [KeyboardShortcut] {
        self.row().presenting
    }

    /// Returns the shortcut shown in menus.
    pub(crate) fn shortcut(self) -> Option<KeyboardShortcut> {
        self.shortcuts().first().copied()
    }

    /// Returns whether the action can be run now.
    pub(crate) fn is_enabled(self, now: &ActionContext) -> bool {
        (self.row().is_enabled)(now)
    }

    /// Returns the toggle state, or `None` if this action is not a toggle.
    pub(crate) fn is_on(self, now: &ActionContext) -> Option<bool> {
        self.row().is_on.map(|is_on| is_on(now))
    }

    /// Returns the current text of the menu entry, such as "Undo “Move OpenAI”".
    pub(crate) fn label_now(self, now: &ActionContext) -> String {
        let step = match self {
            Self::Undo => now.undo.as_deref(),
            Self::Redo => now.redo.as_deref(),
            _ => None,
        };
        match step {
            Some(step) => format!("{} “{step}”", self.label()),
            None => self.words_for_selection(now).unwrap_or_else(|| self.label().to_owned()),
        }
    }

    /// Returns the text that names what is selected, such as "Hide this tie".
    fn words_for_selection(self, now: &ActionContext) -> Option<String> {
        let selected = match (now.selected_actors, now.selected_ties) {
            (0, 0) => None,
            (1, 0) => Some("this actor"),
            (_, 0) => Some("these actors"),
            (0, 1) => Some("this tie"),
            (0, _) => Some("these ties"),
            (_, _) => Some("these actors and ties"),
        };
        let whose = |count: usize| if count == 1 { "its" } else { "their" };
        match self {
            Self::EditInPlace if now.story.is_focused => Some("Rename this step".to_owned()),
            Self::Delete if now.story.is_focused => Some("Delete this step".to_owned()),
            Self::EditInPlace if now.has_note => Some("Edit note".to_owned()),
            Self::EditInPlace if now.selected_actors == 1 => Some("Rename this actor".to_owned()),
            Self::EditInPlace if now.selected_ties == 1 => Some("Change the label of this tie".to_owned()),
            Self::EditInPlace if now.selected_sources == 1 => Some("Change the title of this source".to_owned()),
            Self::Delete if now.has_note => Some("Delete note".to_owned()),
            Self::Delete => selected.map(|selected| format!("Delete {selected}")),
            Self::Cite if !now.is_claim_selected && now.selected_actors == 1 => Some("Add a fact".to_owned()),
            Self::NewTie if now.selected_actors == 2 => Some("New tie of these two".to_owned()),
            Self::Hide => selected.map(|selected| format!("Hide {selected}")),
            Self::ShowSelected => selected.map(|selected| format!("Show {selected} again")),
            Self::StartFrom if now.selected_actors == 1 => Some("Start from this actor".to_owned()),
            Self::SelectEnds if now.selected_ties > 0 => Some(format!("Select {} ends", whose(now.selected_ties))),
            Self::SelectTies if now.selected_actors + now.selected_sources > 0 => {
                Some(format!("Select {} ties", whose(now.selected_actors + now.selected_sources)))
            }
            Self::SelectSources if now.has_sources => Some(format!("Select {} sources", whose(now.selected_ties))),
            _ => None,
        }
    }

    /// Returns the name shown in the command palette; choices of a submenu are prefixed with its title.
    pub(crate) fn full_label_now(self, now: &ActionContext) -> String {
        match self.submenu() {
            Some(submenu) if self.is_on(now).is_some() && self.label_wish().is_none() => {
                format!("{submenu}: {}", self.label().to_lowercase())
            }
            _ => self.label_now(now),
        }
    }

    /// Returns whether the action opens a text field, which then receives what is typed next.
    pub(crate) fn opens_text_field(self) -> bool {
        matches!(
            self,
            Self::Palette
                | Self::Find
                | Self::OpenByPath
                | Self::Keys
                | Self::Kinds
                | Self::Export
                | Self::AddNote
                | Self::NewActor
                | Self::NewTie
                | Self::Cite
                | Self::EditInPlace
                | Self::ChangeKind
                | Self::ChangeAmount
                | Self::ChangeDate
                | Self::ChangeStage
                | Self::ChangeFrom
                | Self::ChangeTo
                | Self::RenameStep
        )
    }

    /// Returns whether the action only changes what is seen: it neither changes the map nor replaces or writes it.
    pub(crate) fn only_looks(self) -> bool {
        let (menu, _) = self.menu();
        let is_of_view = matches!(menu, Menu::View | Menu::Help) && self.label_mode().is_none();
        is_of_view
            || matches!(
                self,
                Self::Palette
                    | Self::About
                    | Self::Quit
                    | Self::Find
                    | Self::Clear
                    | Self::SelectAll
                    | Self::SelectEnds
                    | Self::SelectTies
                    | Self::SelectSources
                    | Self::CopyCitation
                    | Self::CopyForZotero
                    | Self::OpenSource
                    | Self::Focus
                    | Self::Connection
                    | Self::Problems
            )
    }

    /// Returns whether the action shows a page of help, whose heading is the label.
    #[cfg(test)]
    pub(crate) fn is_help_page(self) -> bool {
        matches!(self, Self::HelpStart | Self::HelpData | Self::HelpPictures | Self::HelpPrograms)
    }

    /// Returns the alignment that the action applies to the selected actors.
    pub(crate) fn alignment(self) -> Option<Alignment> {
        match self {
            Self::AlignLeft => Some(Alignment::Left),
            Self::AlignCenter => Some(Alignment::Center),
            Self::AlignRight => Some(Alignment::Right),
            Self::AlignTop => Some(Alignment::Top),
            Self::AlignMiddle => Some(Alignment::Middle),
            Self::AlignBottom => Some(Alignment::Bottom),
            Self::SpreadAcross => Some(Alignment::SpreadAcross),
            Self::SpreadDown => Some(Alignment::SpreadDown),
            _ => None,
        }
    }

    /// Returns the change that the action makes to a step.
    pub(crate) fn step_change(self) -> Option<StepChange> {
        match self {
            Self::RenameStep => Some(StepChange::Rename),
            Self::RetakeStep => Some(StepChange::Retake),
            Self::DuplicateStep => Some(StepChange::Duplicate),
            Self::MoveStepBack => Some(StepChange::MoveBack),
            Self::MoveStepOn => Some(StepChange::MoveOn),
            Self::DeleteStep => Some(StepChange::Delete),
            _ => None,
        }
    }

    /// Returns the label mode that the action chooses.
    pub(crate) fn label_mode(self) -> Option<LabelMode> {
        match self {
            Self::LabelsAll => Some(LabelMode::All),
            Self::LabelsImportant => Some(LabelMode::Important),
            Self::LabelsNumbers => Some(LabelMode::Numbers),
            Self::LabelsNone => Some(LabelMode::None),
            _ => None,
        }
    }

    /// Returns the label choice that the action applies to the selected ties.
    pub(crate) fn label_wish(self) -> Option<LabelWish> {
        match self {
            Self::ShowLabel => Some(LabelWish::Show),
            Self::HideLabel => Some(LabelWish::Hide),
            Self::FreeLabel => Some(LabelWish::AsAll),
            _ => None,
        }
    }

    /// Returns the arrangement that the action chooses.
    pub(crate) fn arrangement(self) -> Option<Arrangement> {
        match self {
            Self::ArrangeAuto => Some(Arrangement::Auto),
            Self::ArrangeForce => Some(Arrangement::Force),
            Self::ArrangeLayered => Some(Arrangement::Layered),
            Self::ArrangeLayeredDown => Some(Arrangement::LayeredDown),
            Self::ArrangeRadial => Some(Arrangement::Radial),
            Self::ArrangeCircle => Some(Arrangement::Circle),
            Self::ArrangeColumns => Some(Arrangement::Columns),
            Self::ArrangeTimeline => Some(Arrangement::Timeline),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::Action;

    #[test]
    fn no_two_actions_share_a_key() {
        let mut taken = BTreeMap::new();
        for action in Action::ALL {
            for shortcut in action.shortcuts() {
                let earlier = taken.insert(format!("{shortcut:?}"), action);
                assert_eq!(earlier, None, "{shortcut:?} also runs {action:?}");
            }
        }
        let mut taken = BTreeMap::new();
        for action in Action::ALL {
            for shortcut in action.presenting_keys() {
                let earlier = taken.insert(format!("{shortcut:?}"), action);
                assert_eq!(earlier, None, "{shortcut:?} also runs {action:?} while presenting");
            }
        }
        assert!(taken.len() > 10, "there are keys for presenting");
    }

    #[test]
    fn no_two_submenus_are_taken_for_each_other() {
        let titles: BTreeSet<&str> = Action::ALL.iter().filter_map(|action| action.submenu()).collect();
        let stem = |title: &str| title.to_lowercase().chars().take(5).collect::<String>();
        let stems: BTreeSet<String> = titles.iter().map(|title| stem(title)).collect();
        assert!(titles.len() > 3 && stems.len() == titles.len(), "{titles:?}");
    }

    #[test]
    fn the_window_has_one_word_for_arranging() {
        for action in Action::ALL {
            let words = format!("{} {}", action.label(), action.tooltip()).to_lowercase();
            for word in ["lay out", "laying out", "layout", "force", "csl", "`"] {
                assert!(!words.contains(word), "{action:?}: {words}");
            }
        }
    }

    #[test]
    fn words_are_written_as_the_window_writes() {
        for action in Action::ALL {
            assert!(action.label().chars().next().is_some_and(char::is_uppercase), "{action:?}");
            assert!(!action.tooltip().ends_with('.'), "{action:?}");
        }
    }
}
