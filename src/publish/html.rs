//! Writes an edition as an HTML page: the picture in both themes, and the records allowed on the page.

use std::collections::BTreeSet;
use std::sync::Arc;

use emath::Rect;

use super::story::DrawnStep;
use super::{Edition, Scope, Tone};
use crate::derive::{self, StepPicture};
use crate::document::Shown;
use crate::export::html::{HtmlPage, HtmlStep, HtmlStory, HtmlTheme, write_html};
use crate::model::StepCamera;
use crate::scene::{Part, Placement, SceneItem, Sheet, SheetOptions, Theme};
use crate::visible::prose;
use crate::wording;

/// Writes the page. It opens in dark colors if requested, else in the reader's system preference.
pub(super) fn write(edition: &Edition<'_>, options: &SheetOptions) -> String {
    let [mut light, mut dark] = [Theme::light(), Theme::dark()].map(|theme| draw(edition, options, &theme));
    let story = html_story(edition, &mut light, &mut dark);
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
    let page = HtmlPage {
        map,
        shown: &shown,
        ribbons: &plan.ribbons,
        told: &told,
        light: &light.first,
        dark: &dark.first,
        story: &story,
        theme,
        remark: remark.as_deref(),
    };
    write_html(&page, edition.fonts)
}

fn draw(edition: &Edition<'_>, options: &SheetOptions, theme: &Theme) -> Sheet {
    let (document, input) = (&edition.document, &edition.input);
    if let Some(overview) = &edition.overview {
        return derive::build_overview_sheet(document, input, overview, edition.fonts, theme, options);
    }
    let scene = derive::build_scene(document, input, &edition.layout, theme);
    derive::build_sheet(document, input, &scene, edition.fonts, theme, options)
}

/// Returns the story of an edition, and adds to the picture what only steps show: labels of other dates, and ribbons of
/// fewer ties. On the overview of a large map, steps are text alone.
fn html_story(edition: &Edition<'_>, light: &mut Sheet, dark: &mut Sheet) -> HtmlStory {
    let steps = edition.steps();
    let Some(placement) = light.placement.filter(|_| !steps.is_empty()) else {
        return HtmlStory { steps: steps.iter().map(|step| html_step(step, None)).collect(), within: Vec::new() };
    };
    let mut within: Vec<Vec<usize>> = vec![vec![0]; light.first.items.len()];
    for (number, step) in (1..).zip(steps) {
        let StepPicture { document, input, layout, .. } = &step.picture;
        let [own_light, own_dark] = [Theme::light(), Theme::dark()]
            .map(|theme| placement.items(&derive::build_scene(document, input, layout, &theme)));
        for (own, own_dark) in own_light.into_iter().zip(own_dark) {
            let items = &light.first.items;
            if let Some(known) = items.iter().position(|item| item.part == own.part && *item == own) {
                within[known].push(number);
                continue;
            }
            let at = place_in_order(items, own.part);
            light.first.items.insert(at, own);
            dark.first.items.insert(at, own_dark);
            within.insert(at, vec![number]);
        }
    }
    // A camera of a step would cut through the legend.
    let is_whole = |step: &DrawnStep| step.resolved.camera == StepCamera::All;
    let whole = (1..).zip(steps).filter(|(_, step)| is_whole(step)).map(|(number, _)| number);
    let whole: Vec<usize> = std::iter::once(0).chain(whole).collect();
    let always = (0..=steps.len()).collect::<Vec<_>>();
    let items = light.first.items.iter().zip(within).map(|(item, within)| match item.part {
        Part::Legend => whole.clone(),
        Part::Title | Part::Sources | Part::Source(_) => always.clone(),
        _ => within,
    });
    let within = items.map(|within| (within != always).then_some(within)).collect();
    HtmlStory { steps: steps.iter().map(|step| html_step(step, Some(placement))).collect(), within }
}

/// Returns where an item of a part belongs: behind the first that must be in front of it.
fn place_in_order(items: &[Arc<SceneItem>], part: Part) -> usize {
    let layer = |part: Part| match part {
        Part::Note(_) => 0,
        Part::Lane(_) | Part::Ribbon(_) => 1,
        Part::Role(..) => 2,
        Part::Pill(_) | Part::RibbonPill(_) => 3,
        Part::Heading(_) => 4,
        Part::Card(_) => 5,
        _ => 6,
    };
    items.iter().position(|item| layer(item.part) > layer(part)).unwrap_or(items.len())
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
