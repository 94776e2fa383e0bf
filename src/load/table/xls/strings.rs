//! Texts in the records of old workbooks, in one or two bytes a character, and across records.

use super::super::bytes::{u16_at, u32_at};

const WIDE: u8 = 1;
const HAS_PHONETIC_HINTS: u8 = 4;
const HAS_FORMATTING: u8 = 8;

/// Returns a text of this many characters, whose flags are at an offset.
pub(super) fn text_at(data: &[u8], at: usize, length: usize) -> Option<String> {
    let flags = *data.get(at)?;
    if flags & WIDE == 0 {
        return Some(data.get(at + 1..at + 1 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = data.get(at + 1..at + 1 + 2 * length)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Reads shared texts from a record and those that continue it; what is cut off is left out.
pub(super) fn read_shared_strings(parts: &[&[u8]]) -> Vec<String> {
    let mut strings = Vec::new();
    let mut reader = PartsReader { parts, part: 0, at: 8 };
    let count = parts.first().and_then(|part| u32_at(part, 4)).unwrap_or(0);
    for _ in 0..count {
        let Some(text) = reader.text() else { break };
        strings.push(text.replace("\r\n", "\n"));
    }
    strings
}

/// Reads across the boundaries of records.
struct PartsReader<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl PartsReader<'_> {
    fn byte(&mut self) -> Option<u8> {
        loop {
            let part = self.parts.get(self.part)?;
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for index in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * index);
        }
        Some(number)
    }

    /// Skips bytes, a record at a time.
    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        loop {
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at);
            if bytes <= left {
                self.at += bytes;
                return Some(());
            }
            bytes -= left;
            self.part += 1;
            self.at = 0;
        }
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number(2)?;
        let mut flags = self.byte()?;
        let runs = if flags & HAS_FORMATTING == 0 { 0 } else { self.number(2)? };
        let hints = if flags & HAS_PHONETIC_HINTS == 0 { 0 } else { self.number(4)? };
        let mut units = Vec::with_capacity(length);
        while units.len() < length {
            // A text that goes on in the next record starts there with its flags again.
            if self.parts.get(self.part)?.len() <= self.at {
                self.part += 1;
                self.at = 0;
                flags = self.byte()?;
            }
            let unit = self.number(if flags & WIDE == 0 { 1 } else { 2 })?;
            units.push(unit as u16);
        }
        self.skip(4 * runs + hints)?;
        Some(String::from_utf16_lossy(&units))
    }
}
