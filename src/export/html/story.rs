//! Writes the story of a page: title and caption of every step, which are text for every reader, and what the script
//! needs to show a step on the map.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use emath::Rect;

use crate::export::svg::{Escaped, Num};
use crate::scene::Part;

use super::map::part_anchor;

/// A step of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HtmlStep {
    /// Title.
    pub title: String,
    /// Text below the title.
    pub caption: Option<String>,
    /// Date, in words.
    pub date: Option<String>,
    /// The visible part of the picture; `None` for all of it.
    pub view: Option<Rect>,
    /// Parts of the picture in focus; `None` if nothing is faded.
    pub focus: Option<BTreeSet<Part>>,
}

/// Returns the markup of a story; empty without steps.
pub(super) fn story_markup(steps: &[HtmlStep], icon: impl Fn(&str) -> String) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let mut out =
        String::from("<section id=\"story\" aria-label=\"Story\">\n<div id=\"steps\" aria-live=\"polite\">\n");
    for (number, step) in (1..).zip(steps) {
        write_step(&mut out, number, step);
    }
    let _ = writeln!(
        out,
        "</div>\n<div id=\"turn\" class=\"for-script\" role=\"group\" aria-label=\"Steps\">\n\
         <button type=\"button\" id=\"before\" title=\"Previous step (←)\">{}Back</button>\n\
         <output id=\"place\">1 of {}</output>\n\
         <button type=\"button\" id=\"after\" title=\"Next step (→)\">Next{}</button>\n\
         <button type=\"button\" id=\"all\" title=\"Show the whole map\">Whole map</button>\n</div>\n</section>",
        icon("caret-left"),
        steps.len(),
        icon("caret-right")
    );
    out
}

fn write_step(out: &mut String, number: usize, step: &HtmlStep) {
    let _ = write!(out, "<section class=\"step\" id=\"step={number}\"");
    if let Some(view) = step.view {
        let [x, y, width, height] = [view.min.x, view.min.y, view.width(), view.height()].map(Num);
        let _ = write!(out, " data-view=\"{x} {y} {width} {height}\"");
    }
    if let Some(focus) = &step.focus {
        let anchors: BTreeSet<String> = focus.iter().filter_map(|part| part_anchor(*part)).collect();
        let _ = write!(out, " data-focus=\"{}\"", anchors.into_iter().collect::<Vec<_>>().join(" "));
    }
    let _ = write!(out, "><h2 dir=\"auto\">{}</h2>", Escaped(&step.title));
    if let Some(caption) = &step.caption {
        let _ = write!(out, "<p dir=\"auto\">{}</p>", Escaped(caption));
    }
    if let Some(date) = &step.date {
        let _ = write!(out, "<small>As of {}</small>", Escaped(date));
    }
    out.push_str("</section>\n");
}
