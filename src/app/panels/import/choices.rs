//! What the user may say about tables as a whole: the kind of their ties, and whether they are a source.

use std::collections::BTreeSet;

use egui::{ComboBox, RichText, TextEdit, Ui};

use crate::load::{ImportOptions, Projection, TablePreview, TableShape, TableSource};
use crate::model::Date;
use crate::wording;
use crate::wording::read::{DateOrder, Reading, Role, read_dates, roles_of_heading};

use crate::app::ui::theme;

/// The texts typed so far, which are taken when a field is left.
#[derive(Debug, Default)]
pub(super) struct TypedChoices {
    kind: Option<String>,
    source: Option<TypedSource>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TypedSource {
    title: String,
    publisher: String,
    url: String,
    published: String,
}

/// The width of a field of the source, in points.
const FIELD_WIDTH: f32 = 150.0;

impl TypedChoices {
    /// Draws the fields; what was typed goes into the options once a field is left.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        table: &TablePreview,
        (is_adding, has_known): (bool, bool),
        options: &mut ImportOptions,
    ) {
        let are_ties = !matches!(table.shape, TableShape::Actors | TableShape::Facts | TableShape::Unknown);
        if are_ties && !table.columns.iter().any(|column| column.role == Some(Role::Kind)) {
            self.kind_ui(ui, options);
        }
        if !is_adding && let Some(sides) = sides(table) {
            projection_ui(ui, &sides, options);
        }
        if are_ties {
            self.source_ui(ui, table, options);
        }
        if has_known {
            theme::labeled_checkbox(
                ui,
                &mut options.adds_known,
                "Add ties that the map has already once more",
                "Add known ties",
            );
        }
        ui.add_space(4.0);
    }

    /// Asks what ties without a kind say.
    fn kind_ui(&mut self, ui: &mut Ui, options: &mut ImportOptions) {
        ui.horizontal(|ui| {
            ui.label(RichText::new("These ties say").color(theme::palette(ui).weak));
            let text = self.kind.get_or_insert_with(|| options.tie_kind.clone().unwrap_or_default());
            let field = TextEdit::singleline(text).hint_text("such as owns, pays, advises").desired_width(200.0);
            let response = ui.add(field);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Kind of these ties"));
            if response.lost_focus() {
                let text = text.trim();
                options.tie_kind = (!text.is_empty()).then(|| text.to_owned());
            }
        });
    }

    fn source_ui(&mut self, ui: &mut Ui, table: &TablePreview, options: &mut ImportOptions) {
        let mut is_source = options.source.is_some();
        theme::labeled_checkbox(ui, &mut is_source, "This table is itself a source", "This table is itself a source");
        match (is_source, &options.source) {
            (true, None) => {
                let name = table.name.file.rsplit_once('.').map_or(&*table.name.file, |(stem, _)| stem);
                let title = name.replace(['_', '-'], " ");
                self.source = Some(TypedSource { title: title.clone(), ..TypedSource::default() });
                options.source = Some(TableSource { title, ..TableSource::default() });
            }
            (false, Some(_)) => (self.source, options.source) = (None, None),
            (true, Some(source)) => {
                let typed = self.source.get_or_insert_with(|| TypedSource::of(source));
                if typed.ui(ui) {
                    options.source = Some(typed.source());
                }
            }
            (false, None) => {}
        }
    }
}

impl TypedSource {
    fn of(source: &TableSource) -> Self {
        Self {
            title: source.title.clone(),
            publisher: source.publisher.clone().unwrap_or_default(),
            url: source.url.clone().unwrap_or_default(),
            published: source.published.as_ref().map(|date| date.text().to_owned()).unwrap_or_default(),
        }
    }

