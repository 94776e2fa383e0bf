//! The shown scene: the picture, the transition to it, and the temporary effect of a drag.

use std::sync::Arc;

use egui::{Context, Theme as Colors};

use crate::derive::LayoutInput;
use crate::derive::{Picture, Shift};
use crate::document::Document;
use crate::layout::Layout;
use crate::scene::Scene;

use super::{Derived, Motion, Pipeline};
use crate::app::canvas::Drag;
use crate::app::flow::transition::Transition;
use crate::app::ui::theme::scene_theme;

impl Pipeline {
    /// Builds the picture and starts a transition to it from the current scene.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        document: &Document,
        layout_input: LayoutInput,
        layout: Layout,
        colors: Colors,
    ) {
        let map = Arc::clone(&document.map);
        let (earlier, theme) = (self.picture.overview().cloned(), scene_theme(colors));
        let picture = Picture::after(earlier.as_deref(), map, layout_input, layout, theme, &mut self.work);
        self.show_picture(ctx, picture, colors);
    }

    pub(super) fn show_picture(&mut self, ctx: &Context, picture: Picture, colors: Colors) {
        let from = (!self.picture.is_blank()).then(|| Arc::clone(self.scene()));
        let before = std::mem::replace(&mut self.picture, picture);
        self.free(before);
        self.colors = colors;
        match from {
            Some(from) => self.animate_from(ctx, from),
            None => self.motion = Motion::Still,
        }
    }

    /// Frees a picture; of a large map, this takes longer than a frame.
    pub(super) fn free(&self, picture: Picture) {
        if self.large.limits.is_large_map(picture.map()) {
            rayon::spawn(move || drop(picture));
        }
    }

    /// Starts a transition from `from` to the picture, if animations are enabled.
    pub(super) fn animate_from(&mut self, ctx: &Context, from: Arc<Scene>) {
        let is_animated = ctx.global_style().animation_time > 0.0;
        let to = || Arc::clone(self.picture.scene());
        let transition = if is_animated { Transition::start(from, to()) } else { None };
        if transition.is_some() {
            ctx.request_repaint();
        }
        self.motion = transition.map_or(Motion::Still, Motion::Moving);
    }

    /// Advances the running transition.
    pub(super) fn advance(&mut self, ctx: &Context) {
        if let Motion::Moving(transition) = &mut self.motion {
            if !transition.advance(ctx.input(|input| input.stable_dt)) {
                self.motion = Motion::Still;
            }
            ctx.request_repaint();
        }
    }

    /// Shows dragged items at their current positions.
    pub(super) fn follow(&mut self, drag: Option<&Drag>) -> Derived {
        let shift = drag.map(|drag| Shift { moved: drag.moved().to_vec(), bent: drag.bent(), noted: drag.noted() });
        let is_changed = match shift.filter(|shift| !shift.is_empty()) {
            Some(shift) => {
                self.motion = Motion::Still;
                self.picture.shift(shift, &mut self.work)
            }
            None => self.picture.restore(&mut self.work),
        };
        if is_changed { Derived::Changed } else { Derived::Same }
    }
}
