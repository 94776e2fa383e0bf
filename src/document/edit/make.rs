//! Makes records as a person does: an actor by its name, a tie with its ends, kind, figures and proof in one step.

use emath::Pos2;

use crate::document::{Command, Document, EditError, Transaction};
use crate::load::{declare_kinds, verb_of};
use crate::model::{
    Actor, ActorId, ActorKind, ActorKindId, Claim, ClaimId, Ends, Evidence, Fact, FactId, Item, Key, Map, Placed,
    RecordChange, Source, SourceId, Swap, Tie, TieId, TieKind, TieKindId,
};

use super::starter::StarterKind;
use super::{Change, FieldValues, TextEntry, add_actor, add_fact, add_source, add_tie, cite, new_key, set_values};

/// Several edits that become one transaction.
#[derive(Clone, Debug)]
pub struct Edits {
    document: Document,
    done: Transaction,
    new_kinds: Vec<KindId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KindId {
    Actor(ActorKindId),
    Tie(TieKindId),
}

/// An actor that is there, or the name of a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorChoice {
    /// An actor of the map.
    Known(ActorId),
    /// The name of a new actor.
    New(String),
}

/// A kind of ties that is there, or the label of a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindChoice {
    /// A kind of the map.
    Known(TieKindId),
    /// The label of a new kind; a starter kind of this label gives verb and direction.
    New(String),
}

/// A source that is there, or a new one.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceChoice {
    /// A source of the map.
    Known(SourceId),
    /// A new source.
    New(Box<Source>),
}

/// A tie to be made.
#[derive(Clone, Debug)]
pub struct NewTie {
    /// Start of the tie.
    pub from: ActorChoice,
    /// End of the tie.
    pub to: ActorChoice,
    /// Its kind.
    pub kind: KindChoice,
    /// The values of its fields.
    pub values: FieldValues,
    /// The source of its first piece of evidence, with the rest of the evidence; its `source` is replaced.
    pub proof: Option<(SourceChoice, Box<Evidence>)>,
}

