//! Pictures of the map on the disk and on the clipboard, and screenshots of the window.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use egui::{ColorImage, Context, Event, UserData, ViewportCommand};

use crate::export::Frame;
use crate::export::png::{self, Bitmap};
use crate::export::svg::{self, TextMode};
use crate::scene::Scene;

use super::App;
use super::notice::Tone;

/// Pixels per world unit of pictures: sharp on a slide.
const SCALE: f32 = 2.0;

/// Free room around the picture, in world units.
const MARGIN: f32 = 32.0;

impl App {
    /// Writes the picture, as SVG or PNG by the path's ending.
    pub(crate) fn save_picture(&mut self, path: &Path) {
        match self.write_picture(path) {
            Ok(()) => self.notices.say(Tone::Done, format!("Saved {}", path.display())),
            Err(error) => self.notices.say(Tone::Failed, format!("The picture was not saved: {error:#}")),
        }
    }

    fn write_picture(&self, path: &Path) -> anyhow::Result<()> {
        let scene = self.picture_scene();
        let frame = frame(&scene);
        let fonts = self.stage.fonts();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let bytes = match ending.as_deref() {
            Some("svg") => svg::write_svg(&scene, fonts, &frame, TextMode::Paths, &self.session.title()).into_bytes(),
            Some("png") => png::write_png(&scene, fonts, &frame, SCALE)?,
            _ => return Err(anyhow!("its name must end in .png or .svg")),
        };
        write_whole(path, &bytes)
    }

    /// Puts the picture on the clipboard.
    pub(crate) fn copy_picture(&mut self, ctx: &Context) {
        let scene = self.picture_scene();
        match png::draw(&scene, self.stage.fonts(), &frame(&scene), SCALE) {
            Ok(Bitmap { width_px, height_px, rgba }) => {
                let size = [width_px as usize, height_px as usize];
                ctx.copy_image(ColorImage::from_rgba_unmultiplied(size, &rgba));
                self.notices.say(Tone::Done, "Copied the picture");
            }
            Err(error) => self.notices.say(Tone::Failed, format!("The picture was not copied: {error}")),
        }
    }

    /// Asks the window for its pixels; they come with one of the next frames.
    pub(crate) fn save_screenshot(&mut self, ctx: &Context, path: PathBuf) {
        self.screenshot = Some(path);
        ctx.send_viewport_cmd(ViewportCommand::Screenshot(UserData::default()));
    }

    /// Writes the screenshot once its pixels are there.
    pub(crate) fn poll_screenshot(&mut self, ctx: &Context) {
        if self.screenshot.is_none() {
            return;
        }
        let image = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Screenshot { image, .. } => Some(std::sync::Arc::clone(image)),
                _ => None,
            })
        });
        let Some(image) = image else { return };
        let Some(path) = self.screenshot.take() else { return };
        match write_screenshot(&image, &path) {
            Ok(()) => self.notices.say(Tone::Done, format!("Saved {}", path.display())),
            Err(error) => self.notices.say(Tone::Failed, format!("The screenshot was not saved: {error:#}")),
        }
    }

    /// The scene as pictures show it, in the colors of the window.
    fn picture_scene(&self) -> Scene {
        Scene::clone(self.stage.scene())
    }
}

fn frame(scene: &Scene) -> Frame {
    Frame::around(scene.bounds.expand(MARGIN), Some(scene.background))
}

fn write_screenshot(image: &ColorImage, path: &Path) -> anyhow::Result<()> {
    let [width, height] = image.size;
    let rgba = image.pixels.iter().flat_map(|pixel| pixel.to_srgba_unmultiplied()).collect();
    let bitmap = Bitmap { width_px: width as u32, height_px: height as u32, rgba };
    write_whole(path, &png::encode_png(&bitmap, 96.0)?)
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || -> std::io::Result<()> {
        let mut file = atomic_write_file::AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().with_context(|| path.display().to_string())
}
