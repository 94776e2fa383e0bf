//! The objects of a slide: shapes with text, groups, pictures; positions in whole EMU.

use crate::model::Rgb;

/// Length of a point in EMU, the unit of the format.
pub(super) const EMU_PER_POINT: f64 = 12_700.0;

/// Position and size in EMU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct EmuRect {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

impl EmuRect {
    /// Returns the smallest rectangle around both.
    pub(super) fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// One object of a slide.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SlideElement {
    Shape(Box<ShapeElement>),
    Group(GroupElement),
    Picture(PictureElement),
}

impl SlideElement {
    pub(super) fn label(&self) -> &Label {
        match self {
            Self::Shape(shape) => &shape.label,
            Self::Group(group) => &group.label,
            Self::Picture(picture) => &picture.label,
        }
    }

    pub(super) fn label_mut(&mut self) -> &mut Label {
        match self {
            Self::Shape(shape) => &mut shape.label,
            Self::Group(group) => &mut group.label,
            Self::Picture(picture) => &mut picture.label,
        }
    }

    pub(super) fn rect(&self) -> EmuRect {
        match self {
            Self::Shape(shape) => shape.rect,
            Self::Group(group) => group.rect(),
            Self::Picture(picture) => picture.rect,
        }
    }
}

/// What assistive technology says about an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// Name in the selection pane.
    pub(super) name: String,
    /// Alternative text; may be empty.
    pub(super) description: String,
    /// Whether screen readers skip it.
    pub(super) is_decorative: bool,
}

impl Label {
    pub(super) fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub(super) fn decorative(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_decorative: true, ..Self::default() }
    }
}

/// A shape, with or without text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ShapeElement {
    pub(super) label: Label,
    pub(super) kind: ShapeKind,
    pub(super) rect: EmuRect,
    pub(super) geometry: Geometry,
    pub(super) fill: Option<SlideColor>,
    pub(super) line: Option<SlideLine>,
    pub(super) text: Option<TextBody>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShapeKind {
    Plain,
    TextBox,
    /// The placeholder of the slide's title.
    Title,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Geometry {
    Rect,
    /// A rectangle whose corner radius is this many 100,000ths of its shorter side.
    Rounded(u32),
    Ellipse,
    /// A straight line between opposite corners.
    Line {
        is_leftward: bool,
        is_upward: bool,
    },
    /// A path in EMU from the upper left corner.
    Path(Vec<SlidePathStep>),
    /// A path in a grid of its own, from the upper left corner to this width and height.
    Outline([i64; 2], Vec<SlidePathStep>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlidePathStep {
    Move([i64; 2]),
    Line([i64; 2]),
    Quad([i64; 2], [i64; 2]),
    Cubic([i64; 2], [i64; 2], [i64; 2]),
    Close,
}

/// A color of the theme, which changes with it, or a fixed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SlideColor {
    pub(super) base: BaseColor,
    /// 0 (invisible) to 1 (opaque).
    pub(super) opacity: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseColor {
    Theme(&'static str),
    Fixed(Rgb),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct SlideLine {
    pub(super) color: SlideColor,
    pub(super) width: i64,
    /// Lengths of dash and gap in thousandths of a percent of the line's width; `None` for a solid line.
    pub(super) dash: Option<[u32; 2]>,
    /// Arrowhead at the start.
    pub(super) head: Option<Arrow>,
    /// Arrowhead at the end.
    pub(super) tail: Option<Arrow>,
}

/// Size of an arrowhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) length: ArrowSize,
    pub(super) width: ArrowSize,
}

/// Length or width of an arrowhead, relative to the width of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArrowSize {
    Small,
    Medium,
    Large,
}

impl ArrowSize {
    pub(super) const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// Returns its name in the format.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Small => "sm",
            Self::Medium => "med",
            Self::Large => "lg",
        }
    }

    /// Returns the multiple of the line's width that presentation programs draw.
    pub(super) fn factor(self) -> i64 {
        match self {
            Self::Small => 2,
            Self::Medium => 3,
            Self::Large => 5,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TextBody {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) right: i64,
    /// Whether the text hangs from the top; else it is centered vertically.
    pub(super) is_at_top: bool,
    /// Whether lines break at the width of the shape.
    pub(super) is_wrapped: bool,
    /// Whether presentation programs set the text smaller if it is too large for the shape.
    pub(super) is_fitted: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub(super) is_right_aligned: bool,
    pub(super) is_right_to_left: bool,
    /// Distance of the text from the left edge, where the first line begins with a number; 0 for none.
    pub(super) hanging: i64,
    /// Distance between lines in thousandths of a percent; 0 for the typeface's own.
    pub(super) line_spacing: u32,
    /// Space below, in hundredths of a point.
    pub(super) space_after: u32,
    pub(super) runs: Vec<TextRun>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextRun {
    /// A line break if `None`.
    pub(super) text: Option<String>,
    /// Font size in hundredths of a point.
    pub(super) size: u32,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    pub(super) color: SlideColor,
    pub(super) link: Option<TextLink>,
}

/// A link of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextLink {
    pub(super) target: LinkTarget,
    /// Text shown under the pointer.
    pub(super) tooltip: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LinkTarget {
    Address(String),
    /// Index of a slide of the deck.
    Slide(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct GroupElement {
    pub(super) label: Label,
    pub(super) children: Vec<SlideElement>,
}

impl GroupElement {
    pub(super) fn rect(&self) -> EmuRect {
        self.children.iter().map(SlideElement::rect).reduce(EmuRect::union).unwrap_or_default()
    }
}

/// A picture, as an SVG and as a PNG for programs that don't read SVG.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PictureElement {
    pub(super) label: Label,
    pub(super) rect: EmuRect,
    pub(super) svg: Vec<u8>,
    pub(super) png: Vec<u8>,
}
