//! Keyboard shortcuts that run actions from anywhere in the window.

use egui::{Context, Event, InputState, Key, Modifiers};

use crate::app::ask::command::{Action, AppCommand, Commands};

/// Pushes the actions whose shortcuts were pressed. While text is being typed, plain keys other than function keys are
/// ignored, as are shortcuts that text fields use themselves.
pub(crate) fn push_shortcuts(ctx: &Context, commands: &mut Commands) {
    if ctx.input_mut(take_copy_with_shift) {
        commands.push(AppCommand::Run(Action::CopyPicture));
    }
    let is_typing = ctx.text_edit_focused();
    // An open menu handles Escape and other plain keys itself.
    let is_in_menu = egui::Popup::is_any_open(ctx);
    for &action in Action::ALL {
        for &shortcut in action.shortcuts() {
            let is_bare = shortcut.modifiers == Modifiers::NONE;
            let belongs_to_text = matches!(action, Action::Undo | Action::Redo | Action::SelectAll);
            let is_function_key = shortcut.logical_key.name().len() > 1 && shortcut.logical_key.name().starts_with('F');
            if is_typing && (belongs_to_text || is_bare && !is_function_key) || is_in_menu && is_bare {
                continue;
            }
            if ctx.input_mut(|input| is_pressed_exactly(input, shortcut)) {
                commands.push(AppCommand::Run(action));
            }
        }
    }
}

/// Removes the copy event of Ctrl+Shift+C, which egui's window backend reports as Ctrl+C; returns whether there was
/// one.
fn take_copy_with_shift(input: &mut InputState) -> bool {
    // If Shift was released within the same frame, the release event of C still has it as a modifier.
    let was_shifted =
        |event: &Event| matches!(event, Event::Key { key: Key::C, pressed: false, modifiers, .. } if modifiers.shift);
    let is_shifted = input.modifiers.shift || input.events.iter().any(was_shifted);
    let copy = input.events.iter().position(|event| *event == Event::Copy);
    let Some(copy) = copy.filter(|_| is_shifted) else { return false };
    input.events.remove(copy);
    true
}

/// Like `consume_shortcut`, but Shift has to match: Ctrl+Shift+Z must not undo.
fn is_pressed_exactly(input: &mut InputState, shortcut: egui::KeyboardShortcut) -> bool {
    let wants_shift = shortcut.modifiers.shift;
    // Plus requires Shift on many keyboards.
    let shift_matters = !matches!(shortcut.logical_key, Key::Plus);
    if shift_matters && input.modifiers.shift != wants_shift {
        return false;
    }
    if input.modifiers.alt != shortcut.modifiers.alt {
        return false;
    }
    input.consume_shortcut(&shortcut)
}
