//! The native window: runs [`App`] in eframe.

mod timings;

use std::time::Instant;

use anyhow::{Context as _, anyhow};
use eframe::{Frame, NativeOptions, Renderer};
use egui::{Context, IconData, RawInput, Ui, ViewportBuilder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree};

use crate::app::canvas::{CameraMotion, FarGpu};
use crate::app::platform::Platform;
use crate::app::settings::Settings;
use crate::app::ui::toast::ToastKind;
use crate::app::{App, Options};

use self::timings::Timings;

/// Opens the window and returns once it is closed. `started` is the start time of the process, for `--timings`.
///
/// # Errors
///
/// Fails if no window can be opened, for example without a display.
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
        let timings = options.timings.then(|| Timings::new(started));
        let mut app = App::new(&creation.egui_ctx, &options, platform);
        match &creation.wgpu_render_state {
            Some(state) => app.draw_on(FarGpu::install(state)),
            None => app.tell_no_adapter(),
        }
        #[cfg(unix)]
        if let Err(error) =
            crate::app::flow::signals::listen(&creation.egui_ctx, app.signals.clone(), app.journaling.flusher())
        {
            tracing::warn!("signals are not heard, so they end the program at once: {error}");
        }
        Ok(Box::new(Window { app, timings }) as Box<dyn eframe::App>)
    };
    // winit panics instead of failing on some broken displays; the user gets one sentence either way.
    let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("tieline", native, Box::new(make))
    }));
    match ran {
        Ok(ran) => ran.map_err(|error| told(&error)).context("no window could be opened"),
        Err(_) => Err(anyhow!("no window could be opened")),
    }
}

/// Returns an error with its remedy.
fn told(error: &eframe::Error) -> anyhow::Error {
    match error {
        eframe::Error::Wgpu(error) => anyhow!(
            "{error}; there must be a graphics driver, on Linux mesa-vulkan-drivers or libgl1-mesa-dri, which need no \
             graphics card"
        ),
        _ => anyhow!("{error}"),
    }
}

/// Returns the icon shown in task bars; Wayland shows the icon installed by the package instead.
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

/// Side length of the window icon; window systems scale it down.
const ICON_SIZE_PX: u32 = 128;

impl App {
    /// Draws large maps on this graphics adapter from now on.
    fn draw_on(&mut self, gpu: FarGpu) {
        tracing::info!(
            "large maps are drawn on the {}",
            if gpu.is_software() { "processor" } else { "graphics adapter" }
        );
        self.canvas.draw_on(gpu);
    }

    /// Says once that large maps are drawn slowly.
    fn tell_no_adapter(&mut self) {
        let words = "No graphics adapter was found, so large maps are drawn slowly; install a driver such as Mesa";
        self.toasts.say(ToastKind::Told, words);
    }

    /// Returns how the view moved in the last frame.
    fn motion(&self) -> CameraMotion {
        self.canvas.motion()
    }
}

/// [`App`] in a native window.
struct Window {
    app: App,
    timings: Option<Timings>,
}

impl eframe::App for Window {
    fn raw_input_hook(&mut self, _ctx: &Context, _input: &mut RawInput) {
        self.timings.iter_mut().for_each(Timings::start_frame);
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.app.ui(ui);
        if let Some(timings) = &mut self.timings {
            timings.note(&self.app);
        }
    }

    fn on_exit(&mut self) {
        self.app.leave();
        self.timings.iter().for_each(Timings::print_frames);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
