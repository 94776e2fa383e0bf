//! The animated transition from one scene to the next.

use std::sync::Arc;

use crate::scene::{Scene, tween};

/// Duration of a transition, in seconds.
const GLIDE_SECS: f32 = 0.25;
/// Duration of the transition between steps of a story, in seconds.
pub(crate) const STEP_SECS: f32 = 0.3;
/// Scenes with more items change without transition, because each frame would take too long.
const MAX_ITEMS: usize = 1_500;

/// A running transition.
pub(crate) struct Transition {
    from: Arc<Scene>,
    to: Arc<Scene>,
    /// The interpolated scene.
    now: Arc<Scene>,
    elapsed_secs: f32,
    duration_secs: f32,
}

impl Transition {
    /// Starts a transition; returns `None` if there is nothing to animate or there are too many items.
    pub(crate) fn start(from: Arc<Scene>, to: Arc<Scene>) -> Option<Self> {
        Self::start_in(from, to, GLIDE_SECS)
    }

    /// Like [`Self::start`], for the transition between steps of a story.
    pub(crate) fn start_slow(from: Arc<Scene>, to: Arc<Scene>) -> Option<Self> {
        Self::start_in(from, to, STEP_SECS)
    }

    fn start_in(from: Arc<Scene>, to: Arc<Scene>, duration_secs: f32) -> Option<Self> {
        let is_worth_it = !from.items.is_empty() && to.items.len().max(from.items.len()) <= MAX_ITEMS && from != to;
        is_worth_it.then(|| Self { now: Arc::new(tween(&from, &to, 0.0)), from, to, elapsed_secs: 0.0, duration_secs })
    }

    /// Returns the interpolated scene.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        &self.now
    }

    /// Advances the transition; returns `false` once it has ended.
    pub(crate) fn advance(&mut self, dt_secs: f32) -> bool {
        self.elapsed_secs += dt_secs;
        let share = (self.elapsed_secs / self.duration_secs).clamp(0.0, 1.0);
        let eased = share * share * (3.0 - 2.0 * share);
        self.now = Arc::new(tween(&self.from, &self.to, eased));
        share < 1.0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use emath::{Rect, pos2, vec2};

    use super::Transition;
    use crate::model::{ActorId, Rgb};
    use crate::scene::{Part, Scene, SceneItem, Shape};

    fn scene(x: f32) -> Arc<Scene> {
        let rect = Rect::from_center_size(pos2(x, 0.0), vec2(10.0, 10.0));
        let shapes = vec![Shape::Rect { rect, radius: 0.0, fill: None, stroke: None }];
        let items = vec![SceneItem { part: Part::Card(ActorId(0)), min_scale: 0.0, shapes }];
        Arc::new(Scene { items: items.into_iter().map(Arc::new).collect(), bounds: rect, background: Rgb([255; 3]) })
    }

    fn place(scene: &Scene) -> f32 {
        scene.items[0].shapes[0].bounds().center().x
    }

    #[test]
    fn it_leaves_slowly_is_halfway_at_half_the_time_and_arrives() {
        let mut transition = Transition::start(scene(0.0), scene(100.0)).expect("a way");
        assert_eq!(place(transition.scene()), 0.0);
        assert!(transition.advance(0.025));
        assert!(place(transition.scene()) > 0.0 && place(transition.scene()) < 10.0);
        assert!(transition.advance(0.1));
        assert!((place(transition.scene()) - 50.0).abs() < 1e-3);
        assert!(!transition.advance(0.2), "it has arrived");
        assert_eq!(place(transition.scene()), 100.0);
    }

    #[test]
    fn nothing_glides_from_nothing_or_to_where_it_is() {
        let nothing = Arc::new(Scene { items: Vec::new(), ..Scene::clone(&scene(0.0)) });
        assert!(Transition::start(nothing, scene(1.0)).is_none());
        assert!(Transition::start(scene(1.0), scene(1.0)).is_none());
    }
}
