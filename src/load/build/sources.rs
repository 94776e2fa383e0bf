//! Reads sources and reports unused ones.

use crate::load::faults::{FieldPath, Quoted};
use crate::load::records::SourceRecord;
use crate::model::{Claim, Item, MapParts, Source, SourceId, SourceKind};

use super::ids::{Ids, Kept, ListName};
use super::own_fields::own_fields;
use super::values::{ValueReader, words_of};

impl ValueReader {
    /// Reads a source, including its CSL item.
    pub(crate) fn source(&mut self, ids: &Ids, kept: Kept<Box<SourceRecord>>) -> Source {
        let list = FieldPath::Root.field("sources");
        let at = list.index(kept.index);
        let record = *kept.record;
        self.extras(&at, &record.extras, SourceRecord::FIELDS);
        let mut source = Source {
            key: kept.key,
            kind: self.word(&at.field("kind"), record.kind, words_of!(SourceKind)),
            title: self.line(&at.field("title"), record.title),
            publisher: self.line(&at.field("publisher"), record.publisher),
            authors: self.lines(&at.field("authors"), record.authors),
            published: self.date(&at.field("published"), record.published),
            url: self.url(&at.field("url"), record.url),
            accessed: self.date(&at.field("accessed"), record.accessed),
            archive_url: self.url(&at.field("archiveUrl"), record.archive_url),
            language: self.line(&at.field("language"), record.language),
            note: self.prose(&at.field("note"), record.note),
            by: ids.each(self, &at.field("by"), record.by, Ids::actor),
            same_as: ids.source(self, &at.field("sameAs"), record.same_as),
            csl: None,
            row: self.row(ids, &at.field("row"), record.row.open()).map(Box::new),
            own: own_fields(&record.extras),
        };
        if source.same_as.is_some_and(|same| ids.item(&source.key) == Some(Item::Source(same))) {
            let message = format_args!("“sameAs” refers to the source itself; it is ignored");
            self.faults.error(&at.field("sameAs"), message, "write the id of the other source");
            source.same_as = None;
        }
        self.fill_from_csl(&at.field("csl"), record.csl, &mut source);
        source
    }

    /// Adds a remark for each source that no claim cites, directly or through a copy with the same text.
    pub(crate) fn remark_unused_sources(&mut self, parts: &MapParts, ids: &Ids) {
        let mut is_used = vec![false; parts.sources.len()];
        let claims = parts.ties.iter().map(|tie| &tie.claim).chain(parts.facts.iter().map(|fact| &fact.claim));
        for source in claims.flat_map(sources_of) {
            is_used[source.index()] = true;
        }
        for (index, source) in parts.sources.iter().enumerate() {
            if let Some(same) = source.same_as {
                let either = is_used[index] || is_used[same.index()];
                (is_used[index], is_used[same.index()]) = (either, either);
            }
        }
        let list = FieldPath::Root.field("sources");
        for (index, source) in parts.sources.iter().enumerate().filter(|(index, _)| !is_used[*index]) {
            let at = list.index(ids.place(ListName::Sources, index));
            let message = format_args!("no tie or fact cites the source {}", Quoted(&source.key));
            self.faults.remark(&at, message, "cite it in the evidence of a tie or fact, or remove it");
        }
    }
}

fn sources_of(claim: &Claim) -> impl Iterator<Item = SourceId> {
    let cited =
        claim.evidence.iter().flat_map(|piece| [Some(piece.source), piece.cited_in.as_ref().map(|cited| cited.source)]);
    let retraction = claim.retraction.as_ref().and_then(|retraction| retraction.source);
    cited.flatten().chain(retraction)
}
