//! Keys that run actions from anywhere in the window.

use egui::{Context, Event, InputState, Key, Modifiers};

use crate::app::ask::command::{Action, AppCommand, Commands};

/// Pushes the actions whose keys were pressed. While text is being typed, only keys with Ctrl count, and those that
/// text fields use themselves do not.
pub(crate) fn push_shortcuts(ctx: &Context, commands: &mut Commands) {
    if ctx.input_mut(take_copy_with_shift) {
        commands.push(AppCommand::Run(Action::CopyPicture));
    }
    let is_typing = ctx.text_edit_focused();
    // An open menu has its own use for Escape and the like.
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

/// The window system's layer of the toolkit takes Ctrl+Shift+C for Ctrl+C and tells only that something is to be copied.
fn take_copy_with_shift(input: &mut InputState) -> bool {
    // A quick hand has let go of Shift within the frame; letting go of C tells what was pressed then.
    let was_shifted =
        |event: &Event| matches!(event, Event::Key { key: Key::C, pressed: false, modifiers, .. } if modifiers.shift);
    let is_shifted = input.modifiers.shift || input.events.iter().any(was_shifted);
    let copy = input.events.iter().position(|event| *event == Event::Copy);
    let Some(copy) = copy.filter(|_| is_shifted) else { return false };
    input.events.remove(copy);
    true
}

/// As `consume_shortcut`, but a pressed Shift counts: Ctrl+Shift+Z must not undo.
fn is_pressed_exactly(input: &mut InputState, shortcut: egui::KeyboardShortcut) -> bool {
    let wants_shift = shortcut.modifiers.shift;
    // Plus needs Shift on many keyboards.
    let shift_matters = !matches!(shortcut.logical_key, Key::Plus);
    if shift_matters && input.modifiers.shift != wants_shift {
        return false;
    }
    if input.modifiers.alt != shortcut.modifiers.alt {
        return false;
    }
    input.consume_shortcut(&shortcut)
}
