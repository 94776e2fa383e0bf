//! Workbooks and archives as programs write them.

use std::fmt::Write as _;

use super::super::Limits;
use super::hostile::zip_of;
use super::{assert_golden, data, error_of, listing, whole_listing, with_tables};

#[test]
fn workbooks_and_archives_are_read_as_their_programs_show_them() {
    let mut out = String::new();
    for name in ["openpyxl.xlsx", "xlwt.xls", "odfpy.ods", "tables.zip", "edges.csv.gz"] {
        let _ = writeln!(out, "=== {name}\n{}", whole_listing(&data(&format!("import/{name}")), name));
    }
    assert_golden(&out, "workbooks.txt");
}

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/a.xml"/>
<Relationship Id="r2" Type="x/sharedStrings" Target="../xl/strings.xml"/></Relationships>"#;

/// Packs a workbook of one sheet with these rows in XML.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/a.xml", sheet.as_bytes()),
        ("xl/strings.xml", strings.as_bytes()),
    ])
}

#[test]
fn shared_texts_lose_formatting_and_hints() {
    let strings = "<sst><si><r><t>Ada </t></r><r><t>&amp; Bob</t></r><rPh><t>hint</t></rPh></si>\
        <si><t>one_x000D_\ntwo &#233;</t></si><si/></sst>";
    let rows = r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>99</v></c></row>
        <row><c><f>A1</f><v>1.50</v></c><c t="str"><f>B1</f><v> x </v></c><c t="d"><v>2014-05-01T00:00:00</v></c></row>"#;
    with_tables(&workbook(rows, strings), "a.xlsx", |tables| {
        assert_eq!(listing(&tables.tables[0]), "1: Ada & Bob | one⏎two é\n2: n:1.5 |  x  | d:2014-05-01\n");
    });
}

#[test]
fn a_damaged_sheet_is_read_up_to_the_damage() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></oops>"#;
    with_tables(&workbook(rows, "<sst/>"), "a.xlsx", |tables| {
        assert_eq!(listing(&tables.tables[0]), "1: n:1\n2: n:2\n");
        let note = &tables.tables[0].notes[0];
        assert!(note.message.contains("left out") && note.row == Some(2), "{note:?}");
    });
}

#[test]
fn locked_and_foreign_documents_are_named() {
    let limits = Limits::default();
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut locked = data("import/xlwt.xls");
    let at = memchr::memmem::find(&locked, &utf16("Workbook\0")).expect("the stream");
    let name = utf16("EncryptedPackage\0");
    locked[at..at + name.len()].copy_from_slice(&name);
    locked[at + 64] = name.len() as u8;
    assert!(error_of(&locked, "a.xlsx", &limits).contains("protected by a password"));

    let mut locked = data("import/xlwt.xls");
    let at = memchr::memmem::find(&locked, b"\x22\x00\x02\x00\x00\x00").expect("the record of the calendar");
    locked[at] = 0x2f;
    assert!(error_of(&locked, "a.xls", &limits).contains("protected by a password"));

    let manifest = b"<manifest><encryption-data/></manifest>";
    let locked = zip_of(&[("content.xml", b"???"), ("META-INF/manifest.xml", manifest)]);
    assert!(error_of(&locked, "a.ods", &limits).contains("protected by a password"));

    for (part, what) in [("word/document.xml", "Word"), ("ppt/slides.xml", "PowerPoint"), ("xl/workbook.bin", "xlsb")] {
        let document = zip_of(&[("[Content_Types].xml", b""), (part, b"")]);
        assert!(error_of(&document, "a", &limits).contains(what), "{part}");
    }
    assert!(error_of(b"%PDF-1.7\x00\x01\x02\x03\x04\x05", "a.csv", &limits).contains("neither text nor a workbook"));
}

#[test]
fn archives_within_archives_are_refused() {
    let inner = zip_of(&[("a.csv", b"a,b\n1,2\n")]);
    let outer = zip_of(&[("inner.zip", &inner), ("inner.csv", &inner)]);
    assert!(error_of(&outer, "a.zip", &Limits::default()).contains("no table"));
    let both = zip_of(&[("inner.zip", &inner), ("b.csv", b"c,d\n3,4\n")]);
    with_tables(&both, "a.zip", |tables| {
        assert_eq!(tables.tables.len(), 1);
        assert!(tables.notes[0].message.contains("an archive within an archive"), "{:?}", tables.notes);
    });
}
