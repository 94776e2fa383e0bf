//! Writes scenes as the pages of a PDF: vector shapes, selectable text in embedded fonts, links to the sources, and
//! tags for screen readers.
//!
//! The file contains no creation date, path or user name: the same scenes give the same bytes.

mod glyphs;
mod tags;

use std::collections::BTreeMap;

use emath::{Pos2, Rect, vec2};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Stroke as PdfStroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::TagTree;
use krilla::text::Font;
use krilla::{Document, SerializeSettings};

use super::{Captions, ExportError, path};
use crate::model::Rgb;
use crate::scene::{Paint, Part, Scene, SceneItem, Shape, Stroke};
use crate::text::{Face, FontId, Fonts, PathSegment, Text};
use crate::wording::is_openable;
use tags::PageTags;

/// [`path::ROUND`] to six digits; more digits would change the bytes of every PDF.
const ROUND: f32 = 0.552_285;

/// The version of the files. From 1.6 on, tagged files state `/Suspects false`, which is valid, but which many
/// versions of poppler report as a syntax error; the pages use nothing that is newer than 1.5.
const VERSION: PdfVersion = PdfVersion::Pdf15;

/// Writes one page per scene, as large as its bounds; a world unit is `points` PDF points long.
///
/// # Errors
///
/// When a page has no area, a font can't be embedded, or a limit of the format is exceeded.
pub fn write_pdf(
    pages: &[Scene],
    fonts: &Fonts,
    points: f32,
    background: Option<Rgb>,
    captions: &Captions,
) -> Result<Vec<u8>, ExportError> {
    let configuration = ConfigurationBuilder::new().with_version(VERSION).finish();
    let configuration = configuration.map_err(|error| ExportError::Pdf(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(captions));
    let mut writer = PdfWriter { fonts, embedded: BTreeMap::new() };
    let mut tree = TagTree::new().with_lang(captions.language.clone());
    for scene in pages {
        let size = scene.bounds.size() * points;
        let settings = PageSettings::from_wh(size.x, size.y)
            .ok_or(ExportError::Size { width_px: scene.bounds.width(), height_px: scene.bounds.height() })?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let offset = -scene.bounds.min.to_vec2() * points;
        surface.push_transform(&Transform::from_row(points, 0.0, 0.0, points, offset.x, offset.y));
        if let Some(color) = background {
            tags::start_decoration(&mut surface);
            draw(&mut surface, rect_path(scene.bounds, 0.0), Some(Paint { color, opacity: 1.0 }), None);
            surface.end_tagged();
        }
        let mut tags = PageTags::default();
        for item in scene.items.iter().filter(|item| item.min_scale <= 1.0) {
            let link = link(item, scene.bounds, points, captions);
            tags.draw(&mut surface, item, link, |surface, shape| writer.shape(surface, shape))?;
        }
        surface.pop();
        surface.finish();
        tags.finish(&mut page, &mut tree, captions);
        page.finish();
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|error| ExportError::Pdf(error.to_string()))
}

fn metadata(captions: &Captions) -> Metadata {
    let mut metadata = Metadata::new().title(captions.title.clone()).creator("Tieline".to_owned());
    if !captions.authors.is_empty() {
        metadata = metadata.authors(captions.authors.clone());
    }
    if !captions.description.is_empty() {
        metadata = metadata.description(captions.description.clone());
    }
    match captions.language.clone() {
        Some(language) => metadata.language(language),
        None => metadata,
    }
}

/// Returns the link from a source's entry to its address, or `None` if the address must not be opened.
fn link(item: &SceneItem, page: Rect, points: f32, captions: &Captions) -> Option<LinkAnnotation> {
    let Part::Source(source) = item.part else { return None };
    let url = captions.links.get(&source).filter(|url| is_openable(url))?;
    let area = item.shapes.iter().map(Shape::bounds).reduce(Rect::union)?;
    let (min, max) = ((area.min - page.min) * points, (area.max - page.min) * points);
    let area = krilla::geom::Rect::from_ltrb(min.x, min.y, max.x, max.y)?;
    Some(LinkAnnotation::new(area, Target::Action(Action::Link(LinkAction::new(ascii_address(url))))))
}

/// Percent-encodes all bytes that are not graphic ASCII, as PDF requires.
fn ascii_address(url: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            text.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// Fonts shared by all pages.
struct PdfWriter<'a> {
    fonts: &'a Fonts,
    embedded: BTreeMap<FontId, Font>,
}

impl PdfWriter<'_> {
    fn shape(&mut self, surface: &mut Surface<'_>, shape: &Shape) -> Result<(), ExportError> {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                draw(surface, rect_path(*rect, *radius), *fill, stroke.as_ref());
            }
            Shape::Curve { pieces, stroke } => draw(surface, path_of(path::curve(pieces)), None, Some(stroke)),
            Shape::Polygon { points, fill, stroke } => {
                draw(surface, path_of(path::polygon(points)), *fill, stroke.as_ref());
            }
            Shape::Region { rings, fill, stroke } => {
                let path = path_of(rings.iter().flat_map(|ring| path::polygon(ring)));
                draw_by_rule(surface, path, *fill, stroke.as_ref(), FillRule::EvenOdd);
            }
            Shape::Segments { lines, paint, width } => {
                let stroke = Stroke { paint: *paint, width: *width, dashes: Vec::new() };
                for [from, to] in lines {
                    let path = path_of([PathSegment::Move(*from), PathSegment::Line(*to)]);
                    draw(surface, path, None, Some(&stroke));
                }
            }
            Shape::Dots { dots, fill, rim } => dots_of(surface, dots, *fill, *rim),
            Shape::Halo { pos, text, paint, width } => self.halo(surface, *pos, text, (*paint, *width)),
            Shape::Text { pos, text, paint } => self.text(surface, *pos, text, *paint)?,
        }
        Ok(())
    }

    fn text(&mut self, surface: &mut Surface<'_>, pos: Pos2, text: &Text, paint: Paint) -> Result<(), ExportError> {
        surface.set_fill(Some(fill_of(paint)));
        surface.set_stroke(None);
        for line in &text.lines {
            let start = Point::from_xy(pos.x + line.left, pos.y + line.baseline);
            for run in line.runs.iter().filter(|run| !run.glyphs.is_empty()) {
                let font = self.font(run.font)?;
                // Icons have no text to select or read aloud.
                let is_sign = text.style.face == Face::Icon;
                glyphs::draw_run(surface, start, run, &line.text, font, text.style.size, is_sign);
            }
        }
        Ok(())
    }

    fn halo(&self, surface: &mut Surface<'_>, pos: Pos2, text: &Text, (paint, width): (Paint, f32)) {
        surface.set_fill(None);
        let stroke = Stroke { paint, width: 2.0 * width, dashes: Vec::new() };
        surface.set_stroke(Some(PdfStroke { line_join: LineJoin::Round, ..stroke_of(&stroke) }));
        for line in &text.lines {
            let start = pos + vec2(line.left, line.baseline);
            let glyphs = line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| (run.font, glyph)));
            let steps = glyphs.flat_map(|(font, glyph)| {
                let origin = start + vec2(glyph.x, glyph.y);
                let outline = self.fonts.outline(font, glyph.id, text.style.size);
                (0..outline.len()).map(move |index| outline[index].map(|point| origin + point.to_vec2()))
            });
            if let Some(path) = path_of(steps) {
                surface.draw_path(&path);
            }
        }
    }

    fn font(&mut self, id: FontId) -> Result<Font, ExportError> {
        if let Some(font) = self.embedded.get(&id) {
            return Ok(font.clone());
        }
        let file = self.fonts.font_file(id);
        let font = file.and_then(|file| Font::new(file.bytes.into(), file.index));
        let font = font.ok_or_else(|| ExportError::Pdf("a font could not be read".to_owned()))?;
        self.embedded.insert(id, font.clone());
        Ok(font)
    }
}

