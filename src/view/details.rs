//! The details of a selection: a title and a list of blocks from top to bottom.

mod actor;
mod claim;
mod connection;
mod entries;
mod metadata;
mod pair;
mod proving;
mod source;
mod whole_map;

use std::borrow::Cow;

use crate::analysis::PairSummary;
use crate::document::Shown;
use crate::document::edit::TextEntry;
use crate::model::{ClaimId, Item, Map};

use super::{CitedSentence, EvidenceDetails, Line, Link, Mark};

/// One labeled value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailRow {
    /// Its label: "Amount".
    pub label: Cow<'static, str>,
    /// Its value: "more than $13 billion (> 13,000,000,000 USD)".
    pub value: String,
    /// A smaller text below the value.
    pub detail: Option<String>,
    /// The target of a click on the value.
    pub link: Option<Link>,
    /// What is typed to change it.
    pub entry: Option<TextEntry>,
}

/// One block of the details panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading with a count or a remark: "Evidence", "1 independent publisher".
    Heading(String, String),
    /// A sentence or a paragraph.
    Text(String),
    /// Highlighted warnings.
    Marks(Vec<Mark>),
    /// A labeled value.
    Row(DetailRow),
    /// A clickable record.
    Line(Line),
    /// A tie as a sentence, with the numbers of its sources.
    Cited(CitedSentence),
    /// A labeled value that stays in the window: the table that a record was made from, fields outside the format.
    Private(DetailRow),
    /// A piece of evidence.
    Evidence(Box<EvidenceDetails>),
}

/// The contents of the details panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The claim that "Copy citation" copies.
    pub claim: Option<ClaimId>,
    /// The text that "Copy answer" copies.
    pub answer: Option<String>,
    /// The title: "Microsoft → OpenAI".
    pub title: String,
    /// The line below the title: "Investment · active".
    pub subtitle: String,
    /// The highlighted figure: "more than $13 billion".
    pub figure: Option<String>,
    /// The figure in digits, if that differs: ">13,000,000,000 USD".
    pub exact_figure: Option<String>,
    /// The remaining contents, from top to bottom.
    pub blocks: Vec<Block>,
    /// The record, if the details are those of one.
    pub item: Option<Item>,
    /// Its fields that are still empty, with their labels.
    pub empty: Vec<(&'static str, TextEntry)>,
}

/// Builds the details of a selection: of the whole map if nothing is selected, else of one record or of all together.
///
/// `shown` is the visible part of the map; sums and counts include only visible ties.
#[must_use]
pub fn build_details(map: &Map, selection: &[Item], shown: &Shown) -> Details {
    let mut details = match selection {
        [] => build_map_details(map, Some(&MapCounts::new(map, shown))),
        [Item::Tie(tie)] => claim::of_tie(map, *tie),
        [Item::Fact(fact)] => claim::of_fact(map, *fact),
        [Item::Actor(actor)] => actor::of_actor(map, *actor),
        [Item::Source(source)] => source::of_source(map, *source),
        [Item::Actor(one), Item::Actor(other)] => connection::of_two(map, [*one, *other], shown),
        several => pair::of_selection(map, several).unwrap_or_else(|| whole_map::of_several(map, several, shown)),
    };
    if let [item] = selection {
        entries::mark(&mut details, map, *item);
    }
    details
}

/// Builds the details of a ribbon: counts, then a line for each tie.
#[must_use]
pub fn build_pair_details(map: &Map, summary: &PairSummary) -> Details {
    pair::of_pair(map, summary)
}

/// Blocks under construction.
#[derive(Default)]
struct Blocks(Vec<Block>);

impl Blocks {
    fn text(&mut self, text: Option<&str>) {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        self.0.extend(text.map(|text| Block::Text(crate::wording::visible(text).into_owned())));
    }

    fn row(&mut self, label: &'static str, value: Option<String>) {
        self.0.extend(
            value.map(|value| {
                Block::Row(DetailRow { label: label.into(), value, detail: None, link: None, entry: None })
            }),
        );
    }

    fn link_row(&mut self, label: &'static str, value: String, link: Link) {
        self.0.push(Block::Row(DetailRow { label: label.into(), value, detail: None, link: Some(link), entry: None }));
    }

    fn web_row(&mut self, label: &'static str, url: Option<&str>) {
        if let Some(url) = url {
            let link = super::WebLink::new(url);
            self.link_row(label, link.shown.clone(), Link::Web(link));
        }
    }

    /// Adds a heading with its lines; nothing if there are no lines.
    fn lines(&mut self, heading: &str, note: String, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.0.push(Block::Heading(heading.to_owned(), note));
            self.0.extend(lines.into_iter().map(Block::Line));
        }
    }
}

pub use entries::entries_of;
pub use proving::{ProofQuestion, proof_question};
pub use whole_map::{MapCounts, build_map_details};

#[cfg(test)]
#[path = "details_tests.rs"]
mod tests;
