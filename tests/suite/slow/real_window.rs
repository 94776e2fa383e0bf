//! Tests the program in a real window under Xvfb: startup, drawing, idling, mouse and keyboard, and pictures on the
//! clipboard and disk.
//!
//! Skipped with a printed notice where Xvfb, xdotool or `ImageMagick`'s `import` is missing, unless
//! `TIELINE_REQUIRE_XVFB=1` is set.

mod crashes;
mod making;

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A map of one actor, whose card is therefore in the middle.
const ONE_ACTOR: &str = r#"{ "format": "tieline", "version": "1.0",
    "actors": [{ "id": "a", "name": "Alder Mill", "summary": "Saws logs to planks, beams and laths for the whole valley." }] }"#;

/// A child process, killed on drop.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Starts an X server that picks a free display. `-noreset` keeps it from resetting, and refusing clients meanwhile,
/// when its last client leaves.
fn start_server() -> (Guard, String) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1500x950x24", "-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts");
    let mut display = String::new();
    let mut byte = [0];
    let stdout = server.stdout.as_mut().expect("piped");
    while stdout.read(&mut byte).expect("readable") == 1 && byte[0] != b'\n' {
        display.push(char::from(byte[0]));
    }
    (Guard(server), format!(":{display}"))
}

fn screenshot(display: &str, path: &Path) -> Vec<u8> {
    let status =
        Command::new("import").args(["-display", display, "-window", "root", "-depth", "8"]).arg(path).status();
    assert!(status.expect("import runs").success());
    let file = std::fs::File::open(path).expect("a picture");
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("png");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    pixels
}

