//! Each mistake that presentation programs repair or refuse is found by the lint, so that its silence means something.

use super::lint::faults;
use super::package::{Entry, archive, entries};
use super::{bundled_deck, decks};

type Mutation = (&'static str, fn(&mut Vec<Entry>));

/// Replaces the first occurrence of a text in a part.
fn swap(entries: &mut [Entry], name: &str, from: &str, to: &str) {
    let entry = entries.iter_mut().find(|entry| entry.name == name).expect("the part");
    let text = String::from_utf8(entry.content.clone()).expect("text");
    assert!(text.contains(from), "{name} has no {from}");
    entry.content = text.replacen(from, to, 1).into_bytes();
}

const SLIDE: &str = "ppt/slides/slide1.xml";
const MUTATIONS: [Mutation; 24] = [
    ("duplicate shape id", |all| swap(all, SLIDE, "<p:cNvPr id=\"3\"", "<p:cNvPr id=\"2\"")),
    ("element order", |all| {
        swap(all, SLIDE, "<a:round/><a:tailEnd", "<a:tailEnd type=\"none\"/><a:round/><a:tailEnd");
    }),
    ("override of a missing part", |all| {
        let more = "<Override PartName=\"/ppt/x.xml\" ContentType=\"application/xml\"/></Types>";
        swap(all, "[Content_Types].xml", "</Types>", more);
    }),
    ("notes without a master", |all| {
        let rels = "ppt/notesSlides/_rels/notesSlide1.xml.rels";
        swap(
            all,
            rels,
            "relationships/notesMaster\" Target=\"../notesMasters/notesMaster1.xml",
            "relationships/slide\" Target=\"../slides/slide1.xml",
        );
    }),
    ("notes master that is not listed", |all| {
        swap(all, "ppt/presentation.xml", "<p:notesMasterIdLst>", "<p:notesMasterIdLst><!--");
        swap(all, "ppt/presentation.xml", "</p:notesMasterIdLst>", "--></p:notesMasterIdLst>");
    }),
    ("masters that share a theme", |all| {
        swap(all, "ppt/notesMasters/_rels/notesMaster1.xml.rels", "theme2.xml", "theme1.xml");
    }),
    ("style list of one", |all| {
        let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
        let theme = "ppt/theme/theme1.xml";
        swap(all, theme, &format!("<a:fillStyleLst>{fill}{fill}{fill}"), &format!("<a:fillStyleLst>{fill}"));
    }),
    ("font size below 1 point", |all| {
        let entry = all.iter_mut().find(|entry| entry.name == SLIDE).expect("the slide");
        let text = String::from_utf8(entry.content.clone()).expect("text");
        let start = text.find(" sz=\"").expect("a size") + " sz=\"".len();
        let end = start + text[start..].find('"').expect("its end");
        entry.content = [&text[..start], "21", &text[end..]].concat().into_bytes();
    }),
    ("shape without a text body", |all| {
        let entry = all.iter_mut().find(|entry| entry.name == SLIDE).expect("the slide");
        let text = String::from_utf8(entry.content.clone()).expect("text");
        let (start, end) = (text.find("<p:txBody>").expect("one"), text.find("</p:txBody>").expect("one"));
        entry.content = [&text[..start], &text[end + "</p:txBody>".len()..]].concat().into_bytes();
    }),
    ("negative extent", |all| swap(all, SLIDE, "<a:ext cx=\"1", "<a:ext cx=\"-1")),
    ("relationship that is not there", |all| swap(all, SLIDE, "r:id=\"rId3\"", "r:id=\"rId300\"")),
    ("glue to a missing shape", |all| glue(all, 9_999, 0)),
    ("glue to a missing site", |all| glue(all, 2, 7)),
    ("layout id of a master", |all| {
        swap(all, "ppt/slideMasters/slideMaster1.xml", "id=\"2147483649\"", "id=\"2147483648\"");
    }),
    ("fractional EMU", |all| swap(all, SLIDE, "<a:off x=\"3", "<a:off x=\"0.3")),
    ("name of a color", |all| swap(all, SLIDE, "<a:srgbClr val=\"4477AA\"", "<a:srgbClr val=\"blue\"")),
    ("control character", |all| swap(all, SLIDE, "<a:t>", "<a:t>\u{1}")),
    ("stored instead of deflated", |all| all[3].is_deflated = false),
    ("type that contradicts the size", |all| {
        swap(all, "ppt/presentation.xml", "cy=\"6858000\"/>", "cy=\"6858000\" type=\"screen4x3\"/>");
    }),
    ("content type of an unused ending", |all| {
        let more = "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/></Types>";
        swap(all, "[Content_Types].xml", "</Types>", more);
    }),
    ("address with a space", |all| {
        swap(all, "ppt/slides/_rels/slide1.xml.rels", "Target=\"https://", "Target=\"https://a b");
    }),
    ("text body without a paragraph", |all| {
        let empty = "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"en\"/></a:p>";
        swap(all, SLIDE, empty, "<p:txBody><a:bodyPr/><a:lstStyle/>");
    }),
    ("two titles", |all| {
        swap(all, SLIDE, "<p:cNvSpPr txBox=\"1\"/><p:nvPr/>", "<p:cNvSpPr/><p:nvPr><p:ph type=\"title\"/></p:nvPr>");
    }),
    ("part to which nothing refers", |all| {
        swap(all, "ppt/_rels/presentation.xml.rels", "Target=\"tableStyles.xml\"", "Target=\"viewProps.xml\"");
    }),
];

/// Adds a connector.
fn glue(all: &mut [Entry], id: u32, site: u32) {
    let connector = format!(
        "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"90000\" name=\"\"/><p:cNvCxnSpPr><a:stCxn id=\"{id}\" idx=\"{site}\"/>\
         </p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr/></p:cxnSp></p:spTree>"
    );
    swap(all, SLIDE, "</p:spTree>", &connector);
}

#[test]
fn every_mistake_is_found() {
    let sound = entries(&bundled_deck(0));
    assert_eq!(faults(&sound), [""; 0]);
    let mut missed = Vec::new();
    for (name, mutate) in MUTATIONS {
        let mut mutated = sound.clone();
        mutate(&mut mutated);
        // The reader and writer of the test keep the mistake.
        let found = faults(&entries(&archive(&mutated)));
        if found.is_empty() {
            missed.push(name);
        }
    }
    assert_eq!(missed, [""; 0]);
}

#[test]
fn decks_of_the_bundled_maps_have_no_faults() {
    for (name, bytes) in decks() {
        assert_eq!(faults(&entries(&bytes)), [""; 0], "{name}");
    }
}
