//! `tieline import`: makes a map of tables, adds tables to one, or brings one up to date with its tables.

mod database;
mod update;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};

use super::output::{print, print_json};
use super::{PROBLEMS, WRONG_USE};
use crate::database::{DatabaseAddress, Unexplored};
use crate::document::{Document, add_rows};
use crate::load::{
    ColumnChoice, ImportFile, ImportOptions, ImportReport, LoadError, Projection, TableSource, add_tables,
    import_read_files, load_file, read_import_file, read_recipe, recipe_json,
};
use crate::model::{Position, Problem, Severity};
use crate::save::{Disk, MapContent, open_outputs, save_text, write_map, write_outputs};
use crate::wording::counted;
use crate::wording::read::Role;
use database::{DatabaseArguments, left_out_json, left_out_text};

/// What to import.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArguments {
    /// Tables: CSV, TSV, SIF, NCOL, XLSX, XLS, ODS; graphs (GraphML, GEXF, GML, DOT, Pajek, UCINET DL, JSON of many
    /// programs); or archives of them (.zip, .gz); several make one map. One of them may be a database: sqlite:FILE or
    /// postgres://USER@HOST:PORT/DATABASE
    #[arg(required_unless_present = "update", value_name = "TABLE")]
    tables: Vec<PathBuf>,
    #[command(flatten)]
    update: update::UpdateArguments,
    /// Add the tables to this map: actors are joined by id, else by name, and ties that it has already are not added
    #[arg(long, value_name = "MAP", conflicts_with = "update")]
    into: Option<PathBuf>,
    /// The map to write, such as map.tieline.jsonc; with --update by default the map itself
    #[arg(short, long, value_name = "MAP", required_unless_present_any = ["list", "update"])]
    output: Option<PathBuf>,
    /// Use the roles of columns that --save-recipe wrote
    #[arg(long, value_name = "FILE", conflicts_with = "update")]
    recipe: Option<PathBuf>,
    /// Write the roles of the columns to a file, for --recipe
    #[arg(long, value_name = "FILE", conflicts_with = "update")]
    save_recipe: Option<PathBuf>,
    /// Read only this sheet of workbooks
    #[arg(long, conflicts_with = "update")]
    sheet: Option<String>,
    /// What a column is, such as from=Spender or amount="Sum in EUR"; can be given several times
    #[arg(long = "set", value_name = "ROLE=HEADING", value_parser = role_and_heading, conflicts_with = "update")]
    columns: Vec<ColumnChoice>,
    /// The kind of ties in tables without a column for it
    #[arg(long, value_name = "KIND", conflicts_with = "update")]
    kind: Option<String>,
    /// Cite the tables as the source of all their ties, under this title
    #[arg(long, value_name = "TITLE", conflicts_with = "update")]
    as_source: Option<String>,
    /// Tie the actors of the first or second column (or the rows or columns of a matrix) by what they share of the other,
    /// which is left out: people on the same boards
    #[arg(long, value_name = "first|second", value_parser = projection, conflicts_with = "update")]
    project: Option<Projection>,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArguments,
}

