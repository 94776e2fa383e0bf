//! Modal questions and messages, one at a time.

use egui::{Context, Id, Key, Modal, Modifiers, RichText, Ui};

use crate::address::Address;
use crate::wording;

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::question::{Answer, Dialog, Next, RecoverAnswer, RecoverQuestion, SaveRequest, UnsavedWork};
use crate::app::dialogs::copy::{CopyAnswer, copy_ui};
use crate::app::dialogs::database::{DatabaseOutcome, database_ui};
use crate::app::dialogs::help::help_ui;
use crate::app::dialogs::keys::keys_ui;
use crate::app::dialogs::modal::ModalState;
use crate::app::dialogs::path::{PathOutcome, path_ui};
use crate::app::ui::events::take_press;
use crate::app::ui::theme;
use crate::app::ui::widgets::{buttons_ui, heading};

/// Width of a question or message, in points.
const WIDTH: f32 = 460.0;
/// Width of a page that is as tall as the window, in points.
const PAGE_WIDTH: f32 = 640.0;

/// The result of drawing a dialog in one frame.
enum DialogOutcome {
    /// It stays open.
    Stays,
    /// It was closed without an answer.
    Closed,
    Answered(Box<AppCommand>),
}

impl DialogOutcome {
    fn answer(answer: Answer) -> Self {
        Self::Answered(Box::new(AppCommand::Answer(answer)))
    }
}

/// Draws the dialog in front, if any, and closes it once it is answered.
pub(crate) fn dialog_ui(ctx: &Context, state: &mut ModalState, commands: &mut Commands) {
    let ModalState::Dialog { dialog, .. } = state else { return };
    // What was open behind it; a dialog with lists of its own keeps them.
    if !matches!(dialog, Dialog::Database(_)) {
        egui::Popup::close_all(ctx);
    }
    let frame = egui::Frame::window(&ctx.global_style()).inner_margin(20);
    let modal = Modal::new(Id::new("dialog")).frame(frame).backdrop_color(egui::Color32::from_black_alpha(70)).show(
        ctx,
        |ui| {
            let room = ctx.content_rect().size() - egui::Vec2::splat(80.0);
            let is_page = matches!(dialog, Dialog::Keys(_) | Dialog::Help(_));
            let is_wide = is_page || matches!(dialog, Dialog::Database(_));
            ui.set_width((if is_wide { PAGE_WIDTH } else { WIDTH }).min(room.x));
            if is_page {
                ui.set_height(room.y);
            }
            ui.spacing_mut().item_spacing.y = 10.0;
            content_ui(ui, dialog, commands)
        },
    );
    match modal.inner {
        DialogOutcome::Stays if !modal.should_close() => return,
        DialogOutcome::Answered(command) => commands.push(*command),
        DialogOutcome::Stays | DialogOutcome::Closed => ctx.request_repaint(),
    }
    state.close_front();
}

fn content_ui(ui: &mut Ui, dialog: &mut Dialog, commands: &mut Commands) -> DialogOutcome {
    match dialog {
        Dialog::Message { title, text } => message_ui(ui, title, text),
        Dialog::Path { request, why, text } => match path_ui(ui, request, why.as_deref(), text) {
            PathOutcome::Stays => DialogOutcome::Stays,
            PathOutcome::Canceled => DialogOutcome::Closed,
            PathOutcome::Chosen(path) => DialogOutcome::answer(Answer::Path(request.clone(), path)),
        },
        Dialog::Unsaved(next, work) => {
            let text = format!("Not saved: {}.", work.words);
            unsaved_ui(ui, "Save the changes?", &text, (*next, work))
        }
        Dialog::NeverSaved(next, work) => unsaved_ui(ui, "Save the map?", "It has no file yet.", (*next, work)),
        Dialog::LosesTyped(next, work) => loses_typed_ui(ui, *next, work),
        Dialog::Recover(question) => recover_ui(ui, question),
        Dialog::ChangedOnDisk { then } => changed_ui(ui, *then),
        Dialog::Losing { save, losses } => losing_ui(ui, save, losses),
        Dialog::SaveCopy(question) => match copy_ui(ui, question) {
            Some(CopyAnswer::Save(word)) => DialogOutcome::answer(Answer::SaveCopy(word)),
            Some(CopyAnswer::Cancel) => DialogOutcome::Closed,
            None => DialogOutcome::Stays,
        },
        Dialog::Database(form) => match database_ui(ui, form) {
            DatabaseOutcome::Stays => DialogOutcome::Stays,
            DatabaseOutcome::Canceled => DialogOutcome::Closed,
            DatabaseOutcome::Asks(request) => {
                commands.push(AppCommand::Database(request));
                DialogOutcome::Stays
            }
        },
        Dialog::OpenOrAdd(paths) => open_or_add_ui(ui, paths),
        Dialog::Link(url) => link_ui(ui, url),
        Dialog::Keys(filter) => closed_if(keys_ui(ui, filter)),
        Dialog::Help(page) => closed_if(help_ui(ui, *page, commands)),
        Dialog::About => about_ui(ui),
    }
}

