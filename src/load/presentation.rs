//! Reads what Tieline needs of PowerPoint files: the objects of slides, to say what has changed since, and the colors and
//! fonts of a theme. The files are untrusted; everything else in them is skipped.

use super::table::{XmlNode, XmlReader, attribute, is_end_of, local_name, read_parts};
use crate::hidden_characters::visible;
use crate::model::Rgb;

/// Why a presentation can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {remedy}")]
pub struct PresentationError {
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub remedy: &'static str,
}

/// What a slide shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlideOutline {
    /// Its title; may be empty.
    pub title: String,
    /// Name, description, place and words of every object, in no particular form.
    pub objects: Vec<String>,
}

/// Colors and fonts of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeStyle {
    /// First and second dark color.
    pub dark: [Option<Rgb>; 2],
    /// First and second light color.
    pub light: [Option<Rgb>; 2],
    /// Colors for emphasis, in order.
    pub accents: [Option<Rgb>; 6],
    /// Typeface of headings.
    pub heading_font: Option<String>,
    /// Typeface of text.
    pub text_font: Option<String>,
}

/// Longest name of a typeface, in characters.
const MAX_NAME: usize = 100;

/// Returns the slides of a presentation, in the order of their parts.
///
/// # Errors
///
/// When the file is no presentation, or damaged.
pub fn read_slides(bytes: &[u8]) -> Result<Vec<SlideOutline>, PresentationError> {
    let mut parts = parts(bytes, |name| slide_number(name).is_some())?;
    parts.sort_by_key(|(name, _)| slide_number(name));
    if parts.is_empty() {
        return Err(no_presentation());
    }
    Ok(parts.iter().map(|(_, text)| outline(text)).collect())
}

/// Returns colors and fonts of a presentation, a template or a theme: of the first theme in it.
///
/// # Errors
///
/// When the file has no theme, or is damaged.
pub fn read_theme(bytes: &[u8]) -> Result<ThemeStyle, PresentationError> {
    // The numbers of themes begin with 1 in presentations; a theme file has but one, in another folder.
    let is_theme = |name: &str| {
        let name = name.to_ascii_lowercase();
        let name = name.rsplit_once("theme/theme/").map_or(&*name, |(_, rest)| rest);
        matches!(name, "ppt/theme/theme1.xml" | "theme1.xml" | "theme.xml")
    };
    let found = parts(bytes, is_theme)?;
    let style = found.first().map(|(_, text)| theme_style(text));
    style.filter(|style| *style != ThemeStyle::default()).ok_or(PresentationError {
        message: "it has no theme with colors or fonts".to_owned(),
        remedy: "choose a .potx, .thmx or .pptx file",
    })
}

fn parts(bytes: &[u8], is_wanted: impl Fn(&str) -> bool) -> Result<Vec<(String, String)>, PresentationError> {
    if !bytes.starts_with(b"PK") {
        return Err(no_presentation());
    }
    read_parts(bytes, is_wanted).map_err(|(message, remedy)| PresentationError { message, remedy })
}

fn no_presentation() -> PresentationError {
    let message = "it is not a PowerPoint file".to_owned();
    PresentationError { message, remedy: "choose a .pptx, .potx or .thmx file" }
}

/// Returns the number of a slide by the name of its part.
fn slide_number(name: &str) -> Option<u32> {
    name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse().ok()
}

fn outline(xml: &str) -> SlideOutline {
    let mut slide = SlideOutline::default();
    let mut reader = XmlReader::new(xml);
    let (mut is_title, mut is_text) = (false, false);
    while let Ok(node) = reader.next() {
        match node {
            XmlNode::Open(start) => match local_name(&start) {
                "cNvPr" => {
                    is_title = false;
                    let [name, description] =
                        ["name", "descr"].map(|field| attribute(&start, field).unwrap_or_default());
                    slide.objects.push(format!("{name}|{description}"));
                }
                "ph" => is_title = attribute(&start, "type").is_some_and(|kind| kind == "title" || kind == "ctrTitle"),
                field @ ("off" | "ext") => {
                    let [x, y] = if field == "off" { ["x", "y"] } else { ["cx", "cy"] };
                    let sides = [x, y].map(|side| attribute(&start, side).unwrap_or_default());
                    if let Some(object) = slide.objects.last_mut()
                        && !sides[0].is_empty()
                    {
                        object.extend(["|", &sides[0], " ", &sides[1]]);
                    }
                }
                "t" => {
                    is_text = true;
                    slide.objects.last_mut().into_iter().for_each(|object| object.push('|'));
                }
                _ => {}
            },
            XmlNode::Close(end) if is_end_of(&end, "t") => is_text = false,
            XmlNode::Text(text) if is_text => {
                slide.objects.last_mut().into_iter().for_each(|object| object.push_str(&text));
                if is_title {
                    slide.title.push_str(&text);
                }
            }
            XmlNode::Close(_) | XmlNode::Text(_) => {}
            XmlNode::End => break,
        }
    }
    slide
}

fn theme_style(xml: &str) -> ThemeStyle {
    let mut style = ThemeStyle::default();
    let mut reader = XmlReader::new(xml);
    let mut slot: Option<String> = None;
    let mut font: Option<bool> = None;
    while let Ok(node) = reader.next() {
        let start = match node {
            XmlNode::Open(start) => start,
            XmlNode::Close(end) if is_end_of(&end, "majorFont") || is_end_of(&end, "minorFont") => {
                font = None;
                continue;
            }
            // What follows the scheme of fonts is about shapes.
            XmlNode::Close(end) if is_end_of(&end, "fontScheme") => break,
            XmlNode::Close(_) | XmlNode::Text(_) => continue,
            XmlNode::End => break,
        };
        match local_name(&start) {
            name @ ("dk1" | "dk2" | "lt1" | "lt2" | "accent1" | "accent2" | "accent3" | "accent4" | "accent5"
            | "accent6" | "hlink" | "folHlink") => slot = Some(name.to_owned()),
            kind @ ("srgbClr" | "sysClr") => {
                let field = if kind == "srgbClr" { "val" } else { "lastClr" };
                let color = attribute(&start, field).and_then(|digits| Rgb::parse(&format!("#{digits}")));
                set_color(&mut style, slot.as_deref(), color);
            }
            "majorFont" => font = Some(true),
            "minorFont" => font = Some(false),
            "latin" => {
                let name = attribute(&start, "typeface").and_then(|name| font_name(&name));
                match font {
                    Some(true) if style.heading_font.is_none() => style.heading_font = name,
                    Some(false) if style.text_font.is_none() => style.text_font = name,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    style
}

/// Sets the color of a place that has none yet.
fn set_color(style: &mut ThemeStyle, slot: Option<&str>, color: Option<Rgb>) {
    let place = match slot {
        Some("dk1") => &mut style.dark[0],
        Some("dk2") => &mut style.dark[1],
        Some("lt1") => &mut style.light[0],
        Some("lt2") => &mut style.light[1],
        Some(accent) => {
            let number = accent.strip_prefix("accent").and_then(|number| number.parse::<usize>().ok());
            let Some(place) = number.and_then(|number| style.accents.get_mut(number - 1)) else { return };
            place
        }
        None => return,
    };
    if place.is_none() {
        *place = color;
    }
}

/// Returns the name of a typeface; `None` for the theme's own, and for what can't be one.
fn font_name(name: &str) -> Option<String> {
    let name = visible(name.trim()).into_owned();
    let is_name = !name.is_empty() && !name.starts_with('+') && name.chars().count() <= MAX_NAME;
    is_name.then_some(name)
}
