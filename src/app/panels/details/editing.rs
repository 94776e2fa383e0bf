//! Editing in the details: pencils beside values, the open form, and buttons for what is still empty.

use egui::{Label, RichText, Ui};

use crate::document::edit::{Field, TextEntry};
use crate::model::{ClaimId, Item};
use crate::view::{DetailRow, Details};
use crate::wording::visible;

use super::DetailsScope;
use crate::app::ask::command::AppCommand;
use crate::app::ask::form::{FormPurpose, FormRequest, MapField, TieEnd, Where};
use crate::app::panels::form::form_ui;
use crate::app::ui::{icon, theme};

/// Returns whether the open form takes the place of the details: that of a new tie.
pub(super) fn stands_alone(scope: &DetailsScope<'_>) -> bool {
    scope
        .form
        .as_ref()
        .is_some_and(|form| matches!(form.purpose, FormPurpose::NewTie { .. } | FormPurpose::Merge { .. }))
}

/// Draws the open form here.
pub(super) fn form_here_ui(ui: &mut Ui, scope: &mut DetailsScope<'_>) {
    if let Some(form) = &mut scope.form {
        form_ui(ui, form, scope.document, scope.commands);
        ui.add_space(4.0);
    }
}

/// Returns whether the open form changes this entry.
pub(super) fn is_open(entry: Option<TextEntry>, scope: &DetailsScope<'_>) -> bool {
    let purpose = scope.form.as_ref().map(|form| &form.purpose);
    matches!((entry, purpose), (Some(entry), Some(FormPurpose::Set(_, open))) if entry == *open)
}

/// Returns whether the open form stands in a row of its own.
pub(super) fn is_at_row(details: &Details, scope: &DetailsScope<'_>) -> bool {
    let mut rows = details.blocks.iter().filter_map(|block| match block {
        crate::view::Block::Row(row) => Some(row),
        _ => None,
    });
    rows.any(|row| is_open(row.entry, scope))
}

/// Draws the buttons that change what the heading says: the name, the kind, the figure.
pub(super) fn header_ui(ui: &mut Ui, details: &Details, scope: &mut DetailsScope<'_>) {
    if scope.now.is_nothing_selected() {
        return map_ui(ui, scope);
    }
    let Some(item) = details.item else { return };
    let set = |field| FormPurpose::Set(vec![item], TextEntry::Field(field));
    let mut buttons = match item {
        Item::Actor(actor) => vec![("Name", set(Field::Name)), ("Kind", FormPurpose::ActorKind(vec![actor]))],
        Item::Tie(tie) => {
            let mut buttons = vec![("Kind", FormPurpose::TieKind(vec![tie]))];
            if scope.document.map.is_hub(tie) {
                buttons.push(("Parties", set(Field::Ends)));
            }
            buttons
        }
        Item::Source(_) => vec![("Title", set(Field::Title))],
        Item::Fact(_) => vec![("Words", set(Field::Text))],
    };
    if details.figure.is_some() {
        buttons.push(("How much", FormPurpose::Set(vec![item], TextEntry::HowMuch)));
    }
    pencils_ui(ui, buttons, scope);
}

/// Draws the buttons that change what is said of the map as a whole.
fn map_ui(ui: &mut Ui, scope: &mut DetailsScope<'_>) {
    let buttons = MapField::ALL.into_iter().map(|field| (field.label(), FormPurpose::Map(field)));
    pencils_ui(ui, buttons.collect(), scope);
}

fn pencils_ui(ui: &mut Ui, buttons: Vec<(&'static str, FormPurpose)>, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        for (label, purpose) in buttons {
            let mut words = egui::text::LayoutJob::default();
            let text = theme::icon_text(icon::PENCIL, 12.0).color(palette.weak);
            text.append_to(&mut words, ui.style(), egui::FontSelection::Default, egui::Align::Center);
            let text = RichText::new(format!(" {label}")).small().color(palette.weak);
            text.append_to(&mut words, ui.style(), egui::FontSelection::Default, egui::Align::Center);
            let response = ui.add(egui::Button::new(words).frame(false));
            let name = format!("Change {}", label.to_lowercase());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
            if response.clicked() {
                open(purpose, scope);
            }
        }
    });
}

