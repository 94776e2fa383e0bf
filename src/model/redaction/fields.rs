//! Enumeration of all texts of a map with their places, shared by redaction and review.
//!
//! Excludes names of actors: an actor is redacted as a whole or not at all.

use std::fmt;

use super::placeholders::{QUOTE_WITHHELD, TITLE_WITHHELD, WITHHELD};
use crate::model::{
    Actor, ActorKindId, Amount, Claim, Ends, Evidence, Item, Metadata, Quote, Records, Source, SourceKind, TieKindId,
    Word,
};

/// The record that contains a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextOwner {
    /// The map itself.
    Map,
    /// A kind of actor.
    ActorKind(ActorKindId),
    /// A kind of tie.
    TieKind(TieKindId),
    /// An actor, a tie, a fact or a source.
    Item(Item),
    /// A saved view, by its index in the file.
    View(u32),
    /// A note on the canvas, by its index in the view.
    Note(u32),
}

/// The place of a text; displayed as `tie-3.evidence-1.quote`, counted from 1 in the map's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPlace {
    /// The record.
    pub owner: TextOwner,
    /// The field, as the file spells it.
    pub field: &'static str,
    /// For fields in lists: the name of the list and the index in it.
    pub entry: Option<(&'static str, u32)>,
}

impl fmt::Display for TextPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            TextOwner::Map => write!(f, "map"),
            TextOwner::ActorKind(id) => write!(f, "actor-kind-{}", id.index() + 1),
            TextOwner::TieKind(id) => write!(f, "tie-kind-{}", id.index() + 1),
            TextOwner::Item(Item::Actor(id)) => write!(f, "actor-{}", id.index() + 1),
            TextOwner::Item(Item::Tie(id)) => write!(f, "tie-{}", id.index() + 1),
            TextOwner::Item(Item::Fact(id)) => write!(f, "fact-{}", id.index() + 1),
            TextOwner::Item(Item::Source(id)) => write!(f, "source-{}", id.index() + 1),
            TextOwner::View(index) => write!(f, "view-{}", index + 1),
            TextOwner::Note(index) => write!(f, "note-{}", index + 1),
        }?;
        if let Some((list, index)) = self.entry {
            write!(f, ".{list}-{}", index + 1)?;
        }
        if self.field.is_empty() { Ok(()) } else { write!(f, ".{}", self.field) }
    }
}

/// The list of the steps of a story.
const STEPS: &str = "steps";

impl TextPlace {
    /// Returns whether a text is part of the look of the map and never drawn: names of views, but not stories.
    pub(super) fn is_never_drawn(&self) -> bool {
        matches!(self.owner, TextOwner::View(_)) && self.entry.is_none_or(|(list, _)| list != STEPS)
    }
}

/// Category of a text, which determines how it is judged and replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextCategory {
    /// Free text by the map's authors.
    Free,
    /// A name: alias, author, publisher or license.
    Name,
    /// A title of the map or a source.
    Title,
    /// A quotation from a source.
    Quote,
    /// A place in a source.
    Locator,
    /// A web address.
    Address,
    /// The label, verb or icon of a kind.
    Kind,
    /// A word outside a closed list, or a language, currency or register.
    Code,
}

impl TextCategory {
    /// Whether the option to withhold all texts applies. Includes addresses, because they repeat titles.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Free | Self::Title | Self::Quote | Self::Locator | Self::Address)
    }
}

/// Callback that returns `true` to withhold a text.
pub(super) type Judge<'a> = dyn FnMut(TextPlace, TextCategory, &str) -> bool + 'a;

