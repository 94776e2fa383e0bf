//! One piece of evidence: who says it, in which words, and where to read it.

use egui::{Frame, Label, Margin, RichText, Stroke, Ui};

use crate::model::{Item, Stance};
use crate::view::{EvidenceDetails, QuoteDetails, SourceCitation};

use super::{DetailsScope, plain_item_link_ui, web_link_ui};
use crate::app::ask::command::Commands;
use crate::app::ui::theme;

/// Draws a piece of evidence next to a vertical line colored by its stance, which is also written out.
pub(super) fn evidence_ui(ui: &mut Ui, piece: &EvidenceDetails, scope: &mut DetailsScope<'_>) {
    let palette = theme::palette(ui);
    let rule = match piece.stance {
        Some(Stance::Supports) => palette.accent,
        Some(Stance::Disputes) => palette.bad,
        Some(Stance::Mentions) | None => palette.weak,
    };
    let frame = Frame::new().inner_margin(Margin { left: 12, right: 0, top: 2, bottom: 4 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.add(Label::new(theme::strong_text(&piece.attribution, 13.0)).wrap().selectable(true));
        ui.add(Label::new(RichText::new(&piece.stance_text).small().color(rule)).wrap());
        if let Some(own_word) = &piece.own_word {
            ui.add(Label::new(RichText::new(own_word).small().color(palette.warning)).wrap());
        }
        for quote in &piece.quotes {
            quote_ui(ui, quote);
        }
        citation_ui(ui, &piece.source, None, scope.commands);
        if let Some(read_in) = &piece.read_in {
            citation_ui(ui, read_in, Some("Read in"), scope.commands);
        }
        for remark in &piece.remarks {
            ui.add(Label::new(RichText::new(remark).small().color(palette.weak)).wrap().selectable(true));
        }
    });
    let rect = shown.response.rect;
    ui.painter().vline(rect.left() + 1.0, rect.y_range(), Stroke::new(2.0, rule.gamma_multiply(0.7)));
    let quotes = piece.quotes.iter().map(|quote| format!("“{}” — {}", quote.exact, quote.source_name));
    let quotes = quotes.collect::<Vec<_>>().join("\n");
    scope.menu_ui(&shown.response, Item::Source(piece.source.id), Some(&*quotes).filter(|quotes| !quotes.is_empty()));
    ui.add_space(6.0);
}

fn quote_ui(ui: &mut Ui, quote: &QuoteDetails) {
    let palette = theme::palette(ui);
    let mut words = egui::text::LayoutJob::default();
    let mut push = |text: &str, color, font| {
        let format = egui::TextFormat { line_height: Some(20.0), ..egui::TextFormat::simple(font, color) };
        words.append(text, 0.0, format);
    };
    let aside = || egui::FontId::proportional(13.0);
    if !quote.before.is_empty() {
        push(&format!("{} ", quote.before), palette.weak, aside());
    }
    push(&format!("“{}”", quote.exact), palette.text, theme::italic_font(14.0));
    if !quote.after.is_empty() {
        push(&format!(" {}", quote.after), palette.weak, aside());
    }
    let response = ui.add(Label::new(words).wrap().selectable(true));
    let whole = format!("Quotation from {}: “{}”", quote.source_name, quote.exact);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &whole));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Blockquote));
    ui.add(Label::new(RichText::new(format!("— {}", quote.source_name)).small().color(palette.weak)).wrap());
}

/// Draws a source with its number, reference, locator and addresses.
fn citation_ui(ui: &mut Ui, source: &SourceCitation, lead: Option<&str>, commands: &mut Commands) {
    let palette = theme::palette(ui);
    let number = source.number.map(|number| format!("[{number}] ")).unwrap_or_default();
    let lead = lead.map(|lead| format!("{lead} ")).unwrap_or_default();
    plain_item_link_ui(ui, &format!("{lead}{number}{}", source.reference), Item::Source(source.id), commands);
    let accessed = source.accessed.as_ref().map(|date| format!("read {date}"));
    let place: Vec<&str> = [source.locator.as_deref(), accessed.as_deref()].into_iter().flatten().collect();
    if !place.is_empty() {
        ui.add(Label::new(RichText::new(place.join(", ")).small().color(palette.weak)).wrap().selectable(true));
    }
    if let Some(link) = &source.link {
        web_link_ui(ui, link, commands);
    }
    if let Some(archive) = &source.archive {
        ui.label(RichText::new("Archived copy").small().color(palette.weak));
        web_link_ui(ui, archive, commands);
    }
}
