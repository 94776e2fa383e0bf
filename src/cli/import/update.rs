//! `tieline import --update`: brings a map up to date with the tables that it was made of.

mod sources;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{ImportArguments, refuse};
use crate::cli::output::{print, print_json};
use crate::cli::{PROBLEMS, WRONG_USE};
use crate::document::{Choices, Document, FieldUpdate, UpdateEntry, UpdatePlan, UpdateSort, plan_update};
use crate::load::{ImportReport, import_again, load_file};
use crate::save::{Disk, IfChanged, MapContent, SaveError, SavedText, is_same_file, save_as, save_over, save_text};
use crate::wording::{counted, joined_and};

/// What to bring up to date.
#[derive(Debug, clap::Args)]
pub(super) struct UpdateArguments {
    /// Bring this map up to date with the tables that it was made of: those beside it, or those named. A database is asked
    /// again, by the statements that the map has, if it is named
    #[arg(long, value_name = "MAP")]
    update: Option<PathBuf>,
    /// With --update: list what is new, changed and gone, and write nothing
    #[arg(long, requires = "update")]
    dry_run: bool,
    /// With --update: take what the table says in a field that was corrected by hand; can be given several times
    #[arg(long, value_name = "ID.FIELD", requires = "update")]
    theirs: Vec<String>,
    /// With --update: leave out the change of a record, or a new record; can be given several times
    #[arg(long, value_name = "ID", requires = "update")]
    leave_out: Vec<String>,
    /// With --update: remove a record whose row is gone although there is work of yours on it; can be given several times
    #[arg(long, value_name = "ID", requires = "update")]
    remove: Vec<String>,
}

impl UpdateArguments {
    pub(super) fn is_wanted(&self) -> bool {
        self.update.is_some()
    }
}

/// The result of an update.
struct UpdateReport<'a> {
    plan: &'a UpdatePlan,
    choices: &'a Choices,
    report: &'a ImportReport,
    is_dry: bool,
    is_written: bool,
}

/// Updates a map, or only says what would change.
pub(super) fn run(all: &ImportArguments) -> anyhow::Result<ExitCode> {
    let (arguments, output, as_json) = (&all.update, all.output.as_deref(), all.json);
    let Some(path) = &arguments.update else { return Ok(refused("name a map to update, or one to write with -o")) };
    let address = match all.address_to_update() {
        Ok(address) => address,
        Err(error) => return refuse(&error, as_json),
    };
    let (loaded, origin) = load_file(path)?;
    let has_errors = loaded.counts.errors > 0;
    let before = Document::new(Arc::new(loaded.map), Arc::new(origin));
    let (files, read) = match all.read_again(&before, path, address.as_ref()) {
        Ok(Ok(files)) => files,
        Ok(Err(reason)) => return Ok(refused(&reason)),
        Err(error) => return refuse(&error, as_json),
    };
    let (fresh, report) = match import_again(&before.map, &files, &|_| true) {
        Ok(fresh) => fresh,
        Err(error) => return refuse(&error, as_json),
    };
    let plan = plan_update(&before, &fresh, &read, &|_| true)?;
    let choices = match choices(&plan, arguments) {
        Ok(choices) => choices,
        Err(reason) => return Ok(refused(&reason)),
    };
    let after = before.apply(&plan.transaction(&before, &choices)?)?.document;
    let [was, is] = [&before, &after].map(|document| document.look.to_view(&document.map));
    let content = MapContent { map: &before.map, view: &was };
    let text = save_text(&before.origin, content, MapContent { map: &after.map, view: &is })?;
    let target = output.filter(|output| !is_same_file(output, path));
    if let Some(reason) = &text.rewritten {
        // A script must not lose comments unasked.
        if has_errors && target.is_none() && !arguments.dry_run {
            let remedy = "fix what `tieline check` lists, or write to another file with -o";
            return Ok(refused(&format!("“{}” can't be changed in place: {reason}; {remedy}", path.display())));
        }
        eprintln!("tieline: {reason}");
    }
    let is_changed = text.text.as_bytes() != before.origin.map_bytes();
    let is_written = !arguments.dry_run && (is_changed || target.is_some());
    if is_written {
        write(&before, target, &text)?;
    }
    let outcome =
        UpdateReport { plan: &plan, choices: &choices, report: &report, is_dry: arguments.dry_run, is_written };
    if as_json {
        print_json(&outcome.json())?;
    } else {
        print(&outcome.text())?;
    }
    let is_fine = report.counts.errors == 0 && report.counts.warnings == 0;
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
}

/// Says why nothing was done.
fn refused(reason: &str) -> ExitCode {
    eprintln!("tieline: nothing was written: {reason}");
    ExitCode::from(WRONG_USE)
}

fn write(before: &Document, target: Option<&Path>, text: &SavedText) -> Result<(), SaveError> {
    let origin = &before.origin;
    match (target, origin.imported_from()) {
        (Some(path), _) => save_as(origin, path, &text.text, &Disk)?,
        (None, Some((path, format))) => return Err(SaveError::Imported { path: path.to_owned(), format }),
        (None, None) => save_over(origin, &text.text, IfChanged::Refuse, &Disk)?,
    };
    Ok(())
}

