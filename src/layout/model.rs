//! A sanitized request: sizes and positions clamped, parallel lines grouped into bundles. All later steps use this
//! instead of the raw request.

use std::collections::BTreeMap;

use emath::{Pos2, Vec2, vec2};

use super::{Bend, Request};

/// Positions farther out than this count as not given, since computing with them would lose all precision.
const MAX_COORDINATE: f32 = 1.0e6;
/// Vertical gap between two stacked labels.
pub(super) const LABEL_GAP: f32 = 6.0;
/// Maximum line width; wider lines are treated as this wide.
const WIDEST: f32 = 40.0;
/// How much longer and wider than its line the smallest arrowhead is.
const HEAD: f32 = 6.8;
/// Number of lanes in a pair beyond which their total room stops growing.
const MAX_ROWS: f32 = 60.0;
/// Visible line length on each side of its label, including the arrowhead.
pub(super) const STUB: f32 = 20.0;

/// The sanitized request.
pub(super) struct Model {
    /// Size of each box.
    pub size: Vec<Vec2>,
    /// Fixed positions, where given.
    pub fixed: Vec<Option<Pos2>>,
    /// Whether each box is a hub.
    pub hub: Vec<bool>,
    pub group: Vec<u32>,
    /// Weight of each box; finite and not negative.
    pub weight: Vec<f32>,
    /// Lines; `None` if an end doesn't exist.
    pub lines: Vec<Option<ModelLine>>,
    /// Bundles of lines by pair of boxes, in order of first appearance.
    pub bundles: Vec<Bundle>,
    /// Indices of the bundles at each box.
    pub at: Vec<Vec<u32>>,
    /// Requested width divided by height.
    pub aspect: f32,
    /// Selects among equally good layouts.
    pub seed: u64,
}

/// A sanitized line.
#[derive(Clone)]
pub(super) struct ModelLine {
    /// Index of the start box.
    pub from: u32,
    /// Index of the end box.
    pub to: u32,
    pub width: f32,
    /// Whether there is an arrowhead at `to`.
    pub arrow: bool,
    /// Size of the label.
    pub label: Option<Vec2>,
    /// Weight of the label.
    pub weight: f32,
    /// Manual bend.
    pub bend: Option<Bend>,
}

impl ModelLine {
    /// Returns the length of the arrowhead.
    pub(super) fn head(&self) -> f32 {
        if self.arrow { HEAD + self.width } else { 0.0 }
    }

    /// Returns the width where the line meets a box.
    pub(super) fn breadth_at(&self, node: u32) -> f32 {
        if self.arrow && node == self.to { HEAD + 1.24 * self.width } else { self.width }
    }
}

/// All lines between two boxes, or from one box to itself.
#[derive(Clone)]
pub(super) struct Bundle {
    /// The box with the lower index.
    pub a: u32,
    /// The box with the higher index; equal to `a` for loops.
    pub b: u32,
    /// Lines from left to right as seen from `a` toward `b`: those to `a`, undirected ones, those to `b`.
    pub lanes: Vec<u32>,
    /// Manually bent lines, which are routed individually.
    pub bent: Vec<u32>,
    /// Label sizes in the order of `lanes`; zero without a label.
    pub labels: Vec<Vec2>,
    /// Width of the widest label, and height of all labels stacked.
    pub stack: Vec2,
    /// Factor on the distance that labels need between lanes, at most 1; with very many lanes, most labels find no
    /// room.
    pub squeeze: f32,
    /// Length that arrowheads and widths add to the length needed beside a label.
    pub heads: f32,
    /// Arrows toward `b` minus those toward `a`, as a share of the lines, from -1 to 1.
    pub flow: f32,
    /// Weight of the lines in a crossing: the root of their number, so that two bundles count as their geometric mean.
    pub breadth: f32,
}

impl Bundle {
    /// Returns whether the bundle leads from a box to itself.
    pub(super) fn is_loop(&self) -> bool {
        self.a == self.b
    }

    /// Returns the number of rows that the lanes take.
    pub(super) fn rows(&self) -> f32 {
        (self.lanes.len() as f32).min(MAX_ROWS)
    }

    /// Returns the other end.
    pub(super) fn other(&self, node: u32) -> u32 {
        if node == self.a { self.b } else { self.a }
    }

    /// Returns whether two bundles share a box.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.a == other.a || self.a == other.b || self.b == other.a || self.b == other.b
    }
}

fn cleaned(value: f32, low: f32, high: f32) -> f32 {
    if value.is_finite() { value.clamp(low, high) } else { low }
}

