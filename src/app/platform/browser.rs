//! Starts the user's browser with a link, without a shell.

use std::process::{Command, Stdio};

use crate::app::platform::Opener;

/// Opens links by the command of the system.
pub(crate) struct Browser;

impl Opener for Browser {
    fn open(&mut self, url: &str) -> Result<(), String> {
        let mut command = command(url);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", command.get_program().to_string_lossy()))?;
        // Waiting for the child process avoids a zombie.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

#[cfg(target_os = "macos")]
fn command(url: &str) -> Command {
    let mut command = Command::new("open");
    command.arg(url);
    command
}

#[cfg(target_os = "windows")]
fn command(url: &str) -> Command {
    // `cmd /C start` would interpret `&` in an address as the end of the command.
    let mut command = Command::new("rundll32");
    command.args(["url.dll,FileProtocolHandler", url]);
    command
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn command(url: &str) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(url);
    command
}
