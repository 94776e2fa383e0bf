//! The directory of a ZIP archive and the contents of its members, which are counted while they are unpacked.

use std::collections::HashMap;
use std::io::Read as _;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use memchr::memmem;

use super::bytes::{u16_at, u32_at, u64_at};
use super::limits::{Limits, Meter};
use super::types::Stop;

/// A ZIP archive.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    pub(super) members: Vec<Member>,
    /// The index of each member by its name in lower case: some writers differ from their own references.
    by_name: HashMap<String, usize>,
}

/// A file in an archive.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    method: u16,
    crc: u32,
    packed_bytes: u64,
    unpacked_bytes: u64,
    header_at: u64,
    is_encrypted: bool,
}

const DAMAGED: &str = "restore it from a backup, or save it again in the program it comes from";
const END_MAGIC: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// The maximum length of the comment after the end record.
const MAX_COMMENT: usize = 65_535;
const UTF8_NAME: u16 = 1 << 11;
const ENCRYPTED: u16 = 1;

fn damaged(what: &str) -> Stop {
    Stop::refused(format!("the archive is damaged: {what}"), DAMAGED)
}

impl<'a> Archive<'a> {
    /// Reads the directory at the end of the archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Stop> {
        let (count, mut at) = directory(bytes).ok_or_else(|| damaged("its directory is missing"))?;
        let mut members = Vec::new();
        for _ in 0..count {
            let Some((member, length)) = member(bytes, at) else { return Err(damaged("its directory is cut off")) };
            members.push(member);
            at += length;
        }
        // The first of several members of one name counts.
        let names = members.iter().enumerate().rev().map(|(index, member)| (member.name.to_ascii_lowercase(), index));
        let by_name = names.collect();
        Ok(Self { bytes, members, by_name })
    }

    /// Returns the member of this name, in any case of letters.
    pub(super) fn find(&self, name: &str) -> Option<&Member> {
        self.by_name.get(&name.to_ascii_lowercase()).map(|index| &self.members[*index])
    }

    /// Returns the contents of the member of this name; `None` if there is none.
    pub(super) fn read_named(&self, name: &str, meter: &Meter) -> Result<Option<Vec<u8>>, Stop> {
        self.find(name).map(|member| self.read(member, meter)).transpose()
    }

    /// Returns the contents of a member.
    pub(super) fn read(&self, member: &Member, meter: &Meter) -> Result<Vec<u8>, Stop> {
        if member.is_encrypted {
            let message = format!("“{}” is protected by a password", member.name);
            return Err(Stop::refused(message, "unpack it with the password first"));
        }
        let packed = self.packed(member).ok_or_else(|| damaged(&format!("“{}” is cut off", member.name)))?;
        let contents = match member.method {
            0 => {
                meter.count_unpacked(packed.len())?;
                packed.to_vec()
            }
            8 => inflate(DeflateDecoder::new(packed), member.expected_bytes(), meter)?,
            method => {
                let message = format!("“{}” is packed by a method that is not supported ({method})", member.name);
                return Err(Stop::refused(message, "pack it again as an ordinary ZIP archive"));
            }
        };
        let mut crc = Crc::new();
        crc.update(&contents);
        if crc.sum() != member.crc || contents.len() as u64 != member.unpacked_bytes {
            return Err(damaged(&format!("“{}” has other contents than it should", member.name)));
        }
        Ok(contents)
    }

    /// Returns the packed bytes of a member, which lie behind its own header.
    fn packed(&self, member: &Member) -> Option<&'a [u8]> {
        let at = usize::try_from(member.header_at).ok()?;
        let header = self.bytes.get(at..).filter(|header| header.starts_with(b"PK\x03\x04"))?;
        let skipped = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(skipped..skipped.checked_add(usize::try_from(member.packed_bytes).ok()?)?)
    }
}

/// Returns the names and texts of the wanted parts of a package, which must be UTF-8; an error says why it can't be read,
/// and what can be done.
pub(in crate::load) fn read_parts(
    bytes: &[u8],
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, String)>, (String, &'static str)> {
    let meter = Meter::new(Limits::default(), bytes.len(), &|_| true);
    let read = || -> Result<Vec<(String, String)>, Stop> {
        let archive = Archive::open(bytes)?;
        let mut parts = Vec::new();
        for member in archive.members.iter().filter(|member| is_wanted(&member.name)) {
            let text = String::from_utf8(archive.read(member, &meter)?);
            let text = text.map_err(|_| damaged(&format!("“{}” is not text", member.name)))?;
            parts.push((member.name.clone(), text));
        }
        Ok(parts)
    };
    read().map_err(|stop| match stop {
        Stop::Refused { message, remedy } | Stop::Exceeded { message, remedy } => (message, remedy),
        Stop::Canceled => ("reading was canceled".to_owned(), "try again"),
    })
}

