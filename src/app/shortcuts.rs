//! Keyboard shortcuts that run actions from anywhere in the window.
//!
//! A press is matched with the modifiers held at that moment. Several events can arrive in one frame, so the modifiers
//! at the end of the frame may already be those of another key, and what follows a shortcut may be meant for the text field
//! that it opens: it waits until that has the focus.

use egui::text_selection::LabelSelectionState;
use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use crate::app::ask::command::{Action, AppCommand, Commands};

/// The shortcuts, with what has to be remembered between frames.
#[derive(Default)]
pub(crate) struct Shortcuts {
    /// The modifiers at the end of the last frame.
    held: Modifiers,
    /// What was typed after a shortcut that opens a text field.
    typed: Vec<Event>,
    /// The number of frames for which it waits.
    waits: u8,
    /// Whether a text field had the focus while it waited: Escape takes that away before a frame begins.
    was_typing: bool,
}

/// The number of frames after which a text field has the focus: one opens it, and it takes its events in the next.
const UNTIL_FOCUS: u8 = 2;

/// Which keys run actions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum KeySet {
    /// Those of the window.
    #[default]
    Window,
    /// Those of a presentation.
    Presentation,
}

impl KeySet {
    fn of(self, action: Action) -> &'static [KeyboardShortcut] {
        match self {
            Self::Window => action.shortcuts(),
            Self::Presentation => action.presenting_keys(),
        }
    }
}

/// Which elements use some of the keys themselves.
#[derive(Clone, Copy, Default)]
struct Takers {
    /// Which keys run actions.
    keys: KeySet,
    /// While text is being typed, plain keys other than function keys belong to the text field, and so do the
    /// shortcuts that text fields use.
    is_typing: bool,
    /// An open menu handles Escape and other plain keys itself.
    is_in_menu: bool,
    /// Whether text of a label is selected, which is then what Copy copies.
    has_marked_text: bool,
}

impl Takers {
    fn leave(self, action: Action, shortcut: KeyboardShortcut) -> bool {
        let is_bare = shortcut.modifiers == Modifiers::NONE;
        let is_of_text = matches!(
            action,
            Action::Undo | Action::Redo | Action::SelectAll | Action::Cut | Action::Copy | Action::Paste
        );
        let name = shortcut.logical_key.name();
        let is_function_key = name.len() > 1 && name.starts_with('F');
        let is_typed = self.is_typing && (is_of_text || is_bare && !is_function_key);
        let is_of_marked_text = self.has_marked_text && action == Action::Copy;
        !(is_typed || is_of_marked_text || self.is_in_menu && is_bare)
    }
}

impl Shortcuts {
    /// Begins a frame: what was typed waits, or arrives.
    pub(crate) fn begin_frame(&mut self, ctx: &Context) {
        if self.waits == 0 {
            return;
        }
        self.waits -= 1;
        let is_due = self.waits == 0;
        ctx.input_mut(|input| {
            let (typed, others) = std::mem::take(&mut input.events).into_iter().partition(is_typed);
            self.typed.extend::<Vec<Event>>(typed);
            input.events = others;
            if is_due {
                input.events.extend(self.typed.drain(..piece(&self.typed)));
                self.waits = u8::from(!self.typed.is_empty());
            }
        });
        ctx.request_repaint();
    }

    /// Pushes the actions whose shortcuts were pressed, in the order of the presses.
    pub(crate) fn push(&mut self, ctx: &Context, keys: KeySet, commands: &mut Commands) {
        let takers = Takers {
            keys,
            is_typing: std::mem::take(&mut self.was_typing) || ctx.text_edit_focused(),
            is_in_menu: egui::Popup::is_any_open(ctx),
            has_marked_text: ctx.plugin::<LabelSelectionState>().lock().has_selection(),
        };
        let pasted = ctx.input(|input| {
            let mut texts = input.events.iter().filter_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            });
            texts.next()
        });
        let TakenActions { actions, typed } = ctx.input_mut(|input| take_actions(&mut input.events, self.held, takers));
        if actions.iter().any(|action| action.opens_text_field()) {
            (self.typed, self.waits) = (typed, UNTIL_FOCUS);
            ctx.request_repaint();
        }
        for action in actions {
            commands.push(match &pasted {
                Some(text) if action == Action::Paste => AppCommand::AddRows(text.clone()),
                _ => AppCommand::Run(action),
            });
        }
    }

    /// Ends a frame, also one in which no shortcuts were read.
    pub(crate) fn end_frame(&mut self, ctx: &Context) {
        self.held = ctx.input(|input| input.modifiers);
        self.was_typing = self.waits > 0 && ctx.text_edit_focused();
    }
}

