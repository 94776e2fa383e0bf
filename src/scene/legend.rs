//! The legend: explains exactly the signs that occur in a picture.

mod columns;
mod entry;
mod overview;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

pub(super) use entry::legend_shapes;
pub use entry::{LegendSign, LegendSignGroup, OWN_COLOR, UNCERTAIN, UNSEEN, UNSEEN_SIGN, legend_signs};

use super::lane::LineStyle;
use super::plan::{Card, Plan, common_kind, common_style, money};
use crate::analysis::PairSummary;
use crate::model::{ActorKindId, Amount, Bound, ClaimId, Map, Rgb, SourceId, Stage, TieId, TieKindId, Word};
use crate::wording;

/// Signs that occur in a picture, in display order.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "signs that occur or not, one by one")]
pub struct Legend {
    /// Kinds of ties.
    pub tie_kinds: Vec<TieKindId>,
    /// Kinds of actors; empty if all are of one kind.
    pub actor_kinds: Vec<ActorKindId>,
    /// Line styles with their stages; empty if all lines are solid.
    pub lines: Vec<(LineStyle, Vec<Stage>)>,
    /// Whether there are ribbons.
    pub has_ribbon: bool,
    /// Whether a tie is contested, see [`Map::is_contested`].
    pub has_disputed: bool,
    /// Whether a tie may have held at the date of the view, but not surely.
    pub has_uncertain: bool,
    /// Whether a tie has no source.
    pub has_unsourced: bool,
    /// The color of an actor that the view gives it, whatever its kind; `None` if none has one.
    pub own_color: Option<Rgb>,
    /// Whether an actor has neighbors that are not shown.
    pub has_unseen: bool,
    /// Meaning of line widths; `None` if no width stands for an amount.
    pub widths: Option<Widths>,
    /// The only source of all ties. A page tells it in its list of sources, or at its foot.
    pub common_source: Option<SourceId>,
    /// Signs of a large map seen from afar, which replace all others but the kinds.
    pub overview: Option<OverviewSigns>,
}

/// What is special about a large map seen from afar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverviewSigns {
    /// A hue of an area; `None` without areas.
    pub area: Option<Rgb>,
    /// Whether all areas have names given by a person.
    pub is_all_named: bool,
    /// Whether dots and ties have the colors of their areas.
    pub is_by_area: bool,
    /// Whether ties lead from one area to another.
    pub has_between: bool,
    /// Number of other areas from which a tie makes an actor a bridge; `None` without bridges.
    pub bridge_reach: Option<u32>,
}

/// Meaning of line widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Widths {
    /// Currency of the scale, as an ISO 4217 code.
    pub currency: String,
    /// Ascending amounts as text, each with its line width.
    pub steps: Vec<(String, f32)>,
    /// Whether a tie is drawn thinnest because its amount is unknown.
    pub has_unknown: bool,
    /// Whether a tie is drawn thinnest because its amount is in another currency.
    pub has_other_currency: bool,
}

impl Legend {
    /// Collects the signs that occur in a plan.
    #[must_use]
    pub fn of_plan(map: &Map, plan: &Plan) -> Self {
        let ties = plan.ties();
        let with_lanes: BTreeSet<TieId> =
            plan.lines.iter().map(|line| line.tie).filter(|&tie| plan.ribbons.get(tie).is_none()).collect();
        let of_ribbons = plan.ribbons.iter().filter_map(|(_, summary)| common_kind(summary));
        let tie_kinds: BTreeSet<TieKindId> = with_lanes.iter().map(|&id| map.tie(id).kind).chain(of_ribbons).collect();
        let actor_kinds: BTreeSet<_> = plan.cards.iter().map(|card| map.actor(card.actor).kind).collect();
        let has_several = actor_kinds.len() > 1;
        Self {
            tie_kinds: tie_kinds.into_iter().collect(),
            actor_kinds: if has_several { actor_kinds.into_iter().flatten().collect() } else { Vec::new() },
            lines: lines(map, plan, &with_lanes),
            has_ribbon: !plan.ribbons.is_empty(),
            has_disputed: ties.iter().any(|&id| map.is_contested(ClaimId::Tie(id))),
            has_uncertain: ties.iter().any(|&id| plan.is_uncertain(map, id)),
            has_unsourced: ties.iter().any(|&id| map.tie(id).claim.evidence.is_empty()),
            own_color: plan.cards.iter().find_map(Card::own_color),
            has_unseen: plan.cards.iter().any(|card| card.unseen() > 0),
            widths: widths(map, plan, &with_lanes),
            common_source: plan.common_source,
            overview: None,
        }
    }
}

fn lines(map: &Map, plan: &Plan, with_lanes: &BTreeSet<TieId>) -> Vec<(LineStyle, Vec<Stage>)> {
    let is_uniform = |summary: &&PairSummary| common_style(map, summary) != LineStyle::Solid;
    let uniform = plan.ribbons.iter().map(|(_, summary)| summary).filter(is_uniform);
    let ties = with_lanes.iter().chain(uniform.flat_map(|summary| &summary.ties));
    let mut styles: BTreeSet<LineStyle> = BTreeSet::new();
    let mut stages: BTreeSet<Stage> = BTreeSet::new();
    for &id in ties {
        let claim = &map.tie(id).claim;
        styles.insert(LineStyle::of(claim));
        stages.extend(claim.stage.as_ref().and_then(Word::known));
    }
    if styles.iter().all(|&style| style == LineStyle::Solid) {
        return Vec::new();
    }
    let of_style = |style| stages.iter().copied().filter(|&stage| LineStyle::of_stage(Some(stage)) == style).collect();
    styles.into_iter().map(|style| (style, of_style(style))).collect()
}

fn widths(map: &Map, plan: &Plan, ties: &BTreeSet<TieId>) -> Option<Widths> {
    let currency = plan.scale.currency.clone()?;
    // Ended ties are thin, independent of their amount.
    let drawn = || ties.iter().map(|&id| &map.tie(id).claim).filter(|claim| LineStyle::of(claim) != LineStyle::Ended);
    let amounts: Vec<f64> = drawn().filter_map(|claim| plan.scale.amount(claim)).collect();
    let step = |value: f64| {
        let value_bound = Bound { value: Decimal::from_f64(value)?, is_inclusive: true };
        let amount = Amount {
            lower: Some(value_bound),
            upper: Some(value_bound),
            currency: Some(currency.clone()),
            ..Amount::default()
        };
        Some((wording::amount_short(&amount), plan.scale.width_of(value)))
    };
    let steps: Vec<_> = plan.scale.steps(&amounts).into_iter().filter_map(step).collect();
    let is_other = |claim: &crate::model::Claim| money(claim).is_some_and(|(other, _)| other != currency);
    if steps.is_empty() {
        return None;
    }
    let has_unknown = drawn().any(|claim| plan.scale.amount(claim).is_none() && !is_other(claim));
    let has_other_currency = drawn().any(is_other);
    Some(Widths { currency, steps, has_unknown, has_other_currency })
}