fn role_and_heading(text: &str) -> Result<ColumnChoice, String> {
    let (role, heading) = text.split_once('=').ok_or("write ROLE=HEADING")?;
    let role = role.trim();
    let role = Role::from_word(role).ok_or_else(|| format!("“{role}” is not a role; roles are {}", Role::words()))?;
    Ok(ColumnChoice::everywhere(heading.trim(), role))
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
    if arguments.update.is_wanted() {
        return update::run(arguments);
    }
    let address = match arguments.address() {
        Ok(address) => address,
        Err(error) => return refuse(&error, arguments.json),
    };
    let Some(output) = arguments.output.as_deref().filter(|_| !arguments.database.list) else {
        let listed = address.as_ref().map(|address| arguments.database.list(address, arguments.json));
        return listed.unwrap_or(Ok(ExitCode::SUCCESS)).or_else(|error| refuse(&error, arguments.json));
    };
    let mut columns = arguments.columns.clone();
    if let Some(recipe) = &arguments.recipe {
        columns.extend(columns_of_recipe(recipe)?);
    }
    let source = arguments.as_source.clone().map(|title| TableSource { title, ..TableSource::default() });
    let (sheet, tie_kind) = (arguments.sheet.clone(), arguments.kind.clone());
    let projection = arguments.project;
    let options = ImportOptions { columns, source, sheet, projection, tie_kind, ..ImportOptions::default() };
    let files = match arguments.read(address.as_ref(), &options) {
        Ok(files) => files,
        Err(error) => return refuse(&error, arguments.json),
    };
    let (files, left_out) = files;
    let imported = match &arguments.into {
        Some(map) => added_text(map, &files, &options)?,
        None => import_read_files(&files, &options).map(|(map, report)| (write_map(&map), report)),
    };
    let (text, report) = match imported {
        Ok(imported) => imported,
        Err(error) => return refuse(&error, arguments.json),
    };
    let database = address.as_ref().and_then(DatabaseAddress::path);
    let inputs: Vec<&Path> = arguments.tables.iter().map(PathBuf::as_path).chain(database).collect();
    let mut paths = vec![output];
    let mut texts = vec![text];
    if let Some(recipe) = &arguments.save_recipe {
        paths.push(recipe);
        texts.push(format!("{:#}\n", recipe_of(&report)));
    }
    let outputs = open_outputs(&paths, &inputs, &Disk)?;
    write_outputs(outputs.into_iter().zip(texts).collect(), &Disk)?;
    if arguments.json {
        let mut object = report_json(&report);
        if let Some(left_out) = left_out {
            object["left_out"] = left_out_json(left_out);
        }
        print_json(&object)?;
    } else {
        print(&(report_text(&report) + &left_out.map(left_out_text).unwrap_or_default()))?;
    }
    let is_fine = report.counts.errors == 0 && report.counts.warnings == 0;
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
}

impl ImportArguments {
    /// Returns the database among the tables.
    fn address(&self) -> anyhow::Result<Option<DatabaseAddress>> {
        let texts: Vec<&str> = self.tables.iter().filter_map(|table| table.to_str()).collect();
        let mut meant = texts.into_iter().filter(|text| DatabaseAddress::is_meant(text));
        let address = meant.next().map(DatabaseAddress::parse).transpose()?;
        anyhow::ensure!(
            meant.next().is_none(),
            "only one database can be asked at a time; import the other with --into"
        );
        anyhow::ensure!(
            address.is_some() || !self.database.is_any(),
            "no database is named; write sqlite:FILE or postgres://USER@HOST:PORT/DATABASE as one of the tables"
        );
        Ok(address)
    }

    /// Returns the database to ask again for an update.
    fn address_to_update(&self) -> anyhow::Result<Option<DatabaseAddress>> {
        anyhow::ensure!(
            !self.database.is_any(),
            "an update runs the statements in the map; leave out --list, --actors, --ties and --neighbors"
        );
        self.address()
    }

    /// Reads all tables, and asks the database; returns what was left out of it, too.
    fn read(
        &self,
        address: Option<&DatabaseAddress>,
        options: &ImportOptions,
    ) -> anyhow::Result<(Vec<ImportFile>, Option<Unexplored>)> {
        let (mut files, mut left_out) = (Vec::with_capacity(self.tables.len()), None);
        for table in &self.tables {
            match address.filter(|_| table.to_str().is_some_and(DatabaseAddress::is_meant)) {
                Some(address) => {
                    let asked = self.database.ask(address, options)?;
                    files.push(asked.file);
                    left_out = asked.left_out;
                }
                None => files.push(read_import_file(table, &|_| true)?),
            }
        }
        Ok((files, left_out))
    }
}