/// Returns the number of events that arrive in one frame: a key that ends a text arrives after the text, and what is typed
/// after it goes elsewhere.
fn piece(typed: &[Event]) -> usize {
    let (mut has_text, mut has_end) = (false, false);
    let begins_another = |event: &Event| {
        let is_end = matches!(event, Event::Key { key: Key::Enter | Key::Tab | Key::Escape, pressed: true, .. });
        let is_text = !is_end && matches!(event, Event::Text(_) | Event::Ime(_) | Event::Key { pressed: true, .. });
        let begins = is_end && has_text || is_text && has_end;
        (has_text, has_end) = (has_text || is_text, has_end || is_end);
        begins
    };
    typed.iter().position(begins_another).unwrap_or(typed.len())
}

/// What the events of a frame ask for.
#[derive(Default)]
struct TakenActions {
    actions: Vec<Action>,
    /// What was typed after an action that opens a text field.
    typed: Vec<Event>,
}

/// Returns whether an event is of the keyboard.
fn is_typed(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { .. }
            | Event::Text(_)
            | Event::Ime(_)
            | Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::ModifiersChanged(_)
    )
}

/// Removes the presses of shortcuts from the events of a frame and returns their actions. `held` are the modifiers at
/// the start of the frame.
fn take_actions(events: &mut Vec<Event>, mut held: Modifiers, mut takers: Takers) -> TakenActions {
    let mut taken = TakenActions::default();
    let mut is_opened = false;
    events.retain(|event| {
        match event {
            Event::ModifiersChanged(now) => held = *now,
            Event::WindowFocused(false) => held = Modifiers::NONE,
            _ => {}
        }
        let action = press_of(event, held).and_then(|(key, modifiers)| action_of(key, modifiers, takers));
        taken.actions.extend(action);
        let waits = is_opened && action.is_none() && is_typed(event);
        if waits {
            taken.typed.push(event.clone());
        }
        if action.is_some_and(Action::opens_text_field) {
            (is_opened, takers.is_typing) = (true, true);
        }
        action.is_none() && !waits
    });
    taken
}

/// Returns the key that an event presses, with its modifiers.
fn press_of(event: &Event, held: Modifiers) -> Option<(Key, Modifiers)> {
    // egui's window backend reports Ctrl+C as a copy event without modifiers, and so also Ctrl+Shift+C. The key that
    // is named Copy on some keyboards, pressed without Ctrl, is no shortcut.
    let of_clipboard = |key| held.command.then_some((key, held));
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
        Event::Copy => of_clipboard(Key::C),
        Event::Cut => of_clipboard(Key::X),
        // Pasting may be asked for by Shift+Insert or by the menu, too.
        Event::Paste(_) => of_clipboard(Key::V).or(Some((Key::V, Modifiers::COMMAND))),
        _ => None,
    }
}

/// Returns the action of a press, unless something else uses it. All modifiers must match: Ctrl+Shift+Z must not undo.
/// A character that needs Shift on some keyboards, as plus and the digits do, is also found with Shift.
fn action_of(key: Key, modifiers: Modifiers, takers: Takers) -> Option<Action> {
    let of_key = || {
        let of_action = |action: Action| takers.keys.of(action).iter().map(move |shortcut| (action, *shortcut));
        Action::ALL.iter().copied().flat_map(of_action).filter(|(_, shortcut)| shortcut.logical_key == key)
    };
    let unshifted = Modifiers { shift: false, ..modifiers };
    let exact = of_key().find(|(_, shortcut)| modifiers.matches_exact(shortcut.modifiers));
    let found = exact
        .or_else(|| of_key().find(|(_, shortcut)| may_need_shift(key) && unshifted.matches_exact(shortcut.modifiers)));
    found.filter(|(action, shortcut)| takers.leave(*action, *shortcut)).map(|(action, _)| action)
}

/// Returns whether the key stands for a digit or a sign, which a keyboard may have on its upper level only.
fn may_need_shift(key: Key) -> bool {
    let name = key.symbol_or_name();
    let mut letters = name.chars();
    let is_character = letters.next().is_some_and(|letter| letter.is_ascii() && !letter.is_alphabetic());
    is_character && letters.next().is_none()
}

#[cfg(test)]
mod tests;
