//! Writes pictures of the map to files or the clipboard, and screenshots of the window.
//!
//! Pictures are created by a job, because large ones take a while. They use `publish`, as the command line and the
//! preview of the export dialog do.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use egui::ColorImage;

use crate::export::bitmap::Bitmap;
use crate::export::png;
use crate::jobs::JobContext;
use crate::publish::{Edition, Format, has_one_file_per_page, is_further_page, page_path};
use crate::save::{Disk, KeptStory, open_companions, open_outputs, write_outputs};

use crate::app::ask::picture_order::PictureOrder;
use crate::app::flow::task::Task;
use crate::app::platform::CopiedPicture;
use crate::app::ui::bitmap::color_image;

/// The output of a picture job.
pub(crate) enum MadePicture {
    /// The written files: the picture, notes if requested, and further pages.
    Files {
        paths: Vec<PathBuf>,
        /// What is to be said instead of the paths: which slides of a deck that is kept have changed.
        report: Option<String>,
    },
    /// The first page for the clipboard.
    Copied {
        /// For a clipboard that takes one form only.
        image: ColorImage,
        /// All forms, unless there is more than a clipboard can hold.
        forms: Option<CopiedPicture>,
        /// The number of pages.
        pages: usize,
    },
}

/// The most bytes of a form on the clipboard. An X server takes some 16 MB at once.
const MAX_COPIED: usize = 12_000_000;

impl MadePicture {
    /// Draws the first page for the clipboard.
    pub(crate) fn copied(edition: &Edition<'_>) -> anyhow::Result<Self> {
        let image = color_image(&edition.bitmap()?);
        let (png, svg) = (edition.write(Format::Png)?, edition.write(Format::Svg)?);
        let forms = CopiedPicture { html: edition.clipboard_html(&png), png, svg };
        let most = forms.png.len().max(forms.svg.len()).max(forms.html.len());
        let forms = Some(forms).filter(|_| most <= MAX_COPIED);
        Ok(Self::Copied { image, forms, pages: 1 + edition.sheet(Format::Png).more.len() })
    }
}

/// A running picture job.
pub(crate) type PictureTask = Task<anyhow::Result<MadePicture>>;

/// The files that a picture is written to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PictureTarget {
    pub(crate) picture: PathBuf,
    pub(crate) format: Format,
    /// The path of the picture, if an extension was added to the chosen name.
    pub(crate) altered_name: Option<PathBuf>,
    pub(crate) notes: Option<PathBuf>,
    /// Whether the picture is a story of several pages.
    has_steps: bool,
}

impl PictureTarget {
    /// Determines the output paths. A name without the extension of a known format gets that of the order.
    pub(crate) fn new(path: &Path, order: &PictureOrder) -> Self {
        let asked_for = Format::of_path(path);
        let format = asked_for.unwrap_or(order.format);
        let mut picture = path.to_owned();
        if asked_for.is_none() {
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(format!(".{}", format.ending()));
            picture.set_file_name(name);
        }
        let notes = order.options.has_notes.then(|| {
            let stem = picture.file_stem().unwrap_or_default().to_string_lossy();
            picture.with_file_name(format!("{stem}-notes.txt"))
        });
        let has_steps = order.options.has_steps;
        Self { altered_name: asked_for.is_none().then(|| picture.clone()), picture, format, notes, has_steps }
    }
}

impl PictureTarget {
    /// Writes the files. `map` is the path of the open map, which is never overwritten; nor is the deck or moving picture of
    /// a story. Other pictures of a story are numbered from the first page on.
    pub(crate) fn write(
        mut self,
        map: Option<&Path>,
        job: &JobContext,
        edition: &Edition<'_>,
    ) -> anyhow::Result<MadePicture> {
        let is_kept = self.has_steps && (self.format == Format::Pptx || self.format.is_moving());
        let kept = if is_kept { KeptStory::find(&self.picture, page_path)? } else { None };
        if let Some(story) = &kept {
            self.picture.clone_from(&story.new);
        } else if let Some(taken) = self.altered_name.filter(|path| path.exists()) {
            bail!("{} already exists; type the name with its extension to replace it", taken.display());
        }
        let is_numbered = self.has_steps && has_one_file_per_page(self.format);
        let mut paths: Vec<PathBuf> =
            (!is_numbered).then(|| self.picture.clone()).into_iter().chain(self.notes).collect();
        let named: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let mut outputs = open_outputs(&named, map.as_slice(), &Disk)?;
        // Everything is encoded before anything is written, so that an error leaves all files unchanged.
        let first = edition.write_with_progress(self.format, job)?;
        if kept.as_ref().is_some_and(|story| story.is_same(&first)) {
            return Ok(MadePicture::Files { paths: Vec::new(), report: kept.map(|story| story.report(&first)) });
        }
        let report = kept.map(|story| story.report(&first));
        let (mut files, mut further) = if is_numbered { (Vec::new(), vec![first]) } else { (vec![first], Vec::new()) };
        let first_number = if is_numbered { 1 } else { 2 };
        if paths.len() > files.len() {
            files.push(edition.notes().into_bytes());
        }
        further.extend(edition.write_further_pages(self.format)?);
        let numbers = first_number..first_number + further.len();
        let further_paths: Vec<PathBuf> = numbers.map(|number| page_path(&self.picture, number)).collect();
        let taken: Vec<&Path> = map.into_iter().chain(named).collect();
        outputs.extend(open_companions(&further_paths, &taken, is_further_page, &Disk)?);
        files.extend(further);
        paths.extend(further_paths);
        ensure!(job.seal(), "it was canceled");
        write_outputs(outputs.into_iter().zip(files).collect(), &Disk)?;
        Ok(MadePicture::Files { paths, report })
    }
}

pub(crate) fn write_screenshot(image: &ColorImage, path: &Path, map: Option<&Path>) -> anyhow::Result<()> {
    let [width, height] = image.size;
    let rgba = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let bitmap = Bitmap { width_px: width as u32, height_px: height as u32, rgba };
    let bytes = png::encode_png(&bitmap, 96.0, None).context("could not encode it")?;
    let outputs = open_outputs(&[path], map.as_slice(), &Disk)?;
    write_outputs(outputs.into_iter().map(|output| (output, &bytes)).collect(), &Disk)?;
    Ok(())
}
