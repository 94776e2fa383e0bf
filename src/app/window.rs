//! The real window: eframe around [`App`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use eframe::{Frame, NativeOptions, Renderer};
use egui::{Context, IconData, Ui, ViewportBuilder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree};

use crate::derive::Work;

use crate::app::platform::Platform;
use crate::app::settings::Settings;
use crate::app::{App, Options};

/// Opens the window and stays until it is closed. `started` is when the process began, for `--timings`.
///
/// # Errors
///
/// When no window can be opened, such as without a display.
pub fn run(options: Options, started: Instant) -> anyhow::Result<()> {
    let platform = Platform::system();
    let settings = Settings::load(platform.config_folder.as_deref());
    let native = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Tieline")
            .with_app_id("tieline")
            .with_icon(icon())
            .with_inner_size(settings.window_size)
            .with_min_inner_size([760.0, 520.0])
            .with_drag_and_drop(true),
        renderer: Renderer::Wgpu,
        persist_window: false,
        ..NativeOptions::default()
    };
    let make = move |creation: &eframe::CreationContext<'_>| {
        let timings = options.timings.then_some(Timings {
            started,
            has_frame: false,
            has_picture: false,
            frames: Arc::default(),
            work: Work::default(),
        });
        let app = App::new(&creation.egui_ctx, &options, platform);
        #[cfg(unix)]
        if let Err(error) =
            crate::app::flow::signals::listen(&creation.egui_ctx, app.signals.clone(), app.journaling.flusher())
        {
            tracing::warn!("signals are not heard, so they end the program at once: {error}");
        }
        Ok(Box::new(Window { app, timings }) as Box<dyn eframe::App>)
    };
    // winit panics rather than fails on some broken displays; a person gets one sentence either way.
    let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("tieline", native, Box::new(make))
    }));
    match ran {
        Ok(ran) => ran.map_err(|error| anyhow!("{error}")).context("no window could be opened"),
        Err(_) => Err(anyhow!("no window could be opened")),
    }
}

/// Returns the picture that stands for the window in task bars; where packages install one, as on Wayland, that one is shown.
fn icon() -> IconData {
    const SVG: &str = include_str!("../../assets/linux/tieline.svg");
    let mut pixmap = Pixmap::new(ICON_SIZE_PX, ICON_SIZE_PX);
    if let (Some(pixmap), Ok(tree)) = (&mut pixmap, Tree::from_str(SVG, &usvg::Options::default())) {
        let scale = ICON_SIZE_PX as f32 / tree.size().width();
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    }
    let rgba = pixmap.map(Pixmap::take_demultiplied).unwrap_or_default();
    IconData { rgba, width: ICON_SIZE_PX, height: ICON_SIZE_PX }
}

/// The side of the window's icon; window systems scale it down.
const ICON_SIZE_PX: u32 = 128;

/// [`App`] in a window of its own.
struct Window {
    app: App,
    timings: Option<Timings>,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.app.ui(ui);
        if let Some(timings) = &mut self.timings {
            timings.note(self.app.is_settled(), self.app.work());
        }
    }

    fn on_exit(&mut self) {
        self.app.leave();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// How long it took until something, and until everything, was there; and how often a window at rest is drawn.
struct Timings {
    started: Instant,
    has_frame: bool,
    has_picture: bool,
    frames: Arc<AtomicU32>,
    /// What was done up to the last frame.
    work: Work,
}

/// After the picture has settled: time for the last animation, then the time over which frames are counted.
const BEFORE_REST: Duration = Duration::from_secs(2);
const AT_REST: Duration = Duration::from_secs(5);

impl Timings {
    /// Called after each frame.
    fn note(&mut self, is_settled: bool, work: Work) {
        let frame = self.frames.fetch_add(1, Ordering::Relaxed);
        let done = work - std::mem::replace(&mut self.work, work);
        if done != (Work { drawn: done.drawn, held: done.held, ..Work::default() }) {
            self.print_work(frame, done);
        }
        if !std::mem::replace(&mut self.has_frame, true) {
            self.print("first frame");
        }
        if is_settled && !std::mem::replace(&mut self.has_picture, true) {
            self.print("settled picture");
            let frames = Arc::clone(&self.frames);
            std::thread::spawn(move || count_at_rest(&frames));
        }
    }

    /// Prints what a frame derived anew; those that only draw are as many as a person moves the pointer.
    #[allow(clippy::print_stderr, reason = "what `--timings` asks for")]
    fn print_work(&self, frame: u32, work: Work) {
        eprintln!("frame {frame}, {} ms: {work}", self.started.elapsed().as_millis());
    }

    #[allow(clippy::print_stderr, reason = "what `--timings` asks for")]
    fn print(&self, what: &str) {
        eprintln!("{what}: {} ms", self.started.elapsed().as_millis());
    }
}

/// Prints how many frames are drawn while nobody does anything.
#[allow(clippy::print_stderr, reason = "what `--timings` asks for")]
fn count_at_rest(frames: &AtomicU32) {
    std::thread::sleep(BEFORE_REST);
    let before = frames.load(Ordering::Relaxed);
    std::thread::sleep(AT_REST);
    let drawn = frames.load(Ordering::Relaxed) - before;
    eprintln!("frames at rest: {drawn} in {} s", AT_REST.as_secs());
}
