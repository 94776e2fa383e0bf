//! Measures a finished layout from the curves as drawn: overlaps, crossings, left-out labels and size. Uses no results
//! of the router or labeler.

use emath::{Pos2, Rect};

use super::curve::flatten_within;
use super::geometry::{boxed, framed, overlap_depth, path_hits, segments_cross};
use super::grid::Grid;
use super::model::Model;
use super::{Layout, Request};

/// Weight of two labels that overlap.
pub const LABEL_OVERLAP: f64 = 20.0;
/// Weight of a label on a box.
pub const LABEL_ON_CARD: f64 = 20.0;
/// Weight of a lane through a box.
pub const LANE_THROUGH_CARD: f64 = 12.0;
/// Weight of two boxes that overlap.
pub const CARD_OVERLAP: f64 = 30.0;
/// Weight of a label left out.
pub const LABEL_LEFT_OUT: f64 = 3.0;
/// Weight of a lane under a foreign label.
pub const LANE_THROUGH_LABEL: f64 = 1.5;
/// Weight of a crossing.
pub const CROSSING: f64 = 1.0;
/// Weight of one unit of [`Quality::frame`], per box and tied pair.
pub const FRAME: f64 = 0.16;
/// Above this number of lines, crossings of single lanes are counted: grouping them by bundle takes too much memory.
const BUNDLED: usize = 10_000;
/// Step length of the measured polylines, in world units.
const STEP: f32 = 2.0;

/// Maximum number of steps per curve piece.
const MAX_OF_PIECE: usize = 4096;
/// Approximate maximum number of steps of all lanes together.
const MAX_STEPS: usize = 400_000;

/// Readability of a layout. Counts are of pairs unless stated otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Labels that overlap another label.
    pub label_overlaps: usize,
    /// Labels on a box.
    pub labels_on_cards: usize,
    /// Lanes through a box: a foreign one, or their own inside the outline.
    pub lanes_through_cards: usize,
    /// Lanes under a foreign label.
    pub lanes_through_labels: usize,
    /// Lines (not pairs) whose label was left out.
    pub labels_left_out: usize,
    /// Crossings of curves as drawn. Parallel lanes of a pair count once (separately in maps of more than 10,000
    /// lines); lines that share an end don't count.
    pub crossings: usize,
    /// Boxes that overlap another box.
    pub cards_overlapping: usize,
    /// Width over height of `bounds`.
    pub aspect: f32,
    /// Bounding box of everything drawn.
    pub bounds: Rect,
    /// Side of the frame around `bounds` with the requested aspect, relative to a square that just holds all boxes and
    /// labels.
    pub frame: f32,
    /// Number of boxes plus tied pairs; a factor of the weight of `frame`.
    pub size: usize,
}

impl Quality {
    /// Returns the weighted sum; lower is more readable.
    #[must_use]
    pub fn score(&self) -> f64 {
        let sum = |weight: f64, count: usize| weight * count as f64;
        sum(LABEL_OVERLAP, self.label_overlaps)
            + sum(LABEL_ON_CARD, self.labels_on_cards)
            + sum(LANE_THROUGH_CARD, self.lanes_through_cards)
            + sum(CARD_OVERLAP, self.cards_overlapping)
            + sum(LABEL_LEFT_OUT, self.labels_left_out)
            + sum(LANE_THROUGH_LABEL, self.lanes_through_labels)
            + sum(CROSSING, self.crossings)
            + sum(FRAME, self.size) * f64::from(self.frame)
    }
}

/// Measures `layout`, which must have been made for `request`; missing parts are skipped.
#[must_use]
pub fn measure(request: &Request, layout: &Layout) -> Quality {
    measure_model(request, &Model::new(request), layout)
}

/// Drawn parts of a layout, prepared for measuring.
struct DrawnPicture {
    cards: Vec<Rect>,
    paths: Vec<Vec<Pos2>>,
    labels: Vec<Option<Rect>>,
    ends: Vec<Option<(u32, u32)>>,
}

impl DrawnPicture {
    fn new(model: &Model, layout: &Layout) -> Self {
        let steps = (MAX_STEPS / layout.lanes.len().max(1)).min(MAX_OF_PIECE);
        Self {
            cards: layout.centers.iter().zip(&model.size).map(|(c, s)| boxed(*c, *s)).collect(),
            paths: layout.lanes.iter().map(|l| flatten_within(&l.curve, STEP, steps)).collect(),
            labels: layout.lanes.iter().map(|l| l.label).collect(),
            ends: model.lines.iter().map(|l| l.as_ref().map(|l| (l.from.min(l.to), l.from.max(l.to)))).collect(),
        }
    }
}

pub(super) fn measure_model(request: &Request, model: &Model, layout: &Layout) -> Quality {
    let drawn = DrawnPicture::new(model, layout);
    let cards = Grid::of(&drawn.cards);
    let mut rect = Rect::NOTHING;
    for r in drawn.cards.iter().chain(drawn.labels.iter().flatten()) {
        rect = rect.union(*r);
    }
    for (path, _) in drawn.paths.iter().zip(&drawn.ends).filter(|(_, ends)| ends.is_some()) {
        rect = rect.union(Rect::from_points(path));
    }
    let rect = if rect.is_finite() && !rect.is_negative() { rect } else { Rect::ZERO };
    let (frame, size) = frame(model, rect);
    let through = lanes_through(&drawn, &cards);
    Quality {
        label_overlaps: label_overlaps(&drawn.labels),
        labels_on_cards: labels_on_cards(&drawn.labels, &cards),
        lanes_through_cards: through.cards.len(),
        lanes_through_labels: through.labels.len(),
        labels_left_out: request
            .edges
            .iter()
            .zip(&layout.lanes)
            .filter(|(e, l)| e.label.is_some() && l.label.is_none())
            .count(),
        crossings: crossings(&drawn),
        cards_overlapping: cards_overlapping(&drawn.cards, &cards),
        aspect: if rect.height() > 0.0 { rect.width() / rect.height() } else { 1.0 },
        bounds: rect,
        frame,
        size,
    }
}

