//! Compound files, the file system in old Office documents.

use super::bytes::{u16_at, u32_at};
use super::types::Stop;

/// A compound file, with its directory and tables of sectors.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    mini_sector_bytes: usize,
    /// Streams shorter than this are in the mini stream.
    mini_cutoff: u64,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<CompoundEntry>,
}

/// A stream or folder.
struct CompoundEntry {
    name: String,
    kind: u8,
    start: u32,
    bytes: u64,
}

const STREAM: u8 = 2;
const ROOT: u8 = 5;
/// Numbers of sectors from here on are marks: free, end of chain, and sectors of the tables themselves.
const FIRST_MARK: u32 = 0xffff_fffa;
const HEADER_TABLE_AT: usize = 76;
const HEADER_TABLE_LENGTH: usize = 109;
const ENTRY_BYTES: usize = 128;

fn damaged() -> Stop {
    Stop::refused("the workbook is damaged", "restore it from a backup, or save it again in Excel")
}

impl<'a> Compound<'a> {
    /// Reads the directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Stop> {
        Self::parse(bytes).ok_or_else(damaged)
    }

    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let shift = |at| u16_at(bytes, at).filter(|shift| (6..=16).contains(shift)).map(|shift| 1_usize << shift);
        let mut file = Self {
            bytes,
            sector_bytes: shift(30)?,
            mini_sector_bytes: shift(32)?,
            mini_cutoff: u64::from(u32_at(bytes, 56)?),
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        file.read_fat()?;
        file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?));
        let directory = file.chain(u32_at(bytes, 48)?);
        file.entries = directory.chunks_exact(ENTRY_BYTES).filter_map(entry).collect();
        let root = file.entries.iter().find(|entry| entry.kind == ROOT)?;
        file.mini_stream = file.chain(root.start);
        Some(file)
    }

    /// Returns whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.kind == STREAM && entry.name.eq_ignore_ascii_case(name))
    }

    /// Returns the contents of the stream of this name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let is_it = |entry: &&CompoundEntry| entry.kind == STREAM && entry.name.eq_ignore_ascii_case(name);
        let entry = self.entries.iter().find(is_it)?;
        let mut contents =
            if entry.bytes < self.mini_cutoff { self.mini_chain(entry.start) } else { self.chain(entry.start) };
        contents.truncate(usize::try_from(entry.bytes).unwrap_or(usize::MAX));
        Some(contents)
    }

    /// Reads the table of sectors, whose own sectors are listed in the header and, if it is long, in a chain.
    fn read_fat(&mut self) -> Option<()> {
        let listed = (0..HEADER_TABLE_LENGTH).map_while(|index| u32_at(self.bytes, HEADER_TABLE_AT + 4 * index));
        let mut sectors: Vec<u32> = listed.collect();
        let mut next = u32_at(self.bytes, 68)?;
        for _ in 0..self.max_sectors() {
            let Some(table) = self.sector(next) else { break };
            let listed = numbers(table);
            let (following, rest) = listed.split_last()?;
            sectors.extend(rest);
            next = *following;
        }
        for sector in sectors.into_iter().filter(|sector| *sector < FIRST_MARK).take(self.max_sectors()) {
            let table = numbers(self.sector(sector)?);
            self.fat.extend(table);
        }
        Some(())
    }

    fn max_sectors(&self) -> usize {
        self.bytes.len() / self.sector_bytes + 1
    }

    /// Returns a sector; the last one of a file may be cut off.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = (number as usize).checked_add(1)?.checked_mul(self.sector_bytes)?;
        let end = at.checked_add(self.sector_bytes)?.min(self.bytes.len());
        self.bytes.get(at..end).filter(|sector| !sector.is_empty())
    }

    /// Returns the contents of a chain of sectors, up to the size of the file: damaged chains may run in circles.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut contents = Vec::new();
        let mut number = start;
        for _ in 0..self.max_sectors() {
            let Some(sector) = self.sector(number) else { break };
            contents.extend_from_slice(sector);
            number = self.fat.get(number as usize).copied().unwrap_or(u32::MAX);
        }
        contents
    }

    fn mini_chain(&self, start: u32) -> Vec<u8> {
        let mut contents = Vec::new();
        let mut number = start;
        for _ in 0..=self.mini_stream.len() / self.mini_sector_bytes {
            let at = (number as usize).saturating_mul(self.mini_sector_bytes);
            let Some(rest) = self.mini_stream.get(at..) else { break };
            contents.extend_from_slice(&rest[..rest.len().min(self.mini_sector_bytes)]);
            number = self.mini_fat.get(number as usize).copied().unwrap_or(u32::MAX);
        }
        contents
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|chunk| u32_at(chunk, 0)).collect()
}

fn entry(bytes: &[u8]) -> Option<CompoundEntry> {
    let length = usize::from(u16_at(bytes, 64)?).min(64);
    let units: Vec<u16> = bytes[..length].chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
    let name = String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
    // Only the low half of the size counts in version 3, and no stream is longer than the file in version 4.
    Some(CompoundEntry { name, kind: bytes[66], start: u32_at(bytes, 116)?, bytes: u64::from(u32_at(bytes, 120)?) })
}
