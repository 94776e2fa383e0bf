//! Exports a document with one set of options to file contents, for both the command line and the window.
//!
//! [`Edition::prepare`] redacts, lays out and draws once; [`Edition::write`] then writes it in any format.

mod adapt;
mod animation;
mod captions;
mod deck;
mod further_pages;
mod html;
mod notes;
mod options;
mod page;
mod pasted;
mod scope;
mod story;

pub use adapt::remaining_texts;
pub use further_pages::{is_further_page, page_path};
pub use options::{Citations, Format, PageParts, PictureOptions, Resolution, Scope, Tone};
pub use page::{Page, Preset};
pub use story::MAX_STEPS;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use emath::vec2;

use crate::derive::{self, LayoutInput};
use crate::document::Document;
use crate::export::animation::AnimationFormat;
use crate::export::bitmap::{self, Bitmap};
use crate::export::html::html_sheet;
use crate::export::pdf::write_pdf;
use crate::export::png;
use crate::export::pptx::{SlideContent, has_too_many_shapes};
use crate::export::svg::write_captioned_svg;
use crate::export::{Captions, ExportError, Frame};
use crate::layout::quality::{self, Quality};
use crate::layout::{Layout, NoProgress, Progress};
use crate::model::Rgb;
use crate::scene::{
    Ground, LabelingCounts, Overflow, Overview, OverviewRoom, Part, ReadableSizes, Scene, Shape, Sheet, SheetInputs,
    SheetOptions, Theme, map_room,
};
use crate::text::{Face, Fonts};

use self::adapt::adapted;

/// A picture ready to be written in every format.
pub struct Edition<'a> {
    document: Document,
    fonts: &'a Fonts,
    options: PictureOptions,
    theme: Theme,
    input: LayoutInput,
    layout: Layout,
    scene: Scene,
    /// Instead of the scene, for a large map.
    overview: Option<Overview>,
    /// Cache of composed pages: for bitmap and SVG, for PDF, for HTML, for slides.
    composed: [OnceLock<Sheet>; 4],
    /// Cache of the steps of the story, if the options ask for them.
    steps: OnceLock<Vec<story::DrawnStep>>,
}

impl<'a> Edition<'a> {
    /// Redacts, lays out, cuts to the scope, and draws; `None` if canceled.
    #[must_use]
    pub fn prepare(
        document: &Document,
        fonts: &'a Fonts,
        options: PictureOptions,
        progress: &dyn Progress,
    ) -> Option<Self> {
        let document = adapted(document, &options);
        let theme = options.theme();
        let laid_out = if options.has_steps { derive::story_document(&document) } else { document.clone() };
        let mut input = derive::build_request(&laid_out, fonts, 1.0);
        if options.citations == Citations::None {
            input = input.without_numbers(&laid_out, fonts);
        }
        let materials = SheetInputs { map: &document.map, plan: &input.plan, fonts, theme: &theme };
        if derive::is_large(&input) {
            let room = OverviewRoom::new(materials, &sheet_options(&options, Overflow::NextPage));
            return Self::prepare_large((document, fonts, options), (input, room), progress);
        }
        let room = map_room(materials, &sheet_options(&options, Overflow::NextPage));
        input.request.aspect = room.x / room.y;
        let mut layout = derive::lay_out(&input, progress)?;
        if let Some((actors, ties)) = scope::kept(&options.scope, &document.map, &input, &layout) {
            (input, layout) = input.excerpt((&document, fonts), &layout, &actors, &ties);
        }
        let scene = derive::build_scene(&document, &input, &layout, &theme);
        Some(Self {
            document,
            fonts,
            options,
            theme,
            input,
            layout,
            scene,
            overview: None,
            composed: Default::default(),
            steps: OnceLock::new(),
        })
    }

