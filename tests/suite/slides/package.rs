//! Reads and writes packages independently of the program: ZIP archives and trees of XML elements.

use std::io::{Read as _, Write as _};

use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use quick_xml::Reader;
use quick_xml::events::Event;

/// An entry of an archive.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    pub(crate) is_deflated: bool,
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length].iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte))
}

/// Reads an archive by its central directory and checks sizes and sums.
pub(crate) fn entries(bytes: &[u8]) -> Vec<Entry> {
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06", "no comment and no rest at the end");
    let (count, start) = (number(bytes, end + 10, 2), number(bytes, end + 16, 4));
    assert_eq!(start + number(bytes, end + 12, 4), end, "the directory ends where the archive does");
    let mut at = start;
    let mut entries = Vec::new();
    for _ in 0..count {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (packed, size) = (number(bytes, at + 20, 4), number(bytes, at + 24, 4));
        let (name_length, local) = (number(bytes, at + 28, 2), number(bytes, at + 42, 4));
        let name = String::from_utf8(bytes[at + 46..at + 46 + name_length].to_vec()).expect("a name");
        // A writer that doesn't go back writes sums and sizes behind the data.
        let is_streamed = bytes[at + 8] & 8 != 0;
        let common = if is_streamed { 10 } else { 22 };
        assert_eq!(bytes[at + 6..][..common], bytes[local + 4..][..common], "both headers of {name} agree");
        assert_eq!((number(bytes, at + 12, 2), number(bytes, at + 14, 2)), (0, 0x21), "{name} has no time");
        let data = &bytes[local + 30 + name_length..][..packed];
        let is_deflated = number(bytes, at + 10, 2) == 8;
        let mut content = Vec::new();
        if is_deflated {
            DeflateDecoder::new(data).read_to_end(&mut content).expect("deflated");
        } else {
            content.extend(data);
        }
        let mut crc = Crc::new();
        crc.update(&content);
        assert_eq!((content.len(), crc.sum() as usize), (size, number(bytes, at + 16, 4)), "{name} is whole");
        entries.push(Entry { name, content, is_deflated });
        at += 46 + name_length;
    }
    assert_eq!(at, end);
    entries
}

/// Writes an archive.
pub(crate) fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let mut crc = Crc::new();
        crc.update(&entry.content);
        let mut packed = entry.content.clone();
        if entry.is_deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&entry.content).expect("memory");
            packed = encoder.finish().expect("memory");
        }
        let mut common = Vec::new();
        for field in [20, 0, if entry.is_deflated { 8 } else { 0 }, 0, 0x21_u16] {
            common.extend(field.to_le_bytes());
        }
        for field in [crc.sum() as usize, packed.len(), entry.content.len(), entry.name.len()] {
            common.extend((field as u32).to_le_bytes());
        }
        let start = bytes.len() as u32;
        bytes.extend([b"PK\x03\x04", &*common, entry.name.as_bytes(), &packed].concat());
        directory
            .extend([b"PK\x01\x02\x14\0", &*common, &[0; 10], &start.to_le_bytes(), entry.name.as_bytes()].concat());
    }
    let (start, count) = (bytes.len() as u32, (entries.len() as u16).to_le_bytes());
    let length = (directory.len() as u32).to_le_bytes();
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &length, &start.to_le_bytes(), &[0; 2]].concat());
    bytes
}

/// An XML element; names have no prefix.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    /// Parses a document.
    pub(crate) fn parse(xml: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(xml).map_err(|error| error.to_string())?;
        let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{fffe}' | '\u{ffff}');
        if let Some(c) = text.chars().find(|&c| !is_allowed(c)) {
            return Err(format!("character U+{:04X}", u32::from(c)));
        }
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            match event {
                Event::Start(start) => open.push(Self::of(&start)?),
                Event::Empty(start) => {
                    let element = Self::of(&start)?;
                    open.last_mut().expect("the root").children.push(element);
                }
                Event::End(_) => {
                    let element = open.pop().expect("an open element");
                    open.last_mut().ok_or("too many ends")?.children.push(element);
                }
                Event::Text(text) => {
                    open.last_mut().expect("the root").text += &*text;
                }
                Event::GeneralRef(entity) => {
                    let sign = match &*entity {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "#39" => "'",
                        _ => return Err(format!("entity {}", &*entity)),
                    };
                    open.last_mut().expect("the root").text += sign;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut root = open.pop().ok_or("no root")?;
        if !open.is_empty() || root.children.len() != 1 {
            return Err("not one root".to_owned());
        }
        Ok(root.children.remove(0))
    }

    fn of(start: &quick_xml::events::BytesStart<'_>) -> Result<Self, String> {
        let mut element = Self { name: local(start.name().as_ref()), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?.into_owned();
            // `r:id` is a reference, `id` a number.
            let name: &str = attribute.key.as_ref();
            let name = if name.starts_with("r:") { name.to_owned() } else { local(name) };
            element.attributes.push((name, value));
        }
        Ok(element)
    }

    /// Returns an attribute, or an empty text.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns this element and all within it, in document order.
    pub(crate) fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.children.iter().flat_map(Self::all)).collect()
    }

    /// Returns all elements of a name within this one.
    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.all().into_iter().filter(move |element| element.name == name)
    }

    /// Returns its text as read: paragraphs and breaks as new lines.
    pub(crate) fn words(&self) -> String {
        match self.name.as_str() {
            "t" => self.text.clone(),
            "br" => "\n".to_owned(),
            "p" => self.children.iter().map(Self::words).collect::<String>() + "\n",
            _ => self.children.iter().map(Self::words).collect(),
        }
    }
}

fn local(name: &str) -> String {
    name.rsplit_once(':').map_or(name, |(_, local)| local).to_owned()
}
