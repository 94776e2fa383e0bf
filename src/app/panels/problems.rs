//! The list of problems: what the map's author may want to fix, then what is wrong with the file, where, and how to fix
//! it.

mod checks;

use std::sync::Arc;

use egui::{Align2, Context, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType};

use crate::jsonc::blank;
use crate::load::decode::decode;
use crate::load::locations::line;
use crate::model::{Item, Location, Map, Position, Problem, RelatedLocation, Severity};
use crate::view::{Checks, ProofQuestion, build_checks};
use crate::wording::{self, number};

use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::selection::Selection;
use crate::app::ui::widgets::floating_list;
use crate::app::ui::{icon, theme};
use checks::{checks_ui, questions_ui};

/// The maximum number of characters shown of a line.
const EXCERPT: usize = 90;

/// The problems of a file, and the data needed to show them.
pub(crate) struct FileProblems<'a> {
    /// The listed problems.
    pub(crate) listed: &'a [Problem],
    /// The counts by severity, such as "1 error, 2 remarks"; `None` if there are no problems.
    pub(crate) words: Option<String>,
    /// The number of problems, including unlisted ones.
    pub(crate) count: usize,
    /// Whether there are problems other than remarks.
    pub(crate) has_faults: bool,
    pub(crate) file_name: String,
    /// The content of the file as it was read.
    pub(crate) bytes: &'a [u8],
    /// The map read from the file.
    pub(crate) map: &'a Map,
}

/// The state of the list: whether it is open, and which location is marked.
#[derive(Debug, Default)]
pub(crate) struct ProblemList {
    is_open: bool,
    marked: Option<(usize, Side)>,
    /// The map that was checked last, with what was found.
    checked: Option<(Arc<Map>, Checks)>,
}

/// A location of a problem: its own, or the related one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Own,
    Related,
}

impl ProblemList {
    /// Opens or closes the list.
    pub(crate) fn toggle(&mut self) {
        *self = Self { is_open: !self.is_open, ..Self::default() };
    }

    /// Returns whether the list is open.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Closes the list.
    pub(crate) fn close(&mut self) {
        *self = Self::default();
    }

    /// Draws the list over the canvas.
    pub(crate) fn ui(
        &mut self,
        ctx: &Context,
        (file, questions): (&FileProblems<'_>, &[ProofQuestion]),
        map: &Arc<Map>,
        commands: &mut Commands,
    ) {
        if !self.is_open {
            return;
        }
        if !self.checked.as_ref().is_some_and(|(checked, _)| Arc::ptr_eq(checked, map)) {
            self.checked = Some((Arc::clone(map), build_checks(map)));
        }
        let bottom = (Align2::CENTER_BOTTOM, ctx.content_rect().center_bottom() - Vec2::new(0.0, 60.0));
        let size = Vec2::new(640.0, 300.0);
        let is_open = floating_list(ctx, "Problems", size, bottom, |ui| self.list_ui(ui, (file, questions), commands));
        self.is_open &= is_open;
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        (file, questions): (&FileProblems<'_>, &[ProofQuestion]),
        commands: &mut Commands,
    ) {
        let checks = self.checked.take();
        let found = checks.as_ref().map(|(_, found)| found).filter(|found| found.count > 0);
        if file.words.is_none() && found.is_none() && questions.is_empty() {
            ui.label("Nothing is wrong with this map or its file.");
            self.checked = checks;
            return;
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            questions_ui(ui, questions, commands);
            if let Some(found) = found {
                checks_ui(ui, found, commands);
                theme::hairline(ui);
            }
            self.file_ui(ui, file, commands);
        });
        self.checked = checks;
    }

    /// Draws what is wrong with the file.
    fn file_ui(&mut self, ui: &mut Ui, file: &FileProblems<'_>, commands: &mut Commands) {
        let Some(counted) = file.words.clone() else {
            ui.label("Nothing is wrong with the file.");
            return;
        };
        let listed = file.listed.len();
        let is_cut = listed < file.count;
        let words = if is_cut { format!("{counted}; the first {} are listed", number(listed)) } else { counted };
        ui.label(RichText::new(format!("{}: {words}", file.file_name)).color(theme::palette(ui).weak));
        {
            for (index, problem) in file.listed.iter().enumerate() {
                let bytes = file.bytes;
                let bytes_if = |side| (self.marked == Some((index, side))).then_some(bytes);
                let is_clicked = problem_ui(ui, problem, bytes_if(Side::Own));
                let related = problem.related.as_ref();
                let is_related_clicked =
                    related.is_some_and(|related| related_ui(ui, related, bytes_if(Side::Related)));
                let (side, field) = match related {
                    Some(related) if is_related_clicked => (Side::Related, &related.field),
                    _ if is_clicked => (Side::Own, &problem.field),
                    _ => continue,
                };
                self.marked = Some((index, side));
                if let Some(item) = item_of(file.map, bytes, field) {
                    commands.push(AppCommand::Select(Selection::one(item)));
                    commands.push(AppCommand::Reveal(item));
                }
            }
        }
    }
}

/// Draws a problem, with its line of the file if `bytes` is given; returns `true` if it was clicked.
fn problem_ui(ui: &mut Ui, problem: &Problem, bytes: Option<&[u8]>) -> bool {
    let palette = theme::palette(ui);
    let (sign, color) = match problem.severity {
        Severity::Error => (icon::WARNING, palette.bad),
        Severity::Warning => (icon::WARNING, palette.warning),
        Severity::Remark => (icon::INFO, palette.weak),
    };
    let back = if bytes.is_some() { palette.selected } else { egui::Color32::TRANSPARENT };
    let frame = egui::Frame::new().fill(back).corner_radius(6).inner_margin(egui::Margin::symmetric(8, 5));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.label(theme::icon_text(sign, 15.0).color(color));
            ui.vertical(|ui| {
                ui.label(RichText::new(place_words(problem)).small().color(palette.weak));
                ui.add(egui::Label::new(shown(&problem.message)).wrap());
                if let Some(remedy) = &problem.remedy {
                    ui.add(egui::Label::new(RichText::new(shown(remedy)).color(palette.accent)).wrap());
                }
                if let Some(line) =
                    bytes.zip(problem.location.as_ref()).and_then(|(bytes, place)| excerpt(bytes, place))
                {
                    ui.add(egui::Label::new(RichText::new(line).monospace()).wrap().selectable(true));
                }
            });
        });
    });
    let name = format!("{}: {}", place_words(problem), wording::quoted(&problem.message));
    is_row_clicked(ui, shown.response.rect, ui.id().with(std::ptr::from_ref(problem)), bytes.is_some(), &name)
}

