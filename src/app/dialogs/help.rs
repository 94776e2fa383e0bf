//! The pages of help: the sections of the README, which is part of the program, so that nothing is fetched.
//!
//! Reads only the Markdown that the README uses: paragraphs, code, bold words and links.

use egui::text::LayoutJob;
use egui::{Align, FontSelection, Frame, Label, RichText, ScrollArea, TextStyle, Ui, WidgetInfo, WidgetType};

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ui::{theme, widgets};

const README: &str = include_str!("../../../README.md");

/// Height of the button below the text, in points.
const FOOT_HEIGHT: f32 = 40.0;

/// Draws a page in all of the available height; returns `true` once it is closed.
pub(crate) fn help_ui(ui: &mut Ui, page: Action, commands: &mut Commands) -> bool {
    let title = page.label().trim_end_matches('…');
    widgets::heading(ui, title);
    let height = (ui.available_height() - FOOT_HEIGHT).max(120.0);
    let area = ScrollArea::vertical().id_salt(title).min_scrolled_height(height).max_height(height);
    area.auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 10.0);
        for block in blocks(section(README, title).unwrap_or_default()) {
            block_ui(ui, &block, commands);
        }
    });
    ui.button("Close").clicked()
}

/// Returns the text below a heading of the second level, up to the next one.
fn section<'a>(text: &'a str, title: &str) -> Option<&'a str> {
    let mut parts = text.split("\n## ").skip(1);
    parts.find_map(|part| part.split_once('\n').filter(|(heading, _)| heading.trim() == title)).map(|(_, body)| body)
}

#[derive(Debug, PartialEq)]
enum HelpBlock {
    Paragraph(Vec<Span>),
    Code(String),
}

#[derive(Debug, PartialEq)]
enum Span {
    Plain(String),
    Bold(String),
    Code(String),
    /// Words that lead to an address.
    Link(String, String),
}

fn blocks(text: &str) -> Vec<HelpBlock> {
    let mut blocks = Vec::new();
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 1 {
            // The first line names the language.
            let code = part.split_once('\n').map_or("", |(_, code)| code);
            blocks.push(HelpBlock::Code(code.trim_end().to_owned()));
            continue;
        }
        let paragraphs = part.split("\n\n").map(|lines| lines.split_whitespace().collect::<Vec<_>>().join(" "));
        // Pictures lie beside the README, not in the program.
        let is_shown = |text: &String| !text.is_empty() && !text.starts_with("![");
        blocks.extend(paragraphs.filter(is_shown).map(|text| HelpBlock::Paragraph(spans(&text))));
    }
    blocks
}

fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['`', '*', '[']) {
        let (before, marked) = rest.split_at(start);
        let found = if let Some(code) = marked.strip_prefix('`') {
            code.split_once('`').map(|(code, rest)| (Span::Code(code.to_owned()), rest))
        } else if let Some(bold) = marked.strip_prefix("**") {
            bold.split_once("**").map(|(bold, rest)| (Span::Bold(bold.to_owned()), rest))
        } else {
            marked.strip_prefix('[').and_then(link)
        };
        let (span, after) = found.unwrap_or_else(|| {
            let end = marked.chars().next().map_or(0, char::len_utf8);
            (Span::Plain(marked[..end].to_owned()), &marked[end..])
        });
        if !before.is_empty() {
            spans.push(Span::Plain(before.to_owned()));
        }
        spans.push(span);
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(Span::Plain(rest.to_owned()));
    }
    spans
}

/// Reads a link after its opening bracket. One that leads to a file beside the README is only text here.
fn link(text: &str) -> Option<(Span, &str)> {
    let (words, rest) = text.split_once("](")?;
    let (address, rest) = rest.split_once(')')?;
    let words = words.trim_matches('`').to_owned();
    let is_on_the_web = address.starts_with("https://");
    Some((if is_on_the_web { Span::Link(words, address.to_owned()) } else { Span::Code(words) }, rest))
}

