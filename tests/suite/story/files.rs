//! What `tieline render --steps` writes, and what it leaves alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::slides::package::{archive, entries};

const STORY: &str = "tests/data/story/openai-microsoft-amazon.tieline.jsonc";

fn render(folder: &Path, arguments: &[&str]) -> Output {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(STORY);
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    command.arg("render").arg(file).args(arguments).current_dir(folder).output().expect("the program runs")
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("it").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn pictures_are_numbered_from_the_first_step_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = ["--steps", "-o", "map.png", "--scale", "0.1", "-o", "map.svg", "--notes", "notes.txt"];
    let output = render(folder.path(), &small);
    assert!(output.status.success(), "{}", messages(&output));
    let numbered = |ending: &'static str| (1..=5).map(move |number| format!("map-{number}.{ending}"));
    let mut expected: Vec<String> = numbered("png").chain(numbered("svg")).chain(["notes.txt".to_owned()]).collect();
    expected.sort();
    assert_eq!(names(folder.path()), expected);
    let notes = fs::read_to_string(folder.path().join("notes.txt")).expect("notes");
    assert!(notes.contains("Start with the two clouds.") && notes.contains("As it stood in 2024"));
    // Its own files are written again, others are not.
    assert!(render(folder.path(), &small).status.success());
    fs::write(folder.path().join("map-3.png"), "mine").expect("written");
    let refused = render(folder.path(), &small);
    assert!(!refused.status.success() && messages(&refused).contains("map-3.png"), "{}", messages(&refused));
    assert_eq!(fs::read(folder.path().join("map-3.png")).expect("it"), b"mine");
}

#[test]
fn a_moving_picture_needs_a_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = render(folder.path(), &["-o", "story.gif"]);
    assert!(!output.status.success() && messages(&output).contains("add --steps"), "{}", messages(&output));
    let harbor = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/harbor.tieline.jsonc");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    let output = command.arg("render").arg(harbor).args(["--steps", "-o", "x.pdf"]).current_dir(folder.path()).output();
    let output = output.expect("the program runs");
    assert!(!output.status.success() && messages(&output).contains("the map tells no story"), "{}", messages(&output));
    assert_eq!(names(folder.path()), [""; 0], "nothing was written");
}

#[test]
fn a_moving_picture_has_its_size_and_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |longest: &str| {
        let outputs = ["--steps", "-o", "story.gif", "-o", "story.apng", "--longest", longest];
        let output = render(folder.path(), &outputs);
        assert!(output.status.success(), "{}", messages(&output));
        messages(&output)
    };
    let size = |name: &str| {
        let bytes = fs::read(folder.path().join(name)).expect("a picture");
        let decoder = gif::DecodeOptions::new().read_info(&*bytes).expect("a GIF");
        (decoder.width(), decoder.height())
    };
    write("64");
    assert_eq!(names(folder.path()), ["story.apng", "story.gif"]);
    assert_eq!(size("story.gif"), (64, 36));
    let said = write("64");
    assert!(said.contains("story.gif is up to date, so no further picture was written"), "{said}");
    assert!(said.contains("story.apng is up to date"), "{said}");
    let said = write("128");
    assert!(said.contains("story.gif is kept, and the new picture is story-2.gif"), "{said}");
    assert_eq!(names(folder.path()), ["story-2.apng", "story-2.gif", "story.apng", "story.gif"]);
    assert_eq!((size("story.gif"), size("story-2.gif")), ((64, 36), (128, 72)));
}

#[test]
fn a_deck_is_never_overwritten_and_what_changed_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |more: &[&str]| render(folder.path(), &[&["--steps", "-o", "deck.pptx"], more].concat());
    assert!(write(&[]).status.success());
    let first = fs::read(folder.path().join("deck.pptx")).expect("a deck");
    let again = write(&[]);
    assert!(again.status.success() && messages(&again).contains("deck.pptx is up to date"), "{}", messages(&again));
    assert_eq!(names(folder.path()), ["deck.pptx"]);
    // Somebody mends a word on a slide.
    let mut edited = entries(&first);
    let slide = edited.iter_mut().find(|entry| entry.name == "ppt/slides/slide2.xml").expect("a slide");
    let text = String::from_utf8(slide.content.clone()).expect("text");
    slide.content = text.replacen("Money since 2019", "Money from 2019", 1).into_bytes();
    let edited = archive(&edited);
    fs::write(folder.path().join("deck.pptx"), &edited).expect("written");
    let corrected = write(&[]);
    let said = messages(&corrected);
    let expected = "deck.pptx is kept, and the new deck is deck-2.pptx: changed: slide 2 “Microsoft came first”";
    assert!(corrected.status.success() && said.contains(expected), "{said}");
    assert_eq!(fs::read(folder.path().join("deck.pptx")).expect("it"), edited, "left alone");
    assert_eq!(fs::read(folder.path().join("deck-2.pptx")).expect("it"), first);
    // The newest counts from now on.
    assert!(messages(&write(&[])).contains("deck-2.pptx is up to date"));
    let other = messages(&write(&["--redact", "actor:anthropic"]));
    assert!(other.contains("the new deck is deck-3.pptx: changed: ") && other.contains("slide 4"), "{other}");
    assert_eq!(names(folder.path()), ["deck-2.pptx", "deck-3.pptx", "deck.pptx"]);
    // What is no deck is kept as well.
    fs::write(folder.path().join("deck-3.pptx"), "not a deck").expect("written");
    let beside = messages(&write(&[]));
    assert!(beside.contains("the new deck is deck-4.pptx: they can't be compared"), "{beside}");
}