fn draw(surface: &mut Surface<'_>, path: Option<Path>, fill: Option<Paint>, stroke: Option<&Stroke>) {
    draw_by_rule(surface, path, fill, stroke, FillRule::default());
}

fn dots_of(surface: &mut Surface<'_>, dots: &[(Pos2, f32)], fill: Option<Paint>, rim: Option<(Paint, f32)>) {
    let width = rim.map_or(0.0, |(_, width)| width);
    let stroke = rim.map(|(paint, width)| Stroke { paint, width, dashes: Vec::new() });
    for &(center, radius) in dots {
        // The stroke lies on the edge of a circle, the rim outside the dot.
        let radius = radius + width / 2.0;
        let square = Rect::from_center_size(center, vec2(2.0 * radius, 2.0 * radius));
        draw(surface, rect_path(square, radius), fill, stroke.as_ref());
    }
}

fn draw_by_rule(
    surface: &mut Surface<'_>,
    path: Option<Path>,
    fill: Option<Paint>,
    stroke: Option<&Stroke>,
    rule: FillRule,
) {
    let Some(path) = path.filter(|_| fill.is_some() || stroke.is_some()) else { return };
    surface.set_fill(fill.map(|fill| Fill { rule, ..fill_of(fill) }));
    surface.set_stroke(stroke.map(stroke_of));
    surface.draw_path(&path);
}

