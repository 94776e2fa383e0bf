//! Rectangles as a structure of arrays, so that one can be tested against many at once.

use emath::Rect;

/// Number of rectangles compared in one step.
const WIDE: usize = 8;

/// Rectangles, padded to whole steps with some that intersect nothing.
#[derive(Clone)]
pub(super) struct Reaches {
    left: Vec<f32>,
    right: Vec<f32>,
    top: Vec<f32>,
    bottom: Vec<f32>,
}

impl Reaches {
    /// Creates `count` rectangles that intersect nothing.
    pub(super) fn new(count: usize) -> Self {
        let filled = count.next_multiple_of(WIDE);
        let (far, near) = (vec![f32::INFINITY; filled], vec![f32::NEG_INFINITY; filled]);
        Self { left: far.clone(), right: near.clone(), top: far, bottom: near }
    }

    pub(super) fn set(&mut self, index: usize, rect: Rect) {
        self.left[index] = rect.min.x;
        self.right[index] = rect.max.x;
        self.top[index] = rect.min.y;
        self.bottom[index] = rect.max.y;
    }

    /// Collects the indices, from `from` on, of all other rectangles that intersect rectangle `index`, in order.
    pub(super) fn near(&self, index: usize, from: usize, near: &mut Vec<u32>) {
        near.clear();
        let (left, right) = (self.left[index], self.right[index]);
        let (top, bottom) = (self.top[index], self.bottom[index]);
        let first = from / WIDE;

        let across = steps(&self.left, first).zip(steps(&self.right, first));
        let down = steps(&self.top, first).zip(steps(&self.bottom, first));
        for (step, ((lefts, rights), (tops, bottoms))) in across.zip(down).enumerate() {
            // Integers instead of booleans, so that the comparisons vectorize.
            let mut hits = [0_u32; WIDE];
            for n in 0..WIDE {
                hits[n] = u32::from(lefts[n] <= right)
                    & u32::from(rights[n] >= left)
                    & u32::from(tops[n] <= bottom)
                    & u32::from(bottoms[n] >= top);
            }
            if hits == [0; WIDE] {
                continue;
            }
            let start = (first + step) * WIDE;
            let found = (start..).zip(hits).filter(|&(other, hit)| hit > 0 && other >= from && other != index);
            near.extend(found.map(|(other, _)| other as u32));
        }
    }
}

/// Returns one side of all rectangles in steps, from step `first` on.
fn steps(side: &[f32], first: usize) -> impl Iterator<Item = &[f32; WIDE]> {
    side.as_chunks().0[first..].iter()
}

#[cfg(test)]
mod tests {
    use emath::{pos2, vec2};

    use super::*;

    #[test]
    fn what_touches_is_found_in_order_and_nothing_else() {
        let rects: Vec<Rect> = (0..37)
            .map(|i| {
                Rect::from_min_size(pos2((i * 7 % 11) as f32 * 10.0, (i * 5 % 13) as f32 * 10.0), vec2(34.0, 29.0))
            })
            .collect();
        let mut reaches = Reaches::new(rects.len());
        rects.iter().enumerate().for_each(|(index, rect)| reaches.set(index, *rect));
        let mut near = Vec::new();
        let mut found = 0;
        for (index, rect) in rects.iter().enumerate() {
            for from in [0, 3, 8, 30] {
                reaches.near(index, from, &mut near);
                let others = (from..rects.len()).filter(|&other| other != index && rects[other].intersects(*rect));
                assert_eq!(near, others.map(|other| other as u32).collect::<Vec<_>>());
                found += near.len();
            }
        }
        assert!(found > 50 && found < 37 * 37, "some touch, others do not: {found}");
    }
}