/// Draws the pencil behind a value that can be changed.
pub(super) fn pencil_ui(ui: &mut Ui, row: &DetailRow, scope: &mut DetailsScope<'_>) {
    let Some(item) = selected(scope) else { return };
    let purpose = match (row.entry, item, &*row.label) {
        (Some(entry), ..) => FormPurpose::Set(vec![item], entry),
        (None, Item::Tie(tie), "From" | "Between") => FormPurpose::End(tie, TieEnd::From),
        (None, Item::Tie(tie), "To" | "And") => FormPurpose::End(tie, TieEnd::To),
        _ => return,
    };
    if theme::icon_button(ui, icon::PENCIL, &format!("Change {}", row.label.to_lowercase())).clicked() {
        open(purpose, scope);
    }
}

/// Draws the words of a draft below the value that they could not replace.
pub(super) fn draft_ui(ui: &mut Ui, entry: Option<TextEntry>, scope: &DetailsScope<'_>) {
    let draft = entry.zip(selected(scope)).and_then(|(entry, item)| scope.drafts.get(&(item, entry)));
    if let Some(draft) = draft {
        let text = format!("! Not understood, kept as a draft: {}", visible(draft));
        ui.add(Label::new(RichText::new(text).small().color(theme::palette(ui).warning)).wrap());
    }
}

/// Draws what changes a piece of evidence.
pub(super) fn evidence_ui(ui: &mut Ui, claim: ClaimId, piece: usize, scope: &mut DetailsScope<'_>) {
    if theme::icon_button(ui, icon::PENCIL, &format!("Change evidence {}", piece + 1)).clicked() {
        open(FormPurpose::Evidence(claim, piece), scope);
    }
}

/// Draws the buttons for what a record could still have.
pub(super) fn empty_ui(ui: &mut Ui, details: &Details, scope: &mut DetailsScope<'_>) {
    let Some(item) = details.item else { return };
    let palette = theme::palette(ui);
    ui.add_space(6.0);
    theme::hairline(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
        ui.style_mut().override_font_id = Some(egui::FontId::proportional(12.0));
        ui.label(RichText::new("Add").color(palette.weak));
        let claim = details.claim.filter(|_| matches!(item, Item::Tie(_) | Item::Fact(_)));
        if let Some(claim) = claim
            && ui.button("Source").on_hover_text("Cite a source for it (C)").clicked()
        {
            open(FormPurpose::Cite(vec![claim]), scope);
        }
        if let Item::Actor(actor) = item {
            if ui.button("Tie").on_hover_text("Add a tie from it (E)").clicked() {
                open(FormPurpose::NewTie { from: Some(actor), to: None, at: None }, scope);
            }
            if ui.button("Fact").on_hover_text("Add a statement about it (C)").clicked() {
                open(FormPurpose::NewFact(actor), scope);
            }
        }
        for (label, entry) in &details.empty {
            let draft = scope.drafts.get(&(item, *entry));
            let words = RichText::new(*label).color(if draft.is_some() { palette.warning } else { palette.text });
            let response = ui.button(words);
            let response = match draft {
                Some(draft) => response.on_hover_text(format!("Not understood, kept as a draft: {}", visible(draft))),
                None => response,
            };
            if response.clicked() {
                open(FormPurpose::Set(vec![item], *entry), scope);
            }
        }
    });
}

fn selected(scope: &DetailsScope<'_>) -> Option<Item> {
    scope.selected
}

fn open(purpose: FormPurpose, scope: &mut DetailsScope<'_>) {
    scope.commands.push(AppCommand::Form(FormRequest::Open(purpose, Where::Details)));
}
