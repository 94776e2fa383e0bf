//! Reads keys and clicks with the modifiers of their own events.
//!
//! `InputState::modifiers` are those at the end of the frame: when a key or button is released together with Ctrl or
//! Shift, they are no longer the ones it was pressed with.

use egui::{Context, Event, Key, Modifiers, PointerButton};

/// Removes the presses of a key with exactly these modifiers; returns whether there were any.
pub(crate) fn take_press(ctx: &Context, modifiers: Modifiers, key: Key) -> bool {
    !take_presses(ctx, modifiers, &[key]).is_empty()
}

/// Removes the presses of these keys with exactly these modifiers and returns them in their order.
pub(crate) fn take_presses(ctx: &Context, modifiers: Modifiers, keys: &[Key]) -> Vec<Key> {
    let mut pressed = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let taken = match event {
                Event::Key { key, pressed: true, modifiers: held, .. } if held.matches_exact(modifiers) => {
                    keys.contains(key).then_some(*key)
                }
                _ => None,
            };
            pressed.extend(taken);
            taken.is_none()
        });
    });
    pressed
}

/// Returns the modifiers of the click in this frame: of the released button, or of Enter or Space on a focused widget.
/// A click requested by a screen reader has none.
pub(crate) fn click_modifiers(ctx: &Context) -> Modifiers {
    ctx.input(|input| {
        let of_click = |event: &Event| match event {
            Event::PointerButton { button: PointerButton::Primary, pressed: false, modifiers, .. }
            | Event::Key { key: Key::Enter | Key::Space, pressed: true, modifiers, .. } => Some(*modifiers),
            _ => None,
        };
        input.events.iter().rev().find_map(of_click).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput};

    use super::{click_modifiers, take_press, take_presses};

    fn frame<T>(events: Vec<Event>, read: impl FnOnce(&Context) -> T) -> T {
        let ctx = Context::default();
        ctx.begin_pass(RawInput { events, ..RawInput::default() });
        let value = read(&ctx);
        ctx.end_pass().textures_delta.clear();
        value
    }

    fn press(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn each_press_is_taken_once_and_in_order() {
        let events = [Key::ArrowLeft, Key::ArrowUp, Key::ArrowLeft].map(|key| press(key, Modifiers::NONE));
        let shifted = press(Key::ArrowUp, Modifiers::SHIFT);
        let keys = [Key::ArrowUp, Key::ArrowLeft];
        frame([vec![shifted.clone()], events.to_vec()].concat(), |ctx| {
            let taken = take_presses(ctx, Modifiers::NONE, &keys);
            assert_eq!(taken, [Key::ArrowLeft, Key::ArrowUp, Key::ArrowLeft]);
            assert_eq!(take_presses(ctx, Modifiers::NONE, &keys), []);
            assert_eq!(ctx.input(|input| input.events.clone()), [shifted]);
            assert!(
                take_press(ctx, Modifiers::SHIFT, Key::ArrowUp) && !take_press(ctx, Modifiers::SHIFT, Key::ArrowUp)
            );
        });
    }

    #[test]
    fn a_click_has_the_modifiers_of_its_button() {
        let ctrl = Modifiers { ctrl: true, ..Modifiers::COMMAND };
        let button = |pressed| Event::PointerButton {
            pos: Pos2::ZERO,
            button: PointerButton::Primary,
            pressed,
            modifiers: ctrl,
        };
        let events =
            vec![Event::ModifiersChanged(ctrl), button(true), button(false), Event::ModifiersChanged(Modifiers::NONE)];
        assert_eq!(frame(events, click_modifiers), ctrl);
        assert_eq!(frame(vec![Event::ModifiersChanged(ctrl)], click_modifiers), Modifiers::NONE);
        assert_eq!(frame(vec![press(Key::Space, ctrl)], click_modifiers), ctrl);
    }
}
