//! The panel that shows what an update of the map from its tables would do, before it is done.

use egui::{Button, Margin, RichText, ScrollArea, Sense, Ui, Vec2};

use crate::document::{Choices, FieldUpdate, UpdateEntry, UpdatePlan, UpdateSort};
use crate::load::ImportReport;
use crate::model::{Item, Map};
use crate::wording;

use crate::app::ask::command::{AppCommand, Commands, UpdateRequest};
use crate::app::ask::selection::Selection;
use crate::app::ui::{theme, widgets};

/// The height of a line, in points.
const LINE_HEIGHT: f32 = 26.0;
/// The space before the fields of an entry, in points.
const INDENT: f32 = 46.0;

/// A line of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UpdateLine {
    /// The heading of a list, with the indexes of its entries.
    Head(UpdateSort, Vec<usize>),
    Entry(usize),
    /// A field of an entry, by the indexes of both.
    Field(usize, usize),
    /// Why the record of an entry stays.
    Reasons(usize),
    /// The heading of the rows that are not brought back.
    WithheldHead,
    /// A row that is not brought back.
    Withheld(usize),
}

/// What the panel shows.
pub(crate) struct UpdateView<'a> {
    pub(crate) plan: &'a UpdatePlan,
    pub(crate) choices: &'a Choices,
    pub(crate) report: &'a ImportReport,
    pub(crate) lines: &'a [UpdateLine],
}

/// Returns the lines for what an update would do.
pub(crate) fn update_lines(plan: &UpdatePlan) -> Vec<UpdateLine> {
    let mut lines = Vec::new();
    for sort in [UpdateSort::New, UpdateSort::Changed, UpdateSort::Gone] {
        let indexes: Vec<usize> = plan.of_sort(sort).map(|(index, _)| index).collect();
        if indexes.is_empty() {
            continue;
        }
        lines.push(UpdateLine::Head(sort, indexes.clone()));
        for index in indexes {
            let entry = &plan.entries[index];
            lines.push(UpdateLine::Entry(index));
            lines.extend((0..entry.fields.len()).map(|field| UpdateLine::Field(index, field)));
            if !entry.reasons.is_empty() {
                lines.push(UpdateLine::Reasons(index));
            }
        }
    }
    if !plan.withheld.is_empty() {
        lines.push(UpdateLine::WithheldHead);
        lines.extend((0..plan.withheld.len()).map(UpdateLine::Withheld));
    }
    lines
}

/// Draws the panel.
pub(crate) fn update_ui(ui: &mut Ui, view: &UpdateView<'_>, map: &Map, commands: &mut Commands) {
    egui::Panel::top("update head").frame(super::frame(ui, 10)).show_separator_line(false).show(ui, |ui| {
        widgets::heading(ui, "Update from its sources");
        ui.add(egui::Label::new(RichText::new(files_words(view.plan)).color(theme::palette(ui).weak)).wrap());
    });
    egui::Panel::bottom("update foot").frame(super::frame(ui, 12)).show(ui, |ui| foot_ui(ui, view, commands));
    egui::CentralPanel::default().frame(theme::panel_frame(ui, Margin::symmetric(12, 2))).show(ui, |ui| {
        if view.lines.is_empty() {
            ui.label("No row is new, changed or gone.");
            return;
        }
        let area = ScrollArea::vertical().id_salt("update").auto_shrink(false);
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, LINE_HEIGHT, view.lines.len(), |ui, shown| {
            for line in &view.lines[shown] {
                let size = Vec2::new(ui.available_width(), LINE_HEIGHT);
                let layout = egui::Layout::left_to_right(egui::Align::Center);
                ui.allocate_ui_with_layout(size, layout, |ui| {
                    ui.set_min_size(size);
                    line_ui(ui, line, view, map, commands);
                });
            }
        });
    });
}

/// Says which files have changed and which have not.
fn files_words(plan: &UpdatePlan) -> String {
    let names = |files: &[String]| {
        let names: Vec<&str> = files.iter().map(String::as_str).collect();
        wording::visible(&wording::joined_and(&names)).into_owned()
    };
    let changed = format!("Changed: {}. The map stays as it is until you confirm.", names(&plan.changed_files));
    if plan.unchanged_files.is_empty() {
        return changed;
    }
    format!("{changed} Unchanged: {}.", names(&plan.unchanged_files))
}

fn line_ui(ui: &mut Ui, line: &UpdateLine, view: &UpdateView<'_>, map: &Map, commands: &mut Commands) {
    let plan = view.plan;
    let palette = theme::palette(ui);
    match line {
        UpdateLine::Head(sort, indexes) => head_ui(ui, *sort, indexes, view, commands),
        UpdateLine::Entry(index) => entry_ui(ui, *index, view, map, commands),
        UpdateLine::Field(entry, field) => {
            ui.add_space(INDENT);
            field_ui(ui, (*entry, &plan.entries[*entry].fields[*field]), view, commands);
        }
        UpdateLine::Reasons(index) => {
            ui.add_space(INDENT);
            let words = wording::capitalized(&wording::joined_and(&plan.entries[*index].reasons));
            note_ui(ui, RichText::new(words).color(palette.warning));
        }
        UpdateLine::WithheldHead => {
            ui.add_space(28.0);
            ui.label(theme::strong_text("Not brought back", 13.0));
        }
        UpdateLine::Withheld(index) => {
            let row = &plan.withheld[*index];
            ui.add_space(INDENT);
            let words = format!("{}: {}", row.words, row.reason);
            note_ui(ui, RichText::new(words).color(palette.weak)).on_hover_text(place(&row.table, &row.row));
        }
    }
}

fn note_ui(ui: &mut Ui, words: RichText) -> egui::Response {
    ui.add(egui::Label::new(words).truncate())
}

