//! Takes over a finished layout: its places become those of the document, and its picture is shown.

use egui::{Context, Theme as Colors};
use emath::Pos2;

use crate::derive::LayoutInput;
use crate::layout::Layout;
use crate::model::Placed;

use super::{Derived, DerivedPicture, LayoutState, Pipeline, Version};
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
        let found = found.inspect_err(|fault| tracing::error!("{fault}"));
        let Some(DerivedPicture { picture, work, is_kept }) = found.ok().flatten() else {
            self.progress = LayoutState::Done { of };
            return Derived::Same;
        };
        self.work += work;
        let Some(mut picture) = picture else {
            self.picture.take_same(&of.map);
            self.progress = LayoutState::Done { of };
            return Derived::Settled;
        };
        self.has_kept = is_kept;
        if is_kept && self.take_back(session, cause, &of) {
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
        self.progress = LayoutState::Done { of: Version::of(&session.document, self.is_story) };
        Derived::Settled
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
        self.progress = LayoutState::Done { of: Version::of(&session.document, self.is_story) };
        Derived::Settled
    }

    fn settle_places(&mut self, session: &mut Session, places: &[(Placed, Pos2)]) {
        if places.is_empty() {
            return;
        }
        session.settle(places);
        self.compare(&self.drawn(&session.document));
    }
}
