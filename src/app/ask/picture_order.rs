//! A request for a picture, with a snapshot of its input.

use anyhow::Context as _;

use crate::document::Document;
use crate::jobs::JobContext;
use crate::publish::{Edition, Format, PictureOptions};
use crate::text::Fonts;

/// The input of a picture, as it was at the time of the request.
#[derive(Clone, Debug)]
pub(crate) struct PictureOrder {
    /// The map with its view settings.
    pub(crate) document: Document,
    pub(crate) options: PictureOptions,
    /// The file format; a path with the extension of another format overrides it.
    pub(crate) format: Format,
}

/// What determines a picture; two orders with the same key give the same one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PictureKey {
    pub(crate) options: PictureOptions,
    format: Format,
    revision: u64,
}

impl PictureOrder {
    /// Returns the key of the picture.
    pub(crate) fn key(&self) -> PictureKey {
        PictureKey { options: self.options.clone(), format: self.format, revision: self.document.revision }
    }

    /// Prepares the picture for writing.
    ///
    /// # Errors
    ///
    /// Fails if the job was canceled.
    pub(crate) fn prepare<'a>(&self, fonts: &'a Fonts, job: &JobContext) -> anyhow::Result<Edition<'a>> {
        let edition = Edition::prepare(&self.document, fonts, self.options.clone(), job);
        edition.filter(|_| !job.is_canceled()).context("it was canceled")
    }
}
