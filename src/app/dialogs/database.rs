//! Asks for a database and what to read of it: first how it is reached, then its tables.

use egui::{ComboBox, Grid, Label, RichText, ScrollArea, TextEdit, Ui, WidgetInfo, WidgetType};

use crate::app::ask::database::{DatabaseForm, DatabasePurpose, DatabaseRequest, NeighborRequest, TableChoice};
use crate::app::ui::theme;
use crate::app::ui::widgets::{buttons_ui, heading};
use crate::database::{DatabaseTable, TlsMode};
use crate::wording;

/// The width of a field, in points.
const FIELD_WIDTH: f32 = 510.0;
/// The height of a field, in points.
const FIELD_HEIGHT: f32 = 26.0;
/// The width of the names before fields, in points.
const NAME_WIDTH: f32 = 110.0;
/// The height of the choices, in points.
const CHOICES_HEIGHT: f32 = 330.0;

/// The result of drawing the dialog in one frame.
pub(super) enum DatabaseOutcome {
    Stays,
    Canceled,
    Asks(DatabaseRequest),
}

/// Draws the dialog.
pub(super) fn database_ui(ui: &mut Ui, form: &mut DatabaseForm) -> DatabaseOutcome {
    heading(ui, &title(&form.purpose));
    let mut outcome = DatabaseOutcome::Stays;
    ui.add_enabled_ui(!form.is_asking, |ui| {
        if form.tables.is_some() {
            tables_ui(ui, form);
        } else {
            outcome = address_ui(ui, form);
        }
    });
    if let Some(error) = &form.error {
        let text = RichText::new(wording::quoted(error)).color(theme::palette(ui).bad);
        ui.add(Label::new(text).wrap().selectable(true));
    }
    if form.is_asking {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("Asking the database…");
        });
        return if buttons_ui(ui, &["Cancel"]).is_some() { DatabaseOutcome::Canceled } else { outcome };
    }
    match buttons(ui, form) {
        DatabaseOutcome::Stays => outcome,
        clicked => clicked,
    }
}

fn title(purpose: &DatabasePurpose) -> String {
    match purpose {
        DatabasePurpose::Open => "Open from a database".to_owned(),
        DatabasePurpose::Add => "Add from a database".to_owned(),
        DatabasePurpose::Neighbors(request) => format!("Neighbors of {}", wording::visible(&request.names)),
        DatabasePurpose::Update(source) => format!("Update from {}", wording::visible(&source.name)),
    }
}

fn buttons(ui: &mut Ui, form: &mut DatabaseForm) -> DatabaseOutcome {
    let has_statements = form.purpose.has_statements();
    let has_tables = form.tables.is_some();
    let words: &[&str] = match (has_tables, has_statements) {
        (true, _) => &["Read", "Cancel", "Back"],
        (false, true) => &["Ask", "Cancel"],
        (false, false) => &["Show tables", "Cancel"],
    };
    match buttons_ui(ui, words) {
        Some(0) if has_tables && form.questions().is_empty() => {
            form.error = Some("Choose a table, or write a SELECT".to_owned());
            DatabaseOutcome::Stays
        }
        Some(0) if has_tables || has_statements => DatabaseOutcome::Asks(DatabaseRequest::Read(Box::new(form.clone()))),
        Some(0) => DatabaseOutcome::Asks(DatabaseRequest::List(Box::new(form.clone()))),
        Some(1) => DatabaseOutcome::Canceled,
        Some(_) => {
            (form.tables, form.error) = (None, None);
            DatabaseOutcome::Stays
        }
        None => DatabaseOutcome::Stays,
    }
}

