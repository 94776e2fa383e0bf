//! Writes an edition as an HTML page: the picture in both themes, and the records allowed on the page.

use std::collections::BTreeSet;

use super::{Edition, Scope, Tone};
use crate::derive;
use crate::document::Shown;
use crate::export::html::{HtmlPage, HtmlTheme, write_html};
use crate::scene::{Scene, SheetOptions, Theme};

/// Writes the page. It opens in dark colors if requested, else in the reader's system preference.
pub(super) fn write(edition: &Edition<'_>, options: &SheetOptions) -> String {
    let [light, dark] = [Theme::light(), Theme::dark()].map(|theme| draw(edition, options, &theme));
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
        light: &light,
        dark: &dark,
        theme,
        remark: remark.as_deref(),
    };
    write_html(&page, edition.fonts)
}

fn draw(edition: &Edition<'_>, options: &SheetOptions, theme: &Theme) -> Scene {
    let (document, input) = (&edition.document, &edition.input);
    if let Some(overview) = &edition.overview {
        return derive::build_overview_sheet(document, input, overview, edition.fonts, theme, options).first;
    }
    let scene = derive::build_scene(document, input, &edition.layout, theme);
    derive::build_sheet(document, input, &scene, edition.fonts, theme, options).first
}
