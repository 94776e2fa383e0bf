//! Which schema of `FollowTheMoney` an actor or a tie has, by the words of its kind.

/// How a tie stands in `FollowTheMoney`: the schema, and the properties for its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export_data) struct Interval {
    pub(in crate::export_data) schema: &'static str,
    pub(in crate::export_data) from: &'static str,
    pub(in crate::export_data) to: &'static str,
    /// The schemata that the ends may have; all if empty.
    pub(in crate::export_data) from_is: &'static [&'static str],
    pub(in crate::export_data) to_is: &'static [&'static str],
}

/// The schemata of people and organizations.
const LEGAL: &[&str] = &["Person", "Company", "Organization", "PublicBody", "LegalEntity"];
/// Those of organizations.
const ORGANIZATIONS: &[&str] = &["Company", "Organization", "PublicBody"];
const PEOPLE: &[&str] = &["Person"];

/// A tie of which nothing more is known.
const UNKNOWN: Interval = Interval { schema: "UnknownLink", from: "subject", to: "object", from_is: &[], to_is: &[] };

/// Stems of words for kinds of ties; the first that fits decides.
const TIES: &[(&[&str], Interval)] = &[
    (
        &[
            "own",
            "sharehold",
            "stake",
            "subsidiar",
            "parent",
            "holding",
            "equity",
            "invest",
            "beteilig",
            "eigent",
            "action",
        ],
        Interval {
            schema: "Ownership",
            from: "owner",
            to: "asset",
            from_is: LEGAL,
            to_is: &["Company", "Asset", "Vessel", "RealEstate"],
        },
    ),
    (
        &["director", "board", "chair", "officer", "executive", "manag", "geschäftsf", "vorstand"],
        Interval { schema: "Directorship", from: "director", to: "organization", from_is: LEGAL, to_is: ORGANIZATIONS },
    ),
    (
        &["employ", "works for", "staff"],
        Interval { schema: "Employment", from: "employee", to: "employer", from_is: PEOPLE, to_is: ORGANIZATIONS },
    ),
    (
        &["member"],
        Interval { schema: "Membership", from: "member", to: "organization", from_is: LEGAL, to_is: ORGANIZATIONS },
    ),
    (
        &["family", "married", "spouse", "sibling", "brother", "sister", "cousin", "relative"],
        Interval { schema: "Family", from: "person", to: "relative", from_is: PEOPLE, to_is: PEOPLE },
    ),
    (
        &["associate", "friend", "contact", "meets"],
        Interval { schema: "Associate", from: "person", to: "associate", from_is: PEOPLE, to_is: PEOPLE },
    ),
    (
        &["payment", "pays", "paid", "donat", "grant", "fee", "fund", "bribe", "spende", "zahl"],
        Interval { schema: "Payment", from: "payer", to: "beneficiary", from_is: LEGAL, to_is: LEGAL },
    ),
    (
        &["loan", "lend", "debt", "credit", "kredit", "darlehen", "prêt"],
        Interval { schema: "Debt", from: "creditor", to: "debtor", from_is: LEGAL, to_is: LEGAL },
    ),
    (
        &["represent", "agent", "lawyer", "counsel", "lobb"],
        Interval { schema: "Representation", from: "agent", to: "client", from_is: LEGAL, to_is: LEGAL },
    ),
    (
        &["succe", "renam", "merged into"],
        Interval { schema: "Succession", from: "predecessor", to: "successor", from_is: LEGAL, to_is: LEGAL },
    ),
];

/// Stems of words for kinds of actors; the first that fits decides.
const ACTORS: &[(&[&str], &str)] = &[
    (&["person", "people", "politician", "individual", "mensch", "human", "man", "woman"], "Person"),
    (&["ship", "vessel", "schiff", "tanker", "yacht"], "Vessel"),
    (
        &["authority", "ministry", "government", "public", "agency", "regulator", "behörde", "court", "state"],
        "PublicBody",
    ),
    (
        &[
            "compan",
            "firm",
            "bank",
            "fund",
            "corporat",
            "business",
            "unternehmen",
            "fonds",
            "startup",
            "holding",
            "line",
            "yard",
            "bureau",
        ],
        "Company",
    ),
    (
        &[
            "organi",
            "ngo",
            "foundation",
            "party",
            "association",
            "union",
            "club",
            "stiftung",
            "verein",
            "universit",
            "lab",
        ],
        "Organization",
    ),
    (&["property", "real estate", "building", "land", "villa", "house"], "RealEstate"),
    (&["asset", "product", "project", "account", "port", "terminal", "artwork"], "Asset"),
];

/// Returns the schema of an actor with a kind of this word.
pub(in crate::export_data) fn actor_schema(kind: Option<&str>) -> &'static str {
    let kind = kind.unwrap_or_default().to_lowercase();
    // "Ship" is a word, perhaps in the plural, not the start of "shipping company".
    let has = |stem: &&str| {
        kind.split(|c: char| !c.is_alphanumeric()).any(|word| {
            if stem.len() <= 4 { word.strip_suffix('s').unwrap_or(word) == *stem } else { word.starts_with(*stem) }
        }) || (stem.contains(' ') && kind.contains(*stem))
    };
    ACTORS.iter().find(|(stems, _)| stems.iter().any(has)).map_or("LegalEntity", |(_, schema)| schema)
}

/// Returns the schema of a tie with a kind of these words between actors of these schemata.
pub(in crate::export_data) fn tie_schema(kind: &str, [from, to]: [&str; 2]) -> Interval {
    let kind = kind.to_lowercase();
    let fits = |(stems, interval): &&(&[&str], Interval)| {
        let may_be = |allowed: &[&str], schema: &str| allowed.is_empty() || allowed.contains(&schema);
        let word_fits = |stem: &&str| {
            kind.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(*stem))
                || (stem.contains(' ') && kind.contains(*stem))
        };
        stems.iter().any(word_fits) && may_be(interval.from_is, from) && may_be(interval.to_is, to)
    };
    TIES.iter().find(fits).map_or(UNKNOWN, |(_, interval)| *interval)
}

#[cfg(test)]
mod tests {
    use super::{actor_schema, tie_schema};

    #[test]
    fn words_of_kinds_lead_to_schemata() {
        for (kind, schema) in [
            (Some("Person"), "Person"),
            (Some("Shipping company"), "Company"),
            (Some("Public body"), "PublicBody"),
            (Some("Vessel"), "Vessel"),
            (Some("management"), "LegalEntity"),
            (Some("Ships"), "Vessel"),
            (None, "LegalEntity"),
        ] {
            assert_eq!(actor_schema(kind), schema, "{kind:?}");
        }
        for (kind, ends, schema) in [
            ("Ownership", ["Person", "Company"], "Ownership"),
            ("owns", ["Company", "Person"], "UnknownLink"),
            ("Board seat", ["Person", "Organization"], "Directorship"),
            ("Loan", ["Company", "Company"], "Debt"),
            ("town twinning", ["Company", "Company"], "UnknownLink"),
        ] {
            assert_eq!(tie_schema(kind, ends).schema, schema, "{kind}");
        }
    }
}
