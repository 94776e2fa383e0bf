//! The program without a window: checks, tells about and draws maps, and starts the window.
//!
//! Results go to stdout, messages to stderr; 0 means fine, 1 problems, 2 wrong use.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what this module is for")]

mod check;
mod info;
mod output;
mod render;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};

/// What went wrong was in the files, not in the call.
const PROBLEMS: u8 = 1;

/// Evidence-backed relationship maps: who is tied to whom, and how we know.
#[derive(Debug, Parser)]
#[command(name = "tieline", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    window: WindowArguments,
}

/// How the window opens.
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "gui"), allow(dead_code, reason = "a build without the window only refuses these"))]
struct WindowArguments {
    /// The map to open; without it the last one, at a first start the bundled one
    file: Option<PathBuf>,
    /// Start with the bundled map and fresh window settings
    #[arg(long)]
    no_restore: bool,
    /// Print to stderr how long the first frame and the settled picture took
    #[arg(long)]
    timings: bool,
}

/// What to do without a window.
#[derive(Debug, Subcommand)]
enum Verb {
    /// List every problem of map files, with line, column, field and remedy
    Check(check::Arguments),
    /// Tell what a map holds: counts, coverage, sums
    Info(info::Arguments),
    /// Draw a map as PNG or SVG
    Render(render::Arguments),
    /// Print the JSON Schema of the file format
    Schema,
}

/// Reads the command line and carries it out. `started` is when the process began, for `--timings`.
#[must_use]
pub fn run(started: Instant) -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.verb {
        Some(Verb::Check(arguments)) => check::run(&arguments),
        Some(Verb::Info(arguments)) => info::run(&arguments),
        Some(Verb::Render(arguments)) => render::run(&arguments),
        Some(Verb::Schema) => output::print_json(&crate::load::json_schema()),
        None => open_window(arguments.window, started),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tieline: {error}");
            ExitCode::from(PROBLEMS)
        }
    }
}

#[cfg(feature = "gui")]
fn open_window(window: WindowArguments, started: Instant) -> anyhow::Result<ExitCode> {
    let WindowArguments { file, no_restore, timings } = window;
    match crate::app::run(crate::app::Options { file, no_restore, timings }, started) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            // The window system's own message ends with the reason; what stands before are places in its source.
            let cause = error.root_cause().to_string();
            let reason = cause.rsplit(": ").next().unwrap_or(&cause).trim_end_matches('.');
            anyhow::bail!(
                "no window can be opened here ({reason}); `tieline render FILE -o OUT.png` draws a map without one"
            )
        }
    }
}

#[cfg(not(feature = "gui"))]
#[allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the same call as in a build with the window"
)]
fn open_window(_: WindowArguments, _: Instant) -> anyhow::Result<ExitCode> {
    eprintln!("tieline: this build has no window; `tieline render FILE -o OUT.png` draws a map without one");
    Ok(ExitCode::from(2))
}
