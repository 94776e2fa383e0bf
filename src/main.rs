//! The program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    tieline::cli::run(std::time::Instant::now())
}
