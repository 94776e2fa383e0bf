//! The executable; everything else is in the library.

use std::process::ExitCode;
use std::time::Instant;

use mimalloc::MiMalloc;
use tieline::cli::{self, WindowArguments};
use tracing_subscriber::filter::LevelFilter;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let started = Instant::now();
    start_log();
    cli::run(|window| open_window(window, started))
}

#[cfg(feature = "gui")]
fn open_window(window: WindowArguments, started: Instant) -> anyhow::Result<()> {
    let WindowArguments { files, no_restore, timings } = window;
    tieline::app::run(tieline::app::Options { files, no_restore, timings }, started)
}

#[cfg(not(feature = "gui"))]
fn open_window(_: WindowArguments, _: Instant) -> anyhow::Result<()> {
    anyhow::bail!("this build has no window support")
}

/// Starts logging to stderr, including libraries, if `TIELINE_LOG` names a level (default: warnings); for bug reports.
fn start_log() {
    let Some(level) = std::env::var_os("TIELINE_LOG") else { return };
    let level: Option<LevelFilter> = level.to_str().and_then(|level| level.parse().ok());
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level.unwrap_or(LevelFilter::WARN)).init();
}
