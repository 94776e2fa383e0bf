//! Pieces of markup that all parts of a presentation share.

use crate::model::Rgb;

/// Namespaces of every part with objects.
pub(super) const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// The root of a tree of objects, which must precede them.
pub(super) const TREE_ROOT: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
    <p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/>\
    <a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

/// Returns the declaration that every part begins with.
pub(super) fn start() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned()
}

/// Returns a color in hexadecimal digits.
pub(super) fn hex(color: Rgb) -> String {
    let [r, g, b] = color.0;
    format!("{r:02X}{g:02X}{b:02X}")
}