fn cleaned_bend(bend: Bend) -> Option<Bend> {
    let is_finite = bend.along.is_finite() && bend.across.is_finite();
    let (along, across) = (bend.along.clamp(-100.0, 100.0), bend.across.clamp(-MAX_COORDINATE, MAX_COORDINATE));
    is_finite.then_some(Bend { along, across })
}

fn cleaned_line(request: &Request, index: usize) -> Option<ModelLine> {
    let edge = &request.edges[index];
    let count = request.nodes.len();
    if edge.from as usize >= count || edge.to as usize >= count {
        return None;
    }
    let label = edge.label.filter(|l| l.x.is_finite() && l.y.is_finite() && l.x > 0.0 && l.y > 0.0);
    Some(ModelLine {
        from: edge.from,
        to: edge.to,
        width: cleaned(edge.width, 0.0, WIDEST),
        arrow: edge.arrow,
        label: label.map(|l| vec2(l.x.min(2000.0), l.y.min(2000.0))),
        weight: cleaned(edge.weight, 0.0, 1.0e6),
        bend: edge.bend.and_then(cleaned_bend),
    })
}

/// Returns the sort key of a lane in its bundle: lines toward `a` first, toward `b` last.
fn side(line: &ModelLine, a: u32) -> u8 {
    match (line.arrow, line.from == a) {
        (true, false) => 0,
        (false, _) => 1,
        (true, true) => 2,
    }
}

fn bundled(lines: &[Option<ModelLine>]) -> Vec<Bundle> {
    let mut number: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut bundles: Vec<Bundle> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(line) = line else { continue };
        let (a, b) = (line.from.min(line.to), line.from.max(line.to));
        let at = *number.entry((a, b)).or_insert_with(|| {
            bundles.push(Bundle {
                a,
                b,
                lanes: Vec::new(),
                bent: Vec::new(),
                labels: Vec::new(),
                stack: Vec2::ZERO,
                squeeze: 1.0,
                heads: 0.0,
                breadth: 1.0,
                flow: 0.0,
            });
            bundles.len() - 1
        });
        // A manually bent line is routed individually; only the bundle's other lines share its room.
        let bundle = &mut bundles[at];
        if line.bend.is_none() { bundle.lanes.push(index as u32) } else { bundle.bent.push(index as u32) }
    }
    for bundle in &mut bundles {
        bundle.measure(lines);
    }
    bundles
}

impl Bundle {
    /// Sorts the lanes and measures their labels and arrowheads.
    fn measure(&mut self, lines: &[Option<ModelLine>]) {
        let line = |lane: &u32| lines[*lane as usize].as_ref();
        let (a, is_loop) = (self.a, self.is_loop());
        self.lanes.sort_by_key(|lane| line(lane).map_or(1, |l| side(l, a)));
        self.labels = self.lanes.iter().map(|lane| line(lane).and_then(|l| l.label).unwrap_or(Vec2::ZERO)).collect();
        self.stack = Vec2::ZERO;
        for label in &self.labels {
            self.stack.x = self.stack.x.max(label.x);
            self.stack.y += label.y.max(8.0) + LABEL_GAP;
        }
        self.squeeze = (MAX_ROWS / self.lanes.len().max(1) as f32).min(1.0);
        self.stack.y = (self.stack.y * self.squeeze - LABEL_GAP).max(0.0);
        let heads = self.lanes.iter().filter_map(line).map(|line| line.head() + line.width);
        self.heads = heads.fold(0.0, f32::max);
        let count = (self.lanes.len() as f32).max(1.0);
        self.breadth = count.sqrt();
        let arrows = self.lanes.iter().filter_map(line).filter(|line| line.arrow && !is_loop);
        self.flow = arrows.map(|line| if line.from == a { 1.0 } else { -1.0 }).sum::<f32>() / count;
    }
}

