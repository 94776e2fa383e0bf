//! The captions of steps: how much room they have on the page of their step, and the pages with those that need more.

use std::sync::Arc;

use emath::{Rect, pos2};

use super::block::{BlockBuilder, CAPTION_WIDTH, SUBTITLE, SheetBlock, placed};
use super::options::{SheetInputs, SheetOptions};
use super::sources::foot_at_bottom;
use crate::model::Rgb;
use crate::scene::{Part, Scene};
use crate::text::{Face, Text};
use crate::wording::{counted, visible};

/// Maximum number of pages of captions.
pub const MAX_CAPTION_PAGES: usize = 100;

/// A caption that is cut on the page of its step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongCaption {
    /// What it is of.
    pub heading: String,
    /// The whole caption.
    pub text: String,
}

/// Pages of captions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaptionPages {
    /// The pages.
    pub pages: Vec<Scene>,
    /// The index of the page on which each caption begins; `None` for those that are left out.
    pub starts: Vec<Option<usize>>,
    /// The index of the first caption that is left out, at least in part; all later ones are left out as well.
    pub first_left_out: Option<usize>,
}

/// Returns whether the caption of a page is longer than its room.
#[must_use]
pub fn is_caption_cut(materials: SheetInputs<'_>, options: &SheetOptions) -> bool {
    BlockBuilder::new(materials, options).head_texts().is_some_and(|head| head.subtitle.is_some_and(|text| text.is_cut))
}

/// Composes pages with the whole captions.
#[must_use]
pub fn compose_caption_pages(
    materials: SheetInputs<'_>,
    options: &SheetOptions,
    captions: &[LongCaption],
    background: Rgb,
) -> CaptionPages {
    let builder = BlockBuilder::new(materials, options);
    let mut composed = CaptionPages::default();
    let mut page = CaptionPage::new(&builder);
    for (index, caption) in captions.iter().enumerate() {
        let text = visible(&caption.text);
        let mut rest = text.trim();
        let mut heading = caption.heading.clone();
        if !page.is_empty() && !page.has_room_for_start() && !composed.is_at_last_page() {
            composed.pages.push(page.finish(&builder, background));
            page = CaptionPage::new(&builder);
        }
        // The last page keeps room for the line that says what is left out.
        let has_room = !composed.is_at_last_page() || page.has_room_for_start();
        composed.starts.push((composed.first_left_out.is_none() && has_room).then_some(composed.pages.len()));
        if composed.first_left_out.is_some() || !has_room {
            composed.first_left_out.get_or_insert(index);
            continue;
        }
        while !rest.is_empty() {
            rest = page.add(&builder, &heading, rest, usize::from(composed.is_at_last_page()));
            if !rest.is_empty() {
                if composed.is_at_last_page() {
                    composed.first_left_out = Some(index);
                    break;
                }
                heading = format!("{}, continued", caption.heading);
                composed.pages.push(page.finish(&builder, background));
                page = CaptionPage::new(&builder);
            }
        }
    }
    if let Some(first) = composed.first_left_out {
        let is_begun = composed.starts[first].is_some();
        page.add_remark(&builder, &left_out_line(captions.len() - first - usize::from(is_begun), is_begun));
    }
    if !page.is_empty() {
        composed.pages.push(page.finish(&builder, background));
    }
    composed
}

impl CaptionPages {
    /// Returns whether the page that is being filled is the last.
    fn is_at_last_page(&self) -> bool {
        self.pages.len() + 1 >= MAX_CAPTION_PAGES
    }
}

/// Says what the pages leave out, given the number of captions that are on none of them.
fn left_out_line(count: usize, is_begun: bool) -> String {
    let whole = counted(count, "caption", "captions");
    let left_out = match (count, is_begun) {
        (0, _) => "the rest of this caption".to_owned(),
        (_, true) => format!("the rest of this caption, and {whole}"),
        (_, false) => whole,
    };
    format!("Left out after {MAX_CAPTION_PAGES} pages of captions: {left_out}")
}