/// Returns a message as windows write it.
fn shown(message: &str) -> String {
    wording::capitalized(&wording::visible(&wording::quoted(message)))
}

/// Indentation of related locations, in points; it aligns them with the text of the problem.
const INDENT: f32 = 24.0;

/// Draws a related location below its problem, with its line of the file if `bytes` is given; returns `true` if it was
/// clicked.
fn related_ui(ui: &mut Ui, related: &RelatedLocation, bytes: Option<&[u8]>) -> bool {
    let palette = theme::palette(ui);
    let back = if bytes.is_some() { palette.selected } else { egui::Color32::TRANSPARENT };
    let margin = egui::Margin { left: (8.0 + INDENT) as i8, right: 8, top: 2, bottom: 4 };
    let place = position_words(&related.location, &related.field);
    let words = format!("{}: {place}", wording::capitalized(&related.words));
    let frame = egui::Frame::new().fill(back).corner_radius(6).inner_margin(margin);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(&words).small().color(palette.accent)).wrap());
        if let Some(line) = bytes.and_then(|bytes| excerpt(bytes, &related.location)) {
            ui.add(egui::Label::new(RichText::new(line).monospace()).wrap().selectable(true));
        }
    });
    let name = format!("{}, {place}: {}", related.location.file, related.words);
    is_row_clicked(ui, shown.response.rect, ui.id().with(std::ptr::from_ref(related)), bytes.is_some(), &name)
}

/// Makes a rectangle a clickable row; returns `true` if it was clicked.
fn is_row_clicked(ui: &Ui, rect: egui::Rect, id: egui::Id, is_marked: bool, name: &str) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_marked, name));
    response.clicked()
}

fn place_words(problem: &Problem) -> String {
    let place = problem.location.as_ref().map(|place| position_words(place, &problem.field));
    let words = match place {
        Some(place) => format!("{}, {place}", problem.file),
        None if problem.field.is_empty() => problem.file.to_string(),
        None => format!("{}, {}", problem.file, problem.field),
    };
    wording::visible(&words).into_owned()
}

/// Returns the position within the file, followed by the field.
fn position_words(place: &Location, field: &str) -> String {
    let position = match &place.position {
        Position::Text { line, column } => format!("line {line}, column {column}"),
        cell @ Position::Cell { .. } => cell.to_string(),
    };
    let words = if field.is_empty() { position } else { format!("{position}, {field}") };
    wording::visible(&words).into_owned()
}

/// Returns the part of the location's line that surrounds its column.
fn excerpt(bytes: &[u8], place: &Location) -> Option<String> {
    let (number, column) = place.position.line_and_column()?;
    let text = decode(bytes).text;
    let line = line(&text, number)?;
    let start = (column as usize).saturating_sub(EXCERPT / 2);
    let excerpt: String = line.trim_end().chars().skip(start).take(EXCERPT).collect();
    let excerpt = if start == 0 { excerpt.trim_start().to_owned() } else { format!("…{excerpt}") };
    (!excerpt.is_empty()).then(|| wording::visible(&excerpt).into_owned())
}

/// Returns the record that a field path points into, such as the fourth tie for `ties[3].evidence[0]`. The record is
/// found by its id, because the map's indices differ from the file's when records were left out.
fn item_of(map: &Map, bytes: &[u8], field: &str) -> Option<Item> {
    let (list, rest) = field.split_once('[')?;
    let index: usize = rest.split(']').next()?.parse().ok()?;
    let decoded = decode(bytes);
    let file: serde_json::Value = serde_json::from_str(&blank(&decoded.text).text).ok()?;
    map.find(file.get(list)?.get(index)?.get("id")?.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::{excerpt, item_of};
    use crate::model::{Location, Map, Position};

    fn place(line: u32, column: u32) -> Location {
        Location { file: "a.json".into(), position: Position::Text { line, column } }
    }

    #[test]
    fn the_line_is_shown_around_the_place() {
        let text = "first\r\n  second\n";
        assert_eq!(excerpt(text.as_bytes(), &place(2, 3)).as_deref(), Some("second"));
        assert_eq!(excerpt(text.as_bytes(), &place(9, 1)), None);
        let long = format!("{}here{}", "a".repeat(500), "b".repeat(500));
        assert!(excerpt(long.as_bytes(), &place(1, 501)).is_some_and(|line| line.contains("here") && line.len() < 120));
    }

    #[test]
    fn odd_paths_lead_nowhere() {
        for field in ["", "ties", "ties[", "ties[x]", "ties[0]", "ties[1]", "map.title", "ties[99999999999999999999]"] {
            assert_eq!(item_of(&Map::default(), b"{ \"ties\": [{}, 3] }", field), None, "{field}");
        }
    }
}