#[test]
fn a_template_gives_colors_and_typefaces() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(render(folder.path(), &["--steps", "-o", "plain.pptx"]).status.success());
    let mut house = entries(&fs::read(folder.path().join("plain.pptx")).expect("a deck"));
    let theme = house.iter_mut().find(|entry| entry.name == "ppt/theme/theme1.xml").expect("a theme");
    let text = String::from_utf8(theme.content.clone()).expect("text");
    let dark = text.split("<a:dk1><a:srgbClr val=\"").nth(1).expect("a color")[..6].to_owned();
    let text = text.replacen(
        &format!("<a:dk1><a:srgbClr val=\"{dark}\""),
        "<a:dk1><a:sysClr val=\"windowText\" lastClr=\"102A43\"",
        1,
    );
    let text = text.replacen("<a:accent1><a:srgbClr val=\"4477AA\"", "<a:accent1><a:srgbClr val=\"C0FFEE\"", 1);
    let text = text.replacen("typeface=\"Arial\"", "typeface=\"Georgia\"", 1).replacen(
        "typeface=\"Arial\"",
        "typeface=\"Verdana\"",
        1,
    );
    theme.content = text.into_bytes();
    let bytes = archive(&house);
    fs::write(folder.path().join("house.potx"), &bytes).expect("written");
    let themed = |name: &str, more: &[&str]| {
        let all = [&["-o", name, "--template", "house.potx"], more].concat();
        let output = render(folder.path(), &all);
        assert!(output.status.success(), "{}", messages(&output));
        let parts = entries(&fs::read(folder.path().join(name)).expect("a deck"));
        let theme = parts.iter().find(|entry| entry.name == "ppt/theme/theme1.xml").expect("a theme");
        assert_eq!(crate::slides::faults_of(&parts), [""; 0]);
        String::from_utf8(theme.content.clone()).expect("text")
    };
    let own = themed("own.pptx", &["--steps"]);
    for words in [
        "<a:dk1><a:srgbClr val=\"102A43\"",
        "<a:accent1><a:srgbClr val=\"C0FFEE\"",
        "<a:majorFont><a:latin typeface=\"Georgia\"",
        "<a:minorFont><a:latin typeface=\"Verdana\"",
    ] {
        assert!(own.contains(words), "{words} in {own}");
    }
    assert!(themed("font.pptx", &["--font", "Lato"]).contains("<a:majorFont><a:latin typeface=\"Lato\""));
    // Damaged, hostile and other files are refused in one sentence.
    let bombs: [(&str, Vec<u8>); 4] = [
        ("empty.potx", Vec::new()),
        ("text.potx", b"PK is how it begins".to_vec()),
        ("cut.potx", bytes[..bytes.len() / 2].to_vec()),
        ("other.potx", archive(&house[..1])),
    ];
    for (name, bytes) in bombs {
        fs::write(folder.path().join(name), bytes).expect("written");
        let output = render(folder.path(), &["-o", "bad.pptx", "--template", name]);
        assert!(!output.status.success() && messages(&output).contains(name), "{name}: {}", messages(&output));
        assert!(!folder.path().join("bad.pptx").exists());
    }
}

#[test]
fn a_theme_file_has_its_theme_in_another_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(render(folder.path(), &["-o", "plain.pptx"]).status.success());
    let parts = entries(&fs::read(folder.path().join("plain.pptx")).expect("a deck"));
    let mut theme = parts.iter().find(|entry| entry.name == "ppt/theme/theme1.xml").expect("a theme").clone();
    theme.name = "theme/theme/theme1.xml".to_owned();
    theme.content = String::from_utf8(theme.content).expect("text").replace("Arial", "Georgia").into_bytes();
    fs::write(folder.path().join("house.thmx"), archive(&[parts[0].clone(), theme])).expect("written");
    let output = render(folder.path(), &["-o", "own.pptx", "--template", "house.thmx"]);
    assert!(output.status.success(), "{}", messages(&output));
    let own = entries(&fs::read(folder.path().join("own.pptx")).expect("a deck"));
    let theme = own.iter().find(|entry| entry.name == "ppt/theme/theme1.xml").expect("a theme");
    assert!(String::from_utf8_lossy(&theme.content).contains("Georgia"));
}
