//! Test bench: the real window without a display, with fakes for the browser and the file dialogs.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tieline::app::{App, Clipboard, CopiedPicture, FileDialogs, FileQuestion, Opener, Options, Platform};

/// Receives the answer of an open file dialog, and wakes the window.
type OpenDialog = (Sender<Vec<PathBuf>>, Box<dyn Fn() + Send>);

/// Calls recorded by the fakes, and their prepared answers.
#[derive(Default)]
pub(super) struct Notes {
    /// Opened addresses.
    pub(super) opened: Vec<String>,
    /// Answers to the next file dialogs.
    pub(super) answers: VecDeque<Option<PathBuf>>,
    /// Whether file dialogs without an answer stay open, rather than being unexpected.
    pub(super) stay_open: bool,
    /// The file dialogs that are open, with what wakes the window.
    waiting: Vec<OpenDialog>,
    /// The picture on a clipboard that takes several forms.
    pub(super) copied: Option<CopiedPicture>,
    /// Whether there is such a clipboard.
    pub(super) takes_forms: bool,
    /// Why there is no file dialog.
    pub(super) missing: Option<String>,
}

struct Browser(Rc<RefCell<Notes>>);

impl Opener for Browser {
    fn open(&mut self, url: &str) -> Result<(), String> {
        self.0.borrow_mut().opened.push(url.to_owned());
        Ok(())
    }
}

struct Copies(Rc<RefCell<Notes>>);

impl Clipboard for Copies {
    fn copy_picture(&mut self, picture: &CopiedPicture) -> Result<(), String> {
        let mut notes = self.0.borrow_mut();
        if !notes.takes_forms {
            return Err("one form only".to_owned());
        }
        notes.copied = Some(picture.clone());
        Ok(())
    }
}

struct Dialogs(Rc<RefCell<Notes>>);

impl FileDialogs for Dialogs {
    fn missing(&mut self) -> Option<String> {
        self.0.borrow().missing.clone()
    }

    fn ask(
        &mut self,
        _question: &FileQuestion,
        _suggestion: Option<PathBuf>,
        wake: Box<dyn Fn() + Send>,
    ) -> Receiver<Vec<PathBuf>> {
        let (sender, receiver) = channel();
        let mut notes = self.0.borrow_mut();
        match notes.answers.pop_front() {
            Some(answer) => {
                sender.send(answer.into_iter().collect()).expect("the window listens");
                wake();
            }
            None if notes.stay_open => notes.waiting.push((sender, wake)),
            None => panic!("a dialog that the test expects"),
        }
        receiver
    }
}

