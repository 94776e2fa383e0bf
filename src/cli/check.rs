//! `tieline check`: lists every problem of map files, in the format of compilers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::output::{print, print_json};
use super::{PROBLEMS, WRONG_USE};
use crate::load::{Loaded, load_file};
use crate::model::{Claim, Key, Location, Map, Position, Problem, RelatedLocation, Severity};
use crate::wording::counted;

/// What to check.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArguments {
    /// Map files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Fail when a tie or a fact has no evidence
    #[arg(long)]
    require_evidence: bool,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// Checks all files; fails if any has an error or a warning, or can't be opened.
pub(super) fn run(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let reports: Vec<Report> =
        arguments.files.iter().map(|file| Report::new(file, arguments.require_evidence)).collect();
    if arguments.json {
        print_json(&Value::Array(reports.iter().map(Report::json).collect()))?;
    } else {
        print(&reports.iter().map(Report::text).collect::<String>())?;
    }
    let is_fine = reports.iter().all(Report::is_fine);
    let is_unreadable = reports.iter().any(|report| report.is_unreadable);
    Ok(match (is_unreadable, is_fine) {
        (true, _) => ExitCode::from(WRONG_USE),
        (false, true) => ExitCode::SUCCESS,
        (false, false) => ExitCode::from(PROBLEMS),
    })
}

/// Result of checking one file.
struct Report {
    file: String,
    /// Reason why the file can't be opened at all.
    refusal: Option<String>,
    /// Whether the file could not be read from disk.
    is_unreadable: bool,
    problems: Vec<Problem>,
    /// Number of problems counted but not listed.
    unlisted: usize,
    /// Ids of ties and facts without evidence, if evidence is required.
    unsourced: Vec<Key>,
    summary: String,
}

impl Report {
    fn new(path: &Path, require_evidence: bool) -> Self {
        let file = path.display().to_string();
        match load_file(path) {
            Ok((loaded, _)) => Self::of_map(file, loaded, require_evidence),
            Err(error) => Self {
                file,
                refusal: Some(error.to_string()),
                is_unreadable: error.is_unreadable(),
                problems: Vec::new(),
                unlisted: 0,
                unsourced: Vec::new(),
                summary: String::new(),
            },
        }
    }

    fn of_map(file: String, loaded: Loaded, require_evidence: bool) -> Self {
        let map = &loaded.map;
        let summary = format!(
            "{}, {}, {}, {}",
            counted(map.actors().len(), "actor", "actors"),
            counted(map.ties().len(), "tie", "ties"),
            counted(map.facts().len(), "fact", "facts"),
            counted(map.sources().len(), "source", "sources"),
        );
        let unsourced = if require_evidence { unsourced(map) } else { Vec::new() };
        let unlisted = loaded.counts.total() - loaded.problems.len();
        Self { file, refusal: None, is_unreadable: false, problems: loaded.problems, unlisted, unsourced, summary }
    }

    fn is_fine(&self) -> bool {
        self.refusal.is_none()
            && self.unsourced.is_empty()
            && self.unlisted == 0
            && self.problems.iter().all(|problem| problem.severity == Severity::Remark)
    }

    fn text(&self) -> String {
        let mut out = String::new();
        if let Some(refusal) = &self.refusal {
            let _ = writeln!(out, "{}: error: {refusal}", self.file);
            return out;
        }
        for problem in &self.problems {
            let place = problem.location.as_ref().map_or_else(|| self.file.clone(), |place| self.placed(place));
            let field = if problem.field.is_empty() { String::new() } else { format!(" ({})", problem.field) };
            let severity = severity_word(problem.severity);
            let _ = writeln!(out, "{place}: {severity}: {}{field}", problem.message);
            if let Some(RelatedLocation { location, words, .. }) = &problem.related {
                let _ = writeln!(out, "  {words}: {}", self.placed(location));
            }
            if let Some(remedy) = &problem.remedy {
                let _ = writeln!(out, "  help: {remedy}");
            }
        }
        for key in &self.unsourced {
            let _ = writeln!(out, "{}: error: “{key}” has no evidence", self.file);
            let _ = writeln!(out, "  help: add evidence that names a source");
        }
        if self.unlisted > 0 {
            let _ = writeln!(out, "{}: and {} more", self.file, counted(self.unlisted, "problem", "problems"));
        }
        let found = self.problems.len() + self.unsourced.len() + self.unlisted;
        let verdict = if found == 0 { "no problems".to_owned() } else { counted(found, "problem", "problems") };
        let _ = writeln!(out, "{}: {verdict} ({})", self.file, self.summary);
        out
    }

    /// Formats a location with the file name given on the command line.
    fn placed(&self, place: &Location) -> String {
        Location { file: self.file.as_str().into(), position: place.position.clone() }.to_string()
    }

    fn json(&self) -> Value {
        let problems: Vec<Value> = self
            .problems
            .iter()
            .map(|problem| {
                let mut all = json!({ "severity": severity_word(problem.severity) });
                place_json(&mut all, problem.location.as_ref());
                all["field"] = problem.field.as_str().into();
                all["message"] = problem.message.as_str().into();
                all["remedy"] = problem.remedy.as_deref().into();
                if let Some(related) = &problem.related {
                    all["related"] = json!({ "words": related.words, "field": related.field });
                    place_json(&mut all["related"], Some(&related.location));
                }
                all
            })
            .collect();
        let unsourced: Vec<&str> = self.unsourced.iter().map(|key| &**key).collect();
        json!({
            "file": self.file,
            "fine": self.is_fine(),
            "refusal": self.refusal,
            "problems": problems,
            "unlisted": self.unlisted,
            "withoutEvidence": unsourced,
        })
    }
}

/// Adds a location: line and column, or sheet and cell.
fn place_json(object: &mut Value, place: Option<&Location>) {
    let text = place.and_then(|place| place.position.line_and_column());
    object["line"] = text.map(|(line, _)| line).into();
    object["column"] = text.map(|(_, column)| column).into();
    if let Some(Position::Cell { sheet, row, column }) = place.map(|place| &place.position) {
        object["cell"] = json!({ "sheet": &**sheet, "row": row, "column": column });
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Remark => "remark",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn unsourced(map: &Map) -> Vec<Key> {
    let claims = map.ties().values().map(|tie| &tie.claim).chain(map.facts().values().map(|fact| &fact.claim));
    claims.filter(|claim: &&Claim| claim.evidence.is_empty()).map(|claim| claim.key.clone()).collect()
}
