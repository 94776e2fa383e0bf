//! Pictures of the map on the disk and on the clipboard, and screenshots of the window.
//!
//! Pictures are made by a job, since large ones take a while.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use egui::{ColorImage, Context, Event, UserData, ViewportCommand};

use crate::export::Frame;
use crate::export::png::{self, Bitmap};
use crate::export::svg::{self, TextMode};
use crate::jobs::JobContext;
use crate::save::{Disk, save_bytes};
use crate::scene::Scene;
use crate::text::Fonts;

use super::App;
use super::notice::Tone;
use super::task::{Task, Work};

/// Pixels per point of the page: twice a full-HD slide.
const SCALE: f32 = 2.0;

/// How much of the work is done once the page is composed; drawing it is the rest.
const COMPOSED: f32 = 0.2;

/// What a job has made.
pub(crate) enum Made {
    /// A file with the picture.
    File(PathBuf),
    /// Pixels for the clipboard.
    Pixels(ColorImage),
}

/// A picture that is being made.
pub(crate) type PictureTask = Task<anyhow::Result<Made>>;

impl App {
    /// Writes the picture, as SVG or PNG by the path's ending.
    pub(crate) fn save_picture(&mut self, ctx: &Context, path: PathBuf) {
        let title = self.session.title();
        self.start_picture(ctx, move |job, scene, fonts| {
            let bytes = encode(scene, fonts, &path, &title)?;
            ensure!(job.seal(), "it was canceled");
            save_bytes(&path, &bytes, &Disk)?;
            Ok(Made::File(path))
        });
    }

    /// Puts the picture on the clipboard.
    pub(crate) fn copy_picture(&mut self, ctx: &Context) {
        self.start_picture(ctx, |_, scene, fonts| {
            let Bitmap { width_px, height_px, rgba } = png::draw(scene, fonts, &frame(scene), SCALE)?;
            let size = [width_px as usize, height_px as usize];
            Ok(Made::Pixels(ColorImage::from_rgba_unmultiplied(size, &rgba)))
        });
    }

    fn start_picture(
        &mut self,
        ctx: &Context,
        make: impl FnOnce(&JobContext, &Scene, &Fonts) -> anyhow::Result<Made> + Send + 'static,
    ) {
        let sheet = self.stage.sheet_maker(&self.session.document);
        let task = Task::start(ctx, Work::Picture, "Making the picture", move |job| {
            let (scene, fonts) = sheet();
            job.report(COMPOSED);
            ensure!(!job.is_canceled(), "it was canceled");
            make(job, &scene, &fonts)
        });
        self.picture = Some(task);
    }

    /// Gives up the picture that is being made, unless its file is being written already.
    pub(crate) fn cancel_picture(&mut self) {
        self.picture = self.picture.take().filter(|task| !task.cancel());
    }

    /// Takes the picture that is ready.
    pub(crate) fn poll_picture(&mut self, ctx: &Context) {
        let Some(made) = self.picture.as_ref().and_then(Task::poll) else { return };
        self.picture = None;
        match made.map_err(anyhow::Error::from).flatten() {
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

/// The bytes of a picture file of the kind that the path's ending asks for.
fn encode(scene: &Scene, fonts: &Fonts, path: &Path, title: &str) -> anyhow::Result<Vec<u8>> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("svg") => Ok(svg::write_svg(scene, fonts, &frame(scene), TextMode::Paths, title).into_bytes()),
        Some("png") => Ok(png::write_png(scene, fonts, &frame(scene), SCALE)?),
        _ => bail!("the name of {} must end in .png or .svg", path.display()),
    }
}

fn write_screenshot(image: &ColorImage, path: &Path) -> anyhow::Result<()> {
    let [width, height] = image.size;
    let rgba = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let bitmap = Bitmap { width_px: width as u32, height_px: height as u32, rgba };
    let bytes = png::encode_png(&bitmap, 96.0).context("could not encode it")?;
    save_bytes(path, &bytes, &Disk)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::{Duration, Instant};

    use egui::Context;

    use super::super::{App, FileDialogs, FileQuestion, Opener, Options, Services};

    struct Nobody;

    impl Opener for Nobody {
        fn open(&mut self, _: &str) -> Result<(), String> {
            Ok(())
        }
    }

    impl FileDialogs for Nobody {
        fn missing(&mut self) -> Option<String> {
            None
        }

        fn ask(&mut self, _: &FileQuestion, _: Option<PathBuf>, _: Box<dyn Fn() + Send>) -> Receiver<Option<PathBuf>> {
            channel().1
        }
    }

    fn app(ctx: &Context) -> App {
        let services = Services { opener: Box::new(Nobody), dialogs: Box::new(Nobody), config_folder: None };
        App::new(ctx, &Options::default(), services)
    }

    /// Asks for a picture, and cancels it or not; the names in its folder after the time that one takes.
    fn names_after(is_canceled: bool) -> Vec<String> {
        let ctx = Context::default();
        let mut app = app(&ctx);
        let folder = tempfile::tempdir().expect("a folder");
        app.save_picture(&ctx, folder.path().join("map.png"));
        if is_canceled {
            app.cancel_picture();
            assert!(app.picture.is_none());
        }
        let begun = Instant::now();
        while app.picture.is_some() || (is_canceled && begun.elapsed() < Duration::from_secs(2)) {
            assert!(begun.elapsed() < Duration::from_mins(1), "the picture never comes");
            std::thread::sleep(Duration::from_millis(5));
            app.poll_picture(&ctx);
        }
        let entries = std::fs::read_dir(folder.path()).expect("listed").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_canceled_picture_leaves_nothing_behind() {
        assert_eq!(names_after(false), ["map.png"]);
        assert_eq!(names_after(true), [""; 0]);
    }
}