impl Edits {
    /// Starts with a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self { document: document.clone(), done: Transaction::default(), new_kinds: Vec::new() }
    }

    /// Returns the document with all edits so far.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Adds an edit of the present document.
    ///
    /// # Errors
    ///
    /// If it doesn't fit the document; nothing is changed then.
    pub fn run(&mut self, transaction: Transaction) -> Result<(), EditError> {
        self.document = self.document.apply(&transaction)?.document;
        self.done = std::mem::take(&mut self.done).then(transaction);
        Ok(())
    }

    /// Returns the actor of a choice; a new one is added.
    ///
    /// # Errors
    ///
    /// If the name is blank.
    pub fn actor(&mut self, choice: &ActorChoice) -> Result<ActorId, EditError> {
        match choice {
            ActorChoice::Known(actor) => Ok(*actor),
            ActorChoice::New(name) => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(EditError::Refused("an actor needs a name".to_owned()));
                }
                let key = new_key(&self.document.map, name);
                let (id, transaction) =
                    add_actor(&self.document, Actor { key, name: name.to_owned(), ..Actor::default() });
                self.run(transaction)?;
                if self.document.look.shown.is_some() {
                    // While a part of the map is explored, what is made is part of it.
                    self.run(Command::Show(vec![Item::Actor(id)]).transaction(&self.document))?;
                }
                Ok(id)
            }
        }
    }

    /// Puts an actor at a place.
    ///
    /// # Errors
    ///
    /// If the actor doesn't exist.
    pub fn place(&mut self, actor: ActorId, at: Pos2) -> Result<(), EditError> {
        let transaction = Command::Move(vec![(Placed::Actor(actor), at)]).transaction(&self.document);
        self.run(transaction)
    }

    /// Returns the kind of a choice; a new one is added, and gets color and icon once it is used.
    ///
    /// # Errors
    ///
    /// If the label is blank.
    pub fn tie_kind(&mut self, choice: &KindChoice) -> Result<TieKindId, EditError> {
        let label = match choice {
            KindChoice::Known(kind) => return Ok(*kind),
            KindChoice::New(label) => label.trim(),
        };
        if label.is_empty() {
            return Err(EditError::Refused("a kind needs a name".to_owned()));
        }
        let starter = StarterKind::find(label);
        let kind = TieKind {
            key: kind_key(label, |key| self.document.map.find_tie_kind(key).is_some()),
            label: label.to_owned(),
            verb: starter.map(|kind| kind.verb.to_owned()).or_else(|| verb_of(label)),
            is_directed: starter.is_none_or(|kind| kind.is_directed),
            color: None,
            icon: None,
            is_auto: true,
            is_listed: false,
        };
        let id = self.document.map.tie_kinds().next_id();
        self.run(change(RecordChange::TieKind(id, Swap::add(kind))))?;
        self.new_kinds.push(KindId::Tie(id));
        Ok(id)
    }

    /// Adds a kind of actors with this label.
    ///
    /// # Errors
    ///
    /// If the label is blank.
    pub fn add_actor_kind(&mut self, label: &str) -> Result<ActorKindId, EditError> {
        let label = label.trim();
        if label.is_empty() {
            return Err(EditError::Refused("a kind needs a name".to_owned()));
        }
        let key = kind_key(label, |key| self.document.map.find_actor_kind(key).is_some());
        let kind = ActorKind { key, label: label.to_owned(), color: None, icon: None, is_auto: true, is_listed: false };
        let id = self.document.map.actor_kinds().next_id();
        self.run(change(RecordChange::ActorKind(id, Swap::add(kind))))?;
        self.new_kinds.push(KindId::Actor(id));
        Ok(id)
    }

    /// Adds a tie with its kind, ends, values and proof.
    ///
    /// # Errors
    ///
    /// If a part of it is refused.
    pub fn add_tie(&mut self, new: &NewTie) -> Result<TieId, EditError> {
        let (from, to) = (self.actor(&new.from)?, self.actor(&new.to)?);
        let kind = self.tie_kind(&new.kind)?;
        let map = &self.document.map;
        let is_directed = map.tie_kinds()[kind].is_directed;
        let key = new_key(map, &tie_slug(map, from, kind, to));
        let claim = Claim { key, ..Claim::default() };
        let (id, transaction) =
            add_tie(&self.document, Tie { kind, ends: Ends::Pair { from, to }, is_directed, claim });
        self.run(transaction)?;
        let transaction = set_values(&self.document, &[Item::Tie(id)], &new.values)?;
        self.run(transaction)?;
        if let Some((source, evidence)) = &new.proof {
            self.cite(&[ClaimId::Tie(id)], source, evidence)?;
        }
        Ok(id)
    }

    /// Adds a fact about an actor.
    ///
    /// # Errors
    ///
    /// If the text is blank or the actor doesn't exist.
    pub fn add_fact(&mut self, actor: ActorId, text: &str) -> Result<FactId, EditError> {
        let text = text.trim();
        let name = self.document.map.actors().get(actor).ok_or(EditError::Gone)?.name.clone();
        if text.is_empty() {
            return Err(EditError::Refused("a fact needs a text".to_owned()));
        }
        let words: Vec<&str> = text.split_whitespace().take(4).collect();
        let key = new_key(&self.document.map, &format!("{name} {}", words.join(" ")));
        let claim = Claim { key, ..Claim::default() };
        let (id, transaction) = add_fact(&self.document, Fact { actor, text: text.to_owned(), claim });
        self.run(transaction)?;
        Ok(id)
    }

    /// Returns the source of a choice; a new one is added.
    ///
    /// # Errors
    ///
    /// If the source is refused.
    pub fn source(&mut self, choice: &SourceChoice) -> Result<SourceId, EditError> {
        match choice {
            SourceChoice::Known(source) => Ok(*source),
            SourceChoice::New(source) => {
                let name = source.title.as_deref().or(source.publisher.as_deref()).or(source.url.as_deref());
                let name = name.unwrap_or("source").trim_start_matches("https://").trim_start_matches("www.");
                let key = new_key(&self.document.map, name);
                let (id, transaction) = add_source(&self.document, Source { key, ..Source::clone(source) });
                self.run(transaction)?;
                Ok(id)
            }
        }
    }

    /// Cites a source for each of several claims.
    ///
    /// # Errors
    ///
    /// If a claim or the source doesn't exist.
    pub fn cite(
        &mut self,
        claims: &[ClaimId],
        source: &SourceChoice,
        evidence: &Evidence,
    ) -> Result<SourceId, EditError> {
        let source = self.source(source)?;
        for claim in claims {
            let transaction = cite(&self.document, *claim, Evidence { source, ..evidence.clone() })?;
            self.run(transaction)?;
        }
        Ok(source)
    }

    /// Sets values of records.
    ///
    /// # Errors
    ///
    /// As for [`set_values`].
    pub fn set(&mut self, items: &[Item], values: &FieldValues) -> Result<(), EditError> {
        let transaction = set_values(&self.document, items, values)?;
        self.run(transaction)
    }

    /// Clears a field.
    ///
    /// # Errors
    ///
    /// If it can't be empty.
    pub fn empty(&mut self, item: Item, entry: TextEntry) -> Result<(), EditError> {
        let values = entry
            .emptied(&self.document, item)
            .ok_or_else(|| EditError::Refused(format!("the {} can't be empty", entry.words())))?;
        self.set(&[item], &values)
    }

    /// Returns one transaction of all edits; new kinds get colors and icons.
    ///
    /// # Errors
    ///
    /// Only because of a bug: edits that were applied one by one fit together.
    pub fn finish(mut self, label: impl Into<String>) -> Result<Transaction, EditError> {
        if !self.new_kinds.is_empty() {
            let is_new = |change: &RecordChange| match change {
                RecordChange::ActorKind(id, _) => self.new_kinds.contains(&KindId::Actor(*id)),
                RecordChange::TieKind(id, _) => self.new_kinds.contains(&KindId::Tie(*id)),
                _ => false,
            };
            let changes = declare_kinds(&self.document.map).into_iter().filter(is_new).map(Change::Record).collect();
            self.run(Transaction { label: String::new(), changes })?;
        }
        Ok(Transaction { label: label.into(), ..self.done })
    }
}

