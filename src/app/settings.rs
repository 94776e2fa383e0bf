//! Settings remembered between runs: recent files, theme, sizes.
//!
//! They are stored in a small JSON file that is replaced atomically. A file that can't be read is ignored and replaced
//! at the next change; it holds no user content.

use std::path::{Path, PathBuf};

use egui::Pos2;
use serde::{Deserialize, Serialize};

use crate::save;

use crate::app::ask::context::Wheel;

/// Maximum number of recent files.
const MAX_RECENT: usize = 10;

/// The chosen color theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ThemeChoice {
    Light,
    Dark,
    /// The theme of the system.
    #[default]
    System,
}

impl From<ThemeChoice> for egui::ThemePreference {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
            ThemeChoice::System => Self::System,
        }
    }
}

/// The remembered settings. Fields missing in the file get their default values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "independent choices, each remembered by its own name")]
pub(crate) struct Settings {
    /// Recently opened files, newest first.
    pub(crate) recent: Vec<PathBuf>,
    /// The file that was open at the end; `None` for the sample map, and for a file that never finished opening.
    pub(crate) last_map: Option<PathBuf>,
    /// The file being opened. If it is still set at the next start, opening it ended the program.
    pub(crate) opening: Option<PathBuf>,
    pub(crate) theme: ThemeChoice,
    /// Inner size of the window, in points.
    pub(crate) window_size: [f32; 2],
    /// Width of the lists, in points.
    pub(crate) lists_width: f32,
    /// Width of the details, in points.
    pub(crate) details_width: f32,
    pub(crate) shows_lists: bool,
    pub(crate) shows_details: bool,
    pub(crate) shows_legend: bool,
    pub(crate) shows_time: bool,
    /// Whether the speaker gets a window while presenting.
    pub(crate) shows_speaker: bool,
    pub(crate) animates: bool,
    /// Whether unsaved changes are kept for the next start when the window is closed, without a question.
    pub(crate) keeps_unsaved: bool,
    /// The effect of a plain wheel on the canvas, for systems that report a trackpad as a wheel.
    pub(crate) wheel: Wheel,
    /// Where the view of recent maps was, unless it fitted the whole map.
    pub(crate) views: Vec<RememberedView>,
    /// What was said about the columns of tables.
    pub(crate) recipes: crate::load::RecipeBook,
    /// The last export settings.
    pub(crate) export: crate::app::dialogs::export::ExportChoices,
}

/// The view of a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RememberedView {
    /// The file of the map.
    pub(crate) path: PathBuf,
    /// The center of the view, in world units.
    pub(crate) center: [f32; 2],
    /// Points per world unit.
    pub(crate) scale: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            last_map: None,
            opening: None,
            theme: ThemeChoice::System,
            window_size: [1440.0, 900.0],
            lists_width: 236.0,
            details_width: 312.0,
            shows_lists: true,
            shows_details: true,
            shows_legend: true,
            shows_time: true,
            shows_speaker: false,
            animates: true,
            keeps_unsaved: false,
            wheel: Wheel::Auto,
            views: Vec::new(),
            recipes: crate::load::RecipeBook::default(),
            export: crate::app::dialogs::export::ExportChoices::default(),
        }
    }
}

impl Settings {
    /// Reads the settings from this folder; returns the defaults if there are none or they can't be read.
    pub(crate) fn load(folder: Option<&Path>) -> Self {
        if let Some(folder) = folder {
            save::tighten_folder(folder);
        }
        let bytes = folder.and_then(|folder| std::fs::read(file_in(folder)).ok());
        let read = bytes.and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        read.unwrap_or_default().within_bounds()
    }

    /// Writes the settings to this folder, which is created if necessary.
    ///
    /// # Errors
    ///
    /// Fails if the folder can't be created or the file can't be written; the old file then stays.
    pub(crate) fn save(&self, folder: &Path) -> anyhow::Result<()> {
        save::save_private(&file_in(folder), &serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }

    /// Moves a file to the top of the recent files, replacing other paths of the same file.
    pub(crate) fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| !save::is_same_file(known, path));
        self.recent.insert(0, absolute(path));
        self.recent.truncate(MAX_RECENT);
    }

    /// Remembers the view of a file; `None` if it fits the whole map.
    pub(crate) fn remember_view(&mut self, path: &Path, view: Option<(Pos2, f32)>) {
        self.views.retain(|known| !save::is_same_file(&known.path, path));
        let view = view.map(|(center, scale)| RememberedView { path: absolute(path), center: center.into(), scale });
        self.views.extend(view);
        let excess = self.views.len().saturating_sub(MAX_RECENT);
        self.views.drain(..excess);
    }

    /// Returns the remembered center and scale of a file's view.
    pub(crate) fn view_of(&self, path: &Path) -> Option<(Pos2, f32)> {
        let view = self.views.iter().find(|known| save::is_same_file(&known.path, path))?;
        Some((view.center.into(), view.scale))
    }

    /// Limits the values, so that a file that was edited or comes from a larger screen gives a usable window.
    fn within_bounds(mut self) -> Self {
        let first = Self::default();
        let sane = |value: f32, first: f32, low: f32, high: f32| {
            if value.is_finite() { value.clamp(low, high) } else { first }
        };
        self.window_size = [
            sane(self.window_size[0], first.window_size[0], 640.0, 8000.0),
            sane(self.window_size[1], first.window_size[1], 480.0, 8000.0),
        ];
        self.lists_width = sane(self.lists_width, first.lists_width, 200.0, 600.0);
        self.details_width = sane(self.details_width, first.details_width, 260.0, 800.0);
        // Earlier versions stored relative paths, which can't be resolved anymore.
        let is_kept = |path: &PathBuf| path.is_absolute();
        self.last_map = self.last_map.filter(is_kept);
        self.opening = self.opening.filter(is_kept);
        for path in std::mem::take(&mut self.recent).into_iter().filter(is_kept) {
            if !self.recent.iter().any(|known| save::is_same_file(known, &path)) {
                self.recent.push(path);
            }
        }
        self.recent.truncate(MAX_RECENT);
        let is_sane = |view: &RememberedView| {
            view.path.is_absolute()
                && view.center.iter().chain([&view.scale]).all(|it| it.is_finite())
                && view.scale > 0.0
        };
        self.views.retain(is_sane);
        self.views.truncate(MAX_RECENT);
        self
    }
}

