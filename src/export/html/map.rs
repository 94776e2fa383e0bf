//! Writes the picture of a page: the shapes from the SVG writer, with invisible links to all actors and ties for
//! pointer, keyboard and screen reader.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use emath::{Pos2, Rect};

use crate::export::svg::{Escaped, Glyphs, Num, item_markup};
use crate::model::{ActorId, Item, Map, TieId};
use crate::scene::{Part, Ribbons, Scene, SceneItem, Shape};
use crate::text::Fonts;
use crate::view::{actor_hover, actor_name_on_map, pair_hover, pair_name_on_map, tie_hover, tie_name_on_map};

use super::css_colors::Inks;
use super::record::lines_markup;
use super::records::{anchor, ribbon_anchor};
use super::{HtmlPage, Occurrence};

/// Width of the picture on paper and without the script, in pixels.
const PRINTED: f32 = 700.0;
/// Margin around the picture, as a fraction of its shorter side.
const MARGIN: f32 = 0.04;

/// Writes the picture with its links.
pub(super) fn write_map(out: &mut String, page: &HtmlPage<'_>, fonts: &Fonts, inks: &mut Inks) {
    let bounds = covered(page.light);
    let world = bounds.expand(MARGIN * bounds.size().min_elem());
    let _ = writeln!(
        out,
        "<svg id=\"map\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"{} {} {} {}\" role=\"group\" aria-label=\"Map\">",
        Num(world.min.x),
        Num(world.min.y),
        Num(world.width()),
        Num(world.height())
    );
    let outlines = Outlines::of(page);
    write_lanes(out, page, &outlines);
    write_items(out, page, fonts, inks);
    out.push_str("<g id=\"near\" aria-hidden=\"true\"></g>\n");
    write_stops(out, page, &outlines);
    out.push_str("</svg>");
}

/// Returns the bounding box of the picture, without the margins of its page.
fn covered(scene: &Scene) -> Rect {
    let shapes = scene.items.iter().flat_map(|item| &item.shapes);
    let covered = shapes.fold(Rect::NOTHING, |all, shape| all.union(shape.bounds()));
    if covered.is_finite() { covered } else { scene.bounds }
}

/// Writes the visible shapes, each with the scales and steps at which it is drawn. Without the script those of a page as
/// wide as paper are seen.
fn write_items(out: &mut String, page: &HtmlPage<'_>, fonts: &Fonts, inks: &mut Inks) {
    let is_pair = page.light.items.len() == page.dark.items.len();
    let usual = PRINTED / page.light.bounds.width().max(1.0);
    let (start, mut glyphs) = (out.len(), Glyphs::default());
    let _ = writeln!(out, "<g id=\"picture\" data-scale=\"{}\" aria-hidden=\"true\">", Num(usual));
    for (index, item) in page.light.items.iter().enumerate() {
        let always = Occurrence::default();
        let seen = page.occurrences.get(index).unwrap_or(&always);
        let (from, until) = scales(item, seen);
        if from >= until {
            continue;
        }
        let light = item_markup(item, fonts, Some(&mut glyphs));
        let dark = if is_pair { item_markup(&page.dark.items[index], fonts, Some(&mut glyphs)) } else { light.clone() };
        let markup = inks.merged(&light, &dark);
        let of = part_anchor(item.part)
            .filter(|_| !seen.is_apart)
            .map(|of| format!(" data-of=\"{of}\""))
            .unwrap_or_default();
        let (has_from, has_until) = (from > 0.0, until.is_finite());
        let mut classes = Vec::new();
        if has_from || has_until {
            classes.push("scaled");
            classes.extend((from..until).contains(&usual).then_some("seen"));
        }
        // What is drawn in steps alone is hidden without the script.
        classes.extend(seen.steps.as_ref().is_some_and(|steps| !steps.contains(&0)).then_some("extra"));
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let from = if has_from { format!(" data-from=\"{}\"", Num(from)) } else { String::new() };
        let until = if has_until { format!(" data-until=\"{}\"", Num(until)) } else { String::new() };
        let steps = seen.steps.as_ref().map(|steps| {
            let numbers: Vec<String> = steps.iter().map(usize::to_string).collect();
            format!(" data-steps=\"{}\"", numbers.join(" "))
        });
        let steps = steps.unwrap_or_default();
        let _ = writeln!(out, "<g{of}{class}{from}{until}{steps}>{markup}</g>");
    }
    out.push_str("</g>\n");
    out.insert_str(start, &glyphs.defs());
}

