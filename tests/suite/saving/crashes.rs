//! Saves while the process is killed at any moment, and onto a full disk. A child process, running this same test
//! binary, does the saving.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tieline::load::load_file;
use tieline::save::{Disk, IfChanged, save_file, save_over};

use super::{COMMENTED, folder_with, names_in};

/// Path to which a child process saves; unset when a person starts the test binary.
const SAVE_TO: &str = "TIELINE_TEST_SAVE_TO";

/// Number of times the saving process is killed, unless `TIELINE_TEST_KILLS` is set.
const KILLS: u32 = 120;

/// Returns two versions of a map, long enough for a kill to hit the middle of a write, and of different lengths.
fn versions() -> [String; 2] {
    ["first", "second, which is longer"].map(|word| format!("{COMMENTED}// {}\n", word.repeat(40_000)))
}

/// Returns a command that runs one of the ignored tests below in a child process.
fn child_command(test: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([&format!("saving::crashes::{test}"), "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(SAVE_TO, path).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Waits until the child prints a line ending in `word`.
fn wait_for(child: &mut Child, word: &str) {
    let stdout = BufReader::new(child.stdout.take().expect("piped"));
    let has_said = stdout.lines().map_while(Result::ok).any(|line| line.ends_with(word));
    assert!(has_said, "the child ended without `{word}`");
}

fn leftovers_in(folder: &Path) -> Vec<String> {
    names_in(folder).into_iter().filter(|name| name != "map.tieline.jsonc").collect()
}

#[test]
#[ignore = "the process that `whenever_the_process_is_killed…` starts and kills"]
fn child_that_saves_for_ever() {
    let Some(path) = std::env::var_os(SAVE_TO) else { return };
    let path = Path::new(&path);
    for version in versions().iter().cycle() {
        save_file(path, version, &Disk).expect("saves");
        // The first line signals the start; later ones aren't read.
        let _ = writeln!(std::io::stdout(), "saved");
    }
}

#[test]
#[ignore = "the process that `where_files_may_not_grow…` starts"]
fn child_that_saves_once() {
    let Some(path) = std::env::var_os(SAVE_TO) else { return };
    let path = Path::new(&path);
    let (_, origin) = load_file(path).expect("opens");
    let error = save_over(&origin, &versions()[1], IfChanged::Refuse, &Disk).expect_err("there is no room");
    let _ = writeln!(std::io::stdout(), "{error}");
}

#[cfg(unix)]
#[test]
fn where_files_may_not_grow_the_old_one_stays_and_the_cause_is_named() {
    let (folder, path) = folder_with(COMMENTED);
    let child = child_command("child_that_saves_once", &path);
    // The shell sets the limit for the child alone; past it, writing fails instead of killing.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).arg(child.get_program());
    limited.args(child.get_args()).env(SAVE_TO, &path).stderr(Stdio::null());
    let said = limited.output().expect("ran").stdout;
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("writing the new file failed: File too large"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), COMMENTED);
    assert_eq!(leftovers_in(folder.path()), [""; 0]);
}

/// A small mounted disk, unmounted on drop.
pub(crate) struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Mounts a disk, or returns `None` if mounting is not allowed.
    pub(crate) fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(folder.path()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn on_a_full_disk_the_old_file_stays_and_the_cause_is_named() {
    let Some(disk) = SmallDisk::mount() else {
        println!("skipped: mounting a small disk is not allowed here");
        return;
    };
    let folder = disk.0.path();
    let path = folder.join("map.tieline.jsonc");
    std::fs::write(&path, COMMENTED).expect("written");
    let (_, origin) = load_file(&path).expect("opens");
    let error = save_over(&origin, &versions()[1], IfChanged::Refuse, &Disk).expect_err("there is no room");
    assert!(error.to_string().contains("writing the new file failed: No space left on device"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), COMMENTED);
    assert_eq!(leftovers_in(folder), [""; 0]);
    // The opened content still counts as the content on disk: the next save needs no question.
    let small = COMMENTED.replace("300", "301");
    save_over(&origin, &small, IfChanged::Refuse, &Disk).expect("saves where there is room");
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), small);
}

#[test]
fn a_missing_folder_is_named_with_the_way_out() {
    let (folder, _) = folder_with(COMMENTED);
    let missing = folder.path().join("not there");
    let error = save_file(&missing.join("map.tieline.jsonc"), COMMENTED, &Disk).expect_err("there is no folder");
    let expected = format!("the folder “{}” does not exist; create it, or save elsewhere", missing.display());
    assert!(error.to_string().contains(&expected), "{error}");
    assert!(!missing.exists());
}

mod slow {
    use super::*;

    #[test]
    fn whenever_the_process_is_killed_the_file_is_one_of_the_two() {
        let (folder, path) = folder_with(COMMENTED);
        let versions = versions();
        let mut hit = 0;
        let kills = std::env::var("TIELINE_TEST_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
        for kill in 0..kills {
            let mut child = child_command("child_that_saves_for_ever", &path).spawn().expect("starts");
            wait_for(&mut child, "saved");
            // Spreads the kills over the time of several saves.
            std::thread::sleep(Duration::from_micros(u64::from(kill * 7_919 % 9_973)));
            child.kill().expect("killed");
            child.wait().expect("ended");
            let on_disk = std::fs::read_to_string(&path).expect("is there");
            assert!(versions.contains(&on_disk), "after kill {kill} the file has {} bytes", on_disk.len());
            let leftovers = leftovers_in(folder.path());
            hit += usize::from(!leftovers.is_empty());
            save_file(&path, &on_disk, &Disk).expect("saves");
            assert_eq!(leftovers_in(folder.path()), [""; 0], "the next save sweeps");
        }
        assert!(hit > 0, "some of {kills} kills fall into the middle of a save");
    }
}
