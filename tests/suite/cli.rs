//! Command-line sessions: arguments, output and exit codes.
//!
//! Transcripts are stored in `tests/data/cli/`; `TIELINE_BLESS=1` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::golden::assert_golden;

const HARBOR: &str = "data/harbor.tieline.jsonc";
const SAMPLE: &str = "data/openai-microsoft-amazon.tieline.jsonc";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    command.args(arguments).current_dir(root()).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Runs a command line and compares its output with the transcript `name`.
fn transcript(name: &str, arguments: &[&str]) {
    let output = run(arguments);
    let code = output.status.code().expect("an exit code");
    let messages = text(&output.stderr);
    let messages = if messages.is_empty() { String::new() } else { format!("--- messages\n{messages}") };
    let said = format!("$ tieline {}\n{}{messages}--- exit {code}\n", arguments.join(" "), text(&output.stdout));
    assert_golden(&format!("cli/{name}.txt"), &said);
}

#[test]
fn help_says_what_render_draws() {
    let help = text(&run(&["render", "--help"]).stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["not a picture of the window", "the view saved in the file", "further files of a PNG or SVG (OUT-2.png)"]
    {
        assert!(help.contains(words), "{words} in {help}");
    }
    assert!(text(&run(&["--help"]).stdout).contains("Draw a picture of a map for a slide, a document or the web"));
}

#[test]
fn check_of_the_bundled_maps() {
    transcript("check-bundled", &["check", SAMPLE, HARBOR]);
}

#[test]
fn check_requires_evidence_when_asked() {
    transcript("check-evidence", &["check", HARBOR, "--require-evidence"]);
    transcript("check-evidence-json", &["check", HARBOR, "--require-evidence", "--json"]);
}

#[test]
fn check_of_faulty_files() {
    transcript("check-faulty", &["check", "tests/data/cli/faulty.tieline.json", "Cargo.toml"]);
    transcript("check-twice", &["check", "tests/data/broken/id-twice.tieline.jsonc"]);
    transcript("check-twice-json", &["check", "tests/data/broken/id-twice.tieline.jsonc", "--json"]);
    transcript("check-missing", &["check", SAMPLE, "no-such-file.json"]);
    transcript("check-nothing", &["check"]);
}

#[test]
fn info_of_the_bundled_maps() {
    transcript("info-sample", &["info", SAMPLE]);
    transcript("info-harbor", &["info", HARBOR]);
    transcript("info-harbor-json", &["info", HARBOR, "--json"]);
}

#[test]
fn info_of_what_is_no_map() {
    transcript("info-no-map", &["info", "Cargo.toml"]);
    transcript("info-faulty", &["info", "tests/data/cli/faulty.tieline.json"]);
}

#[test]
fn export_says_what_is_lost_and_what_it_can_write() {
    transcript("export-unknown", &["export", SAMPLE, "-o", "out.docx"]);
    transcript("export-format", &["export", SAMPLE, "-o", "out.json", "--format", "docx"]);
    transcript("export-redact-unknown", &["export", SAMPLE, "-o", "out.csv", "--redact", "actor:opanai"]);
    transcript(
        "export-itself",
        &["export", "tests/data/version-1-1.tieline.jsonc", "-o", "tests/data/version-1-1.tieline.jsonc"],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn export_writes_reports_and_lists() {
    transcript("export-markdown", &["export", HARBOR, "-o", "/dev/stdout", "--format", "markdown"]);
    transcript("export-bibtex", &["export", HARBOR, "-o", "/dev/stdout", "--format", "bibtex"]);
    transcript("export-bods", &["export", HARBOR, "-o", "/dev/stdout", "--format", "bods"]);
}

#[test]
fn an_exported_workbook_is_imported_as_the_same_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a name").to_owned();
    let (book, back, copy) = (path("harbor.xlsx"), path("back.tieline.jsonc"), path("copy.tieline.jsonc"));
    let exported = run(&["export", HARBOR, "-o", &book, "--json"]);
    assert!(exported.status.success(), "{}", text(&exported.stderr));
    let told: serde_json::Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    assert_eq!((&told["format"], &told["lost"]), (&"xlsx".into(), &serde_json::json!([])));
    let imported = run(&["import", &book, "-o", &back]);
    assert!(text(&imported.stdout).contains("xlsx: "), "{}", text(&imported.stdout));
    assert!(run(&["export", HARBOR, "-o", &copy]).status.success());
    let sorted = |path: &str| {
        let mut lines: Vec<String> = fs::read_to_string(path).expect("read").lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&back).len(), sorted(&copy).len());
    let tables = run(&["export", HARBOR, "-o", &path("deals.csv")]);
    assert!(
        tables.status.success() && text(&tables.stderr).contains("not in CSV tables: "),
        "{}",
        text(&tables.stderr)
    );
    let imported =
        run(&["import", &path("deals-actors.csv"), &path("deals-ties.csv"), "-o", &path("csv.tieline.jsonc")]);
    assert!(text(&imported.stdout).contains(" 0 skipped"), "{}", text(&imported.stdout));
}

#[test]
fn wrong_use_of_render() {
    transcript("render-format", &["render", SAMPLE, "-o", "out.docx"]);
    transcript("render-preset", &["render", SAMPLE, "-o", "out.pdf", "--page", "a5"]);
    transcript("render-redact", &["render", SAMPLE, "-o", "out.pdf", "--redact", "amount"]);
    transcript("render-redact-text", &["render", SAMPLE, "-o", "out.pdf", "--redact", "text:tie-1.nothing"]);
    transcript("render-keep", &["render", SAMPLE, "-o", "out.pdf", "--redact", "amounts", "--keep", "actor:opanai"]);
    transcript("render-redact-unknown", &["render", SAMPLE, "-o", "out.pdf", "--redact", "actor:opanai"]);
    transcript("render-itself", &["render", SAMPLE, "-o", "out.pdf", "--notes", SAMPLE]);
    transcript("render-twice", &["render", SAMPLE, "-o", "out.pdf", "-o", "out.pdf"]);
    transcript("render-size", &["render", SAMPLE, "-o", "out.png", "--size", "0x0"]);
    transcript("render-layout", &["render", SAMPLE, "-o", "out.png", "--layout", "spiral"]);
}

#[test]
fn the_bare_command_names_render_where_no_window_opens() {
    let output = run(&["--no-restore"]);
    assert_ne!(output.status.code(), Some(0));
    let messages = text(&output.stderr);
    assert!(messages.contains("`tieline render FILE -o OUT.png`"), "{messages}");
    assert_eq!(messages.lines().count(), 1, "{messages}");
    assert!(output.stdout.is_empty());
}

#[test]
fn render_leaves_out_the_ties_that_the_view_hides() {
    let folder = tempfile::tempdir().expect("a folder");
    let counts = |hidden: &str| {
        let (map, out) = (folder.path().join("map.json"), folder.path().join("map.svg"));
        let text = format!(
            r#"{{ "format": "tieline", "version": "1.1", "actors": [{{ "id": "a", "name": "A" }}, {{ "id": "b", "name": "B" }}],
            "ties": [{{ "id": "t", "kind": "loan", "from": "a", "to": "b" }}, {{ "id": "u", "kind": "gift", "from": "b", "to": "a" }}],
            "views": [{{ "id": "main", "hidden": [{hidden}] }}] }}"#
        );
        fs::write(&map, text).expect("written");
        let [map, out] = [&map, &out].map(|path| path.to_str().expect("a name"));
        assert!(run(&["render", map, "-o", out]).status.success());
        let picture = fs::read_to_string(out).expect("a picture");
        picture.split_once("<desc>").and_then(|(_, rest)| rest.split_once(';')).expect("a description").0.to_owned()
    };
    assert_eq!(counts(""), "2 actors, 2 ties");
    assert_eq!(counts("\"t\""), "2 actors, 1 tie");
}

