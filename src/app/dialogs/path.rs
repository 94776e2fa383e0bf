//! Asks for a path where no file dialog of the system is available: a field with completion and the list of its folder.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use egui::{Button, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::folder::{self, FolderEntry};
use crate::app::ask::question::PathRequest;
use crate::app::ui::events::take_press;
use crate::app::ui::theme;
use crate::app::ui::widgets::{buttons_ui, heading};
use crate::jobs::{JobHandle, start_job};
use crate::load;
use crate::wording;

/// Height of the list, in points.
const LIST_HEIGHT: f32 = 220.0;
/// Maximum number of rows drawn.
const MAX_ROWS: usize = 300;

/// The result of drawing the dialog in one frame.
pub(super) enum PathOutcome {
    Stays,
    Canceled,
    Chosen(PathBuf),
}

/// The entries of a folder, or why it can't be read.
type FolderListing = Result<Vec<FolderEntry>, String>;

/// The listed folder, read in the background, since a folder on the network may take long.
#[derive(Clone)]
enum Listing {
    Reading(Arc<Mutex<JobHandle<FolderListing>>>),
    Read(Arc<FolderListing>),
}

/// Draws the dialog.
pub(super) fn path_ui(ui: &mut Ui, request: &PathRequest, why: Option<&str>, text: &mut String) -> PathOutcome {
    let question = request.question();
    heading(ui, &question.title());
    if let Some(why) = why {
        ui.add(egui::Label::new(RichText::new(wording::quoted(why)).weak()).wrap());
    }
    let entries = listing(ui, text);
    let id = Id::new("path field");
    // Tab completes instead of leaving the field.
    let is_typing = ui.memory(|memory| memory.has_focus(id));
    if is_typing
        && take_press(ui.ctx(), Modifiers::NONE, Key::Tab)
        && let Some(completed) = entries.as_ref().ok().and_then(|entries| folder::complete(text, entries))
    {
        *text = completed;
        move_cursor_to_end(ui, id, text);
    }
    let field = TextEdit::singleline(text)
        .id(id)
        .hint_text("/path/to/a/file")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Path"));
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = egui::EventFilter { tab: true, horizontal_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let mut enter = response.lost_focus() && take_press(ui.ctx(), Modifiers::NONE, Key::Enter);
    if let Some(chosen) = list_ui(ui, text, &entries, question.is_for_reading()) {
        *text = chosen;
        enter = question.is_for_reading() && !is_folder(text);
        move_cursor_to_end(ui, id, text);
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let verb = if question.is_for_reading() { "Open" } else { "Save" };
    let clicked = buttons_ui(ui, &[verb, "Cancel"]);
    if clicked == Some(1) {
        return PathOutcome::Canceled;
    }
    if (clicked == Some(0) || enter) && !text.trim().is_empty() {
        let path = folder::path_of(text, std::env::home_dir().as_deref());
        if path.is_dir() {
            // A folder is entered, not opened.
            if !text.ends_with('/') {
                text.push('/');
            }
            move_cursor_to_end(ui, id, text);
            return PathOutcome::Stays;
        }
        return PathOutcome::Chosen(path);
    }
    PathOutcome::Stays
}

fn is_folder(text: &str) -> bool {
    text.ends_with(std::path::MAIN_SEPARATOR)
}

fn move_cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
    state.store(ui.ctx(), id);
}

/// Returns the entries of the typed folder; empty while it is read, a message if it can't be.
fn listing(ui: &Ui, text: &str) -> Result<Vec<FolderEntry>, String> {
    let (typed, _) = folder::split(text);
    let path = folder::path_of(if typed.is_empty() { "." } else { typed }, std::env::home_dir().as_deref());
    let id = Id::new("listed folder");
    let known: Option<(PathBuf, Listing)> = ui.data(|data| data.get_temp(id));
    let listing = match known.filter(|(listed, _)| *listed == path) {
        Some((_, Listing::Read(read))) => return (*read).clone(),
        Some((_, listing)) => listing,
        None => {
            let (ctx, folder) = (ui.ctx().clone(), path.clone());
            let wake = Arc::new(move |_| ctx.request_repaint());
            let job = start_job("Reading the folder", wake, move |_| {
                folder::read(&folder).map_err(|error| error.to_string())
            });
            Listing::Reading(Arc::new(Mutex::new(job)))
        }
    };
    let read = match &listing {
        Listing::Reading(job) => job.lock().ok().and_then(|job| job.poll()),
        Listing::Read(_) => None,
    };
    let (listing, result) = match read {
        Some(Ok(result)) => (Listing::Read(Arc::new(result.clone())), result),
        Some(Err(error)) => (Listing::Read(Arc::new(Err(error.to_string()))), Err(error.to_string())),
        None => (listing, Ok(Vec::new())),
    };
    ui.data_mut(|data| data.insert_temp(id, (path, listing)));
    result
}

/// Draws the matching entries; returns the text that the clicked one stands for.
fn list_ui(
    ui: &mut Ui,
    text: &str,
    entries: &Result<Vec<FolderEntry>, String>,
    is_for_reading: bool,
) -> Option<String> {
    let (folder, beginning) = folder::split(text);
    let folder = if folder == "~" { "~/" } else { folder };
    let mut chosen = None;
    ScrollArea::vertical().max_height(LIST_HEIGHT).min_scrolled_height(LIST_HEIGHT).auto_shrink([false, false]).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let entries = match entries {
                Ok(entries) => folder::matching(entries, beginning),
                Err(error) => {
                    ui.weak(format!("This folder can’t be read: {}", wording::visible(error)));
                    return;
                }
            };
            if let Some(up) = parent(folder)
                && beginning.is_empty()
                && row_ui(ui, "..", true, true)
            {
                chosen = Some(up);
            }
            for entry in entries.iter().take(MAX_ROWS) {
                let is_map = !is_for_reading || entry.is_folder || is_readable(&entry.name);
                if row_ui(ui, &entry.name, entry.is_folder, is_map) {
                    let end = if entry.is_folder { std::path::MAIN_SEPARATOR_STR } else { "" };
                    chosen = Some(format!("{folder}{}{end}", entry.name));
                }
            }
            if entries.len() > MAX_ROWS {
                let more = wording::number(entries.len() - MAX_ROWS);
                ui.weak(format!("{more} more; type the beginning of the name"));
            }
        },
    );
    chosen
}

/// Returns the typed text of the folder above, or `None` at the top.
fn parent(folder: &str) -> Option<String> {
    let inner = folder.strip_suffix('/')?;
    let at = inner.rfind('/')?;
    Some(inner[..=at].to_owned())
}

fn is_readable(name: &str) -> bool {
    let name = name.to_lowercase();
    load::readable_endings().iter().any(|ending| name.ends_with(&format!(".{ending}")))
}

fn row_ui(ui: &mut Ui, name: &str, is_folder: bool, is_strong: bool) -> bool {
    let palette = theme::palette(ui);
    let color = if is_strong { palette.text } else { palette.weak };
    let shown = wording::visible(name);
    let shown = if is_folder { format!("{shown}/") } else { shown.into() };
    let button = Button::new(RichText::new(shown).color(color).size(12.5))
        .frame_when_inactive(false)
        .min_size(egui::Vec2::new(ui.available_width(), 22.0));
    ui.add(button).clicked()
}
