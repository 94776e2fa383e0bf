//! Presents the steps of the story, or the map as it is, on the whole screen.

use egui::{Context, ViewportCommand};

use crate::app::App;
use crate::app::ask::selection::Selection;
use crate::app::flow::story::Presentation;
use crate::app::panels::presentation::Presented;
use crate::app::shortcuts::KeySet;

impl App {
    /// Returns which keys run actions.
    pub(crate) fn key_set(&self) -> KeySet {
        if self.story.presentation.is_some() { KeySet::Presentation } else { KeySet::Window }
    }

    /// Starts presenting, at the step on the canvas or the first one.
    pub(crate) fn present(&mut self, ctx: &Context) {
        let presentation = Presentation {
            since_secs: ctx.input(|input| input.time),
            is_black: false,
            has_spot: false,
            is_under_way: false,
        };
        self.story.presentation = Some(presentation);
        egui::Popup::close_all(ctx);
        self.toasts.clear();
        self.end_focus();
        self.selection = Selection::default();
        match self.story.shown() {
            Some(at) => self.show_step(at),
            None if self.session.document.steps().is_empty() => self.canvas.fit(),
            None => self.show_step(0),
        }
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
    }

    /// Ends one thing at a time: what is selected or in focus, the black screen, and at last the presentation.
    pub(crate) fn end_presenting(&mut self, ctx: &Context) {
        let is_black = self.story.presentation.as_mut().is_some_and(|it| std::mem::take(&mut it.is_black));
        if is_black || self.end_focus() || std::mem::take(&mut self.selection) != Selection::default() {
            return;
        }
        self.end_presenting_now(ctx);
    }

    /// Ends the presentation; the map is seen as before.
    pub(crate) fn end_presenting_now(&mut self, ctx: &Context) {
        if self.story.presentation.take().is_some() {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
            if !self.leave_step() {
                self.canvas.fit();
            }
        }
    }

    pub(crate) fn toggle_black(&mut self) {
        if let Some(presentation) = &mut self.story.presentation {
            presentation.is_black ^= true;
        }
    }

    pub(crate) fn toggle_spot(&mut self) {
        if let Some(presentation) = &mut self.story.presentation {
            presentation.has_spot ^= true;
        }
    }

    /// Returns what stands around the map: the texts of the step, else the title of the map.
    pub(crate) fn presented(&self) -> Presented {
        let steps = self.session.document.steps();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match self.story.shown().and_then(|at| Some((at, steps.get(at)?))) {
            Some((at, step)) => Presented {
                title: text(&step.title),
                caption: text(&step.caption),
                number: Some((at + 1, steps.len())),
            },
            None => Presented {
                title: self.session.title(),
                caption: text(&self.session.document.map.meta().subtitle),
                number: None,
            },
        }
    }
}
