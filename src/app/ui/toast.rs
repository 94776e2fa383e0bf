//! Short toasts above the lower edge of the canvas.

use std::time::Duration;

use egui::{Align2, Area, Context, Id, Order, Pos2, RichText, Sense, Ui, WidgetInfo, WidgetType};

use crate::wording;

use crate::app::ask::command::{Action, AppCommand, Commands};
use crate::app::ui::{icon, theme};

/// How long a toast stays if it needs no reaction.
const SHOWN_FOR: Duration = Duration::from_secs(5);

/// The severity of a toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ToastKind {
    /// A request succeeded.
    Done,
    /// Information.
    Told,
    /// A failure; the toast stays until it is closed.
    Failed,
}

/// When a toast disappears.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Until {
    /// When the user closes it.
    Closed,
    /// `SHOWN_FOR` after it is first drawn.
    Drawn,
    /// At this egui time, in seconds.
    Time(f64),
}

#[derive(Debug)]
struct Toast {
    kind: ToastKind,
    text: String,
    /// The label of the button and the action that it runs.
    offer: Option<(&'static str, Action)>,
    until: Until,
}

/// The visible toasts, newest last.
#[derive(Debug, Default)]
pub(crate) struct Toasts {
    toasts: Vec<Toast>,
}

impl Toasts {
    /// Shows a toast.
    pub(crate) fn say(&mut self, kind: ToastKind, text: impl Into<String>) {
        self.push(kind, &text.into(), None);
    }

    /// Shows a toast with a button for an action. It stays until it is closed.
    pub(crate) fn offer(&mut self, text: impl Into<String>, words: &'static str, action: Action) {
        self.push(ToastKind::Told, &text.into(), Some((words, action)));
    }

    /// Removes the toasts that offer this action, because it is being run.
    pub(crate) fn take_back_offers(&mut self, action: Action) {
        self.toasts.retain(|toast| toast.offer.is_none_or(|(_, offered)| offered != action));
    }

    /// Removes all toasts.
    pub(crate) fn clear(&mut self) {
        self.toasts.clear();
    }

    fn push(&mut self, kind: ToastKind, text: &str, offer: Option<(&'static str, Action)>) {
        let text = wording::quoted(text).into_owned();
        let stays = kind == ToastKind::Failed || offer.is_some();
        self.toasts.retain(|toast| toast.text != text);
        self.toasts.push(Toast { kind, text, offer, until: if stays { Until::Closed } else { Until::Drawn } });
        if self.toasts.len() > 4 {
            self.toasts.remove(0);
        }
    }

    /// Draws the toasts above `foot`, the center of the canvas's lower edge.
    pub(crate) fn ui(&mut self, ctx: &Context, foot: Pos2, commands: &mut Commands) {
        let now = ctx.input(|input| input.time);
        self.forget_old(ctx, now);
        let mut bottom = foot.y - 12.0;
        let mut closed = None;
        for (index, toast) in self.toasts.iter().enumerate().rev() {
            let area = Area::new(Id::new(("toast", &toast.text)))
                .order(Order::Foreground)
                .pivot(Align2::CENTER_BOTTOM)
                .fixed_pos(Pos2::new(foot.x, bottom))
                .show(ctx, |ui| toast_ui(ui, toast, commands));
            bottom = area.response.rect.top() - 8.0;
            if area.inner {
                closed = Some(index);
            }
        }
        if let Some(index) = closed {
            self.toasts.remove(index);
            ctx.request_repaint();
        }
    }

    /// Removes expired toasts and schedules a repaint for the next expiry.
    fn forget_old(&mut self, ctx: &Context, now: f64) {
        for toast in &mut self.toasts {
            if toast.until == Until::Drawn {
                toast.until = Until::Time(now + SHOWN_FOR.as_secs_f64());
            }
        }
        self.toasts.retain(|toast| !matches!(toast.until, Until::Time(until) if until <= now));
        let times = self.toasts.iter().filter_map(|toast| match toast.until {
            Until::Time(until) => Some(until),
            Until::Closed | Until::Drawn => None,
        });
        let next = times.reduce(f64::min);
        if let Some(next) = next {
            ctx.request_repaint_after(Duration::from_secs_f64((next - now).max(0.0) + 0.01));
        }
    }
}

/// Draws a toast; returns `true` if it was closed.
fn toast_ui(ui: &mut Ui, toast: &Toast, commands: &mut Commands) -> bool {
    let palette = theme::palette(ui);
    let (mark, color) = match toast.kind {
        ToastKind::Done => (icon::CHECK_CIRCLE, palette.good),
        ToastKind::Told => (icon::INFO, palette.accent),
        ToastKind::Failed => (icon::WARNING, palette.bad),
    };
    let mut is_closed = false;
    let frame = theme::floating_frame(ui).show(ui, |ui| {
        ui.set_max_width(420.0);
        ui.horizontal(|ui| {
            ui.label(theme::icon_text(mark, 16.0).color(color));
            ui.scope(|ui| {
                ui.set_max_width(300.0);
                ui.add(egui::Label::new(RichText::new(&toast.text)).wrap());
            });
            if let Some((words, action)) = toast.offer
                && ui.button(words).on_hover_text(action.tooltip()).clicked()
            {
                commands.push(AppCommand::Run(action));
                is_closed = true;
            }
            is_closed |= theme::icon_button(ui, icon::CROSS, "Close this notice").clicked();
        });
    });
    let response = ui.interact(frame.response.rect, ui.id().with("status"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &toast.text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Status);
        node.set_live(egui::accesskit::Live::Polite);
    });
    is_closed
}
