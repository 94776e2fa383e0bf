//! The parts of XML that spreadsheets use: elements by their local names, attributes, and text.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::types::Stop;

/// Reads elements of a document in order. Empty elements are opened and closed.
pub(in crate::load) struct XmlReader<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// The offset of the last event.
    start: usize,
}

/// An event of a document.
pub(in crate::load) enum XmlNode<'a> {
    Open(BytesStart<'a>),
    Close(BytesEnd<'a>),
    Text(Cow<'a, str>),
    End,
}

impl<'a> XmlReader<'a> {
    pub(in crate::load) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, start: 0 }
    }

    /// As [`XmlReader::new`], but an ampersand that starts no reference is part of the text.
    pub(super) fn lenient(text: &'a str) -> Self {
        let mut reader = Self::new(text);
        reader.reader.config_mut().allow_dangling_amp = true;
        reader
    }

    /// Returns the next element, text, or end; an error if the document is not well-formed from here on.
    pub(in crate::load) fn next(&mut self) -> Result<XmlNode<'a>, Stop> {
        loop {
            self.start = self.offset();
            let event = self.reader.read_event().map_err(|error| {
                Stop::refused(format!("its XML is damaged: {error}"), "save it again in the program it comes from")
            })?;
            return Ok(match event {
                Event::Start(start) | Event::Empty(start) => XmlNode::Open(start),
                Event::End(end) => XmlNode::Close(end),
                Event::Text(text) => XmlNode::Text(text.into_inner()),
                Event::CData(data) => XmlNode::Text(data.into_inner()),
                Event::GeneralRef(reference) => XmlNode::Text(resolve(&reference).into()),
                Event::Eof => XmlNode::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }

    /// Returns the offset in the document.
    pub(in crate::load) fn offset(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    /// Returns the values of several attributes of the element that was just opened by their local names, from the text
    /// of the document; of attributes of one name, the first counts.
    pub(in crate::load) fn attributes<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let tag = self.text.get(self.start..self.offset()).unwrap_or_default();
        let tag = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let name = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        values_of(Attributes::new(tag, name), names)
    }
}

/// Returns the text of a reference; unknown entities are left as they are.
fn resolve(reference: &BytesRef) -> String {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return sign.to_string();
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// Returns the value of an attribute by its local name.
pub(in crate::load) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let [value] = attributes(start, [name]);
    value.map(Cow::into_owned)
}

/// Returns the values of several attributes by their local names; of attributes of one name, the first counts.
pub(in crate::load) fn attributes<'s, const N: usize>(
    start: &'s BytesStart,
    names: [&str; N],
) -> [Option<Cow<'s, str>>; N] {
    values_of(start.attributes(), names)
}

fn values_of<'s, const N: usize>(mut attributes: Attributes<'s>, names: [&str; N]) -> [Option<Cow<'s, str>>; N] {
    let mut values = [const { None }; N];
    for attribute in attributes.with_checks(false).flatten() {
        let name = attribute.key.local_name().into_inner();
        if let Some(at) = names.iter().position(|wanted| *wanted == name)
            && values[at].is_none()
        {
            values[at] = Some(unescaped(attribute.value));
        }
    }
    values
}

fn unescaped(value: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'&', value.as_bytes()).is_none() {
        return value;
    }
    let plain = quick_xml::escape::unescape(&value).ok().filter(|plain| **plain != *value);
    match plain.map(Cow::into_owned) {
        Some(plain) => Cow::Owned(plain),
        None => value,
    }
}

/// Returns the local name of an element.
pub(in crate::load) fn local_name<'s>(start: &'s BytesStart) -> &'s str {
    start.local_name().into_inner()
}

/// Returns whether a closed element has this local name.
pub(in crate::load) fn is_end_of(end: &BytesEnd, name: &str) -> bool {
    end.local_name().into_inner() == name
}