#[test]
fn render_draws_a_part_explored_from_an_actor() {
    let folder = tempfile::tempdir().expect("a folder");
    let [map, out] = ["map.json", "out.svg"].map(|name| folder.path().join(name).to_str().expect("a name").to_owned());
    fs::write(&map, crate::exploring::text("")).expect("written");
    let counts = |more: &[&str]| {
        let all = ["render", &map, "-o", &out, "--from", "leaf-1"].into_iter().chain(more.iter().copied());
        let output = run(&all.collect::<Vec<_>>());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let picture = fs::read_to_string(&out).expect("a picture");
        picture.split_once("<desc>").and_then(|(_, rest)| rest.split_once(';')).expect("a description").0.to_owned()
    };
    assert_eq!(counts(&[]), "5 actors, 4 ties");
    assert_eq!(counts(&["--hops", "2", "--most", "10"]), "11 actors, 10 ties");
    let unknown = run(&["render", &map, "-o", &out, "--from", "nobody"]);
    assert!(!unknown.status.success() && text(&unknown.stderr).contains("no actor “nobody” to start from"));
    assert!(!run(&["render", &map, "-o", &out, "--hops", "2"]).status.success(), "hops of what?");
}

fn schema() -> serde_json::Value {
    serde_json::from_slice(&run(&["schema"]).stdout).expect("JSON")
}

