//! The fields of records, merged one by one. Every field is named here: a new one that is forgotten does not compile.

use crate::model::{Actor, ActorKind, Claim, Fact, MapMeta, Source, Tie, TieKind, View};

use super::Disagreement;

/// One record three times; without a base where both sides added it.
pub(super) struct ThreeWay<'a, T> {
    pub(super) base: Option<&'a T>,
    pub(super) ours: &'a T,
    pub(super) theirs: &'a T,
}

impl<'a, T> ThreeWay<'a, T> {
    fn field<F>(&self, field: impl Fn(&'a T) -> &'a F) -> ThreeWay<'a, F> {
        ThreeWay { base: self.base.map(&field), ours: field(self.ours), theirs: field(self.theirs) }
    }

    pub(super) fn merge(&self, found: &mut Vec<Disagreement>) -> T
    where
        T: Merge,
    {
        T::merge(self, found)
    }
}

impl<T: Clone + PartialEq> ThreeWay<'_, T> {
    /// Takes the side that changed it; ours if both did.
    fn pick(&self, name: &'static str, found: &mut Vec<Disagreement>) -> T {
        if self.base == Some(self.ours) {
            return self.theirs.clone();
        }
        if self.base != Some(self.theirs) && self.ours != self.theirs {
            found.push(Disagreement::Field(name));
        }
        self.ours.clone()
    }
}

impl<T: Clone + PartialEq> ThreeWay<'_, Vec<T>> {
    /// Takes out what the file took out, and appends what it added.
    fn union(&self) -> Vec<T> {
        let none = Vec::new();
        let base = self.base.unwrap_or(&none);
        let is_kept = |entry: &&T| !base.contains(entry) || self.theirs.contains(entry);
        let is_new = |entry: &&T| !base.contains(entry) && !self.ours.contains(entry);
        if self.base == Some(self.ours) {
            // With its order.
            return self.theirs.clone();
        }
        self.ours.iter().filter(is_kept).chain(self.theirs.iter().filter(is_new)).cloned().collect()
    }
}

/// A record that is merged field by field.
pub(super) trait Merge: Sized {
    /// Merges the two sides, and names what both changed.
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self;
}

/// Lists the fields of a record: values that one side wins, and lists of which both sides' entries are kept.
macro_rules! merge {
    ($record:ident { $($field:ident: $name:literal),* $(,)? } lists { $($list:ident),* } records { $($part:ident),* }) => {
        impl Merge for $record {
            fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
                Self {
                    $($field: sides.field(|record| &record.$field).pick($name, found),)*
                    $($list: sides.field(|record| &record.$list).union(),)*
                    $($part: sides.field(|record| &record.$part).merge(found),)*
                }
            }
        }
    };
}

merge! {
    MapMeta {
        title: "title", subtitle: "subtitle", as_of: "asOf", language: "language", license: "license", note: "note",
    } lists { authors } records {}
}

merge! {
    ActorKind { key: "id", label: "label", color: "color", icon: "icon", is_listed: "kinds" } lists {} records {}
}

merge! {
    TieKind {
        key: "id", label: "label", verb: "verb", is_directed: "directed", color: "color", icon: "icon",
        is_listed: "kinds",
    } lists {} records {}
}

merge! {
    Actor {
        key: "id", kind: "kind", name: "name", summary: "summary", part_of: "partOf", url: "url",
    } lists { aliases, identifiers } records {}
}

merge! {
    Source {
        key: "id", kind: "kind", title: "title", publisher: "publisher", published: "published", url: "url",
        accessed: "accessed", archive_url: "archiveUrl", language: "language", note: "note", same_as: "sameAs",
        csl: "csl",
    } lists { authors, by } records {}
}

merge! {
    Tie { kind: "kind", ends: "from", is_directed: "directed" } lists {} records { claim }
}

merge! {
    Fact { actor: "actor", text: "text" } lists {} records { claim }
}

merge! {
    Claim {
        key: "id", label: "label", summary: "summary", scope: "scope", via: "via", start: "startDate", end: "endDate",
        date: "date", first_seen: "firstSeen", last_seen: "lastSeen", stage: "stage", status: "status",
        status_date: "statusDate", retraction: "retraction", part_of: "partOf", confidence: "confidence",
        amount: "amount", share: "share", quantity: "quantity",
    } lists { stages, supersedes, contradicts, evidence } records {}
}

impl Merge for View {
    /// A saved view that is not open is one thing.
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
        sides.pick("views", found)
    }
}
