//! Takes over a finished layout: its places become those of the document, and its picture is shown.

use egui::{Context, Theme as Colors};
use emath::Pos2;

use crate::derive::{Difference, LayoutInput};
use crate::layout::Layout;
use crate::model::Placed;

use super::derived_picture::DerivedPicture;
use super::{Derived, LayoutState, Pipeline, Version, large};
use crate::app::flow::task::Task;
use crate::app::session::Session;
use crate::app::ui::theme::scene_theme;

impl Pipeline {
    /// Takes over the result of the layout job.
    pub(super) fn take_layout(&mut self, ctx: &Context, session: &mut Session, colors: Colors) -> Derived {
        let Some(found) = self.task().and_then(Task::poll) else { return Derived::Same };
        let LayoutState::Running { of, layout_input, cause, .. } =
            std::mem::replace(&mut self.progress, LayoutState::None)
        else {
            return Derived::Same;
        };
        if let Some(wanted) = self.large.waiting.take() {
            let task = large::start(wanted, ctx);
            self.progress = LayoutState::Running { of, layout_input, task, cause };
            return Derived::Same;
        }
        self.large.moved.clear();
        let found = found.inspect_err(|fault| tracing::error!("{fault}"));
        let Some(DerivedPicture { picture, legend, work, is_kept }) = found.ok().flatten() else {
            self.progress = LayoutState::Done { of };
            return Derived::Same;
        };
        self.work += work;
        let Some(mut picture) = picture else {
            self.picture.take_same(&of.map, legend);
            self.finish(of);
            self.add_late_notes(session);
            return Derived::Settled;
        };
        self.has_kept = is_kept;
        if is_kept && Self::take_back(session, cause) {
            self.progress = LayoutState::Done { of };
            ctx.request_repaint();
            return Derived::Same;
        }
        let theme = scene_theme(colors);
        match layout_input {
            Some(wanted) if *picture.input() != wanted || !picture.has_theme(&theme) => {
                return self.settle(ctx, session, wanted, picture.layout().clone(), colors);
            }
            None if !picture.has_theme(&theme) => picture.recolor(theme, &mut self.work),
            _ => {}
        }
        self.settle_places(session, &picture.new_places().collect::<Vec<_>>());
        self.show_picture(ctx, picture, colors);
        self.picture.settle();
        self.finish(Version::of(&session.document, self.is_story));
        self.add_late_notes(session);
        Derived::Settled
    }

    /// Takes note that the picture shows the last document seen.
    pub(super) fn finish(&mut self, of: Version) {
        self.pictured = self.document.clone();
        self.progress = LayoutState::Done { of };
    }

    /// Draws the notes that changed while a job drew the rest.
    fn add_late_notes(&mut self, session: &Session) {
        if std::mem::take(&mut self.large.has_late_notes) {
            let notes = Difference { has_notes: true, ..Difference::default() };
            self.picture.update(&self.drawn(&session.document), &notes, &self.fonts, &mut self.work);
        }
    }

    /// Writes the computed positions to the document and shows the picture.
    pub(super) fn settle(
        &mut self,
        ctx: &Context,
        session: &mut Session,
        layout_input: LayoutInput,
        layout: Layout,
        colors: Colors,
    ) -> Derived {
        let places: Vec<(Placed, Pos2)> = layout_input.plan.places().zip(layout.centers.iter().copied()).collect();
        self.settle_places(session, &places);
        self.show(ctx, &session.document, layout_input, layout, colors);
        self.picture.settle();
        self.finish(Version::of(&session.document, self.is_story));
        Derived::Settled
    }

    fn settle_places(&mut self, session: &mut Session, places: &[(Placed, Pos2)]) {
        if places.is_empty() {
            return;
        }
        session.settle(places);
        self.see(&self.drawn(&session.document));
    }
}
