//! Prints results to stdout; a closed pipe isn't an error.

use std::io::Write as _;
use std::process::ExitCode;

use serde_json::Value;

/// Prints text to stdout. A closed pipe counts as success: the reader has seen enough.
///
/// # Errors
///
/// When stdout can't be written for another reason, such as a full disk.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Prints a value as JSON, indented.
///
/// # Errors
///
/// As [`print`].
pub(super) fn print_json(value: &Value) -> anyhow::Result<ExitCode> {
    print(&format!("{value:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}
