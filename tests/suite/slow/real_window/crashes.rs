//! Kills, logs out and interrupts the real program: unsaved work must be in a journal and offered again.
#![cfg(unix)]

use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tieline::recovery::{JournalContent, scan, what_differs};

use super::{Desktop, differing_bytes, launch};

const NEEDED: &[&str] = &["Xvfb", "xdotool", "import"];

impl Desktop {
    fn recovery(&self) -> PathBuf {
        self.folder.path().join("data").join("tieline").join("recovery")
    }

    fn has_journal(&self) -> bool {
        let entries = std::fs::read_dir(self.recovery()).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| path.extension().is_some_and(|ending| ending == "journal"))
    }

    /// Drags the only card, which is in the middle of the canvas between the two panels; retries if a busy machine
    /// takes the drag for a click.
    fn drag(&self) {
        for attempt in 0..3 {
            std::thread::sleep(Duration::from_millis(500 * attempt));
            self.xdotool(&["mousemove", "684", "460", "mousedown", "1"]);
            for y in ["480", "520", "560"] {
                std::thread::sleep(Duration::from_millis(150 + 300 * attempt));
                self.xdotool(&["mousemove", "700", y]);
            }
            std::thread::sleep(Duration::from_millis(150 + 300 * attempt));
            self.xdotool(&["mouseup", "1"]);
            if self.is_unsaved_soon() {
                return;
            }
        }
        panic!("the card is never moved");
    }

    /// Returns whether the mark of an unsaved map appears before the title within some seconds.
    fn is_unsaved_soon(&self) -> bool {
        (0..50).any(|_| {
            let mut search = Command::new("xdotool");
            search.args(["search", "--name", "^[^T].*Tieline"]).env("DISPLAY", &self.display).stdout(Stdio::null());
            let is_marked = search.status().expect("xdotool runs").success();
            if !is_marked {
                std::thread::sleep(Duration::from_millis(100));
            }
            is_marked
        })
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.window.0.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Waits for the program to exit; only a failing test waits long.
    fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            if let Some(status) = self.window.0.try_wait().expect("asked") {
                return status;
            }
            assert!(Instant::now() < deadline, "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Returns descriptions of the work left behind.
    fn left_behind(&self) -> Vec<String> {
        let words = |content: &JournalContent| match content {
            JournalContent::Changes { journal, .. } => what_differs(journal),
            JournalContent::Unreadable(why) => why.clone(),
        };
        scan(&self.recovery(), None).iter().map(|offer| words(&offer.content)).collect()
    }
}

#[test]
fn after_a_kill_the_change_is_offered_at_the_next_start() {
    let Some(mut desktop) = Desktop::start(NEEDED) else { return };
    let map = desktop.folder.path().join("one.tieline.json");
    let before = std::fs::read(&map).expect("readable");
    let looked_at = desktop.settled();
    desktop.drag();
    let deadline = Instant::now() + Duration::from_mins(1);
    while !desktop.has_journal() {
        assert!(Instant::now() < deadline, "no journal is ever written");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(scan(&desktop.recovery(), None).is_empty(), "the program lives");
    desktop.window.0.kill().expect("killed");
    desktop.window.0.wait().expect("ended");
    assert_eq!(desktop.left_behind(), ["1 actor moved"]);

    desktop.window = launch(&desktop.display, desktop.folder.path(), None);
    desktop.wait_for_title("one.tieline.json");
    let asked = desktop.settled();
    let changed = differing_bytes(&looked_at, &asked);
    assert!(changed > 1_000_000, "a dialog stands before the map, which is darker: {changed} bytes differ");
    assert!(scan(&desktop.recovery(), None).is_empty(), "it is being offered by the window");
    desktop.window.0.kill().expect("killed");
    desktop.window.0.wait().expect("ended");
    assert_eq!(desktop.left_behind(), ["1 actor moved"], "an offer without an answer takes nothing away");
    assert_eq!(std::fs::read(&map).expect("readable"), before);
}

#[test]
fn a_logout_and_an_interrupt_end_the_program_without_a_question_and_leave_a_journal() {
    for (name, number) in [("TERM", 15), ("INT", 2)] {
        let Some(mut desktop) = Desktop::start(NEEDED) else { return };
        desktop.settled();
        desktop.drag();
        // Leaves no time for the journal to be written on its own.
        desktop.signal(name);
        assert_eq!(desktop.ended().signal(), Some(number), "it ends as by the signal itself");
        assert_eq!(desktop.left_behind(), ["1 actor moved"], "{name}");
    }
}

#[test]
fn a_logout_with_nothing_unsaved_leaves_nothing() {
    let Some(mut desktop) = Desktop::start(NEEDED) else { return };
    desktop.settled();
    desktop.signal("TERM");
    assert_eq!(desktop.ended().signal(), Some(15));
    assert_eq!(desktop.left_behind(), [""; 0]);
    assert!(!desktop.recovery().exists());
}
