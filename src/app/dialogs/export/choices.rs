//! The export settings that are remembered, with their names in the settings file and in the window.

use serde::{Deserialize, Serialize};

use crate::export::animation::AnimationSize;
use crate::export::pptx::{DEFAULT_TYPEFACE, SlideContent};
use crate::export::svg::TextMode;
use crate::model::{LabelMode, Redaction};
use crate::publish::{Citations, Format, PageParts, PictureOptions, Preset, Resolution, Scope, Tone};
use crate::scene::Ground;

use super::fit::Fit;

/// A value chosen from a short list.
pub(crate) trait ExportChoice: Copy + PartialEq + 'static {
    /// All values in display order, each with its word in the settings file and its label.
    const ALL: &'static [(Self, &'static str, &'static str)];

    /// Returns the word used in the settings file.
    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(value, ..)| *value == self).map_or("", |(_, word, _)| word)
    }

    /// Returns the label shown in the window.
    fn label(self) -> &'static str {
        Self::ALL.iter().find(|(value, ..)| *value == self).map_or("", |(.., label)| label)
    }

    /// Returns the value with this word in the settings file.
    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(value, ..)| *value)
    }
}

impl ExportChoice for Format {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Png, "png", "PNG"),
        (Self::Svg, "svg", "SVG"),
        (Self::Pdf, "pdf", "PDF"),
        (Self::Html, "html", "HTML"),
        (Self::Pptx, "pptx", "PowerPoint"),
        (Self::Gif, "gif", "GIF"),
        (Self::Apng, "apng", "APNG"),
    ];
}

impl ExportChoice for Preset {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Slide16x9, "slide-16x9", "Slide 16:9"),
        (Self::Slide16x9At4k, "slide-16x9-4k", "Slide 16:9, 4K"),
        (Self::Slide4x3, "slide-4x3", "Slide 4:3"),
        (Self::A4, "a4", "A4 upright"),
        (Self::A4Landscape, "a4-landscape", "A4 landscape"),
        (Self::Letter, "letter", "Letter upright"),
        (Self::LetterLandscape, "letter-landscape", "Letter landscape"),
        (Self::Square, "square", "Square post"),
        (Self::Screen, "screen", "Screen 1440 × 900"),
    ];
}

impl ExportChoice for Resolution {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::OfPage, "page", "As the page asks"),
        (Self::Scale(1.0), "1x", "1 ×"),
        (Self::Scale(2.0), "2x", "2 ×"),
        (Self::Scale(3.0), "3x", "3 ×"),
        (Self::Scale(4.0), "4x", "4 ×"),
        (Self::Scale(6.0), "6x", "6 ×"),
        (Self::Scale(8.0), "8x", "8 ×"),
        (Self::Dpi(150.0), "150dpi", "150 dpi"),
        (Self::Dpi(300.0), "300dpi", "300 dpi"),
        (Self::Dpi(600.0), "600dpi", "600 dpi"),
    ];
}

impl ExportChoice for AnimationSize {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Fitting, "fitting", "Small enough for chats"),
        (Self::Longest(1_920), "1920", "Large"),
        (Self::Longest(1_280), "1280", "Medium"),
        (Self::Longest(640), "640", "Small"),
    ];
}

impl ExportChoice for Tone {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Light, "light", "Light"), (Self::Dark, "dark", "Dark")];
}

impl ExportChoice for Ground {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Own, "theme", "Theme"), (Self::White, "white", "White"), (Self::Any, "transparent", "Transparent")];
}

impl ExportChoice for Citations {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::None, "none", "None"), (Self::Numbers, "numbers", "Numbers"), (Self::Full, "full", "Full")];
}

impl ExportChoice for TextMode {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Paths, "paths", "Outlines"), (Self::Fonts, "fonts", "Fonts")];
}

impl ExportChoice for SlideContent {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Shapes, "shapes", "Shapes and text"), (Self::Picture, "picture", "Picture")];
}

