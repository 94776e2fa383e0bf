//! Lanes on slides: arrowheads, end bars and dashes as presentation programs draw them.

use std::collections::BTreeSet;

use tieline::publish::{PictureOptions, Preset};
use tieline::text::Fonts;

use super::package::Element;
use super::{Format, bundled, edition, slides};

/// Returns position and size of a shape in EMU.
fn place(shape: &Element) -> [f64; 4] {
    let place = shape.child("spPr").and_then(|properties| properties.child("xfrm")).expect("a place");
    let number =
        |name: &str, side: &str| -> f64 { place.child(name).expect("a side").get(side).parse().expect("a number") };
    [number("off", "x"), number("off", "y"), number("ext", "cx"), number("ext", "cy")]
}

/// Returns the points of a path in EMU on the slide.
fn points(shape: &Element) -> Vec<[f64; 2]> {
    let [left, top, width, height] = place(shape);
    let Some(path) = shape.named("path").next() else {
        // A straight line.
        let place = shape.named("xfrm").next().expect("a place");
        let is_flipped = ["flipH", "flipV"].map(|name| place.get(name) == "1");
        let [from_right, from_bottom] = is_flipped.map(|is_flipped| f64::from(u8::from(is_flipped)));
        let start = [left + width * from_right, top + height * from_bottom];
        return vec![start, [2.0 * left + width - start[0], 2.0 * top + height - start[1]]];
    };
    let side = |name: &str| path.get(name).parse::<f64>().expect("a side").max(1.0);
    let scale = [width / side("w"), height / side("h")];
    let number = |point: &Element, name: &str| point.get(name).parse::<f64>().expect("a number");
    let points =
        path.named("pt").map(|point| [left + number(point, "x") * scale[0], top + number(point, "y") * scale[1]]);
    points.collect()
}

#[test]
fn end_bars_are_outside_the_arrowheads_that_presentation_programs_draw() {
    let fonts = Fonts::new();
    let mut checked = 0;
    for preset in [Preset::Slide16x9, Preset::Slide4x3] {
        let options = PictureOptions { page: preset.page(), ..PictureOptions::default() };
        let deck = edition(&bundled(1), &fonts, options).write(Format::Pptx).expect("written");
        for group in slides(&deck)[0].named("grpSp") {
            let shapes: Vec<&Element> = group.children.iter().filter(|child| child.name == "sp").collect();
            let [line, bar] = shapes.as_slice() else { continue };
            if bar.named("cNvPr").next().is_none_or(|label| label.get("name") != "End bar") {
                continue;
            }
            let Some(head) = line.named("tailEnd").next() else { continue };
            // By the format: a multiple of the line's width, which counts as two points at least.
            let width: f64 = line.named("ln").next().expect("a line").get("w").parse().expect("a width");
            let factor = match head.get("len") {
                "sm" => 2.0,
                "med" => 3.0,
                _ => 5.0,
            };
            let length = factor * width.max(25_400.0);
            let tip = *points(line).last().expect("a tip");
            for corner in points(bar) {
                let distance = (corner[0] - tip[0]).hypot(corner[1] - tip[1]);
                assert!(distance > length, "{distance} from the tip of a head of {length}");
                assert!(distance < length + 8.0 * 12_700.0, "{distance}: far from a head of {length}");
            }
            checked += 1;
        }
    }
    assert!(checked >= 6, "{checked} ended ties");
}

#[test]
fn lanes_and_legend_have_the_dashes_of_the_picture() {
    let deck = edition(&bundled(1), &Fonts::new(), PictureOptions::default()).write(Format::Pptx).expect("written");
    let slide = slides(&deck).remove(0);
    // Lengths of dash and gap in thousandths of a percent of the line's width, by width.
    let dashes = |shape: &Element| -> Option<[u64; 3]> {
        let line = shape.named("ln").next()?;
        let dash = line.named("ds").next()?;
        Some([line.get("w"), dash.get("d"), dash.get("sp")].map(|number| number.parse().expect("a number")))
    };
    let legend = slide
        .named("grpSp")
        .find(|group| group.named("cNvPr").next().is_some_and(|label| label.get("name") == "Legend"));
    let in_legend: Vec<[u64; 3]> = legend.expect("a legend").named("sp").filter_map(dashes).collect();
    assert!(in_legend.len() >= 2, "announced and rumored: {in_legend:?}");
    let lines = slide.named("sp").filter(|shape| shape.named("tailEnd").next().is_some());
    let on_map: BTreeSet<[u64; 3]> = lines.filter_map(dashes).collect();
    assert!(!on_map.is_empty());
    // In widths of 1.9 pixels, a long dash is 10.9 pixels, its gap 5.76.
    let [_, dash, gap] = in_legend[0];
    assert!(dash.abs_diff(573_684) < 2_000 && gap.abs_diff(303_158) < 2_000, "{dash} {gap}");
    for [width, dash, gap] in on_map {
        assert!(dash > 90_000 && gap > 90_000 && gap < 1_200_000, "{dash} {gap} of {width}");
    }
}
