//! Creates pictures of the map and screenshots of the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Event, UserData, ViewportCommand};

use crate::jobs::JobContext;
use crate::model::Redaction;
use crate::publish::{Edition, Scope};
use crate::wording::{counted, joined_and};

use crate::app::App;
use crate::app::ask::command::JobKind;
use crate::app::ask::picture_order::PictureOrder;
use crate::app::ask::question::PathRequest;
use crate::app::flow::exporting::{MadePicture, PictureTarget, write_screenshot};
use crate::app::flow::task::Task;
use crate::app::ui::toast::ToastKind;

/// Most files that are named one by one.
const MAX_NAMED: usize = 4;

impl App {
    /// Returns an order for the whole map with the remembered choices.
    pub(crate) fn remembered_order(&self) -> PictureOrder {
        let choices = &self.settings.export;
        PictureOrder {
            document: self.session.document.clone(),
            options: choices.options(Scope::Whole, Redaction::default()),
            format: choices.format,
        }
    }

    /// Asks where to save a picture.
    pub(crate) fn ask_where(&mut self, ctx: &Context, order: PictureOrder) {
        self.ask_for_file(ctx, PathRequest::SavePicture(Box::new(order)));
    }

    /// Writes the picture to the chosen path.
    pub(crate) fn save_picture(&mut self, ctx: &Context, path: &Path, order: PictureOrder) {
        let target = PictureTarget::new(path, &order);
        let map = self.session.path().map(Path::to_owned);
        self.start_picture(ctx, order, move |job, edition| target.write(map.as_deref(), job, edition));
    }

    /// Copies a picture with the remembered choices to the clipboard.
    pub(crate) fn copy_picture(&mut self, ctx: &Context) {
        self.copy_order(ctx, self.remembered_order());
    }

    /// Copies a picture to the clipboard.
    pub(crate) fn copy_order(&mut self, ctx: &Context, order: PictureOrder) {
        self.start_picture(ctx, order, |_, edition| MadePicture::copied(edition));
    }

    fn start_picture(
        &mut self,
        ctx: &Context,
        order: PictureOrder,
        make: impl FnOnce(&JobContext, &Edition<'_>) -> anyhow::Result<MadePicture> + Send + 'static,
    ) {
        let fonts = Arc::clone(self.pipeline.fonts());
        let task = Task::start(ctx, JobKind::Picture, "Making the picture", move |job| {
            let edition = order.prepare(&fonts, job)?;
            make(job, &edition)
        });
        self.picture = Some(task);
        if let Some(dialog) = self.modal.export_mut() {
            dialog.is_ordered = true;
        }
    }

    /// Cancels the picture job, unless its file is already being written.
    pub(crate) fn cancel_picture(&mut self) {
        self.picture = self.picture.take().filter(|task| !task.cancel());
    }

    /// Handles a finished picture.
    pub(crate) fn poll_picture(&mut self, ctx: &Context) {
        let Some(made) = self.picture.as_ref().and_then(Task::poll) else { return };
        self.picture = None;
        let is_of_dialog = self.modal.export_mut().is_some_and(|dialog| std::mem::take(&mut dialog.is_ordered));
        match made.map_err(anyhow::Error::from).flatten() {
            Ok(made) => {
                if is_of_dialog {
                    self.modal.close_export();
                }
                self.tell_made(ctx, made);
            }
            Err(error) => {
                let text = format!("The picture was not made: {error:#}");
                if let Some(dialog) = self.modal.export_mut().filter(|_| is_of_dialog) {
                    dialog.tell_failure(text.clone());
                }
                self.toasts.say(ToastKind::Failed, text);
            }
        }
    }

    fn tell_made(&mut self, ctx: &Context, made: MadePicture) {
        match made {
            MadePicture::Files { report: Some(report), .. } => self.toasts.say(ToastKind::Done, report),
            MadePicture::Files { paths, report: None } => {
                let mut names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                if names.len() > MAX_NAMED {
                    names.splice(2..names.len() - 1, [counted(paths.len() - 3, "further file", "further files")]);
                }
                self.toasts.say(ToastKind::Done, format!("Saved {}", joined_and(&names)));
            }
            MadePicture::Copied { image, forms, pages } => {
                let clipboard = &mut self.platform.clipboard;
                let has_forms = forms.is_some_and(|forms| match clipboard.copy_picture(&forms) {
                    Ok(()) => true,
                    Err(reason) => {
                        tracing::debug!("the picture is copied in one form only: {reason}");
                        false
                    }
                });
                if !has_forms {
                    ctx.copy_image(image);
                }
                let text = match pages {
                    1 if has_forms => "Copied the picture, as PNG, SVG and text with its sources".to_owned(),
                    1 => "Copied the picture".to_owned(),
                    _ => format!("Copied page 1 of {pages}; save the picture to get the sources too"),
                };
                self.toasts.say(ToastKind::Done, text);
            }
        }
    }

    /// Requests a screenshot; its pixels arrive with one of the next frames.
    pub(crate) fn save_screenshot(&mut self, ctx: &Context, path: PathBuf) {
        self.screenshot = Some(path);
        ctx.send_viewport_cmd(ViewportCommand::Screenshot(UserData::default()));
    }

    /// Writes the screenshot once its pixels have arrived.
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
        match write_screenshot(&image, &path, self.session.path()) {
            Ok(()) => self.toasts.say(ToastKind::Done, format!("Saved {}", path.display())),
            Err(error) => self.toasts.say(ToastKind::Failed, format!("The screenshot was not saved: {error:#}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::{Duration, Instant};

    use egui::Context;

    use crate::app::flow::exporting::PictureTarget;
    use crate::app::probe::Nobody;
    use crate::app::{App, Options, Platform};
    use crate::publish::Format;

    fn app(ctx: &Context) -> App {
        let platform = Platform {
            opener: Box::new(Nobody),
            dialogs: Box::new(Nobody),
            clipboard: Box::new(Nobody),
            config_folder: None,
            data_folder: None,
            kept_after: Duration::ZERO,
        };
        App::new(ctx, &Options::default(), platform)
    }

    /// Saves a picture, cancels it if `is_canceled`, and returns the names in its folder after enough time to write it.
    fn names_after(is_canceled: bool) -> Vec<String> {
        let ctx = Context::default();
        let mut app = app(&ctx);
        let folder = tempfile::tempdir().expect("a folder");
        app.save_picture(&ctx, &folder.path().join("map.png"), app.remembered_order());
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
    fn a_path_decides_on_the_format_and_else_the_order_does() {
        let ctx = Context::default();
        let mut order = app(&ctx).remembered_order();
        let named = PictureTarget::new(Path::new("/x/map.PDF"), &order);
        assert_eq!((named.format, named.altered_name, named.notes), (Format::Pdf, None, None));
        order.options.has_notes = true;
        let unnamed = PictureTarget::new(Path::new("/x/map.v2"), &order);
        assert_eq!(unnamed.picture, Path::new("/x/map.v2.png"));
        assert_eq!(unnamed.altered_name.as_deref(), Some(unnamed.picture.as_path()));
        assert_eq!(unnamed.notes.as_deref(), Some(Path::new("/x/map.v2-notes.txt")));
    }

    #[test]
    fn a_canceled_picture_leaves_nothing_behind() {
        assert_eq!(names_after(false), ["map.png"]);
        assert_eq!(names_after(true), [""; 0]);
    }
}
