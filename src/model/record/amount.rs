//! Amounts, shares and quantities, exact or known only within bounds.

use rust_decimal::Decimal;

/// One end of what is known about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number.
    pub value: Decimal,
    /// Whether the number itself is possible ("at least") or not ("more than").
    pub is_inclusive: bool,
}

/// A number with a unit as far as it is known; never a float.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// The lower end; for an exact number the same as the upper.
    pub lower: Option<Bound>,
    /// The upper end; for an exact number the same as the lower.
    pub upper: Option<Bound>,
    /// Whether the source gives it as a rough figure.
    pub is_approximate: bool,
    /// ISO 4217 code in capitals, for money.
    pub currency: Option<String>,
    /// The unit, for a quantity; none for money and for shares, which are percent.
    pub unit: Option<String>,
    /// The words in which people should read it.
    pub text: Option<String>,
}

impl Amount {
    /// The number if it is known exactly.
    #[must_use]
    pub fn exact(&self) -> Option<Decimal> {
        match (self.lower, self.upper) {
            (Some(low), Some(high)) if low == high && low.is_inclusive => Some(low.value),
            _ => None,
        }
    }

    /// The best single number for drawing: exact, else the lower end, else the upper; none if nothing is known.
    #[must_use]
    pub fn for_drawing(&self) -> Option<Decimal> {
        self.lower.or(self.upper).map(|bound| bound.value)
    }
}
