//! Steps of the story: adding what is seen, showing them, changing and proposing them.

use egui::Context;

use crate::document::edit::{self, StepText};
use crate::document::{EditError, Look, Transaction};
use crate::model::{Item, StoryCamera, StoryStep};
use crate::view::{propose_story, seen_step_title};
use crate::wording::counted;

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::command::AppCommand;
use crate::app::ask::focus::Focus;
use crate::app::ask::selection::Selection;
use crate::app::ask::story::{StepChange, StepRequest, StoryContext};
use crate::app::flow::story::EarlierView;
use crate::app::panels::steps::THUMBNAIL_SIZE;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Returns whether the strip of steps is open: by choice, else if the map has steps.
    pub(crate) fn shows_strip(&self) -> bool {
        self.opens_strip.unwrap_or(!self.session.document.steps().is_empty())
    }

    pub(crate) fn toggle_strip(&mut self) {
        self.opens_strip = Some(!self.shows_strip());
    }

    /// Returns what the actions about steps depend on.
    pub(crate) fn story_context(&self) -> StoryContext {
        let (shown, presentation) = (self.story.shown(), self.story.presentation);
        StoryContext {
            steps: self.session.document.steps().len(),
            at: self.strip.current().or(shown),
            is_focused: self.strip.focused().is_some(),
            shows_strip: self.shows_strip(),
            is_presenting: presentation.is_some(),
            is_black: presentation.is_some_and(|presentation| presentation.is_black),
            has_spot: presentation.is_some_and(|presentation| presentation.has_spot),
            has_speaker: self.settings.shows_speaker,
        }
    }

    /// Runs an action about the story; returns `false` for all others.
    pub(crate) fn run_story_action(&mut self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::ToggleSteps => self.toggle_strip(),
            Action::Present => self.present(ctx),
            Action::NextStep => self.walk_steps(1),
            Action::PreviousStep => self.walk_steps(-1),
            Action::FirstStep => self.walk_steps(isize::MIN),
            Action::LastStep => self.walk_steps(isize::MAX),
            Action::BlackScreen => self.toggle_black(),
            Action::PointerSpot => self.toggle_spot(),
            Action::SpeakerWindow => self.settings.shows_speaker ^= true,
            Action::EndPresenting => self.end_presenting(ctx),
            Action::AddStep => self.add_step(),
            Action::MakeSteps => self.make_steps(),
            Action::ExportStory => self.open_story_export(ctx),
            Action::EditInPlace if self.strip.focused().is_some() => self.change_current_step(Some(StepChange::Rename)),
            Action::Delete if self.strip.focused().is_some() => self.change_current_step(Some(StepChange::Delete)),
            _ if action.step_change().is_some() => self.change_current_step(action.step_change()),
            _ => return false,
        }
        true
    }

    /// Handles a request about a step.
    pub(crate) fn take_step_request(&mut self, request: StepRequest) {
        match request {
            StepRequest::Show(at) => self.show_step(at),
            StepRequest::Leave => drop(self.leave_step()),
            StepRequest::SetText(at, what, text) => self.set_step_text(at, what, &text),
            StepRequest::Move { from, to } => self.move_step(from, to),
            StepRequest::Change(at, change) => self.change_step(at, change),
        }
    }

    /// Runs an action on the step with the keyboard focus, else on the one that is shown.
    pub(crate) fn change_current_step(&mut self, change: Option<StepChange>) {
        if let (Some(change), Some(at)) = (change, self.story_context().at) {
            self.opens_strip = Some(true);
            self.change_step(at, change);
        }
    }

    fn change_step(&mut self, at: usize, change: StepChange) {
        let document = &self.session.document;
        match change {
            StepChange::Rename => {
                let title = document.steps().get(at).map(|step| step.title.clone().unwrap_or_default());
                if let Some(title) = title {
                    self.strip.rename(at, &title);
                }
            }
            StepChange::Retake => {
                let change = edit::set_step_shown(document, at, &self.seen_step());
                if self.edit_steps(change) && self.story.shown() == Some(at) {
                    self.show_step(at);
                }
            }
            StepChange::Duplicate => {
                let change = edit::duplicate_step(document, at);
                if self.edit_steps(change) {
                    self.strip.focus(at + 1);
                }
            }
            StepChange::MoveBack if at > 0 => self.move_step(at, at - 1),
            StepChange::MoveOn if at + 1 < document.steps().len() => self.move_step(at, at + 1),
            StepChange::MoveBack | StepChange::MoveOn => {}
            StepChange::Delete => {
                let change = edit::remove_step(document, at);
                let count = document.steps().len();
                if self.edit_steps(change) && count > 1 {
                    self.strip.focus(at.min(count - 2));
                }
            }
        }
    }

    fn set_step_text(&mut self, at: usize, what: StepText, text: &str) {
        let change = edit::set_step_text(&self.session.document, at, what, text);
        self.edit_steps(change);
    }

    fn move_step(&mut self, from: usize, to: usize) {
        let change = edit::move_step(&self.session.document, from, to);
        if self.edit_steps(change) {
            self.strip.focus(to);
        }
    }

    /// Makes a change of steps; returns whether it was made. A step can be gone because of an undo in the same frame.
    fn edit_steps(&mut self, change: Result<Transaction, EditError>) -> bool {
        let done = change.and_then(|change| self.session.edit(&change));
        if let Err(error) = &done {
            self.toasts.say(ToastKind::Failed, format!("The step was not changed: {error}"));
        }
        done.is_ok()
    }

    /// Adds what is seen as a step, behind the one that is shown, and lets its title be typed.
    pub(crate) fn add_step(&mut self) {
        let document = &self.session.document;
        let at = self.story.shown().map_or(document.steps().len(), |shown| shown + 1);
        let mut step = self.seen_step();
        let title = seen_step_title(&document.map, &step, at);
        step.title = Some(title.clone());
        let change = edit::add_step(document, at, step);
        if self.edit_steps(Ok(change)) {
            self.opens_strip = Some(true);
            self.strip.rename(at, &title);
        }
    }

    /// Returns a step that shows what is seen, without texts.
    fn seen_step(&self) -> StoryStep {
        let look = &self.session.document.look;
        let shown = self.story.shown().and_then(|at| self.session.document.steps().get(at));
        let show = match (&self.focused, shown) {
            (Some(focused), _) => Some(focused.actors().into_iter().map(Item::Actor).collect()),
            (None, Some(step)) => step.show.clone(),
            (None, None) => look.shown.as_ref().map(|shown| shown.iter().copied().map(Item::Actor).collect()),
        };
        let selected: Vec<Item> = self.selection.items().collect();
        let focus = match (&self.focus, shown) {
            _ if !selected.is_empty() => selected,
            (Some(Focus::Items(items)), _) => items.clone(),
            (None, Some(step)) => step.focus.clone(),
            _ => Vec::new(),
        };
        let as_of = shown.and_then(|step| step.as_of.clone()).or_else(|| look.filter.as_of.clone());
        let camera = match (self.canvas.is_framed(), shown) {
            (true, Some(step)) => step.camera.clone(),
            _ if self.canvas.chosen_view().is_some() => StoryCamera::of_rect(self.canvas.seen_in_world()),
            _ if show.is_some() => StoryCamera::Shown,
            _ => StoryCamera::All,
        };
        StoryStep { show, focus, as_of, camera, ..StoryStep::default() }
    }

    /// Proposes steps for the map and adds them as one change.
    pub(crate) fn make_steps(&mut self) {
        let document = &self.session.document;
        match propose_story(&document.map, &document.shown()) {
            Ok(steps) => {
                let (first, count) = (document.steps().len(), steps.len());
                let change = edit::add_steps(document, steps);
                if self.edit_steps(Ok(change)) {
                    self.opens_strip = Some(true);
                    self.strip.focus(first);
                    let made = counted(count, "step", "steps");
                    self.toasts.offer(format!("Made {made}; delete those that you do not need"), "Undo", Action::Undo);
                }
            }
            Err(reason) => self.toasts.say(ToastKind::Told, format!("No steps were made: {reason}")),
        }
    }

    /// Shows a step on the canvas. The file doesn't change.
    pub(crate) fn show_step(&mut self, at: usize) {
        let Some(step) = self.session.document.steps().get(at) else { return };
        let view = if self.focus.is_some() { self.view_before_focus } else { self.canvas.chosen_view() };
        self.story.show(at, step, view.into());
        self.focus = None;
        self.selection = Selection::default();
        match self.strip.focused() {
            Some(_) => self.strip.focus(at),
            None => self.strip.set_current(Some(at)),
        }
    }

    /// Shows the map as its view says again, from where it was seen before; returns whether a step was shown.
    pub(crate) fn leave_step(&mut self) -> bool {
        let Some(before) = self.story.leave() else { return false };
        match before {
            EarlierView::At(center, scale) => self.canvas.show((center, scale)),
            EarlierView::Everything => self.canvas.fit(),
        }
        true
    }

    /// Shows the step this many places on, as far as there is one; without a step on the canvas, the first or last.
    pub(crate) fn walk_steps(&mut self, by: isize) {
        let count = self.session.document.steps().len();
        let Some(last) = count.checked_sub(1) else { return };
        let at = match self.story.shown() {
            Some(at) => at.saturating_add_signed(by).min(last),
            None if by < 0 => last,
            None => 0,
        };
        if let Some(presentation) = &mut self.story.presentation {
            (presentation.is_under_way, presentation.is_black) = (true, false);
        }
        if self.story.shown() != Some(at) {
            self.show_step(at);
        }
    }

    /// Leaves the step if a command has changed which part of the map is seen; `before` is the look before it.
    pub(crate) fn follow_look(&mut self, before: &Look) {
        let now = &self.session.document.look;
        let is_same = before.shown == now.shown
            && before.filter == now.filter
            && before.hidden == now.hidden
            && before.hidden_ties == now.hidden_ties;
        if !is_same && self.story.presentation.is_none() {
            self.leave_step();
        }
    }

    /// Returns whether a command may run while the map is presented: it changes only what is seen.
    pub(crate) fn may_run_while_presenting(command: &AppCommand) -> bool {
        match command {
            AppCommand::Change(_)
            | AppCommand::NameActor(_)
            | AppCommand::Form(_)
            | AppCommand::Export(_)
            | AppCommand::StartFrom(_)
            | AppCommand::BringIn(..) => false,
            AppCommand::Step(request) => matches!(request, StepRequest::Show(_) | StepRequest::Leave),
            AppCommand::Run(action) | AppCommand::RunOn(_, action) => action.only_looks(),
            _ => true,
        }
    }

    /// Updates what is shown of the story, after the map.
    pub(crate) fn refresh_story(&mut self, ctx: &Context) {
        let document = &self.session.document;
        if !self.story.follow(document.steps()) {
            self.leave_step();
        }
        let document = &self.session.document;
        if let Some(view) = self.story.refresh(ctx, document, &self.pipeline) {
            self.canvas.frame(view);
        }
        let is_drawn = self.shows_strip() && self.story.presentation.is_none();
        self.strip.follow(self.session.document.steps().len(), is_drawn);
        let needs_thumbnails = is_drawn || (self.story.presentation.is_some() && self.settings.shows_speaker);
        if needs_thumbnails && self.canvas.drag_under_way().is_none() {
            let drawn = (ctx.theme(), THUMBNAIL_SIZE);
            if self.story.refresh_thumbnails(&self.session.document, &self.pipeline, drawn) {
                ctx.request_repaint();
            }
        }
    }
}
