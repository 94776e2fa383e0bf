//! Package contents: the build script, tested with a tiny program, and generated files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Builds a program with this code by the script, in its own folder, with a dependency in another folder.
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
    for script in ["assets/linux/build.sh", "assets/linux/cargo.sh"] {
        let original = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        fs::create_dir_all(folder.path().join("checkout/assets/linux")).expect("made");
        fs::copy(original, folder.path().join("checkout").join(script)).expect("copied with its mode");
    }
    // The machine's tools use their own folders; the script itself must use the given home.
    let tools = |name: &str, folder: &str| {
        std::env::var_os(name).unwrap_or_else(|| std::env::home_dir().expect("a home").join(folder).into())
    };
    let output = Command::new("bash")
        .arg(folder.path().join("checkout/assets/linux/build.sh"))
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

#[test]
fn a_package_has_a_manual_page_for_each_verb_and_completions_for_three_shells() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_tieline");
    let output = Command::new(program).arg("package-files").arg(folder.path()).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let help = Command::new(program).arg("--help").output().expect("the program runs");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let verbs: Vec<_> =
        listed.filter_map(|line| line.split_whitespace().next()).filter(|verb| *verb != "help").collect();
    assert!(verbs.contains(&"render"), "{help}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("written");
    for verb in &verbs {
        let page = read(&format!("man/tieline-{verb}.1"));
        assert!(page.contains(&format!(".TH tieline-{verb} 1")), "{page}");
    }
    assert_eq!(fs::read_dir(folder.path().join("man")).expect("a folder").count(), verbs.len() + 1, "{verbs:?}");
    for name in ["completions/tieline.bash", "completions/_tieline", "completions/tieline.fish"] {
        let completions = read(name);
        assert!(verbs.iter().all(|verb| completions.contains(verb)), "{name}");
        assert!(!completions.contains("package-files"), "{name} offers what only packages need");
    }
}
