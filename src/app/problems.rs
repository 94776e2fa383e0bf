//! The list of what is wrong with the file: where, what, and how to mend it.

use egui::{Align2, Context, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType, Window};

use crate::jsonc::blank;
use crate::load::decode::decode;
use crate::load::places::line;
use crate::model::{Item, Map, Problem, Severity};
use crate::wording;

use super::command::{AppCommand, Commands};
use super::selection::Selection;
use super::session::Session;
use super::{icon, theme};

/// How many characters of a line are shown around the place.
const EXCERPT: usize = 90;

/// Whether the list is open, and which problem is marked.
#[derive(Debug, Default)]
pub(crate) struct ProblemList {
    is_open: bool,
    marked: Option<usize>,
}

impl ProblemList {
    /// Opens or closes it.
    pub(crate) fn toggle(&mut self) {
        self.is_open ^= true;
        self.marked = None;
    }

    /// Closes it.
    pub(crate) fn close(&mut self) {
        *self = Self::default();
    }

    /// Draws it over the canvas.
    pub(crate) fn ui(&mut self, ctx: &Context, session: &Session, commands: &mut Commands) {
        if !self.is_open {
            return;
        }
        let mut is_open = true;
        let screen = ctx.content_rect();
        Window::new(theme::strong_text("Problems", 14.0))
            .id(egui::Id::new("problems"))
            .open(&mut is_open)
            .collapsible(false)
            .default_size(Vec2::new(640.0_f32.min(screen.width() - 80.0), 300.0))
            .max_height(screen.height() - 120.0)
            .pivot(Align2::CENTER_BOTTOM)
            .default_pos(screen.center_bottom() - Vec2::new(0.0, 60.0))
            .show(ctx, |ui| self.list_ui(ui, session, commands));
        self.is_open &= is_open;
    }

    fn list_ui(&mut self, ui: &mut Ui, session: &Session, commands: &mut Commands) {
        let Some(counted) = session.problem_words() else {
            ui.label("Nothing is wrong with this file.");
            return;
        };
        let listed = session.problems.len();
        let is_cut = listed < session.problem_count();
        let words = if is_cut { format!("{counted}; the first {listed} are listed") } else { counted };
        ui.label(RichText::new(format!("{}: {words}", session.file_name())).color(theme::palette(ui).weak));
        theme::hairline(ui);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (index, problem) in session.problems.iter().enumerate() {
                let is_marked = self.marked == Some(index);
                if problem_ui(ui, problem, is_marked.then(|| session.document.origin.bytes.as_ref())) {
                    self.marked = Some(index);
                    if let Some(item) = item_of(&session.document.map, &session.document.origin.bytes, &problem.field) {
                        commands.push(AppCommand::Select(Selection::one(item)));
                        commands.push(AppCommand::Reveal(item));
                    }
                }
            }
        });
    }
}

/// Draws one problem, with its line of the file if `bytes` are given; true if it was clicked.
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
                ui.add(egui::Label::new(wording::capitalized(&wording::visible(&problem.message))).wrap());
                if let Some(remedy) = &problem.remedy {
                    ui.add(
                        egui::Label::new(
                            RichText::new(wording::capitalized(&wording::visible(remedy))).color(palette.accent),
                        )
                        .wrap(),
                    );
                }
                if let Some(line) = bytes.and_then(|bytes| excerpt(bytes, problem)) {
                    ui.add(egui::Label::new(RichText::new(line).monospace()).wrap().selectable(true));
                }
            });
        });
    });
    let response = ui.interact(shown.response.rect, ui.id().with(std::ptr::from_ref(problem)), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(
            WidgetType::SelectableLabel,
            true,
            bytes.is_some(),
            format!("{}: {}", place_words(problem), problem.message),
        )
    });
    response.clicked()
}

fn place_words(problem: &Problem) -> String {
    let mut words = problem.file.to_string();
    if let Some(place) = problem.place {
        words = format!("{words}, line {}, column {}", place.line, place.column);
    }
    if !problem.field.is_empty() {
        words = format!("{words}, {}", problem.field);
    }
    wording::visible(&words).into_owned()
}

/// The line that a problem is in, cut to what stands around its column.
fn excerpt(bytes: &[u8], problem: &Problem) -> Option<String> {
    let place = problem.place?;
    let text = decode(bytes).text;
    let line = line(&text, place.line)?;
    let start = (place.column as usize).saturating_sub(EXCERPT / 2);
    let excerpt: String = line.trim_end().chars().skip(start).take(EXCERPT).collect();
    let excerpt = if start == 0 { excerpt.trim_start().to_owned() } else { format!("…{excerpt}") };
    (!excerpt.is_empty()).then(|| wording::visible(&excerpt).into_owned())
}

/// The record that a field path leads to: `ties[3].evidence[0]` lies in the fourth tie of the file, which is looked up
/// by its id, since records that were left out have no place in the map.
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
    use crate::model::{Map, Place, Problem, Severity};

    fn problem(line: u32, column: u32) -> Problem {
        Problem {
            severity: Severity::Error,
            file: "a.json".into(),
            place: Some(Place { line, column }),
            field: String::new(),
            message: String::new(),
            remedy: None,
        }
    }

    #[test]
    fn the_line_is_shown_around_the_place() {
        let text = "first\r\n  second\n";
        assert_eq!(excerpt(text.as_bytes(), &problem(2, 3)).as_deref(), Some("second"));
        assert_eq!(excerpt(text.as_bytes(), &problem(9, 1)), None);
        let long = format!("{}here{}", "a".repeat(500), "b".repeat(500));
        assert!(
            excerpt(long.as_bytes(), &problem(1, 501)).is_some_and(|line| line.contains("here") && line.len() < 120)
        );
    }

    #[test]
    fn odd_paths_lead_nowhere() {
        for field in ["", "ties", "ties[", "ties[x]", "ties[0]", "ties[1]", "map.title", "ties[99999999999999999999]"] {
            assert_eq!(item_of(&Map::default(), b"{ \"ties\": [{}, 3] }", field), None, "{field}");
        }
    }
}
