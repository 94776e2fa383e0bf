//! The small pictures of the steps, made when they come into view and kept until something in them changes.

use std::sync::Arc;

use egui::{Theme as Colors, Vec2};

use crate::derive::StoryLayout;
use crate::document::Look;
use crate::model::StoryStep;
use crate::scene::Scene;

use crate::app::ui::theme::scene_theme;
use crate::app::ui::thumbnail::Thumbnail;

/// The number of pictures made in one frame.
const MAX_AT_ONCE: usize = 2;

/// The small pictures of the steps.
#[derive(Default)]
pub(crate) struct Thumbnails {
    /// The picture, look and colors that they are of.
    of: Option<(Arc<Scene>, Arc<Look>, Colors)>,
    made: Vec<(StoryStep, Thumbnail)>,
    made_count: usize,
}

impl Thumbnails {
    /// Makes some of the missing pictures; returns whether more are missing. What was made from another state of the map
    /// stays until it is replaced.
    pub(crate) fn refresh(
        &mut self,
        layout: StoryLayout<'_>,
        whole: &Arc<Scene>,
        (colors, size): (Colors, Vec2),
    ) -> bool {
        let look = &layout.document.look;
        let is_current = self
            .of
            .as_ref()
            .is_some_and(|(scene, of, had)| Arc::ptr_eq(scene, whole) && Arc::ptr_eq(of, look) && *had == colors);
        if !is_current {
            self.made.clear();
            self.of = Some((Arc::clone(whole), Arc::clone(look), colors));
        }
        let steps = layout.document.steps();
        self.made.retain(|(made, _)| steps.iter().any(|step| shows_same(made, step)));
        let theme = scene_theme(colors);
        let mut missing = steps.iter().filter(|step| self.of(step).is_none()).cloned().collect::<Vec<_>>();
        let later = missing.split_off(missing.len().min(MAX_AT_ONCE));
        for step in missing {
            let picture = layout.draw(&layout.resolve(&step), &theme);
            self.made.push((step, Thumbnail::new(&picture.scene, picture.view, size)));
            self.made_count += 1;
        }
        !later.is_empty()
    }

    /// Returns the picture of a step, if it is made.
    pub(crate) fn of(&self, step: &StoryStep) -> Option<&Thumbnail> {
        self.made.iter().find(|(made, _)| shows_same(made, step)).map(|(_, thumbnail)| thumbnail)
    }
}

/// Returns whether two steps look the same; their texts may differ.
fn shows_same(one: &StoryStep, other: &StoryStep) -> bool {
    (&one.show, &one.focus, &one.as_of, &one.camera) == (&other.show, &other.focus, &other.as_of, &other.camera)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::{Theme as Colors, vec2};

    use super::Thumbnails;
    use crate::derive::{self, LANDSCAPE, StoryLayout};
    use crate::document::{Document, edit};
    use crate::layout::NoProgress;
    use crate::model::{ActorId, Item, StoryStep};
    use crate::scene::Theme;
    use crate::text::Fonts;

    #[test]
    fn pictures_are_made_once_and_only_where_something_shown_changes() {
        let map = Arc::new(crate::load::load_bundled(crate::load::BUNDLED[0]).expect("a bundled map").0.map);
        let fonts = Fonts::new();
        let document = Document::new(map, Arc::default());
        let step = |actor| StoryStep { show: Some(vec![Item::Actor(ActorId(actor))]), ..StoryStep::default() };
        let made = document.apply(&edit::add_steps(&document, (0..3).map(step).collect())).expect("it fits");
        let document = made.document;
        let picture =
            derive::compose(&document, &fonts, &Theme::light(), LANDSCAPE, &NoProgress).expect("not canceled");
        let whole = Arc::new(picture.scene);
        let mut thumbnails = Thumbnails::default();
        let mut refresh = |document: &Document, colors| {
            let (input, layout) = (&picture.input, &picture.layout);
            let layout = StoryLayout { document, fonts: &fonts, input, layout, whole: whole.bounds };
            let before = thumbnails.made_count;
            while thumbnails.refresh(layout, &whole, (colors, vec2(100.0, 60.0))) {}
            thumbnails.made_count - before
        };
        assert_eq!(refresh(&document, Colors::Light), 3);
        assert_eq!(refresh(&document, Colors::Light), 0);
        let change = edit::set_step_text(&document, 1, edit::StepText::Title, "Another").expect("a step");
        let renamed = document.apply(&change).expect("it fits").document;
        assert_eq!(refresh(&renamed, Colors::Light), 0, "a title is not drawn");
        let moved = renamed.apply(&edit::move_step(&renamed, 0, 2).expect("a step")).expect("it fits").document;
        assert_eq!(refresh(&moved, Colors::Light), 0);
        let retaken = edit::set_step_shown(&moved, 0, &step(3)).expect("a step");
        let retaken = moved.apply(&retaken).expect("it fits").document;
        assert_eq!(refresh(&retaken, Colors::Light), 1);
        assert_eq!(refresh(&retaken, Colors::Dark), 3);
    }
}
