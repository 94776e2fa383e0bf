//! The command line: checks, describes and draws maps without a window, and starts the window.
//!
//! Results go to stdout, messages to stderr. Exit codes: 0 fine, 1 problems in a file, 2 wrong use or a file that
//! can't be read or written.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what this module is for")]

mod arrange;
mod check;
mod edit;
mod export;
mod import;
mod info;
mod output;
mod package_files;
mod redacting;
mod render;
mod timings;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::load::LoadError;
use crate::save::{self, SaveError};

/// Exit code for problems in the files, as opposed to the call.
const PROBLEMS: u8 = 1;
/// Exit code for a wrong call, or a file that can't be read or written.
const WRONG_USE: u8 = 2;

/// Explanation of the exit codes in `--help`.
const CODES: &str =
    "Exit codes: 0 success, 1 problems in a file, 2 wrong usage or a file that cannot be read or written.";

/// Evidence-backed relationship maps: who is tied to whom, and how we know.
#[derive(Debug, Parser)]
#[command(name = "tieline", version, args_conflicts_with_subcommands = true, after_help = CODES)]
struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    window: WindowArguments,
}

/// How the window opens.
#[derive(Debug, clap::Args)]
pub struct WindowArguments {
    /// Map to open, or tables that make one; by default the last map, or the bundled one at first start
    pub files: Vec<PathBuf>,
    /// Start with the bundled map instead of the last one
    #[arg(long)]
    pub no_restore: bool,
    /// Print to stderr how long the first frame and the settled picture took, the frames drawn at rest, and what each
    /// change took: records walked, texts shaped, lanes routed, items made and drawn
    #[arg(long)]
    pub timings: bool,
}

/// What to do without a window.
#[derive(Debug, Subcommand)]
enum Verb {
    /// List every problem of map files, with line, column, field and remedy
    Check(check::CheckArguments),
    /// Change a map: set fields, add, cite, rename, merge and delete records, and print the difference
    ///
    /// Edits are made in the order given, as in the window, and all of them or none: an unknown id, a text with several
    /// readings or a file that can't be written leaves the file as it is. Only the text of what changes is touched;
    /// comments and the rest of the file stay byte for byte. Nothing is fetched.
    #[command(override_usage = "tieline edit [OPTIONS] <FILE> <EDIT>…")]
    Edit(Box<edit::EditArguments>),
    /// Make a map from tables: spreadsheets, CSV, and archives of them; or bring one up to date with its tables
    ///
    /// Columns are recognized by their headings in English, German, French and Spanish, and by those of other programs.
    /// What has no role is kept as a field. Each row that is not used is listed with its reason.
    ///
    /// A database is read with SELECT statements only: sqlite:FILE with --actors and --ties, or postgres://USER@HOST:PORT/DB
    /// with the parameters of psql (sslmode, sslrootcert, host, port, dbname, user, connect_timeout). The password comes from
    /// PGPASSWORD, ~/.pgpass or a prompt, never from the address. Connections to other machines are encrypted and the
    /// server's certificate is checked unless sslmode says otherwise. Nothing else uses a network. CockroachDB, YugabyteDB,
    /// Citus and Redshift speak the protocol of PostgreSQL; they have not been tested.
    ///
    /// JSON graphs are recognized by their contents: node-link, Cytoscape and CX2, Kumu, Oligrapher, LittleSis,
    /// FollowTheMoney, BODS, Neo4j (APOC), Obsidian canvas, JSON Graph Format, STIX 2, SPARQL results, and lists or lines
    /// of plain objects.
    ///
    /// `--update MAP` reads the tables of a map again, with the same roles of columns, and applies what is new,
    /// changed or gone in them. Tables lie beside the map, or are named. Places, evidence and corrections made by hand stay,
    /// rows deleted by hand are not brought back, and records whose rows are gone stay if there is such work on them.
    /// `--dry-run` lists all of it first.
    Import(Box<import::ImportArguments>),
    /// Write a map for other programs: tables, graphs, lists of sources, a report
    ///
    /// The whole map is written, including what its view hides. What the format can't hold is counted on stderr;
    /// an Excel workbook holds everything, and `tieline import` reads it back. No cell is a formula. An existing file that
    /// OUT names is replaced, as by render; OUT-actors.csv and OUT-ties.csv replace only tables that were exported before.
    Export(Box<export::ExportArguments>),
    /// Summarize a map: counts, coverage, sums
    Info(info::InfoArguments),
    /// Draw a picture of a map for a slide, a document or the web: PNG, SVG, PDF, HTML or PPTX
    ///
    /// Draws what "Export picture…" of the window makes, not a picture of the window: the actors and ties that the view
    /// saved in the file shows, at their saved places and with its labels, on a page with title, legend, numbered
    /// sources and credits. A page keeps its size: sources that find no room go to further pages of a PDF, to further
    /// slides of a PPTX, to further files of a PNG or SVG (OUT-2.png), or into the notes. Names and labels below 8 points are enlarged, reduced to
    /// citation numbers, or left out. A map of more than 150 actors without room for their cards is drawn from afar: areas
    /// of actors with many ties among themselves, dots and thin lines, with the names of the most important actors and
    /// without numbered sources; the foot says what is left out. An HTML file needs no page: it has the map to zoom and the details of everything
    /// in it, and loads nothing. A PPTX has shapes and text that can be edited, and all sources in its notes; a map of more than 400
    /// shapes is a picture there, with names as text. A file with errors is drawn as far as it can be read, and a
    /// line on stderr says so.
    Render(Box<render::RenderArguments>),
    /// Place all actors anew, except pinned ones, and write their places
    Arrange(arrange::ArrangeArguments),
    /// Print the JSON Schema of the file format
    Schema,
}

