//! `tieline package-files`: generates the manual pages and shell completions of a package from the command line's
//! definition. Hidden, since only package builds need it.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{ArgMatches, Args as _, Command, FromArgMatches as _};
use clap_complete::Shell;

/// Name of the subcommand, which `--help`, manual pages and completions omit.
pub(super) const VERB: &str = "package-files";

/// Where the files go.
#[derive(Debug, clap::Args)]
struct PackageFilesArguments {
    /// The folder to write to; created if missing
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// Returns the definition of the subcommand.
pub(super) fn command() -> Command {
    PackageFilesArguments::augment_args(Command::new(VERB).about("Write manual pages and shell completions").hide(true))
}

/// Writes `man/*.1` and `completions/*` for the command line `public` below the folder given in `matches`.
///
/// # Errors
///
/// When a folder can't be created or a file can't be written.
pub(super) fn run(matches: &ArgMatches, public: &Command) -> anyhow::Result<ExitCode> {
    let folder = PackageFilesArguments::from_arg_matches(matches)?.folder;
    let man = folder.join("man");
    let completions = folder.join("completions");
    for folder in [&man, &completions] {
        fs::create_dir_all(folder).with_context(|| format!("could not create “{}”", folder.display()))?;
    }
    clap_mangen::generate_to(public.clone(), &man).with_context(|| format!("could not write “{}”", man.display()))?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut public.clone(), "tieline", &completions)
            .with_context(|| format!("could not write “{}”", completions.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
