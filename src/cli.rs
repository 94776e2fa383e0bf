//! The program without a window: `check`, `info`, `render` and `schema`.
//!
//! Results go to the standard output, messages to the standard error. The exit code is 0 where all is fine,
//! 1 where there are problems and 2 for wrong use.

mod check;
mod info;
mod render;
mod schema;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

use crate::load::Loaded;
use crate::wording::counted;

/// Exit code where all is fine.
pub const FINE: u8 = 0;
/// Exit code where there are problems.
pub const PROBLEMS: u8 = 1;
/// Exit code for wrong use.
pub const WRONG_USE: u8 = 2;

/// What the program is called in its own messages.
const RENDER_HINT: &str = "`tieline render FILE -o OUT.png` makes a picture without one";

#[derive(Debug, Parser)]
#[command(
    name = "tieline",
    version,
    about = "Evidence-backed relationship maps",
    args_conflicts_with_subcommands = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Task>,
    #[command(flatten)]
    window: WindowOptions,
}

/// What the window opens with.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct WindowOptions {
    /// Map to open; without one the last map, or the sample map
    pub file: Option<PathBuf>,
    /// Show the sample map and a fresh window instead of the last ones
    #[arg(long)]
    pub no_restore: bool,
    /// Print how long it took until something, and until everything, was on the screen
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// List what is wrong with map files
    Check(check::Arguments),
    /// Count what a map holds and add up its amounts
    Info(info::Arguments),
    /// Make a picture of a map
    Render(render::Arguments),
    /// Print the JSON schema of map files
    Schema,
}

/// What is left to do after the command line was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: end with this code.
    Exit(u8),
    /// Open the window.
    Window(WindowOptions),
}

/// Where results and messages go.
pub(crate) struct Output<'a> {
    /// Results.
    pub(crate) results: &'a mut dyn Write,
    /// Messages.
    pub(crate) messages: &'a mut dyn Write,
}

/// Carries out a command line, program name first. Only what writes to `results` and `messages`, or to the file
/// that `render` names, has an effect.
pub fn run(arguments: impl IntoIterator<Item = OsString>, results: &mut dyn Write, messages: &mut dyn Write) -> Next {
    let mut output = Output { results, messages };
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, &mut output),
    };
    let done = match arguments.command {
        None => return Next::Window(arguments.window),
        Some(Task::Check(arguments)) => check::run(&arguments, &mut output),
        Some(Task::Info(arguments)) => info::run(&arguments, &mut output),
        Some(Task::Render(arguments)) => render::run(&arguments, &mut output),
        Some(Task::Schema) => schema::run(&mut output),
    };
    Next::Exit(done.unwrap_or_else(|error| exit_code_of(&error)))
}

/// Says in one sentence why no window opens, and what works without one.
///
/// # Errors
///
/// When the message can't be written.
pub fn explain_no_window(reason: &str, messages: &mut dyn Write) -> io::Result<u8> {
    writeln!(messages, "tieline: {reason}; {RENDER_HINT}")?;
    Ok(WRONG_USE)
}

/// Says that a file that opened is not without fault.
fn tell_problems(path: &Path, loaded: &Loaded, output: &mut Output) -> io::Result<()> {
    let serious = loaded.counts.errors + loaded.counts.warnings;
    if serious == 0 {
        return Ok(());
    }
    let count = counted(serious, "problem", "problems");
    let path = path.display();
    writeln!(output.messages, "tieline: `{path}` has {count}; `tieline check` lists them")
}

/// Help and version are results; everything else that clap says is a message.
fn usage(error: &clap::Error, output: &mut Output) -> Next {
    let text = error.render();
    let is_help = !error.use_stderr();
    let written = if is_help { write!(output.results, "{text}") } else { write!(output.messages, "{text}") };
    Next::Exit(match written {
        Ok(()) if is_help => FINE,
        Ok(()) => WRONG_USE,
        Err(error) => exit_code_of(&error),
    })
}

/// A reader that has seen enough, such as `head`, is no problem; any other failed write is one.
fn exit_code_of(error: &io::Error) -> u8 {
    if error.kind() == io::ErrorKind::BrokenPipe { FINE } else { PROBLEMS }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, FINE, Next, WRONG_USE, WindowOptions, run};

    fn outcome(arguments: &[&str]) -> (Next, String, String) {
        let (mut results, mut messages) = (Vec::new(), Vec::new());
        let arguments = std::iter::once("tieline").chain(arguments.iter().copied()).map(Into::into);
        let next = run(arguments, &mut results, &mut messages);
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (next, text(results), text(messages))
    }

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_window_opens() {
        assert_eq!(outcome(&[]).0, Next::Window(WindowOptions::default()));
        let expected = WindowOptions { file: Some("a.tieline.json".into()), no_restore: true, timings: true };
        assert_eq!(outcome(&["a.tieline.json", "--no-restore", "--timings"]).0, Next::Window(expected));
    }

    #[test]
    fn help_is_a_result_and_wrong_use_a_message() {
        let (next, results, messages) = outcome(&["--help"]);
        assert_eq!((next, messages.as_str()), (Next::Exit(FINE), ""));
        assert!(results.contains("Usage: tieline"), "{results}");
        let (next, results, messages) = outcome(&["render", "a.json"]);
        assert_eq!((next, results.as_str()), (Next::Exit(WRONG_USE), ""));
        assert!(messages.contains("--output"), "{messages}");
    }

    /// A pipe whose reader has gone.
    struct Gone;

    impl std::io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_problem() {
        let next = run(["tieline".into(), "schema".into()], &mut Gone, &mut Vec::new());
        assert_eq!(next, Next::Exit(FINE));
    }
}
