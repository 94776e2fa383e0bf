//! The import panel: the tables found, the first rows under the roles of their columns, and what they become.

mod choices;
mod rows;
pub(crate) mod update;

use std::fmt::Write as _;

use egui::{Margin, RichText, ScrollArea, Ui};

use crate::load::{ImportOptions, ImportReport, TablePreview, TableShape};
use crate::model::{Problem, Severity};
use crate::wording::{self, counted};

use crate::app::ask::command::{AppCommand, Commands, ImportRequest};
use crate::app::ui::{icon, theme, widgets};

/// State of the panel, kept between frames.
#[derive(Debug, Default)]
pub(crate) struct ImportPanel {
    /// The index of the table whose rows are shown, once the user chose one.
    table: Option<usize>,
    choices: choices::TypedChoices,
}

/// What the panel shows.
pub(crate) struct ImportView<'a> {
    pub(crate) options: &'a ImportOptions,
    pub(crate) report: &'a ImportReport,
    /// Whether the tables are added to the open map.
    pub(crate) is_adding: bool,
    /// Whether an import runs.
    pub(crate) is_working: bool,
}

/// The maximum height of the list of problems, in points.
const PROBLEMS_HEIGHT: f32 = 110.0;

impl ImportPanel {
    /// Draws the panel. What the user says leads to an import with other options.
    pub(crate) fn ui(&mut self, ui: &mut Ui, view: &ImportView<'_>, commands: &mut Commands) {
        let mut options = view.options.clone();
        let tables = &view.report.tables;
        let shown = self.shown(tables);
        egui::Panel::top("import head").frame(frame(ui, 10)).show_separator_line(false).show(ui, |ui| {
            head_ui(ui, view, commands);
        });
        egui::Panel::bottom("import foot").frame(frame(ui, 12)).show(ui, |ui| {
            if let Some(table) = tables.get(shown) {
                let has_known = view.is_adding && (view.report.known_ties > 0 || options.adds_known);
                self.choices.ui(ui, table, (view.is_adding, has_known), &mut options);
            }
            counts_ui(ui, view);
            problems_ui(ui, view.report);
            buttons_ui(ui, view, commands);
        });
        if tables.len() > 1 {
            egui::Panel::left("import tables").frame(frame(ui, 8)).default_size(150.0).show(ui, |ui| {
                self.tables_ui(ui, tables, &mut options);
            });
        }
        egui::CentralPanel::default().frame(frame(ui, 4)).show(ui, |ui| {
            if let Some(table) = tables.get(shown) {
                rows::rows_ui(ui, table, &mut options);
            }
        });
        if options != *view.options {
            commands.push(AppCommand::Import(ImportRequest::Change(Box::new(options))));
        }
    }

    /// Returns the index of the table whose rows are shown: at first one with ties.
    fn shown(&self, tables: &[TablePreview]) -> usize {
        let has_ties = |table: &TablePreview| !matches!(table.shape, TableShape::Actors | TableShape::Unknown);
        let first = || tables.iter().position(has_ties).or_else(|| tables.iter().position(|table| table.is_used));
        self.table.filter(|index| *index < tables.len()).or_else(first).unwrap_or(0)
    }

    /// Draws the list of tables, each with a box that says whether it is used.
    fn tables_ui(&mut self, ui: &mut Ui, tables: &[TablePreview], options: &mut ImportOptions) {
        let shown = self.shown(tables);
        ScrollArea::vertical().id_salt("tables").show(ui, |ui| {
            for (index, table) in tables.iter().enumerate() {
                let name = table_words(table);
                ui.horizontal(|ui| {
                    let mut is_used = table.is_used;
                    if theme::checkbox(ui, is_used, &format!("Use {name}")).clicked() {
                        is_used = !is_used;
                        options.use_table(&table.name, is_used);
                    }
                    let label = egui::Button::selectable(shown == index, RichText::new(&name)).truncate();
                    if ui.add(label).on_hover_text(shape_words(table)).clicked() {
                        self.table = Some(index);
                    }
                });
            }
        });
    }
}

fn frame(ui: &Ui, vertical: i8) -> egui::Frame {
    theme::panel_frame(ui, Margin::symmetric(12, vertical))
}

/// Returns the name of a table: that of its sheet, or of its file.
fn table_words(table: &TablePreview) -> String {
    let name = table.name.sheet.as_deref().unwrap_or(&table.name.file);
    let hidden = if table.is_hidden { " (hidden)" } else { "" };
    format!("{}{hidden}", wording::visible(name))
}

