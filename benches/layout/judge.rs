//! How good the places of a graph are.

use super::graphs::Graph;

/// Number of nodes from which distances are compared, and whose nearest are looked at.
const SOURCES: usize = 200;
const LOOKED_AT: usize = 3_000;
const NEAREST: usize = 10;

pub struct Verdict {
    /// Normalized stress at the best scale: how far distances on the map are from those along ties; 0 is perfect.
    pub stress: f64,
    /// Share of the ten nearest that are of the same planted community.
    pub purity: Option<f64>,
}

pub fn judge(graph: &Graph, at: &[[f64; 2]]) -> Verdict {
    Verdict { stress: stress(graph, at), purity: graph.community.as_ref().map(|community| purity(community, at)) }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn stress(graph: &Graph, at: &[[f64; 2]]) -> f64 {
    let mut near = vec![Vec::new(); graph.count];
    for &(a, b) in &graph.ties {
        near[a as usize].push(b);
        near[b as usize].push(a);
    }
    let (mut sum, mut squares, mut pairs) = (0.0, 0.0, 0.0);
    for from in (0..graph.count).step_by((graph.count / SOURCES).max(1)) {
        let mut far = vec![u32::MAX; graph.count];
        far[from] = 0;
        let mut queue = vec![from as u32];
        let mut next = 0;
        while let Some(&v) = queue.get(next) {
            next += 1;
            for &u in &near[v as usize] {
                if far[u as usize] == u32::MAX {
                    far[u as usize] = far[v as usize] + 1;
                    queue.push(u);
                }
            }
        }
        for &v in &queue[1..] {
            let ratio = distance(at[from], at[v as usize]) / f64::from(far[v as usize]);
            sum += ratio;
            squares += ratio * ratio;
            pairs += 1.0;
        }
    }
    1.0 - sum * sum / (squares * pairs)
}

fn purity(community: &[u32], at: &[[f64; 2]]) -> f64 {
    let points: Vec<([f64; 2], usize)> = at.iter().copied().zip(0..).collect();
    let tree = rstar::RTree::bulk_load(
        points.iter().map(|&(p, n)| rstar::primitives::GeomWithData::new(p, n)).collect::<Vec<_>>(),
    );
    let (mut same, mut all) = (0, 0);
    for v in (0..at.len()).step_by((at.len() / LOOKED_AT).max(1)) {
        let nearest = tree.nearest_neighbor_iter(at[v]).map(|point| point.data).filter(|&u| u != v).take(NEAREST);
        for u in nearest {
            same += usize::from(community[u] == community[v]);
            all += 1;
        }
    }
    f64::from(same as u32) / f64::from(all as u32)
}