/// Finds the entries that the user named.
fn choices(plan: &UpdatePlan, arguments: &UpdateArguments) -> Result<Choices, String> {
    let mut choices = plan.default_choices();
    let find = |id: &str| plan.entries.iter().position(|entry| entry.key == id);
    let unknown = |id: &str| format!("“{id}” is not new, changed or gone; see --dry-run");
    for named in &arguments.theirs {
        let (id, field) = named.rsplit_once('.').ok_or("write ID.FIELD")?;
        let index = find(id).ok_or_else(|| unknown(id))?;
        let is_field = |known: &FieldUpdate| known.field == field && known.mine.is_some();
        if !plan.entries[index].fields.iter().any(is_field) {
            return Err(format!("“{field}” of “{id}” was not corrected by hand to something else; see --dry-run"));
        }
        choices.theirs.insert((index, field.to_owned()));
    }
    for id in &arguments.leave_out {
        choices.taken.remove(&find(id).ok_or_else(|| unknown(id))?);
    }
    for id in &arguments.remove {
        let index = find(id).ok_or_else(|| unknown(id))?;
        if plan.entries[index].sort != UpdateSort::Gone {
            return Err(format!("the row of “{id}” is not gone; see --dry-run"));
        }
        choices.taken.insert(index);
    }
    Ok(choices)
}

impl UpdateReport<'_> {
    fn text(&self) -> String {
        let mut out = super::problems_text(self.report);
        for file in &self.plan.unchanged_files {
            let _ = writeln!(out, "{file}: unchanged since it was read");
        }
        for (sort, head) in
            [(UpdateSort::New, "New"), (UpdateSort::Changed, "Changed"), (UpdateSort::Gone, "Gone from the table")]
        {
            let entries: Vec<(usize, &UpdateEntry)> = self.plan.of_sort(sort).collect();
            if entries.is_empty() {
                continue;
            }
            let _ = writeln!(out, "{head}:");
            for (index, entry) in entries {
                self.entry_text(&mut out, index, entry);
            }
        }
        if !self.plan.withheld.is_empty() {
            let _ = writeln!(out, "Not brought back:");
            for row in &self.plan.withheld {
                let _ = writeln!(out, "  {} ({}): {}", row.words, place(&row.table, &row.row), row.reason);
            }
        }
        if self.plan.known > 0 {
            let known = counted(self.plan.known, "new row repeats", "new rows repeat");
            let _ = writeln!(out, "{known} what the map has already; not added again");
        }
        let _ = writeln!(out, "{}", self.verdict());
        out
    }

    fn entry_text(&self, out: &mut String, index: usize, entry: &UpdateEntry) {
        let left_out = match (entry.sort, self.plan.is_taken(index, self.choices)) {
            (_, true) => "",
            (UpdateSort::Gone, false) => ", stays",
            (_, false) => ", left out",
        };
        let reasons =
            if entry.reasons.is_empty() { String::new() } else { format!(": {}", joined_and(&entry.reasons)) };
        let place = place(&entry.table, &entry.row);
        let _ = writeln!(out, "  {} [{}] ({place}){left_out}{reasons}", entry.words, entry.key);
        for field in &entry.fields {
            let [old, new] = [&field.old, &field.new].map(|value| value.as_deref().unwrap_or("nothing"));
            let _ = write!(out, "    {}: {old} → {new}", field.words);
            if let Some(mine) = &field.mine {
                let is_theirs = self.choices.theirs.contains(&(index, field.field.clone()));
                let mine = mine.as_deref().unwrap_or("nothing");
                let verdict = if is_theirs { "replaces yours, " } else { "yours stays: " };
                let _ = write!(out, "; {verdict}{mine}");
            }
            let _ = writeln!(out);
        }
    }

    fn verdict(&self) -> String {
        if self.plan.changed_files.is_empty() {
            return "Nothing to update: the tables have not changed".to_owned();
        }
        let taken = self.plan.count_taken(self.choices);
        let count = |sort: UpdateSort| taken.get(&sort).copied().unwrap_or(0);
        let counts = format!(
            "{} new, {} changed, {} removed",
            count(UpdateSort::New),
            count(UpdateSort::Changed),
            count(UpdateSort::Gone)
        );
        match (self.is_dry, self.is_written) {
            (true, _) => format!("{counts}; nothing was written"),
            (false, true) => counts,
            (false, false) => format!("{counts}; the map stays as it is"),
        }
    }

    fn json(&self) -> Value {
        let of_sort = |sort| -> Vec<Value> {
            self.plan.of_sort(sort).map(|(index, entry)| self.entry_json(index, entry)).collect()
        };
        let withheld = self
            .plan
            .withheld
            .iter()
            .map(|row| json!({ "words": row.words, "table": row.table, "row": row.row, "reason": row.reason }));
        json!({
            "new": of_sort(UpdateSort::New),
            "changed": of_sort(UpdateSort::Changed),
            "gone": of_sort(UpdateSort::Gone),
            "not_brought_back": withheld.collect::<Vec<_>>(),
            "known_ties": self.plan.known,
            "changed_files": self.plan.changed_files,
            "unchanged_files": self.plan.unchanged_files,
            "problems": self.report.problems.iter().map(super::problem_json).collect::<Vec<_>>(),
            "written": self.is_written,
        })
    }

    fn entry_json(&self, index: usize, entry: &UpdateEntry) -> Value {
        let fields: Vec<Value> = entry
            .fields
            .iter()
            .map(|field| {
                let mut value = json!({ "field": field.field, "old": field.old, "new": field.new });
                if let Some(mine) = &field.mine {
                    value["yours"] = json!(mine);
                    let is_theirs = self.choices.theirs.contains(&(index, field.field.clone()));
                    value["stays"] = json!(!is_theirs);
                }
                value
            })
            .collect();
        json!({
            "id": entry.key,
            "words": entry.words,
            "table": entry.table,
            "row": entry.row,
            "taken": self.plan.is_taken(index, self.choices),
            "fields": fields,
            "reasons": entry.reasons,
        })
    }
}

/// Returns the place of a row.
fn place(table: &str, row: &str) -> String {
    if row.is_empty() { table.to_owned() } else { format!("{table}, {row}") }
}
