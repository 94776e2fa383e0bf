//! Amounts, shares and quantities, exact or known only within bounds.

use rust_decimal::Decimal;

/// A lower or upper bound of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number.
    pub value: Decimal,
    /// Whether the value itself is included ("at least") or not ("more than").
    pub is_inclusive: bool,
}

/// A decimal number with optional unit, exact or within bounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Lower bound; equal to the upper one for an exact number.
    pub lower: Option<Bound>,
    /// Upper bound; equal to the lower one for an exact number.
    pub upper: Option<Bound>,
    /// Whether the source calls the number approximate.
    pub is_approximate: bool,
    /// For money: ISO 4217 code in capitals.
    pub currency: Option<String>,
    /// For quantities: the unit. `None` for money and for shares, which are percentages.
    pub unit: Option<String>,
    /// Text to show instead of the formatted number.
    pub text: Option<String>,
}

impl Amount {
    /// Returns the number if it is known exactly.
    #[must_use]
    pub fn exact(&self) -> Option<Decimal> {
        match (self.lower, self.upper) {
            (Some(low), Some(high)) if low == high && low.is_inclusive => Some(low.value),
            _ => None,
        }
    }

    /// Returns the number to draw: the exact value, else the lower bound, else the upper; `None` if neither is known.
    #[must_use]
    pub fn for_drawing(&self) -> Option<Decimal> {
        self.lower.or(self.upper).map(|bound| bound.value)
    }
}
