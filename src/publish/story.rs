//! The steps of a story as pages: drawn once, then composed for each format.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{Citations, Edition, Format, PictureOptions, captions, notes, sheet_options};
use crate::derive::{self, LayoutInput, StepPicture, StoryLayout};
use crate::document::Shown;
use crate::export::Captions;
use crate::hidden_characters::{prose, visible};
use crate::model::{ActorId, Map, ResolvedStep, StepCamera, StoryStep, TieId};
use crate::scene::{
    CaptionPages, LongCaption, MAX_CAPTION_PAGES, Overflow, Part, Scene, Sheet, SheetInputs, SheetOptions, StoryPage,
    StorySheet, compose_caption_pages, compose_source_pages, compose_story, is_caption_cut,
};
use crate::wording::joined_and;

/// Most steps of a story that are drawn.
pub const MAX_STEPS: usize = 500;

/// A step of a story, drawn.
#[derive(Debug)]
pub(super) struct DrawnStep {
    /// Its title, which no other step has.
    pub(super) title: String,
    /// Its picture; title and subtitle of its map are title and caption of the step.
    pub(super) picture: StepPicture,
    pub(super) resolved: ResolvedStep,
    speaker_notes: Option<String>,
}

impl DrawnStep {
    /// Returns the captions of its page as a file of its own, with a mark in the description.
    pub(super) fn marked_captions(&self, options: &PictureOptions, mark: &str) -> Captions {
        let captions = self.captions(options);
        let description = format!("{mark}: {}", captions.description);
        Captions { description, ..captions }
    }

    /// Returns the captions of its page.
    pub(super) fn captions(&self, options: &PictureOptions) -> Captions {
        let StepPicture { document, input, overview, .. } = &self.picture;
        captions::build(&document.map, &input.plan, options, overview.is_some())
    }

    /// Returns the text for the speaker: what is to be said, and everything shown with its sources.
    pub(super) fn notes(&self, options: &PictureOptions) -> String {
        notes::write(&self.picture.document.map, &self.picture.input.plan, options, self.speaker_notes.as_deref())
    }

    /// Returns the notes of its slide: without sources if the slides have none.
    pub(super) fn notes_on_slide(&self, options: &PictureOptions, has_citations: bool) -> Option<String> {
        if has_citations { Some(self.notes(options)) } else { self.speaker_notes.as_deref().map(prose) }
    }

    fn materials<'a>(&'a self, edition: &'a Edition<'_>) -> SheetInputs<'a> {
        let StepPicture { document, input, .. } = &self.picture;
        SheetInputs { map: &document.map, plan: &input.plan, fonts: edition.fonts, theme: &edition.theme }
    }

    fn page<'a>(
        &'a self,
        edition: &'a Edition<'_>,
        options: &'a SheetOptions,
        is_in_focus: &'a dyn Fn(Part) -> bool,
    ) -> StoryPage<'a> {
        let StepPicture { bright: scene, view, .. } = &self.picture;
        StoryPage {
            materials: self.materials(edition),
            scene,
            is_in_focus: self.resolved.focus.as_ref().map(|_| is_in_focus),
            view: *view,
            is_cropped: matches!(self.resolved.camera, StepCamera::At(_)),
            options,
        }
    }
}

/// Draws the steps of an edition.
pub(super) fn draw(edition: &Edition<'_>) -> Vec<DrawnStep> {
    let (document, input, layout) = (&edition.document, &edition.input, &edition.layout);
    let layout = StoryLayout { document, fonts: edition.fonts, input, layout, whole: edition.scene.bounds };
    let steps = document.steps();
    let titles = titles(steps);
    let drawn = steps.iter().zip(titles).map(|(step, title)| {
        let resolved = layout.resolve(step);
        let mut picture = layout.draw(&resolved, &edition.theme);
        let map = picture.document.map.with_heading(Some(title.clone()), step.caption.clone());
        picture.document = picture.document.with_parts(Arc::new(map), Arc::clone(&picture.document.look));
        DrawnStep { title, picture, resolved, speaker_notes: step.notes.clone() }
    });
    drawn.collect()
}

/// Returns the titles of steps, which differ, since slides are found by their titles.
fn titles(steps: &[StoryStep]) -> Vec<String> {
    let mut taken = HashSet::new();
    let titled = (1..).zip(steps).map(|(number, step)| {
        let title = step.title.as_deref().map(visible).filter(|title| !title.trim().is_empty());
        unique(title.map_or_else(|| format!("Step {number}"), std::borrow::Cow::into_owned), &mut taken)
    });
    titled.collect()
}

