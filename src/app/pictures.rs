//! Pictures of the map on the disk and on the clipboard, and screenshots of the window.
//!
//! Pictures are made by a thread, since large ones take a while.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use anyhow::{Context as _, bail};
use egui::{ColorImage, Context, Event, UserData, ViewportCommand};

use crate::export::Frame;
use crate::export::png::{self, Bitmap};
use crate::export::svg::{self, TextMode};
use crate::save::{Disk, save_bytes};
use crate::scene::Scene;
use crate::text::Fonts;

use super::App;
use super::notice::Tone;

/// Pixels per point of the page: twice a full-HD slide.
const SCALE: f32 = 2.0;

/// What a thread has made.
enum Made {
    /// A file with the picture.
    File(PathBuf),
    /// Pixels for the clipboard.
    Pixels(ColorImage),
}

/// A picture that is being made.
pub(crate) struct PictureJob {
    result: Receiver<anyhow::Result<Made>>,
}

impl App {
    /// Writes the picture, as SVG or PNG by the path's ending.
    pub(crate) fn save_picture(&mut self, ctx: &Context, path: PathBuf) {
        let title = self.session.title();
        self.start_picture(ctx, move |scene, fonts| {
            write_picture(scene, fonts, &path, &title)?;
            Ok(Made::File(path))
        });
    }

    /// Puts the picture on the clipboard.
    pub(crate) fn copy_picture(&mut self, ctx: &Context) {
        self.start_picture(ctx, |scene, fonts| {
            let Bitmap { width_px, height_px, rgba } = png::draw(scene, fonts, &frame(scene), SCALE)?;
            let size = [width_px as usize, height_px as usize];
            Ok(Made::Pixels(ColorImage::from_rgba_unmultiplied(size, &rgba)))
        });
    }

    fn start_picture(
        &mut self,
        ctx: &Context,
        make: impl FnOnce(&Scene, &Fonts) -> anyhow::Result<Made> + Send + 'static,
    ) {
        let (sender, result) = channel();
        let sheet = self.stage.sheet_maker(&self.session.document);
        let wake = ctx.clone();
        let work = move || {
            let (scene, fonts) = sheet();
            // Nobody waits any more when another picture was asked for meanwhile.
            let _ = sender.send(make(&scene, &fonts));
            wake.request_repaint();
        };
        match std::thread::Builder::new().name("picture".to_owned()).spawn(work) {
            Ok(_) => {
                self.picture = Some(PictureJob { result });
                self.notices.say(Tone::Told, "Making the picture…");
            }
            Err(error) => self.notices.say(Tone::Failed, format!("The picture was not made: {error}")),
        }
    }

    /// Takes the picture that is ready.
    pub(crate) fn poll_picture(&mut self, ctx: &Context) {
        let Some(job) = &self.picture else { return };
        let made = match job.result.try_recv() {
            Ok(made) => made,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Err(anyhow::anyhow!("its thread ended early")),
        };
        self.picture = None;
        self.notices.take_back("Making the picture…");
        match made {
            Ok(Made::File(path)) => self.notices.say(Tone::Done, format!("Saved {}", path.display())),
            Ok(Made::Pixels(image)) => {
                ctx.copy_image(image);
                self.notices.say(Tone::Done, "Copied the picture");
            }
            Err(error) => self.notices.say(Tone::Failed, format!("The picture was not made: {error:#}")),
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
                Event::Screenshot { image, .. } => Some(Arc::clone(image)),
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
}

fn frame(scene: &Scene) -> Frame {
    Frame::around(scene.bounds, Some(scene.background))
}

fn write_picture(scene: &Scene, fonts: &Fonts, path: &Path, title: &str) -> anyhow::Result<()> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let bytes = match ending.as_deref() {
        Some("svg") => svg::write_svg(scene, fonts, &frame(scene), TextMode::Paths, title).into_bytes(),
        Some("png") => png::write_png(scene, fonts, &frame(scene), SCALE)?,
        _ => bail!("the name of {} must end in .png or .svg", path.display()),
    };
    save_bytes(path, &bytes, &Disk)?;
    Ok(())
}

fn write_screenshot(image: &ColorImage, path: &Path) -> anyhow::Result<()> {
    let [width, height] = image.size;
    let rgba = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let bitmap = Bitmap { width_px: width as u32, height_px: height as u32, rgba };
    let bytes = png::encode_png(&bitmap, 96.0).context("could not encode it")?;
    save_bytes(path, &bytes, &Disk)?;
    Ok(())
}
