//! Fills the page template with the picture, the records, colors, icons and the Content Security Policy.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use emath::pos2;

use crate::export::svg::{Escaped, item_markup};
use crate::model::{ActorKindId, ClaimId, Item, Map, Rgb};
use crate::scene::{Paint, Part, SceneItem, Shape, Theme};
use crate::text::{Face, Fonts, Style, icon};
use crate::view::{Block, Details, build_details, build_pair_details};
use crate::wording::{citation_text, reference_full, visible};

use super::css_colors::Inks;
use super::digest::policy_source;
use super::legend::legend_markup;
use super::lists::{actor_swatch, tie_swatch, write_overview};
use super::map::write_map;
use super::record::{Article, kind_of, write_record};
use super::records::{PageRecords, anchor, ribbon_anchor};
use super::story::story_markup;
use super::typeface::font_rules;
use super::{HtmlPage, HtmlTheme};

/// The page template; placeholders are names in double braces.
const TEMPLATE: &str = include_str!("../../../assets/html/page.html");
const STYLE: &str = include_str!("../../../assets/html/page.css");
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("../../../assets/html/camera.js"),
    include_str!("../../../assets/html/search.js"),
    include_str!("../../../assets/html/page.js"),
    include_str!("../../../assets/html/start.js")
);
/// The style of a page with a story, besides.
const STORY_STYLE: &str = include_str!("../../../assets/html/story.css");
/// The script of a page with a story.
const STORY_SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("../../../assets/html/camera.js"),
    include_str!("../../../assets/html/search.js"),
    include_str!("../../../assets/html/page.js"),
    include_str!("../../../assets/html/story.js"),
    include_str!("../../../assets/html/start.js")
);

/// Writes the whole page.
pub(super) fn write(page: &HtmlPage<'_>, fonts: &Fonts) -> String {
    let mut inks = Inks::default();
    let mut overview = build_details(page.map, &[], page.shown);
    overview.blocks.extend(page.remark.map(|remark| Block::Text(visible(remark).into_owned())));
    let mut map = String::new();
    write_map(&mut map, page, fonts, &mut inks);
    let mut legend = legend_markup(page.legend, fonts, &mut inks);
    let mut records = records(page, &overview);
    let mut story = story_markup(page.story, |name| sign(fonts, name));
    let (script, story_style) = if story.is_empty() { (SCRIPT, "") } else { (STORY_SCRIPT, STORY_STYLE) };
    let texts = [TEMPLATE, STYLE, script, &overview.title, &overview.subtitle, &story, &legend, &records];
    let typeface = font_rules(&texts, &quotes(&records));
    let style = format!("{typeface}{}{STYLE}{story_style}", color_rules(page, inks));
    filled(TEMPLATE, |name| match name {
        "theme" => theme_attribute(page.theme).to_owned(),
        "style digest" => policy_source(&style),
        "script digest" => policy_source(script),
        "version" => env!("CARGO_PKG_VERSION").to_owned(),
        "title" => Escaped(&overview.title).to_string(),
        "subtitle" if overview.subtitle.is_empty() => String::new(),
        "subtitle" => format!("<p dir=\"auto\">{}</p>", Escaped(&overview.subtitle)),
        "style" => style.clone(),
        "script" => script.to_owned(),
        "story" => std::mem::take(&mut story),
        "map" => std::mem::take(&mut map),
        "legend" => std::mem::take(&mut legend),
        "records" => std::mem::take(&mut records),
        icon => sign(fonts, icon.trim_start_matches("icon ")),
    })
}

/// Replaces the placeholders of a template; replacements are not expanded again.
fn filled(template: &str, mut part: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&part(name));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Returns the text of all quotes of the records, the only text in italics.
fn quotes(records: &str) -> String {
    let quotes = records.split("<blockquote").skip(1);
    quotes.filter_map(|rest| rest.split_once("</blockquote>")).map(|(quote, _)| quote).collect()
}

fn theme_attribute(theme: HtmlTheme) -> &'static str {
    match theme {
        HtmlTheme::System => "",
        HtmlTheme::Light => " data-theme=\"light\"",
        HtmlTheme::Dark => " data-theme=\"dark\"",
    }
}

