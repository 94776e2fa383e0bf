//! Links that open in the browser, and links that never do.

use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

fn map_with_link(url: &str) -> String {
    let url = serde_json::to_string(url).expect("text");
    format!(
        r#"{{ "format": "tieline", "version": "1.0", "actors": [{{ "id": "a", "name": "Alder" }}, {{ "id": "b", "name": "Birch" }}],
        "sources": [{{ "id": "s", "title": "Ledger", "url": {url} }}],
        "ties": [{{ "id": "t", "kind": "loan", "from": "a", "to": "b", "evidence": [{{ "source": "s" }}] }}] }}"#
    )
}

fn open(url: &str) -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("links.tieline.json");
    std::fs::write(&path, map_with_link(url)).expect("written");
    let mut bench = Bench::with_file(Some(path));
    let tie = bench.texts().into_iter().find(|text| text.starts_with("Alder → Birch") && text.contains("on the map"));
    bench.click(&tie.unwrap_or_else(|| panic!("{:?}", bench.texts())));
    bench
}

#[test]
fn a_link_opens_after_its_address_was_shown() {
    let mut bench = open("https://example.org/ledger?a=1&b=2");
    bench.click("Open the source…");
    assert!(bench.shows("https://example.org/ledger?a=1&b=2"), "the whole address: {:?}", bench.texts());
    assert!(bench.notes.borrow().opened.is_empty(), "not before the person agrees");
    let buttons: Vec<_> = bench.harness.get_all_by_label("Open link").collect();
    buttons.last().expect("the dialog's").click();
    drop(buttons);
    bench.settle();
    assert_eq!(bench.notes.borrow().opened, ["https://example.org/ledger?a=1&b=2"]);
}

#[test]
fn nothing_but_http_and_https_ever_opens() {
    let tricks = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "data:text/html,<script>1</script>",
        "ftp://example.org/",
        "mailto:someone@example.org",
        "x-terminal:ls",
        "//example.org/",
        "https:example.org",
        "https://",
        "-https://example.org",
    ];
    for trick in tricks {
        let mut bench = open(trick);
        assert!(bench.shows("Open the source…"), "the button is there, to be clicked in vain");
        for button in ["Open the source…", "Open link"] {
            if bench.harness.query_all_by_label(button).count() > 0 {
                let buttons: Vec<_> = bench.harness.get_all_by_label(button).collect();
                buttons.last().expect("one").click();
                drop(buttons);
                bench.settle();
            }
        }
        assert!(bench.notes.borrow().opened.is_empty(), "{trick}: {:?}", bench.notes.borrow().opened);
    }
}