/// A page that is being filled.
struct CaptionPage {
    block: SheetBlock,
    /// Height of the block without captions, and the height that it may have.
    empty_height: f32,
    room: f32,
    /// Height of a line, and space above a heading.
    line: f32,
    gap: f32,
}

impl CaptionPage {
    fn new(builder: &BlockBuilder<'_>) -> Self {
        let block = builder.running_head("Captions", builder.inner_width());
        let room = builder.size.y - 2.0 * builder.margin() - builder.foot().height - builder.gap();
        Self { empty_height: block.height, room, line: builder.caption_line(), gap: builder.gap(), block }
    }

    fn is_empty(&self) -> bool {
        self.block.height <= self.empty_height
    }

    /// Returns whether a heading and two lines find room, and a line below them.
    fn has_room_for_start(&self) -> bool {
        self.block.height + 2.0 * self.gap + 4.0 * self.line <= self.room
    }

    /// Adds as much of a text as finds room but for `free_lines`, at least a line; returns the rest.
    fn add<'a>(&mut self, builder: &BlockBuilder<'_>, heading: &str, text: &'a str, free_lines: usize) -> &'a str {
        let width = builder.inner_width().min(CAPTION_WIDTH * builder.unit);
        let heading = builder.text(heading, Face::Regular, SUBTITLE, width, 1);
        let reserved = if free_lines > 0 { self.gap + free_lines as f32 * self.line } else { 0.0 };
        let free = self.room - self.block.height - self.gap - heading.size.y - reserved;
        let (text, rest) = builder.first_lines(text, width, (free / self.line).floor().max(1.0) as usize);
        let below = pos2(0.0, heading.size.y);
        let height = heading.size.y + text.size.y;
        let shapes = builder.plated(vec![
            placed(&heading, pos2(0.0, 0.0), builder.theme.text),
            placed(&text, below, builder.theme.muted),
        ]);
        self.block.push_below(self.gap, SheetBlock::of(Part::Sources, shapes, width, height));
        rest
    }

    /// Adds a line of its own.
    fn add_remark(&mut self, builder: &BlockBuilder<'_>, text: &str) {
        let width = builder.inner_width();
        let text = builder.text(text, Face::Regular, SUBTITLE, width, 1);
        let shapes = builder.plated(vec![placed(&text, pos2(0.0, 0.0), builder.theme.text)]);
        self.block.push_below(self.gap, SheetBlock::of(Part::Sources, shapes, width, text.size.y));
    }

    fn finish(self, builder: &BlockBuilder<'_>, background: Rgb) -> Scene {
        let mut items = Vec::new();
        self.block.place(pos2(builder.margin(), builder.margin()), &mut items);
        foot_at_bottom(builder, builder.foot(), &mut items);
        Scene { items, bounds: Rect::from_min_size(pos2(0.0, 0.0), builder.size), background }
    }
}

impl BlockBuilder<'_> {
    /// Returns the first lines of a text, and the rest of the text.
    fn first_lines<'a>(&self, text: &'a str, width: f32, lines: usize) -> (Arc<Text>, &'a str) {
        let shape = |text: &str| self.text(text, Face::Regular, SUBTITLE, width, usize::MAX);
        let whole = shape(text);
        // The last line of a text that is too long to be shaped at once is not complete.
        let most = if whole.is_cut { lines.min(whole.lines.len().saturating_sub(1)).max(1) } else { lines };
        if whole.lines.len() <= most && !whole.is_cut {
            return (whole, "");
        }
        let end = whole
            .lines
            .iter()
            .take(most)
            .try_fold(0, |at, line| Some(at + text[at..].find(&line.text)? + line.text.len()));
        let (first, rest) = text.split_at(end.filter(|&end| end > 0).unwrap_or(text.len()));
        (shape(first), rest.trim_start())
    }
}
