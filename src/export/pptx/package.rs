//! The package of a presentation: its parts, their content types and relationships.

mod parts;

pub(super) use self::parts::notes_slide;

use std::fmt::Write as _;
use std::io;

use super::deck::{Deck, DeckColors};
use super::markup;
use super::relationships::Relationships;
use crate::zip::ZipWriter;

/// Content types by the start of a part's path, without the numbers.
const CONTENT_TYPES: [(&str, &str); 12] = [
    ("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.presentation.main"),
    ("ppt/slideMasters/", "openxmlformats-officedocument.presentationml.slideMaster"),
    ("ppt/slideLayouts/", "openxmlformats-officedocument.presentationml.slideLayout"),
    ("ppt/slides/", "openxmlformats-officedocument.presentationml.slide"),
    ("ppt/notesMasters/", "openxmlformats-officedocument.presentationml.notesMaster"),
    ("ppt/notesSlides/", "openxmlformats-officedocument.presentationml.notesSlide"),
    ("ppt/presProps.xml", "openxmlformats-officedocument.presentationml.presProps"),
    ("ppt/viewProps.xml", "openxmlformats-officedocument.presentationml.viewProps"),
    ("ppt/tableStyles.xml", "openxmlformats-officedocument.presentationml.tableStyles"),
    ("ppt/theme/", "openxmlformats-officedocument.theme"),
    ("docProps/core.xml", "openxmlformats-package.core-properties"),
    ("docProps/app.xml", "openxmlformats-officedocument.extended-properties"),
];
/// Content types of pictures by their ending.
const PICTURE_TYPES: [(&str, &str); 2] = [("png", "image/png"), ("svg", "image/svg+xml")];

/// A slide ready to be stored.
pub(super) struct SlideParts {
    pub(super) xml: String,
    pub(super) relationships: Relationships,
    /// The part with its notes.
    pub(super) notes: Option<String>,
}

/// The parts of a package in the order in which they are stored.
#[derive(Default)]
struct Package {
    parts: Vec<(String, Vec<u8>)>,
    pictures: usize,
}

impl Package {
    fn add(&mut self, path: &str, xml: String) {
        self.parts.push((path.to_owned(), xml.into_bytes()));
    }

    /// Adds a part and its relationships; pictures among them are stored after it.
    fn add_related(&mut self, path: &str, xml: String, mut relationships: Relationships) {
        self.add(path, xml);
        let mut pictures = Vec::new();
        let first = self.pictures;
        relationships.store_pictures(|ending, bytes| {
            let name = format!("image{}.{ending}", first + pictures.len() + 1);
            pictures.push((format!("ppt/media/{name}"), bytes));
            format!("../media/{name}")
        });
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.add(&format!("{folder}/_rels/{name}.rels"), relationships.xml());
        self.pictures += pictures.len();
        self.parts.extend(pictures);
    }

    fn content_types(&self) -> String {
        let mut out = markup::start();
        out.push_str("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        out.push_str(
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
        );
        for (ending, kind) in PICTURE_TYPES {
            if self.parts.iter().any(|(path, _)| path.rsplit_once('.').is_some_and(|(_, own)| own == ending)) {
                let _ = write!(out, "<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
            }
        }
        for (path, _) in self.parts.iter().filter(|(path, _)| !path.contains("_rels/")) {
            if let Some((_, kind)) = CONTENT_TYPES.iter().find(|(start, _)| path.starts_with(start)) {
                let _ = write!(out, "<Override PartName=\"/{path}\" ContentType=\"application/vnd.{kind}+xml\"/>");
            }
        }
        out.push_str("</Types>");
        out
    }

    fn into_bytes(self) -> io::Result<Vec<u8>> {
        let mut zip = ZipWriter::default();
        zip.add("[Content_Types].xml", self.content_types().as_bytes())?;
        for (path, content) in &self.parts {
            zip.add(path, content)?;
        }
        zip.finish()
    }
}

/// Returns the bytes of the file.
pub(super) fn write(deck: &Deck<'_>, size: [i64; 2], slides: Vec<SlideParts>) -> io::Result<Vec<u8>> {
    let mut package = Package::default();
    let root = Relationships::to(&[
        ("officeDocument", "ppt/presentation.xml"),
        ("metadata/core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
    ]);
    package.add("_rels/.rels", root.xml());
    package.add("docProps/core.xml", parts::core_properties(deck.captions));
    package.add("docProps/app.xml", parts::extended_properties());

    let paths: Vec<String> = (1..=slides.len()).map(|number| format!("slides/slide{number}.xml")).collect();
    let related: Vec<(&str, &str)> = std::iter::once(("slideMaster", "slideMasters/slideMaster1.xml"))
        .chain(paths.iter().map(|path| ("slide", path.as_str())))
        .chain([
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ])
        .collect();
    package.add_related("ppt/presentation.xml", parts::presentation(size, slides.len()), Relationships::to(&related));
    let related = [("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")];
    package.add_related(
        "ppt/slideMasters/slideMaster1.xml",
        parts::slide_master(&deck.colors, size),
        Relationships::to(&related),
    );
    let related = [("slideMaster", "../slideMasters/slideMaster1.xml")];
    package.add_related("ppt/slideLayouts/slideLayout1.xml", parts::slide_layout(), Relationships::to(&related));
    let typefaces = [deck.heading_typeface, deck.typeface];
    let accents = deck.house_style.map_or([None; 6], |style| style.accents);
    let DeckColors { background, text, muted, card } = deck.colors;
    let [background, text, muted, card] = deck
        .house_style
        .map_or([background, text, muted, card], |style| style.main_colors([background, text, muted, card]));
    let colors = DeckColors { background, text, muted, card };
    package.add("ppt/theme/theme1.xml", parts::theme(&colors, accents, typefaces));
    package.add_related(
        "ppt/notesMasters/notesMaster1.xml",
        parts::notes_master(size),
        Relationships::to(&[("theme", "../theme/theme2.xml")]),
    );
    // Notes are printed on white. A theme must not be shared between masters.
    package.add("ppt/theme/theme2.xml", parts::theme(&DeckColors::PAPER, accents, typefaces));
    package.add("ppt/presProps.xml", parts::empty(parts::EMPTY_PRESENTATION_PROPERTIES));
    package.add("ppt/viewProps.xml", parts::empty(parts::EMPTY_VIEW_PROPERTIES));
    package.add("ppt/tableStyles.xml", parts::table_styles());
    for (number, slide) in (1..).zip(slides) {
        package.add_related(&format!("ppt/slides/slide{number}.xml"), slide.xml, slide.relationships);
        if let Some(notes) = slide.notes {
            let own = format!("../slides/slide{number}.xml");
            let related = [("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", own.as_str())];
            let path = format!("ppt/notesSlides/notesSlide{number}.xml");
            package.add_related(&path, notes, Relationships::to(&related));
        }
    }
    package.into_bytes()
}