fn frame(model: &Model, rect: Rect) -> (f32, usize) {
    let size = model.len() + model.bundles.len();
    let mut area: f32 = model.size.iter().map(|s| (s.x + 26.0) * (s.y + 22.0)).sum();
    area += model.lines.iter().flatten().filter_map(|l| l.label).map(|l| (l.x + 8.0) * (l.y + 8.0)).sum::<f32>();
    let wanted = framed(rect.size(), model.aspect);
    ((wanted.x * wanted.y).sqrt() / area.sqrt().max(1.0), size)
}

fn label_overlaps(labels: &[Option<Rect>]) -> usize {
    let present: Vec<Rect> = labels.iter().flatten().copied().collect();
    let grid = Grid::of(&present);
    let mut count = 0;
    for (i, label) in present.iter().enumerate() {
        grid.each(label, |j, other| count += usize::from(j as usize > i && overlap_depth(label, other) > 0.0));
    }
    count
}

fn labels_on_cards(labels: &[Option<Rect>], cards: &Grid) -> usize {
    let mut count = 0;
    for label in labels.iter().flatten() {
        cards.each(label, |_, card| count += usize::from(overlap_depth(label, card) > 0.0));
    }
    count
}

fn cards_overlapping(rects: &[Rect], cards: &Grid) -> usize {
    let mut count = 0;
    for (v, rect) in rects.iter().enumerate() {
        cards.each(rect, |u, other| count += usize::from(u as usize > v && overlap_depth(rect, other) > 0.01));
    }
    count
}

/// Returns the lines that pass through a box or under a foreign label, the lines of those labels, and the lines whose
/// label was left out; one entry per occurrence.
pub(super) fn troubled(model: &Model, layout: &Layout) -> Vec<u32> {
    let drawn = DrawnPicture::new(model, layout);
    let through = lanes_through(&drawn, &Grid::of(&drawn.cards));
    let mut lines = through.cards;
    lines.extend(through.labels.iter().flat_map(|&(lane, label)| [lane, label]));
    let lacks_label = |i: &u32| {
        let line = model.lines[*i as usize].as_ref();
        line.is_some_and(|line| line.label.is_some()) && drawn.labels[*i as usize].is_none()
    };
    lines.extend((0..drawn.labels.len() as u32).filter(lacks_label));
    lines
}

/// Lanes that pass through boxes or under labels.
struct Through {
    cards: Vec<u32>,
    /// Each lane under a foreign label, with the line of that label.
    labels: Vec<(u32, u32)>,
}

fn lanes_through(drawn: &DrawnPicture, cards: &Grid) -> Through {
    let mut through = Through { cards: Vec::new(), labels: Vec::new() };
    let rects: Vec<Rect> = drawn.labels.iter().map(|l| l.unwrap_or(Rect::NOTHING)).collect();
    let present: Vec<u32> = (0..rects.len() as u32).filter(|&i| drawn.labels[i as usize].is_some()).collect();
    let labels = Grid::of(&present.iter().map(|&i| rects[i as usize]).collect::<Vec<_>>());
    for (i, path) in drawn.paths.iter().enumerate() {
        if drawn.ends[i].is_none() || path.is_empty() {
            continue;
        }
        let area = Rect::from_points(path);
        cards.each(&area, |_, card| {
            if path_hits(path, &card.shrink(0.75)) {
                through.cards.push(i as u32);
            }
        });
        labels.each(&area, |l, label| {
            let other = present[l as usize];
            if other as usize != i && path_hits(path, &label.shrink(0.5)) {
                through.labels.push((i as u32, other));
            }
        });
    }
    through
}

/// A crossing: the ends of both bundles, then both lanes.
type Crossing = ((u32, u32), (u32, u32), u32, u32);

/// Counts crossings: for each pair of bundles, those of the two lanes that cross most often; for more than [`BUNDLED`]
/// lines, those of all lanes.
fn crossings(drawn: &DrawnPicture) -> usize {
    let mut rects = Vec::new();
    let mut segments: Vec<(Pos2, Pos2, u32)> = Vec::new();
    for (i, path) in drawn.paths.iter().enumerate().filter(|(i, _)| drawn.ends[*i].is_some()) {
        for w in path.windows(2) {
            rects.push(Rect::from_points(w));
            segments.push((w[0], w[1], i as u32));
        }
    }
    let grid = Grid::of(&rects);
    let mut found: Vec<Crossing> = Vec::new();
    let mut single = 0;
    for (s, &(a, b, i)) in segments.iter().enumerate() {
        let Some(one) = drawn.ends[i as usize] else { continue };
        grid.each(&rects[s], |t, _| {
            let (c, d, j) = segments[t as usize];
            let Some(two) = drawn.ends[j as usize] else { return };
            let meet = one.0 == two.0 || one.0 == two.1 || one.1 == two.0 || one.1 == two.1;
            if (t as usize) > s && !meet && segments_cross(a, b, c, d) {
                single += 1;
                if drawn.paths.len() > BUNDLED {
                    return;
                }
                let (first, second) = if one < two { ((one, i), (two, j)) } else { ((two, j), (one, i)) };
                found.push((first.0, second.0, first.1, second.1));
            }
        });
    }
    if drawn.paths.len() > BUNDLED {
        return single;
    }
    found.sort_unstable();
    let mut total = 0;
    for pair in found.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        total += pair.chunk_by(|x, y| x == y).map(<[_]>::len).max().unwrap_or(0);
    }
    total
}