/// Returns the text of a map with tables added, in which all else is as it was.
fn added_text(
    map: &Path,
    files: &[ImportFile],
    options: &ImportOptions,
) -> anyhow::Result<Result<(String, ImportReport), LoadError>> {
    anyhow::ensure!(
        options.projection.is_none(),
        "tables can't be projected while they are added to a map; project them into a map of their own first"
    );
    let (loaded, origin) = load_file(map)?;
    let (changes, report) = match add_tables(&loaded.map, files, options, &|_| true) {
        Ok(added) => added,
        Err(error) => return Ok(Err(error)),
    };
    let before = Document::new(Arc::new(loaded.map), Arc::new(origin));
    let after = before.apply(&add_rows(&before, "Add tables", changes))?.document;
    let [was, is] = [&before, &after].map(|document| document.look.to_view(&document.map));
    let content = MapContent { map: &before.map, view: &was };
    let text = save_text(&before.origin, content, MapContent { map: &after.map, view: &is })?;
    Ok(Ok((text.text, report)))
}

/// Reports that nothing could be read.
fn refuse(error: &impl std::fmt::Display, as_json: bool) -> anyhow::Result<ExitCode> {
    if as_json {
        let problem = json!({ "severity": "error", "message": error.to_string() });
        print_json(&json!({ "actors": 0, "ties": 0, "problems": [problem] }))?;
    } else {
        eprintln!("tieline: {error}");
    }
    Ok(ExitCode::from(WRONG_USE))
}

/// Reads the columns of a recipe file.
fn columns_of_recipe(path: &Path) -> anyhow::Result<Vec<ColumnChoice>> {
    let text = std::fs::read_to_string(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    let bad = |what: &str| {
        anyhow::anyhow!("could not use the recipe “{}”: {what}; write it by --save-recipe", path.display())
    };
    read_recipe(&text).map_err(|reason| bad(&reason))
}

/// Returns the recipe with the columns of all tables that are used.
fn recipe_of(report: &ImportReport) -> Value {
    let columns = report.tables.iter().filter(|table| table.is_used).flat_map(|table| &table.columns);
    recipe_json(columns.map(|column| (column.heading.as_str(), column.role.unwrap_or(Role::Keep))))
}

fn report_json(report: &ImportReport) -> Value {
    let problems: Vec<Value> = report.problems.iter().map(problem_json).collect();
    json!({
        "format": report.format,
        "encoding": report.encoding,
        "actors": report.actors,
        "ties": report.ties,
        "facts": report.facts,
        "sources": report.sources,
        "problems": problems,
        "unlisted": report.counts.total() - report.problems.len(),
        "kept_fields": report.kept_fields,
        "known_ties": report.known_ties,
        "known_facts": report.known_facts,
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

/// Lists the problems of an import.
fn problems_text(report: &ImportReport) -> String {
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
    out
}

fn report_text(report: &ImportReport) -> String {
    let mut out = problems_text(report);
    if !report.kept_fields.is_empty() {
        let kept: Vec<&str> = report.kept_fields.iter().map(String::as_str).collect();
        let _ = writeln!(out, "Kept as fields: {}", kept.join(", "));
    }
    let encoding = report.encoding.map(|encoding| format!(", {encoding}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "{}{encoding}: {}, {}, {}{}",
        report.format,
        counted(report.actors, "actor", "actors"),
        counted(report.ties, "tie", "ties"),
        if report.facts > 0 { counted(report.facts, "fact", "facts") + ", " } else { String::new() },
        counted(report.sources, "source", "sources")
    );
    if report.known_ties > 0 {
        let known = counted(report.known_ties, "tie", "ties");
        let _ = writeln!(out, "{known} that the map has already, not added again");
    }
    if report.known_facts > 0 {
        let known = counted(report.known_facts, "fact", "facts");
        let _ = writeln!(out, "{known} that the map has already, not added again");
    }
    let rows = report.rows;
    let _ = writeln!(out, "{} read, {} used, {} skipped", counted(rows.read, "row", "rows"), rows.used, rows.skipped);
    out
}
