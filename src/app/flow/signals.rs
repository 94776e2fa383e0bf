//! The end by a signal: a logout or Ctrl+C closes the program without a question, the journal written first.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use egui::Context;

use crate::recovery::Flusher;

/// How long the window has to leave its last changes; after that it counts as stuck, and what it left before is kept.
const WINDOW_HAS: Duration = Duration::from_secs(2);

/// How long the journal has to be written.
const JOURNAL_HAS: Duration = Duration::from_secs(3);

/// What the window and the thread that listens to signals share.
#[derive(Clone, Default)]
pub(crate) struct Signals(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<ShutdownState>,
    has_changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ShutdownState {
    #[default]
    Running,
    Asked,
    Ready,
}

impl Signals {
    /// Whether the program is about to end; true once.
    pub(crate) fn is_asked(&self) -> bool {
        self.state() == ShutdownState::Asked
    }

    /// Says that the window has nothing more to leave.
    pub(crate) fn say_ready(&self) {
        self.set_state(ShutdownState::Ready);
    }

    fn state(&self) -> ShutdownState {
        *self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_state(&self, state: ShutdownState) {
        *self.0.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.0.has_changed.notify_all();
    }

    /// Asks the window to leave its last changes and waits for the journal, each no longer than it may take.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has these signals"))]
    fn prepare(&self, ctx: &Context, flusher: Option<&Flusher>) {
        self.set_state(ShutdownState::Asked);
        ctx.request_repaint();
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.has_changed.wait_timeout_while(state, WINDOW_HAS, |state| *state != ShutdownState::Ready);
        drop(waited);
        let is_written = flusher.is_none_or(|flusher| flusher.flush(JOURNAL_HAS));
        if !is_written {
            tracing::error!("the recovery file could not be written in time");
        }
    }
}

/// Listens to the signals of a logout and of Ctrl+C. The program then ends as by the signal itself, so that whoever
/// sent it sees that.
#[cfg(unix)]
pub(crate) fn listen(ctx: &Context, ending: Signals, flusher: Option<Flusher>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT])?;
    let ctx = ctx.clone();
    let work = move || {
        if let Some(signal) = signals.forever().next() {
            ending.prepare(&ctx, flusher.as_ref());
            let ended = signal_hook::low_level::emulate_default_handler(signal);
            // The signal has not ended the process, which never happens to these two.
            let _ = ended.inspect_err(|error| tracing::error!("{error}"));
            std::process::exit(128 + signal);
        }
    };
    std::thread::Builder::new().name("Signals".to_owned()).spawn(work).map(drop)
}

#[cfg(test)]
mod tests {
    use super::{ShutdownState, Signals};

    #[test]
    fn the_end_waits_for_the_window() {
        let (ending, ctx) = (Signals::default(), egui::Context::default());
        assert!(!ending.is_asked());
        let window = ending.clone();
        let answering = std::thread::spawn(move || {
            while !window.is_asked() {
                std::thread::yield_now();
            }
            window.say_ready();
        });
        ending.prepare(&ctx, None);
        answering.join().expect("ended");
        assert_eq!(ending.state(), ShutdownState::Ready);
        assert!(ctx.has_requested_repaint(), "a window at rest is woken");
    }

    #[test]
    fn a_window_that_is_stuck_does_not_keep_the_program() {
        let ending = Signals::default();
        ending.prepare(&egui::Context::default(), None);
        assert!(ending.is_asked(), "it came to an end without an answer");
    }
}
