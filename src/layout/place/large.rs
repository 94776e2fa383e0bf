//! Places the actors of large maps. Ties within communities are made stronger, so that communities are seen at once,
//! apart and with white space between; parts without ties to the rest are packed by size.

mod coarsest;
mod communities;
mod finish;
mod fixed;
mod forces;
mod graph;
mod lift;
mod louvain;
mod parts;
mod quadtree;
mod repulsion;
mod spacing;
#[cfg(test)]
mod tests;
mod unfold;

use emath::{Pos2, Vec2};

use self::graph::Graph;
use crate::layout::Progress;
use crate::layout::model::Model;

/// Returns the center of each box; `None` if canceled.
pub(super) fn place(model: &Model, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    let graph = graph(model);
    let parts = parts::each(&graph, |part| unfold::unfold(part, model.seed, progress))?;
    let mut community = vec![0; graph.len()];
    number(parts.iter().map(|(nodes, (_, of))| (nodes, of)), &mut community);
    let parts: Vec<_> = parts.into_iter().map(|(nodes, (at, _))| (nodes, at)).collect();
    Some(finish::finished(model, &graph, &community, &parts))
}

/// Returns a place for each box as if it were a point, before the map is fitted to boxes and page; `None` if canceled.
pub(super) fn points(model: &Model, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    let parts = parts::each(&graph(model), |part| unfold::unfold(part, model.seed, progress))?;
    let parts: Vec<_> = parts.into_iter().map(|(nodes, (at, _))| (nodes, at)).collect();
    Some(parts::packed(model.len(), &parts, model.aspect).into_iter().map(Vec2::to_pos2).collect())
}

/// Returns the community of each box, numbered from 0.
pub(super) fn communities(model: &Model) -> Vec<u32> {
    let graph = graph(model);
    let mut community = vec![0; graph.len()];
    let parts = parts::each(&graph, |part| Some(unfold::communities(part, model.seed)));
    number(parts.iter().flatten().map(|(nodes, of)| (nodes, of)), &mut community);
    community
}

/// Numbers the communities of all parts.
fn number<'a>(parts: impl Iterator<Item = (&'a Vec<u32>, &'a Vec<u32>)>, community: &mut [u32]) {
    let mut first = 0;
    for (nodes, of) in parts {
        for (&v, of) in nodes.iter().zip(of) {
            community[v as usize] = first + of;
        }
        first += of.iter().max().map_or(0, |last| last + 1);
    }
}

fn graph(model: &Model) -> Graph {
    let pairs = model.lines.iter().flatten().map(|line| (line.from, line.to));
    Graph::new(model.len(), &pairs.collect::<Vec<_>>())
}