fn differing_bytes(a: &[u8], b: &[u8]) -> usize {
    if a.len() != b.len() {
        return a.len().max(b.len());
    }
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// Takes screenshots until two in a row are equal and not blank.
fn settled(display: &str, path: &Path) -> Vec<u8> {
    let deadline = Instant::now() + Duration::from_mins(1);
    let mut before = screenshot(display, path);
    loop {
        std::thread::sleep(Duration::from_millis(700));
        let now = screenshot(display, path);
        let colors: std::collections::BTreeSet<u8> = now.iter().copied().collect();
        if colors.len() > 50 && differing_bytes(&before, &now) == 0 {
            return now;
        }
        assert!(Instant::now() < deadline, "the window does not settle");
        before = now;
    }
}

fn xdotool(display: &str, arguments: &[&str]) {
    let status = Command::new("xdotool").args(arguments).env("DISPLAY", display).stdout(Stdio::null()).status();
    assert!(status.expect("xdotool runs").success(), "{arguments:?}");
}

/// Waits until a file contains `words`; returns its text.
fn wait_for(path: &Path, words: &str) -> String {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let said = std::fs::read_to_string(path).expect("readable");
        if said.contains(words) {
            return said;
        }
        assert!(Instant::now() < deadline, "never said `{words}`: {said}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Starts the program. Neither a portal nor zenity can be found, so file dialogs fall back to a path field. Settings
/// and unsaved work are kept in `folder`.
fn launch(display: &str, folder: &Path, map: Option<&Path>) -> Guard {
    let messages = std::fs::File::create(folder.join("messages.txt")).expect("a file");
    let window = Command::new(env!("CARGO_BIN_EXE_tieline"))
        .args(map)
        .arg("--timings")
        .env("DISPLAY", display)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("PATH", "")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .stderr(messages)
        .spawn()
        .expect("the program starts");
    Guard(window)
}

/// The program on its own display, with a map of one actor.
struct Desktop {
    /// Dropped first, before the display.
    window: Guard,
    display: String,
    folder: tempfile::TempDir,
    _server: Guard,
}

impl Desktop {
    /// Starts the program; prints a notice and returns `None` if a needed program is missing.
    fn start(needed: &[&str]) -> Option<Self> {
        let missing: Vec<&str> = needed.iter().copied().filter(|program| !is_on_path(program)).collect();
        if !missing.is_empty() {
            let is_required = std::env::var("TIELINE_REQUIRE_XVFB").is_ok_and(|value| value == "1");
            assert!(!is_required, "required, but missing: {missing:?}");
            println!("skipped: the real window needs {missing:?}");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let map = folder.path().join("one.tieline.json");
        std::fs::write(&map, ONE_ACTOR).expect("written");
        let (server, display) = start_server();
        let window = launch(&display, folder.path(), Some(&map));
        let desktop = Self { window, display, folder, _server: server };
        // An unchanging screen may show a map that is still loading, or none yet.
        desktop.wait_for_title("one.tieline.json");
        Some(desktop)
    }

    /// Returns the screen content once it no longer changes.
    fn settled(&self) -> Vec<u8> {
        settled(&self.display, &self.folder.path().join("screen.png"))
    }

    fn xdotool(&self, arguments: &[&str]) {
        xdotool(&self.display, arguments);
    }

    /// Gives the window the keyboard focus, as a window manager would.
    fn focus(&self) {
        self.xdotool(&["search", "--sync", "--onlyvisible", "--name", "Tieline", "windowfocus", "--sync"]);
        // A newly focused window queries the pressed keys, and the test's keys must not be taken for the answer.
        std::thread::sleep(Duration::from_secs(1));
    }

    /// Presses keys like a person: they stay down for some frames, which are slow with software rendering.
    fn press(&self, keys: &[&str]) {
        for (what, keys) in [("keydown", keys.to_vec()), ("keyup", keys.iter().rev().copied().collect())] {
            for key in keys {
                self.xdotool(&[what, key]);
                std::thread::sleep(Duration::from_millis(150));
            }
        }
    }

    /// Returns the window titles and the program's messages.
    fn state(&self) -> String {
        let mut search = Command::new("xdotool");
        search.args(["search", "--name", ".", "getwindowname", "%@"]).env("DISPLAY", &self.display);
        let names = search.output().map(|output| output.stdout).unwrap_or_default();
        let said = std::fs::read_to_string(self.folder.path().join("messages.txt")).unwrap_or_default();
        format!("{}\n{said}", String::from_utf8_lossy(&names))
    }

    /// Waits for a window with `words` in its title.
    fn wait_for_title(&self, words: &str) {
        let deadline = Instant::now() + Duration::from_mins(1);
        let mut search = Command::new("xdotool");
        search.args(["search", "--name", words]).env("DISPLAY", &self.display).stdout(Stdio::null());
        while !search.status().expect("xdotool runs").success() {
            assert!(Instant::now() < deadline, "no window is called `{words}`: {}", self.state());
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Returns the clipboard content as PNG.
    fn clipboard(&self) -> Vec<u8> {
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            let asked = Command::new("xclip")
                .args(["-selection", "clipboard", "-target", "image/png", "-out"])
                .env("DISPLAY", &self.display)
                .output()
                .expect("xclip runs");
            if asked.status.success() && !asked.stdout.is_empty() {
                return asked.stdout;
            }
            assert!(Instant::now() < deadline, "{}", String::from_utf8_lossy(&asked.stderr));
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Waits for a file to be written; returns its content.
    fn written(&self, name: &str) -> Vec<u8> {
        let path = self.folder.path().join(name);
        let deadline = Instant::now() + Duration::from_mins(1);
        while !path.exists() {
            assert!(Instant::now() < deadline, "{name} is never written");
            std::thread::sleep(Duration::from_millis(100));
        }
        std::fs::read(path).expect("readable")
    }
}

/// Returns width, height and RGBA pixels of a PNG file.
fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("png");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgba, png::BitDepth::Eight));
    (info.width, info.height, pixels)
}

/// Returns the number of colors in an RGBA picture.
fn colors(pixels: &[u8]) -> usize {
    pixels.chunks_exact(4).collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn a_click_in_the_real_window_changes_what_it_shows() {
    let Some(mut desktop) = Desktop::start(&["Xvfb", "xdotool", "import"]) else { return };
    let before = desktop.settled();
    assert!(desktop.window.0.try_wait().expect("asked").is_none(), "the window is open");

    let said = wait_for(&desktop.folder.path().join("messages.txt"), "frames at rest");
    assert!(said.contains("frames at rest: 0 in 5 s"), "{said}");

    // The only card is in the middle of the canvas, between the two panels.
    desktop.xdotool(&["mousemove", "684", "460", "click", "1"]);
    std::thread::sleep(Duration::from_millis(500));
    desktop.xdotool(&["mousemove", "500", "20"]);
    let after = desktop.settled();
    let changed = differing_bytes(&before, &after);
    assert!(changed > 5_000, "the details and the canvas show the selection: {changed} bytes differ");
}

#[test]
fn pictures_reach_the_clipboard_and_the_disk() {
    let Some(desktop) = Desktop::start(&["Xvfb", "xdotool", "import", "xclip"]) else { return };
    let before = desktop.settled();
    desktop.focus();
    desktop.press(&["ctrl", "shift", "c"]);
    let (width, height, pixels) = decoded(&desktop.clipboard());
    // A full-HD slide; pages may be taller if their sources need room.
    assert_eq!((width, height), (1920, 1080));
    assert!(colors(&pixels) > 50, "{} colors", colors(&pixels));
    assert!(pixels.chunks_exact(4).all(|pixel| pixel[3] == 255), "nothing is transparent");

    // Enter saves; without a file dialog there is a path field with a suggested name, which Enter accepts.
    desktop.press(&["ctrl", "e"]);
    let previewed = desktop.settled();
    assert!(differing_bytes(&before, &previewed) > 5_000, "the export dialog is shown");
    desktop.press(&["Return"]);
    let asked = desktop.settled();
    assert!(differing_bytes(&previewed, &asked) > 5_000, "the path field is shown");
    desktop.press(&["Return"]);
    let (.., saved) = decoded(&desktop.written("one.png"));
    assert!(saved == pixels, "the picture in the file is the one on the clipboard");

    desktop.settled();
    desktop.press(&["ctrl", "shift", "e"]);
    desktop.settled();
    desktop.press(&["Return"]);
    let (width, height, pixels) = decoded(&desktop.written("one-screenshot.png"));
    assert!(width > 700 && height > 500, "{width} by {height}");
    assert!(colors(&pixels) > 100, "{} colors", colors(&pixels));
}

#[test]
fn without_a_file_dialog_a_map_is_opened_by_its_path() {
    let Some(desktop) = Desktop::start(&["Xvfb", "xdotool", "import"]) else { return };
    let other = desktop.folder.path().join("other.tieline.json");
    let map =
        ONE_ACTOR.replace("\"version\": \"1.0\",", "\"version\": \"1.0\", \"map\": { \"title\": \"Another mill\" },");
    std::fs::write(&other, map).expect("written");
    let before = desktop.settled();
    desktop.focus();
    desktop.press(&["ctrl", "o"]);
    let asked = desktop.settled();
    let changed = differing_bytes(&before, &asked);
    assert!(changed > 5_000, "a sentence and a path field are shown: {changed} bytes differ");
    desktop.xdotool(&["type", "--delay", "20", &other.display().to_string()]);
    desktop.press(&["Return"]);
    desktop.wait_for_title("Another mill");
}
