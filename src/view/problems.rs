//! The list of what is wrong with a file.

use crate::model::{Place, Problem, Severity};
use crate::wording::{capitalized, counted, joined_and, visible};

/// One problem in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// How bad it is.
    pub severity: Severity,
    /// Where: "map.tieline.json:12:5".
    pub place_text: String,
    /// Where, for jumping to it; none if it concerns the whole file.
    pub place: Option<Place>,
    /// What is wrong: "Unknown actor `opnai` (ties\[3\].from)".
    pub text: String,
    /// How to mend it; empty if nothing is to be done.
    pub remedy: String,
}

/// What is wrong with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemList {
    /// "2 errors, 1 warning"; empty if there is nothing.
    pub summary: String,
    /// The problems in the file's order.
    pub rows: Vec<ProblemRow>,
}

impl ProblemList {
    /// The list of these problems.
    #[must_use]
    pub fn new(problems: &[Problem]) -> Self {
        let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
        let counts = [
            (count(Severity::Error), "error", "errors"),
            (count(Severity::Warning), "warning", "warnings"),
            (count(Severity::Note), "note", "notes"),
        ];
        let parts: Vec<String> = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        Self { summary: joined_and(&parts), rows: problems.iter().map(row).collect() }
    }
}

fn row(problem: &Problem) -> ProblemRow {
    ProblemRow {
        severity: problem.severity,
        place_text: place_text(problem),
        place: problem.place,
        text: capitalized(&message(problem)),
        remedy: problem.remedy.as_deref().map(|remedy| visible(remedy).into_owned()).unwrap_or_default(),
    }
}

/// A problem as compilers print theirs: "file:line:column: error: message (field)", then an indented line of help.
#[must_use]
pub fn problem_text(problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let help = problem.remedy.as_deref().map(|remedy| format!("\n  help: {}", visible(remedy))).unwrap_or_default();
    format!("{}: {severity}: {}{help}", place_text(problem), message(problem))
}

fn place_text(problem: &Problem) -> String {
    let file = visible(&problem.file);
    problem.place.map_or_else(|| file.to_string(), |place| format!("{file}:{}:{}", place.line, place.column))
}

fn message(problem: &Problem) -> String {
    let field = if problem.field.is_empty() { String::new() } else { format!(" ({})", visible(&problem.field)) };
    format!("{}{field}", visible(&problem.message))
}

#[cfg(test)]
mod tests {
    use super::{ProblemList, problem_text};
    use crate::model::{Place, Problem, Severity};

    fn problem(severity: Severity) -> Problem {
        Problem {
            severity,
            file: "map.json".into(),
            place: Some(Place { line: 12, column: 5 }),
            field: "ties[3].from".to_owned(),
            message: "no actor has the id `opnai`".to_owned(),
            remedy: Some("did you mean `openai`?".to_owned()),
        }
    }

    #[test]
    fn problems_read_like_a_compilers() {
        let expected =
            "map.json:12:5: error: no actor has the id `opnai` (ties[3].from)\n  help: did you mean `openai`?";
        assert_eq!(problem_text(&problem(Severity::Error)), expected);
        let whole = Problem { place: None, field: String::new(), remedy: None, ..problem(Severity::Note) };
        assert_eq!(problem_text(&whole), "map.json: note: no actor has the id `opnai`");
    }

    #[test]
    fn the_list_counts_by_severity() {
        let list = ProblemList::new(&[problem(Severity::Error), problem(Severity::Warning), problem(Severity::Error)]);
        assert_eq!(list.summary, "2 errors and 1 warning");
        assert_eq!(list.rows[0].place_text, "map.json:12:5");
        assert_eq!(list.rows[0].text, "No actor has the id `opnai` (ties[3].from)");
        assert_eq!(ProblemList::new(&[]), ProblemList::default());
    }
}
