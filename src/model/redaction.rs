//! A map with names, amounts or quotes taken out, for people who must not see them.
//!
//! Map to map: every record stays at its place, so that typed ids, saved looks and citation numbers go on to hold;
//! only what the records say is changed. Nothing of what is redacted is left in any field.

mod money;
mod names;
mod texts;

use std::collections::BTreeSet;

use self::names::Names;
use super::{Actor, ActorId, ActorKindId, Item, Map, MapParts, SourceId, TieKindId};

/// What stands in place of a text.
pub const WITHHELD: &str = "withheld";

/// The same for a title and for the words of a quote, in the brackets that mark what editors put there.
const TITLE_WITHHELD: &str = "[title withheld]";
const QUOTE_WITHHELD: &str = "[withheld]";

/// What a picture for others must not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Actors that become "Company A", "Person B".
    pub actors: BTreeSet<ActorId>,
    /// Kinds of actors that are left out, with all that is said of their actors.
    pub actor_kinds: BTreeSet<ActorKindId>,
    /// Kinds of ties that are left out, with all that is said by them.
    pub tie_kinds: BTreeSet<TieKindId>,
    /// Sources of which only the number stays.
    pub sources: BTreeSet<SourceId>,
    /// Whether amounts, shares, quantities and the texts that speak of money are withheld.
    pub hides_amounts: bool,
    /// Whether all quotes are withheld.
    pub hides_quotes: bool,
}

impl Redaction {
    /// Whether nothing is to be taken out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is taken out, for those who see the rest: "names, amounts and quotes withheld". None for nothing.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        let kinds = self.actor_kinds.len() + self.tie_kinds.len();
        let parts: Vec<&str> = [
            (!self.actors.is_empty(), "names"),
            (self.hides_amounts, "amounts"),
            (self.hides_quotes, "quotes"),
            (!self.sources.is_empty(), "sources"),
            (kinds > 0, if kinds == 1 { "one kind" } else { "some kinds" }),
        ]
        .into_iter()
        .filter_map(|(is_so, word)| is_so.then_some(word))
        .collect();
        match parts.as_slice() {
            [] => None,
            [one] => Some(format!("{one} withheld")),
            [most @ .., last] => Some(format!("{} and {last} withheld", most.join(", "))),
        }
    }
}

/// Keeps of some texts those that tell nothing of what is redacted; notes on the canvas are such texts.
pub fn retain_untold<T>(map: &Map, redaction: &Redaction, texts: &mut Vec<T>, words: impl Fn(&T) -> &str) {
    if !redaction.is_empty() && !texts.is_empty() {
        let plan = Plan::new(map, redaction);
        texts.retain(|text| !plan.is_told(words(text)));
    }
}

/// What is decided before any text is looked at.
struct Plan<'a> {
    redaction: &'a Redaction,
    /// Actors that lose their names.
    actors: BTreeSet<ActorId>,
    names: Names,
}

/// The map without what is redacted. Records keep their places, ties their ends and sources their numbers.
#[must_use]
pub fn redact(map: &Map, redaction: &Redaction) -> Map {
    if redaction.is_empty() {
        return map.clone();
    }
    let plan = Plan::new(map, redaction);
    let mut parts = MapParts::clone(map);
    plan.redact_meta(&mut parts);
    plan.redact_kinds(&mut parts);
    plan.redact_actors(map, &mut parts);
    for (index, source) in parts.sources.iter_mut().enumerate() {
        plan.redact_source(SourceId::from_index(index), source);
    }
    for (index, tie) in parts.ties.iter_mut().enumerate() {
        let is_about_hidden = tie.ends.actors().iter().any(|actor| plan.actors.contains(actor));
        plan.redact_roles(&mut tie.ends);
        plan.redact_claim(&mut tie.claim, is_about_hidden, redaction.tie_kinds.contains(&tie.kind));
        tie.claim.key = format!("tie-{}", index + 1).into();
    }
    for (index, fact) in parts.facts.iter_mut().enumerate() {
        let is_about_hidden = plan.actors.contains(&fact.actor);
        if is_about_hidden || plan.is_told(&fact.text) {
            WITHHELD.clone_into(&mut fact.text);
        }
        plan.redact_claim(&mut fact.claim, is_about_hidden, is_about_hidden);
        fact.claim.key = format!("fact-{}", index + 1).into();
    }
    for (index, view) in parts.views.iter_mut().enumerate() {
        view.key = format!("view-{}", index + 1).into();
        plan.redact_option(&mut view.name);
        view.notes.retain(|note| !plan.is_told(&note.text));
    }
    Map::new(parts)
}

