//! The program in a real window under Xvfb: starts, draws, rests, and answers a mouse click.
//!
//! Skipped with a printed notice where Xvfb, xdotool or `ImageMagick`'s `import` is missing, unless
//! `TIELINE_REQUIRE_XVFB=1` says that it must run.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A map of one actor, whose card is then in the middle.
const ONE_ACTOR: &str = r#"{ "format": "tieline", "version": "1.0",
    "actors": [{ "id": "a", "name": "Alder Mill", "summary": "Saws logs to planks, beams and laths for the whole valley." }] }"#;

/// Ends a process that was started here, however the test ends.
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

/// Starts an X server that picks a free display itself.
fn start_server() -> (Guard, String) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1500x950x24", "-nolisten", "tcp"])
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

/// Takes pictures until two in a row are the same, and they show something.
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
    let status = Command::new("xdotool").args(arguments).env("DISPLAY", display).status();
    assert!(status.expect("xdotool runs").success(), "{arguments:?}");
}

/// What a file says, once it says this.
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

#[test]
fn a_click_in_the_real_window_changes_what_it_shows() {
    let missing: Vec<&str> = ["Xvfb", "xdotool", "import"].into_iter().filter(|program| !is_on_path(program)).collect();
    if !missing.is_empty() {
        let is_required = std::env::var("TIELINE_REQUIRE_XVFB").is_ok_and(|value| value == "1");
        assert!(!is_required, "required, but missing: {missing:?}");
        println!("skipped: the real window needs {missing:?}");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let map = folder.path().join("one.tieline.json");
    std::fs::write(&map, ONE_ACTOR).expect("written");
    let (_server, display) = start_server();
    let messages = folder.path().join("messages.txt");
    let mut window = Guard(
        Command::new(env!("CARGO_BIN_EXE_tieline"))
            .arg(&map)
            .arg("--timings")
            .env("DISPLAY", &display)
            .env_remove("WAYLAND_DISPLAY")
            .env("XDG_CONFIG_HOME", folder.path())
            .stderr(std::fs::File::create(&messages).expect("a file"))
            .spawn()
            .expect("the program starts"),
    );
    let picture = folder.path().join("screen.png");
    let before = settled(&display, &picture);
    assert!(window.0.try_wait().expect("asked").is_none(), "the window is open");

    let said = wait_for(&messages, "frames at rest");
    assert!(said.contains("frames at rest: 0 in 5 s"), "{said}");

    // The only card lies in the middle of the canvas, between the two panels.
    xdotool(&display, &["mousemove", "684", "460", "click", "1"]);
    std::thread::sleep(Duration::from_millis(500));
    xdotool(&display, &["mousemove", "500", "20"]);
    let after = settled(&display, &picture);
    let changed = differing_bytes(&before, &after);
    assert!(changed > 5_000, "the details and the canvas show the selection: {changed} bytes differ");
}
