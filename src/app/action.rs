//! What menus, keys and the command palette list: each action's label, tooltip, shortcut and when it can be run.
//!
//! The menus' order is in `menu`, what an action does in `carry_out`.

use egui::{Key, KeyboardShortcut, Modifiers, ThemePreference};

use crate::model::Arrangement;

use super::canvas::Wheel;
use super::situation::Situation;

/// What a person can ask for without saying anything more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Action {
    /// Asks for a file and opens it.
    Open,
    /// Asks for a path in a text field and opens the file there.
    OpenByPath,
    /// Opens the map that is compiled into the program.
    OpenSample,
    /// Reads the open file once more.
    Reload,
    /// Saves to the file the map came from.
    Save,
    /// Asks for a file and saves there.
    SaveAs,
    /// Opens the dialog in which a picture is chosen, looked at, saved and copied.
    Export,
    /// Asks for a file and writes the picture there, as last chosen.
    SavePicture,
    /// Puts the picture on the clipboard.
    CopyPicture,
    /// Asks for a file and writes the window as it looks there.
    SaveScreenshot,
    /// Closes the window.
    Quit,
    /// Takes the last change back.
    Undo,
    /// Does the last undone change again.
    Redo,
    /// Selects every shown actor.
    SelectAll,
    /// Clears the selection, or leaves a focus.
    Clear,
    /// Puts the cursor into the search field.
    Find,
    /// Lists all actions, to be found by a few letters.
    Palette,
    /// Fits the selection, or all, into the canvas.
    Fit,
    /// Zooms in by one step.
    ZoomIn,
    /// Zooms out by one step.
    ZoomOut,
    /// Zooms to 100 %.
    ZoomActual,
    /// Shows or hides the lists at the left.
    ToggleLists,
    /// Shows or hides the details at the right.
    ToggleDetails,
    /// Shows or hides the legend.
    ToggleLegend,
    /// Light colors.
    ThemeLight,
    /// Dark colors.
    ThemeDark,
    /// The colors that the system asks for.
    ThemeSystem,
    /// A wheel zooms, two fingers pan.
    WheelAuto,
    /// A wheel always zooms.
    WheelZooms,
    /// A wheel always pans.
    WheelPans,
    /// Takes the selected actors out of the picture.
    Hide,
    /// Brings back everything that is hidden or filtered.
    ShowAll,
    /// Fades out all but the neighborhood of the selected actor.
    Focus,
    /// Keeps the selected actors where they are when laying out again.
    Pin,
    /// Lets the selected actors move when laying out again.
    Unpin,
    /// Finds another good layout for all that is not pinned.
    LayOutAgain,
    /// Arranges for best readability.
    ArrangeAuto,
    /// Arranges by forces.
    ArrangeForce,
    /// Arranges from left to right.
    ArrangeLayered,
    /// Arranges in rings.
    ArrangeRadial,
    /// Arranges in one circle.
    ArrangeCircle,
    /// Arranges in columns by kind.
    ArrangeColumns,
    /// Lays out in columns by the year of the first tie.
    ArrangeTimeline,
    /// Lists what is wrong with the file.
    Problems,
    /// Lists the keys.
    Keys,
    /// Says what this program is.
    About,
}

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
    /// All actions.
    pub(crate) const ALL: [Self; 46] = [
        Self::Open,
        Self::OpenByPath,
        Self::OpenSample,
        Self::Reload,
        Self::Save,
        Self::SaveAs,
        Self::Export,
        Self::SavePicture,
        Self::CopyPicture,
        Self::SaveScreenshot,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::SelectAll,
        Self::Clear,
        Self::Find,
        Self::Palette,
        Self::Fit,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomActual,
        Self::ToggleLists,
        Self::ToggleDetails,
        Self::ToggleLegend,
        Self::ThemeLight,
        Self::ThemeDark,
        Self::ThemeSystem,
        Self::WheelAuto,
        Self::WheelZooms,
        Self::WheelPans,
        Self::Hide,
        Self::ShowAll,
        Self::Focus,
        Self::Pin,
        Self::Unpin,
        Self::LayOutAgain,
        Self::ArrangeAuto,
        Self::ArrangeForce,
        Self::ArrangeLayered,
        Self::ArrangeRadial,
        Self::ArrangeCircle,
        Self::ArrangeColumns,
        Self::ArrangeTimeline,
        Self::Problems,
        Self::Keys,
        Self::About,
    ];

    /// What menus and the palette call it, and one sentence on what it does.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Open…", "Choose a map file and open it"),
            Self::OpenByPath => ("Open by path…", "Type or paste the path of a map file"),
            Self::OpenSample => ("Open the sample map", "The map that comes with the program"),
            Self::Reload => ("Reload from disk", "Read the file again; unsaved places are kept"),
            Self::Save => ("Save", "Write places, pins and hidden actors to the file"),
            Self::SaveAs => ("Save as…", "Save to another file and go on with that one"),
            Self::Export => ("Export…", "Choose format, page and parts of a picture, look at it, save or copy it"),
            Self::SavePicture => ("Save picture…", "Write the picture of the whole map with the choices last made"),
            Self::CopyPicture => ("Copy picture", "Put the picture of the whole map on the clipboard"),
            Self::SaveScreenshot => ("Save screenshot…", "Write the window as it looks now as PNG"),
            Self::Quit => ("Quit", "Close the window"),
            Self::Undo => ("Undo", "Take the last change back"),
            Self::Redo => ("Redo", "Do the last undone change again"),
            Self::SelectAll => ("Select all actors", "Select every actor that is shown"),
            Self::Clear => ("Clear selection", "Select nothing and leave the focus"),
            Self::Find => ("Find…", "Search actors, ties, sources and quotes"),
            Self::Palette => ("Command palette…", "Find any command by a few letters"),
            Self::Fit => ("Zoom to fit", "Fit the selection, or everything, into the view"),
            Self::ZoomIn => ("Zoom in", "One step closer"),
            Self::ZoomOut => ("Zoom out", "One step back"),
            Self::ZoomActual => ("Actual size", "Zoom to 100 %"),
            Self::ToggleLists => ("Lists", "Show or hide the lists of actors, ties and sources"),
            Self::ToggleDetails => ("Details", "Show or hide the details of what is selected"),
            Self::ToggleLegend => ("Legend", "Show or hide what the signs mean"),
            Self::ThemeLight => ("Light", "Light colors"),
            Self::ThemeDark => ("Dark", "Dark colors"),
            Self::ThemeSystem => ("Like the system", "Light or dark as the system asks"),
            Self::WheelAuto => ("By device", "A mouse wheel zooms, two fingers on a trackpad pan"),
            Self::WheelZooms => ("Zooms", "Wheel and two fingers zoom"),
            Self::WheelPans => ("Pans", "Wheel and two fingers pan; with Ctrl they zoom"),
            Self::Hide => ("Hide selected actors", "Take them and their ties out of the picture"),
            Self::ShowAll => ("Show everything", "Bring back all that is hidden or filtered"),
            Self::Focus => ("Focus on neighborhood", "Fade out what is not tied to the selected actor"),
            Self::Pin => ("Pin", "Keep the selected actors in place when laying out again"),
            Self::Unpin => ("Unpin", "Let the selected actors move when laying out again"),
            Self::LayOutAgain => ("Lay out again", "Find another good layout for all that is not pinned"),
            Self::ArrangeAuto => ("Most readable", "Try many layouts and keep the most readable"),
            Self::ArrangeForce => ("By forces", "Tied actors attract, all others repel each other"),
            Self::ArrangeLayered => ("Left to right", "Follow the direction of the ties"),
            Self::ArrangeRadial => ("Rings", "Rings around the most important actor"),
            Self::ArrangeCircle => ("Circle", "All actors on one circle"),
            Self::ArrangeColumns => ("Columns by kind", "One column for each kind of actor"),
            Self::ArrangeTimeline => ("Timeline", "Columns by the year in which an actor's first tie begins"),
            Self::Problems => ("Problems in the file…", "What is wrong with the file, where, and how to mend it"),
            Self::Keys => ("Keyboard and mouse…", "All keys on one page"),
            Self::About => ("About Tieline…", "Version and licenses"),
        }
    }

    /// What menus and the palette call it; `…` when more input follows.
    pub(crate) fn label(self) -> &'static str {
        self.words().0
    }

    /// What the palette calls it at the moment: with the name of the menu in the menu that it stands in.
    pub(crate) fn full_label_now(self, now: &Situation) -> String {
        match self {
            Self::ThemeLight | Self::ThemeDark | Self::ThemeSystem => format!("Theme: {}", self.label().to_lowercase()),
            Self::WheelAuto | Self::WheelZooms | Self::WheelPans => format!("Wheel: {}", self.label().to_lowercase()),
            _ if self.arrangement().is_some() => format!("Arrangement: {}", self.label().to_lowercase()),
            _ => self.label_now(now),
        }
    }

    /// One sentence on what it does.
    pub(crate) fn tooltip(self) -> &'static str {
        self.words().1
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
            Self::ZoomActual => key(Key::Num1),
            Self::ToggleLists => key(Key::F9),
            Self::ToggleDetails => key(Key::F10),
            Self::ToggleLegend => key(Key::L),
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
            _ => None,
        }
    }

    /// Whether it can be run now.
    pub(crate) fn is_enabled(self, now: &Situation) -> bool {
        match self {
            Self::Undo => now.undo.is_some(),
            Self::Redo => now.redo.is_some(),
            Self::Reload => now.has_file,
            Self::Hide => now.selected_actors > 0,
            Self::Pin => now.selected_pinned < now.selected_actors,
            Self::Unpin => now.selected_pinned > 0,
            Self::Focus => now.selected_actors == 1,
            Self::ShowAll => now.is_narrowed,
            Self::Export | Self::SavePicture | Self::CopyPicture => now.is_laid_out,
            _ => true,
        }
    }

    /// Whether it is a choice that is made at the moment; none for what is no choice.
    pub(crate) fn is_chosen(self, now: &Situation) -> Option<bool> {
        if let Some(arrangement) = self.arrangement() {
            return Some(now.arrangement == arrangement);
        }
        match self {
            Self::ToggleLists => Some(now.shows_lists),
            Self::ToggleDetails => Some(now.shows_details),
            Self::ToggleLegend => Some(now.shows_legend),
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
    pub(crate) fn label_now(self, now: &Situation) -> String {
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

    /// The arrangement that it asks for.
    pub(crate) fn arrangement(self) -> Option<Arrangement> {
        match self {
            Self::ArrangeAuto => Some(Arrangement::Auto),
            Self::ArrangeForce => Some(Arrangement::Force),
            Self::ArrangeLayered => Some(Arrangement::Layered),
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
    fn all_lists_every_action_once() {
        let mut sorted = Action::ALL;
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(sorted.last(), Some(&Action::About), "the last one of the enum closes the list");
        assert_eq!(sorted.len(), Action::About as usize + 1);
    }

    #[test]
    fn words_are_written_as_the_window_writes() {
        for action in Action::ALL {
            assert!(action.label().chars().next().is_some_and(char::is_uppercase), "{action:?}");
            assert!(!action.tooltip().ends_with('.'), "{action:?}");
        }
    }
}
