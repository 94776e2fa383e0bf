//! How many clicks take a person from the open map to a proof, a picture on the clipboard, and a map without a tie. (For a
//! slide that fits, see the tests of the export dialog.)

use egui::accesskit::Role;

use super::bench::Bench;

const TIE: &str = "Microsoft → OpenAI, investment, more than $13 billion, on the map";

#[test]
fn a_proof_takes_one_click() {
    let mut bench = Bench::new();
    let parts = [
        "more than $13 billion",
        "Quotation from Digest: “Microsoft has invested more than $13 billion",
        "GeekWire",
        "geekwire.com",
    ];
    assert!(!bench.shows(parts[1]));
    bench.click(TIE);
    for part in parts {
        assert!(bench.shows(part), "{part}: {:?}", bench.texts());
    }
    assert_eq!(bench.clicks, 1);
}

#[test]
fn a_picture_on_the_clipboard_takes_two_clicks() {
    let mut bench = Bench::new();
    bench.notes.borrow_mut().takes_forms = true;
    bench.click_as(Role::Button, "File");
    bench.click("Copy picture");
    assert!(bench.shows("Copied the picture, as PNG, SVG and text with its sources"), "{:?}", bench.texts());
    assert!(bench.notes.borrow().copied.is_some());
    assert_eq!(bench.clicks, 2);
}

#[test]
fn a_tie_is_hidden_by_two_clicks() {
    let mut bench = Bench::new();
    bench.right_click(TIE);
    bench.click_as(Role::Button, "Hide this tie");
    assert!(bench.shows("10 of 11 ties"), "{:?}", bench.texts());
    assert_eq!(bench.clicks, 2);
}