/// Returns a title, with a number if it is taken.
pub(super) fn unique(title: String, taken: &mut HashSet<String>) -> String {
    let numbered = (2..=usize::MAX).map(|number| format!("{title} ({number})"));
    let free = std::iter::once(title.clone()).chain(numbered).find(|title| !taken.contains(title));
    let free = free.unwrap_or(title);
    taken.insert(free.clone());
    free
}

/// Composes the pages of a story: one for each step, then those with the sources.
pub(super) fn compose(edition: &Edition<'_>, format: Format) -> Sheet {
    let overflow = match format {
        Format::Png | Format::Svg if edition.options.has_notes => Overflow::LeaveOut,
        _ => Overflow::NextPage,
    };
    let plain = step_options(edition, overflow);
    let captions = caption_pages(edition, &plain, format);
    let first = compose_steps(edition, (&plain, format), &captions, None);
    let has_sources = plain.has_sources && !is_unsourced(edition);
    let lacks_sources = has_sources && !first.has_sources;
    // Files of one page each are seen alone, so sources that all of them have are not repeated.
    let is_repeated = !super::has_one_file_per_page(format);
    let more = if has_sources && overflow == Overflow::NextPage && (lacks_sources || is_repeated) {
        source_pages(edition, &plain, !first.has_legend)
    } else {
        Vec::new()
    };
    let steps = edition.steps().len() + captions.pages.len();
    let elsewhere = lacks_sources.then(|| match more.len() {
        0 => "numbered sources in the notes".to_owned(),
        1 => format!("numbered sources on {} {}", format.page_word(), steps + 1),
        count => format!("numbered sources on {}s {}–{}", format.page_word(), steps + 1, steps + count),
    });
    let story = match &elsewhere {
        Some(elsewhere) => compose_steps(edition, (&plain, format), &captions, Some(elsewhere)),
        None => first,
    };
    let labeling = story.pages.first().map(|(_, counts)| *counts).unwrap_or_default();
    let caption_pages = captions.pages.len();
    let further = captions.pages.into_iter().chain(more.iter().cloned());
    let mut pages = story.pages.into_iter().map(|(page, _)| page).chain(further);
    let first = pages.next().unwrap_or_else(|| edition.scene.clone());
    Sheet {
        first,
        more: pages.collect(),
        caption_pages,
        lacks_sources: lacks_sources && more.is_empty(),
        labeling,
        placement: None,
    }
}

/// Returns the options of the pages of steps.
fn step_options(edition: &Edition<'_>, overflow: Overflow) -> SheetOptions {
    SheetOptions { has_caption: true, ..sheet_options(&edition.options, overflow) }
}

impl Edition<'_> {
    /// Returns the numbers of the steps whose captions are too long for their pages; the whole captions are on pages of
    /// their own, or in the notes.
    #[must_use]
    pub fn long_captions(&self) -> Vec<usize> {
        long_of(self, &step_options(self, Overflow::NextPage))
    }

    /// Says which captions are too long for their pages, and where they are whole; `None` if all have room.
    #[must_use]
    pub fn long_captions_line(&self, format: Format) -> Option<String> {
        let steps = self.long_captions().into_iter().map(|step| step.to_string()).collect::<Vec<_>>();
        if format == Format::Html {
            return None;
        }
        let captions = match &*steps {
            [] => return None,
            [step] => format!("The caption of step {step} is too long for its page; read it"),
            steps => format!("The captions of steps {} are too long for their pages; read them", joined_and(steps)),
        };
        let place = match self.composed(format).caption_pages {
            0 => "in the notes",
            1 => "on a further page",
            _ => "on further pages",
        };
        let left_out = self.left_out_captions(format).into_iter().map(|step| step.to_string()).collect::<Vec<_>>();
        let after = format!(". Left out, at least in part, after {MAX_CAPTION_PAGES} pages:");
        let left_out = match &*left_out {
            [] => String::new(),
            [step] => format!("{after} that of step {step}"),
            steps => format!("{after} those of steps {}", joined_and(steps)),
        };
        Some(format!("{captions} {place}{left_out}"))
    }

    /// Returns the numbers of the steps whose long captions are not whole on any page or in the notes.
    fn left_out_captions(&self, format: Format) -> Vec<usize> {
        if self.composed(format).caption_pages < MAX_CAPTION_PAGES {
            return Vec::new();
        }
        let options = step_options(self, Overflow::NextPage);
        let CaptionPages { first_left_out, .. } = caption_pages(self, &options, format);
        first_left_out.map_or_else(Vec::new, |first| long_of(self, &options).split_off(first))
    }
}

fn long_of(edition: &Edition<'_>, options: &SheetOptions) -> Vec<usize> {
    let is_long = |step: &DrawnStep| is_caption_cut(step.materials(edition), options);
    (1..).zip(edition.steps()).filter(|(_, step)| is_long(step)).map(|(number, _)| number).collect()
}