#[test]
fn the_schema_accepts_every_map_and_refuses_faults() {
    let validator = jsonschema::validator_for(&schema()).expect("a sound schema");
    let maps = fs::read_dir(root().join("tests/data/maps")).expect("a folder");
    let maps = maps.map(|entry| entry.expect("an entry").path());
    for path in maps.chain([SAMPLE, HARBOR].map(|name| root().join(name))) {
        let text = fs::read_to_string(&path).expect("readable");
        let options = jsonc_parser::ParseOptions::default();
        let map: serde_json::Value = jsonc_parser::parse_to_serde_value(&text, &options).expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&map).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
    let tie = serde_json::json!({ "format": "tieline", "version": "1.0", "ties": [{ "id": "t", "kind": "loan", "from": "a" }] });
    assert!(!validator.is_valid(&tie), "a tie needs two ends");
    assert!(!validator.is_valid(&serde_json::json!({ "format": "gexf", "version": "1.0" })));
}

/// Renders a map; returns the picture's bytes and the command's report.
fn picture(folder: &Path, name: &str, more: &[&str]) -> (Vec<u8>, serde_json::Value) {
    let path: PathBuf = folder.join(name);
    let mut arguments = vec!["render", SAMPLE, "-o", path.to_str().expect("UTF-8"), "--report"];
    arguments.extend(more);
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    (fs::read(&path).expect("written"), serde_json::from_slice(&output.stdout).expect("a report"))
}

#[test]
fn render_writes_pictures_of_the_asked_for_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let (png, report) = picture(folder.path(), "a.png", &["--size", "1440x900", "--scale", "2", "--theme", "dark"]);
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    assert_eq!(side(16), 2880);
    assert!(side(20) >= 1800, "a page may only grow downwards");
    for key in ["label_overlaps", "labels_on_cards", "lanes_through_cards", "labels_left_out"] {
        assert_eq!(report[key], 0, "{key}");
    }
    for key in ["crossings", "smallest_text_px", "aspect"] {
        assert!(report[key].is_number(), "{key}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left behind");
}

#[test]
fn render_gives_the_same_bytes_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, _) = picture(folder.path(), "a.svg", &["--layout", "circle", "--seed", "3"]);
    let (second, _) = picture(folder.path(), "b.svg", &["--layout", "circle", "--seed", "3"]);
    assert_eq!(first, second);
    let (other, _) = picture(folder.path(), "c.svg", &["--layout", "columns", "--seed", "3"]);
    assert_ne!(first, other, "the layout is the one asked for");
    assert!(text(&first).starts_with("<svg "));
}