/// Returns the scales from which and until which an item is drawn; its own smallest one counts if it is larger than
/// that of the picture.
fn scales(item: &SceneItem, seen: &Occurrence) -> (f32, f32) {
    let own = if item.min_scale > 1.0 && item.min_scale.is_finite() { item.min_scale } else { 0.0 };
    (seen.from.max(own), seen.until)
}

/// Returns the anchor of the record that a part shows.
pub(super) fn part_anchor(part: Part) -> Option<String> {
    match part {
        Part::Card(id) => Some(anchor(Item::Actor(id))),
        Part::Lane(id) | Part::Pill(id) | Part::Role(id, _) => Some(anchor(Item::Tie(id))),
        Part::Ribbon(lead) | Part::RibbonPill(lead) => Some(ribbon_anchor(lead)),
        _ => None,
    }
}

/// Writes a link along each lane, wide enough for a pointer; below the picture, so that halos appear behind it.
fn write_lanes(out: &mut String, page: &HtmlPage<'_>, outlines: &Outlines) {
    out.push_str("<g id=\"lanes\" aria-hidden=\"true\">\n");
    for (&id, path) in &outlines.lanes {
        let ribbon = page.ribbons.get(id);
        let anchor = ribbon.map_or_else(|| anchor(Item::Tie(id)), |_| ribbon_anchor(id));
        let words = ribbon.map_or_else(|| tie_hover(page.map, id), |summary| pair_hover(page.map, summary));
        let title = lines_markup(&words);
        let _ = writeln!(
            out,
            "<a class=\"hit lane\" href=\"#{anchor}\" data-of=\"{anchor}\" tabindex=\"-1\"><title>{title}</title><path d=\"{path}\"/></a>"
        );
    }
    out.push_str("</g>\n");
}

/// Writes the tab stops, above the picture: actors, then ties and ribbons, each at its pill, or at its lane if the pill
/// was left out.
fn write_stops(out: &mut String, page: &HtmlPage<'_>, outlines: &Outlines) {
    let map = page.map;
    out.push_str("<g id=\"stops\">\n");
    for (&id, boxes) in &outlines.cards {
        let words = [actor_name_on_map(map, id), actor_hover(map, id)];
        write_stop(out, &anchor(Item::Actor(id)), &words, "", &boxes_markup(boxes, 0.16));
    }
    for id in map.tie_ids() {
        let shape = match (outlines.pills.get(&id), outlines.lanes.get(&id)) {
            (Some(boxes), _) => boxes_markup(boxes, 0.5),
            (None, Some(path)) => format!("<path d=\"{path}\"/>"),
            (None, None) => continue,
        };
        if let Some(summary) = page.ribbons.get(id) {
            let words = [pair_name_on_map(map, summary), pair_hover(map, summary)];
            let ends = format!("{}{}", ends(map, id), inside(page.ribbons, id));
            write_stop(out, &ribbon_anchor(id), &words, &ends, &shape);
        } else {
            let words = [tie_name_on_map(map, id), tie_hover(map, id)];
            write_stop(out, &anchor(Item::Tie(id)), &words, &ends(map, id), &shape);
        }
    }
    out.push_str("</g>\n");
}

/// Returns the attribute that lists the ties of a ribbon, for the script.
fn inside(ribbons: &Ribbons, lead: TieId) -> String {
    let ties = ribbons.get(lead).into_iter().flat_map(|summary| &summary.ties);
    format!(" data-ties=\"{}\"", ties.map(|&tie| anchor(Item::Tie(tie))).collect::<Vec<_>>().join(" "))
}

