//! Hostile graphs: nothing is fetched or expanded, and neither depth nor repetition costs more than the file.

use std::fmt::Write as _;

use super::super::Limits;
use super::{error_of, with_tables};

/// Returns the texts of a column of the first table, without its heading.
fn column(bytes: &[u8], name: &str, table: usize, heading: &str) -> Vec<String> {
    with_tables(bytes, name, |tables| {
        let table = &tables.tables[table];
        let at =
            table.row(0).and_then(|row| row.cells.iter().position(|cell| cell.text == heading)).expect("a heading");
        let cells = table.rows().skip(1).map(|row| row.cells.get(at).map_or("", |cell| &cell.text).to_owned());
        cells.collect()
    })
}

fn notes_of(bytes: &[u8], name: &str) -> String {
    with_tables(bytes, name, |tables| {
        let all = tables.tables.iter().flat_map(|table| &table.notes).chain(&tables.notes);
        all.map(|note| note.message.clone()).collect::<Vec<_>>().join("; ")
    })
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let mut laughs = String::from("<!DOCTYPE graphml [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let _ = write!(laughs, "<!ENTITY a{level} \"&a{};&a{0};\">", level - 1);
    }
    let text = format!(
        "<?xml version=\"1.0\"?>{laughs}<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\
         <graphml><key id=\"k\" attr.name=\"label\"/><graph><node id=\"&a29;\"/>\
         <node id=\"b\"><data key=\"k\">&file;&amp;&#233;</data></node></graph></graphml>"
    );
    assert_eq!(column(text.as_bytes(), "a.graphml", 0, "id"), ["&a29;", "b"]);
    assert_eq!(column(text.as_bytes(), "a.graphml", 0, "name"), ["&a29;", "&file;&é"]);
}

#[test]
fn depth_costs_no_stack() {
    let deep = 1_000_000;
    let nested = format!("<graphml><graph>{}<node id=\"a\"/>", "<a>".repeat(deep));
    assert!(notes_of(nested.as_bytes(), "a.graphml").contains("ends before it is complete"));
    let nodes: String = (0..100_000).fold(String::from("<graphml>"), |mut text, level| {
        let _ = write!(text, "<graph><node id=\"{level}\">");
        text
    });
    assert!(notes_of(nodes.as_bytes(), "a.graphml").contains("ends before it is complete"));
    let members: String = (0..100_000).fold(String::from("<gexf><graph>"), |mut text, level| {
        let _ = write!(text, "<nodes><node id=\"{level}\">");
        text
    });
    assert!(notes_of(members.as_bytes(), "a.gexf").contains("ends before it is complete"));
    let gml = format!("graph [ node [ id 1 {} ", "a [ ".repeat(deep));
    assert!(error_of(gml.as_bytes(), "a.gml", &Limits::default()).contains("ends before"));
    let dot = format!("digraph {{ a; {}", "{".repeat(deep));
    assert!(notes_of(dot.as_bytes(), "a.dot").contains("ends before"));
    for label in ["<".repeat(deep), "<b".repeat(deep), format!("<{}", "<style></style>".repeat(deep / 10))] {
        let html = format!("digraph {{ a [label={label}x{}] }}", ">".repeat(label.matches('<').count()));
        assert_eq!(column(html.as_bytes(), "a.dot", 0, "id"), ["a"]);
    }
}

