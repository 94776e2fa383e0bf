//! A request made safe to compute with: sizes and places within reason, lines between the same
//! two boxes gathered into bundles. Nothing behind this reads the raw request's numbers again.

use std::collections::BTreeMap;

use emath::{Pos2, Vec2, vec2};

use super::{Bend, Request};

/// Places farther out than this count as not given; computing with them would lose all precision.
const FARTHEST: f32 = 1.0e6;
/// Free height between two stacked labels.
pub(super) const LABEL_GAP: f32 = 6.0;
/// Lines wider than this are reckoned with as if they were so wide.
const WIDEST: f32 = 40.0;
/// How much longer and broader than its line the smallest arrowhead is.
const HEAD: f32 = 6.8;
/// From more lanes of a pair than this on, the room that they take together grows no further.
const MOST_ROWS: f32 = 60.0;
/// Length that a line shows on each side of its label, arrowhead included.
pub(super) const STUB: f32 = 20.0;

/// The cleaned request.
pub(super) struct Model {
    /// Full size of each box.
    pub size: Vec<Vec2>,
    /// Places given by hand.
    pub fixed: Vec<Option<Pos2>>,
    /// Whether each box is a hub.
    pub hub: Vec<bool>,
    /// Group of each box.
    pub group: Vec<u32>,
    /// Weight of each box, finite and not negative.
    pub weight: Vec<f32>,
    /// The lines; `None` for one whose ends do not exist.
    pub lines: Vec<Option<ModelLine>>,
    /// The lines by pair of boxes, in order of first appearance.
    pub bundles: Vec<Bundle>,
    /// Numbers of the bundles at each box.
    pub at: Vec<Vec<u32>>,
    /// Width over height wanted.
    pub aspect: f32,
    /// Chooses among equally good pictures.
    pub seed: u64,
}

/// A cleaned line.
#[derive(Clone)]
pub(super) struct ModelLine {
    /// The box it leaves.
    pub from: u32,
    /// The box it enters.
    pub to: u32,
    /// Stroke width.
    pub width: f32,
    /// Whether an arrowhead stands at `to`.
    pub arrow: bool,
    /// Size of its label.
    pub label: Option<Vec2>,
    /// Weight of its label.
    pub weight: f32,
    /// A bend given by hand.
    pub bend: Option<Bend>,
}

impl ModelLine {
    /// Length that its arrowhead takes.
    pub(super) fn head(&self) -> f32 {
        if self.arrow { HEAD + self.width } else { 0.0 }
    }

    /// Breadth that it takes where it meets a box.
    pub(super) fn breadth_at(&self, node: u32) -> f32 {
        if self.arrow && node == self.to { HEAD + 1.24 * self.width } else { self.width }
    }
}

/// All lines between two boxes (or from one box to itself) that the program routes.
#[derive(Clone)]
pub(super) struct Bundle {
    /// The box with the lower number.
    pub a: u32,
    /// The box with the higher number; equal to `a` for lines from a box to itself.
    pub b: u32,
    /// The lines from left to right as seen from `a` toward `b`: those to `a`, undirected ones, those to `b`.
    pub lanes: Vec<u32>,
    /// The lines that a hand has bent, which go their own ways.
    pub bent: Vec<u32>,
    /// Label sizes in the order of `lanes`; zero for none.
    pub labels: Vec<Vec2>,
    /// Width of the widest label and height of all labels stacked.
    pub stack: Vec2,
    /// How much closer the lanes lie than their labels need, 1 for as they need: where they are very many, most labels
    /// find no room.
    pub squeeze: f32,
    /// What arrowheads and widths add to the length that is needed beside a label.
    pub heads: f32,
    /// Arrows toward `b` less those toward `a`, as a share of its lines, from -1 to 1.
    pub flow: f32,
    /// How much its lines weigh together in a crossing: the root of their number, so that two bundles count as the mean.
    pub breadth: f32,
}

impl Bundle {
    /// Whether it leads from a box to itself.
    pub(super) fn is_loop(&self) -> bool {
        self.a == self.b
    }

    /// How many rows its lanes take.
    pub(super) fn rows(&self) -> f32 {
        (self.lanes.len() as f32).min(MOST_ROWS)
    }

    /// The other end.
    pub(super) fn other(&self, node: u32) -> u32 {
        if node == self.a { self.b } else { self.a }
    }

    /// Whether two bundles meet in a box.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.a == other.a || self.a == other.b || self.b == other.a || self.b == other.b
    }
}

fn cleaned(value: f32, low: f32, high: f32) -> f32 {
    if value.is_finite() { value.clamp(low, high) } else { low }
}

fn cleaned_bend(bend: Bend) -> Option<Bend> {
    let is_finite = bend.along.is_finite() && bend.across.is_finite();
    let (along, across) = (bend.along.clamp(-100.0, 100.0), bend.across.clamp(-FARTHEST, FARTHEST));
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

/// Where a lane stands in its bundle: lines toward `a` first, toward `b` last.
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
        // A line bent by hand goes its own way; only its bundle's other lines share the room.
        let bundle = &mut bundles[at];
        if line.bend.is_none() { bundle.lanes.push(index as u32) } else { bundle.bent.push(index as u32) }
    }
    for bundle in &mut bundles {
        bundle.measure(lines);
    }
    bundles
}

impl Bundle {
    /// Brings its lanes into their order and measures what they take.
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
        self.squeeze = (MOST_ROWS / self.lanes.len().max(1) as f32).min(1.0);
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
    /// Cleans a request.
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
        let near = |p: &Pos2| p.x.abs() <= FARTHEST && p.y.abs() <= FARTHEST;
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

    /// The bundle of a line.
    pub(super) fn bundle_of(&self, line: u32) -> Option<usize> {
        let of = self.lines.get(line as usize)?.as_ref()?;
        let (a, b) = (of.from.min(of.to), of.from.max(of.to));
        let at = self.at[a as usize].iter().map(|&k| k as usize);
        at.into_iter().find(|&k| (self.bundles[k].a, self.bundles[k].b) == (a, b))
    }

    /// Bends a line by hand, or no more; gives its bundle and the bend before.
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

    /// The same turned over its diagonal: what is wide becomes high. Places given by hand are left out.
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

    /// How many boxes there are.
    pub(super) fn len(&self) -> usize {
        self.size.len()
    }

    /// Numbers of the boxes tied to `node`, without itself.
    pub(super) fn neighbors(&self, node: u32) -> impl Iterator<Item = u32> {
        self.at[node as usize].iter().map(move |&k| self.bundles[k as usize].other(node)).filter(move |&o| o != node)
    }

    /// The connected parts, each a sorted list of boxes, the largest first.
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

    /// Distance that the centers of a bundle's two boxes should have.
    pub(super) fn ideal_distance(&self, bundle: &Bundle) -> f32 {
        let (a, b) = (self.size[bundle.a as usize], self.size[bundle.b as usize]);
        // A line comes from any side; half of the mean width and height is what a box takes of it.
        let boxes = (a.x + a.y + b.x + b.y) * 0.25;
        let room = if bundle.lanes.len() > 1 { bundle.stack.x } else { bundle.stack.x * 0.6 };
        boxes + room + 2.0 * STUB + 4.0 * bundle.rows()
    }
}
