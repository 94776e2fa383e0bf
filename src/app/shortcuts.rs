//! Keyboard shortcuts that run actions from anywhere in the window.
//!
//! A press is matched with the modifiers held at that moment. Several events can arrive in one frame, so the modifiers
//! at the end of the frame may already be those of another key.

use egui::text_selection::LabelSelectionState;
use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use crate::app::ask::command::{Action, AppCommand, Commands};

/// The shortcuts, with what has to be remembered between frames.
#[derive(Default)]
pub(crate) struct Shortcuts {
    /// The modifiers at the end of the last frame.
    held: Modifiers,
}

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
    /// Text of a label is marked, which is what is copied then.
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
    /// Pushes the actions whose shortcuts were pressed, in the order of the presses.
    pub(crate) fn push(&self, ctx: &Context, keys: KeySet, commands: &mut Commands) {
        let takers = Takers {
            keys,
            is_typing: ctx.text_edit_focused(),
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
        for action in ctx.input_mut(|input| take_actions(&mut input.events, self.held, takers)) {
            commands.push(match &pasted {
                Some(text) if action == Action::Paste => AppCommand::AddRows(text.clone()),
                _ => AppCommand::Run(action),
            });
        }
    }

    /// Ends a frame, also one in which no shortcuts were read.
    pub(crate) fn end_frame(&mut self, ctx: &Context) {
        self.held = ctx.input(|input| input.modifiers);
    }
}

