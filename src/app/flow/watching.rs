//! Detects changes of the open file on disk.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use egui::Context;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long a file must be unchanged before it is read, because editors write in several steps.
const QUIET_FOR: Duration = Duration::from_millis(300);

/// Watches a file. It watches the folder, because editors replace files.
pub(crate) struct FileWatcher {
    has_changed: Arc<AtomicBool>,
    quiet_since: Option<Instant>,
    _watcher: RecommendedWatcher,
}

impl FileWatcher {
    /// Starts watching; returns `None` where that is not supported, so that only "Reload" reads the file again.
    pub(crate) fn start(path: &Path, ctx: &Context) -> Option<Self> {
        let has_changed = Arc::new(AtomicBool::new(false));
        let name = path.file_name()?.to_owned();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (flag, wake) = (Arc::clone(&has_changed), ctx.clone());
        let listener = move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            let is_change = !matches!(event.kind, EventKind::Access(_));
            if is_change && event.paths.iter().any(|path| path.file_name() == Some(&name)) {
                flag.store(true, Ordering::Release);
                wake.request_repaint();
            }
        };
        let mut watcher = notify::recommended_watcher(listener).ok()?;
        watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
        Some(Self { has_changed, quiet_since: None, _watcher: watcher })
    }

    /// Returns `true` once after each change, when the file has been left alone for `QUIET_FOR`.
    pub(crate) fn poll(&mut self, ctx: &Context) -> bool {
        if self.has_changed.swap(false, Ordering::AcqRel) {
            self.quiet_since = Some(Instant::now());
        }
        let Some(since) = self.quiet_since else { return false };
        let rest = QUIET_FOR.saturating_sub(since.elapsed());
        if !rest.is_zero() {
            ctx.request_repaint_after(rest);
            return false;
        }
        self.quiet_since = None;
        true
    }
}
