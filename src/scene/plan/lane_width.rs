//! The scale from amounts to line widths.

use rust_decimal::prelude::ToPrimitive;

use crate::analysis::main_currency;
use crate::model::{Claim, Map};

/// Width of ties without an amount on the scale, in world units.
pub(in crate::scene) const THINNEST: f32 = 1.5;

/// Width of the largest amount where there is room for it.
const WIDEST: f32 = 9.0;
/// Width of the largest amount on a map with many ties.
const WIDEST_OF_MANY: f32 = 6.0;
/// Number of ties from which a map has little room for wide lines.
const MANY_TIES: usize = 25;

/// Scale from amounts to line widths: the width above the thinnest grows with the square root of the amount.
#[derive(Clone, Debug, PartialEq)]
pub struct WidthScale {
    /// Currency of the scale: the one used by most ties of the map; `None` without amounts.
    pub currency: Option<String>,
    largest: f64,
    widest: f32,
}

impl WidthScale {
    /// Creates the scale of a whole map, so that filters change no widths.
    #[must_use]
    pub fn of_map(map: &Map) -> Self {
        let currency = main_currency(map, map.tie_ids());
        let amounts = map.ties().values().filter_map(|tie| money(&tie.claim));
        let on_scale = amounts.filter(|(other, _)| currency.as_deref() == Some(*other));
        let largest = on_scale.map(|(_, value)| value).fold(0.0, f64::max);
        let widest = if map.ties().len() >= MANY_TIES { WIDEST_OF_MANY } else { WIDEST };
        Self { currency, largest, widest }
    }

    /// Returns the width of a tie's line in world units; the thinnest if its amount is unknown or in another currency.
    #[must_use]
    pub fn width(&self, claim: &Claim) -> f32 {
        self.amount(claim).map_or(THINNEST, |value| self.width_of(value))
    }

    /// Returns the amount that determines a tie's width, if it has one on this scale.
    pub(in crate::scene) fn amount(&self, claim: &Claim) -> Option<f64> {
        let (currency, value) = money(claim)?;
        (self.currency.as_deref() == Some(currency)).then_some(value)
    }

    /// Returns the width of an amount in the scale's currency.
    pub(in crate::scene) fn width_of(&self, value: f64) -> f32 {
        let share = if self.largest > 0.0 { (value / self.largest).clamp(0.0, 1.0) } else { 0.0 };
        THINNEST + (self.widest - THINNEST) * share.sqrt() as f32
    }

    /// Returns up to three round amounts that explain the scale, from the smallest to the largest amount drawn,
    /// ascending.
    #[must_use]
    pub fn steps(&self, amounts: &[f64]) -> Vec<f64> {
        let low = amounts.iter().copied().fold(f64::INFINITY, f64::min);
        let high = amounts.iter().copied().fold(0.0, f64::max);
        if !(high > 0.0 && low.is_finite()) {
            return Vec::new();
        }
        let mut steps: Vec<f64> = vec![round(low.max(high / 1000.0)), round((low * high).sqrt()), round(high)];
        steps.dedup();
        steps
    }
}

/// Rounds to the nearest of 1, 2 and 5 times a power of ten.
fn round(value: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    let candidates = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let distance = |candidate: f64| libm::fabs(libm::log(candidate / value));
    candidates.into_iter().min_by(|&a, &b| distance(a).total_cmp(&distance(b))).unwrap_or(value)
}

/// Returns a claim's currency and the amount to draw, if above zero.
pub(in crate::scene) fn money(claim: &Claim) -> Option<(&str, f64)> {
    let amount = claim.amount.as_ref()?;
    let value = amount.for_drawing()?.to_f64()?;
    Some((amount.currency.as_deref()?, value)).filter(|&(_, value)| value > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_grow_with_amounts_and_never_reach_the_thinnest() {
        let scale = WidthScale { currency: Some("USD".to_owned()), largest: 250e9, widest: WIDEST };
        let widths: Vec<f32> = [13e9, 50e9, 250e9].into_iter().map(|value| scale.width_of(value)).collect();
        assert!(widths[0] > THINNEST + 0.5 && widths[0] < widths[1] && widths[1] < widths[2], "{widths:?}");
        assert!((widths[2] - WIDEST).abs() < 1e-6);
    }

    #[test]
    fn steps_are_round_and_rising() {
        let scale = WidthScale { currency: None, largest: 0.0, widest: WIDEST };
        assert_eq!(scale.steps(&[13e9, 50e9, 250e9]), [1e10, 5e10, 2e11]);
        assert_eq!(scale.steps(&[7.0]), [5.0]);
        assert!(scale.steps(&[]).is_empty());
    }
}