/// Removes the presses of shortcuts from the events of a frame and returns their actions. `held` are the modifiers at
/// the start of the frame.
fn take_actions(events: &mut Vec<Event>, mut held: Modifiers, takers: Takers) -> Vec<Action> {
    let mut actions = Vec::new();
    events.retain(|event| {
        match event {
            Event::ModifiersChanged(now) => held = *now,
            Event::WindowFocused(false) => held = Modifiers::NONE,
            _ => {}
        }
        let action = press_of(event, held).and_then(|(key, modifiers)| action_of(key, modifiers, takers));
        actions.extend(action);
        action.is_none()
    });
    actions
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
mod tests {
    use egui::{Context, Event, Key, KeyboardShortcut, Modifiers, RawInput};

    use super::{KeySet, Shortcuts, Takers, take_actions};
    use crate::app::ask::command::{Action, AppCommand, Commands};

    /// How the modifiers of a shortcut arrive on each platform.
    const PLATFORMS: [fn(Modifiers) -> Modifiers; 2] = [
        |pattern| Modifiers { ctrl: pattern.command, ..pattern },
        |pattern| Modifiers { mac_cmd: pattern.command, ..pattern },
    ];

    fn all() -> Vec<(Action, KeyboardShortcut)> {
        let of_action = |action: &Action| action.shortcuts().iter().map(|shortcut| (*action, *shortcut)).collect();
        Action::ALL.iter().flat_map(|action| -> Vec<_> { of_action(action) }).collect()
    }

    /// Returns the events of a press from the first modifier down to the last key up.
    fn press(shortcut: KeyboardShortcut, on: fn(Modifiers) -> Modifiers) -> Vec<Event> {
        let modifiers = on(shortcut.modifiers);
        let key = |pressed, modifiers| Event::Key {
            key: shortcut.logical_key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        vec![
            Event::ModifiersChanged(modifiers),
            key(true, modifiers),
            Event::ModifiersChanged(Modifiers::NONE),
            key(false, Modifiers::NONE),
        ]
    }

    /// Returns the actions run by the events of one frame.
    fn run(ctx: &Context, shortcuts: &mut Shortcuts, events: Vec<Event>) -> Vec<Action> {
        let mut commands = Commands::default();
        ctx.begin_pass(RawInput { events, ..RawInput::default() });
        shortcuts.push(ctx, KeySet::Window, &mut commands);
        shortcuts.end_frame(ctx);
        ctx.end_pass().textures_delta.clear();
        let action = |command| if let AppCommand::Run(action) = command { Some(action) } else { None };
        commands.take().into_iter().filter_map(action).collect()
    }

    #[test]
    fn each_shortcut_runs_its_action_although_its_modifiers_are_released_in_the_same_frame() {
        let (ctx, mut shortcuts) = (Context::default(), Shortcuts::default());
        for on in PLATFORMS {
            for (action, shortcut) in all() {
                assert_eq!(run(&ctx, &mut shortcuts, press(shortcut, on)), [action], "{shortcut:?}");
            }
        }
    }

    #[test]
    fn two_shortcuts_of_one_frame_both_run_in_their_order() {
        let (ctx, mut shortcuts) = (Context::default(), Shortcuts::default());
        for on in PLATFORMS {
            for (first, one) in all() {
                for (second, other) in all() {
                    let events = [press(one, on), press(other, on)].concat();
                    assert_eq!(run(&ctx, &mut shortcuts, events), [first, second], "{one:?}, {other:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost_or_run_twice_wherever_the_events_are_cut_into_frames() {
        let ctx = Context::default();
        let save = all().into_iter().find(|(action, _)| *action == Action::SaveAs).expect("a shortcut");
        for on in PLATFORMS {
            for (action, shortcut) in all() {
                let events = [press(save.1, on), press(shortcut, on)].concat();
                for cut in 0..=events.len() {
                    let (before, after) = events.split_at(cut);
                    let mut shortcuts = Shortcuts::default();
                    let mut run_by = run(&ctx, &mut shortcuts, before.to_vec());
                    run_by.extend(run(&ctx, &mut shortcuts, after.to_vec()));
                    assert_eq!(run_by, [save.0, action], "{shortcut:?} cut at {cut}");
                }
            }
        }
    }

    #[test]
    fn a_press_with_other_modifiers_runs_nothing_else() {
        let taken = |key: Key, modifiers: Modifiers| {
            all().into_iter().find(|(_, shortcut)| shortcut.logical_key == key && shortcut.modifiers == modifiers)
        };
        let kinds = [Modifiers::NONE, Modifiers::SHIFT, Modifiers::ALT, Modifiers::COMMAND];
        for on in PLATFORMS {
            for (_, shortcut) in all() {
                for pattern in kinds.into_iter().flat_map(|one| kinds.map(|other| one | other)) {
                    let pressed = KeyboardShortcut { modifiers: pattern, ..shortcut };
                    let mut expected = taken(pressed.logical_key, pattern);
                    if expected.is_none() && super::may_need_shift(pressed.logical_key) {
                        expected = taken(pressed.logical_key, Modifiers { shift: false, ..pattern });
                    }
                    let expected: Vec<Action> = expected.into_iter().map(|(action, _)| action).collect();
                    let run_by = take_actions(&mut press(pressed, on), Modifiers::NONE, Takers::default());
                    assert_eq!(run_by, expected, "{pressed:?}");
                }
            }
        }
    }

    #[test]
    fn copying_with_shift_is_told_from_plain_copying_whenever_shift_is_released() {
        let shifted = PLATFORMS[0](Modifiers::COMMAND | Modifiers::SHIFT);
        let plain = PLATFORMS[0](Modifiers::COMMAND);
        let changed = Event::ModifiersChanged;
        let with_shift = [changed(shifted), Event::Copy, changed(Modifiers::NONE)];
        let without = [changed(plain), Event::Copy, changed(shifted), changed(Modifiers::NONE)];
        let ctx = Context::default();
        for cut in 0..3 {
            let mut shortcuts = Shortcuts::default();
            let (before, after) = with_shift.split_at(cut);
            let mut run_by = run(&ctx, &mut shortcuts, before.to_vec());
            run_by.extend(run(&ctx, &mut shortcuts, after.to_vec()));
            assert_eq!(run_by, [Action::CopyPicture], "cut at {cut}");
        }
        let mut events = without.to_vec();
        assert_eq!(take_actions(&mut events, Modifiers::NONE, Takers::default()), [Action::Copy]);
        for takers in
            [Takers { is_typing: true, ..Takers::default() }, Takers { has_marked_text: true, ..Takers::default() }]
        {
            let mut events = without.to_vec();
            assert_eq!(take_actions(&mut events, Modifiers::NONE, takers), []);
            assert_eq!(events, without, "the text still gets it");
        }
    }

    #[test]
    fn text_fields_and_menus_keep_their_keys() {
        let typing = Takers { is_typing: true, ..Takers::default() };
        let takers = [typing, Takers { is_in_menu: true, ..Takers::default() }];
        let run_by = |takers| -> Vec<Action> {
            let events = all().into_iter().flat_map(|(_, shortcut)| press(shortcut, PLATFORMS[0]));
            take_actions(&mut events.collect(), Modifiers::NONE, takers)
        };
        let [typing, in_menu] = takers.map(run_by);
        for kept in [Action::Undo, Action::Redo, Action::SelectAll, Action::Hide, Action::Clear] {
            assert!(!typing.contains(&kept), "{kept:?}");
        }
        for run in [Action::Save, Action::Find, Action::Keys] {
            assert!(typing.contains(&run), "{run:?}");
        }
        assert!(!in_menu.contains(&Action::Clear) && in_menu.contains(&Action::Undo));
    }

    #[test]
    fn while_presenting_only_the_keys_of_the_presentation_run_actions() {
        let takers = Takers { keys: KeySet::Presentation, ..Takers::default() };
        let run_by = |shortcut: KeyboardShortcut| -> Vec<Action> {
            take_actions(&mut press(shortcut, PLATFORMS[0]), Modifiers::NONE, takers)
        };
        let bare = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        assert_eq!(run_by(bare(Key::ArrowRight)), [Action::NextStep]);
        assert_eq!(run_by(bare(Key::L)), [Action::PointerSpot], "not the legend");
        assert_eq!(run_by(bare(Key::Escape)), [Action::EndPresenting]);
        assert_eq!(run_by(bare(Key::Delete)), [], "nothing is deleted by chance");
        assert_eq!(run_by(KeyboardShortcut::new(Modifiers::COMMAND, Key::Z)), []);
    }
}
