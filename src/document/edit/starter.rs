//! Kinds that are offered before a map has its own.

/// A kind of ties that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarterKind {
    /// Its label.
    pub label: &'static str,
    /// The verb phrase between the two names.
    pub verb: &'static str,
    /// Whether it has a direction.
    pub is_directed: bool,
}

const fn directed(label: &'static str, verb: &'static str) -> StarterKind {
    StarterKind { label, verb, is_directed: true }
}

const fn mutual(label: &'static str, verb: &'static str) -> StarterKind {
    StarterKind { label, verb, is_directed: false }
}

impl StarterKind {
    /// All starter kinds, the most common first.
    pub const ALL: [Self; 20] = [
        directed("Investment", "invests in"),
        directed("Ownership", "owns"),
        directed("Board seat", "sits on the board of"),
        directed("Employment", "works for"),
        directed("Leadership", "leads"),
        directed("Loan", "lends to"),
        directed("Grant", "gives a grant to"),
        directed("Donation", "donates to"),
        directed("Payment", "pays"),
        directed("Supply", "supplies"),
        directed("Distribution", "distributes for"),
        directed("License", "licenses to"),
        mutual("Partnership", "partners with"),
        mutual("Contract", "has a contract with"),
        directed("Acquisition", "acquires"),
        directed("Membership", "is a member of"),
        directed("Advice", "advises"),
        directed("Lawsuit", "sues"),
        mutual("Family", "is related to"),
        directed("Regulation", "regulates"),
    ];

    /// The labels of kinds of actors that are offered, the most common first.
    pub const ACTORS: [&'static str; 12] = [
        "Company",
        "Person",
        "Bank",
        "Fund",
        "Foundation",
        "Government",
        "Agency",
        "Party",
        "University",
        "Media",
        "Association",
        "Court",
    ];

    /// Returns the starter kind of this label.
    #[must_use]
    pub fn find(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.label.eq_ignore_ascii_case(label))
    }
}