/// Passes every text of the map to the callback, and replaces or removes those it withholds.
pub(super) fn judge_texts(records: &mut Records, judge: &mut Judge<'_>) {
    judge_meta(records, judge);
    judge_kinds(records, judge);
    for (id, actor) in records.actors.iter_mut() {
        judge_actor(&mut FieldJudge::of_item(Item::Actor(id), judge), actor);
    }
    for (id, source) in records.sources.iter_mut() {
        judge_source(&mut FieldJudge::of_item(Item::Source(id), judge), source);
    }
    for (id, tie) in records.ties.iter_mut() {
        let mut fields = FieldJudge::of_item(Item::Tie(id), judge);
        if let Ends::Parties(parties) = &mut tie.ends {
            for (party, at) in parties.iter_mut().zip(0..) {
                fields.entry = Some(("parties", at));
                fields.optional(TextCategory::Free, "role", &mut party.role);
            }
            fields.entry = None;
        }
        judge_claim(&mut fields, &mut tie.claim);
    }
    for (id, fact) in records.facts.iter_mut() {
        let mut fields = FieldJudge::of_item(Item::Fact(id), judge);
        fields.required(TextCategory::Free, "text", &mut fact.text);
        judge_claim(&mut fields, &mut fact.claim);
    }
    for ((_, view), index) in records.views.iter_mut().zip(0..) {
        let mut fields = FieldJudge { owner: TextOwner::View(index), entry: None, judge };
        fields.optional(TextCategory::Free, "name", &mut view.name);
        fields.list(TextCategory::Free, "notes", &mut view.notes, |note| &note.text);
        for (step, at) in view.steps.iter_mut().zip(0..) {
            fields.entry = Some((STEPS, at));
            fields.optional(TextCategory::Title, "title", &mut step.title);
            fields.optional(TextCategory::Free, "caption", &mut step.caption);
            fields.optional(TextCategory::Free, "notes", &mut step.notes);
        }
        fields.entry = None;
        view.filter.hidden_tags.retain(|tag| !fields.is_withheld(TextCategory::Free, "hiddenTags", tag));
    }
}

/// The callback and the current place in the map.
struct FieldJudge<'a, 'j> {
    owner: TextOwner,
    entry: Option<(&'static str, u32)>,
    judge: &'a mut Judge<'j>,
}

impl<'a, 'j> FieldJudge<'a, 'j> {
    fn of_item(item: Item, judge: &'a mut Judge<'j>) -> Self {
        Self { owner: TextOwner::Item(item), entry: None, judge }
    }

    fn is_withheld(&mut self, sort: TextCategory, field: &'static str, text: &str) -> bool {
        (self.judge)(TextPlace { owner: self.owner, field, entry: self.entry }, sort, text)
    }

    fn required(&mut self, sort: TextCategory, field: &'static str, text: &mut String) {
        if self.is_withheld(sort, field, text) {
            WITHHELD.clone_into(text);
        }
    }

    /// Replaces a withheld text by a mark, so that the omission is visible; removes codes, addresses and texts of
    /// kinds.
    fn optional(&mut self, sort: TextCategory, field: &'static str, text: &mut Option<String>) {
        if text.as_deref().is_some_and(|text| self.is_withheld(sort, field, text)) {
            *text = match sort {
                TextCategory::Title => Some(TITLE_WITHHELD.to_owned()),
                TextCategory::Code | TextCategory::Address | TextCategory::Kind => None,
                TextCategory::Free | TextCategory::Name | TextCategory::Quote | TextCategory::Locator => {
                    Some(WITHHELD.to_owned())
                }
            };
        }
    }

    fn list<T>(&mut self, sort: TextCategory, list: &'static str, all: &mut Vec<T>, text: impl Fn(&T) -> &str) {
        let mut index = 0;
        all.retain(|one| {
            self.entry = Some((list, index));
            index += 1;
            !self.is_withheld(sort, "", text(one))
        });
        self.entry = None;
    }

    /// Judges a word outside its closed list like free text.
    fn word<T>(&mut self, field: &'static str, word: &mut Option<Word<T>>) {
        if let Some(Word::Other(other)) = word
            && self.is_withheld(TextCategory::Code, field, other)
        {
            *word = None;
        }
    }

