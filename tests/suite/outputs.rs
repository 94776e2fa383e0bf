//! Tests every kind of output target of `render`.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MAP: &str = r#"{ "format": "tieline", "version": "1.0",
  "actors": [{ "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch" }],
  "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b" }],
  "views": [{ "id": "v", "positions": { "a": [0, 0], "b": [300, 0] } }] }"#;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("map.json"), MAP).expect("written");
        Self { folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn link(&self, to: &str, name: &str) {
        symlink(to, self.at(name)).expect("linked");
    }

    fn pipe(&self, name: &str) {
        let made = Command::new("mkfifo").arg(self.at(name)).status().expect("mkfifo runs");
        assert!(made.success());
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
        command.args(["render", "map.json"]).args(arguments).current_dir(self.folder.path());
        command.env("XDG_STATE_HOME", self.at("state")).env("XDG_CONFIG_HOME", self.at("config"));
        command
    }

    fn render(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// Returns the program's messages on refusal, and asserts that nothing was written.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.names();
        let output = self.render(arguments);
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {messages}");
        assert_eq!(self.names(), before, "{arguments:?} leaves nothing behind");
        messages
    }

    fn names(&self) -> Vec<(String, u64)> {
        let entries = fs::read_dir(self.folder.path()).expect("listed").map(|entry| entry.expect("an entry"));
        let mut names: Vec<_> = entries
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().expect("known").ino()))
            .collect();
        names.sort();
        names
    }
}

fn done(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn is_svg(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"<svg "))
}

#[test]
fn links_stay_links_and_what_is_behind_is_replaced_or_made() {
    let place = Place::new();
    fs::write(place.at("old"), "old").expect("written");
    place.link("old", "a.svg");
    place.link("deeper.svg", "b.svg");
    place.link("new", "deeper.svg");
    done(&place.render(&["-o", "a.svg", "-o", "b.svg"]));
    for link in ["a.svg", "b.svg", "deeper.svg"] {
        assert!(fs::symlink_metadata(place.at(link)).expect("is there").is_symlink(), "{link}");
    }
    assert!(is_svg(&place.at("old")) && is_svg(&place.at("new")));
    place.link("no-such-folder/new", "c.svg");
    let said = place.refused(&["-o", "c.svg"]);
    assert!(said.contains("no-such-folder” does not exist"), "{said}");
    place.link("d.svg", "d.svg");
    assert!(place.refused(&["-o", "d.svg"]).contains("resolving its links failed"));
}

#[test]
fn devices_are_written_to_and_stay_what_they_are() {
    let place = Place::new();
    let before = fs::symlink_metadata("/dev/null").expect("is there").ino();
    place.link("/dev/null", "null.svg");
    done(&place.render(&["-o", "null.svg", "--notes", "notes.txt"]));
    let after = fs::symlink_metadata("/dev/null").expect("is there");
    assert!(after.file_type().is_char_device() && after.ino() == before);
    assert!(place.at("notes.txt").exists());
    place.link("/dev/full", "full.svg");
    fs::write(place.at("kept.svg"), "the old picture").expect("written");
    let said = place.refused(&["-o", "kept.svg", "-o", "full.svg"]);
    assert!(said.contains("No space left on device"), "{said}");
    assert_eq!(fs::read(place.at("kept.svg")).expect("is there"), b"the old picture", "nothing was replaced");
    assert!(fs::symlink_metadata("/dev/full").expect("is there").file_type().is_char_device());
}

/// Only root can create devices; a node beside the map must be the same one afterward.
#[test]
fn a_device_node_is_not_replaced_by_a_file() {
    let place = Place::new();
    let made = Command::new("mknod").arg(place.at("own.svg")).args(["c", "1", "3"]).stderr(Stdio::null()).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: making devices is not allowed here");
        return;
    }
    // Where devices can't be opened, the program reports it; the node stays in either case.
    let output = place.render(&["-o", "own.svg"]);
    assert!(matches!(output.status.code(), Some(0 | 2)));
    assert!(fs::symlink_metadata(place.at("own.svg")).expect("is there").file_type().is_char_device());
}

#[test]
fn output_of_the_program_itself_is_a_place_too() {
    let place = Place::new();
    place.link("/dev/stdout", "out.svg");
    let piped = place.render(&["-o", "out.svg", "--report"]);
    done(&piped);
    let said = String::from_utf8_lossy(&piped.stdout);
    assert!(said.starts_with("<svg ") && said.trim_end().ends_with('}'), "the picture, then the report");
    // A file that the shell has opened keeps its content.
    fs::write(place.at("log"), "before\n").expect("written");
    let log = fs::File::options().append(true).open(place.at("log")).expect("opened");
    done(&place.command(&["-o", "out.svg"]).stdout(log).output().expect("runs"));
    let log = fs::read_to_string(place.at("log")).expect("is there");
    assert!(log.starts_with("before\n<svg ") && log.trim_end().ends_with("</svg>"));
}

