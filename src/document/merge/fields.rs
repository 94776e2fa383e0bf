//! Field-by-field merge of records. Every field is listed, so that a missing one fails to compile.

use std::collections::HashMap;

use crate::model::{
    Actor, ActorKind, Claim, Fact, Import, ImportRow, MapMeta, Metadata, MetadataFields, OwnField, OwnFields, OwnValue,
    Source, StoryStep, Tie, TieKind, View,
};

use super::Disagreement;

/// Three versions of a record; `base` is `None` if both sides added it.
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
    /// Returns the version of the side that changed it; ours if both did.
    pub(super) fn pick(&self, name: &'static str, found: &mut Vec<Disagreement>) -> T {
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
    /// Removes the entries that the file removed and appends those it added.
    fn union(&self) -> Vec<T> {
        let none = Vec::new();
        let base = self.base.unwrap_or(&none);
        let is_kept = |entry: &&T| !base.contains(entry) || self.theirs.contains(entry);
        let is_new = |entry: &&T| !base.contains(entry) && !self.ours.contains(entry);
        if self.base == Some(self.ours) {
            // Keeps the order of the file.
            return self.theirs.clone();
        }
        self.ours.iter().filter(is_kept).chain(self.theirs.iter().filter(is_new)).cloned().collect()
    }
}

/// A record that is merged field by field.
pub(super) trait Merge: Sized {
    /// Merges the two sides and reports the fields that both changed.
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self;

    /// Takes the file's value of a field by its name in conflicts; returns whether there is such a field.
    fn take_theirs(&mut self, name: &str, base: Option<&Self>, theirs: &Self) -> bool;
}

/// Lists the fields of a record: values of which one side wins, lists whose entries are united, and nested records.
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

            #[allow(unused_variables, reason = "a record without parts needs no base")]
            fn take_theirs(&mut self, name: &str, base: Option<&Self>, theirs: &Self) -> bool {
                match name {
                    $($name => self.$field = theirs.$field.clone(),)*
                    _ => return false $(|| self.$part.take_theirs(name, base.map(|base| &base.$part), &theirs.$part))*,
                }
                true
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
    ActorKind {
        key: "id", label: "label", color: "color", icon: "icon", is_listed: "kinds", is_auto: "auto",
    } lists {} records {}
}

merge! {
    TieKind {
        key: "id", label: "label", verb: "verb", is_directed: "directed", color: "color", icon: "icon",
        is_listed: "kinds", is_auto: "auto",
    } lists {} records {}
}

merge! {
    Actor {
        key: "id", kind: "kind", name: "name", summary: "summary", part_of: "partOf", url: "url",
        start: "startDate", end: "endDate",
    } lists { aliases, identifiers, former_ids } records { metadata }
}

merge! {
    Source {
        key: "id", kind: "kind", title: "title", publisher: "publisher", published: "published", url: "url",
        accessed: "accessed", archive_url: "archiveUrl", language: "language", note: "note", same_as: "sameAs",
        csl: "csl",
    } lists { authors, by } records { row, own }
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
    } lists { stages, supersedes, contradicts, evidence } records { metadata }
}

merge! {
    MetadataFields { weight: "weight" } lists { tags, checks } records { row, own }
}

merge! {
    Import {
        key: "id", file: "file", sheet: "sheet", query: "query", sha256: "sha256", read: "read", source: "source", columns: "key",
        recipe: "recipe",
    } lists { gone } records { own }
}

merge! {
    StoryStep {
        key: "id", title: "title", caption: "caption", show: "show", focus: "focus", as_of: "asOf", camera: "camera",
        notes: "notes",
    } lists { checks } records { own }
}

impl Merge for Metadata {
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
        sides.field(|metadata: &Metadata| -> &MetadataFields { metadata }).merge(found).into()
    }

    fn take_theirs(&mut self, name: &str, base: Option<&Self>, theirs: &Self) -> bool {
        let mut fields = MetadataFields::clone(self);
        let base: Option<&MetadataFields> = base.map(|base| &**base);
        let is_there = fields.take_theirs(name, base, theirs);
        if is_there {
            *self = fields.into();
        }
        is_there
    }
}

