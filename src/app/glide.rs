//! The short way of a picture from where everything was to where it goes.

use std::sync::Arc;

use crate::scene::{Scene, tween};

/// How long it takes, in seconds.
const GLIDE_SECS: f32 = 0.25;
/// Pictures of more items change at once: each step would take longer than it is seen.
const MOST_ITEMS: usize = 1_500;

/// A picture on its way.
pub(crate) struct Glide {
    from: Arc<Scene>,
    to: Arc<Scene>,
    /// What is seen now.
    now: Arc<Scene>,
    elapsed_secs: f32,
}

impl Glide {
    /// Sets out; none where there is nothing to be seen on the way.
    pub(crate) fn start(from: Arc<Scene>, to: Arc<Scene>) -> Option<Self> {
        let is_worth_it = !from.items.is_empty() && to.items.len().max(from.items.len()) <= MOST_ITEMS && from != to;
        is_worth_it.then(|| Self { now: Arc::new(tween(&from, &to, 0.0)), from, to, elapsed_secs: 0.0 })
    }

    /// What is seen now.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        &self.now
    }

    /// Goes on; false once it has arrived.
    pub(crate) fn advance(&mut self, dt_secs: f32) -> bool {
        self.elapsed_secs += dt_secs;
        let share = (self.elapsed_secs / GLIDE_SECS).clamp(0.0, 1.0);
        let eased = share * share * (3.0 - 2.0 * share);
        self.now = Arc::new(tween(&self.from, &self.to, eased));
        share < 1.0
    }
}
