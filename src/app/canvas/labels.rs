//! Names and labels at the current zoom, and those of the selected and hovered records, which are always shown.

use std::rc::Rc;
use std::sync::Arc;

use egui::{Painter, Rect, Vec2, vec2};

use crate::model::Item;
use crate::scene::{LabelMaterials, Labeling, LabelingInput, Part, ReadableSizes, Scene, SceneItem, room_for};

use super::camera::Transform;
use super::graph_contents::{VisibleArea, is_large};
use super::input::CanvasInput;
use super::paint::art::{self, Art, Ink};
use super::paint::lettering::{Lettering, Setting};
use super::records::record_of;
use crate::app::ui::theme::opaque;

/// The margin around the view for which names are placed, as a fraction of the view, so that names keep their places
/// during small pans.
const AROUND: f32 = 0.5;
/// The distance of names from the edge of the view while the whole map is in it, in points.
const EDGE: f32 = 12.0;
/// The height of the strip at the bottom of the view for the zoom buttons, in points.
pub(super) const STRIP: f32 = 42.0;
/// The maximum number of names and labels added for the selection.
const MAX_EMPHASIZED: usize = 60;

/// The names and labels for one scene and zoom.
#[derive(Clone, Default)]
pub(super) struct ScreenLabels {
    pub(super) labeling: Rc<Labeling>,
    scene: Option<Arc<Scene>>,
    zoom: f32,
    /// The size of the visible area, in world units.
    seen_size: Vec2,
    /// The area they were placed for; everything if `None`.
    area: Option<Rect>,
}

impl ScreenLabels {
    /// Places names and labels for the visible area.
    pub(super) fn build(input: &CanvasInput<'_>, seen: VisibleArea) -> Self {
        let mut labels = Self {
            scene: Some(Arc::clone(input.scene)),
            zoom: seen.zoom,
            seen_size: seen.rect.size(),
            area: None,
            labeling: Rc::default(),
        };
        let Some(of) = input.labels else { return labels };
        let request = request(of, input, seen.rect.size(), seen.zoom);
        labels.labeling = Rc::new(if is_large(input.picker) {
            let area = seen.rect.expand2(seen.rect.size() * AROUND);
            labels.area = Some(area);
            let parts = input.picker.in_view(area).into_iter().chain(input.picker.loose());
            Labeling::new(parts.flat_map(|part| input.picker.items(part)).map(|(_, item)| item), &request)
        } else {
            Labeling::new(&input.scene.items, &request)
        });
        labels
    }

    /// Returns whether they are still valid.
    #[expect(clippy::float_cmp, reason = "placed for this very zoom")]
    pub(super) fn is_of(&self, input: &CanvasInput<'_>, seen: VisibleArea) -> bool {
        self.scene.as_ref().is_some_and(|scene| Arc::ptr_eq(scene, input.scene))
            && self.zoom == seen.zoom
            && (self.seen_size - seen.rect.size()).length() * seen.zoom < 0.5
            && self.area.is_none_or(|area| area.contains_rect(seen.rect))
    }

    /// Draws the names and labels of these records that are not drawn whole otherwise; the first ones win.
    pub(super) fn draw_emphasized(
        &self,
        records: impl Iterator<Item = Item>,
        input: &CanvasInput<'_>,
        (painter, letters): (&Painter, &Lettering),
        transform: Transform,
    ) {
        let Some(of) = input.labels.filter(|_| !self.labeling.is_empty()) else { return };
        let request = request(of, input, painter.clip_rect().size() / transform.zoom, transform.zoom);
        let items = records.filter_map(|record| self.emphasized(record, input, &request));
        let mut taken: Vec<Rect> = Vec::new();
        let mut free = Vec::new();
        for item in items.take(MAX_EMPHASIZED) {
            let bounds = art::bounds(&item);
            if taken.iter().all(|other| !other.intersects(bounds)) {
                taken.push(bounds);
                free.push(item);
            }
        }
        let Transform { zoom, pan } = transform;
        let setting = Setting { ctx: painter.ctx(), zoom, pan, clip: painter.clip_rect() };
        let ink = Ink { background: opaque(input.scene.background), strength: 1.0 };
        // The first one is drawn last, above the others.
        for item in free.iter().rev() {
            painter.extend(Art::new(item, zoom, painter.ctx().pixels_per_point()).shapes(item, setting, ink, letters));
        }
    }

    fn emphasized(&self, record: Item, input: &CanvasInput<'_>, request: &LabelingInput<'_>) -> Option<SceneItem> {
        match record_of(record, input)? {
            Item::Actor(actor) => self.labeling.name_on_top(actor, request),
            Item::Tie(tie) => {
                let parts = [Part::Pill(tie), Part::RibbonPill(tie)];
                let drawn = parts.into_iter().find_map(|part| input.picker.items(part).first())?;
                let center = drawn.1.shapes.iter().find_map(art::frame)?.center();
                self.labeling.label_on_top(tie, center, request)
            }
            Item::Fact(_) | Item::Source(_) => None,
        }
    }
}

fn request<'a>(of: LabelMaterials<'a>, input: &CanvasInput<'_>, seen: Vec2, zoom: f32) -> LabelingInput<'a> {
    // Of a map that is narrower than the view, names may use the space beside it.
    // A map at fit stays above the zoom buttons, and so do its names.
    let strip = if input.is_presented { 0.0 } else { STRIP };
    let room = room_for(input.scene.bounds, seen - vec2(2.0 * EDGE, 2.0 * EDGE + strip) / zoom);
    LabelingInput { of, scale: zoom, readable: ReadableSizes::SCREEN, room }
}
