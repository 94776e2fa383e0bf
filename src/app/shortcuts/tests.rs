//! Presses in one frame, cut into frames, and with other modifiers.

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
    shortcuts.begin_frame(ctx);
    shortcuts.push(ctx, KeySet::Window, &mut commands);
    shortcuts.end_frame(ctx);
    ctx.end_pass().textures_delta.clear();
    let action = |command| if let AppCommand::Run(action) = command { Some(action) } else { None };
    commands.take().into_iter().filter_map(action).collect()
}

#[test]
fn each_shortcut_runs_its_action_although_its_modifiers_are_released_in_the_same_frame() {
    let ctx = Context::default();
    for on in PLATFORMS {
        for (action, shortcut) in all() {
            let mut shortcuts = Shortcuts::default();
            assert_eq!(run(&ctx, &mut shortcuts, press(shortcut, on)), [action], "{shortcut:?}");
        }
    }
}

/// Returns whether a press after a shortcut is meant for the text field that it opens.
fn is_typed_into(first: Action, second: Action, shortcut: KeyboardShortcut) -> bool {
    let typing = Takers { is_typing: true, ..Takers::default() };
    first.opens_text_field() && !typing.leave(second, shortcut)
}

#[test]
fn what_follows_a_shortcut_that_opens_a_text_field_waits_for_its_focus() {
    let ctx = Context::default();
    let key = |key, modifiers| press(KeyboardShortcut::new(modifiers, key), PLATFORMS[0]);
    let mut shortcuts = Shortcuts::default();
    let typed = [key(Key::F, Modifiers::COMMAND), key(Key::R, Modifiers::NONE), vec![Event::Text("r".to_owned())]];
    assert_eq!(run(&ctx, &mut shortcuts, typed.concat()), [Action::Find], "nothing is arranged");
    assert_eq!(run(&ctx, &mut shortcuts, key(Key::H, Modifiers::NONE)), [], "nothing is hidden");
    ctx.begin_pass(RawInput { events: vec![Event::Text("!".to_owned())], ..RawInput::default() });
    shortcuts.begin_frame(&ctx);
    let arrived: Vec<Event> = ctx.input(|input| input.events.clone());
    ctx.end_pass().textures_delta.clear();
    let letters: Vec<String> = arrived
        .iter()
        .filter_map(|event| match event {
            Event::Key { key, pressed: true, .. } => Some(key.name().to_owned()),
            Event::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(letters, ["R", "r", "H", "!"], "in the order in which they were typed");
}

#[test]
fn two_shortcuts_of_one_frame_both_run_in_their_order() {
    let (ctx, mut shortcuts) = (Context::default(), Shortcuts::default());
    for on in PLATFORMS {
        for (first, one) in all() {
            for (second, other) in all() {
                let events = [press(one, on), press(other, on)].concat();
                let wanted = if is_typed_into(first, second, other) { vec![first] } else { vec![first, second] };
                assert_eq!(run(&ctx, &mut shortcuts, events), wanted, "{one:?}, {other:?}");
                shortcuts = Shortcuts::default();
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
                run_by.extend(run(&ctx, &mut shortcuts, Vec::new()));
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
                let run_by = take_actions(&mut press(pressed, on), Modifiers::NONE, Takers::default()).actions;
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
    assert_eq!(take_actions(&mut events, Modifiers::NONE, Takers::default()).actions, [Action::Copy]);
    for takers in
        [Takers { is_typing: true, ..Takers::default() }, Takers { has_marked_text: true, ..Takers::default() }]
    {
        let mut events = without.to_vec();
        assert_eq!(take_actions(&mut events, Modifiers::NONE, takers).actions, []);
        assert_eq!(events, without, "the text still gets it");
    }
}

#[test]
fn text_fields_and_menus_keep_their_keys() {
    let typing = Takers { is_typing: true, ..Takers::default() };
    let takers = [typing, Takers { is_in_menu: true, ..Takers::default() }];
    let run_by = |takers| -> Vec<Action> {
        let presses = all().into_iter().map(|(_, shortcut)| press(shortcut, PLATFORMS[0]));
        presses.flat_map(|mut events| take_actions(&mut events, Modifiers::NONE, takers).actions).collect()
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
        take_actions(&mut press(shortcut, PLATFORMS[0]), Modifiers::NONE, takers).actions
    };
    let bare = |key| KeyboardShortcut::new(Modifiers::NONE, key);
    assert_eq!(run_by(bare(Key::ArrowRight)), [Action::NextStep]);
    assert_eq!(run_by(bare(Key::L)), [Action::PointerSpot], "not the legend");
    assert_eq!(run_by(bare(Key::Escape)), [Action::EndPresenting]);
    assert_eq!(run_by(bare(Key::Delete)), [], "nothing is deleted by chance");
    assert_eq!(run_by(KeyboardShortcut::new(Modifiers::COMMAND, Key::Z)), []);
}

/// Returns the shortcuts in a frame with these events, as text fields see it.
fn arriving(ctx: &Context, shortcuts: &mut Shortcuts, events: Vec<Event>) -> Vec<String> {
    let mut commands = Commands::default();
    ctx.begin_pass(RawInput { events, ..RawInput::default() });
    shortcuts.begin_frame(ctx);
    shortcuts.push(ctx, KeySet::Window, &mut commands);
    let arrived = ctx.input(|input| input.events.clone());
    shortcuts.end_frame(ctx);
    ctx.end_pass().textures_delta.clear();
    let words = |event: &Event| match event {
        Event::Key { key, pressed: true, .. } if !key.name().is_empty() => Some(key.name().to_owned()),
        Event::Text(text) => Some(text.clone()),
        _ => None,
    };
    arrived.iter().filter_map(words).collect()
}

#[test]
fn a_key_that_ends_a_text_arrives_after_it_and_before_what_follows() {
    let ctx = Context::default();
    let key = |key, modifiers| press(KeyboardShortcut::new(modifiers, key), PLATFORMS[0]);
    let text = |text: &str| vec![Event::Text(text.to_owned())];
    let mut shortcuts = Shortcuts::default();
    let bare = Modifiers::NONE;
    let events =
        [key(Key::A, bare), text("Ann"), key(Key::Enter, bare), text("company"), key(Key::Enter, bare)].concat();
    assert!(arriving(&ctx, &mut shortcuts, events).is_empty(), "all of it waits");
    assert!(arriving(&ctx, &mut shortcuts, Vec::new()).is_empty());
    let frames: Vec<Vec<String>> = (0..5).map(|_| arriving(&ctx, &mut shortcuts, Vec::new())).collect();
    assert_eq!(frames, [vec!["Ann"], vec!["Enter"], vec!["company"], vec!["Enter"], vec![]]);
}
