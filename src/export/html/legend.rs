//! Writes the legend as text with small pictures of the signs, so that it has a readable size at any width of the page.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::export::svg::{Escaped, Num, item_markup};
use crate::scene::{LegendSign, LegendSignGroup, Part, SceneItem};
use crate::text::Fonts;
use crate::wording::visible;

use super::LEGEND_PX;
use super::css_colors::Inks;

/// Returns the markup of a legend in light and dark colors; empty without signs.
pub(super) fn legend_markup([light, dark]: [&[LegendSignGroup]; 2], fonts: &Fonts, inks: &mut Inks) -> String {
    let mut out = String::new();
    if light.is_empty() {
        return out;
    }
    out.push_str("<section id=\"legend\" aria-label=\"Legend\">\n");
    for (group, in_dark) in light.iter().zip(dark) {
        let _ = write!(out, "<div class=\"group\"><b>{}</b><ul>", Escaped(&visible(&group.heading)));
        for (sign, in_dark) in group.signs.iter().zip(&in_dark.signs) {
            let [light, dark] = [sign, in_dark].map(|sign| markup(sign, fonts));
            let _ = write!(
                out,
                "<li><svg viewBox=\"0 {} {width} {height}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">{}</svg>\
                 <span dir=\"auto\">{}</span></li>",
                Num(-LEGEND_PX / 2.0),
                inks.merged(&light, &dark),
                Escaped(&visible(&sign.meaning)),
                width = Num(sign.width.max(1.0)),
                height = Num(LEGEND_PX),
            );
        }
        out.push_str("</ul></div>\n");
    }
    out.push_str("</section>\n");
    out
}

fn markup(sign: &LegendSign, fonts: &Fonts) -> String {
    let item = Arc::new(SceneItem { part: Part::Legend, min_scale: 0.0, shapes: sign.shapes.clone() });
    item_markup(&item, fonts, None)
}