/// Unpacks a stream, up to what the meter allows.
pub(super) fn inflate(reader: impl std::io::Read, expected: usize, meter: &Meter) -> Result<Vec<u8>, Stop> {
    let mut contents = Vec::with_capacity(expected.min(usize::try_from(meter.unpacked_left()).unwrap_or(0)));
    let mut reader = reader.take(meter.unpacked_left() + 1);
    reader.read_to_end(&mut contents).map_err(|error| damaged(&error.to_string()))?;
    meter.count_unpacked(contents.len())?;
    Ok(contents)
}

/// Returns the number of members and the offset of the directory.
fn directory(bytes: &[u8]) -> Option<(u64, usize)> {
    let from = bytes.len().saturating_sub(END_LENGTH + MAX_COMMENT);
    let end = from + memmem::rfind(&bytes[from..], END_MAGIC)?;
    let (count, offset) = (u16_at(bytes, end + 10)?, u32_at(bytes, end + 16)?);
    if count != u16::MAX && offset != u32::MAX {
        return Some((u64::from(count), offset as usize));
    }
    // The 64-bit end record is found through its locator, which lies right before the end record.
    let locator = end.checked_sub(20).filter(|at| bytes[*at..].starts_with(b"PK\x06\x07"))?;
    let record = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
    bytes.get(record..).filter(|record| record.starts_with(b"PK\x06\x06"))?;
    Some((u64_at(bytes, record + 32)?, usize::try_from(u64_at(bytes, record + 48)?).ok()?))
}

/// Reads an entry of the directory, and returns it with its length.
fn member(bytes: &[u8], at: usize) -> Option<(Member, usize)> {
    let entry = bytes.get(at..).filter(|entry| entry.starts_with(b"PK\x01\x02"))?;
    let flags = u16_at(entry, 8)?;
    let lengths = [28, 30, 32].map(|at| u16_at(entry, at).map(usize::from));
    let [Some(name_length), Some(extra_length), Some(comment_length)] = lengths else { return None };
    let name = entry.get(46..46 + name_length)?;
    let extra = entry.get(46 + name_length..46 + name_length + extra_length)?;
    let mut member = Member {
        name: member_name(name, flags & UTF8_NAME != 0),
        method: u16_at(entry, 10)?,
        crc: u32_at(entry, 16)?,
        packed_bytes: u64::from(u32_at(entry, 20)?),
        unpacked_bytes: u64::from(u32_at(entry, 24)?),
        header_at: u64::from(u32_at(entry, 42)?),
        is_encrypted: flags & ENCRYPTED != 0,
    };
    member.read_large_sizes(extra);
    Some((member, 46 + name_length + extra_length + comment_length))
}

impl Member {
    /// Returns the unpacked size, unless it is much larger than that of the packed bytes: then it may be forged.
    fn expected_bytes(&self) -> usize {
        usize::try_from(self.unpacked_bytes.min(self.packed_bytes.saturating_mul(32))).unwrap_or(0)
    }

    /// Replaces sizes that don't fit into 32 bits by those of the 64-bit extra field.
    fn read_large_sizes(&mut self, extra: &[u8]) {
        let mut at = 0;
        while let (Some(id), Some(length)) = (u16_at(extra, at), u16_at(extra, at + 2)) {
            if id == 1 {
                let mut field = at + 4;
                for value in [&mut self.unpacked_bytes, &mut self.packed_bytes, &mut self.header_at] {
                    if *value == u64::from(u32::MAX) {
                        *value = u64_at(extra, field).unwrap_or(*value);
                        field += 8;
                    }
                }
            }
            at += 4 + usize::from(length);
        }
    }
}

/// Decodes a name; old archives have names in the code page of the system, of which ASCII is common to all.
fn member_name(name: &[u8], is_utf8: bool) -> String {
    if is_utf8 || std::str::from_utf8(name).is_ok() {
        return String::from_utf8_lossy(name).replace('\\', "/");
    }
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(name).0.replace('\\', "/")
}
