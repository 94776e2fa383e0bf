//! Relationships of a part to other parts, pictures and addresses.

use std::fmt::Write as _;

use crate::export::svg::Escaped;

/// Where a relationship leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RelationshipTarget {
    /// The type and the path, relative to the part.
    Part(&'static str, String),
    /// A web address.
    Address(String),
    /// Ending and bytes of a picture, which becomes a part.
    Picture(&'static str, Vec<u8>),
}

impl RelationshipTarget {
    /// Returns the relationship of one slide to another.
    pub(super) fn slide(index: usize) -> Self {
        Self::Part("slide", format!("slide{}.xml", index + 1))
    }
}

/// The relationships of one part, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Relationships {
    targets: Vec<RelationshipTarget>,
}

impl Relationships {
    /// Creates relationships to these parts.
    pub(super) fn to(parts: &[(&'static str, &str)]) -> Self {
        let targets = parts.iter().map(|&(kind, path)| RelationshipTarget::Part(kind, path.to_owned())).collect();
        Self { targets }
    }

    /// Returns the id of a relationship, which is added if it is new.
    pub(super) fn id(&mut self, target: RelationshipTarget) -> String {
        let index = self.targets.iter().position(|known| *known == target).unwrap_or_else(|| {
            self.targets.push(target);
            self.targets.len() - 1
        });
        format!("rId{}", index + 1)
    }

    /// Turns pictures into parts, each of which is given to `add` and named by it.
    pub(super) fn store_pictures(&mut self, mut add: impl FnMut(&'static str, Vec<u8>) -> String) {
        for target in &mut self.targets {
            if let RelationshipTarget::Picture(ending, bytes) = target {
                *target = RelationshipTarget::Part("image", add(ending, std::mem::take(bytes)));
            }
        }
    }

    /// Returns the XML of the part with the relationships.
    pub(super) fn xml(&self) -> String {
        let mut out = super::markup::start();
        out.push_str("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for (index, target) in self.targets.iter().enumerate() {
            let (kind, path, mode) = match target {
                RelationshipTarget::Part(kind, path) => (*kind, path.clone(), ""),
                RelationshipTarget::Address(address) => {
                    ("hyperlink", percent_encoded(address), " TargetMode=\"External\"")
                }
                RelationshipTarget::Picture(..) => continue,
            };
            let base = if kind == "metadata/core-properties" {
                "http://schemas.openxmlformats.org/package/2006/relationships"
            } else {
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            };
            let _ = write!(
                out,
                "<Relationship Id=\"rId{}\" Type=\"{base}/{kind}\" Target=\"{}\"{mode}/>",
                index + 1,
                Escaped(&path)
            );
        }
        out.push_str("</Relationships>");
        out
    }
}

/// Percent-encodes all bytes that an address must not contain.
fn percent_encoded(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_code = |code: &[u8]| code.len() == 2 && code.iter().all(u8::is_ascii_hexdigit);
        let is_kept = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(is_code),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
        };
        if is_kept {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{RelationshipTarget, Relationships, percent_encoded};

    #[test]
    fn addresses_have_only_their_characters() {
        assert_eq!(percent_encoded("https://a.example/x?y=1&z=%C3%A4#t"), "https://a.example/x?y=1&z=%C3%A4#t");
        assert_eq!(percent_encoded("https://a.example/a b|ü%zz%"), "https://a.example/a%20b%7C%C3%BC%25zz%25");
    }

    #[test]
    fn a_target_has_one_relationship() {
        let mut all = Relationships::to(&[("slideLayout", "../slideLayouts/slideLayout1.xml")]);
        let address = || RelationshipTarget::Address("https://a.example/".to_owned());
        assert_eq!(
            [all.id(address()), all.id(RelationshipTarget::slide(1)), all.id(address())],
            ["rId2", "rId3", "rId2"]
        );
    }
}