impl Model {
    /// Sanitizes a request.
    pub(super) fn new(request: &Request) -> Self {
        let lines: Vec<Option<ModelLine>> = (0..request.edges.len()).map(|i| cleaned_line(request, i)).collect();
        let bundles = bundled(&lines);
        let mut at = vec![Vec::new(); request.nodes.len()];
        for (k, bundle) in bundles.iter().enumerate() {
            at[bundle.a as usize].push(k as u32);
            if !bundle.is_loop() {
                at[bundle.b as usize].push(k as u32);
            }
        }
        let near = |p: &Pos2| p.x.abs() <= MAX_COORDINATE && p.y.abs() <= MAX_COORDINATE;
        Self {
            size: request
                .nodes
                .iter()
                .map(|n| vec2(cleaned(n.size.x, 1.0, 4000.0), cleaned(n.size.y, 1.0, 4000.0)))
                .collect(),
            fixed: request.nodes.iter().map(|n| n.fixed.filter(near)).collect(),
            hub: request.nodes.iter().map(|n| n.hub).collect(),
            group: request.nodes.iter().map(|n| n.group).collect(),
            weight: request.nodes.iter().map(|n| cleaned(n.weight, 0.0, 1.0e6)).collect(),
            lines,
            bundles,
            at,
            aspect: if request.aspect.is_finite() && request.aspect > 0.0 {
                request.aspect.clamp(0.2, 5.0)
            } else {
                1.5
            },
            seed: request.seed,
        }
    }

    /// Returns the index of a line's bundle.
    pub(super) fn bundle_of(&self, line: u32) -> Option<usize> {
        let of = self.lines.get(line as usize)?.as_ref()?;
        let (a, b) = (of.from.min(of.to), of.from.max(of.to));
        let at = self.at[a as usize].iter().map(|&k| k as usize);
        at.into_iter().find(|&k| (self.bundles[k].a, self.bundles[k].b) == (a, b))
    }

    /// Sets or removes a manual bend; returns the line's bundle and previous bend.
    pub(super) fn set_bend(&mut self, line: u32, bend: Option<Bend>) -> Option<(usize, Option<Bend>)> {
        let k = self.bundle_of(line)?;
        let before = std::mem::replace(&mut self.lines[line as usize].as_mut()?.bend, bend.and_then(cleaned_bend));
        let bundle = &mut self.bundles[k];
        let mut all: Vec<u32> = bundle.lanes.drain(..).chain(bundle.bent.drain(..)).collect();
        all.sort_unstable();
        let is_bent = |line: &u32| self.lines[*line as usize].as_ref().is_some_and(|line| line.bend.is_some());
        (bundle.bent, bundle.lanes) = all.into_iter().partition(is_bent);
        bundle.measure(&self.lines);
        Some((k, before))
    }

    /// Returns the model mirrored along the diagonal, with widths and heights swapped; drops fixed positions.
    pub(super) fn turned(&self) -> Self {
        let turn = |size: &Vec2| vec2(size.y, size.x);
        let turn_bundle = |bundle: &Bundle| Bundle {
            labels: bundle.labels.iter().map(turn).collect(),
            stack: turn(&bundle.stack),
            ..bundle.clone()
        };
        let turn_line = |line: &ModelLine| ModelLine { label: line.label.as_ref().map(turn), ..line.clone() };
        Self {
            size: self.size.iter().map(turn).collect(),
            fixed: vec![None; self.len()],
            hub: self.hub.clone(),
            group: self.group.clone(),
            weight: self.weight.clone(),
            lines: self.lines.iter().map(|line| line.as_ref().map(turn_line)).collect(),
            bundles: self.bundles.iter().map(turn_bundle).collect(),
            at: self.at.clone(),
            aspect: 1.0 / self.aspect,
            seed: self.seed,
        }
    }

    /// Returns the number of boxes.
    pub(super) fn len(&self) -> usize {
        self.size.len()
    }

    /// Returns the indices of the boxes tied to `node`, except itself.
    pub(super) fn neighbors(&self, node: u32) -> impl Iterator<Item = u32> {
        self.at[node as usize].iter().map(move |&k| self.bundles[k as usize].other(node)).filter(move |&o| o != node)
    }

    /// Returns the connected parts as sorted lists of boxes, the largest first.
    pub(super) fn components(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.len()];
        let mut parts = Vec::new();
        for start in 0..self.len() as u32 {
            if std::mem::replace(&mut seen[start as usize], true) {
                continue;
            }
            let mut part = vec![start];
            let mut next = 0;
            while next < part.len() {
                for other in self.neighbors(part[next]) {
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        part.push(other);
                    }
                }
                next += 1;
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        parts
    }

    /// Returns the preferred distance between the centers of a bundle's boxes.
    pub(super) fn ideal_distance(&self, bundle: &Bundle) -> f32 {
        let (a, b) = (self.size[bundle.a as usize], self.size[bundle.b as usize]);
        // A line may come from any side, so each box takes half the mean of its width and height.
        let boxes = (a.x + a.y + b.x + b.y) * 0.25;
        let room = if bundle.lanes.len() > 1 { bundle.stack.x } else { bundle.stack.x * 0.6 };
        boxes + room + 2.0 * STUB + 4.0 * bundle.rows()
    }
}
