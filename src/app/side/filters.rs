//! Checkboxes for what is shown: kinds, stages, statuses, each with how many there are.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Button, CollapsingHeader, RichText, Ui, WidgetInfo, WidgetType};

use crate::app::command::{AppCommand, Commands};
use crate::app::{menu, stage, theme};
use crate::document::{Command, Document, Filter};
use crate::model::{ActorKindId, Map, Rgb, Stage, Status, TieKindId, Word};
use crate::text;
use crate::wording;

/// One checkbox.
struct Row<'a> {
    label: String,
    count: usize,
    is_on: bool,
    sign: Option<(char, Rgb)>,
    /// The filter with this row turned.
    turned: Box<dyn Fn() -> Filter + 'a>,
}

/// Draws the kinds of actors.
pub(super) fn actor_kinds_ui(ui: &mut Ui, document: &Document, commands: &mut Commands) {
    let (map, filter) = (&document.map, &document.look.filter);
    let mut counts: BTreeMap<Option<ActorKindId>, usize> = BTreeMap::new();
    for actor in &map.actors {
        *counts.entry(actor.kind).or_default() += 1;
    }
    let colors = stage::scene_theme(ui.ctx().theme());
    let rows = counts.into_iter().map(|(kind, count)| {
        let record = kind.map(|kind| &map.actor_kinds[kind.index()]);
        let sign = record.and_then(|kind| kind.icon.as_deref()).and_then(text::icon).unwrap_or('•');
        Row {
            label: record.map_or_else(|| "Without a kind".to_owned(), |kind| wording::visible(&kind.label).into_owned()),
            count,
            is_on: !filter.hidden_actor_kinds.contains(&kind),
            sign: Some((sign, colors.actor_kind(map, kind))),
            turned: Box::new(move || {
                Filter { hidden_actor_kinds: turned(&filter.hidden_actor_kinds, kind), ..filter.clone() }
            }),
        }
    });
    group_ui(ui, "Kinds", true, rows.collect(), commands);
}

/// Draws kinds, stages and statuses of ties.
pub(super) fn ties_ui(ui: &mut Ui, document: &Document, commands: &mut Commands) {
    let (map, filter) = (&document.map, &document.look.filter);
    group_ui(ui, "Kinds", true, tie_kinds(ui, map, filter), commands);
    group_ui(ui, "Stage", false, stages(map, filter), commands);
    group_ui(ui, "Status", false, statuses(map, filter), commands);
}

fn tie_kinds<'a>(ui: &Ui, map: &Map, filter: &'a Filter) -> Vec<Row<'a>> {
    let mut counts: BTreeMap<TieKindId, usize> = BTreeMap::new();
    for tie in &map.ties {
        *counts.entry(tie.kind).or_default() += 1;
    }
    let colors = stage::scene_theme(ui.ctx().theme());
    let row = |(kind, count): (TieKindId, usize)| {
        let record = &map.tie_kinds[kind.index()];
        let sign = record.icon.as_deref().and_then(text::icon).unwrap_or('—');
        Row {
            label: wording::visible(&record.label).into_owned(),
            count,
            is_on: !filter.hidden_tie_kinds.contains(&kind),
            sign: Some((sign, colors.tie_kind(map, kind))),
            turned: Box::new(move || {
                Filter { hidden_tie_kinds: turned(&filter.hidden_tie_kinds, kind), ..filter.clone() }
            }),
        }
    };
    counts.into_iter().map(row).collect()
}

fn stages<'a>(map: &Map, filter: &'a Filter) -> Vec<Row<'a>> {
    let of = |stage: Stage| map.ties.iter().filter(|tie| tie.claim.has_stage(stage)).count();
    let row = |(stage, count): (Stage, usize)| Row {
        label: wording::capitalized(&wording::stage_word(&Word::Known(stage))),
        count,
        is_on: !filter.hidden_stages.contains(&stage),
        sign: None,
        turned: Box::new(move || Filter { hidden_stages: turned(&filter.hidden_stages, stage), ..filter.clone() }),
    };
    Stage::ALL.iter().map(|stage| (*stage, of(*stage))).filter(|(_, count)| *count > 0).map(row).collect()
}

fn statuses<'a>(map: &Map, filter: &'a Filter) -> Vec<Row<'a>> {
    let of = |status: Status| map.ties.iter().filter(|tie| tie.claim.has_status(status)).count();
    let row = |(status, count): (Status, usize)| Row {
        label: wording::capitalized(&wording::status_word(&Word::Known(status))),
        count,
        is_on: !filter.hidden_statuses.contains(&status),
        sign: None,
        turned: Box::new(move || Filter { hidden_statuses: turned(&filter.hidden_statuses, status), ..filter.clone() }),
    };
    let mut rows: Vec<Row<'a>> =
        Status::ALL.iter().map(|status| (*status, of(*status))).filter(|(_, count)| *count > 0).map(row).collect();
    let unsourced = map.ties.iter().filter(|tie| tie.claim.evidence.is_empty()).count();
    if unsourced > 0 {
        rows.push(Row {
            label: "Without a source".to_owned(),
            count: unsourced,
            is_on: !filter.hides_unsourced,
            sign: None,
            turned: Box::new(move || Filter { hides_unsourced: !filter.hides_unsourced, ..filter.clone() }),
        });
    }
    rows
}

fn turned<T: Ord + Copy>(hidden: &BTreeSet<T>, value: T) -> BTreeSet<T> {
    let mut hidden = hidden.clone();
    if !hidden.remove(&value) {
        hidden.insert(value);
    }
    hidden
}

fn group_ui(ui: &mut Ui, name: &str, is_open: bool, rows: Vec<Row<'_>>, commands: &mut Commands) {
    if rows.is_empty() {
        return;
    }
    let on = rows.iter().filter(|row| row.is_on).count();
    let title = if on == rows.len() { name.to_owned() } else { format!("{name} – {on} of {}", rows.len()) };
    let heading = theme::strong_text(title, 12.0).color(theme::palette(ui).weak);
    CollapsingHeader::new(heading).id_salt(name).default_open(is_open).show_unindented(ui, |ui| {
        for row in rows {
            row_ui(ui, &row, commands);
        }
        ui.add_space(4.0);
    });
}

fn row_ui(ui: &mut Ui, row: &Row<'_>, commands: &mut Commands) {
    let palette = theme::palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let mut is_on = row.is_on;
        let response = ui.checkbox(&mut is_on, "");
        response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, row.is_on, &row.label));
        if let Some((sign, Rgb([r, g, b]))) = row.sign {
            ui.label(theme::icon_text(sign, 14.0).color(egui::Color32::from_rgb(r, g, b)));
        }
        menu::from_right(ui, |ui| {
            ui.label(RichText::new(row.count.to_string()).color(palette.weak).small());
            let color = if row.is_on { palette.text } else { palette.weak };
            let words = Button::new(RichText::new(&row.label).color(color)).frame(false).truncate();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let label = ui.add(words);
                if response.clicked() || label.clicked() {
                    commands.push(AppCommand::Change(Command::SetFilter((row.turned)())));
                }
            });
        });
    });
}