impl ExportChoice for Option<LabelMode> {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (None, "canvas", "As on the canvas"),
        (Some(LabelMode::All), "all", "All"),
        (Some(LabelMode::Important), "important", "The more important half"),
        (Some(LabelMode::Numbers), "numbers", "Citation numbers alone"),
        (Some(LabelMode::None), "none", "None"),
    ];
}

/// The remembered export settings. Scope and redaction are left out, because they are reset for each export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Record", into = "Record")]
pub(crate) struct ExportChoices {
    pub(crate) format: Format,
    pub(crate) preset: Preset,
    /// Resolution of PNG files.
    pub(crate) resolution: Resolution,
    /// Size of moving pictures.
    pub(crate) moving: AnimationSize,
    pub(crate) tone: Tone,
    /// The background.
    pub(crate) ground: Ground,
    /// The parts of the page around the map.
    pub(crate) parts: PageParts,
    /// How much of the evidence is cited.
    pub(crate) citations: Citations,
    /// How text is written to SVG files.
    pub(crate) text: TextMode,
    /// How slides show the map.
    pub(crate) slide: SlideContent,
    /// Name of the typeface of slides.
    pub(crate) typeface: String,
    /// Which labels are shown; `None` for the same as on the canvas.
    pub(crate) labels: Option<LabelMode>,
    /// Whether actors are arranged anew for the page.
    pub(crate) is_arranged_anew: bool,
    /// Whether speaker notes are written next to the picture.
    pub(crate) has_notes: bool,
}

impl Default for ExportChoices {
    fn default() -> Self {
        let options = PictureOptions::default();
        let PictureOptions {
            resolution,
            moving,
            tone,
            ground,
            parts,
            citations,
            text,
            slide,
            labels,
            is_arranged_anew,
            has_notes,
            ..
        } = options;
        Self {
            format: Format::Png,
            preset: Preset::default(),
            resolution,
            moving,
            tone,
            ground,
            parts,
            citations,
            text,
            slide,
            typeface: DEFAULT_TYPEFACE.to_owned(),
            labels,
            is_arranged_anew,
            has_notes,
        }
    }
}

impl ExportChoices {
    /// Takes over the settings that give the picture more room.
    pub(super) fn adopt(&mut self, fit: Fit) {
        self.labels = fit.labels;
        self.is_arranged_anew = fit.is_arranged_anew;
    }

    /// Takes a format of still pictures instead of one that shows the steps of a story.
    pub(super) fn keep_still(&mut self) {
        if self.format.is_moving() {
            self.format = Format::Png;
        }
    }

    /// Returns the options of the picture. Choices that don't apply to the format are ignored.
    pub(crate) fn options(&self, scope: Scope, redaction: Redaction) -> PictureOptions {
        let plain = PictureOptions { scope, redaction, tone: self.tone, ..PictureOptions::default() };
        if self.format == Format::Html {
            return PictureOptions { parts: PageParts { legend: self.parts.legend, ..PageParts::ALL }, ..plain };
        }
        PictureOptions {
            page: self.preset.page(),
            resolution: self.resolution,
            moving: self.moving,
            ground: if self.format.is_moving() && self.ground == Ground::Any { Ground::Own } else { self.ground },
            parts: self.parts,
            citations: self.citations,
            text: self.text,
            slide: self.slide,
            typeface: Some(self.typeface.trim().to_owned()).filter(|name| !name.is_empty()),
            labels: self.labels,
            is_arranged_anew: self.is_arranged_anew,
            // Slides have notes of their own, and a moving picture is sent alone.
            has_notes: self.has_notes && self.format != Format::Pptx && !self.format.is_moving(),
            ..plain
        }
    }
}

/// The choices as stored in the settings file. Unknown words, for example of another version, select the default.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Record {
    format: String,
    preset: String,
    resolution: String,
    moving: String,
    theme: String,
    background: String,
    citations: String,
    text: String,
    slide: String,
    typeface: String,
    labels: String,
    arranged_anew: bool,
    without: Vec<String>,
    notes: bool,
}

