//! `tieline export`: writes a map in the formats of other programs.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use serde_json::json;

use super::output::print_json;
use super::redacting::RedactArguments;
use crate::document::Document;
use crate::export_data::{
    DATA_FORMATS, DataContent, DataFormat, Loss, format_of_path, format_of_word, losses, write_files,
};
use crate::load::load_file;

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArguments {
    /// A map file
    file: PathBuf,
    /// The file to write; its extension chooses the format unless --format does
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = parse_format, long_help = formats_help())]
    format: Option<&'static DataFormat>,
    #[command(flatten)]
    redacting: RedactArguments,
    /// Print what was written and what the format can't hold as one JSON object
    #[arg(long)]
    json: bool,
}

fn parse_format(text: &str) -> Result<&'static DataFormat, String> {
    format_of_word(text).ok_or_else(|| format!("choose one of {}", words()))
}

fn words() -> String {
    DATA_FORMATS.iter().map(|format| format.word).collect::<Vec<_>>().join(", ")
}

fn formats_help() -> String {
    let lines = DATA_FORMATS.iter().map(|format| {
        format!("{:<10} .{:<13} {}: {}", format.word, format.endings.join(" ."), format.name, format.purpose)
    });
    format!("The format:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Exports the whole map; says what the format can't hold.
pub(super) fn run(arguments: &ExportArguments) -> anyhow::Result<ExitCode> {
    let Some(format) = arguments.format.or_else(|| format_of_path(&arguments.output)) else {
        bail!(
            "the name “{}” doesn't say which format to write; add `--format` with one of {}",
            arguments.output.display(),
            words()
        );
    };
    let (loaded, origin) = load_file(&arguments.file)?;
    let has_errors = loaded.counts.errors > 0;
    let document = Document::new(Arc::new(loaded.map), Arc::new(origin));
    let redaction = arguments.redacting.redaction(&document)?;
    let content = DataContent::redacted(&document, &redaction);
    let lost = losses(&content, format);
    let files = format.write(&content)?;
    let review = arguments.redacting.review(&document, &redaction);
    let beside = arguments.redacting.review.as_deref().zip(review.map(String::into_bytes));
    let written = write_files(files, &arguments.output, beside, &[&arguments.file], || true)?;
    for (path, loss) in &written.lost {
        eprintln!("tieline: replacing {}: {loss}", path.display());
    }
    if has_errors {
        eprintln!(
            "tieline: {} has errors, so only part of it is exported; run `tieline check` to list them",
            arguments.file.display()
        );
    }
    if arguments.json {
        let lost: Vec<_> = lost.iter().map(|loss| json!({ "what": loss.what, "count": loss.count })).collect();
        let files: Vec<_> = written.paths.iter().map(|path| path.display().to_string()).collect();
        return print_json(&json!({ "format": format.word, "files": files, "lost": lost }));
    }
    if let Some(lost) = Loss::sentence(&lost) {
        eprintln!("tieline: not in {}: {lost}", format.name);
    }
    Ok(ExitCode::SUCCESS)
}
