//! A proof of the picture before it is saved: its preview, its size, and warnings.

use egui::ColorImage;
use emath::Vec2;

use crate::export::animation::AnimationSize;
use crate::jobs::JobContext;
use crate::model::{ActorId, Redactor, RemainingText};
use crate::publish::{Edition, Format, PictureOptions, Resolution, remaining_texts};
use crate::scene::Sheet;
use crate::text::Fonts;
use crate::wording::{self, counted};

use super::fit::Shortage;
use crate::app::ask::picture_order::PictureOrder;
use crate::app::ui::bitmap::color_image;

/// The file size of bitmaps with more pixels is estimated from a smaller one, because rendering them takes seconds.
const WEIGHED_PX: f32 = 24e6;

/// The file size of a bitmap grows with about this power of its side length.
const GROWTH: f32 = 1.2;

/// The file size of moving pictures with more pages is not estimated.
const MAX_WEIGHED_PAGES: usize = 12;

/// The preview of a picture with facts about it.
pub(super) struct Proof {
    /// Images of the pages, at least one.
    pub(super) pages: Vec<ColorImage>,
    /// Size and contents, such as "1920 × 1080 px".
    pub(super) facts: Vec<String>,
    /// Things to check before publishing the picture.
    pub(super) warnings: Vec<String>,
    /// What the picture lacks for want of room; the warnings say it too.
    pub(super) shortage: Shortage,
    /// What remains after redaction, for review; `None` if nothing is redacted.
    pub(super) review: Option<Review>,
}

/// What remains after redaction.
pub(super) struct Review {
    /// The remaining texts, suspicious ones first.
    pub(super) remaining: Vec<RemainingText>,
    /// Actors whose name is withheld only because they share it with a redacted actor, with that name.
    pub(super) bearers: Vec<(ActorId, String)>,
}

impl Review {
    /// Returns a warning that points to the review, which is below the redaction lists, if any text is suspicious.
    fn warning(&self) -> Option<String> {
        let suspicious = self.remaining.iter().filter(|text| text.suspicion.is_some()).count();
        (suspicious > 0).then(|| format!("{} worth a look under Review", counted(suspicious, "text is", "texts are")))
    }

    fn new(order: &PictureOrder) -> Option<Self> {
        let PictureOrder { document, options, .. } = order;
        if options.redaction.is_empty() {
            return None;
        }
        let bearers = Redactor::new(&document.map, &options.redaction).bearers().into_iter();
        Some(Self {
            remaining: remaining_texts(document, options),
            bearers: bearers.map(|id| (id, wording::actor_name(&document.map, id))).collect(),
        })
    }
}

impl Proof {
    /// Creates the proof; `longest_px` is the longer side of each page image.
    ///
    /// # Errors
    ///
    /// Fails if the job was canceled or the picture can't be created.
    pub(super) fn new(order: &PictureOrder, fonts: &Fonts, longest_px: f32, job: &JobContext) -> anyhow::Result<Self> {
        let edition = order.prepare(fonts, job)?;
        let pages = edition.preview(order.format, longest_px)?.iter().map(color_image).collect();
        anyhow::ensure!(!job.is_canceled(), "it was canceled");
        let sheet = edition.sheet(order.format);
        let mut facts = vec![extent(order, &sheet)];
        if !sheet.more.is_empty() {
            let (one, many) = match order.format {
                Format::Pptx => ("slide", "slides"),
                Format::Gif | Format::Apng => ("picture", "pictures"),
                Format::Png | Format::Svg | Format::Pdf | Format::Html => ("page", "pages"),
            };
            let count = counted(1 + sheet.more.len(), one, many);
            facts.push(if order.format.is_moving() {
                format!("{count} in {} s", edition.moving_secs().round())
            } else {
                count
            });
        }
        let (actors, ties) = edition.counts();
        facts.push(format!("{}, {}", counted(actors, "actor", "actors"), counted(ties, "tie", "ties")));
        facts.extend(weight(order, &edition, &sheet, fonts, job)?);
        let review = Review::new(order);
        let shortage = Shortage::of(&edition, order);
        let mut warnings = warnings(order, &edition, &sheet, shortage);
        warnings.extend(review.as_ref().and_then(Review::warning));
        Ok(Self { pages, facts, warnings, shortage, review })
    }
}