/// Draws the fields that say how the database is reached.
fn address_ui(ui: &mut Ui, form: &mut DatabaseForm) -> DatabaseOutcome {
    match &form.purpose {
        DatabasePurpose::Open | DatabasePurpose::Add => {}
        DatabasePurpose::Neighbors(request) => neighbors_ui(ui, request),
        DatabasePurpose::Update(source) => {
            let name = wording::visible(&source.name);
            let text = format!("The map has the statements for “{name}”. What is new, changed or gone is shown first.");
            let text = [Some(text), source.words_for_others().map(|words| format!("{words}."))];
            let text = text.into_iter().flatten().collect::<Vec<_>>().join(" ");
            statements_ui(ui, &text, source.questions.iter().map(|question| question.statement.as_str()));
        }
    }
    ui.horizontal(|ui| {
        ui.radio_value(&mut form.is_server, false, "SQLite file");
        ui.add_space(12.0);
        ui.radio_value(&mut form.is_server, true, "PostgreSQL server");
    });
    let mut outcome = DatabaseOutcome::Stays;
    Grid::new("database").num_columns(2).spacing([10.0, 8.0]).min_col_width(NAME_WIDTH).show(ui, |ui| {
        if form.is_server {
            server_ui(ui, form);
        } else {
            name_ui(ui, "File");
            ui.horizontal(|ui| {
                field_ui(ui, "File", &mut form.path, "", FIELD_WIDTH - 92.0);
                if ui.button("Choose…").clicked() {
                    outcome = DatabaseOutcome::Asks(DatabaseRequest::ChooseFile);
                }
            });
            ui.end_row();
        }
    });
    let note = if form.is_server {
        "The database is only read. The password is not saved, and forgotten when another map is opened."
    } else {
        "The file is only read, and nothing is written beside it."
    };
    ui.add(Label::new(RichText::new(note).color(theme::palette(ui).weak)).wrap());
    outcome
}

fn neighbors_ui(ui: &mut Ui, request: &NeighborRequest) {
    let ids: Vec<String> = request.ids.iter().map(|id| wording::visible(id).into_owned()).collect();
    let id = wording::joined_and(&ids);
    let text = format!(
        "The map contains the statement that asks “{}” for ties. :actor is {id}; at most {} ties are read.",
        wording::visible(&request.database),
        request.most
    );
    statements_ui(ui, &text, request.actors.iter().chain([&request.ties]).map(String::as_str));
}

/// Shows what a map asks a database for, since anyone may have written it.
fn statements_ui<'s>(ui: &mut Ui, text: &str, statements: impl Iterator<Item = &'s str>) {
    ui.add(Label::new(text).wrap());
    ScrollArea::vertical().id_salt("statements").max_height(120.0).show(ui, |ui| {
        for statement in statements {
            let text = RichText::new(wording::visible(statement)).monospace().size(12.0);
            ui.add(Label::new(text).wrap().selectable(true));
        }
    });
}

fn server_ui(ui: &mut Ui, form: &mut DatabaseForm) {
    name_ui(ui, "Server");
    ui.horizontal(|ui| {
        field_ui(ui, "Server", &mut form.host, "db.example.org", FIELD_WIDTH - 104.0);
        name_ui(ui, "Port");
        field_ui(ui, "Port", &mut form.port, "5432", 60.0);
    });
    ui.end_row();
    for (name, text) in [("Database", &mut form.database), ("User", &mut form.user)] {
        name_ui(ui, name);
        field_ui(ui, name, text, "", FIELD_WIDTH);
        ui.end_row();
    }
    name_ui(ui, "Password");
    let field = TextEdit::singleline(&mut form.password.0).password(true).desired_width(FIELD_WIDTH);
    labeled(&ui.add(as_tall(field)), "Password");
    ui.end_row();
    name_ui(ui, "Encryption");
    let now = form.tls_now();
    let combo = ComboBox::from_id_salt("tls").selected_text(tls_words(now)).width(FIELD_WIDTH).truncate();
    let shown = combo.show_ui(ui, |ui| {
        for mode in TlsMode::ALL.into_iter().rev() {
            if ui.selectable_label(mode == now, tls_words(mode)).clicked() {
                form.tls = Some(mode);
            }
        }
    });
    shown.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ComboBox, true, "Encryption");
        info.current_text_value = Some(tls_words(now).to_owned());
        info
    });
    ui.end_row();
    if matches!(now, TlsMode::VerifyFull | TlsMode::VerifyCa) {
        name_ui(ui, "Certificates");
        field_ui(ui, "Certificates", &mut form.root_file, "CA certificate file; empty for the system’s", FIELD_WIDTH);
        ui.end_row();
    }
}

