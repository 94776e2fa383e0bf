//! Which ids a record holds: written once, for looking.

use super::{Actor, ActorId, ActorKindId, Claim, ClaimId, Ends, Fact, Source, SourceId, Tie, TieKindId};

/// An id that a record holds, for looking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reference<'a> {
    Actor(&'a ActorId),
    ActorKind(&'a ActorKindId),
    TieKind(&'a TieKindId),
    Source(&'a SourceId),
    Claim(&'a ClaimId),
}

/// A record that holds ids of others.
pub(crate) trait Refers {
    /// Calls `visit` with each field of the file that holds an id, and the id.
    fn references(&self, visit: &mut dyn FnMut(&'static str, Reference<'_>));
}

/// Writes the walks over all records; the last word is `mut` for changing.
macro_rules! walks {
    ($Reference:ident, $actor:ident, $source:ident, $tie:ident, $fact:ident, $claim:ident $(, $mutability:tt)?) => {
        fn $actor(record: &$($mutability)? Actor, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            if let Some(kind) = &$($mutability)? record.kind {
                visit("kind", $Reference::ActorKind(kind));
            }
            if let Some(whole) = &$($mutability)? record.part_of {
                visit("partOf", $Reference::Actor(whole));
            }
        }

        fn $source(record: &$($mutability)? Source, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            for actor in &$($mutability)? record.by {
                visit("by", $Reference::Actor(actor));
            }
            if let Some(same) = &$($mutability)? record.same_as {
                visit("sameAs", $Reference::Source(same));
            }
        }

        fn $tie(record: &$($mutability)? Tie, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            visit("kind", $Reference::TieKind(&$($mutability)? record.kind));
            match &$($mutability)? record.ends {
                Ends::Pair { from, to } => {
                    visit("from", $Reference::Actor(from));
                    visit("to", $Reference::Actor(to));
                }
                Ends::Parties(parties) => {
                    for party in parties {
                        visit("parties", $Reference::Actor(&$($mutability)? party.actor));
                    }
                }
            }
            $claim(&$($mutability)? record.claim, visit);
        }

        fn $fact(record: &$($mutability)? Fact, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            visit("actor", $Reference::Actor(&$($mutability)? record.actor));
            $claim(&$($mutability)? record.claim, visit);
        }

        fn $claim(claim: &$($mutability)? Claim, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            for other in &$($mutability)? claim.supersedes {
                visit("supersedes", $Reference::Claim(other));
            }
            for other in &$($mutability)? claim.contradicts {
                visit("contradicts", $Reference::Claim(other));
            }
            if let Some(whole) = &$($mutability)? claim.part_of {
                visit("partOf", $Reference::Claim(whole));
            }
            if let Some(retraction) = &$($mutability)? claim.retraction
                && let Some(source) = &$($mutability)? retraction.source
            {
                visit("retraction", $Reference::Source(source));
            }
            for piece in &$($mutability)? claim.evidence {
                visit("evidence", $Reference::Source(&$($mutability)? piece.source));
                if let Some(cited) = &$($mutability)? piece.cited_in {
                    visit("evidence", $Reference::Source(&$($mutability)? cited.source));
                }
            }
        }
    };
}

walks!(Reference, actor, source, tie, fact, claim);

macro_rules! refers {
    ($($record:ty: $walk:ident;)+) => {
        $(impl Refers for $record {
            fn references(&self, visit: &mut dyn FnMut(&'static str, Reference<'_>)) {
                $walk(self, visit);
            }
        })+
    };
}

refers! {
    Actor: actor;
    Source: source;
    Tie: tie;
    Fact: fact;
}
