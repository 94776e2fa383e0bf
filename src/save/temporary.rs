//! Names of temporary files, which are beside the files that they replace.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::target::folder_of;

/// Returns the prefix and suffix of temporary file names for a file.
pub(super) fn temporary_name(real: &Path) -> (String, &'static str) {
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Most systems allow 255 bytes, so long names are cut to leave room for the additions.
    let cut = (0..=name.len().min(180)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    (format!(".{}{MARK}", &name[..cut]), END)
}

const MARK: &str = ".tieline-";
const END: &str = ".tmp";

/// Returns whether a name is that of a temporary file of this program.
pub(super) fn is_temporary_name(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = name.strip_prefix('.').and_then(|rest| rest.strip_suffix(END)?.rsplit_once(MARK));
    numbers.and_then(|(_, numbers)| numbers.split_once('-')).is_some_and(|(id, n)| is_number(id) && is_number(n))
}

/// Returns a path for a new temporary file beside a file, unique within the process.
pub(super) fn temporary_path(real: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let (start, end) = temporary_name(real);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder_of(real).join(format!("{start}{}-{count}{end}", std::process::id()))
}
