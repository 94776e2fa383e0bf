//! Writes the objects of a slide as XML.

use std::fmt::Write as _;

use super::markup::hex;
use super::model::{
    Arrow, BaseColor, EmuRect, Geometry, Label, LinkTarget, Paragraph, PictureElement, ShapeElement, ShapeKind,
    SlideColor, SlideElement, SlideLine, SlidePathStep, TextBody, TextLink, TextRun,
};
use super::names::shortened;
use super::relationships::{RelationshipTarget, Relationships};
use crate::export::svg::Escaped;

/// Marks an object that screen readers skip.
const DECORATIVE: &str = "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">\
    <adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/>\
    </a:ext></a:extLst>";
/// Keeps the color of a linked text instead of that of links.
const OWN_LINK_COLOR: &str = "<a:extLst><a:ext uri=\"{A12FA001-AC4F-418D-AE19-62706E023703}\">\
    <ahyp:hlinkClr xmlns:ahyp=\"http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor\" val=\"tx\"/>\
    </a:ext></a:extLst>";
/// The longest tooltip that presentation programs accept, in UTF-16 units.
const MAX_TOOLTIP: usize = 255;

/// Writes the objects of one slide. Ids of objects and relationships are numbered in writing order.
pub(super) struct SlideXml<'a> {
    pub(super) out: String,
    pub(super) relationships: &'a mut Relationships,
    /// Language of the texts, as a BCP 47 tag.
    pub(super) language: &'a str,
    /// The last id given; 1 is the tree's root.
    pub(super) last_id: u32,
}

