//! The layout of the window while the map is presented, and the window of the speaker.

use std::time::Duration;

use egui::{CentralPanel, Context, Id, Margin, Panel, Rect, Ui, ViewportBuilder, ViewportClass, ViewportId, vec2};

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::command::AppCommand;
use crate::app::panels::details;
use crate::app::panels::presentation::{black_ui, caption_ui, hint_ui, spot_ui, title_ui};
use crate::app::panels::speaker::{SpeakerView, speaker_ui};
use crate::app::panels::steps::THUMBNAIL_SIZE;
use crate::app::shortcuts::KeySet;
use crate::app::ui::theme;

/// The width of the proof beside the map, in points.
const PROOF_WIDTH: f32 = 380.0;
/// What is said at the beginning.
const HINT: &str = "→ next   ← back   B black   L spot   S speaker window   Esc end";

impl App {
    /// Draws the map with the title and caption of the step, and the proof of what is selected.
    pub(super) fn presentation_ui(&mut self, ui: &mut Ui, has_keys: bool) {
        let Some(presentation) = self.story.presentation else { return };
        let screen = ui.max_rect();
        let presented = self.presented();
        self.speaker_window(ui.ctx());
        if presentation.is_black {
            CentralPanel::no_frame().show(ui, |ui| black_ui(ui, &mut self.commands));
            return;
        }
        title_ui(ui, screen, &presented);
        caption_ui(ui, screen, &presented);
        if self.selection.items().next().is_some() {
            self.proof_ui(ui, screen);
        }
        let canvas = CentralPanel::no_frame().show(ui, |ui| self.canvas_ui(ui, has_keys)).inner;
        if !presentation.is_under_way {
            hint_ui(ui.ctx(), canvas, HINT);
        }
        self.in_front_ui(ui.ctx(), canvas);
        if presentation.has_spot {
            spot_ui(ui.ctx(), screen);
        }
    }

    fn proof_ui(&mut self, ui: &mut Ui, screen: Rect) {
        let now = self.action_context();
        let frame = theme::panel_frame(ui, Margin::ZERO);
        let width = PROOF_WIDTH.min(screen.width() * 0.45);
        Panel::right("presented proof").frame(frame).resizable(false).exact_size(width).show(ui, |ui| {
            let mut scope = details::DetailsScope {
                document: &self.session.document,
                now: &now,
                selected: self.selection.single(),
                commands: &mut self.commands,
                form: None,
                drafts: &self.drafts,
                questions: &[],
            };
            details::details_ui(ui, &self.panels.details, &self.selection, &mut scope);
        });
    }

    /// Draws the window of the speaker, if it is wanted. Its keys are those of the presentation.
    fn speaker_window(&mut self, ctx: &Context) {
        if !self.settings.shows_speaker {
            return;
        }
        let builder = ViewportBuilder::default()
            .with_title("Tieline – speaker")
            .with_app_id("tieline")
            .with_inner_size([760.0, 480.0])
            .with_min_inner_size([420.0, 280.0]);
        let id = ViewportId(Id::new("speaker"));
        let mut commands = std::mem::take(&mut self.commands);
        ctx.show_viewport_immediate(id, builder, |ui, class| {
            let is_window = class != ViewportClass::EmbeddedWindow;
            if is_window {
                self.shortcuts.push(ui.ctx(), KeySet::Presentation, &mut commands);
                if ui.ctx().input(|input| input.viewport().close_requested()) {
                    commands.push(AppCommand::Run(Action::SpeakerWindow));
                }
            } else {
                ui.set_min_size(vec2(640.0, 320.0));
            }
            self.speaker_contents_ui(ui);
        });
        self.commands = commands;
    }

    fn speaker_contents_ui(&self, ui: &mut Ui) {
        let steps = self.session.document.steps();
        let shown = self.story.shown();
        let next = shown.and_then(|at| steps.get(at + 1));
        let presented = self.presented();
        let begun = self.story.presentation.map_or(0.0, |presentation| presentation.since_secs);
        // A window of its own has its own time; that of the presentation began with the window of the map.
        let elapsed = ui.ctx().input_for(ViewportId::ROOT, |input| input.time) - begun;
        let view = SpeakerView {
            presented: &presented,
            notes: shown.and_then(|at| steps.get(at)?.notes.as_deref()).unwrap_or_default(),
            next: next.map(|step| step.title.clone().unwrap_or_else(|| "No title".to_owned())),
            next_picture: next.and_then(|step| self.story.thumbnails.of(step)),
            picture_size: THUMBNAIL_SIZE,
            elapsed_secs: elapsed.max(0.0) as u64,
            clock: jiff::Zoned::now().strftime("%H:%M").to_string(),
            is_black: self.story.presentation.is_some_and(|presentation| presentation.is_black),
        };
        speaker_ui(ui, &view);
        // To the next full second.
        let rest = 1.0 - elapsed.max(0.0).fract();
        ui.ctx().request_repaint_after(Duration::from_secs_f64(rest.max(0.05)));
    }
}
