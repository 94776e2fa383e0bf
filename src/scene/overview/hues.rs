//! Hues of areas, as on a political map: neighbors differ.

use super::Overview;
use super::areas::MapArea;
use super::network::OverviewDots;
use crate::model::{ActorId, Rgb};
use crate::scene::Theme;

/// Penalty for the hue of an area that touches.
const TOUCHING: f32 = 100.0;
/// How much less a hue that only looks alike counts.
const ALIKE: f32 = 1.0 / 3.0;

/// Pairs of hues that look alike, beside those between two blues.
const LOOK_ALIKES: [[u32; 2]; 6] = [
    [0xee_66_77, 0xcc_79_a7],
    [0xcc_bb_44, 0xe6_9f_00],
    [0xd5_5e_00, 0xe6_9f_00],
    [0x22_88_33, 0x00_9e_73],
    [0xaa_33_77, 0xcc_79_a7],
    [0x66_cc_ee, 0x56_b4_e9],
];
const BLUES: [u32; 4] = [0x44_77_aa, 0x66_cc_ee, 0x56_b4_e9, 0x00_72_b2];

/// Chooses hues, largest area first: the one least used nearby, then the one least used. Areas of `earlier` keep theirs
/// as long as no neighbor has it.
pub(super) fn choose(areas: &mut [MapArea], dots: &OverviewDots, spacing: f32, earlier: Option<&Overview>) {
    let hues = Theme::area_hues(areas.len());
    let radius = |area: &MapArea| spacing * (area.members.len() as f32 / std::f32::consts::PI).sqrt();
    let mut chosen: Vec<usize> = Vec::with_capacity(areas.len());
    let mut used = vec![0_u32; hues.len()];
    for index in 0..areas.len() {
        let area = &areas[index];
        let mut penalties = vec![0.0_f32; hues.len()];
        for ((number, other), &hue) in (0..).zip(areas.iter()).zip(&chosen) {
            let near = 1.0 - area.center.distance(other.center) / (2.6 * (radius(area) + radius(other)));
            let is_touching = area.neighbors.binary_search(&number).is_ok();
            let weight = 3.0 * near.max(0.0) + if is_touching { TOUCHING } else { 0.0 };
            for (penalty, &candidate) in penalties.iter_mut().zip(hues) {
                if candidate == hues[hue] {
                    *penalty += weight;
                } else if is_look_alike(candidate, hues[hue]) {
                    *penalty += weight * ALIKE;
                }
            }
        }
        let kept = earlier.and_then(|earlier| hue_of(earlier, dots.actor(area.hub)?));
        let kept = kept.and_then(|hue| hues.iter().position(|&other| other == hue));
        let best = (0..hues.len())
            .min_by(|&a, &b| penalties[a].total_cmp(&penalties[b]).then(used[a].cmp(&used[b])).then(a.cmp(&b)));
        let hue = kept.filter(|&hue| penalties[hue] < TOUCHING).or(best).unwrap_or(0);
        used[hue] += 1;
        chosen.push(hue);
    }
    for (area, hue) in areas.iter_mut().zip(chosen) {
        area.hue = hues[hue];
    }
}

fn hue_of(earlier: &Overview, hub: ActorId) -> Option<Rgb> {
    let is_same = |area: &&MapArea| earlier.dots().actor(area.hub) == Some(hub);
    earlier.areas().iter().find(is_same).map(|area| area.hue)
}

fn is_look_alike(a: Rgb, b: Rgb) -> bool {
    let [a, b] = [a, b].map(|Rgb([red, green, blue])| u32::from_be_bytes([0, red, green, blue]));
    LOOK_ALIKES.contains(&[a, b]) || LOOK_ALIKES.contains(&[b, a]) || BLUES.contains(&a) && BLUES.contains(&b)
}
