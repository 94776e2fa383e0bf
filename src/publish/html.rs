//! Writes an edition as an HTML page: the picture in both themes, and the records allowed on the page.

mod picture;

use std::collections::BTreeSet;

use emath::Rect;

use super::story::DrawnStep;
use super::{Edition, Scope, Tone};
use crate::derive::{self, StepPicture};
use crate::document::Shown;
use crate::export::html::{HtmlPage, HtmlStep, HtmlTheme, LEGEND_PX, write_html};
use crate::hidden_characters::prose;
use crate::model::StepCamera;
use crate::scene::{
    Legend, LegendSignGroup, Placement, SheetInputs, SheetOptions, Theme, legend_signs, overview_legend,
};
use crate::wording;

/// Writes the page. It opens in dark colors if requested, else in the reader's system preference.
pub(super) fn write(edition: &Edition<'_>, options: &SheetOptions) -> String {
    let steps = edition.steps();
    let picture = picture::draw(edition, options, steps);
    let story: Vec<HtmlStep> = steps.iter().map(|step| html_step(step, picture.placement)).collect();
    let plan = &edition.input.plan;
    let actors: BTreeSet<_> = plan.cards.iter().map(|card| card.actor).collect();
    let ties = plan.ties();
    let map = &edition.document.map;
    let shown = Shown::only(map, &actors, &ties);
    let told = match edition.options.scope {
        Scope::Whole => edition.document.shown_with_withdrawn(),
        // Choosing a part of the map also selects the records to publish.
        Scope::Only { .. } | Scope::InView(_) => shown.clone(),
    };
    let theme = match edition.options.tone {
        Tone::Light => HtmlTheme::System,
        Tone::Dark => HtmlTheme::Dark,
    };
    let remark = edition.options.redaction.remark();
    let [light_legend, dark_legend] = legends(edition, options);
    let page = HtmlPage {
        map,
        shown: &shown,
        ribbons: &plan.ribbons,
        told: &told,
        light: &picture.light,
        dark: &picture.dark,
        occurrences: &picture.occurrences,
        legend: [&light_legend, &dark_legend],
        story: &story,
        theme,
        remark: remark.as_deref(),
    };
    write_html(&page, edition.fonts)
}

/// Returns the signs of the whole map in light and in dark colors; none if they are switched off.
fn legends(edition: &Edition<'_>, options: &SheetOptions) -> [Vec<LegendSignGroup>; 2] {
    /// Usual scale of the map on a screen, in pixels per unit of the map.
    const SCALE: f32 = 0.75;
    if !edition.options.parts.legend {
        return Default::default();
    }
    let (map, plan, fonts) = (&edition.document.map, &edition.input.plan, edition.fonts);
    [Theme::light(), Theme::dark()].map(|theme| {
        let legend = match &edition.overview {
            Some(overview) => overview_legend(SheetInputs { map, plan, fonts, theme: &theme }, overview, options),
            None => Legend::of_plan(map, plan),
        };
        legend_signs(&legend, (map, fonts, &theme), LEGEND_PX, SCALE)
    })
}

fn html_step(step: &DrawnStep, placement: Option<Placement>) -> HtmlStep {
    let StepPicture { document, input, scene, view, .. } = &step.picture;
    let meta = document.map.meta();
    let bright = || {
        let parts = scene.items.iter().map(|item| item.part);
        parts.filter(|part| derive::is_part_in_focus(&step.resolved, &input.plan, *part)).collect()
    };
    HtmlStep {
        title: step.title.clone(),
        caption: meta.subtitle.as_deref().map(prose),
        date: step.resolved.as_of.as_ref().map(wording::date_text),
        view: placement
            .filter(|_| step.resolved.camera != StepCamera::All)
            .map(|placement| around(placement.rect(*view))),
        focus: (placement.is_some() && step.resolved.focus.is_some()).then(bright),
    }
}

/// Returns a rectangle with a margin.
fn around(rect: Rect) -> Rect {
    rect.expand(0.04 * rect.size().max_elem())
}
