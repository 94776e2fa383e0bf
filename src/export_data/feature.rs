//! The parts of maps that some formats lack, and how many of each a map has.

use crate::model::{Claim, Date, Ends, Evidence, Filter, Metadata, OwnFields, Source, Stance, View};

use super::bods::ownership_ties;
use super::content::DataContent;
use super::xml::is_xml;

/// A part of maps that some formats lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Feature {
    Notes,
    Bends,
    /// Places of actors and hubs.
    Places,
    /// What the view hides, pins, labels, filters and colors.
    ViewChoices,
    Steps,
    OtherViews,
    /// Subtitle, authors, license and the like.
    About,
    /// Icons, verbs and, for tables, colors.
    KindLooks,
    KindColors,
    Facts,
    /// Ties of many parties, which become a node or several ties.
    PartyRoles,
    AllTies,
    AllActors,
    OtherTies,
    /// Superseded and retracted ties, which a program that knows no status would take for true.
    Withdrawn,
    LoneActors,
    AllSources,
    UncitedSources,
    FurtherEvidence,
    /// Stances, words around a quotation, and where a source was read.
    EvidenceDetails,
    SourceDetails,
    /// Retractions, checks and the like.
    ClaimDetails,
    Figures,
    /// Directions of ties that a program takes from an attribute only.
    MixedDirections,
    PartialDates,
    /// Dates that lose precision when read back from tables.
    UnusualDates,
    History,
    Provenance,
    OwnFields,
    Weights,
    Tags,
    Distinct,
    /// Characters that XML can't hold.
    ControlCharacters,
}

impl Feature {
    /// Returns what it is, in the plural: "notes on the map".
    pub(super) fn words(self) -> &'static str {
        words(self)
    }

    /// Returns how many of it a map has.
    pub(super) fn count(self, content: &DataContent) -> usize {
        count(content, self)
    }
}

fn words(feature: Feature) -> &'static str {
    match feature {
        Feature::Notes => "notes on the map",
        Feature::Bends => "bends of lines",
        Feature::Places => "places of actors",
        Feature::ViewChoices => "choices of the view, such as hidden actors, labels and filters",
        Feature::Steps => "steps of the story",
        Feature::OtherViews => "further views",
        Feature::About => "remarks on the map, such as its authors and license",
        Feature::KindLooks => "icons and verbs of kinds",
        Feature::KindColors => "colors of kinds",
        Feature::Facts => "facts about single actors",
        Feature::PartyRoles => "ties of several parties, written as ties between two",
        Feature::AllTies => "ties",
        Feature::AllActors => "actors",
        Feature::OtherTies => "ties that are not about ownership",
        Feature::Withdrawn => "superseded and retracted ties",
        Feature::LoneActors => "actors without ownership ties",
        Feature::AllSources => "sources",
        Feature::UncitedSources => "sources that no tie cites first",
        Feature::FurtherEvidence => "further sources of ties",
        Feature::EvidenceDetails => "details of evidence, such as stance, context and where it was read",
        Feature::SourceDetails => "details of sources, such as authors and archived copies",
        Feature::ClaimDetails => "details of ties, such as retractions and checks",
        Feature::Figures => "amounts and quantities other than shares",
        Feature::MixedDirections => "ties without direction, which only the attribute “direction” shows",
        Feature::PartialDates => "dates less or more precise than a day",
        Feature::UnusualDates => "dates that lose precision when read back from tables",
        Feature::History => "histories of stages",
        Feature::Provenance => "imported tables and the rows that records came from",
        Feature::OwnFields => "custom fields",
        Feature::Weights => "weights",
        Feature::Tags => "tagged records",
        Feature::Distinct => "pairs judged not to be the same",
        Feature::ControlCharacters => "texts with characters that XML can't hold, which are written out",
    }
}

