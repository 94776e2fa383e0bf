//! What a picture lacks for want of room, and the settings that give it more.

use crate::jobs::JobContext;
use crate::model::LabelMode;
use crate::publish::{Citations, Edition, Format, PictureOptions, Scope};
use crate::scene::Part;
use crate::text::Fonts;
use crate::wording::counted;

use crate::app::ask::picture_order::PictureOrder;

/// Names smaller than this many points are hard to read on a slide.
const MIN_NAME_PT: f32 = 12.0;

/// Height of a slide in points.
const SLIDE_PT: f32 = 540.0;

/// What a picture lacks for want of room; compared in the order of its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shortage {
    /// Actors without a name.
    nameless: usize,
    /// Labels of ties that are left out.
    unlabeled: usize,
    /// By how much the smallest name of a slide is too small, in tenths of a point.
    name_shortfall: u32,
    /// Labels of ties that were reduced to their icon and citation numbers.
    reduced: usize,
}

impl Shortage {
    /// Measures the first page.
    pub(super) fn of(edition: &Edition<'_>, order: &PictureOrder) -> Self {
        if order.format == Format::Html {
            // Readers zoom in.
            return Self::default();
        }
        let counts = edition.labeling(order.format);
        let page = order.options.page;
        let is_slide = (page.size_px.y * page.points_per_px - SLIDE_PT).abs() < 1.0;
        let smallest = edition.smallest_text_px(order.format, |part| matches!(part, Part::Card(_)));
        let missing_pt = smallest.filter(|_| is_slide).map_or(0.0, |px| MIN_NAME_PT - px * page.points_per_px);
        Self {
            nameless: counts.nameless,
            unlabeled: counts.unlabeled,
            name_shortfall: (missing_pt * 10.0).round().max(0.0) as u32,
            reduced: counts.reduced,
        }
    }

    /// Returns whether nothing is lacking.
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Returns the warnings.
    pub(super) fn warnings(self) -> Vec<String> {
        let mut told = Vec::new();
        if self.nameless > 0 {
            told.push(format!("{} no name, for lack of room", counted(self.nameless, "actor has", "actors have")));
        }
        if self.unlabeled > 0 {
            told.push(format!("{} left out for lack of room", counted(self.unlabeled, "label is", "labels are")));
        }
        if self.reduced > 0 {
            let labels = counted(self.reduced, "label shows", "labels show");
            told.push(format!("{labels} only icon and citation numbers, for lack of room"));
        }
        if self.name_shortfall > 0 {
            let smallest = MIN_NAME_PT - self.name_shortfall as f32 / 10.0;
            told.push(format!(
                "The smallest name has {smallest:.1} pt; on a slide it should have at least {MIN_NAME_PT:.0} pt"
            ));
        }
        told
    }
}

/// Settings that give a picture more room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// Which labels are shown; `None` for the same as on the canvas.
    pub(super) labels: Option<LabelMode>,
    /// Whether actors are arranged anew for the page.
    pub(super) is_arranged_anew: bool,
}

impl Fit {
    /// Returns what the settings do, for a tooltip.
    pub(super) fn words(self, before: &PictureOptions) -> &'static str {
        match (self.labels != before.labels, self.is_arranged_anew != before.is_arranged_anew) {
            (true, true) => "Shows citation numbers alone on labels, and arranges for the page",
            (true, false) => "Shows citation numbers alone on labels",
            (false, _) => "Arranges for the page",
        }
    }
}

/// Tries the settings that give more room, and returns those that leave the least shortage; `None` if none is better
/// than the `current` one. Of equally good ones, the first changes the least.
///
/// # Errors
///
/// Fails if the job was canceled.
pub(super) fn find_fit(
    order: &PictureOrder,
    current: Shortage,
    fonts: &Fonts,
    job: &JobContext,
) -> anyhow::Result<Option<Fit>> {
    let (mut least, mut best) = (current, None);
    for fit in candidates(order) {
        if least.is_none() {
            break;
        }
        let Fit { labels, is_arranged_anew } = fit;
        let tried = PictureOrder {
            options: PictureOptions { labels, is_arranged_anew, ..order.options.clone() },
            ..order.clone()
        };
        let shortage = Shortage::of(&tried.prepare(fonts, job)?, &tried);
        if shortage < least {
            (least, best) = (shortage, Some(fit));
        }
    }
    Ok(best)
}

/// Returns the settings to try, those that change the least first.
fn candidates(order: &PictureOrder) -> Vec<Fit> {
    let options = &order.options;
    let current = Fit { labels: options.labels, is_arranged_anew: options.is_arranged_anew };
    let shown = options.labels.unwrap_or(order.document.look.label_mode);
    let can_show_numbers =
        matches!(shown, LabelMode::All | LabelMode::Important) && options.citations != Citations::None;
    // The part of the map in view keeps the places of the canvas.
    let can_arrange = !options.is_arranged_anew && !matches!(options.scope, Scope::InView(_));
    let mut candidates = Vec::new();
    if can_show_numbers {
        candidates.push(Fit { labels: Some(LabelMode::Numbers), ..current });
    }
    if can_arrange {
        candidates.push(Fit { is_arranged_anew: true, ..current });
    }
    if can_show_numbers && can_arrange {
        candidates.push(Fit { labels: Some(LabelMode::Numbers), is_arranged_anew: true });
    }
    candidates
}
