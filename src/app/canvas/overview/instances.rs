//! Dots and ties as instances for the graphics adapter, and which of them a view needs.

use std::sync::{Arc, Mutex};

use egui::{Pos2, Rect, Vec2};

use super::tiles::{TilePlace, Tiles};
use crate::app::canvas::paint::gpu::{DOT_BYTES, FarCamera, FarFrame, FarInstances, TIE_BYTES};
use crate::model::{Map, Rgb};
use crate::scene::{Level, Overview, Theme};

/// Ties before these places in sampling order are layers of their own, so that a sample needs few others.
const SAMPLES: [u32; 3] = [10_000, 40_000, 120_000];
/// Number of layers of ties within areas, and of those between.
const LAYERS: usize = SAMPLES.len() + 1;
/// Dots of at least these sizes lie above smaller ones; 0 is the smallest size, 1 the largest.
const LARGER: [f32; 2] = [0.15, 0.4];
/// The largest dots lie above all others: one in this many, and at least this many.
const LARGE_SHARE: usize = 64;
const LARGE_LEAST: usize = 200;

/// The instances of a map in a theme.
pub(super) struct FarMap {
    version: u64,
    instances: Arc<Mutex<Option<FarInstances>>>,
    /// Where positions count from, in world units: small numbers are exact.
    origin: Pos2,
    ties: Tiles,
    dots: Tiles,
}

impl FarMap {
    /// Sorts and packs dots and ties; `version` tells them from all others.
    pub(super) fn new(overview: &Overview, map: &Map, theme: &Theme, version: u64) -> Self {
        let origin = overview.bounds().center();
        let (ties, tie_order) = tie_tiles(overview);
        let (dots, dot_order) = dot_tiles(overview);
        let instances = FarInstances {
            ties: tie_bytes(overview, map, theme, &tie_order),
            dots: dot_bytes(overview, map, theme, &dot_order),
        };
        Self { version, instances: Arc::new(Mutex::new(Some(instances))), origin, ties, dots }
    }

    /// Returns the frame that shows a part of the world, whose origin is at `offset`.
    pub(super) fn frame(&self, world: Rect, camera: FarCamera) -> FarFrame {
        let last = SAMPLES.iter().filter(|&&from| from < camera.tie_limit).count();
        let (mut bent, mut straight, mut dots) = (Vec::new(), Vec::new(), Vec::new());
        for layer in 0..=last {
            self.ties.add_ranges(layer, world, &mut bent);
            self.ties.add_ranges(LAYERS + layer, world, &mut straight);
        }
        for layer in 0..=LARGER.len() {
            self.dots.add_ranges(layer, world.expand(camera.dots.most * 2.0 / camera.scale), &mut dots);
        }
        let camera = FarCamera { offset: camera.offset + self.origin.to_vec2() * camera.scale, ..camera };
        FarFrame { version: self.version, instances: Arc::clone(&self.instances), camera, bent, straight, dots }
    }
}

fn tie_tiles(overview: &Overview) -> (Tiles, Vec<u32>) {
    let (dots, ties) = (overview.dots(), overview.ties());
    let place = |tie: usize| {
        let [from, to] = ties.ends[tie].map(|end| dots.centers[end as usize]);
        let sample = SAMPLES.iter().filter(|&&from| from <= ties.sampling_ranks[tie]).count();
        let layer = if ties.is_between[tie] { sample } else { LAYERS + sample };
        TilePlace { layer, middle: from.lerp(to, 0.5), extent: (to - from).abs().max_elem() }
    };
    Tiles::new(overview.bounds(), 2 * LAYERS, (0..ties.len()).map(place))
}

fn dot_tiles(overview: &Overview) -> (Tiles, Vec<u32>) {
    let dots = overview.dots();
    let sizes = overview.dot_sizes(1.0);
    let mut by_size: Vec<u32> = (0..dots.len() as u32).collect();
    by_size.sort_by_key(|&node| dots.degrees[node as usize]);
    let small = dots.len().saturating_sub((dots.len() / LARGE_SHARE).max(LARGE_LEAST));
    let place = |(index, &node): (usize, &u32)| {
        let extent = if index < small { 0.0 } else { f32::INFINITY };
        let share = sizes.share(dots.degrees[node as usize]);
        let layer = LARGER.iter().filter(|&&from| share >= from).count();
        TilePlace { layer, middle: dots.centers[node as usize], extent }
    };
    let (tiles, order) = Tiles::new(overview.bounds(), LARGER.len() + 1, by_size.iter().enumerate().map(place));
    (tiles, order.into_iter().map(|at| by_size[at as usize]).collect())
}

fn push_pos(bytes: &mut Vec<u8>, pos: Vec2) {
    bytes.extend(pos.x.to_ne_bytes());
    bytes.extend(pos.y.to_ne_bytes());
}

fn push_color(bytes: &mut Vec<u8>, Rgb([r, g, b]): Rgb, rest: u8) {
    bytes.extend([r, g, b, rest]);
}

fn tie_bytes(overview: &Overview, map: &Map, theme: &Theme, order: &[u32]) -> Vec<u8> {
    let (dots, ties, origin) = (overview.dots(), overview.ties(), overview.bounds().center());
    let [far, middle] = [Level::Far, Level::Middle].map(|level| overview.palette(level, map, theme));
    let mut bytes = Vec::with_capacity(order.len() * TIE_BYTES);
    for &tie in order {
        for end in ties.ends[tie as usize] {
            push_pos(&mut bytes, dots.centers[end as usize] - origin);
        }
        push_color(&mut bytes, far.tie(tie), 0);
        push_color(&mut bytes, middle.tie(tie), 0);
        bytes.extend(ties.sampling_ranks[tie as usize].to_ne_bytes());
    }
    bytes
}

fn dot_bytes(overview: &Overview, map: &Map, theme: &Theme, order: &[u32]) -> Vec<u8> {
    let (dots, sizes, origin) = (overview.dots(), overview.dot_sizes(1.0), overview.bounds().center());
    let [far, middle] = [Level::Far, Level::Middle].map(|level| overview.palette(level, map, theme));
    let mut bytes = Vec::with_capacity(order.len() * DOT_BYTES);
    for &node in order {
        push_pos(&mut bytes, dots.centers[node as usize] - origin);
        bytes.extend(sizes.share(dots.degrees[node as usize]).to_ne_bytes());
        push_color(&mut bytes, far.dot(node), if dots.is_bridge[node as usize] { u8::MAX } else { 0 });
        push_color(&mut bytes, middle.dot(node), 0);
    }
    bytes
}