/// Returns the size of the first page in pixels and on paper.
fn extent(order: &PictureOrder, sheet: &Sheet) -> String {
    let page = order.options.page;
    let size = sheet.first.bounds.size();
    let inches = size * page.points_per_px / 72.0;
    let millimeters = (inches * 25.4).round();
    let on_paper = format!("{:.1} × {:.1} cm", millimeters.x / 10.0, millimeters.y / 10.0);
    match order.format {
        Format::Png => {
            let px = (size * order.options.resolution.scale(page)).round();
            format!("{} × {} px, {on_paper}", px.x, px.y)
        }
        Format::Svg => format!("{} × {} px, {on_paper}", size.x.round(), size.y.round()),
        Format::Pdf | Format::Pptx => on_paper,
        Format::Html => "One file, for any width".to_owned(),
        Format::Gif | Format::Apng => {
            let (limit, longest_px) = match order.options.moving {
                AnimationSize::Fitting => ("at most ", 1_280.0),
                AnimationSize::Longest(longest_px) => ("", f32::from(longest_px)),
            };
            let px = (size * (longest_px / size.max_elem().max(1.0))).round();
            format!("{limit}{} × {} px", px.x, px.y)
        }
    }
}

/// Returns the file size as text, estimated for large bitmaps; `None` for long moving pictures, which take many seconds.
fn weight(
    order: &PictureOrder,
    edition: &Edition<'_>,
    sheet: &Sheet,
    fonts: &Fonts,
    job: &JobContext,
) -> anyhow::Result<Option<String>> {
    if order.format.is_moving() {
        let is_short = sheet.more.len() < MAX_WEIGHED_PAGES;
        let weigh = || edition.write_with_progress(order.format, job);
        return Ok(is_short.then(weigh).transpose()?.map(|bytes| bytes_text(bytes.len() as f32)));
    }
    let page = order.options.page;
    let scale = order.options.resolution.scale(page);
    let area = pixels(sheet.first.bounds.size() * scale);
    if order.format != Format::Png || area <= WEIGHED_PX {
        return Ok(Some(bytes_text(edition.write(order.format)?.len() as f32)));
    }
    let weighed = scale * (WEIGHED_PX / 4.0 / area).sqrt();
    let options = PictureOptions { resolution: Resolution::Scale(weighed), ..order.options.clone() };
    let smaller = PictureOrder { options, ..order.clone() }.prepare(fonts, job)?.write(Format::Png)?;
    Ok(Some(format!("about {}", bytes_text(smaller.len() as f32 * (scale / weighed).powf(GROWTH)))))
}

fn pixels(size: Vec2) -> f32 {
    size.x * size.y
}

/// Formats a number of bytes as file managers do.
fn bytes_text(bytes: f32) -> String {
    if bytes < 1e6 { format!("{} kB", (bytes / 1e3).ceil()) } else { format!("{:.1} MB", bytes / 1e6) }
}

fn warnings(order: &PictureOrder, edition: &Edition<'_>, sheet: &Sheet, shortage: Shortage) -> Vec<String> {
    let mut told = Vec::new();
    if edition.counts() == (0, 0) {
        told.push("Nothing of the map is in the picture".to_owned());
    }
    told.extend(shortage.warnings());
    told.extend(edition.long_captions_line(order.format));
    // The sources of a story have pages of their own anyway.
    if !sheet.more.is_empty() && edition.step_count() == 0 {
        let place = match order.format {
            Format::Pdf => "the next page",
            Format::Pptx => "the next slide",
            Format::Png | Format::Svg | Format::Html => "a second picture",
            Format::Gif | Format::Apng => "the last picture",
        };
        told.push(format!("Sources that don’t fit beside the map go onto {place}"));
    }
    if order.format == Format::Pptx && edition.is_slide_too_large() {
        told.push(
            "The map has too many shapes to be edited on a slide; it is a picture there, with names as text".to_owned(),
        );
    }
    if sheet.lacks_sources {
        told.push("The sources don’t fit on the page and are only in the notes".to_owned());
    }
    let missing: Vec<String> = edition.missing().iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    if !missing.is_empty() {
        told.push(format!("No font at hand has {}", missing.join(", ")));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::bytes_text;

    #[test]
    fn sizes_read_as_in_file_managers() {
        assert_eq!(bytes_text(120.0), "1 kB");
        assert_eq!(bytes_text(245_100.0), "246 kB");
        assert_eq!(bytes_text(13_460_000.0), "13.5 MB");
    }
}
