//! `tieline edit`: changes a map without a window, and prints the difference.
//!
//! `steps` are the edits as given, in their order; `apply` makes them by the same functions as the window, `difference`
//! and `report` tell what changed.

mod apply;
mod cite;
mod difference;
mod effects;
mod find;
mod report;
mod session;
mod set;
mod steps;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::WRONG_USE;
use super::output::{print, print_json};
use crate::document::Document;
use crate::load::load_file;
use crate::save::{Disk, IfChanged, MapContent, SaveError, SavedText, is_same_file, save_as, save_over, save_text};
use apply::make_edits;
use report::EditReport;
use steps::EditSteps;

/// What to change, and where to write it.
#[derive(Debug, clap::Args)]
pub(super) struct EditArguments {
    /// A map file
    file: PathBuf,
    #[command(flatten)]
    steps: EditSteps,
    /// Write the changed map to OUT and leave FILE as it is
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Only print what would change; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the changes as one JSON object
    #[arg(long, alias = "as-json")]
    json: bool,
}

/// Makes all edits, or none.
pub(super) fn run(arguments: &EditArguments) -> anyhow::Result<ExitCode> {
    if arguments.steps.0.is_empty() {
        return Ok(refused("no edit was given; `tieline edit --help` lists them"));
    }
    let (loaded, origin) = load_file(&arguments.file)?;
    let has_errors = loaded.counts.errors > 0;
    let before = Document::new(Arc::new(loaded.map), Arc::new(origin));
    let made = make_edits(&before, &arguments.steps.0);
    let (transaction, done) = match made {
        Ok(made) => made,
        Err(reason) => return Ok(refused(&reason)),
    };
    let after = before.apply(&transaction)?.document;
    let saved = changed_text(&before, &after)?;
    let is_changed = saved.text.as_bytes() != before.origin.map_bytes();
    let target = arguments.output.as_deref().filter(|out| !is_same_file(out, &arguments.file));
    let is_written = !arguments.dry_run && (is_changed || target.is_some());
    if let Some(reason) = &saved.rewritten {
        // A script must not lose comments unasked.
        if has_errors && target.is_none() && !arguments.dry_run {
            let file = arguments.file.display();
            let remedy = "fix what `tieline check` lists, or write to another file with -o";
            return Ok(refused(&format!("“{file}” can't be changed in place: {reason}; {remedy}")));
        }
        eprintln!("tieline: {reason}");
    }
    if is_written {
        write(&before, target, &saved.text)?;
    }
    let report = EditReport {
        file: &arguments.file,
        target: target.unwrap_or(&arguments.file),
        before: &before,
        after: &after,
        done: &done,
        text: &saved.text,
        is_written,
    };
    if arguments.json {
        return print_json(&report.json());
    }
    print(&report.text())?;
    eprintln!("{}", report.verdict(arguments.dry_run));
    Ok(ExitCode::SUCCESS)
}

/// Says why no edit was made.
fn refused(reason: &str) -> ExitCode {
    eprintln!("tieline: nothing was written: {reason}");
    ExitCode::from(WRONG_USE)
}

/// Returns the text of the file with the changes.
fn changed_text(before: &Document, after: &Document) -> Result<SavedText, SaveError> {
    let [was, is] = [before, after].map(|document| document.look.to_view(&document.map));
    let (was, is) = (MapContent { map: &before.map, view: &was }, MapContent { map: &after.map, view: &is });
    save_text(&before.origin, was, is)
}

/// Writes to another file, or over the map's own if nobody changed it meanwhile.
fn write(before: &Document, target: Option<&Path>, text: &str) -> Result<(), SaveError> {
    let origin = &before.origin;
    match (target, origin.imported_from()) {
        (Some(path), _) => save_as(origin, path, text, &Disk)?,
        (None, Some((path, format))) => return Err(SaveError::Imported { path: path.to_owned(), format }),
        (None, None) => save_over(origin, text, IfChanged::Refuse, &Disk)?,
    };
    Ok(())
}
