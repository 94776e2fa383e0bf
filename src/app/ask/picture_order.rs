//! A picture as it was asked for.

use anyhow::Context as _;

use crate::document::Document;
use crate::jobs::JobContext;
use crate::publish::{Edition, Format, PictureOptions};
use crate::text::Fonts;

/// What a picture is made from, as it was at the moment when it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct PictureOrder {
    /// The map as it is looked at.
    pub(crate) document: Document,
    /// What the picture is to be.
    pub(crate) options: PictureOptions,
    /// The file format; a path that asks for another one gets that.
    pub(crate) format: Format,
}

impl PictureOrder {
    /// Prepares the picture.
    ///
    /// # Errors
    ///
    /// When it was canceled.
    pub(crate) fn prepare<'a>(&self, fonts: &'a Fonts, job: &JobContext) -> anyhow::Result<Edition<'a>> {
        let edition = Edition::prepare(&self.document, fonts, self.options.clone(), job);
        edition.filter(|_| !job.is_canceled()).context("it was canceled")
    }
}
