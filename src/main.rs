//! The program: everything is in the library.

use std::process::ExitCode;
use std::time::Instant;

use tieline::cli::{self, WindowArguments};

fn main() -> ExitCode {
    let started = Instant::now();
    cli::run(|window| open_window(window, started))
}

#[cfg(feature = "gui")]
fn open_window(window: WindowArguments, started: Instant) -> anyhow::Result<()> {
    let WindowArguments { file, no_restore, timings } = window;
    tieline::app::run(tieline::app::Options { file, no_restore, timings }, started)
}

#[cfg(not(feature = "gui"))]
fn open_window(_: WindowArguments, _: Instant) -> anyhow::Result<()> {
    anyhow::bail!("this build has none")
}