/// Writes a tab stop: a link with its name for screen readers and its tooltip.
fn write_stop(out: &mut String, anchor: &str, words: &[String; 2], ends: &str, shape: &str) {
    let class = if shape.starts_with("<path") { "hit lane stop" } else { "hit stop" };
    let _ = writeln!(
        out,
        "<a class=\"{class}\" href=\"#{anchor}\" data-of=\"{anchor}\"{ends} aria-label=\"{}\"><title>{}</title>{shape}</a>",
        Escaped(&words[0]),
        lines_markup(&words[1])
    );
}

/// Returns the attribute that lists the actors of a tie, for the script.
fn ends(map: &Map, id: TieId) -> String {
    let ends = map.tie(id).ends.actors().into_iter().map(|id| anchor(Item::Actor(id)));
    format!(" data-ends=\"{}\"", ends.collect::<Vec<_>>().join(" "))
}

/// Writes the box that is drawn at the largest scale, and the scales from which on another one is.
fn boxes_markup(boxes: &Boxes, roundness: f32) -> String {
    let numbers =
        |rect: &Rect| [rect.min.x, rect.min.y, rect.width(), rect.height(), rect.size().min_elem() * roundness];
    let Some((_, last)) = boxes.last() else { return String::new() };
    let [x, y, width, height, rx] = numbers(last).map(Num);
    let mut markup = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{rx}\"");
    if boxes.len() > 1 {
        let text = boxes.iter().map(|(from, rect)| {
            let [x, y, width, height, rx] = numbers(rect).map(Num);
            format!("{} {x} {y} {width} {height} {rx}", Num(*from))
        });
        let _ = write!(markup, " data-boxes=\"{}\"", text.collect::<Vec<_>>().join(";"));
    }
    markup.push_str("/>");
    markup
}

/// The box of a part, from each scale on at which it changes; from the smallest.
type Boxes = Vec<(f32, Rect)>;

/// Outlines of the parts that can be pointed at.
#[derive(Default)]
struct Outlines {
    cards: BTreeMap<ActorId, Boxes>,
    pills: BTreeMap<TieId, Boxes>,
    lanes: BTreeMap<TieId, String>,
}

impl Outlines {
    fn of(page: &HtmlPage<'_>) -> Self {
        let mut outlines = Self::default();
        let always = Occurrence::default();
        for (index, item) in page.light.items.iter().enumerate() {
            let seen = page.occurrences.get(index).unwrap_or(&always);
            if seen.is_apart {
                continue;
            }
            let rect = item.shapes.iter().find_map(|shape| match shape {
                Shape::Rect { rect, .. } => Some(*rect),
                // A name beside a dot has no frame.
                Shape::Halo { .. } => Some(shape.bounds()),
                _ => None,
            });
            let (from, _) = scales(item, seen);
            match (item.part, rect) {
                (Part::Card(id), Some(rect)) => outlines.cards.entry(id).or_default().push((from, rect)),
                (Part::Pill(id) | Part::RibbonPill(id), Some(rect)) => {
                    outlines.pills.entry(id).or_default().push((from, rect));
                }
                (Part::Lane(id) | Part::Ribbon(id), _) => drop(outlines.lanes.insert(id, lane_path(&item.shapes))),
                _ => {}
            }
        }
        outlines.cards.values_mut().chain(outlines.pills.values_mut()).for_each(sort_boxes);
        outlines
    }
}

/// Sorts boxes by scale; of several at one scale the first counts, and one that is like that before is left out.
fn sort_boxes(boxes: &mut Boxes) {
    boxes.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    boxes.dedup_by(|(a, _), (b, _)| a.total_cmp(b).is_eq());
    boxes.dedup_by(|(_, a), (_, b)| a == b);
}

/// Returns all curves of a lane as one path.
fn lane_path(shapes: &[Shape]) -> String {
    let mut path = String::new();
    let point = |pos: Pos2| format!("{} {}", Num(pos.x), Num(pos.y));
    for shape in shapes {
        let Shape::Curve { pieces, .. } = shape else { continue };
        if let Some(first) = pieces.first() {
            let _ = write!(path, "M{}", point(first[0]));
        }
        for [_, a, b, end] in pieces {
            let _ = write!(path, "C{} {} {}", point(*a), point(*b), point(*end));
        }
    }
    path
}
