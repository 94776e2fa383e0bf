//! Chooses the 256 colors of a GIF: the most frequent ones exactly, so that flat areas and text stay clean, and the
//! means of groups of the others (median cut, Heckbert 1982).

use std::collections::HashMap;

/// Number of colors.
const SIZE: usize = 256;
/// Number of colors that are kept exactly.
const EXACT: usize = 128;

/// How often each color occurs.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    counts: HashMap<[u8; 3], u64>,
}

/// The chosen colors, with the place of the nearest for each color that occurs.
#[derive(Debug)]
pub(super) struct ColorTable {
    pub(super) colors: Vec<[u8; 3]>,
    nearest: HashMap<[u8; 3], u8>,
}

type Counted = ([u8; 3], u64);

impl Histogram {
    /// Counts the colors of opaque pixels.
    pub(super) fn add(&mut self, rgba: &[u8]) {
        let (pixels, _) = rgba.as_chunks::<4>();
        for run in pixels.chunk_by(|a, b| a == b) {
            let [red, green, blue, _] = run[0];
            *self.counts.entry([red, green, blue]).or_default() += run.len() as u64;
        }
    }

    /// Chooses the colors.
    pub(super) fn color_table(self) -> ColorTable {
        let mut all: Vec<Counted> = self.counts.into_iter().collect();
        all.sort_unstable_by_key(|&(color, count)| (std::cmp::Reverse(count), color));
        let mut colors: Vec<[u8; 3]> = all.iter().take(EXACT).map(|(color, _)| *color).collect();
        let rest = all.get(EXACT..).unwrap_or_default();
        if rest.len() <= SIZE - EXACT {
            colors.extend(rest.iter().map(|(color, _)| *color));
        } else {
            colors.extend(cut(rest.to_vec(), SIZE - EXACT).iter().map(|group| mean(group)));
        }
        colors.sort_unstable();
        colors.dedup();
        let nearest = all.iter().map(|(color, _)| (*color, nearest(&colors, *color))).collect();
        ColorTable { colors, nearest }
    }
}

impl ColorTable {
    /// Returns the place of the color nearest to that of each pixel.
    pub(super) fn indices(&self, rgba: &[u8]) -> Vec<u8> {
        let (pixels, _) = rgba.as_chunks::<4>();
        let mut indices = Vec::with_capacity(pixels.len());
        for run in pixels.chunk_by(|a, b| a == b) {
            let [red, green, blue, _] = run[0];
            let index = self.nearest.get(&[red, green, blue]).copied().unwrap_or_default();
            indices.resize(indices.len() + run.len(), index);
        }
        indices
    }
}

/// Divides colors into groups of about the same weight, along the channel in which each group is widest.
fn cut(colors: Vec<Counted>, count: usize) -> Vec<Vec<Counted>> {
    let mut groups = vec![colors];
    while groups.len() < count {
        let widest =
            groups.iter().enumerate().max_by_key(|(index, group)| (spread(group).0, std::cmp::Reverse(*index)));
        let Some((index, (width, channel))) = widest.map(|(index, group)| (index, spread(group))) else { break };
        if width == 0 {
            break;
        }
        let mut group = groups.swap_remove(index);
        group.sort_unstable_by_key(|&(color, _)| (color[channel], color));
        let half = group.iter().map(|(_, count)| count).sum::<u64>() / 2;
        let mut sum = 0;
        let at = group.iter().position(|(_, count)| {
            sum += count;
            sum > half
        });
        let upper = group.split_off(at.unwrap_or(0).clamp(1, group.len() - 1));
        groups.extend([group, upper]);
    }
    groups
}

/// Returns the width of a group in its widest channel, and the channel.
fn spread(group: &[Counted]) -> (u8, usize) {
    let width = |channel: usize| {
        let values = || group.iter().map(|(color, _)| color[channel]);
        values().max().unwrap_or(0) - values().min().unwrap_or(0)
    };
    (0..3).map(|channel| (width(channel), channel)).max().unwrap_or((0, 0))
}

fn mean(group: &[Counted]) -> [u8; 3] {
    let total = group.iter().map(|(_, count)| count).sum::<u64>().max(1);
    [0, 1, 2].map(|channel| {
        let sum: u64 = group.iter().map(|(color, count)| u64::from(color[channel]) * count).sum();
        ((sum + total / 2) / total) as u8
    })
}

fn nearest(colors: &[[u8; 3]], color: [u8; 3]) -> u8 {
    let distance = |other: &[u8; 3]| -> u32 {
        // The eye sees differences of green best, those of blue least.
        let weighted = [2, 4, 1].into_iter().zip(color.iter().zip(other));
        weighted.map(|(weight, (a, b))| weight * u32::from(a.abs_diff(*b)).pow(2)).sum()
    };
    let best = colors.iter().enumerate().min_by_key(|(index, other)| (distance(other), *index));
    best.map_or(0, |(index, _)| index as u8)
}