/// Says what the rows of a table are.
fn shape_words(table: &TablePreview) -> String {
    let rows = counted(table.row_count, "row", "rows");
    let what = match table.shape {
        _ if !table.is_used => "not used",
        TableShape::Actors => "one actor each",
        TableShape::Ties => "ties",
        TableShape::Facts => "one fact each",
        TableShape::Matrix => "a matrix of ties",
        TableShape::Chains => "chains of ties",
        TableShape::Unknown => "no column says who is tied to whom",
    };
    format!("{rows}: {what}")
}

fn head_ui(ui: &mut Ui, view: &ImportView<'_>, commands: &mut Commands) {
    let files: std::collections::BTreeSet<&str> = view.report.tables.iter().map(|table| &*table.name.file).collect();
    let files: Vec<String> = files.into_iter().map(|file| wording::visible(file).into_owned()).collect();
    let title = if view.is_adding { "Add to this map" } else { "What the columns are" };
    ui.horizontal(|ui| {
        widgets::heading(ui, title);
        if !view.is_adding {
            widgets::from_right(ui, |ui| {
                if theme::icon_button(ui, icon::CROSS, "Close the columns").clicked() {
                    commands.push(AppCommand::Import(ImportRequest::Confirm));
                }
            });
        }
    });
    let [table, ..] = view.report.tables.as_slice() else { return };
    let words = match files.as_slice() {
        [file] if view.report.tables.len() == 1 => format!("{file}, {}", shape_words(table)),
        files => wording::joined_and(files),
    };
    ui.label(RichText::new(words).color(theme::palette(ui).weak));
}

/// Says what the tables become.
fn counts_ui(ui: &mut Ui, view: &ImportView<'_>) {
    let report = view.report;
    let new = if view.is_adding { "new " } else { "" };
    let mut found = vec![
        counted(report.actors, &format!("{new}actor"), &format!("{new}actors")),
        counted(report.ties, &format!("{new}tie"), &format!("{new}ties")),
    ];
    if report.facts > 0 {
        found.push(counted(report.facts, &format!("{new}fact"), &format!("{new}facts")));
    }
    if report.sources > 0 {
        found.push(counted(report.sources, &format!("{new}source"), &format!("{new}sources")));
    }
    ui.label(theme::strong_text(wording::joined_and(&found), 13.0));
    let rows = report.rows;
    let mut words = format!("{} read, {} used", counted(rows.read, "row", "rows"), wording::number(rows.used));
    if rows.skipped > 0 {
        let _ = write!(words, ", {} left out", wording::number(rows.skipped));
    }
    if report.known_ties > 0 {
        let _ = write!(words, "; {} in the map already", counted(report.known_ties, "tie is", "ties are"));
    }
    if report.known_facts > 0 {
        let _ = write!(words, "; {} in the map already", counted(report.known_facts, "fact is", "facts are"));
    }
    if !report.kept_fields.is_empty() {
        let kept: Vec<&str> = report.kept_fields.iter().map(String::as_str).collect();
        let _ = write!(words, "; kept as fields: {}", wording::joined_and(&kept));
    }
    ui.add(egui::Label::new(RichText::new(words).color(theme::palette(ui).weak)).wrap());
}

/// Lists what was noticed, with its place.
fn problems_ui(ui: &mut Ui, report: &ImportReport) {
    if report.problems.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    ScrollArea::vertical().id_salt("import problems").max_height(PROBLEMS_HEIGHT).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        for problem in &report.problems {
            let color = match problem.severity {
                Severity::Error => palette.bad,
                Severity::Warning => palette.warning,
                Severity::Remark => palette.weak,
            };
            let response = ui.add(egui::Label::new(RichText::new(problem_words(problem)).color(color)).wrap());
            if let Some(remedy) = &problem.remedy {
                response.on_hover_text(wording::capitalized(remedy));
            }
        }
        let unlisted = report.counts.total() - report.problems.len();
        if unlisted > 0 {
            ui.label(RichText::new(format!("and {} more", wording::number(unlisted))).color(palette.weak));
        }
    });
}

fn problem_words(problem: &Problem) -> String {
    let message = wording::quoted(&problem.message);
    match &problem.location {
        Some(location) => format!("{}: {message}", wording::capitalized(&location.position.to_string())),
        None => wording::capitalized(&message),
    }
}

fn buttons_ui(ui: &mut Ui, view: &ImportView<'_>, commands: &mut Commands) {
    let words: &[&str] = if view.is_adding { &["Add", "Cancel"] } else { &["Done"] };
    ui.add_enabled_ui(!view.is_working, |ui| match widgets::buttons_ui(ui, words) {
        Some(0) => commands.push(AppCommand::Import(ImportRequest::Confirm)),
        Some(_) => commands.push(AppCommand::Import(ImportRequest::Cancel)),
        None => {}
    });
}