/// Returns the part with this word in the settings file.
fn part<'a>(parts: &'a mut PageParts, word: &str) -> Option<&'a mut bool> {
    match word {
        "title" => Some(&mut parts.title),
        "legend" => Some(&mut parts.legend),
        "coverage" => Some(&mut parts.coverage),
        "credits" => Some(&mut parts.credits),
        _ => None,
    }
}

impl From<ExportChoices> for Record {
    fn from(mut choices: ExportChoices) -> Self {
        let is_off = |word: &&str| part(&mut choices.parts, word).is_some_and(|is_on| !*is_on);
        let without =
            ["title", "legend", "coverage", "credits"].into_iter().filter(is_off).map(str::to_owned).collect();
        Self {
            format: choices.format.word().to_owned(),
            preset: ExportChoice::word(choices.preset).to_owned(),
            resolution: choices.resolution.word().to_owned(),
            moving: choices.moving.word().to_owned(),
            theme: choices.tone.word().to_owned(),
            background: choices.ground.word().to_owned(),
            citations: choices.citations.word().to_owned(),
            text: choices.text.word().to_owned(),
            slide: choices.slide.word().to_owned(),
            typeface: choices.typeface,
            labels: ExportChoice::word(choices.labels).to_owned(),
            arranged_anew: choices.is_arranged_anew,
            without,
            notes: choices.has_notes,
        }
    }
}

impl From<Record> for ExportChoices {
    fn from(record: Record) -> Self {
        let first = Self::default();
        let mut parts = PageParts::ALL;
        for word in &record.without {
            if let Some(is_on) = part(&mut parts, word) {
                *is_on = false;
            }
        }
        Self {
            format: ExportChoice::of_word(&record.format).unwrap_or(first.format),
            preset: ExportChoice::of_word(&record.preset).unwrap_or(first.preset),
            resolution: ExportChoice::of_word(&record.resolution).unwrap_or(first.resolution),
            moving: ExportChoice::of_word(&record.moving).unwrap_or(first.moving),
            tone: ExportChoice::of_word(&record.theme).unwrap_or(first.tone),
            ground: ExportChoice::of_word(&record.background).unwrap_or(first.ground),
            parts,
            citations: ExportChoice::of_word(&record.citations).unwrap_or(first.citations),
            text: ExportChoice::of_word(&record.text).unwrap_or(first.text),
            slide: ExportChoice::of_word(&record.slide).unwrap_or(first.slide),
            typeface: if record.typeface.is_empty() { first.typeface } else { record.typeface },
            labels: ExportChoice::of_word(&record.labels).unwrap_or(first.labels),
            is_arranged_anew: record.arranged_anew,
            has_notes: record.notes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_as_they_were_kept() {
        let choices = ExportChoices {
            format: Format::Pdf,
            preset: Preset::A4,
            resolution: Resolution::Dpi(600.0),
            moving: AnimationSize::Longest(640),
            tone: Tone::Dark,
            ground: Ground::Any,
            parts: PageParts { legend: false, ..PageParts::ALL },
            citations: Citations::Numbers,
            text: TextMode::Fonts,
            slide: SlideContent::Picture,
            typeface: "Georgia".to_owned(),
            labels: Some(LabelMode::Numbers),
            is_arranged_anew: true,
            has_notes: true,
        };
        let text = serde_json::to_string(&choices).expect("written");
        assert_eq!(serde_json::from_str::<ExportChoices>(&text).expect("read"), choices);
    }

    #[test]
    fn unknown_words_count_as_no_choice() {
        let text = r#"{ "format": "bmp", "preset": "a4", "without": ["frame", "title"] }"#;
        let choices: ExportChoices = serde_json::from_str(text).expect("read");
        let parts = PageParts { title: false, ..PageParts::ALL };
        assert_eq!(choices, ExportChoices { preset: Preset::A4, parts, ..ExportChoices::default() });
    }

    #[test]
    fn every_preset_and_format_can_be_chosen_by_its_own_word() {
        for preset in Preset::ALL {
            assert_eq!(ExportChoice::word(preset), preset.word());
        }
        for format in Format::ALL {
            assert_eq!(format.word(), format.ending());
        }
    }
}
