//! CPU time of changes in the window: moving a card, renaming, adding and deleting, editing an amount or text shown only in
//! the details, and hovering.
//!
//! Changes run through the whole window without a display: [`App::logic`] derives the result of a command, [`App::ui`]
//! draws the next frame. `-- ACTORS TIES` sets the map size, and `-- WORD` selects changes by name.
#![allow(clippy::print_stdout, reason = "printing is what a bench is for")]

#[path = "shared/large_map.rs"]
mod large_map;

use std::path::PathBuf;
use std::time::Duration;

use cap::Cap;
use egui::{Context, Event, Pos2, RawInput, Rect, Vec2};
use mimalloc::MiMalloc;
use rustix::time::{ClockId, clock_gettime};
use tieline::app::probe::{Nobody, Probe};
use tieline::app::{App, Options, Platform};

/// The program's allocator, counted.
#[global_allocator]
static ALLOCATOR: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// Returns the CPU time so far, in milliseconds.
fn processor_ms(clock: ClockId) -> f64 {
    let now = clock_gettime(clock);
    now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6
}

/// CPU time of this thread and of the whole process, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Spent {
    here_ms: f64,
    all_ms: f64,
}

fn spent(work: impl FnOnce()) -> Spent {
    let clocks = [ClockId::ThreadCPUTime, ClockId::ProcessCPUTime];
    let before = clocks.map(processor_ms);
    work();
    let after = clocks.map(processor_ms);
    Spent { here_ms: after[0] - before[0], all_ms: after[1] - before[1] }
}

/// The window without a display.
struct Window {
    ctx: Context,
    app: App,
    time_secs: f64,
    events: Vec<Event>,
    wants_more: bool,
}

const SIZE: Vec2 = Vec2::new(1440.0, 900.0);

impl Window {
    fn open(path: PathBuf) -> Self {
        let ctx = Context::default();
        let services = Platform {
            opener: Box::new(Nobody),
            dialogs: Box::new(Nobody),
            clipboard: Box::new(Nobody),
            config_folder: None,
            data_folder: None,
            kept_after: Duration::from_millis(20),
        };
        let options = Options { files: vec![path], ..Options::default() };
        let app = App::new(&ctx, &options, services);
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        let mut window = Self { ctx, app, time_secs: 0.0, events: Vec::new(), wants_more: true };
        window.settle();
        window
    }

    /// Runs one frame; returns the CPU time of deriving and of drawing.
    fn frame(&mut self) -> [Spent; 2] {
        self.time_secs += 0.02;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time_secs),
            predicted_dt: 0.02,
            events: std::mem::take(&mut self.events),
            ..RawInput::default()
        };
        let mut both = [Spent::default(); 2];
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| {
            both = [spent(|| app.logic(ui.ctx())), spent(|| app.ui(ui))];
        });
        self.wants_more = output.viewport_output.values().any(|it| it.repaint_delay == Duration::ZERO);
        both
    }

    /// Runs frames until nothing moves and no job is running.
    fn settle(&mut self) {
        loop {
            self.frame();
            if !self.wants_more && self.app.is_settled() {
                return;
            }
            if !self.wants_more {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Number of repetitions of each change.
const ROUNDS: usize = 9;

/// Repeats a change and prints the medians.
fn changes(window: &mut Window, words: &str, mut change: impl FnMut(Probe<'_>, usize)) {
    let (mut derived, mut drawn, mut all, mut bytes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let allocated_before = ALLOCATOR.total_allocated();
        let asked = spent(|| change(Probe(&mut window.app), round));
        let mut frame = [Spent::default(); 2];
        let until_settled = spent(|| {
            frame = window.frame();
            while !window.app.is_settled() {
                std::thread::sleep(Duration::from_millis(1));
                window.frame();
            }
        });
        bytes.push((ALLOCATOR.total_allocated() - allocated_before) as f64);
        derived.push(asked.here_ms + frame[0].here_ms);
        drawn.push(frame[1].here_ms);
        all.push(asked.all_ms + until_settled.all_ms);
        window.settle();
    }
    println!("  {:<31} {:>9.2} ms of processor", format!("{words}: deriving"), median(derived));
    println!("    the frame that draws it       {:>9.2} ms", median(drawn));
    println!("    all threads until it settles  {:>9.2} ms", median(all));
    println!("    allocated until it settles    {:>9.1} KB", median(bytes) / 1e3);
}

/// Moves the pointer from card to card.
fn hovers(window: &mut Window, words: &str, actors: [usize; 2]) {
    let rounds = 16;
    let mut drawn = Vec::new();
    for round in 0..rounds {
        let actor = actors[round % 2];
        let Some(pos) = Probe(&mut window.app).pos_in_screen(actor) else { continue };
        window.events.push(Event::PointerMoved(pos));
        let frame = window.frame();
        drawn.push(frame[0].here_ms + frame[1].here_ms);
        window.settle();
    }
    let mut rest = Vec::new();
    for _ in 0..rounds {
        let frame = window.frame();
        rest.push(frame[0].here_ms + frame[1].here_ms);
    }
    let hovered = Probe(&mut window.app).is_hovering();
    println!("  hover changes, {words:<16} {:>9.2} ms (hovering: {hovered})", median(drawn));
    println!("  a frame without change          {:>9.2} ms", median(rest));
}

fn measure(actors: usize, ties: usize, word: &str) {
    println!("{actors} actors and {ties} ties, all with places");
    let file = std::env::temp_dir().join(format!("tieline-edit-{}-{actors}.tieline.json", std::process::id()));
    std::fs::write(&file, large_map::map(actors, ties)).expect("written");
    let mut window = Window::open(file.clone());
    let _ = std::fs::remove_file(&file);
    let nth = |round: usize| (actors / 2 + round * 37) % actors;
    let mut change = |words: &str, change: &mut dyn FnMut(Probe<'_>, usize)| {
        if words.contains(word) {
            changes(&mut window, words, change);
        }
    };
    change("a card is moved", &mut |mut probe, round| probe.move_actor(nth(round), Vec2::new(35.0, 22.0)));
    change("an actor is renamed", &mut |mut probe, round| probe.rename_actor(nth(round), &format!("Renamed {round}")));
    change("a tie gets an amount", &mut |mut probe, round| {
        probe.type_amount(nth(round), &format!("more than ${}bn", round + 3));
    });
    change("a tie is added", &mut |mut probe, round| probe.add_tie(nth(round), (nth(round) + 1) % actors));
    change("an actor goes or comes back", &mut |mut probe, round| probe.delete_actor(nth(round / 2), round % 2 == 1));
    change("a tie gets a summary", &mut |mut probe, round| probe.summarize_tie(nth(round), &format!("Words {round}")));
    if !"hover changes".contains(word) {
        return;
    }
    let neighbors = [actors / 2, actors / 2 + 1];
    hovers(&mut window, "all in view", neighbors);
    Probe(&mut window.app).zoom_to(1.0);
    window.settle();
    Probe(&mut window.app).reveal_actor(neighbors[0]);
    window.settle();
    Probe(&mut window.app).reveal_actor(neighbors[1]);
    window.settle();
    hovers(&mut window, "zoomed to 100 %", neighbors);
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let numbers: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let word = words.iter().find(|word| word.parse::<usize>().is_err()).map_or("", String::as_str);
    match numbers[..] {
        [actors, ties, ..] => measure(actors, ties, word),
        _ => [(60, 120), (2_000, 6_000), (10_000, 30_000)].into_iter().for_each(|(a, t)| measure(a, t, word)),
    }
}
