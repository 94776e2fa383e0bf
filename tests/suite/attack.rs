//! Runs the program on damaged files: for any input, `check`, `info` and `render` exit with one of their own codes, in
//! bounded time and without a panic.
//!
//! Tests a few files by default; `TIELINE_ATTACK=5000 cargo test attack` sets their number, and
//! `TIELINE_ATTACK_PROGRAM` another build of the program. `tests/attack.sh` runs it along with all other attacks.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Number of damaged files in a normal test run.
const FEW: u64 = 12;
/// Time limit that tells a hang from slow work; no test file takes nearly as long, even unoptimized on a busy machine.
const HANG: Duration = Duration::from_mins(2);

/// A portable, reproducible random number generator (Numerical Recipes).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads all map files of the project: bundled, sound and broken.
fn seeds() -> Vec<Vec<u8>> {
    let folders = ["data", "tests/data/maps", "tests/data/broken"];
    let files = folders.iter().flat_map(|folder| fs::read_dir(root().join(folder)).expect("a folder"));
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "txt"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).filter(|bytes| !bytes.is_empty()).collect()
}

/// Fragments that often break parsers.
const PIECES: [&str; 24] = [
    "null",
    "[]",
    "{}",
    "\"\"",
    "1e999",
    "-0",
    "NaN",
    "\\u0000",
    "\\ud800",
    "\"id\"",
    "\"from\"",
    "\u{202e}",
    "\u{feff}",
    "//",
    "/*",
    "}",
    "]",
    ",",
    ":",
    "\"",
    "9999999999999999999999",
    "[[[[[[[[",
    "\"positions\":{\"a\":[1e308,-1e308]}",
    "\r",
];

/// Damages some bytes: truncates, duplicates, swaps, overwrites or inserts.
fn damaged(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(80)).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => _ = bytes.drain(at..end),
            2 => {
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            4 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..end, piece.bytes());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// Waits for a process; returns its exit code and messages, or `None` if it hangs.
fn outcome(mut child: Child) -> Option<(Option<i32>, String)> {
    let mut stderr = child.stderr.take().expect("piped");
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        let _ = stderr.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    });
    let since = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("waited") {
            return Some((status.code(), reader.join().expect("read")));
        }
        if since.elapsed() > HANG {
            let _ = child.kill();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn damaged_files_end_in_a_verdict() {
    let count = std::env::var("TIELINE_ATTACK").ok().and_then(|count| count.parse().ok()).unwrap_or(FEW);
    let seeds = seeds();
    let program = std::env::var_os("TIELINE_ATTACK_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_tieline").into());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("damaged.tieline.jsonc");
    let picture = folder.path().join("picture.svg");
    let mut faults = Vec::new();
    let mut verdicts = [0_u64; 3];
    for number in 0..count {
        let mut random = Random(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
        let bytes = damaged(&seeds[random.below(seeds.len())], &mut random);
        fs::write(&file, &bytes).expect("written");
        let (file_word, picture_word) = (file.to_string_lossy(), picture.to_string_lossy());
        let calls = [&["check", &file_word][..], &["info", &file_word], &["render", &file_word, "-o", &picture_word]];
        for call in calls {
            let mut command = Command::new(&program);
            let child = command.args(call).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            match outcome(child.spawn().expect("starts")) {
                Some((Some(code @ 0..=2), said)) if !said.contains("panicked") => verdicts[code as usize] += 1,
                other => faults.push(format!("file {number}, {}: {other:?}", call[0])),
            }
        }
        assert_eq!(fs::read(&file).expect("is there"), bytes, "file {number} was written");
        let left: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .filter_map(Result::ok)
            .map(|file| file.file_name())
            .collect();
        assert!(
            left.iter().all(|name| ["damaged.tieline.jsonc", "picture.svg"].iter().any(|known| name == known)),
            "{left:?}"
        );
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    // Exit codes 0 and 1 must both occur; only harmless or only fatal damage would test nothing.
    assert!(verdicts[..2].iter().all(|count| *count > 0), "{verdicts:?}");
}
