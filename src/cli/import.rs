//! `tieline import`: makes a map of tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::output::{print, print_json};
use super::{PROBLEMS, WRONG_USE};
use crate::load::{ImportOptions, ImportReport, LoadError, Projection, import_files};
use crate::model::{Position, Problem, Severity};
use crate::save::{Disk, open_outputs, write_map, write_outputs};
use crate::wording::counted;
use crate::wording::read::Role;

/// What to import.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArguments {
    /// Tables: CSV, TSV, SIF, XLSX, XLS, ODS, or archives of them (.zip, .gz); several make one map
    #[arg(required = true, value_name = "TABLE")]
    tables: Vec<PathBuf>,
    /// The map to write, such as map.tieline.jsonc
    #[arg(short, long, value_name = "MAP")]
    output: PathBuf,
    /// Use the roles of columns that --save-recipe wrote
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Write the roles of the columns to a file, for --recipe
    #[arg(long, value_name = "FILE")]
    save_recipe: Option<PathBuf>,
    /// Read only this sheet of workbooks
    #[arg(long)]
    sheet: Option<String>,
    /// What a column is, such as from=Spender or amount="Sum in EUR"; can be given several times
    #[arg(long = "set", value_name = "ROLE=HEADING", value_parser = role_and_heading)]
    roles: Vec<(Role, String)>,
    /// Cite the tables as the source of all their ties, under this title
    #[arg(long, value_name = "TITLE")]
    as_source: Option<String>,
    /// Tie the actors of the first or second column (or the rows or columns of a matrix) by what they share of the other,
    /// which is left out: people on the same boards
    #[arg(long, value_name = "first|second", value_parser = projection)]
    project: Option<Projection>,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

fn role_and_heading(text: &str) -> Result<(Role, String), String> {
    let (role, heading) = text.split_once('=').ok_or("write ROLE=HEADING")?;
    let role = Role::from_word(role.trim()).ok_or_else(|| {
        let words: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        format!("“{role}” is not a role; roles are {}", words.join(", "))
    })?;
    Ok((role, heading.trim().to_owned()))
}

fn projection(text: &str) -> Result<Projection, String> {
    match text {
        "first" => Ok(Projection::First),
        "second" => Ok(Projection::Second),
        _ => Err("write first or second".to_owned()),
    }
}

/// Imports all tables into one map; fails if any has a problem.
pub(super) fn run(arguments: &ImportArguments) -> anyhow::Result<ExitCode> {
    let mut roles = arguments.roles.clone();
    if let Some(recipe) = &arguments.recipe {
        roles.extend(read_recipe(recipe)?);
    }
    let options = ImportOptions {
        roles,
        as_source: arguments.as_source.clone(),
        sheet: arguments.sheet.clone(),
        projection: arguments.project,
    };
    let (map, report) = match import_files(&arguments.tables, &options) {
        Ok(imported) => imported,
        Err(error) => return refuse(&error, arguments.json),
    };
    let inputs: Vec<&std::path::Path> = arguments.tables.iter().map(PathBuf::as_path).collect();
    let mut paths = vec![arguments.output.as_path()];
    let mut texts = vec![write_map(&map)];
    if let Some(recipe) = &arguments.save_recipe {
        paths.push(recipe);
        texts.push(format!("{:#}\n", recipe_json(&report)));
    }
    let outputs = open_outputs(&paths, &inputs, &Disk)?;
    write_outputs(outputs.into_iter().zip(texts).collect(), &Disk)?;
    if arguments.json {
        print_json(&report_json(&report))?;
    } else {
        print(&report_text(&report))?;
    }
    let is_fine = report.counts.errors == 0 && report.counts.warnings == 0;
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
}

/// Reports that nothing could be read.
fn refuse(error: &LoadError, as_json: bool) -> anyhow::Result<ExitCode> {
    if as_json {
        let problem = json!({ "severity": "error", "message": error.to_string() });
        print_json(&json!({ "actors": 0, "ties": 0, "problems": [problem] }))?;
    } else {
        eprintln!("tieline: {error}");
    }
    Ok(ExitCode::from(WRONG_USE))
}