fn count(content: &DataContent, feature: Feature) -> usize {
    let map = &content.map;
    let views = |count: fn(&View) -> usize| content.all_views().map(count).sum();
    let claims = |is_so: fn(&Claim) -> bool| map.records().claims().filter(|(_, claim)| is_so(claim)).count();
    let ties = |is_so: fn(&Claim) -> bool| map.ties().values().filter(|tie| is_so(&tie.claim)).count();
    let metadata = |is_so: fn(&Metadata) -> bool| {
        let actors = map.actors().values().filter(|actor| is_so(&actor.metadata)).count();
        actors + map.records().claims().filter(|(_, claim)| is_so(&claim.metadata)).count()
    };
    match feature {
        Feature::Notes => views(|view| view.notes.len()),
        Feature::Bends => views(|view| view.bends.len()),
        Feature::Places => views(|view| view.positions.len() + view.hub_positions.len()),
        Feature::ViewChoices => views(choices),
        Feature::Steps => views(|view| view.steps.len()),
        Feature::OtherViews => content.all_views().count() - 1,
        Feature::About => remarks(content),
        Feature::KindLooks => {
            let actors = map.actor_kinds().values().filter(|kind| kind.icon.is_some()).count();
            actors + map.tie_kinds().values().filter(|kind| kind.icon.is_some() || kind.verb.is_some()).count()
        }
        Feature::KindColors => {
            let actors = map.actor_kinds().values().filter(|kind| kind.color.is_some()).count();
            actors + map.tie_kinds().values().filter(|kind| kind.color.is_some()).count()
        }
        Feature::Facts => map.facts().len(),
        Feature::PartyRoles => map.ties().values().filter(|tie| matches!(tie.ends, Ends::Parties(_))).count(),
        Feature::AllTies => map.ties().len(),
        Feature::AllActors => map.actors().len(),
        Feature::OtherTies => map.ties().len() - ownership_ties(content).len() - ties(Claim::is_withdrawn),
        Feature::Withdrawn => ties(Claim::is_withdrawn),
        Feature::LoneActors => {
            let owned = ownership_ties(content);
            let known: std::collections::BTreeSet<_> = owned.iter().flat_map(|id| map.tie(*id).ends.actors()).collect();
            map.actors().len() - known.len()
        }
        Feature::AllSources => map.sources().len(),
        Feature::UncitedSources => {
            let firsts = map.ties().values().filter_map(|tie| super::flat::tie::first_evidence(&tie.claim));
            let cited: std::collections::BTreeSet<_> = firsts.map(|piece| piece.source).collect();
            map.sources().len() - cited.len()
        }
        Feature::FurtherEvidence => map.ties().values().map(|tie| tie.claim.evidence.len().saturating_sub(1)).sum(),
        Feature::EvidenceDetails => {
            map.ties().values().flat_map(|tie| &tie.claim.evidence).filter(|piece| has_details(piece)).count()
        }
        Feature::SourceDetails => map.sources().values().filter(|source| has_source_details(source)).count(),
        Feature::ClaimDetails => claims(|claim| claim.retraction.is_some() || !claim.metadata.checks.is_empty()),
        Feature::Figures => ties(|claim| claim.amount.is_some() || claim.quantity.is_some()),
        Feature::MixedDirections => {
            let open = map.ties().values().filter(|tie| !tie.is_directed && matches!(tie.ends, Ends::Pair { .. }));
            let open = open.count();
            if open == map.ties().len() { 0 } else { open }
        }
        Feature::PartialDates => {
            dates(content, |date| date.text().parse::<jiff::civil::Date>().is_err() && !date.is_open())
        }
        Feature::UnusualDates => dates(content, |date| !super::csv::is_readable(date)),
        Feature::History => claims(|claim| !claim.stages.is_empty()),
        Feature::Provenance => map.imports().len() + metadata(|metadata| metadata.row.is_some()),
        Feature::OwnFields => own_fields(content),
        Feature::Weights => metadata(|metadata| metadata.weight.is_some()),
        Feature::Tags => metadata(|metadata| !metadata.tags.is_empty()),
        Feature::Distinct => map.records().distinct.len(),
        Feature::ControlCharacters => texts_beyond_xml(content),
    }
}

fn choices(view: &View) -> usize {
    let lists = view.hidden.len() + view.hidden_ties.len() + view.pinned.len() + view.labels.len() + view.pairs.len();
    let others = view.colors.len() + view.communities.len() + view.own.iter().count();
    lists + others + usize::from(view.filter != Filter::default()) + usize::from(view.shown.is_some())
}

fn remarks(content: &DataContent) -> usize {
    let meta = content.map.meta();
    let texts = [&meta.subtitle, &meta.license, &meta.note, &meta.language].into_iter().flatten().count();
    texts + usize::from(!meta.authors.is_empty()) + usize::from(meta.as_of.is_some())
}

fn has_details(piece: &Evidence) -> bool {
    let has_context = piece.quote.as_ref().is_some_and(|quote| quote.prefix.is_some() || quote.suffix.is_some());
    !piece.stance.is(&Stance::Supports)
        || has_context
        || piece.cited_in.is_some()
        || piece.note.is_some()
        || !piece.proves.is_empty()
}

fn has_source_details(source: &Source) -> bool {
    !source.authors.is_empty()
        || source.kind.is_some()
        || [&source.archive_url, &source.language, &source.note, &source.csl].into_iter().flatten().next().is_some()
        || !source.by.is_empty()
        || source.same_as.is_some()
        || source.own != OwnFields::NONE
}

fn dates(content: &DataContent, is_meant: fn(&Date) -> bool) -> usize {
    let map = &content.map;
    let claims = map.records().claims().flat_map(|(_, claim)| [&claim.start, &claim.end, &claim.date]);
    let actors = map.actors().values().flat_map(|actor| [&actor.start, &actor.end]);
    claims.chain(actors).flatten().filter(|date| is_meant(date)).count()
}

fn own_fields(content: &DataContent) -> usize {
    let map = &content.map;
    let actors = map.actors().values().map(|actor| &actor.metadata.own);
    let sources = map.sources().values().map(|source| &source.own);
    let claims = map.records().claims().map(|(_, claim)| &claim.metadata.own);
    actors.chain(sources).chain(claims).map(|own| own.iter().count()).sum()
}

/// Counts the names and texts of records with characters that XML can't hold.
fn texts_beyond_xml(content: &DataContent) -> usize {
    let map = &content.map;
    let actors = map.actors().values().flat_map(|actor| [Some(&actor.name), actor.summary.as_ref()]);
    let claims = map.records().claims().flat_map(|(_, claim)| [claim.label.as_ref(), claim.summary.as_ref()]);
    actors.chain(claims).flatten().filter(|text| !text.chars().all(is_xml)).count()
}