#[test]
fn render_arranges_anew_around_those_placed_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = |pinned: &str| {
        let path = folder.path().join("map.tieline.json");
        let text = format!(
            r#"{{ "format": "tieline", "version": "1.0", "actors": [{{ "id": "a", "name": "A" }}, {{ "id": "b", "name": "B" }}],
            "ties": [{{ "id": "t", "kind": "loan", "from": "a", "to": "b" }}],
            "views": [{{ "id": "v", "positions": {{ "a": [0, 0], "b": [3000, 0] }}, "pinned": [{pinned}] }}] }}"#
        );
        fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    let aspect = |map: &str| {
        let out = folder.path().join("out.svg");
        let output = run(&["render", map, "-o", &out.to_string_lossy(), "--layout", "auto", "--report"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
        report["aspect"].as_f64().expect("a number")
    };
    assert!(aspect(&map(r#""a", "b""#)) > 20.0, "both stay where a hand has put them");
    assert!(aspect(&map("")) < 20.0);
}

#[test]
fn render_leaves_the_old_picture_where_it_can_not_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("no-such-folder").join("a.svg");
    let output = run(&["render", SAMPLE, "-o", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("no-such-folder” does not exist; create it, or save elsewhere"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn render_writes_several_files_of_one_layout() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let names = ["a.png", "b.svg", "c.pdf", "notes.txt"].map(at);
    let arguments = ["render", SAMPLE, "-o", &names[0], "-o", &names[1], "-o", &names[2], "--notes", &names[3]];
    let output = run(&[&arguments[..], &["--preset", "a4-landscape", "--redact", "actor:anthropic"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let files = names.map(|name| fs::read(name).expect("written"));
    assert_eq!(&files[0][..8], b"\x89PNG\r\n\x1a\n");
    // A4 at 300 pixels per inch, or 11,811 per meter.
    assert_eq!(files[0][16..24], [0, 0, 0x0d, 0xb4, 0, 0, 0x09, 0xb0]);
    let physical = files[0].windows(4).position(|part| part == b"pHYs").expect("a resolution");
    assert_eq!(files[0][physical + 4..physical + 13], [0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]);
    assert!(files[1].starts_with(b"<svg ") && files[2].starts_with(b"%PDF-"));
    let notes = text(&files[3]);
    assert!(notes.contains("Microsoft invests in OpenAI") && notes.contains("[1] ") && notes.contains("Company A"));
    assert!(!notes.contains("Anthropic"), "{notes}");
}

/// Renders over an existing picture that can't be replaced; returns that picture, the messages and the number of
/// files.
fn refused(prepare: impl FnOnce(&Path), limit: &str) -> (Vec<u8>, String, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.svg");
    fs::write(&path, "the old picture").expect("written");
    prepare(&path);
    // A write past the limit fails as on a full disk if the accompanying signal is ignored.
    let script = format!("trap '' XFSZ; {limit} exec \"$0\" render {SAMPLE} -o \"$1\"");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_tieline"), path.to_str().expect("UTF-8")])
        .current_dir(root())
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let left = fs::read_dir(folder.path()).expect("a folder").count();
    (fs::read(&path).expect("still there"), text(&output.stderr), left)
}

#[cfg(unix)]
#[test]
fn a_picture_that_can_not_be_written_leaves_the_old_one_whole() {
    let protect = |path: &Path| {
        let mut rights = fs::metadata(path).expect("a file").permissions();
        rights.set_readonly(true);
        fs::set_permissions(path, rights).expect("protected");
    };
    let full_disk = refused(|_| (), "ulimit -f 8;");
    let protected = refused(protect, "");
    for (what, (bytes, messages, left)) in [("full", full_disk), ("protected", protected)] {
        assert_eq!(bytes, b"the old picture", "{what}");
        assert!(messages.contains("could not save") && messages.contains("the file is unchanged"), "{messages}");
        assert_eq!(left, 1, "{what}: nothing half is left behind");
    }
}

#[test]
fn the_schema_in_the_repository_is_the_one_that_is_printed() {
    let output = run(&["schema"]);
    let kept = fs::read_to_string(root().join("assets/tieline-1.schema.json")).expect("a schema");
    assert!(text(&output.stdout) == kept, "write it again with `tieline schema`");
}

#[test]
fn passwords_in_addresses_are_in_nothing_that_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let address = "https://kim:opensesame@a.example/x";
    let map = serde_json::json!({ "format": "tieline", "version": "1.0",
        "actors": [{ "id": "a", "name": "A", "url": address }, { "id": "b", "name": "B" }],
        "sources": [
            { "id": "s", "title": "S", "url": address, "archiveUrl": format!("https://w.example/2020/{address}") },
            { "id": "c", "csl": { "id": "c", "type": "book", "title": "C", "URL": address, "archive": address } }
        ],
        "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b", "evidence": [{ "source": "s" }, { "source": "c" }] }] });
    fs::write(at("map.json"), map.to_string()).expect("written");
    let outputs = ["a.svg", "b.html", "c.pdf", "notes.txt"].map(at);
    let arguments =
        ["-o", &outputs[0], "--text", "fonts", "-o", &outputs[1], "-o", &outputs[2], "--notes", &outputs[3]];
    let output = run(&[&["render", &at("map.json")], &arguments[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for (index, path) in outputs.iter().enumerate() {
        let bytes = fs::read(path).expect("written");
        let shown = String::from_utf8_lossy(&bytes);
        assert!(!shown.contains("opensesame") && !shown.contains("kim:"), "{path}");
        assert!(index == 2 || shown.contains("a.example"), "{path}: the address itself stays");
    }
    let checked = run(&["check", &at("map.json")]);
    assert_eq!(text(&checked.stdout).matches("remove everything before the @").count(), 4, "{}", text(&checked.stdout));
}

#[test]
fn what_remains_is_written_down_and_withheld_by_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (page, list) = (path("a.html"), path("review.txt"));
    let call = ["render", SAMPLE, "-o", &page, "--redact", "actor:amazon", "--review", &list];
    assert_eq!(run(&call).status.code(), Some(0));
    let review = fs::read_to_string(&list).expect("a list");
    let lines: Vec<&str> = review.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(review.starts_with(&format!("# {} texts remain;", lines.len())), "{review}");
    assert!(!review.to_lowercase().contains("amazon"), "{review}");
    let suspicious = lines.iter().take_while(|line| line.contains("\t! ")).count();
    assert!(suspicious > 0 && !lines[suspicious..].iter().any(|line| line.contains("\t! ")), "those come first");
    // Naming all places of a text removes it; some texts occur in several places.
    let (place, text) = lines[0].split_once('\t').expect("place and text");
    let text = text.split('\t').next().expect("a text");
    let all: Vec<String> = lines
        .iter()
        .filter(|line| line.contains(text))
        .map(|line| format!("text:{}", line.split('\t').next().expect("a place")))
        .collect();
    assert!(all.contains(&format!("text:{place}")));
    let arguments = all.iter().flat_map(|what| ["--redact", what.as_str()]);
    let call: Vec<&str> = call.iter().copied().chain(arguments).collect();
    assert!(fs::read_to_string(&page).expect("a page").contains(text));
    assert_eq!(run(&call).status.code(), Some(0));
    assert!(!fs::read_to_string(&page).expect("a page").contains(text), "{text}");
}

/// Lists all files of a folder with content and modification time.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let written = |path: &PathBuf| fs::metadata(path).and_then(|meta| meta.modified()).expect("known");
    let mut files: Vec<_> =
        entries.map(|path| (path.clone(), fs::read(&path).expect("readable"), written(&path))).collect();
    files.sort();
    files
}

/// Broken files could tempt the program to repair them in place or beside the original.
#[test]
fn no_command_writes_where_the_maps_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let names = ["colon-missing", "bad-bytes", "cut-in-quote", "dangling-end"];
    for name in names {
        let file = format!("{name}.tieline.jsonc");
        fs::copy(root().join("tests/data/broken").join(&file), folder.path().join(file)).expect("copied");
    }
    fs::copy(root().join(HARBOR), folder.path().join("harbor.tieline.jsonc")).expect("copied");
    let before = contents(folder.path());
    assert_eq!(before.len(), names.len() + 1);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let out = elsewhere.path().join("a.svg").to_string_lossy().into_owned();
    for (path, ..) in &before {
        let path = path.to_str().expect("UTF-8");
        for arguments in [&["check", path][..], &["info", path], &["render", path, "-o", &out]] {
            assert!(run(arguments).status.code().is_some_and(|code| code < 3), "{arguments:?}");
        }
    }
    assert!(contents(folder.path()) == before, "{:?}", fs::read_dir(folder.path()).map(Iterator::count));
}
