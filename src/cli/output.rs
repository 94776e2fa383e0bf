//! Printing results: one place that survives a closed pipe.

use std::io::Write as _;
use std::process::ExitCode;

use serde_json::Value;

/// Prints text to stdout. A reader that went away is not an error: it has what it wanted.
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
