//! Tags the parts of a page for screen readers: title, figure with alternative text, legend, list of sources. Rules,
//! boxes and swatches are marked as decoration.

use std::num::NonZeroU16;

use krilla::annotation::{Annotation, LinkAnnotation};
use krilla::page::Page;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, Tag, TagGroup, TagKind, TagTree};

use crate::export::Captions;
use crate::scene::{Part, SceneItem, Shape};
use crate::text::Face;

/// Role of a part of a page, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Title,
    Figure,
    Legend,
    Sources,
}

fn role(part: Part) -> Role {
    match part {
        Part::Title => Role::Title,
        Part::Legend => Role::Legend,
        Part::Sources | Part::Source(_) => Role::Sources,
        Part::Lane(_)
        | Part::Card(_)
        | Part::Pill(_)
        | Part::Ribbon(_)
        | Part::RibbonPill(_)
        | Part::Note(_)
        | Part::Role(..)
        | Part::Heading(_)
        | Part::Area(_)
        | Part::Ties
        | Part::Dots => Role::Figure,
    }
}

/// Starts decorative content, which screen readers skip; the caller ends it on the surface.
pub(super) fn start_decoration(surface: &mut Surface<'_>) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
}

/// Related pieces of a page, and their link.
struct TaggedItem {
    role: Role,
    pieces: Vec<Identifier>,
    words: String,
    link: Option<LinkAnnotation>,
}

/// Tagged parts of one page, collected while drawing.
#[derive(Default)]
pub(super) struct PageTags {
    entries: Vec<TaggedItem>,
}

impl PageTags {
    /// Draws an item shape by shape with `draw` and records its tags. All parts of the map form one figure.
    pub(super) fn draw<E>(
        &mut self,
        surface: &mut Surface<'_>,
        item: &SceneItem,
        link: Option<LinkAnnotation>,
        mut draw: impl FnMut(&mut Surface<'_>, &Shape) -> Result<(), E>,
    ) -> Result<(), E> {
        let role = role(item.part);
        if role == Role::Figure {
            let piece = surface.start_tagged(ContentTag::Other);
            item.shapes.iter().try_for_each(|shape| draw(surface, shape))?;
            surface.end_tagged();
            self.add(role, piece, String::new());
            return Ok(());
        }
        let first = self.entries.len();
        for shape in &item.shapes {
            // Icons repeat the text beside them.
            let words: Vec<&str> = match shape {
                Shape::Text { text, .. } if text.style.face != Face::Icon => {
                    text.lines.iter().map(|line| line.text.as_str()).collect()
                }
                _ => Vec::new(),
            };
            if words.is_empty() {
                start_decoration(surface);
                draw(surface, shape)?;
                surface.end_tagged();
                continue;
            }
            let piece = surface.start_tagged(ContentTag::Other);
            draw(surface, shape)?;
            surface.end_tagged();
            match self.entries.get_mut(first) {
                // The number and the text of a source are one paragraph.
                Some(entry) if matches!(item.part, Part::Source(_)) => entry.pieces.push(piece),
                _ => self.entries.push(TaggedItem { role, pieces: vec![piece], words: words.join(" "), link: None }),
            }
        }
        if let Some(entry) = self.entries.get_mut(first) {
            entry.link = link;
        }
        Ok(())
    }

    fn add(&mut self, role: Role, piece: Identifier, words: String) {
        match self.entries.iter_mut().find(|entry| entry.role == role) {
            Some(entry) => entry.pieces.push(piece),
            None => self.entries.push(TaggedItem { role, pieces: vec![piece], words, link: None }),
        }
    }

    /// Adds the parts to the document's tag tree in reading order, and the links to the page.
    pub(super) fn finish(mut self, page: &mut Page<'_>, tree: &mut TagTree, captions: &Captions) {
        let mut has_heading = !tree.children.is_empty();
        self.entries.sort_by_key(|entry| entry.role);
        for group in self.entries.chunk_by_mut(|a, b| a.role == b.role) {
            let role = group[0].role;
            let mut parts: Vec<Node> = Vec::with_capacity(group.len());
            for entry in group {
                let mut pieces: Vec<Node> = entry.pieces.drain(..).map(Node::from).collect();
                if let Some(link) = entry.link.take() {
                    let annotation = Annotation::new_link(link, Some(entry.words.clone()));
                    pieces.push(page.add_tagged_annotation(annotation).into());
                    pieces = vec![TagGroup::with_children(Tag::Link, pieces).into()];
                }
                let tag: TagKind = match role {
                    Role::Title if !std::mem::replace(&mut has_heading, true) => {
                        Tag::Hn(NonZeroU16::MIN, Some(entry.words.clone())).into()
                    }
                    Role::Figure => Tag::Figure(Some(figure_words(captions))).into(),
                    Role::Title | Role::Legend | Role::Sources => Tag::P.into(),
                };
                parts.push(TagGroup::with_children(tag, pieces).into());
            }
            if matches!(role, Role::Legend | Role::Sources) {
                tree.push(TagGroup::with_children(Tag::Section, parts));
            } else {
                for part in parts {
                    tree.push(part);
                }
            }
        }
    }
}

/// Returns a sentence that names the picture and summarizes its content.
fn figure_words(captions: &Captions) -> String {
    if captions.description.is_empty() {
        format!("Relationship map: {}.", captions.title)
    } else {
        format!("Relationship map: {}. It shows {}.", captions.title, captions.description)
    }
}
