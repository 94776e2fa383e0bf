//! What `--timings` prints: the time to the first frame and to the settled picture, the work of each change, what frames
//! take while the view moves, and how many are drawn at rest.
#![allow(clippy::print_stderr, reason = "what `--timings` asks for")]

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::app::App;
use crate::app::canvas::CameraMotion;
use crate::derive::Work;

/// The time after the settled picture for the last animation, and the time over which frames are then counted.
const BEFORE_REST: Duration = Duration::from_secs(2);
const AT_REST: Duration = Duration::from_secs(5);
/// Motions whose frames are reported, with their names.
const MOTIONS: [(CameraMotion, &str); 2] = [(CameraMotion::Pan, "panning"), (CameraMotion::Zoom, "zooming")];

/// Measures the window.
pub(super) struct Timings {
    started: Instant,
    has_frame: bool,
    has_picture: bool,
    frames: Arc<AtomicU32>,
    /// The work done up to the last frame.
    work: Work,
    /// The clocks when the last frame began, and how it moved.
    last: Option<(Clocks, CameraMotion, Work)>,
    moving: Vec<MovingFrame>,
}

/// Processor time of the window's thread, and time, in milliseconds.
#[derive(Clone, Copy)]
struct Clocks {
    thread_ms: f64,
    wall_ms: f64,
}

/// A frame in which the view moved.
struct MovingFrame {
    motion: CameraMotion,
    took: Clocks,
    work: Work,
}

impl Timings {
    pub(super) fn new(started: Instant) -> Self {
        Self {
            started,
            has_frame: false,
            has_picture: false,
            frames: Arc::default(),
            work: Work::default(),
            last: None,
            moving: Vec::new(),
        }
    }

    /// Ends the last frame and starts another. What the window's thread does in between belongs to the last one:
    /// deriving, drawing, tessellating, uploading, and submitting.
    pub(super) fn start_frame(&mut self) {
        let now = Clocks { thread_ms: thread_ms(), wall_ms: self.started.elapsed().as_secs_f64() * 1e3 };
        let last = self.last.replace((now, CameraMotion::Rest, Work::default()));
        if let Some((before, motion, work)) = last.filter(|(_, motion, _)| *motion != CameraMotion::Rest) {
            let took = Clocks { thread_ms: now.thread_ms - before.thread_ms, wall_ms: now.wall_ms - before.wall_ms };
            self.moving.push(MovingFrame { motion, took, work });
        }
    }

    /// Records what a frame did.
    pub(super) fn note(&mut self, app: &App) {
        let frame = self.frames.fetch_add(1, Ordering::Relaxed);
        let work = app.work();
        let done = work - std::mem::replace(&mut self.work, work);
        if let Some((_, motion, last)) = &mut self.last {
            (*motion, *last) = (app.motion(), done);
        }
        // Frames that only draw are not listed individually: each movement of the pointer causes one.
        let of_drawing = Work { drawn: done.drawn, held: done.held, walked: done.walked, ..Work::default() };
        if done != of_drawing {
            eprintln!("frame {frame}, {} ms: {done}", self.started.elapsed().as_millis());
        }
        if !std::mem::replace(&mut self.has_frame, true) {
            self.print("first frame");
        }
        if app.is_settled() && !std::mem::replace(&mut self.has_picture, true) {
            self.print("settled picture");
            let frames = Arc::clone(&self.frames);
            std::thread::spawn(move || count_at_rest(&frames));
        }
    }

    fn print(&self, what: &str) {
        eprintln!("{what}: {} ms", self.started.elapsed().as_millis());
    }

    /// Prints what frames took while the view moved.
    pub(super) fn print_frames(&self) {
        for (motion, words) in MOTIONS {
            let frames: Vec<&MovingFrame> = self.moving.iter().filter(|frame| frame.motion == motion).collect();
            if !frames.is_empty() {
                eprintln!("{}", summary(words, &frames));
            }
        }
    }
}

fn summary(words: &str, frames: &[&MovingFrame]) -> String {
    let spread = |value: fn(&MovingFrame) -> f64| {
        let mut values: Vec<f64> = frames.iter().map(|frame| value(frame)).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: usize| values[(values.len() - 1) * share / 100];
        [at(50), at(95), at(100)]
    };
    let mut line = format!("{} frames while {words}, median, 95 %, worst:", frames.len());
    let mut add = |what: &str, [median, most, worst]: [f64; 3], digits: usize| {
        let _ = write!(line, " {what} {median:.digits$} {most:.digits$} {worst:.digits$};");
    };
    if frames.iter().any(|frame| frame.took.thread_ms > 0.0) {
        add("ms of the window's thread", spread(|frame| frame.took.thread_ms), 2);
    }
    add("ms from frame to frame", spread(|frame| frame.took.wall_ms), 1);
    add("dots and ties drawn", spread(|frame| frame.work.drawn as f64), 0);
    add("looked at", spread(|frame| frame.work.walked as f64), 0);
    let uploads: usize = frames.iter().map(|frame| frame.work.uploads).sum();
    let _ = write!(line, " {uploads} uploads");
    line
}

/// Returns the CPU time of this thread; 0 where the system doesn't report it.
fn thread_ms() -> f64 {
    #[cfg(unix)]
    {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6
    }
    #[cfg(not(unix))]
    0.0
}

/// Prints how many frames are drawn while the window is idle.
fn count_at_rest(frames: &AtomicU32) {
    std::thread::sleep(BEFORE_REST);
    let before = frames.load(Ordering::Relaxed);
    std::thread::sleep(AT_REST);
    let drawn = frames.load(Ordering::Relaxed) - before;
    eprintln!("frames at rest: {drawn} in {} s", AT_REST.as_secs());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_summed_up_by_their_middle_and_their_worst() {
        let frame = |ms: f64| MovingFrame {
            motion: CameraMotion::Pan,
            took: Clocks { thread_ms: ms, wall_ms: 16.0 },
            work: Work { drawn: 10, uploads: 1, ..Work::default() },
        };
        let frames: Vec<MovingFrame> = (1..=101).map(|n| frame(f64::from(n))).collect();
        let line = summary("panning", &frames.iter().collect::<Vec<_>>());
        assert_eq!(
            line,
            "101 frames while panning, median, 95 %, worst: ms of the window's thread 51.00 96.00 101.00; ms from frame \
             to frame 16.0 16.0 16.0; dots and ties drawn 10 10 10; looked at 0 0 0; 101 uploads"
        );
    }
}