/// Corrections of both sides are noted, whichever fields they are of.
impl Merge for Option<ImportRow> {
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
        let (Some(ours), Some(theirs)) = (sides.ours, sides.theirs) else { return sides.pick("row", found) };
        let base = sides.base.and_then(Option::as_ref);
        if ours.import != theirs.import {
            return sides.pick("row", found);
        }
        let row = ThreeWay { base, ours, theirs };
        let none = Vec::new();
        let was = base.map_or(&none, |base| &base.was);
        let text = |texts: &[(String, String)], name: &str| {
            texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
        };
        let new = theirs.was.iter().filter(|(name, _)| text(&ours.was, name).is_none());
        let merged = ours.was.iter().chain(new).filter_map(|(name, _)| {
            let [base, ours, theirs] = [was, &ours.was, &theirs.was].map(|texts| text(texts, name));
            let text = if ours == base { theirs } else { ours };
            Some((name.clone(), text?))
        });
        Some(ImportRow {
            import: ours.import,
            keys: row.field(|row| &row.keys).pick("row", found),
            was: merged.collect(),
            own: row.field(|row| &row.own).merge(found),
        })
    }

    fn take_theirs(&mut self, name: &str, _base: Option<&Self>, theirs: &Self) -> bool {
        if name != "row" {
            return false;
        }
        match (self.as_mut(), theirs) {
            // Corrections of both sides stay noted.
            (Some(ours), Some(theirs)) if ours.import == theirs.import => ours.keys.clone_from(&theirs.keys),
            _ => self.clone_from(theirs),
        }
        true
    }
}

impl Merge for Option<Box<ImportRow>> {
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
        let plain = |row: &Self| row.as_deref().cloned();
        let (base, ours, theirs) = (sides.base.map(plain), plain(sides.ours), plain(sides.theirs));
        ThreeWay { base: base.as_ref(), ours: &ours, theirs: &theirs }.merge(found).map(Box::new)
    }

    fn take_theirs(&mut self, name: &str, base: Option<&Self>, theirs: &Self) -> bool {
        let plain = |row: &Self| row.as_deref().cloned();
        let (mut ours, base) = (plain(self), base.map(plain));
        let is_there = ours.take_theirs(name, base.as_ref(), &plain(theirs));
        if is_there {
            *self = ours.map(Box::new);
        }
        is_there
    }
}

impl Merge for OwnFields {
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
        let by_name = |fields: &OwnFields| -> HashMap<Box<str>, OwnValue> {
            fields.iter().map(|OwnField { name, value }| (name.clone(), value.clone())).collect()
        };
        let (base, ours, theirs) = (sides.base.map(by_name), by_name(sides.ours), by_name(sides.theirs));
        let new = sides.theirs.iter().filter(|field| !ours.contains_key(&field.name));
        let merged = sides.ours.iter().chain(new).filter_map(|OwnField { name, .. }| {
            let base = base.as_ref().map(|base| base.get(name).cloned());
            let (ours, theirs) = (ours.get(name).cloned(), theirs.get(name).cloned());
            let value = ThreeWay { base: base.as_ref(), ours: &ours, theirs: &theirs }.pick("x-", found)?;
            Some(OwnField { name: name.clone(), value })
        });
        merged.collect()
    }

    /// Takes the custom fields that both sides changed; the conflict names none of them.
    fn take_theirs(&mut self, name: &str, base: Option<&Self>, theirs: &Self) -> bool {
        if name != "x-" {
            return false;
        }
        let of =
            |fields: &Self, name: &str| fields.iter().find(|field| &*field.name == name).map(|it| it.value.clone());
        let was = |name: &str| base.and_then(|base| of(base, name));
        let is_contested = |name: &str| {
            let (was, ours, theirs) = (was(name), of(self, name), of(theirs, name));
            ours != was && theirs != was && ours != theirs
        };
        let kept = self.iter().filter(|field| !is_contested(&field.name) || of(theirs, &field.name).is_some());
        let kept = kept.map(|OwnField { name, value }| {
            let theirs = of(theirs, name).filter(|_| is_contested(name));
            OwnField { name: name.clone(), value: theirs.unwrap_or_else(|| value.clone()) }
        });
        let is_new = |field: &&OwnField| of(self, &field.name).is_none() && is_contested(&field.name);
        *self = kept.chain(theirs.iter().filter(is_new).cloned()).collect();
        true
    }
}

impl ThreeWay<'_, View> {
    /// Merges the parts of a view that are not in a look, except its key and name.
    pub(super) fn merge_story(&self, found: &mut Vec<Disagreement>) -> View {
        View {
            colors: self.field(|view| &view.colors).pick("colors", found),
            communities: self.field(|view| &view.communities).pick("communities", found),
            steps: self.field(|view| &view.steps).merge_steps(found),
            own: self.field(|view| &view.own).merge(found),
            ..View::default()
        }
    }
}

impl Merge for View {
    /// A view that is not open is merged as one value.
    fn merge(sides: &ThreeWay<'_, Self>, found: &mut Vec<Disagreement>) -> Self {
        sides.pick("views", found)
    }

    fn take_theirs(&mut self, name: &str, base: Option<&Self>, theirs: &Self) -> bool {
        match name {
            "views" => *self = theirs.clone(),
            "colors" => self.colors.clone_from(&theirs.colors),
            "communities" => self.communities.clone_from(&theirs.communities),
            "steps" => self.steps.clone_from(&theirs.steps),
            _ => return self.own.take_theirs(name, base.map(|base| &base.own), &theirs.own),
        }
        true
    }
}
