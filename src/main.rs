//! The program: reads the command line, then opens the window if that is what is wanted.

use std::io;
use std::process::ExitCode;
use std::time::Instant;

use tieline::cli::{self, Next, WindowOptions};

fn main() -> ExitCode {
    let started = Instant::now();
    let next = cli::run(std::env::args_os(), &mut io::stdout().lock(), &mut io::stderr());
    match next {
        Next::Exit(code) => code.into(),
        Next::Window(options) => open_window(options, started),
    }
}

#[cfg(feature = "gui")]
fn open_window(options: WindowOptions, started: Instant) -> ExitCode {
    let WindowOptions { file, no_restore, timings } = options;
    match tieline::app::run(tieline::app::Options { file, no_restore, timings }, started) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => say_why_not(&format!("{error:#}")),
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_: WindowOptions, _: Instant) -> ExitCode {
    say_why_not("this build has no window")
}

fn say_why_not(reason: &str) -> ExitCode {
    // Where not even the message can be written, the code alone has to tell.
    cli::explain_no_window(reason, &mut io::stderr()).unwrap_or(cli::WRONG_USE).into()
}
