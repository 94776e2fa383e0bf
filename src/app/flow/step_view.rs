//! A step of the story on the canvas: the part of the picture that it shows, with the transition to it.

use std::sync::Arc;

use egui::{Context, Rect, Theme as Colors};

use crate::derive::{LayoutInput, StoryLayout};
use crate::document::Look;
use crate::model::{Item, Map, ResolvedStep, StoryStep};
use crate::scene::{LabelMaterials, Picker, Scene, Theme};

use crate::app::ask::focus::Focus;
use crate::app::flow::transition::Transition;
use crate::app::ui::theme::scene_theme;

/// What the picture of a step was made from.
struct MadeFrom {
    /// The whole picture.
    whole: Arc<Scene>,
    look: Arc<Look>,
    step: StoryStep,
    colors: Colors,
}

impl MadeFrom {
    fn is_of(&self, whole: &Arc<Scene>, look: &Arc<Look>, step: &StoryStep, colors: Colors) -> bool {
        let StoryStep { show, focus, as_of, camera, .. } = &self.step;
        Arc::ptr_eq(&self.whole, whole)
            && Arc::ptr_eq(&self.look, look)
            && self.colors == colors
            && (show, focus, as_of, camera) == (&step.show, &step.focus, &step.as_of, &step.camera)
    }
}

/// The picture of a step.
pub(crate) struct StepView {
    from: MadeFrom,
    map: Arc<Map>,
    input: LayoutInput,
    theme: Theme,
    scene: Arc<Scene>,
    picker: Picker,
    /// What is not faded.
    focus: Option<Focus>,
    /// The part of the world that the camera shows.
    view: Rect,
    /// Whether it shows the whole map.
    is_whole: bool,
    motion: Option<Transition>,
}

impl StepView {
    /// Returns the picture of a step, reusing the previous one if nothing has changed. `seen` is the scene on the canvas,
    /// from which a transition starts.
    pub(crate) fn update(
        previous: Option<Self>,
        ctx: &Context,
        layout: StoryLayout<'_>,
        (whole, seen): (&Arc<Scene>, &Arc<Scene>),
        step: &StoryStep,
    ) -> Self {
        let (look, colors) = (&layout.document.look, ctx.theme());
        let is_same = |view: &Self| view.from.is_of(whole, look, step, colors);
        let mut view = match previous {
            Some(view) if is_same(&view) => view,
            previous => {
                let from = previous.as_ref().map_or(seen, Self::scene);
                let is_other_step = previous.as_ref().is_none_or(|view| view.from.step != *step);
                let mut view = Self::new(layout, whole, step, colors);
                if is_other_step && ctx.global_style().animation_time > 0.0 {
                    view.motion = Transition::start_slow(Arc::clone(from), Arc::clone(&view.scene));
                }
                view
            }
        };
        view.advance(ctx);
        view
    }

    fn new(layout: StoryLayout<'_>, whole: &Arc<Scene>, step: &StoryStep, colors: Colors) -> Self {
        let theme = scene_theme(colors);
        let resolved = layout.resolve(step);
        let focus = resolved
            .focus
            .as_ref()
            .map(|focus| Focus::Items(focus.actors().map(Item::Actor).chain(focus.ties().map(Item::Tie)).collect()));
        let is_whole = step.show.is_none();
        // The canvas fades what is out of focus by itself.
        let picture = layout.draw(&ResolvedStep { focus: None, ..resolved }, &theme);
        let scene = Arc::new(picture.scene);
        let from =
            MadeFrom { whole: Arc::clone(whole), look: Arc::clone(&layout.document.look), step: step.clone(), colors };
        Self {
            from,
            map: Arc::clone(&picture.document.map),
            input: picture.input,
            theme,
            picker: Picker::new(&scene),
            scene,
            focus,
            view: picture.view,
            is_whole,
            motion: None,
        }
    }

    fn advance(&mut self, ctx: &Context) {
        let Some(motion) = &mut self.motion else { return };
        if !motion.advance(ctx.input(|input| input.stable_dt)) {
            self.motion = None;
        }
        ctx.request_repaint();
    }

    /// Returns the scene, or that of the running transition.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        self.motion.as_ref().map_or(&self.scene, Transition::scene)
    }

    /// Returns the index of the scene.
    pub(crate) fn picker(&self) -> &Picker {
        &self.picker
    }

    /// Returns what its names and labels are made of.
    pub(crate) fn label_materials(&self) -> LabelMaterials<'_> {
        LabelMaterials { map: &self.map, plan: &self.input.plan, theme: &self.theme }
    }

    /// Returns the pairs drawn as one lane each.
    pub(crate) fn ribbons(&self) -> &crate::scene::Ribbons {
        &self.input.plan.ribbons
    }

    /// Returns what is not faded; `None` if nothing is.
    pub(crate) fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }

    /// Returns the part of the world that the camera shows.
    pub(crate) fn view(&self) -> Rect {
        self.view
    }

    /// Returns whether it shows the whole map.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns whether no transition is running.
    pub(crate) fn is_still(&self) -> bool {
        self.motion.is_none()
    }
}
