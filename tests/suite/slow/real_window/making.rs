//! A map made in the real window from nothing: two actors, a tie with its proof, undone and redone, saved, continued,
//! lost to a kill, recovered, and exported as a picture.
//!
//! The README's picture of making a map is taken on the way, which needs `convert`:
//! `TIELINE_PICTURES=assets cargo test --test suite -- real_window::making`.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Desktop, colors, decoded, launch};

/// The folder for the picture of the README; unset when only the test is wanted.
const PICTURES: &str = "TIELINE_PICTURES";

const NEEDED: &[&str] = &["Xvfb", "xdotool", "import"];

impl Desktop {
    fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "60", text]);
        std::thread::sleep(Duration::from_millis(300));
    }

    /// Presses keys one after another.
    fn press_each(&self, keys: &[&[&str]]) {
        for keys in keys {
            self.press(keys);
        }
    }

    /// Names an actor at a place of the screen.
    fn name_actor(&self, x: &str, y: &str, name: &str) {
        self.xdotool(&["mousemove", x, y]);
        std::thread::sleep(Duration::from_millis(300));
        self.press(&["a"]);
        self.type_text(name);
        self.press(&["Return"]);
    }

    /// Waits until a file has these words.
    fn wait_for_words(&self, path: &Path, words: &str) -> String {
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            if text.contains(words) {
                return text;
            }
            assert!(Instant::now() < deadline, "`{words}` is never in {}: {text}\n{}", path.display(), self.state());
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Takes a picture for the README, if one is wanted.
    fn picture(&self, number: u8) {
        if std::env::var_os(PICTURES).is_some() {
            // A hover text would cover the map.
            self.xdotool(&["mousemove", "420", "760"]);
            std::thread::sleep(Duration::from_millis(900));
            super::screenshot(&self.display, &self.folder.path().join(format!("making-{number}.png")));
        }
    }

    /// Composes the picture of the README: naming an actor, typing a tie, and the map with the proof.
    fn compose_pictures(&self) {
        let Some(folder) = std::env::var_os(PICTURES) else { return };
        let mut convert = Command::new("convert");
        let crops =
            [[(1, "470x400+560+330"), (2, "310x400+1130+46")], [(3, "470x400+560+270"), (3, "310x400+1130+46")]];
        for row in crops {
            convert.arg("(");
            for (number, crop) in row {
                let shot = self.folder.path().join(format!("making-{number}.png"));
                convert.arg("(").arg(shot).args([
                    "-crop",
                    crop,
                    "+repage",
                    "-bordercolor",
                    "#c8ccd2",
                    "-border",
                    "4",
                    ")",
                ]);
            }
            convert.args(["+append", ")"]);
        }
        convert
            .args(["-append", "-dither", "None", "-colors", "160", "-strip"])
            .arg(Path::new(&folder).join("making.png"));
        assert!(convert.status().expect("convert runs").success());
    }

    fn journal_has(&self, words: &str) -> bool {
        let entries =
            std::fs::read_dir(self.folder.path().join("data/tieline/recovery")).into_iter().flatten().flatten();
        entries.map(|entry| std::fs::read_to_string(entry.path()).unwrap_or_default()).any(|text| text.contains(words))
    }
}

#[test]
fn a_map_is_made_saved_lost_recovered_and_exported() {
    let Some(mut desktop) = Desktop::start(NEEDED) else { return };
    desktop.settled();
    desktop.focus();
    desktop.press(&["ctrl", "n"]);
    desktop.wait_for_title("new map");
    desktop.name_actor("560", "330", "Alder Mill");
    desktop.xdotool(&["mousemove", "860", "560"]);
    desktop.press(&["a"]);
    desktop.type_text("Birch Mill");
    desktop.picture(1);
    desktop.press(&["Return"]);
    // Both ends are known, so that the caret is in the kind.
    desktop.press_each(&[&["ctrl", "a"], &["e"]]);
    for text in ["loan", "13m USD", "2019", "https://example.org/mills"] {
        desktop.type_text(text);
        desktop.press(&["Tab"]);
    }
    desktop.type_text("Alder lent Birch thirteen million");
    desktop.picture(2);
    desktop.press(&["Return"]);
    desktop.picture(3);
    desktop.compose_pictures();
    for _ in 0..3 {
        desktop.press(&["ctrl", "z"]);
    }
    for _ in 0..3 {
        desktop.press(&["ctrl", "y"]);
    }
    let path = desktop.folder.path().join("made.tieline.jsonc");
    desktop.press(&["ctrl", "s"]);
    desktop.settled();
    desktop.press(&["ctrl", "a"]);
    desktop.type_text(&path.display().to_string());
    desktop.press(&["Return"]);
    let saved = desktop.wait_for_words(&path, "Birch Mill");
    for words in ["Alder Mill", "13000000", "\"2019\"", "https://example.org/mills", "Alder lent Birch"] {
        assert!(saved.contains(words), "{words}: {saved}");
    }

    desktop.name_actor("560", "620", "Cedar Mill");
    let deadline = Instant::now() + Duration::from_mins(1);
    while !desktop.journal_has("Cedar Mill") {
        assert!(Instant::now() < deadline, "no journal has the third actor: {}", desktop.state());
        std::thread::sleep(Duration::from_millis(50));
    }
    desktop.window.0.kill().expect("killed");
    desktop.window.0.wait().expect("ended");
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), saved, "the file is as it was saved");

    desktop.window = launch(&desktop.display, desktop.folder.path(), None);
    desktop.wait_for_title("made.tieline.jsonc");
    desktop.settled();
    desktop.focus();
    // The first button of the question.
    desktop.press(&["Tab"]);
    desktop.press(&["Return"]);
    desktop.wait_for_title("^[^T].*made.tieline.jsonc");
    desktop.settled();
    desktop.press(&["ctrl", "s"]);
    let text = desktop.wait_for_words(&path, "Cedar Mill");
    assert!(text.contains("Alder lent Birch"), "{text}");

    desktop.settled();
    desktop.press(&["ctrl", "e"]);
    desktop.settled();
    desktop.press(&["Return"]);
    desktop.settled();
    desktop.press(&["Return"]);
    let (width, height, pixels) = decoded(&desktop.written("made.png"));
    assert!(width >= 1920 && height >= 1080, "{width} by {height}");
    assert!(colors(&pixels) > 50, "{} colors", colors(&pixels));
}
