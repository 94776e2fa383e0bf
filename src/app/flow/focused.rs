//! The part of the picture that the neighborhood of an actor consists of, while the rest is hidden.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::ask::focus::Focus;
use crate::model::{ActorId, Map, TieId};
use crate::scene::{Part, Picker, Ribbons, Scene};

/// A scene reduced to a neighborhood, with its index.
pub(crate) struct FocusedPicture {
    actor: ActorId,
    /// The whole scene.
    of: Arc<Scene>,
    scene: Arc<Scene>,
    picker: Picker,
}

impl FocusedPicture {
    /// Returns the neighborhood in focus, reusing the previous result if nothing has changed; `None` if nothing is hidden.
    pub(crate) fn update(
        previous: Option<Self>,
        focus: Option<&Focus>,
        whole: &Arc<Scene>,
        map: &Map,
        ribbons: &Ribbons,
    ) -> Option<Self> {
        let Some(&Focus::Neighborhood(actor)) = focus else { return None };
        let is_same = |it: &Self| it.actor == actor && Arc::ptr_eq(&it.of, whole);
        Some(previous.filter(is_same).unwrap_or_else(|| Self::new(actor, whole, map, ribbons)))
    }

    fn new(actor: ActorId, whole: &Arc<Scene>, map: &Map, ribbons: &Ribbons) -> Self {
        // While another map is loaded, the scene may still show the previous one.
        let of_actor = if map.actors().get(actor).is_some() { map.ties_of(actor) } else { &[] };
        let ties: BTreeSet<TieId> = of_actor.iter().map(|&tie| ribbons.lead(tie).unwrap_or(tie)).collect();
        let ends = of_actor.iter().flat_map(|&tie| map.tie(tie).ends.actors());
        let actors: BTreeSet<ActorId> = ends.chain([actor]).collect();
        let is_kept = |part: Part| match part {
            Part::Card(actor) => actors.contains(&actor),
            Part::Lane(tie) | Part::Pill(tie) | Part::Ribbon(tie) | Part::RibbonPill(tie) | Part::Role(tie, _) => {
                ties.contains(&tie)
            }
            _ => false,
        };
        let scene = Arc::new(whole.part(is_kept));
        Self { actor, of: Arc::clone(whole), picker: Picker::new(&scene), scene }
    }

    /// Returns the reduced scene.
    pub(crate) fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// Returns the index of the reduced scene.
    pub(crate) fn picker(&self) -> &Picker {
        &self.picker
    }

    /// Returns the number of actors in the neighborhood, without the one in focus.
    pub(crate) fn neighbor_count(&self) -> usize {
        self.actors().len().saturating_sub(1)
    }

    /// Returns the actors in the neighborhood.
    pub(crate) fn actors(&self) -> BTreeSet<ActorId> {
        let card = |part| if let Part::Card(actor) = part { Some(actor) } else { None };
        self.scene.items.iter().filter_map(|item| card(item.part)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::FocusedPicture;
    use crate::app::ask::focus::Focus;
    use crate::derive::{self, LANDSCAPE};
    use crate::document::Document;
    use crate::layout::NoProgress;
    use crate::model::{ActorId, Item};
    use crate::scene::{Part, Theme};
    use crate::text::Fonts;

    #[test]
    fn only_the_actor_its_ties_and_its_neighbors_stay() {
        let map = Arc::new(crate::load::load_bundled(crate::load::BUNDLED[0]).expect("a bundled map").0.map);
        let document = Document::new(Arc::clone(&map), Arc::default());
        let fonts = Fonts::new();
        let picture =
            derive::compose(&document, &fonts, &Theme::light(), LANDSCAPE, &NoProgress).expect("not canceled");
        let whole = Arc::new(picture.scene);
        let (actor, _) = map.actors().iter().find(|(_, actor)| actor.name == "Anthropic").expect("the actor");
        let focus = Focus::Neighborhood(actor);
        let ribbons = &picture.input.plan.ribbons;
        let focused = FocusedPicture::update(None, Some(&focus), &whole, &map, ribbons).expect("a neighborhood");
        let drawn: BTreeSet<ActorId> = focused
            .scene()
            .items
            .iter()
            .filter_map(|item| if let Part::Card(actor) = item.part { Some(actor) } else { None })
            .collect();
        let names: Vec<&str> = drawn.iter().map(|&actor| map.actor(actor).name.as_str()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.contains(&"Amazon") && names.contains(&"Anthropic"));
        assert_eq!(focused.neighbor_count(), 1);
        assert!(focused.scene().bounds.area() < 0.5 * whole.bounds.area(), "the view fits what is left");
        let other = map.actors().iter().find(|(_, actor)| actor.name == "Microsoft").expect("the actor").0;
        assert!(focused.picker().items(Part::Card(other)).is_empty(), "nothing hidden can be clicked");
        assert_ne!(Item::Actor(other), Item::Actor(actor));
        let again = Arc::clone(focused.scene());
        let kept = FocusedPicture::update(Some(focused), Some(&focus), &whole, &map, ribbons).expect("a neighborhood");
        assert!(Arc::ptr_eq(&again, kept.scene()), "nothing is made again");
        assert!(FocusedPicture::update(Some(kept), None, &whole, &map, ribbons).is_none());
    }
}
