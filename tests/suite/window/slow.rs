//! Large maps in the window, slow to read, save and draw; skipped by `cargo quick`.

#[cfg(target_os = "linux")]
mod jobs;
mod large_maps;
mod large_saves;
#[cfg(target_os = "linux")]
mod slow_files;
mod updates;
mod work;