/// Draws the heading of a list, with a box for all of its entries.
fn head_ui(ui: &mut Ui, sort: UpdateSort, indexes: &[usize], view: &UpdateView<'_>, commands: &mut Commands) {
    let taken = indexes.iter().filter(|index| view.choices.taken.contains(index)).count();
    let (words, all) = match sort {
        UpdateSort::New => ("New", "Add all that is new"),
        UpdateSort::Changed => ("Changed", "Take all changes"),
        UpdateSort::Gone => ("Gone from the tables: ticked ones are removed", "Remove all that is gone"),
    };
    let is_all = taken == indexes.len();
    if theme::checkbox(ui, is_all, all).clicked() {
        commands.push(AppCommand::Update(UpdateRequest::Take(indexes.to_vec(), !is_all)));
    }
    ui.label(theme::strong_text(format!("{words} ({})", wording::number(indexes.len())), 13.0));
    widgets::from_right(ui, |ui| {
        ui.label(RichText::new("Row").color(theme::palette(ui).weak).size(11.0))
            .on_hover_text("The id of the row in its table, or its number");
    });
}

fn entry_ui(ui: &mut Ui, index: usize, view: &UpdateView<'_>, map: &Map, commands: &mut Commands) {
    let entry = &view.plan.entries[index];
    let verb = match entry.sort {
        UpdateSort::New => "Add",
        UpdateSort::Changed => "Change",
        UpdateSort::Gone => "Remove",
    };
    let is_possible = entry.needs.iter().all(|need| view.choices.taken.contains(need));
    ui.add_space(10.0);
    ui.add_enabled_ui(is_possible, |ui| {
        let is_taken = view.plan.is_taken(index, view.choices);
        if theme::checkbox(ui, is_taken, &format!("{verb} {}", entry.words)).clicked() {
            commands.push(AppCommand::Update(UpdateRequest::Take(vec![index], !is_taken)));
        }
    });
    let place = place(&entry.table, &entry.row);
    let target = target_of(entry, map);
    let room = ui.available_width();
    ui.scope(|ui| {
        ui.set_max_width((room - 120.0).max(80.0));
        let Some(item) = target else {
            ui.add_space(ui.spacing().button_padding.x);
            ui.add(egui::Label::new(entry.words.as_str()).truncate()).on_hover_text(place);
            return;
        };
        let button = Button::new(entry.words.as_str()).frame_when_inactive(false).truncate();
        let response = ui.add(button).on_hover_text(format!("Show on the map. {place}"));
        if response.clicked() {
            commands.extend([AppCommand::Select(Selection::one(item)), AppCommand::Reveal(item)]);
        }
    });
    widgets::from_right(ui, |ui| {
        ui.add(egui::Label::new(RichText::new(&entry.row).color(theme::palette(ui).weak).size(11.0)).truncate());
    });
}

/// Returns the record to show for an entry; `None` for a new one.
fn target_of(entry: &UpdateEntry, map: &Map) -> Option<Item> {
    map.has(entry.item).then_some(entry.item)
}

fn field_ui(ui: &mut Ui, (entry, field): (usize, &FieldUpdate), view: &UpdateView<'_>, commands: &mut Commands) {
    let palette = theme::palette(ui);
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let (old, new) = (said(&field.old), said(&field.new));
    let Some(mine) = &field.mine else {
        note_ui(ui, RichText::new(format!("{}: {old} → {new}", field.words)).color(palette.weak))
            .on_hover_text(format!("{old} → {new}"));
        return;
    };
    let mine = said(mine);
    let is_theirs = view.choices.theirs.contains(&(entry, field.field.clone()));
    let name = format!("Take “{new}” for the {} of {}", field.words, view.plan.entries[entry].words);
    if theme::checkbox(ui, is_theirs, &name).clicked() {
        commands.push(AppCommand::Update(UpdateRequest::TakeTheirs(entry, field.field.clone(), !is_theirs)));
    }
    let words = if is_theirs {
        format!("{}: yours, “{mine}”, becomes “{new}”", field.words)
    } else {
        format!("{}: yours, “{mine}”, stays; the table has “{new}” instead of “{old}”", field.words)
    };
    let label = egui::Label::new(RichText::new(&words).color(palette.warning)).truncate().sense(Sense::hover());
    ui.add(label).on_hover_text(words);
}

/// Returns the place of a row.
fn place(table: &str, row: &str) -> String {
    if row.is_empty() { table.to_owned() } else { format!("{table}, {row}") }
}

fn foot_ui(ui: &mut Ui, view: &UpdateView<'_>, commands: &mut Commands) {
    let taken = view.plan.count_taken(view.choices);
    let count = |sort| wording::number(taken.get(&sort).copied().unwrap_or(0));
    let words = format!(
        "{} new, {} changed, {} removed",
        count(UpdateSort::New),
        count(UpdateSort::Changed),
        count(UpdateSort::Gone)
    );
    ui.label(theme::strong_text(words, 13.0));
    let stays =
        "Your places, evidence and corrections stay; so do records that have them, even if their rows are gone.";
    ui.add(egui::Label::new(RichText::new(stays).color(theme::palette(ui).weak)).wrap());
    if view.plan.known > 0 {
        let known = wording::counted(view.plan.known, "new row repeats", "new rows repeat");
        ui.label(RichText::new(format!("{known} what the map has already")).color(theme::palette(ui).weak));
    }
    super::problems_ui(ui, view.report);
    match widgets::buttons_ui(ui, &["Update", "Cancel"]) {
        Some(0) => commands.push(AppCommand::Update(UpdateRequest::Confirm)),
        Some(_) => commands.push(AppCommand::Update(UpdateRequest::Cancel)),
        None => {}
    }
}
