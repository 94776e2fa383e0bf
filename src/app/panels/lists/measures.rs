//! The heading of the list of actors: what it is sorted by, and the choice of it.

use egui::{Button, RichText, Ui, WidgetInfo, WidgetType};

use crate::analysis::{ActorMeasure, MAX_PIVOTS, Measured};
use crate::model::ActorId;
use crate::wording::{counted, number};

use crate::app::ui::{icon, theme, widgets};

/// Returns the name of a measure.
pub(super) fn name(measure: ActorMeasure) -> &'static str {
    match measure {
        ActorMeasure::Ties => "Ties",
        ActorMeasure::Weight => "Weight",
        ActorMeasure::Betweenness => "Betweenness",
        ActorMeasure::PageRank => "PageRank",
        ActorMeasure::Bridges => "Bridges",
    }
}

fn meaning(measure: ActorMeasure) -> &'static str {
    match measure {
        ActorMeasure::Ties => "Number of ties",
        ActorMeasure::Weight => "Sum of the weights of its ties",
        ActorMeasure::Betweenness => "How often an actor lies on a shortest path between two others",
        ActorMeasure::PageRank => "How often a random walk along ties visits an actor, compared to the most visited",
        ActorMeasure::Bridges => "How many actors would be cut off from the rest without this one",
    }
}

/// Returns the value of an actor, as short text and in full.
pub(super) fn value_words(measure: ActorMeasure, measured: &Measured, actor: ActorId) -> (String, String) {
    let value = measured.values.get(actor.index()).copied().unwrap_or_default();
    let percent =
        |value: f64| if value < 0.1 { format!("{:.2}%", value * 100.0) } else { format!("{:.0}%", value * 100.0) };
    match measure {
        ActorMeasure::Ties => (number(value as usize), counted(value as usize, "tie", "ties")),
        ActorMeasure::Weight => (weight_words(value), format!("ties with a weight of {} in all", weight_words(value))),
        ActorMeasure::Betweenness => {
            let about = if measured.sampled.is_some() { "about " } else { "" };
            (percent(value), format!("on {about}{} of the shortest paths between two others", percent(value)))
        }
        ActorMeasure::PageRank => (percent(value), format!("{} of the highest PageRank", percent(value))),
        ActorMeasure::Bridges => {
            let count = value as usize;
            (number(count), format!("{} would be cut off", counted(count, "actor", "actors")))
        }
    }
}

fn weight_words(value: f64) -> String {
    if value.fract() == 0.0 && value < 1e15 { number(value as usize) } else { format!("{value:.2}") }
}

/// Draws the heading with the choice of the measure, this far from the right end.
pub(super) fn heading_ui(ui: &mut Ui, measure: &mut ActorMeasure, measured: Option<&Measured>, margin: f32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.allocate_ui(egui::vec2(ui.available_width(), 20.0), |ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        widgets::from_right(ui, |ui| {
            ui.add_space(margin - 6.0);
            let palette = theme::palette(ui);
            let is_sampled = measured.and_then(|measured| measured.sampled);
            let words =
                if is_sampled.is_some() { format!("≈ {}", name(*measure)) } else { name(*measure).to_owned() };
            let text = RichText::new(words).size(11.0).color(palette.weak);
            let button = Button::new((text, theme::icon_text(icon::CARET_DOWN, 9.0).color(palette.weak))).frame(false);
            let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
                for by in ActorMeasure::ALL {
                    if ui.selectable_label(*measure == by, name(by)).on_hover_text(meaning(by)).clicked() {
                        *measure = by;
                        ui.close();
                    }
                }
            });
            let told = format!("Actors by {}", name(*measure).to_lowercase());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &told));
            let estimate = is_sampled.map(|count| {
                format!(
                    "\nEstimated from the paths of {} actors, since the map has more than {}",
                    number(count),
                    number(MAX_PIVOTS)
                )
            });
            response.on_hover_text(format!("{}{}", meaning(*measure), estimate.unwrap_or_default()));
        });
    });
}