/// A file dropped on the window.
#[derive(Debug)]
pub(super) struct Dropped(pub(super) PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The app, created in the first frame; fonts are available from the second on.
type State = Option<App>;

/// The window and its fakes.
pub(super) struct Bench {
    pub(super) harness: Harness<'static, State>,
    pub(super) notes: Rc<RefCell<Notes>>,
    /// Folder for settings and test files.
    pub(super) folder: Rc<tempfile::TempDir>,
    /// How often a button of the mouse was pressed.
    pub(super) clicks: usize,
}

impl Bench {
    /// Starts for the first time, without settings.
    pub(super) fn new() -> Self {
        Self::with_file(None)
    }

    /// Starts with a file on the command line.
    pub(super) fn with_file(file: Option<PathBuf>) -> Self {
        Self::start(file, Rc::new(tempfile::tempdir().expect("a folder")))
    }

    /// Starts with the settings of an earlier run.
    pub(super) fn start(file: Option<PathBuf>, folder: Rc<tempfile::TempDir>) -> Self {
        let notes = Rc::new(RefCell::new(Notes::default()));
        let (seen, config) = (Rc::clone(&notes), folder.path().join("config"));
        let data = folder.path().join("data");
        let frame = move |ui: &mut egui::Ui, state: &mut State| {
            if let Some(app) = state {
                app.logic(ui.ctx());
                app.ui(ui);
            } else {
                let services = Platform {
                    opener: Box::new(Browser(Rc::clone(&seen))),
                    dialogs: Box::new(Dialogs(Rc::clone(&seen))),
                    clipboard: Box::new(Copies(Rc::clone(&seen))),
                    config_folder: Some(config.clone()),
                    data_folder: Some(data.clone()),
                    kept_after: Duration::from_millis(20),
                };
                let options = Options { files: file.clone().into_iter().collect(), ..Options::default() };
                *state = Some(App::new(ui.ctx(), &options, services));
                ui.ctx().request_repaint();
            }
        };
        let size = Vec2::new(1440.0, 900.0);
        // Shorter steps than the harness's default, so that notices outlast a few of them.
        let harness =
            Harness::builder().with_size(size).with_max_steps(200).with_step_dt(0.05).build_ui_state(frame, None);
        let mut bench = Self { harness, notes, folder, clicks: 0 };
        bench.settle();
        bench
    }

    pub(super) fn app(&self) -> &App {
        self.harness.state().as_ref().expect("made in the first frame")
    }

    /// Draws until nothing moves and no job is running.
    pub(super) fn settle(&mut self) {
        self.harness.step();
        for _ in 0..6000 {
            let wants_more = self.delay() == Duration::ZERO;
            let is_settled = self.harness.state().as_ref().is_some_and(App::is_settled);
            if !wants_more && is_settled {
                return;
            }
            if is_settled {
                self.harness.step();
            } else {
                self.wait_for_jobs();
            }
        }
        panic!("the window does not come to rest");
    }

    /// Waits a little; the window's clock advances by as much, so that notices don't time out while a slow job runs.
    fn wait_for_jobs(&mut self) {
        let wait = Duration::from_millis(5);
        std::thread::sleep(wait);
        let now = self.harness.ctx.input(|input| input.time);
        self.harness.input_mut().time = Some(now + wait.as_secs_f64());
        self.harness.step();
        self.harness.input_mut().time = None;
    }

    /// Returns the delay until the next requested repaint.
    pub(super) fn delay(&self) -> Duration {
        self.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
    }

    /// Clicks the element with exactly this name.
    pub(super) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.clicks += 1;
        self.settle();
    }

    /// Right-clicks the element with exactly this name.
    pub(super) fn right_click(&mut self, label: &str) {
        self.harness.get_by_label(label).click_secondary();
        self.clicks += 1;
        self.settle();
    }

    /// Clicks at a point.
    pub(super) fn click_at(&mut self, pos: Pos2) {
        self.button_at(pos, PointerButton::Primary);
    }

    /// Right-clicks at a point.
    pub(super) fn right_click_at(&mut self, pos: Pos2) {
        self.button_at(pos, PointerButton::Secondary);
    }

    fn button_at(&mut self, pos: Pos2, button: PointerButton) {
        self.harness.hover_at(pos);
        self.clicks += 1;
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        }
        self.settle();
    }

    /// Clicks the element with exactly this name while modifiers are held.
    pub(super) fn click_with(&mut self, label: &str, modifiers: Modifiers) {
        self.harness.get_by_label(label).click_modifiers(modifiers);
        self.clicks += 1;
        self.settle();
    }

    /// Clicks the first element with exactly this name.
    pub(super) fn click_first(&mut self, label: &str) {
        self.harness.get_all_by_label(label).next().expect("something of this name").click();
        self.clicks += 1;
        self.settle();
    }

    /// Double-clicks at a point.
    pub(super) fn double_click(&mut self, pos: Pos2) {
        self.harness.hover_at(pos);
        self.harness.step();
        let button = PointerButton::Primary;
        for _ in 0..2 {
            for pressed in [true, false] {
                let event = Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE };
                // Queued events get a frame each, so the second click would come too late.
                self.harness.input_mut().events.push(event);
            }
            self.harness.step();
        }
        self.settle();
    }

    /// Returns whether the element with exactly this name is disabled.
    pub(super) fn is_disabled(&self, label: &str) -> bool {
        self.harness.get_by_label(label).accesskit_node().is_disabled()
    }

    /// Returns the left edge of an element on the screen.
    pub(super) fn left_of(&self, label: &str) -> f32 {
        self.harness.get_by_label(label).rect().left()
    }

    /// Clicks the element with exactly this name and role.
    pub(super) fn click_as(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.clicks += 1;
        self.settle();
    }

    /// Presses a key with modifiers.
    pub(super) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types text into the focused field.
    pub(super) fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Returns whether any element on the screen has this text in its name or value.
    pub(super) fn shows(&self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown.contains(text))
    }

    /// Returns all names and values on the screen.
    pub(super) fn texts(&self) -> Vec<String> {
        let root = self.harness.root();
        let nodes = root.children_recursive();
        nodes.flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()]).flatten().collect()
    }

    /// Returns the center of an element on the screen.
    pub(super) fn center_of(&self, label: &str) -> Pos2 {
        self.harness.get_by_label(label).rect().center()
    }

    /// Returns whether the element with exactly this name is selected.
    pub(super) fn is_selected(&self, label: &str) -> bool {
        self.harness.get_by_label(label).accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Begins to drag from one point to another, and gives up by Escape before the button is released.
    pub(super) fn drag_and_escape(&mut self, from: Pos2, to: Pos2) {
        let button = |pos: Pos2, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.harness.hover_at(from);
        self.harness.step();
        self.harness.event(button(from, true));
        self.harness.step();
        for step in 1..=4 {
            self.harness.event(Event::PointerMoved(from.lerp(to, step as f32 / 4.0)));
            self.harness.step();
        }
        self.press(Modifiers::NONE, Key::Escape);
        self.harness.event(button(to, false));
        self.settle();
    }

    /// Drags from one point to another with the left button.
    pub(super) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.drag_now(from, to);
        self.settle();
    }

    /// Like [`drag`](Self::drag), but doesn't wait for the result.
    pub(super) fn drag_now(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.step();
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.harness.event(button(from, true));
        self.harness.step();
        for step in 1..=5 {
            self.harness.event(Event::PointerMoved(from.lerp(to, step as f32 / 5.0)));
            self.harness.step();
        }
        self.harness.event(button(to, false));
        self.harness.run_steps(2);
    }

    /// How many file dialogs are open.
    pub(super) fn open_dialogs(&self) -> usize {
        self.notes.borrow().waiting.len()
    }

    /// Answers the file dialog that was opened last.
    pub(super) fn answer(&mut self, path: Option<PathBuf>) {
        let (sender, wake) = self.notes.borrow_mut().waiting.pop().expect("an open dialog");
        // The window may have stopped listening.
        let _ = sender.send(path.into_iter().collect());
        wake();
    }

    /// Draws some frames, without waiting until the window rests: an open file dialog keeps it from that.
    pub(super) fn step(&mut self) {
        self.harness.run_steps(5);
    }

    /// Presses a key and draws some frames.
    pub(super) fn press_now(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.step();
    }

    /// Clicks what has exactly this name and draws some frames.
    pub(super) fn click_now(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.step();
    }

    /// Asks the window to close, as its title bar does, and draws some frames.
    pub(super) fn close_now(&mut self) {
        let viewport = self.harness.input_mut().viewports.get_mut(&egui::ViewportId::ROOT).expect("the window");
        viewport.events.push(egui::ViewportEvent::Close);
        self.step();
    }

    /// Draws some frames; says whether the window closed itself in one of them.
    pub(super) fn closes(&mut self) -> bool {
        (0..10).any(|_| {
            self.harness.step();
            let output = &self.harness.output().viewport_output[&egui::ViewportId::ROOT];
            output.commands.contains(&egui::ViewportCommand::Close)
        })
    }

    /// Drops a file on the window.
    pub(super) fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.settle();
    }

    /// Writes a file into the test's folder.
    pub(super) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }
}
