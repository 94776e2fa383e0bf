//! The one layout that all steps of a story share.

use std::sync::Arc;

use crate::derive::{self, Difference, StoryLayout};
use crate::document::Document;
use crate::scene::Scene;

use super::{LayoutState, Pipeline};

impl Pipeline {
    /// Lays the map out for its story, or as its view says.
    pub(crate) fn set_story(&mut self, is_story: bool) {
        self.is_story = is_story;
    }

    /// Returns the layout that the steps of the story share; `None` while it is not complete.
    pub(crate) fn story_layout<'a>(&'a self, document: &'a Document) -> Option<StoryLayout<'a>> {
        let is_done = matches!(self.progress, LayoutState::Done { .. }) && self.picture.is_of(&document.map);
        let (input, layout) = (self.picture.input(), self.picture.layout());
        let whole = self.picture.scene().bounds;
        is_done.then_some(StoryLayout { document, fonts: &self.fonts, input, layout, whole })
    }

    /// Returns the scene of the picture, also while a transition to it is running.
    pub(crate) fn final_scene(&self) -> &Arc<Scene> {
        self.picture.scene()
    }

    /// Returns the document to draw: the session's, or that for its story.
    pub(super) fn drawn(&self, document: &Document) -> Document {
        if self.is_story { derive::story_document(document) } else { document.clone() }
    }

    /// Takes over a map that differs in its story alone, of which nothing is drawn. Returns `false` otherwise.
    pub(super) fn take_story(&mut self, document: &Document, difference: &Difference) -> bool {
        let is_shown = !matches!(self.progress, LayoutState::None);
        let is_same = is_shown && difference.is_empty();
        if is_same {
            self.picture.take_same(&document.map, self.picture.legend().clone());
        }
        is_same
    }
}
