//! Alignment and even spacing of boxes: computes their new centers.

use emath::{Pos2, Rect, pos2};

/// A way to align or distribute boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Left edges on one line.
    Left,
    /// Centers on one vertical line.
    Center,
    /// Right edges on one line.
    Right,
    /// Top edges on one line.
    Top,
    /// Centers on one horizontal line.
    Middle,
    /// Bottom edges on one line.
    Bottom,
    /// Equal gaps from left to right; the outermost boxes stay.
    SpreadAcross,
    /// Equal gaps from top to bottom; the outermost boxes stay.
    SpreadDown,
}

impl Alignment {
    /// Returns the minimum number of boxes for which the alignment has an effect.
    #[must_use]
    pub fn least_boxes(self) -> usize {
        if matches!(self, Self::SpreadAcross | Self::SpreadDown) { 3 } else { 2 }
    }

    /// Returns the verb of the undo label, as in "Align 3 actors".
    #[must_use]
    pub fn verb(self) -> &'static str {
        if matches!(self, Self::SpreadAcross | Self::SpreadDown) { "Distribute" } else { "Align" }
    }
}

/// Computes the new centers of the boxes, in the order given.
#[must_use]
pub fn aligned(boxes: &[Rect], alignment: Alignment) -> Vec<Pos2> {
    let all = boxes.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
    let each = |place: fn(Rect, Rect) -> Pos2| boxes.iter().map(|&rect| place(all, rect)).collect();
    match alignment {
        Alignment::Left => each(|all, rect| pos2(all.left() + rect.width() / 2.0, rect.center().y)),
        Alignment::Center => each(|all, rect| pos2(all.center().x, rect.center().y)),
        Alignment::Right => each(|all, rect| pos2(all.right() - rect.width() / 2.0, rect.center().y)),
        Alignment::Top => each(|all, rect| pos2(rect.center().x, all.top() + rect.height() / 2.0)),
        Alignment::Middle => each(|all, rect| pos2(rect.center().x, all.center().y)),
        Alignment::Bottom => each(|all, rect| pos2(rect.center().x, all.bottom() - rect.height() / 2.0)),
        Alignment::SpreadAcross => {
            let spans: Vec<(f32, f32)> = boxes.iter().map(|rect| (rect.left(), rect.right())).collect();
            spread(&spans).into_iter().zip(boxes).map(|(x, rect)| pos2(x, rect.center().y)).collect()
        }
        Alignment::SpreadDown => {
            let spans: Vec<(f32, f32)> = boxes.iter().map(|rect| (rect.top(), rect.bottom())).collect();
            spread(&spans).into_iter().zip(boxes).map(|(y, rect)| pos2(rect.center().x, y)).collect()
        }
    }
}

/// Computes the new midpoints of spans (start, end) with equal gaps between the first and the last span. If there is no
/// room, the overlaps are equal.
fn spread(spans: &[(f32, f32)]) -> Vec<f32> {
    let middle = |index: usize| f32::midpoint(spans[index].0, spans[index].1);
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)).then(a.cmp(&b)));
    let mut middles: Vec<f32> = (0..spans.len()).map(middle).collect();
    let [first, inner @ .., last] = order.as_slice() else { return middles };
    let lengths: f32 = inner.iter().map(|&index| spans[index].1 - spans[index].0).sum();
    let gap = (spans[*last].0 - spans[*first].1 - lengths) / (inner.len() + 1) as f32;
    let mut at = spans[*first].1;
    for &index in inner {
        let length = spans[index].1 - spans[index].0;
        middles[index] = at + gap + length / 2.0;
        at += gap + length;
    }
    middles
}

#[cfg(test)]
mod tests {
    use emath::{Pos2, Rect, pos2, vec2};

    use super::{Alignment, aligned};

    fn boxes(list: &[(f32, f32, f32, f32)]) -> Vec<Rect> {
        list.iter().map(|&(x, y, width, height)| Rect::from_center_size(pos2(x, y), vec2(width, height))).collect()
    }

    fn moved(list: &[(f32, f32, f32, f32)], alignment: Alignment) -> Vec<Rect> {
        let before = boxes(list);
        let centers = aligned(&before, alignment);
        before
            .iter()
            .zip(centers)
            .map(|(rect, center): (_, Pos2)| Rect::from_center_size(center, rect.size()))
            .collect()
    }

    const THREE: [(f32, f32, f32, f32); 3] =
        [(0.0, 0.0, 40.0, 20.0), (100.0, 50.0, 80.0, 30.0), (30.0, 200.0, 20.0, 60.0)];

    #[test]
    fn edges_and_centers_come_to_lie_on_one_line() {
        let one_line = |alignment, place: fn(&Rect) -> f32, wanted: f32| {
            let after = moved(&THREE, alignment);
            assert!(after.iter().all(|rect| (place(rect) - wanted).abs() < 1e-3), "{alignment:?}: {after:?}");
        };
        one_line(Alignment::Left, Rect::left, -20.0);
        one_line(Alignment::Right, Rect::right, 140.0);
        one_line(Alignment::Center, |rect| rect.center().x, 60.0);
        one_line(Alignment::Top, Rect::top, -10.0);
        one_line(Alignment::Bottom, Rect::bottom, 230.0);
        one_line(Alignment::Middle, |rect| rect.center().y, 110.0);
    }

    #[test]
    fn the_other_direction_stays() {
        let after = moved(&THREE, Alignment::Left);
        assert_eq!(after.iter().map(|rect| rect.center().y).collect::<Vec<_>>(), [0.0, 50.0, 200.0]);
    }

    #[test]
    fn gaps_become_equal_and_the_outermost_stay() {
        let across = moved(
            &[(0.0, 0.0, 40.0, 20.0), (200.0, 9.0, 20.0, 20.0), (50.0, 5.0, 60.0, 20.0)],
            Alignment::SpreadAcross,
        );
        assert_eq!((across[0].center(), across[1].center()), (pos2(0.0, 0.0), pos2(200.0, 9.0)));
        assert_eq!(across[2].left() - across[0].right(), across[1].left() - across[2].right());
        let down = moved(&THREE, Alignment::SpreadDown);
        assert!((down[1].top() - down[0].bottom() - (down[2].top() - down[1].bottom())).abs() < 1e-3, "{down:?}");
    }

    #[test]
    fn few_boxes_and_tight_ones_do_no_harm() {
        assert_eq!(aligned(&[], Alignment::Left), []);
        let one = boxes(&[(3.0, 4.0, 10.0, 10.0)]);
        for alignment in [Alignment::Right, Alignment::SpreadDown] {
            assert_eq!(aligned(&one, alignment), [pos2(3.0, 4.0)]);
        }
        let tight = aligned(
            &boxes(&[(0.0, 0.0, 50.0, 9.0), (1.0, 0.0, 50.0, 9.0), (6.0, 0.0, 50.0, 9.0)]),
            Alignment::SpreadAcross,
        );
        assert_eq!(tight, [pos2(0.0, 0.0), pos2(3.0, 0.0), pos2(6.0, 0.0)]);
    }
}
