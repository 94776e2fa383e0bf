//! Termination by a signal: on logout or Ctrl+C the program ends without a question, after writing the journal.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use egui::Context;

use crate::recovery::Flusher;

/// How long to wait for the window's last changes; after that it is considered stuck, and earlier changes are kept.
const WINDOW_HAS: Duration = Duration::from_secs(2);

/// How long to wait for the journal to be written.
const JOURNAL_HAS: Duration = Duration::from_secs(3);

/// State shared by the window and the signal thread.
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
    /// Returns whether the program is about to end and the window has not called [`Signals::say_ready`] yet.
    pub(crate) fn is_asked(&self) -> bool {
        self.state() == ShutdownState::Asked
    }

    /// Reports that the window has passed on its last changes.
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

    /// Asks the window for its last changes, then waits for the journal; both waits have a time limit.
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

/// Starts a thread that handles SIGTERM and SIGINT. The process then ends by the default action of the signal, so that
/// the sender sees the correct exit status.
#[cfg(unix)]
pub(crate) fn listen(ctx: &Context, ending: Signals, flusher: Option<Flusher>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT])?;
    let ctx = ctx.clone();
    let work = move || {
        if let Some(signal) = signals.forever().next() {
            ending.prepare(&ctx, flusher.as_ref());
            let ended = signal_hook::low_level::emulate_default_handler(signal);
            // Only reached if the default action did not end the process, which can't happen for these two signals.
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
