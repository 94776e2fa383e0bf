//! What the legend explains: the kinds and the signs that occur among what is shown.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{contested, main_currency};
use crate::document::Shown;
use crate::model::{ClaimId, Map, Rgb, Stage, Word};
use crate::wording::visible;

/// A kind of actor or tie in the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendKind {
    /// Its text.
    pub label: String,
    /// Its color; gray where the file gives none.
    pub color: Option<Rgb>,
    /// Name of its icon.
    pub icon: Option<String>,
    /// How many are shown.
    pub count: usize,
}

/// A sign of the picture that needs a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A solid line.
    Solid,
    /// A line of long dashes.
    Dashed,
    /// A dotted line.
    Dotted,
    /// A thin line with a bar at its end.
    Ended,
    /// A double dagger.
    Disputed,
    /// A hollow pill.
    NoSource,
    /// The width of lines, for amounts in this currency.
    Width(String),
}

impl Sign {
    /// What it stands for.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Solid => "active, agreed or done".to_owned(),
            Self::Dashed => "announced, planned or conditional".to_owned(),
            Self::Dotted => "rumored".to_owned(),
            Self::Ended => "ended or canceled".to_owned(),
            Self::Disputed => "disputed or contradicted".to_owned(),
            Self::NoSource => "no source".to_owned(),
            Self::Width(currency) => format!("width: amount in {}; thinnest: amount unknown", visible(currency)),
        }
    }
}

/// Everything the legend explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// Kinds of shown actors, in the file's order.
    pub actor_kinds: Vec<LegendKind>,
    /// Kinds of shown ties, in the file's order.
    pub tie_kinds: Vec<LegendKind>,
    /// Signs that occur.
    pub signs: Vec<Sign>,
}

/// Builds the legend of what is shown.
#[must_use]
pub fn build_legend(map: &Map, shown: &Shown) -> Legend {
    let mut actor_counts: BTreeMap<usize, usize> = BTreeMap::new();
    for kind in shown.actors().filter_map(|actor| map.actor(actor).kind) {
        *actor_counts.entry(kind.index()).or_default() += 1;
    }
    let mut tie_counts: BTreeMap<usize, usize> = BTreeMap::new();
    for tie in shown.ties() {
        *tie_counts.entry(map.tie(tie).kind.index()).or_default() += 1;
    }
    let kind = |label: &str, color, icon: &Option<String>, count| LegendKind {
        label: visible(label).into_owned(),
        color,
        icon: icon.clone(),
        count,
    };
    Legend {
        actor_kinds: actor_counts
            .into_iter()
            .map(|(index, count)| (&map.actor_kinds[index], count))
            .map(|(of, count)| kind(&of.label, of.color, &of.icon, count))
            .collect(),
        tie_kinds: tie_counts
            .into_iter()
            .map(|(index, count)| (&map.tie_kinds[index], count))
            .map(|(of, count)| kind(&of.label, of.color, &of.icon, count))
            .collect(),
        signs: signs(map, shown),
    }
}

fn signs(map: &Map, shown: &Shown) -> Vec<Sign> {
    let stages: BTreeSet<Stage> =
        shown.ties().filter_map(|tie| map.tie(tie).claim.stage.as_ref().and_then(Word::known)).collect();
    let has = |wanted: &[Stage]| wanted.iter().any(|stage| stages.contains(stage));
    let contested = contested(map);
    let is_disputed = shown.ties().any(|tie| contested.contains(&ClaimId::Tie(tie)));
    let is_unsourced = shown.ties().any(|tie| map.tie(tie).claim.evidence.is_empty());
    let signs = [
        (has(&[Stage::Active, Stage::Agreed, Stage::Done]), Sign::Solid),
        (has(&[Stage::Announced, Stage::Planned, Stage::Conditional]), Sign::Dashed),
        (has(&[Stage::Rumored]), Sign::Dotted),
        (has(&[Stage::Ended, Stage::Canceled]), Sign::Ended),
        (is_disputed, Sign::Disputed),
        (is_unsourced, Sign::NoSource),
    ];
    let width = main_currency(map, shown.ties()).map(Sign::Width);
    signs.into_iter().filter(|(occurs, _)| *occurs).map(|(_, sign)| sign).chain(width).collect()
}

#[cfg(test)]
mod tests {
    use super::{Sign, build_legend};
    use crate::document::{Look, Shown};
    use crate::model::fixture;
    use crate::model::{Map, MapParts};

    #[test]
    fn only_what_occurs_is_explained() {
        let map = fixture::map();
        let legend = build_legend(&map, &Shown::new(&map, &Look::default()));
        let kinds: Vec<(&str, usize)> = legend.tie_kinds.iter().map(|kind| (kind.label.as_str(), kind.count)).collect();
        assert_eq!(kinds, [("Investment", 2), ("Revenue share", 1), ("Loan", 2), ("Agreement", 2)]);
        assert_eq!(legend.signs, [Sign::Solid, Sign::Disputed, Sign::NoSource, Sign::Width("EUR".to_owned())]);
        assert_eq!(legend.signs[3].text(), "width: amount in EUR; thinnest: amount unknown");
        let empty = Map::new(MapParts::default());
        assert!(build_legend(&empty, &Shown::new(&empty, &Look::default())).signs.is_empty());
    }
}