impl<'a> Plan<'a> {
    fn new(map: &Map, redaction: &'a Redaction) -> Self {
        let of_kind = |id: &ActorId| map.actor(*id).kind.is_some_and(|kind| redaction.actor_kinds.contains(&kind));
        let mut actors: BTreeSet<ActorId> = redaction.actors.iter().copied().collect();
        actors.extend(map.actor_ids().filter(of_kind));
        // Who bears the name of a redacted actor in its own would give it away.
        loop {
            let names = Names::new(map, &actors, redaction);
            let bears = |id: &ActorId| !actors.contains(id) && names.occur_in(&map.actor(*id).name);
            let more: Vec<ActorId> = map.actor_ids().filter(bears).collect();
            if more.is_empty() {
                return Self { redaction, actors, names };
            }
            actors.extend(more);
        }
    }

    /// New names for those who lose theirs, lettered in the map's order; new keys for all, since keys carry names.
    fn redact_actors(&self, map: &Map, parts: &mut MapParts) {
        let labels: Vec<Option<String>> = map
            .actor_ids()
            .map(|id| {
                let is_left_out = map.actor(id).kind.is_some_and(|kind| self.redaction.actor_kinds.contains(&kind));
                let label = map.actor_kind(id).map(|kind| kind.label.clone());
                label.filter(|label| !is_left_out && !self.is_told(label))
            })
            .collect();
        let mut count = 0;
        for (index, (actor, label)) in parts.actors.iter_mut().zip(labels).enumerate() {
            let key = format!("actor-{}", index + 1).into();
            if self.actors.contains(&ActorId::from_index(index)) {
                let name = format!("{} {}", label.as_deref().unwrap_or("Actor"), letters(count));
                let (kind, part_of) = (actor.kind, actor.part_of);
                *actor = Actor {
                    key,
                    kind,
                    name,
                    part_of,
                    aliases: Vec::new(),
                    summary: None,
                    identifiers: Vec::new(),
                    url: None,
                };
                count += 1;
                continue;
            }
            actor.key = key;
            actor.aliases.retain(|alias| !self.is_told(alias));
            self.redact_option(&mut actor.summary);
            actor.identifiers.retain(|(register, id)| !self.is_told(register) && !self.is_told(id));
            self.drop_address(&mut actor.url);
        }
    }
}

/// A, B, … Z, AA, AB, …
fn letters(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    if index < 26 { last.to_string() } else { format!("{}{last}", letters(index / 26 - 1)) }
}

impl Redaction {
    /// Adds the record with this key; false if there is none that can be redacted by itself.
    #[must_use]
    pub fn add_record(&mut self, map: &Map, key: &str) -> bool {
        match map.find(key) {
            Some(Item::Actor(actor)) => self.actors.insert(actor),
            Some(Item::Source(source)) => self.sources.insert(source),
            Some(Item::Tie(_) | Item::Fact(_)) | None => return false,
        };
        true
    }

    /// Adds all kinds of actors and ties that have this word as key or label; false if there is none.
    #[must_use]
    pub fn add_kind(&mut self, map: &Map, word: &str) -> bool {
        let is_named =
            |key: &str, label: &str| key.eq_ignore_ascii_case(word) || label.to_lowercase() == word.to_lowercase();
        let before = self.actor_kinds.len() + self.tie_kinds.len();
        let actor_kinds = map.actor_kinds.iter().enumerate().filter(|(_, kind)| is_named(&kind.key, &kind.label));
        self.actor_kinds.extend(actor_kinds.map(|(index, _)| ActorKindId::from_index(index)));
        let tie_kinds = map.tie_kinds.iter().enumerate().filter(|(_, kind)| is_named(&kind.key, &kind.label));
        self.tie_kinds.extend(tie_kinds.map(|(index, _)| TieKindId::from_index(index)));
        self.actor_kinds.len() + self.tie_kinds.len() > before
    }
}

#[cfg(test)]
mod tests;
