//! A ZIP archive of deflated entries without times, so that the same content gives the same bytes.

use std::io::{self, Write as _};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// 1 January 1980, the earliest date of the format.
const DATE: u16 = 0x0021;
/// Version of the format that readers need for deflated entries.
const VERSION: u16 = 20;
/// The compression method "deflate".
const DEFLATED: u16 = 8;

/// Writes an archive into memory. Entries keep their order.
#[derive(Debug, Default)]
pub(crate) struct ZipWriter {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl ZipWriter {
    /// Appends an entry.
    ///
    /// # Errors
    ///
    /// When the archive would exceed 4 GB or 65,535 entries.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut crc = Crc::new();
        crc.update(content);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content)?;
        let packed = encoder.finish()?;
        let start = size(self.bytes.len())?;
        let name_length = u16::try_from(name.len()).map_err(io::Error::other)?;
        // Both records share these fields.
        let mut common = Vec::new();
        for field in [VERSION, 0, DEFLATED, 0, DATE] {
            common.extend(field.to_le_bytes());
        }
        for field in [crc.sum(), size(packed.len())?, size(content.len())?] {
            common.extend(field.to_le_bytes());
        }
        common.extend(name_length.to_le_bytes());
        common.extend(0_u16.to_le_bytes());

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(common);
        // Length of the comment, disk, internal attributes, external attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(start.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count = self.count.checked_add(1).ok_or_else(|| io::Error::other("too many entries"))?;
        Ok(())
    }

    /// Returns the bytes of the whole archive.
    ///
    /// # Errors
    ///
    /// When the archive exceeds 4 GB.
    pub(crate) fn finish(mut self) -> io::Result<Vec<u8>> {
        let start = size(self.bytes.len())?;
        let length = size(self.directory.len())?;
        self.bytes.extend(self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend(0_u16.to_le_bytes());
        Ok(self.bytes)
    }
}

fn size(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(io::Error::other)
}
