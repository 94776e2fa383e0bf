//! Positions of the entries of a legend's group: columns, or one after another.

/// Least space between columns, as a multiple of that between entries that follow one another.
const NARROW: f32 = 0.5;

/// Returns the left end and the row of each entry: in columns if one row is not enough, else one after another. Columns
/// are of one width where that takes no more rows, else each is as wide as its widest entry. Entries whose lengths differ
/// too much for columns follow one another.
pub(super) fn cells(widths: &[f32], room: f32, gap: f32) -> Vec<(f32, usize)> {
    let running = running_cells(widths, room, gap);
    let running_rows = running.last().map_or(0, |&(_, row)| row + 1);
    let column_widths = |count: usize| -> Vec<f32> {
        let widest = |column: usize| widths.iter().skip(column).step_by(count).copied().fold(0.0, f32::max);
        (0..count).map(widest).collect()
    };
    // Columns may be closer than entries that follow one another.
    let widest_with = |gap: f32| {
        let fits = |count: &usize| column_widths(*count).iter().sum::<f32>() + gap * (count - 1) as f32 <= room;
        (2..widths.len()).rev().find(fits).map(|count| (count, gap))
    };
    let (count, gap) = widest_with(gap).or_else(|| widest_with(NARROW * gap)).unwrap_or((1, gap));
    let rows = |columns: usize| widths.len().div_ceil(columns);
    if running_rows <= 1 || (count == 1 && rows(1) > running_rows) || rows(count) > running_rows + 1 {
        return running;
    }
    let widest = widths.iter().copied().fold(0.0, f32::max);
    let uniform = (((room + gap) / (widest + gap)).floor() as usize).max(1);
    let columns = if rows(uniform) <= rows(count) { vec![widest; uniform] } else { column_widths(count) };
    let next = |left: &mut f32, width: f32| Some(std::mem::replace(left, *left + width + gap));
    let lefts: Vec<f32> = columns.into_iter().scan(0.0, next).collect();
    (0..widths.len()).map(|index| (lefts[index % lefts.len()], index / lefts.len())).collect()
}

/// Returns the left end and the row of entries that follow one another.
fn running_cells(widths: &[f32], room: f32, gap: f32) -> Vec<(f32, usize)> {
    let (mut left, mut row) = (0.0, 0);
    let place = |&width: &f32| {
        if left > 0.0 && left + width > room {
            left = 0.0;
            row += 1;
        }
        let cell = (left, row);
        left += width + gap;
        cell
    };
    widths.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn entries_of_several_rows_line_up() {
        assert_eq!(cells(&[40.0, 30.0, 40.0], 100.0, 10.0), [(0.0, 0), (50.0, 0), (0.0, 1)]);
        assert_eq!(cells(&[40.0, 30.0], 100.0, 10.0), [(0.0, 0), (50.0, 0)]);
        // Columns of their own widths, so that nothing is ragged.
        let ragged = [40.0, 20.0, 30.0, 60.0, 20.0, 10.0, 20.0];
        let expected = [(0.0, 0), (70.0, 0), (100.0, 0), (0.0, 1), (70.0, 1), (100.0, 1), (0.0, 2)];
        assert_eq!(cells(&ragged, 130.0, 10.0), expected);
        assert_eq!(cells(&[90.0, 20.0, 30.0, 30.0], 100.0, 10.0), [(0.0, 0), (0.0, 1), (30.0, 1), (70.0, 1)]);
        assert_eq!(cells(&[], 100.0, 10.0), []);
    }
}