fn color_of(color: Rgb) -> rgb::Color {
    let Rgb([red, green, blue]) = color;
    rgb::Color::new(red, green, blue)
}

fn opacity_of(paint: Paint) -> NormalizedF32 {
    NormalizedF32::new(paint.opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

fn fill_of(paint: Paint) -> Fill {
    Fill { paint: color_of(paint.color).into(), opacity: opacity_of(paint), ..Fill::default() }
}

fn stroke_of(stroke: &Stroke) -> PdfStroke {
    let dash = (!stroke.dashes.is_empty()).then(|| StrokeDash { array: stroke.dashes.clone(), offset: 0.0 });
    let (paint, opacity) = (color_of(stroke.paint.color).into(), opacity_of(stroke.paint));
    // The default miter limit of SVG.
    PdfStroke { paint, opacity, width: stroke.width, dash, miter_limit: 4.0, ..PdfStroke::default() }
}

fn path_of(steps: impl IntoIterator<Item = PathSegment>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match step {
            PathSegment::Move(a) => path.move_to(a.x, a.y),
            PathSegment::Line(a) => path.line_to(a.x, a.y),
            PathSegment::Quad(a, b) => path.quad_to(a.x, a.y, b.x, b.y),
            PathSegment::Cubic(a, b, c) => path.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y),
            PathSegment::Close => path.close(),
        }
    }
    path.finish()
}

fn rect_path(rect: Rect, radius: f32) -> Option<Path> {
    let round = radius.min(rect.width() / 2.0).min(rect.height() / 2.0).max(0.0);
    if round > 0.0 {
        return path_of(path::rounded_rect(rect, round, ROUND));
    }
    let mut path = PathBuilder::new();
    path.push_rect(krilla::geom::Rect::from_ltrb(rect.left(), rect.top(), rect.right(), rect.bottom())?);
    path.finish()
}

#[cfg(test)]
mod tests {
    use emath::{pos2, vec2};

    use super::*;

    fn page(text: &str, fonts: &Fonts) -> Scene {
        let style = crate::text::Style { face: Face::Regular, size: 20.0 };
        let text = fonts.shape(text, style, None, None);
        let paint = Paint { color: Rgb([0; 3]), opacity: 1.0 };
        let shapes = vec![Shape::Text { pos: pos2(10.0, 10.0), text, paint }];
        let item = SceneItem { part: Part::Source(crate::model::SourceId(0)), min_scale: 0.0, shapes };
        let bounds = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 200.0));
        Scene { items: vec![std::sync::Arc::new(item)], bounds, background: Rgb([255; 3]) }
    }

    fn contains(bytes: &[u8], part: &str) -> bool {
        bytes.windows(part.len()).any(|window| window == part.as_bytes())
    }

    #[test]
    fn pages_are_as_large_as_asked_and_tell_no_time() {
        let fonts = Fonts::new();
        let scene = page("Alder Bank", &fonts);
        let write = || write_pdf(&[scene.clone(), scene.clone()], &fonts, 0.5, None, &Captions::titled("A & B"));
        let bytes = write().expect("written");
        assert!(bytes.starts_with(b"%PDF-") && contains(&bytes, "/MediaBox[0 0 200 100]"));
        assert!(contains(&bytes, "/Count 2/") && !contains(&bytes, "CreationDate") && !contains(&bytes, "CreateDate"));
        assert_eq!(bytes, write().expect("written again"));
    }

    #[test]
    fn only_web_addresses_become_links() {
        let fonts = Fonts::new();
        let scene = [page("[1] Source", &fonts)];
        let linked = |url: &str| {
            let links = [(crate::model::SourceId(0), url.to_owned())].into();
            let captions = Captions { links, ..Captions::default() };
            write_pdf(&scene, &fonts, 1.0, None, &captions).expect("written")
        };
        assert!(contains(&linked("https://example.org/a"), "(https://example.org/a)"));
        assert!(contains(&linked("https://example.org/ü"), "example.org/%C3%BC"));
        for url in ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "mailto:x@example.org"] {
            assert!(!contains(&linked(url), "/URI"), "{url}");
        }
    }
}
