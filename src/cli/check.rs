//! `tieline check`: what is wrong with map files, as compilers say it.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::load::{LoadError, Loaded, Origin, load_file};
use crate::model::{ClaimId, Map, Place, Problem, Severity};
use crate::view::problem_text;
use crate::wording::{counted, joined_and};

use super::{FINE, Output, PROBLEMS, WRONG_USE};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Map files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Count a tie or fact without evidence as an error
    #[arg(long)]
    require_evidence: bool,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// What was found in one file.
struct Checked {
    name: String,
    problems: Vec<Problem>,
    /// Problems beyond those listed.
    unlisted: usize,
    /// Whether it is a map at all.
    is_map: bool,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> io::Result<u8> {
    let mut code = FINE;
    let mut checked = Vec::new();
    for path in &arguments.files {
        match check(path, arguments.require_evidence) {
            Ok(found) => checked.push(found),
            Err(error) => {
                writeln!(output.messages, "tieline: {error}")?;
                code = WRONG_USE;
            }
        }
    }
    if checked.iter().any(Checked::has_problems) {
        code = code.max(PROBLEMS);
    }
    if arguments.json {
        let files: Vec<Value> = checked.iter().map(Checked::json).collect();
        writeln!(output.results, "{:#}", Value::Array(files))?;
    } else {
        for found in &checked {
            found.write(output)?;
        }
    }
    Ok(code)
}

/// Reads a file and lists what is wrong with it; only a file that can't be read is an error.
fn check(path: &Path, requires_evidence: bool) -> Result<Checked, LoadError> {
    match load_file(path) {
        Ok((loaded, origin)) => Ok(Checked::of_map(&loaded, &origin, requires_evidence)),
        Err(error @ LoadError::Read { .. }) => Err(error),
        Err(error) => Ok(Checked::no_map(path, &error)),
    }
}

impl Checked {
    fn of_map(loaded: &Loaded, origin: &Origin, requires_evidence: bool) -> Self {
        let name = origin.name();
        let mut problems = loaded.problems.clone();
        let unlisted = loaded.counts.total().saturating_sub(problems.len());
        if requires_evidence {
            problems.extend(without_evidence(&loaded.map, &name, &origin.bytes));
        }
        Self { name, problems, unlisted, is_map: true }
    }

    fn no_map(path: &Path, error: &LoadError) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let problem = Problem {
            severity: Severity::Error,
            file: name.as_str().into(),
            place: None,
            field: String::new(),
            message: error.to_string(),
            remedy: None,
        };
        Self { name, problems: vec![problem], unlisted: 0, is_map: false }
    }

    fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Errors and warnings are problems; notes are not.
    fn has_problems(&self) -> bool {
        self.unlisted > 0 || self.problems.iter().any(|problem| problem.severity > Severity::Note)
    }

    fn write(&self, output: &mut Output) -> io::Result<()> {
        for problem in &self.problems {
            writeln!(output.results, "{}", problem_text(problem))?;
        }
        writeln!(output.results, "{}: {}", self.name, self.summary())
    }

    /// "2 errors and 1 warning", or "no problems".
    fn summary(&self) -> String {
        let counts = [
            (self.count(Severity::Error), "error", "errors"),
            (self.count(Severity::Warning), "warning", "warnings"),
            (self.count(Severity::Note), "note", "notes"),
            (self.unlisted, "problem not listed", "problems not listed"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = counts.map(|(count, one, many)| counted(count, one, many)).collect();
        if parts.is_empty() { "no problems".to_owned() } else { joined_and(&parts) }
    }

    fn json(&self) -> Value {
        let problems: Vec<Value> = self.problems.iter().map(problem_json).collect();
        json!({
            "file": self.name,
            "is_map": self.is_map,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "notes": self.count(Severity::Note),
            "unlisted": self.unlisted,
            "problems": problems,
        })
    }
}

fn problem_json(problem: &Problem) -> Value {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    json!({
        "severity": severity,
        "line": problem.place.map(|place| place.line),
        "column": problem.place.map(|place| place.column),
        "field": problem.field,
        "message": problem.message,
        "remedy": problem.remedy,
    })
}

/// Ties and facts that stand without evidence, as errors.
fn without_evidence(map: &Map, file: &str, bytes: &[u8]) -> Vec<Problem> {
    let text = String::from_utf8_lossy(bytes);
    let ids = map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact));
    let bare = ids.filter(|&id| map.claim(id).evidence.is_empty() && !map.claim(id).is_withdrawn());
    bare.map(|id| {
        let key = &map.claim(id).key;
        let what = if matches!(id, ClaimId::Tie(_)) { "tie" } else { "fact" };
        Problem {
            severity: Severity::Error,
            file: file.into(),
            place: place_of_id(&text, key),
            field: "evidence".to_owned(),
            message: format!("the {what} `{key}` has no evidence"),
            remedy: Some("add a piece of evidence that names its source".to_owned()),
        }
    })
    .collect()
}

/// Where a record with this id stands in a file: ids are unique, so the first `"id": "…"` is it.
fn place_of_id(text: &str, key: &str) -> Option<Place> {
    let quoted = Value::from(key).to_string();
    let found = text.match_indices(&quoted).find(|(at, _)| {
        let before = text[..*at].trim_end();
        before.strip_suffix(':').is_some_and(|before| before.trim_end().ends_with("\"id\""))
    });
    let (at, _) = found?;
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    Some(Place { line: u32::try_from(line).ok()?, column: u32::try_from(column).ok()? })
}

#[cfg(test)]
mod tests {
    use super::place_of_id;
    use crate::model::Place;

    #[test]
    fn ids_are_found_where_they_are_given_not_where_they_are_named() {
        let text = "{ \"from\": \"a\",\n  \"id\" : \"a\" }";
        assert_eq!(place_of_id(text, "a"), Some(Place { line: 2, column: 10 }));
        assert_eq!(place_of_id(text, "b"), None);
        assert_eq!(place_of_id("{\"id\":\"ä\\\"\"}", "ä\""), Some(Place { line: 1, column: 7 }));
    }
}
