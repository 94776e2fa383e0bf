//! The page around the picture: head with content policy, bar, panel with all records.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use emath::pos2;

use crate::export::svg::{Escaped, item_markup};
use crate::model::{ActorKindId, ClaimId, Item, Map, Rgb};
use crate::scene::{Paint, Part, SceneItem, Shape, Theme};
use crate::text::{Face, Fonts, Style, icon};
use crate::view::build_details;
use crate::wording::{citation_text, reference_full};

use super::digest::policy_source;
use super::ink::Inks;
use super::lists::{OVERVIEW, actor_swatch, tie_swatch, write_overview};
use super::map::write_map;
use super::record::{Article, write_record};
use super::records::Records;
use super::{HtmlPage, HtmlTheme};

/// How the page looks.
const STYLE: &str = include_str!("../../../assets/html/page.css");
/// What the page does, as one script.
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("../../../assets/html/camera.js"),
    include_str!("../../../assets/html/search.js"),
    include_str!("../../../assets/html/page.js")
);

/// Writes the whole page.
pub(super) fn write(page: &HtmlPage<'_>, fonts: &Fonts) -> String {
    let mut inks = Inks::default();
    let overview = build_details(page.map, &[], page.shown);
    let mut map = String::new();
    write_map(&mut map, page, fonts, &mut inks);
    let style = format!("{}{STYLE}", color_rules(page, inks));

    let mut out = String::with_capacity(map.len() * 2);
    write_head(&mut out, page, &overview.title, &style);
    out.push_str("<body>\n");
    write_bar(&mut out, &overview.title, &overview.subtitle, fonts);
    out.push_str("<main>\n<div id=\"stage\">\n");
    out.push_str(&map);
    write_controls(&mut out, fonts);
    out.push_str("</div>\n<aside id=\"panel\" aria-label=\"Details\">\n");
    let _ = writeln!(
        out,
        "<nav class=\"back for-script\"><a href=\"#{OVERVIEW}\">{}All of the map</a><button type=\"button\" id=\"close\" title=\"Close (Esc)\" aria-label=\"Close the details\">{}</button></nav>",
        sign(fonts, "caret-left"),
        sign(fonts, "x")
    );
    let records = Records::of(page.map, page.shown);
    write_overview(&mut out, &overview, page.map, page.shown, &records);
    for item in records.iter() {
        let details = build_details(page.map, &[item], page.shown);
        let (swatch, citation) = (swatch(page.map, item), citation(page.map, item));
        write_record(&mut out, &Article { item, details: &details, swatch, citation }, &records);
    }
    out.push_str("</aside>\n</main>\n</body>\n</html>\n");
    out
}

fn write_head(out: &mut String, page: &HtmlPage<'_>, title: &str, style: &str) {
    let theme = match page.theme {
        HtmlTheme::System => "",
        HtmlTheme::Light => " data-theme=\"light\"",
        HtmlTheme::Dark => " data-theme=\"dark\"",
    };
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"{theme}>\n<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'\"/>\n",
        policy_source(style),
        policy_source(SCRIPT)
    );
    let _ = write!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"generator\" content=\"Tieline {}\"/>\n<title>{}</title>\n",
        env!("CARGO_PKG_VERSION"),
        Escaped(title)
    );
    let _ = write!(out, "<style>{style}</style>\n<script>{SCRIPT}</script>\n</head>\n");
}

/// The variables of both themes, and the color of each kind's spot.
fn color_rules(page: &HtmlPage<'_>, mut inks: Inks) -> String {
    let themes = [Theme::light(), Theme::dark()];
    let mut rules = String::new();
    let mut rule = |class: &str, [light, dark]: [Rgb; 2]| {
        let _ = write!(rules, ".{class}{{background:{}}}", inks.variable(light, dark));
    };
    let mut actor_kinds: BTreeSet<Option<ActorKindId>> = page.map.actors.iter().map(|actor| actor.kind).collect();
    actor_kinds.insert(None);
    for kind in actor_kinds {
        rule(&actor_swatch(kind), themes.each_ref().map(|theme| theme.actor_kind(page.map, kind)));
    }
    let tie_kinds: BTreeSet<_> = page.map.ties.iter().map(|tie| tie.kind).collect();
    for kind in tie_kinds {
        rule(&tie_swatch(kind), themes.each_ref().map(|theme| theme.tie_kind(page.map, kind)));
    }
    let ground = inks.variable(page.light.background, page.dark.background);
    let [light, dark] = inks.declarations();
    format!(
        ":root{{--ground:{ground};{light}}}@media screen{{:root[data-theme=dark]{{{dark}}}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}{rules}\n"
    )
}

