//! Keeps what is told to screen readers consistent.

use egui::{Context, FullOutput, Plugin};

/// Names the window as what has the focus while the focused widget isn't drawn yet.
///
/// `egui` lets a widget be focused a frame before it first appears and names it in the tree all the same; the platform
/// adapters of `accesskit` panic on a focus that isn't in the tree.
pub(crate) struct FocusInTree;

impl Plugin for FocusInTree {
    fn debug_name(&self) -> &'static str {
        "focus in tree"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        let Some(tree) = &update.tree else { return };
        if !update.nodes.iter().any(|(id, _)| *id == update.focus) {
            update.focus = tree.root;
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, Id, RawInput, Rect, Sense, Ui};

    use super::FocusInTree;

    /// Runs a frame; returns whether the focus told is that of a widget, which is drawn if `is_drawn`.
    fn is_focus_told(ctx: &Context, is_drawn: bool) -> bool {
        let id = Id::new("late");
        let mut output = ctx.run_ui(RawInput::default(), |ui: &mut Ui| {
            if is_drawn {
                let response = ui.interact(Rect::EVERYTHING, id, Sense::focusable_noninteractive());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, "late"));
            } else {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        });
        output.textures_delta.clear();
        let update = output.platform_output.accesskit_update.expect("a tree");
        assert!(update.nodes.iter().any(|(node, _)| *node == update.focus), "the focus is in the tree");
        update.focus == id.accesskit_id()
    }

    #[test]
    fn a_widget_may_be_focused_before_it_is_drawn() {
        let ctx = Context::default();
        ctx.enable_accesskit();
        ctx.add_plugin(FocusInTree);
        assert!(!is_focus_told(&ctx, false));
        assert!(is_focus_told(&ctx, true));
    }
}