#[test]
fn repetition_is_counted() {
    let long = "x".repeat(100_000);
    let nodes = "<node id=\"a\"/>".repeat(10_000);
    let default =
        format!("<graphml><key id=\"k\" for=\"node\"><default>{long}</default></key><graph>{nodes}</graph></graphml>");
    let limits = Limits { ratio: 1, small_bytes: 1 << 20, ..Limits::default() };
    assert!(error_of(default.as_bytes(), "a.graphml", &limits).contains("unpacks to more"));
    let parent = format!("<graphml><graph><node id=\"{long}\"><graph>{nodes}</graph></node></graph></graphml>");
    assert!(error_of(parent.as_bytes(), "a.graphml", &limits).contains("unpacks to more"));
    let default = format!(
        "<gexf><graph><attributes class=\"node\"><attribute id=\"k\" title=\"t\"><default>{long}</default></attribute>\
         </attributes><nodes>{nodes}</nodes></graph></gexf>"
    );
    assert!(error_of(default.as_bytes(), "a.gexf", &limits).contains("unpacks to more"));
    let names: String = (0..10_000).fold(String::new(), |text, index| text + "n" + &index.to_string() + ";");
    let dot = format!("digraph {{ node [t=\"{long}\"] {names} }}");
    assert!(error_of(dot.as_bytes(), "a.dot", &limits).contains("unpacks to more"));
    let cluster = format!("digraph {{ subgraph cluster_a {{ label=\"{long}\" {names} }} }}");
    assert!(error_of(cluster.as_bytes(), "a.dot", &limits).contains("unpacks to more"));
    let empty = format!("digraph {{ {} {names} {} }}", "{".repeat(60_000), "} -> {}".repeat(60_000));
    assert_eq!(column(empty.as_bytes(), "a.dot", 0, "id").len(), 10_000);
    let product = format!("digraph {{ {{{names}}} -> {{{names}}} }}");
    let error = error_of(product.as_bytes(), "a.dot", &Limits::default());
    assert!(error.contains("more than"), "{error}");
    let mentions = "a;".repeat(10_000);
    let sets = format!("digraph {{ {} {mentions} {} }}", "{".repeat(60_000), "} -> z".repeat(60_000));
    assert!(error_of(sets.as_bytes(), "a.dot", &Limits::default()).contains("too many members"));
}

#[test]
fn counts_without_contents_are_warnings() {
    let net = b"*Vertices 1000000000\n1 \"a\"\n*Arcs\n1 2\n1 999999999\n";
    assert_eq!(column(net, "a.net", 0, "name"), ["a", "2"]);
    let notes = notes_of(net, "a.net");
    assert!(
        notes.contains("says that it has 1000000000 actors") && notes.contains("does not name two vertices"),
        "{notes}"
    );
    let dl = b"dl n=1000000000 format=edgelist1 data:\n1 2\n";
    assert_eq!(column(dl, "a.dl", 1, "to"), ["2"]);
    let two_sided = format!("dl nr={0} nc={0} data:\n1 2\n", usize::MAX);
    assert!(notes_of(two_sided.as_bytes(), "a.dl").contains("says that it has"));
}

#[test]
fn too_many_attributes_are_an_error() {
    let keys: String = (0..16_385).fold(String::new(), |mut text, key| {
        let _ = write!(text, "<data key=\"k{key}\">1</data>");
        text
    });
    let text = format!("<graphml><graph><node id=\"a\">{keys}</node></graph></graphml>");
    let error = error_of(text.as_bytes(), "a.graphml", &Limits::default());
    assert!(error.contains("more than 16384 attributes"), "{error}");
    let parties = "<endpoint node=\"a\"/>".repeat(100_000);
    let text = format!("<graphml><graph><node id=\"a\"/><hyperedge>{parties}</hyperedge></graph></graphml>");
    let error = error_of(text.as_bytes(), "a.graphml", &Limits::default());
    assert!(error.contains("more than 16384 attributes"), "{error}");
}

#[test]
fn encodings_that_xml_declares_are_used() {
    let text = |encoding: &str, name: &[u8]| {
        let head = format!("<?xml version='1.0' encoding='{encoding}'?><graphml><graph><node id='");
        [head.as_bytes(), name, b"'/></graph></graphml>"].concat()
    };
    assert_eq!(column(&text("windows-1250", b"\x8aimon"), "a.graphml", 0, "id"), ["Šimon"]);
    assert_eq!(column(&text("ISO-8859-5", b"\xb8\xd2\xd0\xdd"), "a.graphml", 0, "id"), ["Иван"]);
    // What is UTF-8 is no other encoding by chance.
    assert_eq!(column(&text("ISO-8859-1", "Søn".as_bytes()), "a.graphml", 0, "id"), ["Søn"]);
    assert_eq!(column(&text("UTF-16", b"a"), "a.graphml", 0, "id"), ["a"]);
    assert_eq!(column(&text("klingon", b"a"), "a.graphml", 0, "id"), ["a"]);
}