/// Composes pages with the captions that are too long for the pages of their steps, unless they are in the notes.
fn caption_pages(edition: &Edition<'_>, options: &SheetOptions, format: Format) -> CaptionPages {
    if edition.options.has_notes && super::has_one_file_per_page(format) {
        return CaptionPages::default();
    }
    let long = long_of(edition, options).into_iter().map(|number| {
        let step = &edition.steps()[number - 1];
        let text = step.picture.document.map.meta().subtitle.clone().unwrap_or_default();
        LongCaption { heading: format!("Step {number}: {}", step.title), text }
    });
    let long: Vec<LongCaption> = long.collect();
    let (map, plan) = (&edition.document.map, &edition.input.plan);
    let materials = SheetInputs { map, plan, fonts: edition.fonts, theme: &edition.theme };
    compose_caption_pages(materials, options, &long, edition.theme.background)
}

/// Composes the pages of the steps. `elsewhere` says where their sources are if they are not on the pages.
fn compose_steps(
    edition: &Edition<'_>,
    (plain, format): (&SheetOptions, Format),
    captions: &CaptionPages,
    elsewhere: Option<&str>,
) -> StorySheet {
    let steps = edition.steps();
    let long = long_of(edition, plain);
    let options: Vec<SheetOptions> = (1..=steps.len())
        .map(|number| {
            let place = place_in_story(&edition.document.map, &edition.options, number, steps.len());
            let caption = long.iter().position(|&long| long == number).map(|at| match captions.starts.get(at) {
                Some(Some(start)) => format!("full caption on {} {}", format.page_word(), steps.len() + start + 1),
                Some(None) => "full caption left out".to_owned(),
                None => "full caption in the notes".to_owned(),
            });
            let remark =
                plain.remark.as_deref().into_iter().chain(caption.as_deref()).chain(elsewhere).chain([&*place]);
            let remark = Some(remark.collect::<Vec<_>>().join(" · "));
            SheetOptions { remark, has_sources: plain.has_sources && elsewhere.is_none(), ..plain.clone() }
        })
        .collect();
    let focus: Vec<_> = steps
        .iter()
        .map(|step| |part| derive::is_part_in_focus(&step.resolved, &step.picture.input.plan, part))
        .collect();
    let pages = steps.iter().zip(&options).zip(&focus);
    let pages: Vec<StoryPage<'_>> =
        pages.map(|((step, options), is_in_focus)| step.page(edition, options, is_in_focus)).collect();
    let mut story = compose_story(&pages, edition.scene.bounds);
    for (step, (options, page)) in steps.iter().zip(options.iter().zip(&mut story.pages)) {
        if let Some(overview) = &step.picture.overview {
            let StepPicture { document, input, .. } = &step.picture;
            let sheet = derive::build_overview_sheet(document, input, overview, edition.fonts, &edition.theme, options);
            let scene = match step.resolved.focus {
                Some(_) => sheet.first.faded(|part| derive::is_part_in_focus(&step.resolved, &input.plan, part)),
                None => sheet.first,
            };
            *page = (scene, sheet.labeling);
        }
    }
    story
}

/// Says which step of which story a page shows.
fn place_in_story(map: &Map, options: &PictureOptions, number: usize, count: usize) -> String {
    let title = map.meta().title.as_deref().filter(|_| options.parts.title);
    match title {
        Some(title) => format!("{}, step {number} of {count}", visible(title)),
        None => format!("Step {number} of {count}"),
    }
}

/// Returns the input of everything that any step shows.
fn union(edition: &Edition<'_>) -> LayoutInput {
    let shown = || edition.steps().iter().map(|step| &step.resolved.shown);
    let actors: BTreeSet<ActorId> = shown().flat_map(Shown::actors).collect();
    let ties: BTreeSet<TieId> = shown().flat_map(Shown::ties).collect();
    edition.input.excerpt((&edition.document, edition.fonts), &edition.layout, &actors, &ties).0
}

fn is_unsourced(edition: &Edition<'_>) -> bool {
    let map = &edition.document.map;
    let mut ties = edition.steps().iter().flat_map(|step| step.resolved.shown.ties());
    edition.options.citations != Citations::Full || ties.all(|tie| map.tie(tie).claim.evidence.is_empty())
}

fn source_pages(edition: &Edition<'_>, options: &SheetOptions, has_legend: bool) -> Vec<Scene> {
    let input = union(edition);
    let materials =
        SheetInputs { map: &edition.document.map, plan: &input.plan, fonts: edition.fonts, theme: &edition.theme };
    compose_source_pages(materials, options, has_legend, edition.theme.background)
}