fn closed_if(is_closed: bool) -> DialogOutcome {
    if is_closed { DialogOutcome::Closed } else { DialogOutcome::Stays }
}

fn message_ui(ui: &mut Ui, title: &str, text: &str) -> DialogOutcome {
    heading(ui, title);
    ui.add(egui::Label::new(wording::quoted(text)).wrap().selectable(true));
    let enter = take_press(ui.ctx(), Modifiers::NONE, Key::Enter);
    if buttons_ui(ui, &["OK"]).is_some() || enter { DialogOutcome::Closed } else { DialogOutcome::Stays }
}

fn unsaved_ui(ui: &mut Ui, title: &str, text: &str, (next, work): (Next, &UnsavedWork)) -> DialogOutcome {
    heading(ui, title);
    ui.label(text);
    if work.typed > 0 {
        ui.label(typed_words(work));
    }
    let words: &[&str] = if work.can_keep {
        &["Save", "Cancel", "Don’t save", "Keep for later"]
    } else {
        &["Save", "Cancel", "Don’t save"]
    };
    match buttons_ui(ui, words) {
        Some(0) => DialogOutcome::answer(Answer::SaveAnd(next)),
        Some(1) => DialogOutcome::Closed,
        Some(2) => DialogOutcome::answer(Answer::DiscardAnd(next)),
        Some(_) => DialogOutcome::answer(Answer::KeepAndQuit),
        None => DialogOutcome::Stays,
    }
}

/// Says that typed texts are not in the map, and what keeps them.
fn typed_words(work: &UnsavedWork) -> String {
    let typed = wording::counted(work.typed, "typed text is", "typed texts are");
    let remedy = if work.can_keep { "Keep for later keeps what was typed" } else { "Go back to finish what was typed" };
    format!("{typed} not in the map yet: unreadable, or in a form that is still open. {remedy}; otherwise it is lost.")
}

fn loses_typed_ui(ui: &mut Ui, next: Next, work: &UnsavedWork) -> DialogOutcome {
    heading(ui, "Discard what was typed?");
    ui.label(typed_words(work));
    let words: &[&str] =
        if work.can_keep { &["Go back", "Discard", "Keep for later"] } else { &["Go back", "Discard"] };
    match buttons_ui(ui, words) {
        Some(0) => DialogOutcome::Closed,
        Some(1) => DialogOutcome::answer(Answer::DiscardAnd(next)),
        Some(_) => DialogOutcome::answer(Answer::KeepAndQuit),
        None => DialogOutcome::Stays,
    }
}

fn recover_ui(ui: &mut Ui, question: &RecoverQuestion) -> DialogOutcome {
    heading(ui, question.title);
    egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for paragraph in &question.text {
            ui.add(egui::Label::new(wording::quoted(paragraph)).wrap().selectable(true));
        }
    });
    let answers: &[(&str, RecoverAnswer)] =
        &[("Recover", RecoverAnswer::Recover), ("Not now", RecoverAnswer::NotNow), ("Discard", RecoverAnswer::Discard)];
    let answers = if question.can_recover { answers } else { &answers[1..] };
    let words: Vec<&str> = answers.iter().map(|(word, _)| *word).collect();
    match buttons_ui(ui, &words) {
        Some(clicked) => DialogOutcome::answer(Answer::Recover(answers[clicked].1)),
        None => DialogOutcome::Stays,
    }
}