/// Returns the overview and an article for each record and ribbon.
fn records(page: &HtmlPage<'_>, overview: &Details) -> String {
    let records = PageRecords::of(page.map, page.told);
    let mut out = String::new();
    write_overview(&mut out, overview, page.map, page.shown, &records);
    for item in records.iter() {
        let details = build_details(page.map, &[item], page.shown);
        let (swatch, citation) = (swatch(page.map, item), citation(page.map, item));
        let (id, kind) = (anchor(item), kind_of(item));
        write_record(&mut out, &Article { id, kind, details: &details, swatch, citation }, &records);
    }
    for (lead, summary) in page.ribbons.iter() {
        let details = build_pair_details(page.map, summary);
        let article =
            Article { id: ribbon_anchor(lead), kind: "pair", details: &details, swatch: None, citation: None };
        write_record(&mut out, &article, &records);
    }
    out
}

/// Returns the CSS rules for the color variables of both themes and the swatch of each kind.
fn color_rules(page: &HtmlPage<'_>, mut inks: Inks) -> String {
    let themes = [Theme::light(), Theme::dark()];
    let mut rules = String::new();
    let mut rule = |class: &str, [light, dark]: [Rgb; 2]| {
        let _ = write!(rules, ".{class}{{background:{}}}", inks.variable(light, dark));
    };
    let actor_kinds: BTreeSet<Option<ActorKindId>> = page.map.actors().values().map(|actor| actor.kind).collect();
    for kind in actor_kinds {
        rule(&actor_swatch(kind), themes.each_ref().map(|theme| theme.actor_kind(page.map, kind)));
    }
    let tie_kinds: BTreeSet<_> = page.map.ties().values().map(|tie| tie.kind).collect();
    for kind in tie_kinds {
        rule(&tie_swatch(kind), themes.each_ref().map(|theme| theme.tie_kind(page.map, kind)));
    }
    let ground = inks.variable(page.light.background, page.dark.background);
    let [light, dark] = inks.declarations();
    format!(
        ":root{{--ground:{ground};{light}}}\n@media screen{{:root[data-theme=dark]{{{dark}}}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}\n{rules}\n"
    )
}

fn swatch(map: &Map, item: Item) -> Option<String> {
    match item {
        Item::Actor(id) => Some(actor_swatch(map.actor(id).kind)),
        Item::Tie(id) => Some(tie_swatch(map.tie(id).kind)),
        Item::Fact(_) | Item::Source(_) => None,
    }
}

/// Returns a claim with its quotes and sources, or a source, as text to paste.
fn citation(map: &Map, item: Item) -> Option<String> {
    match item {
        Item::Actor(_) => None,
        Item::Tie(id) => Some(citation_text(map, ClaimId::Tie(id))),
        Item::Fact(id) => Some(citation_text(map, ClaimId::Fact(id))),
        Item::Source(id) => Some(reference_full(map, id)),
    }
}

/// Returns an icon as inline SVG in the color of the surrounding text.
fn sign(fonts: &Fonts, name: &str) -> String {
    const SIZE: f32 = 16.0;
    let glyph = icon(name).unwrap_or('•').to_string();
    let text = fonts.shape(&glyph, Style { face: Face::Icon, size: SIZE }, None, None);
    let paint = Paint { color: Rgb([0; 3]), opacity: 1.0 };
    let shape = Shape::Text { pos: pos2(0.0, 0.0), text, paint };
    let item = SceneItem { part: Part::Title, min_scale: 0.0, shapes: vec![shape] };
    let markup = item_markup(&item, fonts, None).replace("\"#000000\"", "\"currentColor\"");
    format!("<svg class=\"sign\" viewBox=\"0 0 {SIZE} {SIZE}\" aria-hidden=\"true\">{markup}</svg>")
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STORY_SCRIPT, STORY_STYLE, STYLE, TEMPLATE, filled};
    use crate::text::icon;

    #[test]
    fn templates_are_filled_once() {
        let page = filled("<{{a}}>{{b}}", |name| if name == "a" { "{{b}}".to_owned() } else { "x".to_owned() });
        assert_eq!(page, "<{{b}}>x");
    }

    #[test]
    fn every_icon_of_the_page_is_known() {
        let icons: Vec<&str> = TEMPLATE.split("{{icon ").skip(1).filter_map(|rest| rest.split("}}").next()).collect();
        assert!(icons.len() >= 7 && icons.iter().all(|name| icon(name).is_some()), "{icons:?}");
    }

    #[test]
    fn style_and_script_can_not_end_early() {
        for text in [STYLE, SCRIPT, STORY_STYLE, STORY_SCRIPT] {
            // Browsers read a carriage return as a line feed, so the digest would no longer match.
            assert!(!text.contains("</") && !text.contains("<!--") && !text.contains('\r'));
        }
    }
}
