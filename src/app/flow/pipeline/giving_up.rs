//! Canceling a layout and restoring the state before it.

use std::collections::BTreeMap;

use egui::Context;
use emath::Pos2;

use crate::derive::{self, LayoutInput};
use crate::document::StepId;
use crate::layout::{self, Algorithm, Request};
use crate::model::Placed;

use super::{Derived, LayoutState, Pipeline};
use crate::app::session::Session;

impl Pipeline {
    /// Cancels the layout job. The step that caused it is undone if it is still the latest one; otherwise the history
    /// is kept, actors return to their previous positions, and those of a new map are laid out in plain columns.
    pub(crate) fn cancel(&mut self, ctx: &Context, session: &mut Session) -> Derived {
        self.large.waiting = None;
        if self.is_stale(&session.document) {
            // What was typed in an open form has just become an edit, which begins anew.
            return Derived::Same;
        }
        let (of, layout_input, cause) = match std::mem::replace(&mut self.progress, LayoutState::None) {
            LayoutState::Running { of, layout_input, cause, .. } => (of, layout_input, cause),
            other => {
                self.progress = other;
                return Derived::Same;
            }
        };
        self.large.moved.clear();
        if layout_input.as_ref().is_some_and(|wanted| self.picture.fits(wanted)) {
            self.progress = LayoutState::Done { of };
            return Derived::Same;
        }
        if Self::take_back(session, cause) {
            self.progress = LayoutState::Done { of };
            return Derived::Same;
        }
        let layout_input = layout_input.unwrap_or_else(|| self.measure(&self.drawn(&session.document)));
        self.fall_back(ctx, session, layout_input)
    }

    /// Undoes the step that made a layout necessary, if it is still the latest one; returns whether it was.
    pub(super) fn take_back(session: &mut Session, cause: Option<StepId>) -> bool {
        let is_last = cause.is_some() && session.history.last() == cause;
        // Undoing the latest step can't fail.
        is_last && session.undo().is_ok()
    }

    /// Positions everything without a search.
    fn fall_back(&mut self, ctx: &Context, session: &mut Session, mut layout_input: LayoutInput) -> Derived {
        let colors = ctx.theme();
        let earlier: BTreeMap<Placed, Pos2> = self.picture.places().collect();
        for (node, place) in layout_input.request.nodes.iter_mut().zip(layout_input.plan.places()) {
            node.fixed = node.fixed.or_else(|| earlier.get(&place).copied());
        }
        let drawn = &self.picture.input().request;
        let is_as_before = drawn.nodes == layout_input.request.nodes && drawn.edges == layout_input.request.edges;
        let layout = if is_as_before {
            Some(self.picture.layout().clone())
        } else {
            let request = Request { algorithm: Algorithm::Columns, ..layout_input.request.clone() };
            derive::lay_out(&LayoutInput { request, plan: layout_input.plan.clone() }, &layout::NoProgress)
        };
        match layout {
            Some(layout) => self.settle(ctx, session, layout_input, layout, colors),
            None => Derived::Same,
        }
    }
}