    /// Draws the fields; returns whether one was left, so that what was typed counts.
    fn ui(&mut self, ui: &mut Ui) -> bool {
        let mut is_left = false;
        egui::Grid::new("source of the table").num_columns(4).spacing([8.0, 4.0]).show(ui, |ui| {
            let mut field = |ui: &mut Ui, name: &str, text: &mut String| {
                ui.label(RichText::new(name).color(theme::palette(ui).weak));
                // A grid gives a field no more than what it asks for at least.
                let response = ui.add_sized([FIELD_WIDTH, 22.0], TextEdit::singleline(text));
                let name = format!("Source: {}", name.to_lowercase());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, &name));
                is_left |= response.lost_focus();
            };
            field(ui, "Title", &mut self.title);
            field(ui, "Publisher", &mut self.publisher);
            ui.end_row();
            field(ui, "Web address", &mut self.url);
            field(ui, "Published", &mut self.published);
            ui.end_row();
        });
        is_left
    }

    fn source(&self) -> TableSource {
        let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let title = text(&self.title).unwrap_or_else(|| "Table".to_owned());
        TableSource { title, publisher: text(&self.publisher), url: text(&self.url), published: date(&self.published) }
    }
}

/// Draws the choice between both sorts of actors, and ties within one of them.
fn projection_ui(ui: &mut Ui, [first, second]: &[String; 2], options: &mut ImportOptions) {
    let words = |projection: Option<Projection>| match projection {
        None => format!("{first} and {second} are both actors"),
        Some(Projection::First) => format!("tie each {first} with those of the same {second}"),
        Some(Projection::Second) => format!("tie each {second} with those of the same {first}"),
    };
    let now = words(options.projection);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Two sorts of actors").color(theme::palette(ui).weak));
        let combo = ComboBox::from_id_salt("projection").selected_text(&now).width(300.0).truncate();
        let shown = combo.show_ui(ui, |ui| {
            for projection in [None, Some(Projection::First), Some(Projection::Second)] {
                ui.selectable_value(&mut options.projection, projection, words(projection));
            }
        });
        shown.response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, "Two sorts of actors");
            info.current_text_value = Some(now.clone());
            info
        });
    });
}

/// Returns the names of the two sides of a table whose first rows tie two sorts of actors, at least one of them several
/// times; `None` for other tables.
fn sides(table: &TablePreview) -> Option<[String; 2]> {
    let position = |role: Role| table.columns.iter().position(|column| column.role == Some(role));
    let (names, sides): ([String; 2], [Vec<&str>; 2]) = if table.shape == TableShape::Matrix {
        let (_, header) = table.rows.first()?;
        let first = table.rows.iter().skip(1).filter_map(|(_, cells)| cells.first()).map(String::as_str);
        (
            ["row".to_owned(), "column".to_owned()],
            [first.collect(), header.iter().skip(1).map(String::as_str).collect()],
        )
    } else {
        let columns = [position(Role::From)?, position(Role::To)?];
        let headings = columns.map(|column| table.columns[column].heading.as_str());
        // Headings that are words for the ends of a tie name no sorts of actors.
        let is_end = |role: &Role| matches!(role, Role::From | Role::To);
        if headings.iter().any(|heading| roles_of_heading(heading).iter().any(is_end)) {
            return None;
        }
        let names = headings.map(|heading| wording::visible(heading).into_owned());
        let side = |column: usize| {
            table.rows.iter().filter_map(move |(_, cells)| Some(cells.get(column)?.as_str())).collect::<Vec<_>>()
        };
        (names, columns.map(side))
    };
    let [first, second] = sides.each_ref().map(|side| side.iter().copied().collect::<BTreeSet<&str>>());
    let is_repeated = table.shape == TableShape::Matrix || second.len() < sides[1].len();
    (first.is_disjoint(&second) && first.len() > 1 && second.len() > 1 && is_repeated).then_some(names)
}

/// Reads a date as people write them in tables.
fn date(text: &str) -> Option<Date> {
    match read_dates(text, DateOrder::Unknown) {
        Reading::Value(read) => read.as_start().cloned(),
        _ => None,
    }
}