fn block_ui(ui: &mut Ui, block: &HelpBlock, commands: &mut Commands) {
    let palette = theme::palette(ui);
    match block {
        HelpBlock::Code(code) => {
            let frame = Frame::new().fill(palette.hover).corner_radius(6).inner_margin(10);
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ScrollArea::horizontal().id_salt(code).show(ui, |ui| {
                    ui.add(Label::new(RichText::new(code).monospace()).extend().selectable(true));
                });
            });
        }
        HelpBlock::Paragraph(spans) => paragraph_ui(ui, spans, commands),
    }
    ui.add_space(4.0);
}

/// Draws a paragraph, and below it the links that it contains, each with its address.
fn paragraph_ui(ui: &mut Ui, spans: &[Span], commands: &mut Commands) {
    let palette = theme::palette(ui);
    let mut words = LayoutJob::default();
    for span in spans {
        let text = match span {
            Span::Plain(text) | Span::Link(text, _) => RichText::new(text),
            Span::Bold(text) => theme::strong_text(text, 13.0),
            Span::Code(text) => RichText::new(text).text_style(TextStyle::Monospace),
        };
        let text = text.color(palette.text).line_height(Some(19.0));
        text.append_to(&mut words, ui.style(), FontSelection::Default, Align::Center);
    }
    ui.add(Label::new(words).wrap().selectable(true));
    for span in spans {
        let Span::Link(_, address) = span else { continue };
        let response = ui.add(Label::new(RichText::new(address).color(palette.accent)).sense(egui::Sense::click()));
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, address));
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            commands.push(AppCommand::OpenLink(address.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HelpBlock, README, Span, blocks, section};
    use crate::app::ask::action::{Action, Menu};

    #[test]
    fn every_section_of_the_readme_is_in_the_help_menu() {
        let in_menu: Vec<&str> = Action::ALL
            .iter()
            .filter(|action| action.menu().0 == Menu::Help)
            .map(|action| action.label().trim_end_matches('…'))
            .collect();
        for heading in README.lines().filter_map(|line| line.strip_prefix("## ")) {
            // The page of all keys and the window about the program take the place of these.
            let is_elsewhere = ["Keys", "License"].contains(&heading);
            assert!(in_menu.contains(&heading) != is_elsewhere, "{heading}: {in_menu:?}");
        }
        for action in Action::ALL.iter().filter(|action| action.is_help_page()) {
            let title = action.label().trim_end_matches('…');
            assert!(section(README, title).is_some_and(|text| blocks(text).len() > 1), "{title}");
        }
    }

    #[test]
    fn marks_become_spans_and_no_mark_is_shown() {
        let text = "Ask **now**, say `a*b` to\n[Rust](https://rustup.rs) or [`x`](data/x).\n\n```sh\nrun\n```\n";
        let plain = |text: &str| Span::Plain(text.to_owned());
        let expected = [
            HelpBlock::Paragraph(vec![
                plain("Ask "),
                Span::Bold("now".to_owned()),
                plain(", say "),
                Span::Code("a*b".to_owned()),
                plain(" to "),
                Span::Link("Rust".to_owned(), "https://rustup.rs".to_owned()),
                plain(" or "),
                Span::Code("x".to_owned()),
                plain("."),
            ]),
            HelpBlock::Code("run".to_owned()),
        ];
        assert_eq!(blocks(text), expected);
        assert_eq!(
            blocks("5 * 3 [sic] `open"),
            [HelpBlock::Paragraph(["5 ", "*", " 3 ", "[", "sic] ", "`", "open"].map(plain).into())]
        );
        for action in Action::ALL.iter().filter(|action| action.is_help_page()) {
            let title = action.label().trim_end_matches('…');
            for block in blocks(section(README, title).unwrap_or_default()) {
                let HelpBlock::Paragraph(spans) = block else { continue };
                let plain =
                    spans.iter().filter_map(|span| if let Span::Plain(text) = span { Some(text) } else { None });
                plain.for_each(|text| assert!(!text.contains(['`', '*', '[', '|', '#']), "{title}: {text}"));
            }
        }
    }
}
