//! The parts of a presentation around its slides: theme, master, layout, properties.

use std::fmt::Write as _;

use super::super::deck::DeckColors;
use super::super::markup::{NAMESPACES, TREE_ROOT, hex, start};
use crate::export::svg::Escaped;
use crate::model::Rgb;

/// Accent colors for shapes that people add, those of common kinds of ties.
const ACCENTS: [Rgb; 6] = [
    Rgb([0x44, 0x77, 0xaa]),
    Rgb([0xaa, 0x33, 0x77]),
    Rgb([0x22, 0x88, 0x33]),
    Rgb([0x9a, 0x8a, 0x00]),
    Rgb([0xd5, 0x5e, 0x00]),
    Rgb([0x2e, 0x94, 0xb2]),
];

pub(super) const EMPTY_PRESENTATION_PROPERTIES: &str = "p:presentationPr";
pub(super) const EMPTY_VIEW_PROPERTIES: &str = "p:viewPr";

/// Returns a part without content.
pub(super) fn empty(root: &str) -> String {
    format!("{}<{root} {NAMESPACES}/>", start())
}

pub(super) fn table_styles() -> String {
    let start = start();
    format!(
        "{start}<a:tblStyleLst xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         def=\"{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}\"/>"
    )
}

/// Returns a theme with these colors, colors for emphasis, and typefaces of titles and of text.
pub(super) fn theme(colors: &DeckColors, own_accents: [Option<Rgb>; 6], typefaces: [&str; 2]) -> String {
    let mut out = start();
    out.push_str(
        "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Tieline\">\
         <a:themeElements><a:clrScheme name=\"Tieline\">",
    );
    // Dark and light are only names; the master decides which of them is the background.
    let (dark, light) = if colors.is_dark() {
        ([colors.background, colors.card], [colors.text, colors.muted])
    } else {
        ([colors.text, colors.muted], [colors.background, colors.card])
    };
    let pairs = [("dk1", dark[0]), ("lt1", light[0]), ("dk2", dark[1]), ("lt2", light[1])];
    let accents = ACCENTS.into_iter().zip(own_accents).map(|(plain, own)| own.unwrap_or(plain));
    let accents = (1..).zip(accents).map(|(number, color)| (format!("accent{number}"), color));
    let links = ["hlink", "folHlink"].map(|name| (name.to_owned(), colors.muted));
    let named = pairs.map(|(name, color)| (name.to_owned(), color)).into_iter().chain(accents).chain(links);
    for (name, color) in named {
        let _ = write!(out, "<a:{name}><a:srgbClr val=\"{}\"/></a:{name}>", hex(color));
    }
    out.push_str("</a:clrScheme><a:fontScheme name=\"Tieline\">");
    for (name, typeface) in ["majorFont", "minorFont"].into_iter().zip(typefaces) {
        let _ = write!(
            out,
            "<a:{name}><a:latin typeface=\"{}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{name}>",
            Escaped(typeface)
        );
    }
    out.push_str("</a:fontScheme><a:fmtScheme name=\"Tieline\"><a:fillStyleLst>");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    // Presentation programs repair files whose lists have fewer than three entries.
    out.push_str(&fill.repeat(3));
    out.push_str("</a:fillStyleLst><a:lnStyleLst>");
    for width in [6350, 12_700, 19_050] {
        let _ = write!(
            out,
            "<a:ln w=\"{width}\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">{fill}<a:prstDash val=\"solid\"/></a:ln>"
        );
    }
    out.push_str("</a:lnStyleLst><a:effectStyleLst>");
    out.push_str(&"<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3));
    out.push_str("</a:effectStyleLst><a:bgFillStyleLst>");
    out.push_str(&fill.repeat(3));
    out.push_str(
        "</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>",
    );
    out
}

/// Returns the default text properties of one level.
fn level(number: usize, font: &str, size: u32) -> String {
    format!(
        "<a:lvl{number}pPr marL=\"0\" indent=\"0\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" \
         hangingPunct=\"1\"><a:defRPr sz=\"{size}\" kern=\"1200\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>\
         <a:latin typeface=\"+{font}-lt\"/><a:ea typeface=\"+{font}-ea\"/><a:cs typeface=\"+{font}-cs\"/></a:defRPr>\
         </a:lvl{number}pPr>"
    )
}

fn levels(size: u32) -> String {
    (1..=9).map(|number| level(number, "mn", size)).collect()
}

fn color_map(is_dark: bool) -> String {
    let (background, text) = if is_dark { ("dk", "lt") } else { ("lt", "dk") };
    format!(
        "<p:clrMap bg1=\"{background}1\" tx1=\"{text}1\" bg2=\"{background}2\" tx2=\"{text}2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" \
         hlink=\"hlink\" folHlink=\"folHlink\"/>"
    )
}

/// Returns the title placeholder of master and layout; `properties` has its place and text properties, or nothing.
fn title_placeholder(place: &str, properties: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title 1\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>\
         <p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr>{place}<p:txBody>{properties}<a:lstStyle/>\
         <a:p><a:r><a:rPr lang=\"en-US\"/><a:t>Title</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

/// Returns the slide master for slides of this size in EMU.
pub(super) fn slide_master(colors: &DeckColors, [width, height]: [i64; 2]) -> String {
    let margin = width / 37;
    let title = title_placeholder(
        &format!(
            "<p:spPr><a:xfrm><a:off x=\"{margin}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>",
            height / 22,
            width - 2 * margin,
            height / 14
        ),
        "<a:bodyPr vert=\"horz\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\" anchor=\"ctr\"><a:normAutofit/></a:bodyPr>",
    );
    format!(
        "{}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>\
         <a:effectLst/></p:bgPr></p:bg><p:spTree>{TREE_ROOT}{title}</p:spTree></p:cSld>{}<p:sldLayoutIdLst>\
         <p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>{}</p:titleStyle>\
         <p:bodyStyle>{}</p:bodyStyle><p:otherStyle>{}</p:otherStyle></p:txStyles></p:sldMaster>",
        start(),
        color_map(colors.is_dark()),
        level(1, "mj", 2100),
        levels(1200),
        levels(1200)
    )
}

/// Returns the layout of all slides: a title, and room.
pub(super) fn slide_layout() -> String {
    format!(
        "{}<p:sldLayout {NAMESPACES} type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Title only\"><p:spTree>{TREE_ROOT}{}\
         </p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
        start(),
        title_placeholder("<p:spPr/>", "<a:bodyPr/>")
    )
}

/// Returns the placeholder of the slide's image on a page of notes.
fn slide_image(place: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide Image Placeholder 1\"/><p:cNvSpPr>\
         <a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/>\
         </p:nvPr></p:nvSpPr>{place}</p:sp>"
    )
}

/// Returns the start of the placeholder of the notes, up to its place.
const NOTES_BODY: &str = "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes Placeholder 2\"/><p:cNvSpPr>\
    <a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/></p:nvPr></p:nvSpPr>";

/// Returns the master of notes, whose paper is A4-like and upright, with an image of this aspect ratio.
pub(super) fn notes_master([width, height]: [i64; 2]) -> String {
    const IMAGE_WIDTH: i64 = 5_486_400;
    let image_height = (IMAGE_WIDTH * height / width.max(1)).clamp(1_000_000, 3_200_000);
    let image_width = (image_height * width / height.max(1)).min(IMAGE_WIDTH);
    let image = slide_image(&format!(
        "<p:spPr><a:xfrm><a:off x=\"685800\" y=\"914400\"/><a:ext cx=\"{image_width}\" cy=\"{image_height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"12700\"><a:solidFill>\
         <a:prstClr val=\"black\"/></a:solidFill></a:ln></p:spPr>"
    ));
    format!(
        "{}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>\
         <p:spTree>{TREE_ROOT}{image}{NOTES_BODY}<p:spPr><a:xfrm><a:off x=\"685800\" y=\"4400550\"/>\
         <a:ext cx=\"5486400\" cy=\"3600450\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>\
         <p:txBody><a:bodyPr vert=\"horz\" lIns=\"91440\" tIns=\"45720\" rIns=\"91440\" bIns=\"45720\" rtlCol=\"0\"/>\
         <a:lstStyle/><a:p><a:pPr lvl=\"0\"/><a:r><a:rPr lang=\"en-US\"/><a:t>Notes</a:t></a:r></a:p></p:txBody></p:sp>\
         </p:spTree></p:cSld>{}<p:notesStyle>{}</p:notesStyle></p:notesMaster>",
        start(),
        color_map(false),
        levels(1200)
    )
}

/// Returns the notes of a slide, one paragraph a line.
pub(in crate::export::pptx) fn notes_slide(text: &str, language: &str) -> String {
    let mut out = start();
    let _ = write!(
        out,
        "<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_ROOT}{}{NOTES_BODY}<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>",
        slide_image("<p:spPr/>")
    );
    let language = Escaped(language);
    for line in text.trim_end().split('\n') {
        if line.is_empty() {
            out.push_str("<a:p/>");
        } else {
            let line = Escaped(line);
            let _ = write!(out, "<a:p><a:r><a:rPr lang=\"{language}\" noProof=\"1\"/><a:t>{line}</a:t></a:r></a:p>");
        }
    }
    out.push_str("</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>");
    out
}

/// Returns the main part. Slides are related as `rId2` and following, the master of notes as the next.
pub(super) fn presentation([width, height]: [i64; 2], slides: usize) -> String {
    let mut out = start();
    let _ = write!(
        out,
        "<p:presentation {NAMESPACES} saveSubsetFonts=\"1\" autoCompressPictures=\"0\"><p:sldMasterIdLst>\
         <p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst>\
         <p:notesMasterId r:id=\"rId{}\"/></p:notesMasterIdLst><p:sldIdLst>",
        slides + 2
    );
    for index in 0..slides {
        let _ = write!(out, "<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + index, index + 2);
    }
    let is_classic = [width, height] == [9_144_000, 6_858_000];
    let _ = write!(
        out,
        "</p:sldIdLst><p:sldSz cx=\"{width}\" cy=\"{height}\"{}/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>\
         <p:defaultTextStyle>{}</p:defaultTextStyle></p:presentation>",
        if is_classic { " type=\"screen4x3\"" } else { "" },
        levels(1800)
    );
    out
}

/// Returns title, description, authors and language; no time, so that the same map gives the same bytes.
pub(super) fn core_properties(captions: &crate::export::Captions) -> String {
    let mut out = start();
    out.push_str(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">",
    );
    let _ = write!(out, "<dc:title>{}</dc:title>", Escaped(&captions.title));
    let creator = if captions.authors.is_empty() { "Tieline".to_owned() } else { captions.authors.join("; ") };
    let _ = write!(out, "<dc:creator>{}</dc:creator>", Escaped(&creator));
    if !captions.description.is_empty() {
        let _ = write!(out, "<dc:description>{}</dc:description>", Escaped(&captions.description));
    }
    if let Some(language) = &captions.language {
        let _ = write!(out, "<dc:language>{}</dc:language>", Escaped(language));
    }
    out.push_str("</cp:coreProperties>");
    out
}

pub(super) fn extended_properties() -> String {
    format!(
        "{}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Tieline</Application></Properties>",
        start()
    )
}