/// Parses and runs the command line; `open_window` is called if no subcommand is given.
pub fn run(open_window: impl FnOnce(WindowArguments) -> anyhow::Result<()>) -> ExitCode {
    let matches = Arguments::command().subcommand(package_files::command()).get_matches();
    if let Some(folder) = dirs::state_dir().or_else(dirs::data_local_dir) {
        save::sweep_at_start(&folder.join("tieline"));
    }
    let done = if let Some((package_files::VERB, matches)) = matches.subcommand() {
        package_files::run(matches, &Arguments::command())
    } else {
        Arguments::from_arg_matches(&matches).map_err(Into::into).and_then(|arguments| start(arguments, open_window))
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tieline: {error}");
            ExitCode::from(code_of(&error))
        }
    }
}

/// Runs the subcommand, or opens the window.
fn start(
    arguments: Arguments,
    open_window: impl FnOnce(WindowArguments) -> anyhow::Result<()>,
) -> anyhow::Result<ExitCode> {
    match arguments.verb {
        Some(Verb::Arrange(arguments)) => arrange::run(&arguments),
        Some(Verb::Check(arguments)) => check::run(&arguments),
        Some(Verb::Edit(arguments)) => edit::run(&arguments),
        Some(Verb::Export(arguments)) => export::run(&arguments),
        Some(Verb::Import(arguments)) => import::run(&arguments),
        Some(Verb::Info(arguments)) => info::run(&arguments),
        Some(Verb::Render(arguments)) => render::run(&arguments),
        Some(Verb::Schema) => output::print_json(&crate::load::json_schema()),
        None => open_window(arguments.window).map(|()| ExitCode::SUCCESS).map_err(|error| no_window(&error)),
    }
}

fn code_of(error: &anyhow::Error) -> u8 {
    let is_unreadable = error.downcast_ref::<LoadError>().is_some_and(LoadError::is_unreadable);
    if is_unreadable || error.is::<SaveError>() { WRONG_USE } else { PROBLEMS }
}

/// Returns an error that explains why no window can be opened, and what works without one.
fn no_window(error: &anyhow::Error) -> anyhow::Error {
    // The window system's message ends with the reason; before it are source locations.
    let cause = error.root_cause().to_string();
    let reason = cause.rsplit(": ").next().unwrap_or(&cause).trim_end_matches('.');
    anyhow::anyhow!("could not open a window: {reason}; use `tieline render FILE -o OUT.png` to draw a map without one")
}
