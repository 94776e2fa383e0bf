//! Sizes and shapes of dots.

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::Pos2;

use super::{Overview, OverviewView, item};
use crate::model::{Map, Rgb};
use crate::scene::theme::solid;
use crate::scene::{Paint, Part, SceneItem, Shape, Theme};

/// Dots from this radius on have a rim in the color of the background, in pixels.
const RIM_FROM: f32 = 2.2;
/// Radii at which a thicker rim and a higher layer begin, each with the width of the rim.
const RIMS: [(f32, f32); 4] = [(RIM_FROM, 0.45), (3.5, 0.75), (6.0, 1.2), (9.5, 1.5)];
/// Width of the ring of a bridge, in pixels.
const RING: f32 = 1.3;

/// Radii of dots at a scale. The area of a dot grows with its number of ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DotScale {
    /// Radius of an actor with one tie, in pixels.
    pub least: f32,
    /// Radius of the best connected actors, in pixels.
    pub most: f32,
    /// Opacity of dots without a rim.
    pub opacity: f32,
    full_degree: f32,
}

impl DotScale {
    /// Returns the sizes for a mean spacing in pixels. The actors with `full_degree` ties have full size.
    pub(super) fn new(spacing_px: f32, full_degree: u32) -> Self {
        let least = (0.11 * spacing_px).clamp(1.0, 4.0);
        let opacity = 0.22 * spacing_px * spacing_px / (std::f32::consts::PI * least * least);
        Self {
            least,
            most: (4.0 + 0.26 * spacing_px).clamp(5.5, 14.0),
            opacity: opacity.clamp(0.15, 1.0),
            full_degree: full_degree.max(2) as f32,
        }
    }

    /// Returns the radius of an actor with so many ties, in pixels.
    #[must_use]
    pub fn radius(&self, degree: u32) -> f32 {
        self.least + (self.most - self.least) * self.share(degree)
    }

    /// Returns the width of the rim around a dot, in pixels; 0 without a rim.
    #[must_use]
    pub fn rim(radius: f32) -> f32 {
        RIMS.iter().rev().find(|(from, _)| radius >= *from).map_or(0.0, |(_, width)| *width)
    }

    /// Returns the radii from which on dots have wider rims, with the widths in pixels.
    #[must_use]
    pub fn rims() -> [(f32, f32); 4] {
        RIMS
    }

    /// Returns the size of a dot with so many ties between the least (0) and the largest (1), at all scales.
    #[must_use]
    pub fn share(&self, degree: u32) -> f32 {
        let share = (degree.max(1) as f32 - 1.0) / (self.full_degree - 1.0);
        share.min(1.0).sqrt()
    }

    /// Returns the width of the ring of a bridge, in pixels.
    #[must_use]
    pub fn ring() -> f32 {
        RING
    }
}

/// Dots of one color and layer.
type DotGroups = BTreeMap<(u32, [u8; 3]), Vec<(Pos2, f32)>>;

impl Overview {
    /// Returns the visible dots, small ones below large ones, and the rings of bridges.
    #[must_use]
    pub fn dot_items(&self, view: &OverviewView, map: &Map, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let (sizes, palette) = (self.dot_sizes(view.scale), self.palette(view.level, map, theme));
        let (mut groups, mut rings) = (DotGroups::new(), DotGroups::new());
        for node in 0..self.dots.len() as u32 {
            let pos = view.pos(self.dots.centers[node as usize]);
            let radius = sizes.radius(self.dots.degrees[node as usize]);
            if !view.visible.expand(radius).contains(pos) {
                continue;
            }
            let rim = DotScale::rim(radius);
            let layer = (rim * 100.0) as u32;
            groups.entry((layer, palette.dot(node).0)).or_default().push((pos, radius));
            if self.dots.is_bridge[node as usize] {
                rings.entry((layer, theme.text.0)).or_default().push((pos, radius + rim.max(0.5)));
            }
        }
        let mut shapes: BTreeMap<u32, Vec<Shape>> = BTreeMap::new();
        for ((layer, color), dots) in groups {
            let rim = layer as f32 / 100.0;
            let rim = (layer > 0).then(|| (solid(theme.backing()), rim));
            let opacity = if layer > 0 { 1.0 } else { sizes.opacity };
            let fill = Some(Paint { color: Rgb(color), opacity });
            shapes.entry(layer).or_default().push(Shape::Dots { dots, fill, rim });
        }
        for ((layer, color), dots) in rings {
            let rim = Some((solid(Rgb(color)), RING));
            shapes.entry(layer).or_default().push(Shape::Dots { dots, fill: None, rim });
        }
        shapes.into_values().map(|shapes| item(Part::Dots, shapes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::DotScale;

    #[test]
    fn the_area_of_a_dot_grows_with_the_number_of_ties() {
        let sizes = DotScale::new(12.0, 50);
        let radii = [0, 1, 2, 10, 50, 400].map(|degree| sizes.radius(degree));
        assert_eq!((radii[0], radii[1]), (sizes.least, sizes.least));
        assert!(radii.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!((radii[4], radii[5]), (sizes.most, sizes.most), "hubs don't outgrow the map");
        assert!(DotScale::rim(2.0) <= 0.0 && DotScale::rim(12.0) > DotScale::rim(3.0));
    }
}