#[test]
fn a_pipe_takes_a_picture_and_one_without_a_reader_is_not_waited_for() {
    let place = Place::new();
    place.pipe("pipe.svg");
    let said = place.refused(&["-o", "pipe.svg", "--notes", "notes.txt"]);
    assert!(said.contains("no program reads from it"), "{said}");
    let path = place.at("pipe.svg");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        fs::File::open(path).expect("opened").read_to_string(&mut text).expect("read");
        text
    });
    // The reader may start a little later than the program.
    while !place.render(&["-o", "pipe.svg"]).status.success() {
        std::thread::yield_now();
    }
    assert!(reader.join().expect("ended").starts_with("<svg "));
    assert!(fs::symlink_metadata(place.at("pipe.svg")).expect("is there").file_type().is_fifo());
}

#[test]
fn what_can_not_take_a_file_is_refused_before_anything_is_written() {
    let place = Place::new();
    fs::create_dir(place.at("folder.svg")).expect("made");
    let _socket = UnixListener::bind(place.at("socket.svg")).expect("bound");
    for (name, what) in [("folder.svg", "it is a folder"), ("socket.svg", "it is a socket")] {
        let said = place.refused(&["-o", "first.svg", "-o", name]);
        assert!(said.contains(what), "{said}");
    }
    let said = place.refused(&["-o", "first.svg", "--notes", "none/notes.txt"]);
    assert!(said.contains("the folder “none” does not exist"), "{said}");
    fs::write(place.at("protected.svg"), "old").expect("written");
    let mut rights = fs::metadata(place.at("protected.svg")).expect("is there").permissions();
    rights.set_readonly(true);
    fs::set_permissions(place.at("protected.svg"), rights).expect("set");
    let said = place.refused(&["-o", "first.svg", "-o", "protected.svg"]);
    assert!(said.contains("write-protected"), "{said}");
}

#[test]
fn one_file_by_two_names_is_refused() {
    let place = Place::new();
    fs::write(place.at("a.svg"), "old").expect("written");
    fs::hard_link(place.at("a.svg"), place.at("hard.svg")).expect("linked");
    place.link("a.svg", "soft.svg");
    place.link("new.svg", "dangling.svg");
    place.link("map.json", "map.svg");
    fs::create_dir(place.at("folder")).expect("made");
    place.link("folder", "way");
    let pairs = [
        ("a.svg", "./a.svg"),
        ("a.svg", "folder/../a.svg"),
        ("a.svg", "hard.svg"),
        ("a.svg", "soft.svg"),
        ("new.svg", "./new.svg"),
        ("new.svg", "dangling.svg"),
        ("folder/x.svg", "way/x.svg"),
    ];
    for (one, other) in pairs {
        let said = place.refused(&["-o", one, "-o", other]);
        assert!(said.contains("is the same file as"), "{one} {other}: {said}");
        let said = place.refused(&["-o", one, "--notes", other]);
        assert!(said.contains("is the same file as"), "{one} {other}: {said}");
    }
    assert!(place.refused(&["-o", "map.svg"]).contains("is the same file as “map.json”"));
    assert!(place.refused(&["-o", "b.svg", "--notes", "./map.json"]).contains("is the same file as “map.json”"));
    assert_eq!(fs::read_to_string(place.at("map.json")).expect("is there"), MAP);
}

#[test]
fn other_names_of_a_picture_are_told_of() {
    let place = Place::new();
    fs::write(place.at("a.svg"), "old").expect("written");
    fs::hard_link(place.at("a.svg"), place.at("other")).expect("linked");
    let output = place.render(&["-o", "a.svg"]);
    done(&output);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("replacing a.svg: its other hard link will keep the old content"), "{said}");
}

#[test]
fn what_a_killed_program_left_is_swept_at_the_next_start() {
    let place = Place::new();
    let state = place.at("state/tieline");
    fs::create_dir_all(&state).expect("made");
    let (lost, mine) = (place.at(".a.svg.tieline-7-0.tmp"), place.at(".mine.tmp"));
    for path in [&lost, &mine] {
        fs::write(path, "half").expect("written");
    }
    let listed = format!("{}\0{}\0", lost.display(), mine.display());
    fs::write(state.join("saving-7-0.list"), listed).expect("written");
    done(&place.render(&["-o", "b.svg"]));
    assert!(!lost.exists() && mine.exists());
    assert_eq!(fs::read_dir(&state).expect("listed").count(), 0, "no list stays behind");
}

#[test]
fn a_second_picture_replaces_only_one_that_an_earlier_export_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("slide.png"), folder.path().join("slide-2.png"));
    let render = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tieline"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["render", "data/harbor.tieline.jsonc", "--scale", "0.2"]);
        command.arg("-o").arg(&first).output().expect("the program runs")
    };
    std::fs::write(&second, "a picture of somebody else").expect("written");
    let refused = render();
    let messages = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && messages.contains("slide-2.png"), "{messages}");
    assert!(!first.exists(), "nothing is written when one file can't be");
    assert_eq!(std::fs::read_to_string(&second).expect("still there"), "a picture of somebody else");
    std::fs::remove_file(&second).expect("removed");
    for _ in 0..2 {
        let written = render();
        let messages = String::from_utf8_lossy(&written.stderr);
        assert!(written.status.success() && messages.contains("slide-2.png"), "{messages}");
        assert!(std::fs::read(&second).expect("written").starts_with(b"\x89PNG"));
    }
}
