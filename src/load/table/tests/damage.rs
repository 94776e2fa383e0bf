//! Random damage to files, the same on each machine.

/// A generator of the same numbers on each machine.
#[derive(Debug)]
pub(in crate::load) struct Numbers(pub(in crate::load) u64);

impl Numbers {
    /// Returns a number below a limit.
    pub(in crate::load) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Signs that matter to the readers.
const SIGNS: &[u8] = b"\"\\,;\t\n\r<>/&=:{}[]0919AZ \xff\x00\x80";

/// Changes, inserts or removes up to five runs of bytes.
pub(in crate::load) fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        match numbers.below(4) {
            _ if bytes.is_empty() => bytes.push(b'"'),
            0 => bytes[at] = numbers.below(256) as u8,
            1 => bytes[at] = SIGNS[numbers.below(SIGNS.len())],
            2 => {
                let end = (at + 1 + numbers.below(20)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => bytes.insert(at, SIGNS[numbers.below(SIGNS.len())]),
        }
    }
    bytes
}