fn tls_words(mode: TlsMode) -> &'static str {
    match mode {
        TlsMode::VerifyFull => "Encrypt, and check the server’s certificate and name",
        TlsMode::VerifyCa => "Encrypt, and check the server’s certificate, not its name",
        TlsMode::Require => "Encrypt, without checking the server",
        TlsMode::Prefer => "Encrypt if the server can",
        TlsMode::Disable => "Do not encrypt",
    }
}

fn name_ui(ui: &mut Ui, name: &str) {
    ui.label(RichText::new(name).color(theme::palette(ui).weak));
}

fn field_ui(ui: &mut Ui, name: &str, text: &mut String, hint: &str, width: f32) {
    let field = TextEdit::singleline(text).hint_text(hint).desired_width(width);
    labeled(&ui.add(as_tall(field)), name);
}

/// Returns a field as tall as the buttons beside it.
fn as_tall(field: TextEdit<'_>) -> TextEdit<'_> {
    field.min_size(egui::vec2(0.0, FIELD_HEIGHT)).vertical_align(egui::Align::Center)
}

fn labeled(response: &egui::Response, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, name));
}

/// Draws the choice of tables, with the statements that read them.
fn tables_ui(ui: &mut Ui, form: &mut DatabaseForm) {
    let Some(tables) = &form.tables else { return };
    let found = wording::counted(tables.len(), "table or view", "tables and views");
    let text = format!("{found}. Choose the tables of actors and ties; each SELECT can be edited.");
    ui.add(Label::new(text).wrap());
    ScrollArea::vertical().id_salt("choices").max_height(CHOICES_HEIGHT).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for (name, choice) in [("Actors", &mut form.actors), ("Ties", &mut form.ties)] {
            choice_ui(ui, name, tables, choice);
        }
    });
    ui.horizontal(|ui| {
        name_ui(ui, "Start from the actor");
        field_ui(ui, "Start from the actor", &mut form.start, "its id; empty for all rows", 220.0);
    });
}

fn choice_ui(ui: &mut Ui, name: &str, tables: &[DatabaseTable], choice: &mut TableChoice) {
    let now = choice.table.and_then(|index| tables.get(index)).map_or_else(|| "None".to_owned(), DatabaseTable::words);
    ui.horizontal(|ui| {
        ui.allocate_ui(egui::vec2(60.0, FIELD_HEIGHT), |ui| {
            ui.set_width(60.0);
            name_ui(ui, name);
        });
        let combo =
            ComboBox::from_id_salt(name).selected_text(&now).width(ui.available_width()).truncate().height(300.0);
        let shown = combo.show_ui(ui, |ui| {
            if ui.selectable_label(choice.table.is_none(), "None").clicked() {
                *choice = TableChoice::default();
            }
            for (index, table) in tables.iter().enumerate() {
                if ui.selectable_label(choice.table == Some(index), table.words()).clicked() {
                    *choice = TableChoice { table: Some(index), statement: table.select() };
                }
            }
        });
        shown.response.widget_info(|| {
            let mut info = WidgetInfo::labeled(WidgetType::ComboBox, true, name);
            info.current_text_value = Some(now.clone());
            info
        });
    });
    let field = TextEdit::multiline(&mut choice.statement)
        .code_editor()
        .hint_text("SELECT …")
        .desired_rows(3)
        .desired_width(f32::INFINITY);
    labeled(&ui.add(field), &format!("SELECT for {}", name.to_lowercase()));
    ui.add_space(4.0);
}
