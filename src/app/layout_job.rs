//! The job that looks for places: a thread with progress, cancel, and a wake when it is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{Align2, Area, Context, Id, ProgressBar, Rect};

use crate::layout::{Layout, Progress};
use crate::picture::{self, Draft};

use super::command::{AppCommand, Commands};
use super::theme;

/// Work that takes longer shows how far it is.
const SHOWN_AFTER: Duration = Duration::from_millis(500);

/// Shared with the thread.
struct Shared {
    /// How much is done, in thousandths.
    done: AtomicU32,
    is_canceled: AtomicBool,
    started: Instant,
    ctx: Context,
}

impl Progress for Shared {
    fn report(&self, done: f32) {
        let now = (done.clamp(0.0, 1.0) * 1000.0) as u32;
        let before = self.done.fetch_max(now, Ordering::Relaxed);
        // Each percent is worth a frame, once the bar is there.
        if now / 10 > before / 10 && self.started.elapsed() > SHOWN_AFTER {
            self.ctx.request_repaint();
        }
    }

    fn is_canceled(&self) -> bool {
        self.is_canceled.load(Ordering::Relaxed)
    }
}

/// A layout that is being worked on. Dropping it cancels it.
pub(crate) struct LayoutJob {
    shared: Arc<Shared>,
    result: Receiver<Layout>,
}

/// What has become of a job.
pub(crate) enum Polled {
    /// It is still at work.
    Running,
    /// It has found places.
    Done(Layout),
    /// It ended without a result.
    Gone,
}

impl LayoutJob {
    /// Starts looking for places.
    pub(crate) fn start(draft: Draft, ctx: &Context) -> Self {
        let (sender, result) = channel();
        let shared = Arc::new(Shared {
            done: AtomicU32::new(0),
            is_canceled: AtomicBool::new(false),
            started: Instant::now(),
            ctx: ctx.clone(),
        });
        let progress = Arc::clone(&shared);
        let work = move || {
            if let Some(layout) = picture::lay_out(&draft, &*progress) {
                // Nobody waits any more when the map was closed meanwhile.
                let _ = sender.send(layout);
            }
            drop(sender);
            progress.ctx.request_repaint();
        };
        // Without a thread the sender is dropped and the job counts as gone.
        let _ = std::thread::Builder::new().name("layout".to_owned()).spawn(work);
        ctx.request_repaint_after(SHOWN_AFTER + Duration::from_millis(20));
        Self { shared, result }
    }

    /// What has become of it.
    pub(crate) fn poll(&self) -> Polled {
        match self.result.try_recv() {
            Ok(layout) => Polled::Done(layout),
            Err(TryRecvError::Empty) => Polled::Running,
            Err(TryRecvError::Disconnected) => Polled::Gone,
        }
    }

    /// Shows how far it is in the middle of the canvas, once it takes long, with a way out.
    pub(crate) fn ui(&self, ctx: &Context, canvas: Rect, commands: &mut Commands) {
        if self.shared.started.elapsed() < SHOWN_AFTER {
            return;
        }
        let done = self.shared.done.load(Ordering::Relaxed) as f32 / 1000.0;
        let area = Area::new(Id::new("progress")).pivot(Align2::CENTER_CENTER).fixed_pos(canvas.center());
        area.show(ctx, |ui| {
            theme::floating_frame(ui).show(ui, |ui| {
                ui.set_width(280.0);
                ui.label(theme::strong_text("Laying out the map", 13.0));
                ui.horizontal(|ui| {
                    ui.add(ProgressBar::new(done).desired_width(190.0).desired_height(6.0));
                    if ui.button("Cancel").clicked() {
                        commands.push(AppCommand::CancelLayout);
                    }
                });
            });
        });
    }
}

impl Drop for LayoutJob {
    fn drop(&mut self) {
        self.shared.is_canceled.store(true, Ordering::Relaxed);
    }
}