/// Returns the label of the step that adds a tie.
#[must_use]
pub fn add_tie_label(map: &Map, new: &NewTie) -> String {
    let name = |choice: &ActorChoice| match choice {
        ActorChoice::Known(actor) => map.actors().get(*actor).map_or("?", |actor| actor.name.as_str()).to_owned(),
        ActorChoice::New(name) => name.trim().to_owned(),
    };
    format!("Add a tie {} → {}", name(&new.from), name(&new.to))
}

/// Returns the words of a tie's id: "microsoft investment openai".
pub(super) fn tie_slug(map: &Map, from: ActorId, kind: TieKindId, to: ActorId) -> String {
    let short = |actor: ActorId| -> String { map.actor(actor).name.chars().take(22).collect() };
    let kind: String = map.tie_kinds()[kind].label.chars().take(14).collect();
    format!("{} {kind} {}", short(from), short(to))
}

/// Returns a free key for a kind.
pub(super) fn kind_key(label: &str, is_taken: impl Fn(&str) -> bool) -> Key {
    let ascii = any_ascii::any_ascii(label).to_lowercase();
    let words: Vec<&str> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug = if words.is_empty() { "kind".to_owned() } else { words.join("-") };
    let numbered = (2..u32::MAX).map(|number| format!("{slug}-{number}"));
    let free = std::iter::once(slug.clone()).chain(numbered).find(|key| !is_taken(key));
    Key::from(free.unwrap_or(slug))
}

fn change(change: RecordChange) -> Transaction {
    Transaction { label: String::new(), changes: vec![Change::Record(change)] }
}
