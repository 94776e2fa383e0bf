//! What merging records would do, in words.

use crate::model::{ActorId, Ends, Item, Map, SourceId};
use crate::wording::{actor_name, counted, joined_and, source_name, visible};

/// Describes what becomes of records if they are merged into one.
#[must_use]
pub fn merge_lines(map: &Map, keep: Item, others: &[Item]) -> Vec<String> {
    match keep {
        Item::Actor(keep) => {
            let others: Vec<ActorId> =
                others.iter().filter_map(|item| if let Item::Actor(id) = item { Some(*id) } else { None }).collect();
            of_actors(map, keep, &others)
        }
        Item::Source(keep) => {
            let others: Vec<SourceId> =
                others.iter().filter_map(|item| if let Item::Source(id) = item { Some(*id) } else { None }).collect();
            of_sources(map, keep, &others)
        }
        Item::Tie(_) | Item::Fact(_) => Vec::new(),
    }
}

fn of_actors(map: &Map, keep: ActorId, others: &[ActorId]) -> Vec<String> {
    let name = actor_name(map, keep);
    let names: Vec<String> = others.iter().map(|other| actor_name(map, *other)).collect();
    let becomes = if others.len() == 1 { "becomes another name of it" } else { "become other names of it" };
    let mut lines = vec![format!("{name} stays, and {} {becomes}.", joined_and(&names))];
    let is_one = |actor: &ActorId| *actor == keep || others.contains(actor);
    let mut moved = std::collections::BTreeSet::new();
    for other in others {
        moved.extend(map.ties_of(*other).iter().copied());
    }
    let loops = moved.iter().filter(|tie| match &map.tie(**tie).ends {
        Ends::Pair { from, to } => from != to && is_one(from) && is_one(to),
        Ends::Parties(_) => false,
    });
    let loops = loops.count();
    let facts: usize = others.iter().map(|other| map.facts_of(*other).len()).sum();
    let moves =
        [(moved.len() - loops, counted(moved.len() - loops, "tie", "ties")), (facts, counted(facts, "fact", "facts"))];
    let moves: Vec<String> = moves.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    let verb = if moves.len() == 1 && moves[0].starts_with("1 ") { "moves" } else { "move" };
    lines.push(if moves.is_empty() {
        "No tie moves.".to_owned()
    } else {
        format!("{} {verb} to {name}.", joined_and(&moves))
    });
    if loops > 0 {
        let leads = if loops == 1 { "leads" } else { "lead" };
        let is_kept = if loops == 1 { "It is kept" } else { "They are kept" };
        lines.push(format!(
            "{} between them then {leads} from {name} to itself. {is_kept}.",
            counted(loops, "tie", "ties")
        ));
    }
    let kept = map.actor(keep);
    for other in others {
        let other = map.actor(*other);
        let filled: Vec<&str> = [
            (kept.kind.is_none() && other.kind.is_some(), "kind"),
            (kept.summary.is_none() && other.summary.is_some(), "summary"),
            (kept.url.is_none() && other.url.is_some(), "address"),
            (kept.start.is_none() && other.start.is_some(), "start"),
            (kept.end.is_none() && other.end.is_some(), "end"),
        ]
        .into_iter()
        .filter(|(is_filled, _)| *is_filled)
        .map(|(_, words)| words)
        .collect();
        if !filled.is_empty() {
            lines.push(format!("Its {} comes from {}.", joined_and(&filled), visible(&other.name)));
        }
        let differs: Vec<&str> = [
            (kept.kind.is_some() && other.kind.is_some() && kept.kind != other.kind, "kind"),
            (kept.summary.is_some() && other.summary.is_some() && kept.summary != other.summary, "summary"),
            (kept.url.is_some() && other.url.is_some() && kept.url != other.url, "address"),
        ]
        .into_iter()
        .filter(|(differs, _)| *differs)
        .map(|(_, words)| words)
        .collect();
        if !differs.is_empty() {
            lines.push(format!("The {} of {} is dropped.", joined_and(&differs), visible(&other.name)));
        }
    }
    lines
}

fn of_sources(map: &Map, keep: SourceId, others: &[SourceId]) -> Vec<String> {
    let names: Vec<String> = others.iter().map(|other| source_name(map, *other)).collect();
    let cited: usize = others.iter().map(|other| map.claims_of(*other).len()).sum();
    vec![
        format!("{} stays, and {} is merged into it.", source_name(map, keep), joined_and(&names)),
        format!("{} will cite it.", counted(cited, "more claim", "more claims")),
    ]
}
