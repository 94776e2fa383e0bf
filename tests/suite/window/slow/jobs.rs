//! Waits for jobs of the window, identified by thread name. Each test needs its own names, since tests run in
//! parallel.

use std::time::{Duration, Instant};

/// Waits until a job's thread exists.
pub(super) fn wait_for_start_of_job(name: &str) {
    wait_until("starts", name, || is_running(name));
}

/// Waits until a job's thread is gone; a canceled job has then ended, too.
pub(super) fn wait_for_end_of_job(name: &str) {
    wait_until("ends", name, || !is_running(name));
}

fn wait_until(what: &str, name: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(2);
    while !is_so() {
        assert!(Instant::now() < deadline, "“{name}” never {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Returns whether a thread of this process has this name, of which Linux keeps the first 15 bytes.
fn is_running(name: &str) -> bool {
    let short = &name.as_bytes()[..name.len().min(15)];
    let threads = std::fs::read_dir("/proc/self/task").expect("Linux");
    let mut names = threads.filter_map(|thread| std::fs::read(thread.ok()?.path().join("comm")).ok());
    names.any(|comm| comm.strip_suffix(b"\n").unwrap_or(&comm) == short)
}
