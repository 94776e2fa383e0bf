//! The script that builds the program for packages, tried with a program of a few lines.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Builds a program with this code by the script, in a folder of its own, with a crate that lies elsewhere.
fn build(main: &str) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    let package = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{more}")
    };
    let lock = "version = 4\n\n[[package]]\nname = \"elsewhere\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"tieline\"\nversion = \"0.1.0\"\ndependencies = [\n \"elsewhere\",\n]\n";
    write("checkout/Cargo.toml", &package("tieline", "[dependencies]\nelsewhere = { path = \"../home/elsewhere\" }\n"));
    write("checkout/Cargo.lock", lock);
    write("checkout/src/main.rs", main);
    write("home/elsewhere/Cargo.toml", &package("elsewhere", ""));
    write("home/elsewhere/src/lib.rs", "pub fn odd(n: usize) -> String { [\"a\"][n].to_string() + file!() }\n");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/package/build.sh");
    write("checkout/assets/package/build.sh", &fs::read_to_string(script).expect("is there"));
    // The tools of this machine know their own folders; the script must take the home as it is told.
    let tools = |name: &str, folder: &str| {
        std::env::var_os(name).unwrap_or_else(|| std::env::home_dir().expect("a home").join(folder).into())
    };
    let output = Command::new("bash")
        .arg(folder.path().join("checkout/assets/package/build.sh"))
        .arg("--offline")
        .env("RUSTUP_HOME", tools("RUSTUP_HOME", ".rustup"))
        .env("CARGO_HOME", tools("CARGO_HOME", ".cargo"))
        .env("HOME", folder.path().join("home"))
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("bash runs");
    (folder, output)
}

#[cfg(unix)]
#[test]
fn a_packaged_program_names_no_folder_of_its_builder() {
    let (folder, output) =
        build("fn main() { println!(\"{} {}\", file!(), elsewhere::odd(std::env::args().count())) }\n");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    let program = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let bytes = fs::read(program).expect("built");
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains(&*folder.path().to_string_lossy()));
    assert!(text.contains("/home/elsewhere/src/lib.rs"), "the places of faults are still told");
}

#[cfg(unix)]
#[test]
fn a_program_that_names_its_builder_is_no_package() {
    let (folder, output) = build("fn main() { println!(\"{}{}\", env!(\"CARGO_MANIFEST_DIR\"), elsewhere::odd(0)) }\n");
    assert_eq!(output.status.code(), Some(1));
    let messages = String::from_utf8_lossy(&output.stderr);
    let named = format!("the program names {}/checkout", folder.path().display());
    assert!(messages.contains(&named), "{messages}");
}
