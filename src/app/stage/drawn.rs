//! A picture together with what it was made from, so that both always belong together.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Theme as Colors;
use emath::{Pos2, Rect};

use crate::document::Document;
use crate::layout::{self, Layout};
use crate::model::{Map, Placed};
use crate::picture::{Draft, build_scene};
use crate::scene::{Legend, Picker, Plan, Scene, Theme};

use super::super::canvas::Drag;

/// A finished picture.
pub(super) struct Drawn {
    /// The map that it shows: ids of one map mean nothing in another.
    map: Arc<Map>,
    pub(super) draft: Draft,
    pub(super) layout: Layout,
    pub(super) legend: Legend,
    pub(super) scene: Arc<Scene>,
    pub(super) picker: Picker,
    pub(super) colors: Colors,
    /// How many labels have no room.
    pub(super) labels_left_out: usize,
}

/// How many labels have no room.
fn labels_left_out(plan: &Plan, layout: &Layout) -> usize {
    let lanes = plan.lines.iter().zip(&layout.lanes);
    let has_pill = |tie| plan.pills.contains_key(&tie);
    lanes.filter(|(line, lane)| line.party.is_none() && has_pill(line.tie) && lane.label.is_none()).count()
}

impl Drawn {
    /// Draws a draft in the places of its layout.
    pub(super) fn new(document: &Document, draft: Draft, layout: Layout, colors: Colors) -> Self {
        let scene = Arc::new(build_scene(document, &draft, &layout, &scene_theme(colors)));
        Self {
            map: Arc::clone(&document.map),
            legend: Legend::of_plan(&document.map, &draft.plan),
            picker: Picker::new(&scene),
            labels_left_out: labels_left_out(&draft.plan, &layout),
            draft,
            layout,
            scene,
            colors,
        }
    }

    /// Draws it again in other colors.
    pub(super) fn recolor(&mut self, document: &Document, colors: Colors) {
        self.scene = Arc::new(build_scene(document, &self.draft, &self.layout, &scene_theme(colors)));
        self.picker = Picker::new(&self.scene);
        self.colors = colors;
    }

    /// Whether it shows this map.
    pub(super) fn is_of(&self, map: &Arc<Map>) -> bool {
        Arc::ptr_eq(&self.map, map)
    }

    /// Whether its layout is one of this draft.
    pub(super) fn fits(&self, map: &Arc<Map>, draft: &Draft) -> bool {
        self.is_of(map) && self.draft.request == draft.request
    }

    /// Every card and hub with its center.
    pub(super) fn places(&self) -> impl Iterator<Item = (Placed, Pos2)> {
        self.draft.plan.places().zip(self.layout.centers.iter().copied())
    }

    /// Every card and hub with the box that it fills.
    pub(super) fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        let sizes = self.draft.request.nodes.iter().map(|node| node.size);
        self.places().zip(sizes).map(|((place, center), size)| (place, Rect::from_center_size(center, size)))
    }

    /// The picture of a drag where it is now, with its layout; only its own lanes are routed again. `None` if nothing
    /// is moved.
    pub(super) fn dragged(&self, document: &Document, drag: &Drag) -> Option<(Arc<Scene>, Layout)> {
        let theme = scene_theme(self.colors);
        if let Some((note, at)) = drag.noted() {
            let plan = self.draft.plan.clone().with_note_at(note, at);
            let draft = Draft { request: self.draft.request.clone(), plan };
            return Some((Arc::new(build_scene(document, &draft, &self.layout, &theme)), self.layout.clone()));
        }
        let (moved, bent) = (drag.moved(), drag.bent());
        if moved.is_empty() && bent.is_none() {
            return None;
        }
        let plan = &self.draft.plan;
        let mut request = self.draft.request.clone();
        let mut centers = self.layout.centers.clone();
        let mut changed = Vec::new();
        let moved: BTreeMap<Placed, Pos2> = moved.iter().copied().collect();
        for (index, place) in plan.places().enumerate() {
            if let Some(&center) = moved.get(&place) {
                centers[index] = center;
                request.nodes[index].fixed = Some(center);
                changed.push(index as u32);
            }
        }
        if let Some((tie, bend)) = bent {
            let bent = plan.edges(&BTreeMap::from([(tie, bend)]));
            for (index, line) in plan.lines.iter().enumerate().filter(|(_, line)| line.tie == tie) {
                request.edges[index].bend = bent[index].bend;
                changed.push(line.from);
            }
        }
        let layout = layout::reroute(&request, &centers, &self.layout, &changed);
        Some((Arc::new(build_scene(document, &self.draft, &layout, &theme)), layout))
    }
}

/// The scene's colors for the window's.
pub(crate) fn scene_theme(colors: Colors) -> Theme {
    match colors {
        Colors::Light => Theme::light(),
        Colors::Dark => Theme::dark(),
    }
}
