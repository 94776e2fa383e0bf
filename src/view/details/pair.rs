//! Details of several ties between one pair of actors, as represented by a ribbon.

use crate::analysis::{PairSummary, summarize_pair};
use crate::model::{Item, Map, TieId};
use crate::wording::{actor_name, counted, directions_text, kinds_text, number, pair_title};

use super::super::line::tie_lines;
use super::whole_map::push_counts;
use super::{Block, Blocks, DetailRow, Details, Link};

/// The maximum number of kinds in the subtitle.
const MAX_KINDS: usize = 6;

/// Builds the details of two or more ties between the same two actors; `None` for any other selection.
pub(super) fn of_selection(map: &Map, selection: &[Item]) -> Option<Details> {
    let tie = |item: &Item| if let Item::Tie(tie) = item { Some(*tie) } else { None };
    let ties: Option<Vec<TieId>> = selection.iter().map(tie).collect();
    let ties = ties.filter(|ties| ties.len() > 1)?;
    summarize_pair(map, &ties).map(|summary| of_pair(map, &summary))
}

/// Builds the details of the ties of a pair: counts, then a line for each tie.
pub(super) fn of_pair(map: &Map, summary: &PairSummary) -> Details {
    let mut blocks = Blocks::default();
    let count = summary.ties.len();
    let [one, other] = summary.pair.actors();
    let mut actors = vec![one, other];
    actors.dedup();
    for actor in actors {
        blocks.link_row("Actor", actor_name(map, actor), Link::Item(Item::Actor(actor)));
    }
    blocks.row("Direction", directions_text(map, summary.pair, (summary.forward, summary.backward), count));
    for &(kind, number) in &summary.kinds {
        let value = kinds_text(map, &[(kind, number)], 1);
        let detail = Some(counted(number, "tie", "ties"));
        blocks.0.push(Block::Row(DetailRow { label: "Kind".into(), value, detail, link: None, entry: None }));
    }
    push_counts(&mut blocks, map, &summary.ties);
    blocks.lines("Ties", number(count), tie_lines(map, summary.ties.iter().copied()));
    Details {
        claim: None,
        answer: None,
        title: pair_title(map, summary.pair, summary.forward, summary.backward),
        subtitle: format!("{}: {}", counted(count, "tie", "ties"), kinds_text(map, &summary.kinds, MAX_KINDS)),
        figure: None,
        exact_figure: None,
        blocks: blocks.0,
        ..Details::default()
    }
}