/// Reads the roles of a recipe: `{ "version": 1, "columns": { "Payer": "from" } }`.
fn read_recipe(path: &std::path::Path) -> anyhow::Result<Vec<(Role, String)>> {
    let text = std::fs::read_to_string(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    let bad = |what: &str| {
        anyhow::anyhow!("could not use the recipe “{}”: {what}; write it by --save-recipe", path.display())
    };
    let recipe: Value = serde_json::from_str(&text).map_err(|error| bad(&error.to_string()))?;
    if recipe["version"] != 1 {
        return Err(bad("its version is not 1"));
    }
    let columns = recipe["columns"].as_object().ok_or_else(|| bad("it has no columns"))?;
    let mut roles = Vec::with_capacity(columns.len());
    for (heading, role) in columns {
        let role = role.as_str().and_then(Role::from_word).ok_or_else(|| bad(&format!("{role} is not a role")))?;
        roles.push((role, heading.clone()));
    }
    Ok(roles)
}

fn recipe_json(report: &ImportReport) -> Value {
    let columns: BTreeMap<&str, &str> =
        report.roles.iter().map(|(role, heading)| (heading.as_str(), role.word())).collect();
    json!({ "version": 1, "columns": columns })
}

fn report_json(report: &ImportReport) -> Value {
    let problems: Vec<Value> = report.problems.iter().map(problem_json).collect();
    json!({
        "format": report.format,
        "encoding": report.encoding,
        "actors": report.actors,
        "ties": report.ties,
        "facts": 0,
        "sources": report.sources,
        "problems": problems,
        "unlisted": report.counts.total() - report.problems.len(),
        "kept_fields": report.kept_fields,
        "guesses": report.guesses,
        "rows": { "read": report.rows.read, "used": report.rows.used, "skipped": report.rows.skipped },
    })
}

fn problem_json(problem: &Problem) -> Value {
    let position = problem.location.as_ref().map(|location| &location.position);
    let (sheet, row, column) = match position {
        Some(Position::Cell { sheet, row, column }) => (Some(&**sheet), Some(*row), Some(*column)),
        Some(&Position::Text { line, column }) => (None, Some(line), Some(column)),
        None => (None, None, None),
    };
    json!({
        "file": &*problem.file,
        "sheet": sheet.filter(|sheet| !sheet.is_empty()),
        "row": row,
        "column": column,
        "message": problem.message,
        "remedy": problem.remedy,
        "severity": severity_word(problem.severity),
    })
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Remark => "remark",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn report_text(report: &ImportReport) -> String {
    let mut out = String::new();
    for problem in &report.problems {
        let place = problem.location.as_ref().map_or_else(|| problem.file.to_string(), ToString::to_string);
        let _ = writeln!(out, "{place}: {}: {}", severity_word(problem.severity), problem.message);
        if let Some(remedy) = &problem.remedy {
            let _ = writeln!(out, "  help: {remedy}");
        }
    }
    let unlisted = report.counts.total() - report.problems.len();
    if unlisted > 0 {
        let _ = writeln!(out, "and {}", counted(unlisted, "more problem", "more problems"));
    }
    if !report.kept_fields.is_empty() {
        let kept: Vec<&str> = report.kept_fields.iter().map(String::as_str).collect();
        let _ = writeln!(out, "Kept as fields: {}", kept.join(", "));
    }
    let encoding = report.encoding.map(|encoding| format!(", {encoding}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "{}{encoding}: {}, {}, {}",
        report.format,
        counted(report.actors, "actor", "actors"),
        counted(report.ties, "tie", "ties"),
        counted(report.sources, "source", "sources")
    );
    let rows = report.rows;
    let _ = writeln!(out, "{} read, {} used, {} skipped", counted(rows.read, "row", "rows"), rows.used, rows.skipped);
    out
}