    /// Places a large map and cuts it to the scope. If actors lie so close that the page can't hold their cards, nothing
    /// is routed.
    fn prepare_large(
        (document, fonts, options): (Document, &'a Fonts, PictureOptions),
        (mut input, room): (LayoutInput, OverviewRoom),
        progress: &dyn Progress,
    ) -> Option<Self> {
        input.request.aspect = room.size.x / room.size.y;
        let theme = options.theme();
        let centers = derive::lay_out_centers(&input, progress)?;
        let mut layout = Layout { centers, lanes: Vec::new() };
        if let Some((actors, ties)) = scope::kept(&options.scope, &document.map, &input, &layout) {
            (input, layout) = input.excerpt((&document, fonts), &layout, &actors, &ties);
        }
        let overview = derive::is_large(&input)
            .then(|| derive::build_overview(&document.map, &input, &layout.centers, None))
            .filter(|overview| room.is_dense(overview.bounds(), overview.dots().actor_count()));
        let scene = if let Some(overview) = &overview {
            Scene { items: Vec::new(), bounds: overview.bounds(), background: theme.background }
        } else {
            layout = derive::route(&input, &layout.centers);
            derive::build_scene(&document, &input, &layout, &theme)
        };
        let (composed, steps) = Default::default();
        Some(Self { document, fonts, options, theme, input, layout, scene, overview, composed, steps })
    }

    /// Returns the pages for a format.
    #[must_use]
    pub fn sheet(&self, format: Format) -> Sheet {
        self.composed(format).clone()
    }

    /// Returns the pages for a format, composing them on first use.
    fn composed(&self, format: Format) -> &Sheet {
        let place = match format {
            Format::Png | Format::Svg | Format::Gif | Format::Apng => 0,
            Format::Pdf => 1,
            Format::Html => 2,
            Format::Pptx => 3,
        };
        let format = if format.is_moving() { Format::Png } else { format };
        self.composed[place].get_or_init(|| self.compose(format))
    }

    /// Returns the drawn steps of the story; none if the options don't ask for them.
    fn steps(&self) -> &[story::DrawnStep] {
        self.steps.get_or_init(|| if self.options.has_steps { story::draw(self) } else { Vec::new() })
    }

    fn compose(&self, format: Format) -> Sheet {
        if !self.steps().is_empty() && format != Format::Html {
            return story::compose(self, format);
        }
        let overflow = match format {
            Format::Png | Format::Svg | Format::Gif | Format::Apng if self.options.has_notes => Overflow::LeaveOut,
            Format::Png | Format::Svg | Format::Pdf | Format::Pptx | Format::Gif | Format::Apng => Overflow::NextPage,
            Format::Html => Overflow::Grow,
        };
        let mut options = sheet_options(&self.options, overflow);
        if format == Format::Html {
            options = html_sheet(&options, &self.scene);
        }
        let compose = |options: &SheetOptions| match &self.overview {
            Some(overview) => {
                derive::build_overview_sheet(&self.document, &self.input, overview, self.fonts, &self.theme, options)
            }
            None => derive::build_sheet(&self.document, &self.input, &self.scene, self.fonts, &self.theme, options),
        };
        let sheet = compose(&options);
        let is_split = !sheet.more.is_empty();
        if !sheet.lacks_sources && !is_split {
            return sheet;
        }
        let elsewhere = match sheet.more.len() {
            0 => "numbered sources in the notes".to_owned(),
            1 => format!("numbered sources on {} 2", format.page_word()),
            more => format!("numbered sources on {}s 2–{}", format.page_word(), more + 1),
        };
        let remark = options.remark.take().into_iter().chain([elsewhere]);
        options.remark = Some(remark.collect::<Vec<_>>().join(" · "));
        options.has_sources = is_split;
        Sheet { first: compose(&options).first, ..sheet }
    }

    /// Returns the bytes of a file; of a format that has one file per page, those of the first page.
    ///
    /// # Errors
    ///
    /// When the bitmap would be too large, or the format can't hold the picture.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        self.write_with_progress(format, &NoProgress)
    }

