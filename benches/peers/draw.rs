//! Draws every layout in our own style, so that only the arrangements differ.

use std::fs;
use std::path::Path;

use emath::vec2;
use tieline::derive::{self, LayoutInput};
use tieline::document::Document;
use tieline::export::{Frame, png};
use tieline::layout::Layout;
use tieline::scene::Theme;
use tieline::text::Fonts;

use super::ASPECT;

/// Writes `folder/map.peer.png`; a picture that can't be written is reported and skipped.
pub(super) fn keep(
    folder: &Path,
    map: &str,
    peer: &str,
    document: &Document,
    draft: &LayoutInput,
    layout: &Layout,
    fonts: &Fonts,
) {
    let scene = derive::build_scene(document, draft, layout, &Theme::light());
    let frame = Frame {
        view: scene.bounds.expand(20.0),
        size_px: vec2(900.0, 900.0 / ASPECT),
        background: Some(scene.background),
    };
    let bytes = png::write_png(&scene, fonts, &frame, 1.0).map_err(|error| error.to_string());
    let written = bytes.and_then(|bytes| {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        fs::write(folder.join(format!("{map}.{}.png", peer.replace(' ', "-"))), bytes)
            .map_err(|error| error.to_string())
    });
    if let Err(error) = written {
        eprintln!("no picture of {map} by {peer}: {error}");
    }
}