impl SlideXml<'_> {
    pub(super) fn element(&mut self, element: &SlideElement) {
        match element {
            SlideElement::Shape(shape) => self.shape(shape),
            SlideElement::Group(group) => {
                let EmuRect { x, y, width, height } = group.rect();
                self.out.push_str("<p:grpSp><p:nvGrpSpPr>");
                self.label(&group.label, "");
                let _ = write!(
                    self.out,
                    "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/>\
                     <a:ext cx=\"{width}\" cy=\"{height}\"/><a:chOff x=\"{x}\" y=\"{y}\"/>\
                     <a:chExt cx=\"{width}\" cy=\"{height}\"/></a:xfrm></p:grpSpPr>",
                );
                group.children.iter().for_each(|child| self.element(child));
                self.out.push_str("</p:grpSp>");
            }
            SlideElement::Picture(picture) => self.picture(picture),
        }
    }

    fn label(&mut self, label: &Label, more: &str) {
        self.last_id += 1;
        let _ = write!(self.out, "<p:cNvPr id=\"{}\" name=\"{}\"", self.last_id, Escaped(&label.name));
        if !label.description.is_empty() {
            let _ = write!(self.out, " descr=\"{}\"", Escaped(&label.description));
        }
        let extension = if label.is_decorative { DECORATIVE } else { more };
        if extension.is_empty() {
            self.out.push_str("/>");
        } else {
            let _ = write!(self.out, ">{extension}</p:cNvPr>");
        }
    }

    fn shape(&mut self, shape: &ShapeElement) {
        self.out.push_str("<p:sp><p:nvSpPr>");
        self.label(&shape.label, "");
        self.out.push_str(match shape.kind {
            ShapeKind::Plain => "<p:cNvSpPr/><p:nvPr/>",
            ShapeKind::TextBox => "<p:cNvSpPr txBox=\"1\"/><p:nvPr/>",
            ShapeKind::Title => {
                "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr>"
            }
        });
        self.out.push_str("</p:nvSpPr><p:spPr>");
        self.place(shape.rect, &shape.geometry);
        if shape.kind != ShapeKind::Title {
            self.geometry(shape);
            match &shape.fill {
                Some(color) => self.fill(color),
                None => self.out.push_str("<a:noFill/>"),
            }
            match &shape.line {
                Some(line) => self.line(line),
                None => self.out.push_str("<a:ln><a:noFill/></a:ln>"),
            }
        }
        self.out.push_str("</p:spPr>");
        match &shape.text {
            Some(body) => self.text(body),
            // Presentation programs repair shapes without a text body.
            None => {
                let _ = write!(
                    self.out,
                    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"{}\"/></a:p></p:txBody>",
                    Escaped(self.language)
                );
            }
        }
        self.out.push_str("</p:sp>");
    }

    fn place(&mut self, rect: EmuRect, geometry: &Geometry) {
        self.out.push_str("<a:xfrm");
        if let Geometry::Line { is_leftward, is_upward } = geometry {
            self.out.push_str(if *is_leftward { " flipH=\"1\"" } else { "" });
            self.out.push_str(if *is_upward { " flipV=\"1\"" } else { "" });
        }
        let EmuRect { x, y, width, height } = rect;
        let _ = write!(self.out, "><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>");
    }

    fn geometry(&mut self, shape: &ShapeElement) {
        let name = match &shape.geometry {
            Geometry::Rect => "rect",
            Geometry::Ellipse => "ellipse",
            Geometry::Line { .. } => "line",
            Geometry::Rounded(radius) => {
                let _ = write!(
                    self.out,
                    "<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val {radius}\"/></a:avLst></a:prstGeom>"
                );
                return;
            }
            Geometry::Path(steps) => return self.path(steps, [shape.rect.width, shape.rect.height], shape),
            Geometry::Outline(size, steps) => return self.path(steps, *size, shape),
        };
        let _ = write!(self.out, "<a:prstGeom prst=\"{name}\"><a:avLst/></a:prstGeom>");
    }

    fn path(&mut self, steps: &[SlidePathStep], [width, height]: [i64; 2], shape: &ShapeElement) {
        let _ = write!(
            self.out,
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>\
             <a:pathLst><a:path w=\"{width}\" h=\"{height}\"",
        );
        self.out.push_str(if shape.fill.is_none() { " fill=\"none\">" } else { ">" });
        for step in steps {
            let (name, points): (&str, &[[i64; 2]]) = match step {
                SlidePathStep::Move(a) => ("moveTo", &[*a]),
                SlidePathStep::Line(a) => ("lnTo", &[*a]),
                SlidePathStep::Quad(a, b) => ("quadBezTo", &[*a, *b]),
                SlidePathStep::Cubic(a, b, c) => ("cubicBezTo", &[*a, *b, *c]),
                SlidePathStep::Close => {
                    self.out.push_str("<a:close/>");
                    continue;
                }
            };
            let _ = write!(self.out, "<a:{name}>");
            for [x, y] in points {
                let _ = write!(self.out, "<a:pt x=\"{x}\" y=\"{y}\"/>");
            }
            let _ = write!(self.out, "</a:{name}>");
        }
        self.out.push_str("</a:path></a:pathLst></a:custGeom>");
    }

    fn fill(&mut self, color: &SlideColor) {
        self.out.push_str("<a:solidFill>");
        let name = match color.base {
            BaseColor::Theme(name) => {
                let _ = write!(self.out, "<a:schemeClr val=\"{name}\"");
                "schemeClr"
            }
            BaseColor::Fixed(rgb) => {
                let _ = write!(self.out, "<a:srgbClr val=\"{}\"", hex(rgb));
                "srgbClr"
            }
        };
        if color.opacity < 1.0 {
            let alpha = (color.opacity.max(0.0) * 100_000.0).round() as u32;
            let _ = write!(self.out, "><a:alpha val=\"{alpha}\"/></a:{name}>");
        } else {
            self.out.push_str("/>");
        }
        self.out.push_str("</a:solidFill>");
    }

    fn line(&mut self, line: &SlideLine) {
        let _ = write!(self.out, "<a:ln w=\"{}\" cap=\"flat\">", line.width);
        self.fill(&line.color);
        if let Some([dash, gap]) = line.dash {
            let _ = write!(self.out, "<a:custDash><a:ds d=\"{dash}\" sp=\"{gap}\"/></a:custDash>");
        }
        self.out.push_str("<a:round/>");
        for (name, arrow) in [("headEnd", line.head), ("tailEnd", line.tail)] {
            if let Some(Arrow { length, width }) = arrow {
                let (width, length) = (width.word(), length.word());
                let _ = write!(self.out, "<a:{name} type=\"triangle\" w=\"{width}\" len=\"{length}\"/>");
            }
        }
        self.out.push_str("</a:ln>");
    }

    fn text(&mut self, body: &TextBody) {
        let wrap = if body.is_wrapped { "square" } else { "none" };
        let fit = if body.is_fitted { "normAutofit" } else { "noAutofit" };
        let anchor = if body.is_at_top { "t" } else { "ctr" };
        let _ = write!(
            self.out,
            "<p:txBody><a:bodyPr wrap=\"{wrap}\" lIns=\"{}\" tIns=\"{}\" rIns=\"{}\" bIns=\"0\" rtlCol=\"0\" \
             anchor=\"{anchor}\"><a:{fit}/></a:bodyPr><a:lstStyle/>",
            body.left, body.top, body.right
        );
        body.paragraphs.iter().for_each(|paragraph| self.paragraph(paragraph));
        self.out.push_str("</p:txBody>");
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let align = if paragraph.is_right_aligned { "r" } else { "l" };
        self.out.push_str("<a:p><a:pPr");
        if paragraph.hanging > 0 {
            let _ = write!(self.out, " marL=\"{0}\" indent=\"-{0}\"", paragraph.hanging);
        }
        let _ = write!(self.out, " algn=\"{align}\"");
        self.out.push_str(if paragraph.is_right_to_left { " rtl=\"1\">" } else { ">" });
        if paragraph.line_spacing > 0 {
            let _ = write!(self.out, "<a:lnSpc><a:spcPct val=\"{}\"/></a:lnSpc>", paragraph.line_spacing);
        }
        if paragraph.space_after > 0 {
            let _ = write!(self.out, "<a:spcAft><a:spcPts val=\"{}\"/></a:spcAft>", paragraph.space_after);
        }
        self.out.push_str("</a:pPr>");
        paragraph.runs.iter().for_each(|run| self.run(run));
        self.out.push_str("</a:p>");
    }

    fn run(&mut self, run: &TextRun) {
        let name = if run.text.is_some() { "r" } else { "br" };
        let _ = write!(self.out, "<a:{name}><a:rPr lang=\"{}\" sz=\"{}\"", Escaped(self.language), run.size.max(100));
        self.out.push_str(if run.is_bold { " b=\"1\"" } else { "" });
        self.out.push_str(if run.is_italic { " i=\"1\"" } else { "" });
        // Names are not in dictionaries.
        self.out.push_str(" noProof=\"1\" dirty=\"0\">");
        self.fill(&run.color);
        if let Some(link) = &run.link {
            self.link(link);
        }
        self.out.push_str("</a:rPr>");
        match run.text.as_deref() {
            // Escaping would make it a space.
            Some("\t") => self.out.push_str("<a:t>\t</a:t>"),
            Some(text) => _ = write!(self.out, "<a:t>{}</a:t>", Escaped(text)),
            None => {}
        }
        let _ = write!(self.out, "</a:{name}>");
    }

    fn link(&mut self, link: &TextLink) {
        let (id, action) = match &link.target {
            LinkTarget::Address(address) => (self.relationships.id(RelationshipTarget::Address(address.clone())), ""),
            LinkTarget::Slide(index) => {
                (self.relationships.id(RelationshipTarget::slide(*index)), " action=\"ppaction://hlinksldjump\"")
            }
        };
        let tooltip = shortened(&link.tooltip, MAX_TOOLTIP);
        let _ = write!(self.out, "<a:hlinkClick r:id=\"{id}\"{action}");
        if !tooltip.is_empty() {
            let _ = write!(self.out, " tooltip=\"{}\"", Escaped(&tooltip));
        }
        let _ = write!(self.out, ">{OWN_LINK_COLOR}</a:hlinkClick>");
    }

    fn picture(&mut self, picture: &PictureElement) {
        let png = self.relationships.id(RelationshipTarget::Picture("png", picture.png.clone()));
        let svg = self.relationships.id(RelationshipTarget::Picture("svg", picture.svg.clone()));
        self.out.push_str("<p:pic><p:nvPicPr>");
        self.label(&picture.label, "");
        let _ = write!(
            self.out,
            "<p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>\
             <a:blip r:embed=\"{png}\"><a:extLst><a:ext uri=\"{{28A0092B-C50C-407E-A947-70E740481C1C}}\">\
             <a14:useLocalDpi xmlns:a14=\"http://schemas.microsoft.com/office/drawing/2010/main\" val=\"0\"/></a:ext>\
             <a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
             <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{svg}\"/>\
             </a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>",
        );
        self.place(picture.rect, &Geometry::Rect);
        self.out.push_str("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>");
    }
}