    /// As [`Edition::write`], but reports progress, and can be canceled where that takes long.
    ///
    /// # Errors
    ///
    /// As [`Edition::write`], and when it was canceled.
    pub fn write_with_progress(&self, format: Format, progress: &dyn Progress) -> Result<Vec<u8>, ExportError> {
        match format {
            Format::Png => self.png(&self.composed(format).first, (!self.steps().is_empty()).then_some(1)),
            Format::Svg => Ok(self.svg(&self.composed(format).first, &self.captions_of_page(1))),
            Format::Pdf => {
                let sheet = self.composed(format);
                let pages: Vec<Scene> = std::iter::once(&sheet.first).chain(&sheet.more).cloned().collect();
                let points = self.options.page.points_per_px;
                write_pdf(&pages, self.fonts, points, self.background(), &self.captions())
            }
            Format::Html => {
                let options = html_sheet(&sheet_options(&self.options, Overflow::Grow), &self.scene);
                Ok(html::write(self, &options).into_bytes())
            }
            Format::Pptx => deck::write(self),
            Format::Gif => self.write_animation(AnimationFormat::Gif, progress),
            Format::Apng => self.write_animation(AnimationFormat::Apng, progress),
        }
    }

    /// Returns the bytes of the files that hold the pages after the first, for a format that has one file per page.
    ///
    /// # Errors
    ///
    /// As [`Edition::write`].
    pub fn write_further_pages(&self, format: Format) -> Result<Vec<Vec<u8>>, ExportError> {
        if !has_one_file_per_page(format) {
            return Ok(Vec::new());
        }
        let pages = (2..).zip(&self.composed(format).more);
        let write = |(number, page)| match format {
            Format::Png => self.png(page, Some(number)),
            _ => Ok(self.svg(page, &self.captions_of_page(number))),
        };
        pages.map(write).collect()
    }

    fn png(&self, page: &Scene, number: Option<usize>) -> Result<Vec<u8>, ExportError> {
        let bitmap = self.draw(page, self.png_scale())?;
        let dpi = self.png_scale() * 72.0 / self.options.page.points_per_px;
        png::encode_png(&bitmap, dpi, number.map(further_pages::mark).as_deref())
    }

    fn svg(&self, page: &Scene, captions: &Captions) -> Vec<u8> {
        write_captioned_svg(page, self.fonts, &self.frame(page), self.options.text, captions).into_bytes()
    }

    /// Renders every page for a preview, at most `longest_px` pixels on the longer side.
    ///
    /// # Errors
    ///
    /// When a page has no area.
    pub fn preview(&self, format: Format, longest_px: f32) -> Result<Vec<Bitmap>, ExportError> {
        let sheet = self.composed(format);
        let longest = sheet.first.bounds.size().max_elem().max(1.0);
        let scale = (longest_px / longest).min(self.png_scale().max(1.0));
        std::iter::once(&sheet.first).chain(&sheet.more).map(|page| self.draw(page, scale)).collect()
    }

    /// Renders the picture as in a PNG, for the clipboard.
    ///
    /// # Errors
    ///
    /// When the bitmap would be too large.
    pub fn bitmap(&self) -> Result<Bitmap, ExportError> {
        self.draw(&self.composed(Format::Png).first, self.png_scale())
    }

    /// Returns text for speaker notes: the content in sentences, all sources in full and their evidence.
    #[must_use]
    pub fn notes(&self) -> String {
        match self.steps() {
            [] => notes::write(&self.document.map, &self.input.plan, &self.options, None),
            steps => steps.iter().map(|step| step.notes(&self.options)).collect::<Vec<_>>().join("\n\n"),
        }
    }

    /// Returns whether slides show the map as a picture because it has too many shapes to be edited by hand.
    #[must_use]
    pub fn is_slide_too_large(&self) -> bool {
        self.options.slide == SlideContent::Shapes && has_too_many_shapes(&self.composed(Format::Pptx).first)
    }

    /// Returns the number of steps drawn; 0 if the map is drawn as a whole.
    #[must_use]
    pub fn step_count(&self) -> usize {
        self.steps().len()
    }

    /// Measures the readability of the layout.
    #[must_use]
    pub fn quality(&self) -> Quality {
        quality::measure(&self.input.request, &self.layout)
    }