fn swatch(map: &Map, item: Item) -> Option<String> {
    match item {
        Item::Actor(id) => Some(actor_swatch(map.actor(id).kind)),
        Item::Tie(id) => Some(tie_swatch(map.tie(id).kind)),
        Item::Fact(_) | Item::Source(_) => None,
    }
}

/// A claim with its quotes and sources, or a source, as text to paste.
fn citation(map: &Map, item: Item) -> Option<String> {
    match item {
        Item::Actor(_) => None,
        Item::Tie(id) => Some(citation_text(map, ClaimId::Tie(id))),
        Item::Fact(id) => Some(citation_text(map, ClaimId::Fact(id))),
        Item::Source(id) => Some(reference_full(map, id)),
    }
}

fn write_bar(out: &mut String, title: &str, subtitle: &str, fonts: &Fonts) {
    let _ = write!(out, "<header id=\"bar\">\n<div class=\"titles\"><h1 dir=\"auto\">{}</h1>", Escaped(title));
    if !subtitle.is_empty() {
        let _ = write!(out, "<p dir=\"auto\">{}</p>", Escaped(subtitle));
    }
    let _ = write!(
        out,
        "</div>\n<div id=\"search\" class=\"for-script\" role=\"search\">{}<input id=\"query\" type=\"search\" placeholder=\"Search actors, ties, quotes…\" aria-label=\"Search actors, ties, facts, sources and quotes\" autocomplete=\"off\" spellcheck=\"false\"/><kbd>/</kbd><div id=\"hits\" hidden=\"\"><p id=\"count\" role=\"status\"></p><ul></ul></div></div>\n",
        sign(fonts, "magnifying-glass")
    );
    let button = |id: &str, words: &str, name: &str| {
        format!(
            "<button type=\"button\" id=\"{id}\" title=\"{words}\" aria-label=\"{words}\">{}</button>",
            sign(fonts, name)
        )
    };
    let _ = write!(
        out,
        "<div class=\"tools for-script\">{}{}</div>\n</header>\n",
        button("theme", "Light or dark", "circle-half"),
        button("print", "Print the picture with its sources", "printer")
    );
}

fn write_controls(out: &mut String, fonts: &Fonts) {
    let _ = write!(
        out,
        "<div id=\"zoom\" class=\"for-script\" role=\"group\" aria-label=\"Zoom\"><button type=\"button\" id=\"out\" title=\"Zoom out (−)\" aria-label=\"Zoom out\">{}</button><output id=\"scale\">100%</output><button type=\"button\" id=\"in\" title=\"Zoom in (+)\" aria-label=\"Zoom in\">{}</button><button type=\"button\" id=\"fit\" title=\"Show all (F)\" aria-label=\"Show all of the map\">{}</button></div>\n",
        sign(fonts, "minus"),
        sign(fonts, "plus"),
        sign(fonts, "corners-out")
    );
}

/// An icon as a drawing in the color of the text around it.
fn sign(fonts: &Fonts, name: &str) -> String {
    const SIZE: f32 = 16.0;
    let glyph = icon(name).unwrap_or('•').to_string();
    let text = fonts.shape(&glyph, Style { face: Face::Icon, size: SIZE }, None, None);
    let paint = Paint { color: Rgb([0; 3]), opacity: 1.0 };
    let shape = Shape::Text { pos: pos2(0.0, 0.0), text, paint };
    let item = SceneItem { part: Part::Title, min_scale: 0.0, shapes: vec![shape] };
    let markup = item_markup(&item, fonts).replace("\"#000000\"", "\"currentColor\"");
    format!("<svg class=\"sign\" viewBox=\"0 0 {SIZE} {SIZE}\" aria-hidden=\"true\">{markup}</svg>")
}