/// Returns the absolute path, which stays valid if the current folder changes.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("window.json")
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use egui::pos2;

    use super::{MAX_RECENT, Settings, ThemeChoice};

    #[test]
    fn comes_back_as_it_was_saved() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("not").join("there");
        let mut settings = Settings { theme: ThemeChoice::Dark, lists_width: 300.0, ..Settings::default() };
        settings.remember(Path::new("/maps/a.json"));
        settings.save(&inner).expect("saved");
        assert_eq!(Settings::load(Some(&inner)), settings);
        assert_eq!(std::fs::read_dir(&inner).expect("listed").count(), 1, "no temporary file stays behind");
    }

    #[test]
    fn the_views_of_the_last_maps_are_remembered() {
        let mut settings = Settings::default();
        for at in 0..MAX_RECENT + 3 {
            settings.remember_view(Path::new(&format!("/maps/{at}.json")), Some((pos2(at as f32, 0.0), 0.5)));
        }
        assert_eq!(settings.views.len(), MAX_RECENT);
        assert_eq!(settings.view_of(Path::new("/maps/12.json")), Some((pos2(12.0, 0.0), 0.5)));
        assert_eq!(settings.view_of(Path::new("/maps/0.json")), None, "the oldest are forgotten");
        settings.remember_view(Path::new("/maps/12.json"), Some((pos2(1.0, 2.0), 2.0)));
        assert_eq!(settings.view_of(Path::new("/maps/12.json")), Some((pos2(1.0, 2.0), 2.0)));
        settings.remember_view(Path::new("/maps/12.json"), None);
        assert_eq!(settings.view_of(Path::new("/maps/12.json")), None, "a map at fit needs none");
    }

    #[test]
    fn broken_and_odd_files_give_a_usable_window() {
        let folder = tempfile::tempdir().expect("a folder");
        for text in ["", "{", "[]", "{\"listsWidth\": -5}", "{\"windowSize\": [1e30, 0]}", "{\"detailsWidth\": 1e9}"] {
            std::fs::write(folder.path().join("window.json"), text).expect("written");
            let settings = Settings::load(Some(folder.path()));
            assert!((200.0..=600.0).contains(&settings.lists_width), "{text}");
            assert!((260.0..=800.0).contains(&settings.details_width), "{text}");
            assert!((480.0..=8000.0).contains(&settings.window_size[1]), "{text}");
        }
    }

    #[test]
    fn recent_files_lead_from_the_root_and_stand_for_one_file_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.json");
        std::fs::write(&file, "{}").expect("written");
        let dotted = folder.path().join(".").join("a.json");
        let old = serde_json::json!({ "recent": ["a.json", file, dotted, "/gone.json"], "lastMap": "./a.json" });
        std::fs::write(folder.path().join("window.json"), old.to_string()).expect("written");
        let mut settings = Settings::load(Some(folder.path()));
        assert_eq!(settings.recent, [file.clone(), PathBuf::from("/gone.json")]);
        assert_eq!(settings.last_map, None);
        settings.remember(&dotted);
        assert_eq!(settings.recent.len(), 2);
        settings.remember(Path::new("Cargo.toml"));
        assert_eq!(settings.recent[0], std::env::current_dir().expect("a folder").join("Cargo.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_remembered_is_for_nobody_else_to_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("tieline");
        let mode = |path: &Path| std::fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        let file = inner.join("window.json");
        Settings::default().save(&inner).expect("saved");
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("set");
        Settings::load(Some(&inner));
        assert_eq!(mode(&file), 0o600, "what an earlier version wrote is tightened at the start");
    }

    #[test]
    fn recent_files_are_few_and_each_once() {
        let mut settings = Settings::default();
        for number in 0..20 {
            settings.remember(&PathBuf::from(format!("/maps/{number}.json")));
        }
        settings.remember(Path::new("/maps/15.json"));
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(settings.recent[0], PathBuf::from("/maps/15.json"));
        assert_eq!(settings.recent.iter().filter(|path| path.ends_with("15.json")).count(), 1);
    }
}