    /// Returns the numbers of actors and ties drawn.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.input.plan.cards.len(), self.input.plan.ties().len())
    }

    /// Returns how many names and labels the first page has.
    #[must_use]
    pub fn labeling(&self, format: Format) -> LabelingCounts {
        self.composed(format).labeling
    }

    /// Returns the smallest font size in selected parts of the first page, in page pixels; `None` without text.
    #[must_use]
    pub fn smallest_text_px(&self, format: Format, is_meant: impl Fn(Part) -> bool) -> Option<f32> {
        let sheet = self.composed(format);
        let items = sheet.first.items.iter().filter(|item| item.min_scale <= 1.0 && is_meant(item.part));
        let sizes = items.flat_map(|item| &item.shapes).filter_map(|shape| match shape {
            Shape::Text { text, .. } if text.style.face != Face::Icon => Some(text.style.size),
            _ => None,
        });
        sizes.min_by(f32::total_cmp)
    }

    /// Returns the characters that no available font has.
    #[must_use]
    pub fn missing(&self) -> Vec<char> {
        // A composed picture contains all text, unless it leaves sources to the notes.
        let made = self.composed[0].get().filter(|sheet| !sheet.lacks_sources);
        let sheet = made.unwrap_or_else(|| self.composed(Format::Pdf));
        let missing = std::iter::once(&sheet.first).chain(&sheet.more).flat_map(Scene::missing);
        missing.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn draw(&self, page: &Scene, scale: f32) -> Result<Bitmap, ExportError> {
        bitmap::draw(page, self.fonts, &self.frame(page), scale)
    }

    /// Returns the number of PNG pixels per page pixel.
    fn png_scale(&self) -> f32 {
        self.options.resolution.scale(self.options.page)
    }

    fn frame(&self, page: &Scene) -> Frame {
        let size = page.bounds.size();
        // The height of a page that has grown is rounded up to whole pixels.
        let height = if size.y > self.options.page.size_px.y + 0.01 { size.y.ceil() } else { size.y };
        Frame { view: page.bounds, size_px: vec2(size.x, height), background: self.background() }
    }

    fn background(&self) -> Option<Rgb> {
        (self.theme.ground != Ground::Any).then_some(self.theme.background)
    }

    fn captions(&self) -> Captions {
        let (map, plan) = (&self.document.map, &self.input.plan);
        let mut captions = captions::build(map, plan, &self.options, self.overview.is_some());
        // Steps may show ties by themselves that are in a ribbon on the whole map.
        for (part, caption) in self.steps().iter().flat_map(|step| step.captions(&self.options).parts) {
            captions.parts.entry(part).or_insert(caption);
        }
        captions
    }

    /// Returns the captions of a page in a file of its own.
    fn captions_of_page(&self, number: usize) -> Captions {
        match (self.steps().get(number - 1), number) {
            (Some(step), _) => step.marked_captions(&self.options, &further_pages::mark(number)),
            (None, 1) => self.captions(),
            (None, _) => self.captions().of_page(&further_pages::mark(number)),
        }
    }
}

/// Returns whether each page of a format is a file of its own.
#[must_use]
pub fn has_one_file_per_page(format: Format) -> bool {
    matches!(format, Format::Png | Format::Svg)
}

fn sheet_options(options: &PictureOptions, overflow: Overflow) -> SheetOptions {
    let readable = ReadableSizes::of_page(options.page.points_per_px);
    SheetOptions {
        size_px: options.page.size_px,
        has_title: options.parts.title,
        has_caption: false,
        has_legend: options.parts.legend,
        has_sources: options.citations == Citations::Full,
        has_coverage: options.parts.coverage,
        has_credits: options.parts.credits,
        overflow,
        readable: (overflow != Overflow::Grow).then_some(readable),
        least_text_px: if options.page.is_print && overflow != Overflow::Grow { readable.label_px } else { 0.0 },
        remark: options.redaction.remark(),
    }
}
