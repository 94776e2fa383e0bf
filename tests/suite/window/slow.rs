//! Large maps in the window, whose files take long to read, to save and to draw: left out by `cargo quick`.

#[cfg(target_os = "linux")]
mod jobs;
mod large_maps;
mod large_saves;
#[cfg(target_os = "linux")]
mod slow_files;
mod work;
