//! Tells screen readers about a text field with a list under it, an editable combo box with options, and about how the
//! text is understood.

use egui::accesskit::{Invalid, Live, Role};
use egui::{Context, Id, Rect, Sense, Ui};

/// What a screen reader is told about a text field with a list under it.
#[derive(Default)]
pub(crate) struct ComboBox<'a> {
    /// Whether the field asks for an entry of a list rather than for any text.
    pub(crate) is_choice: bool,
    /// Whether the list is shown.
    pub(crate) is_open: bool,
    /// The widget of the marked option.
    pub(crate) marked: Option<Id>,
    /// How the text is understood.
    pub(crate) remark: Option<&'a str>,
    /// The widget that says why the text can't be taken.
    pub(crate) fault: Option<Id>,
}

impl ComboBox<'_> {
    /// Describes a field. Must come after the field is drawn, which sets a role of its own.
    pub(crate) fn describe(&self, ctx: &Context, field: Id) {
        ctx.accesskit_node_builder(field, |node| {
            if self.is_choice || self.is_open {
                node.set_role(Role::EditableComboBox);
                node.set_expanded(self.is_open);
            }
            if let Some(marked) = self.marked.filter(|_| self.is_open) {
                node.set_active_descendant(marked.accesskit_id());
            }
            if let Some(remark) = self.remark {
                node.set_description(remark);
            }
            if let Some(fault) = self.fault {
                node.set_invalid(Invalid::True);
                node.set_error_message(fault.accesskit_id());
            }
        });
    }
}

/// Describes an option of a list, counted from 0. Must come after the option is drawn.
pub(crate) fn describe_option(ctx: &Context, option: Id, (index, count): (usize, usize), is_marked: bool) {
    ctx.accesskit_node_builder(option, |node| {
        node.set_role(Role::ListBoxOption);
        node.clear_toggled();
        node.set_selected(is_marked);
        node.set_position_in_set(index + 1);
        node.set_size_of_set(count);
    });
}

/// Lets a screen reader speak a text when it changes; nothing is drawn.
pub(crate) fn speak(ui: &Ui, id: Id, text: &str) {
    let response = ui.interact(Rect::from_min_size(ui.next_widget_position(), egui::Vec2::ZERO), id, Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Status);
        node.set_live(Live::Polite);
        node.set_value(text);
    });
}