    /// Judges the parts of a quotation as one text, because a name may be split between them.
    fn quote(&mut self, field: &'static str, quote: &mut Option<Quote>) {
        let Some(Quote { exact, prefix, suffix }) = quote else { return };
        let texts = [prefix.as_deref(), Some(&**exact), suffix.as_deref()].into_iter().flatten();
        let whole = texts.collect::<Vec<_>>().join(" ");
        if self.is_withheld(TextCategory::Quote, field, &whole) {
            *quote = Some(Quote { exact: QUOTE_WITHHELD.to_owned(), ..Quote::default() });
        }
    }
}

fn judge_meta(records: &mut Records, judge: &mut Judge<'_>) {
    let meta = std::sync::Arc::make_mut(&mut records.meta);
    let mut fields = FieldJudge { owner: TextOwner::Map, entry: None, judge };
    fields.optional(TextCategory::Title, "title", &mut meta.title);
    fields.optional(TextCategory::Free, "subtitle", &mut meta.subtitle);
    fields.optional(TextCategory::Free, "note", &mut meta.note);
    fields.optional(TextCategory::Name, "license", &mut meta.license);
    fields.optional(TextCategory::Code, "language", &mut meta.language);
    fields.list(TextCategory::Name, "authors", &mut meta.authors, |author| author);
}

fn judge_kinds(records: &mut Records, judge: &mut Judge<'_>) {
    for (number, (id, kind)) in (1..).zip(records.actor_kinds.iter_mut()) {
        let owner = TextOwner::ActorKind(id);
        let mut fields = FieldJudge { owner, entry: None, judge };
        fields.optional(TextCategory::Kind, "icon", &mut kind.icon);
        if fields.is_withheld(TextCategory::Kind, "label", &kind.label)
            || fields.is_withheld(TextCategory::Kind, "id", &kind.key)
        {
            kind.key = format!("actor-kind-{number}").into();
            WITHHELD.clone_into(&mut kind.label);
        }
    }
    for (number, (id, kind)) in (1..).zip(records.tie_kinds.iter_mut()) {
        let owner = TextOwner::TieKind(id);
        let mut fields = FieldJudge { owner, entry: None, judge };
        fields.optional(TextCategory::Kind, "icon", &mut kind.icon);
        let verb_tells = kind.verb.as_deref().is_some_and(|verb| fields.is_withheld(TextCategory::Kind, "verb", verb));
        let label_tells = fields.is_withheld(TextCategory::Kind, "label", &kind.label);
        if verb_tells || label_tells || fields.is_withheld(TextCategory::Kind, "id", &kind.key) {
            kind.key = format!("tie-kind-{number}").into();
            WITHHELD.clone_into(&mut kind.label);
            kind.verb = None;
        }
    }
}

// Records are taken apart without `..`, so that the compiler asks what becomes of a new field before it is published.

fn judge_actor(fields: &mut FieldJudge<'_, '_>, actor: &mut Actor) {
    let Actor {
        aliases,
        summary,
        identifiers,
        url,
        metadata,
        key: _,
        kind: _,
        name: _,
        part_of: _,
        start: _,
        end: _,
        former_ids: _,
    } = actor;
    fields.list(TextCategory::Name, "aliases", aliases, |alias| alias);
    fields.optional(TextCategory::Free, "summary", summary);
    // An id is judged together with its register, because either may reveal the actor.
    let mut index = 0;
    identifiers.retain(|(register, id)| {
        fields.entry = Some(("identifiers", index));
        index += 1;
        let is_register = fields.is_withheld(TextCategory::Code, "register", register);
        !(is_register | fields.is_withheld(TextCategory::Code, "id", id))
    });
    fields.entry = None;
    fields.optional(TextCategory::Address, "url", url);
    judge_tags(fields, metadata);
}

/// Judges the tags of a record. Skips empty ones, because mutable access allocates metadata.
fn judge_tags(fields: &mut FieldJudge<'_, '_>, metadata: &mut Metadata) {
    if !metadata.tags.is_empty() {
        fields.list(TextCategory::Free, "tags", &mut metadata.tags, |tag| tag);
    }
}

fn judge_source(fields: &mut FieldJudge<'_, '_>, source: &mut Source) {
    let Source {
        kind,
        title,
        publisher,
        authors,
        url,
        archive_url,
        language,
        note,
        csl,
        key: _,
        published: _,
        accessed: _,
        by: _,
        same_as: _,
        row: _,
        own: _,
    } = source;
    if let Some(Word::Other(word)) = kind
        && fields.is_withheld(TextCategory::Code, "kind", word)
    {
        *kind = Some(Word::Known(SourceKind::Other));
    }
    fields.optional(TextCategory::Title, "title", title);
    fields.optional(TextCategory::Name, "publisher", publisher);
    fields.list(TextCategory::Name, "authors", authors, |author| author);
    fields.optional(TextCategory::Free, "note", note);
    fields.optional(TextCategory::Code, "language", language);
    fields.optional(TextCategory::Address, "url", url);
    fields.optional(TextCategory::Address, "archiveUrl", archive_url);
    // The CSL item repeats titles, addresses and notes in its own format.
    fields.optional(TextCategory::Address, "csl", csl);
}

fn judge_claim(fields: &mut FieldJudge<'_, '_>, claim: &mut Claim) {
    let Claim {
        label,
        summary,
        scope,
        via,
        stage,
        stages,
        status,
        confidence,
        retraction,
        amount,
        share,
        quantity,
        evidence,
        metadata,
        key: _,
        start: _,
        end: _,
        date: _,
        first_seen: _,
        last_seen: _,
        status_date: _,
        supersedes: _,
        contradicts: _,
        part_of: _,
    } = claim;
    fields.optional(TextCategory::Free, "label", label);
    fields.optional(TextCategory::Free, "summary", summary);
    fields.optional(TextCategory::Free, "scope", scope);
    fields.optional(TextCategory::Free, "via", via);
    if let Some(retraction) = retraction {
        fields.entry = Some(("retraction", 0));
        fields.optional(TextCategory::Free, "reason", &mut retraction.reason);
        fields.entry = None;
    }
    fields.word("stage", stage);
    fields.word("status", status);
    fields.word("confidence", confidence);
    fields.list(TextCategory::Code, "stages", stages, |change| match &change.stage {
        Word::Known(_) => "",
        Word::Other(word) => word,
    });
    let amounts = [("amount", amount), ("share", share), ("quantity", quantity)];
    for (name, amount) in amounts {
        let Some(amount) = amount else { continue };
        let Amount { text, unit, currency, lower: _, upper: _, is_approximate: _ } = &mut **amount;
        fields.entry = Some((name, 0));
        fields.optional(TextCategory::Free, "text", text);
        fields.optional(TextCategory::Code, "unit", unit);
        fields.optional(TextCategory::Code, "currency", currency);
    }
    for (piece, index) in evidence.iter_mut().zip(0..) {
        fields.entry = Some(("evidence", index));
        judge_evidence(fields, piece);
    }
    fields.entry = None;
    judge_tags(fields, metadata);
}

fn judge_evidence(fields: &mut FieldJudge<'_, '_>, piece: &mut Evidence) {
    let Evidence { stance, proves, locator, quote, cited_in, note, source: _ } = piece;
    proves.retain(|field| !fields.is_withheld(TextCategory::Code, "for", field));
    if let Word::Other(word) = stance
        && fields.is_withheld(TextCategory::Code, "stance", word)
    {
        *stance = Word::Other(WITHHELD.into());
    }
    fields.optional(TextCategory::Locator, "locator", locator);
    fields.quote("quote", quote);
    fields.optional(TextCategory::Free, "note", note);
    if let Some(cited) = cited_in {
        fields.optional(TextCategory::Locator, "citedIn.locator", &mut cited.locator);
        fields.quote("citedIn.quote", &mut cited.quote);
    }
}