fn changed_ui(ui: &mut Ui, then: Option<Next>) -> DialogOutcome {
    heading(ui, "The file changed on disk");
    ui.label("Something else wrote to it since it was read. Reload takes over its contents and keeps your places; overwrite replaces it.");
    match buttons_ui(ui, &["Reload", "Cancel", "Overwrite"]) {
        Some(0) => DialogOutcome::Answered(Box::new(AppCommand::Run(crate::app::ask::action::Action::Reload))),
        Some(1) => DialogOutcome::Closed,
        Some(_) => DialogOutcome::answer(Answer::Overwrite(then)),
        None => DialogOutcome::Stays,
    }
}

fn open_or_add_ui(ui: &mut Ui, paths: &[std::path::PathBuf]) -> DialogOutcome {
    let names: Vec<String> = paths
        .iter()
        .map(|path| wording::visible(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned())
        .collect();
    heading(ui, "Open as a new map, or add to this one?");
    ui.label(wording::joined_and(&names));
    match buttons_ui(ui, &["Open as a new map", "Add to this map", "Cancel"]) {
        Some(0) => DialogOutcome::answer(Answer::OpenTables(paths.to_vec())),
        Some(1) => DialogOutcome::answer(Answer::AddTables(paths.to_vec())),
        Some(_) => DialogOutcome::Closed,
        None => DialogOutcome::Stays,
    }
}

fn losing_ui(ui: &mut Ui, save: &SaveRequest, losses: &[String]) -> DialogOutcome {
    heading(ui, "Save although something is not kept?");
    let name = save.path.file_name().unwrap_or_default().to_string_lossy();
    ui.label(format!("Saving puts a new file in the place of {}:", wording::visible(&name)));
    for loss in losses {
        ui.label(format!("•  {}", wording::capitalized(&wording::visible(&wording::quoted(loss)))));
    }
    match buttons_ui(ui, &["Save", "Cancel"]) {
        Some(0) => DialogOutcome::answer(Answer::SaveLosing(save.clone())),
        Some(_) => DialogOutcome::Closed,
        None => DialogOutcome::Stays,
    }
}

fn link_ui(ui: &mut Ui, url: &str) -> DialogOutcome {
    heading(ui, "Open this link in the browser?");
    let shown = egui::Frame::new().fill(theme::palette(ui).hover).corner_radius(6).inner_margin(10);
    shown.show(ui, |ui| {
        ui.set_width(ui.available_width());
        egui::ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(url).monospace()).wrap().selectable(true));
        });
    });
    if let Some(address) = Address::parse(url) {
        let port = address.port().map(|port| format!(":{port}")).unwrap_or_default();
        ui.label(format!("It leads to {}{port}", address.host()));
    }
    match buttons_ui(ui, &["Open link", "Cancel"]) {
        Some(0) => DialogOutcome::answer(Answer::Open(url.to_owned())),
        Some(_) => DialogOutcome::Closed,
        None => DialogOutcome::Stays,
    }
}

fn about_ui(ui: &mut Ui) -> DialogOutcome {
    heading(ui, "Tieline");
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label("Evidence-backed relationship maps: who is tied to whom, how we know, and a picture that shows it.");
    ui.label("No account, no network: nothing is fetched or sent. A link opens only when you click it and confirm its address.");
    ui.add(
        egui::Label::new(
            RichText::new(
                "Licensed under MIT or Apache-2.0. Inter, by The Inter Project Authors, is under the SIL Open Font License; Phosphor Icons are under the MIT license.",
            )
            .weak(),
        )
        .wrap(),
    );
    if buttons_ui(ui, &["Close"]).is_some() { DialogOutcome::Closed } else { DialogOutcome::Stays }
}
