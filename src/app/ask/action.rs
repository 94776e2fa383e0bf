//! What menus, keys and the command palette list: each action's label, tooltip, shortcut and when it can be run.
//!
//! The actions themselves are in `list`, the menus' order is in `panels::menu`, what an action does in `dispatch`.

mod list;

pub(crate) use list::Action;

use egui::{Key, KeyboardShortcut, Modifiers, ThemePreference};

use crate::document::Alignment;
use crate::model::{Arrangement, LabelMode};

use crate::app::ask::context::{ActionContext, LabelWish, Wheel};

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

impl Action {
    /// What the palette calls it at the moment: with the name of the menu in the menu that it stands in.
    pub(crate) fn full_label_now(self, now: &ActionContext) -> String {
        match self {
            Self::ThemeLight | Self::ThemeDark | Self::ThemeSystem => format!("Theme: {}", self.label().to_lowercase()),
            Self::WheelAuto | Self::WheelZooms | Self::WheelPans => format!("Wheel: {}", self.label().to_lowercase()),
            _ if self.label_mode().is_some() => format!("Labels: {}", self.label().to_lowercase()),
            _ if self.arrangement().is_some() => format!("Arrangement: {}", self.label().to_lowercase()),
            _ => self.label_now(now),
        }
    }

    /// The key that runs it. Keys without a modifier do nothing while text is being typed.
    pub(crate) fn shortcut(self) -> Option<KeyboardShortcut> {
        let shortcut = match self {
            Self::Open => ctrl(Key::O),
            Self::OpenByPath => ctrl_shift(Key::O),
            Self::Reload => key(Key::F5),
            Self::Save => ctrl(Key::S),
            Self::SaveAs => ctrl_shift(Key::S),
            Self::Export => ctrl(Key::E),
            Self::CopyPicture => ctrl_shift(Key::C),
            Self::SaveScreenshot => ctrl_shift(Key::E),
            Self::Quit => ctrl(Key::Q),
            Self::Undo => ctrl(Key::Z),
            Self::Redo => ctrl_shift(Key::Z),
            Self::SelectAll => ctrl(Key::A),
            Self::Clear => key(Key::Escape),
            Self::Find => ctrl(Key::F),
            Self::Palette => ctrl(Key::K),
            Self::Fit => key(Key::F),
            Self::ZoomIn => key(Key::Plus),
            Self::ZoomOut => key(Key::Minus),
            Self::ZoomActual => key(Key::Num0),
            Self::ToggleLists => key(Key::F9),
            Self::ToggleDetails => key(Key::F10),
            Self::ToggleLegend => key(Key::L),
            Self::AddNote => key(Key::T),
            Self::EditNote => key(Key::F2),
            Self::DeleteNote => key(Key::Delete),
            Self::Hide => key(Key::H),
            Self::ShowAll => key(Key::A),
            Self::Focus => key(Key::N),
            Self::Pin => key(Key::P),
            Self::Unpin => key(Key::U),
            Self::LayOutAgain => key(Key::R),
            Self::Problems => key(Key::F8),
            Self::Keys => key(Key::F1),
            _ => return None,
        };
        Some(shortcut)
    }

    /// A second key for those who are used to it.
    pub(crate) fn other_shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Self::Redo => Some(ctrl(Key::Y)),
            Self::ZoomIn => Some(key(Key::Equals)),
            Self::ZoomActual => Some(key(Key::Num1)),
            _ => None,
        }
    }

    /// Whether it can be run now.
    pub(crate) fn is_enabled(self, now: &ActionContext) -> bool {
        match self {
            Self::Undo => now.undo.is_some(),
            Self::Redo => now.redo.is_some(),
            Self::Reload => now.has_file,
            Self::Hide => now.selected_actors > 0,
            Self::Pin => now.selected_pinned < now.selected_actors,
            Self::Unpin => now.selected_pinned > 0,
            Self::Focus => now.selected_actors == 1,
            Self::EditNote | Self::DeleteNote => now.has_note,
            Self::Export | Self::SavePicture | Self::CopyPicture => now.is_laid_out,
            Self::Connection => now.selected_actors == 2,
            Self::ShowAll => now.is_narrowed,
            Self::ShowLabel | Self::HideLabel | Self::FreeLabel => now.selected_ties > 0,
            Self::SpreadTies => now.is_ribbon == Some(true),
            Self::GatherTies => now.is_ribbon == Some(false),
            _ => self.alignment().is_none_or(|alignment| now.selected_actors >= alignment.least_boxes()),
        }
    }

    /// Returns the toggle state, or `None` if this action is not a toggle.
    pub(crate) fn is_chosen(self, now: &ActionContext) -> Option<bool> {
        if let Some(arrangement) = self.arrangement() {
            return Some(now.arrangement == arrangement);
        }
        if let Some(mode) = self.label_mode() {
            return Some(now.label_mode == mode);
        }
        if let Some(wish) = self.label_wish() {
            return Some(now.label_wish == Some(wish));
        }
        match self {
            Self::ToggleLists => Some(now.shows_lists),
            Self::ToggleDetails => Some(now.shows_details),
            Self::ToggleLegend => Some(now.shows_legend),
            Self::Animate => Some(now.animates),
            Self::ThemeLight => Some(now.theme == ThemePreference::Light),
            Self::ThemeDark => Some(now.theme == ThemePreference::Dark),
            Self::ThemeSystem => Some(now.theme == ThemePreference::System),
            Self::WheelAuto => Some(now.wheel == Wheel::Auto),
            Self::WheelZooms => Some(now.wheel == Wheel::Zooms),
            Self::WheelPans => Some(now.wheel == Wheel::Pans),
            _ => None,
        }
    }

    /// What its menu entry says at the moment: "Undo move OpenAI".
    pub(crate) fn label_now(self, now: &ActionContext) -> String {
        let step = match self {
            Self::Undo => now.undo.as_deref(),
            Self::Redo => now.redo.as_deref(),
            _ => None,
        };
        match step {
            Some(step) => format!("{} “{step}”", self.label()),
            None => self.label().to_owned(),
        }
    }

    /// How it lines up the selected actors.
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

    /// Which labels it asks for.
    pub(crate) fn label_mode(self) -> Option<LabelMode> {
        match self {
            Self::LabelsAll => Some(LabelMode::All),
            Self::LabelsImportant => Some(LabelMode::Important),
            Self::LabelsNumbers => Some(LabelMode::Numbers),
            Self::LabelsNone => Some(LabelMode::None),
            _ => None,
        }
    }

    /// What it makes of the labels of the selected ties.
    pub(crate) fn label_wish(self) -> Option<LabelWish> {
        match self {
            Self::ShowLabel => Some(LabelWish::Show),
            Self::HideLabel => Some(LabelWish::Hide),
            Self::FreeLabel => Some(LabelWish::AsAll),
            _ => None,
        }
    }

    /// The arrangement that it asks for.
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
    use std::collections::BTreeMap;

    use super::Action;

    #[test]
    fn no_two_actions_share_a_key() {
        let mut taken = BTreeMap::new();
        for action in Action::ALL {
            for shortcut in action.shortcut().into_iter().chain(action.other_shortcut()) {
                let earlier = taken.insert(format!("{shortcut:?}"), action);
                assert_eq!(earlier, None, "{shortcut:?} also runs {action:?}");
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
