//! Slides that flow into each other: PowerPoint moves an object to the place of the object of the same name on the next
//! slide if the name begins with `!!` and both are of the same sort.

use std::collections::{BTreeMap, BTreeSet};

use super::model::SlideElement;
use super::names::UniqueNames;
use crate::scene::Part;

/// How names that are matched begin.
const MARK: &str = "!!";

/// How a slide appears: objects move to their new places, or, in programs that can't do that, it fades in. The form is
/// that which PowerPoint itself writes.
pub(super) const TRANSITION: &str = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
    <mc:Choice xmlns:p159=\"http://schemas.microsoft.com/office/powerpoint/2015/09/main\" Requires=\"p159\">\
    <p:transition spd=\"slow\" xmlns:p14=\"http://schemas.microsoft.com/office/powerpoint/2010/main\" p14:dur=\"1200\">\
    <p159:morph option=\"byObject\"/></p:transition></mc:Choice>\
    <mc:Fallback><p:transition spd=\"slow\"><p:fade/></p:transition></mc:Fallback></mc:AlternateContent>";

/// The names of objects that are on several slides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MorphNames {
    by_part: BTreeMap<Part, String>,
}

impl MorphNames {
    /// Creates the names of parts from the ids of their records. The same parts, in the same order, have the same names.
    #[must_use]
    pub fn new<'a>(parts: impl IntoIterator<Item = (Part, &'a str)>) -> Self {
        let mut names = UniqueNames::default();
        let named = parts.into_iter().filter_map(|(part, id)| {
            let sort = match part {
                Part::Card(_) => "actor",
                Part::Pill(_) => "tie",
                Part::Lane(_) => "line",
                Part::RibbonPill(_) => "ties",
                Part::Ribbon(_) => "lines",
                _ => return None,
            };
            Some((part, names.give(&format!("{MARK}{sort}-{id}"))))
        });
        Self { by_part: named.collect() }
    }

    /// Returns the name of a part.
    pub(super) fn get(&self, part: Part) -> Option<&str> {
        self.by_part.get(&part).map(String::as_str)
    }
}

/// Removes the mark from names that don't mean objects of the same sort on all slides.
pub(super) fn unmark_mixed(slides: &mut [Vec<SlideElement>]) {
    let mut sorts: BTreeMap<String, BTreeSet<u8>> = BTreeMap::new();
    for element in slides.iter().flatten() {
        let name = &element.label().name;
        if name.starts_with(MARK) {
            sorts.entry(name.clone()).or_default().insert(sort(element));
        }
    }
    for element in slides.iter_mut().flatten() {
        let name = &mut element.label_mut().name;
        if sorts.get(name).is_some_and(|sorts| sorts.len() > 1) {
            *name = name[MARK.len()..].to_owned();
        }
    }
}

fn sort(element: &SlideElement) -> u8 {
    match element {
        SlideElement::Shape(_) => 0,
        SlideElement::Group(_) => 1,
        SlideElement::Picture(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::pptx::model::{GroupElement, Label, PictureElement};
    use crate::model::{ActorId, TieId};

    #[test]
    fn names_go_by_ids_and_are_unique() {
        let long = "x".repeat(200);
        let parts = [
            (Part::Card(ActorId(0)), "a"),
            (Part::Pill(TieId(0)), "t"),
            (Part::Lane(TieId(0)), "t"),
            (Part::Pill(TieId(1)), &*long),
            (Part::Pill(TieId(2)), &*long),
            (Part::Legend, "l"),
        ];
        let names = MorphNames::new(parts);
        assert_eq!(names.get(Part::Card(ActorId(0))), Some("!!actor-a"));
        assert_eq!(names.get(Part::Pill(TieId(0))), Some("!!tie-t"));
        assert_eq!(names.get(Part::Lane(TieId(0))), Some("!!line-t"));
        assert_ne!(names.get(Part::Pill(TieId(1))), names.get(Part::Pill(TieId(2))));
        assert_eq!(names.get(Part::Legend), None);
    }

    #[test]
    fn objects_of_different_sorts_are_not_matched() {
        let label = |name: &str| Label::named(name);
        let group = |name: &str| SlideElement::Group(GroupElement { label: label(name), children: Vec::new() });
        let picture = |name: &str| {
            let rect = crate::export::pptx::model::EmuRect::default();
            SlideElement::Picture(PictureElement { label: label(name), rect, svg: Vec::new(), png: Vec::new() })
        };
        let mut slides = [vec![group("!!line-a"), group("!!line-b")], vec![picture("!!line-a"), group("!!line-b")]];
        unmark_mixed(&mut slides);
        let names: Vec<&str> = slides.iter().flatten().map(|element| element.label().name.as_str()).collect();
        assert_eq!(names, ["line-a", "!!line-b", "line-a", "!!line-b"]);
    }
}
