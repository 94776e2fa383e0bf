//! Copying the picture: in all forms where the clipboard takes several, else as a bitmap alone.

use egui::{Key, Modifiers, OutputCommand};

use super::bench::Bench;

fn copy(bench: &mut Bench) -> bool {
    bench.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    let mut has_image = false;
    for _ in 0..6000 {
        bench.harness.step();
        let commands = &bench.harness.output().platform_output.commands;
        has_image |= commands.iter().any(|command| matches!(command, OutputCommand::CopyImage(_)));
        if bench.shows("Copied the picture") {
            return has_image;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("no picture is copied");
}

#[test]
fn a_clipboard_that_takes_several_forms_gets_bitmap_drawing_and_sources() {
    let mut bench = Bench::new();
    bench.notes.borrow_mut().takes_forms = true;
    assert!(!copy(&mut bench), "the toolkit would replace the other forms");
    assert!(bench.shows("Copied the picture, as PNG, SVG and text with its sources"));
    let copied = bench.notes.borrow_mut().copied.take().expect("a picture");
    assert!(copied.png.starts_with(b"\x89PNG\r\n"));
    let svg = String::from_utf8(copied.svg).expect("text");
    assert!(svg.contains("<svg") && svg.contains("OpenAI"));
    assert!(copied.html.starts_with("<p><img src=\"data:image/png;base64,"), "{}", &copied.html[..80]);
    let words = &copied.html[copied.html.find("\" alt=").expect("a text for the picture")..];
    assert!(words.contains("<b>Sources</b>") && words.contains("GeekWire, March 2026"), "{words}");
}

#[test]
fn a_clipboard_that_takes_one_form_gets_the_bitmap() {
    let mut bench = Bench::new();
    assert!(copy(&mut bench));
    assert!(!bench.shows("SVG"), "{:?}", bench.texts());
    assert_eq!(bench.notes.borrow().copied, None);
}
