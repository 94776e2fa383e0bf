//! Reads graphs in XML: elements with their lines, and the text in them.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::load::table::xml::{XmlNode, XmlReader, local_name};

/// The number of elements between two progress reports.
const ELEMENTS_PER_REPORT: u32 = 4096;

/// The elements of a graph in XML.
pub(super) struct GraphXml<'a> {
    reader: XmlReader<'a>,
    text: &'a str,
    /// The offset up to which line breaks are counted, and their number.
    counted: usize,
    breaks: u32,
    elements: u32,
}

impl<'a> GraphXml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { reader: XmlReader::lenient(text), text, counted: 0, breaks: 0, elements: 0 }
    }

    /// Returns the next beginning or end of an element; text between them is left out.
    pub(super) fn next(&mut self) -> Result<XmlNode<'a>, Stop> {
        loop {
            match self.reader.next()? {
                XmlNode::Text(_) => {}
                node => return Ok(node),
            }
        }
    }

    /// Returns the line where the reader is, from 1.
    pub(super) fn line(&mut self) -> u32 {
        let offset = self.reader.offset().min(self.text.len());
        let bytes = &self.text.as_bytes()[self.counted.min(offset)..offset];
        self.breaks = self.breaks.saturating_add(memchr_iter(b'\n', bytes).count() as u32);
        self.counted = offset;
        self.breaks + 1
    }

    /// Reports progress now and then; called for each element of the graph.
    pub(super) fn step(&mut self, meter: &Meter) -> Result<(), Stop> {
        self.elements += 1;
        if self.elements.is_multiple_of(ELEMENTS_PER_REPORT) {
            meter.report(self.reader.offset() as f32 / self.text.len().max(1) as f32)?;
        }
        Ok(())
    }

    /// Returns the values of attributes of the element that was just opened.
    pub(super) fn attributes<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        self.reader.attributes(names)
    }

    /// Returns the text of the element that was just opened, up to its end; that of elements in it is left out.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Stop> {
        let mut text: Cow<'a, str> = Cow::Borrowed("");
        let mut depth = 0_usize;
        loop {
            match self.reader.next()? {
                XmlNode::Open(_) => depth += 1,
                XmlNode::Close(_) if depth == 0 => return Ok(text),
                XmlNode::Close(_) => depth -= 1,
                XmlNode::Text(piece) if depth == 0 => {
                    if text.is_empty() {
                        text = piece;
                    } else {
                        text.to_mut().push_str(&piece);
                    }
                }
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(cut_off()),
            }
        }
    }

    /// Leaves out the element that was just opened.
    pub(super) fn skip(&mut self) -> Result<(), Stop> {
        self.text().map(drop)
    }

    /// Shows each element within the one that was just opened to `visit`, with the number of elements around it;
    /// `visit` returns `true` if it has read the element itself, up to its end.
    pub(super) fn each_within(
        &mut self,
        mut visit: impl FnMut(&mut Self, &str, usize) -> Result<bool, Stop>,
    ) -> Result<(), Stop> {
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                XmlNode::Open(start) => {
                    if !visit(self, local_name(&start), depth)? {
                        depth += 1;
                    }
                }
                XmlNode::Close(_) if depth == 0 => return Ok(()),
                XmlNode::Close(_) => depth -= 1,
                XmlNode::End => return Err(cut_off()),
                XmlNode::Text(_) => {}
            }
        }
    }
}

/// The file ends within an element.
pub(super) fn cut_off() -> Stop {
    Stop::refused("it ends before it is complete", "save it again in the program it comes from")
}

/// Whether a text begins as XML whose first element has this local name.
pub(super) fn is_document_of(text: &str, name: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let Some(inner) = rest.strip_prefix('<') else { return false };
        let end = match inner {
            _ if inner.starts_with("!--") => "-->",
            _ if inner.starts_with('?') => "?>",
            _ if inner.starts_with('!') => ">",
            _ => {
                let tag = inner.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next();
                return tag.is_some_and(|tag| tag.rsplit(':').next() == Some(name));
            }
        };
        let Some((declaration, after)) = inner.split_once(end) else { return false };
        // The declarations of a document type may be within it.
        let after = match declaration.split_once('[') {
            Some(_) if end == ">" => {
                inner.split_once(']').map_or("", |(_, after)| after.trim_start_matches([' ', '\n', '\r', '\t', '>']))
            }
            _ => after,
        };
        rest = after.trim_start();
    }
}
