//! Which field of a map stands in which column of which sheet: once for writing and for reading.
//!
//! Headings of actors and ties are those that the import of tables knows, so that a workbook serves other programs, and
//! is read as plain tables if its sheet "Map" is gone.

use super::cell::Form;

/// A column with a field of the format.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) heading: &'static str,
    /// The names of the field and of those around it, from the outside in.
    pub(super) path: &'static [&'static str],
    pub(super) form: Form,
}

/// A sheet with one record in each row.
#[derive(Debug)]
pub(super) struct SheetPlan {
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
    /// Whether fields outside the format have columns.
    pub(super) has_own: bool,
}

/// Name of the sheet with what the map says about itself.
pub(super) const MAP: &str = "Map";

const fn column(heading: &'static str, path: &'static [&'static str], form: Form) -> Column {
    Column { heading, path, form }
}

/// Where an actor or a hub lies in the first view, beside the fields of its record.
pub(super) const X: &str = "x";
/// As [`X`].
pub(super) const Y: &str = "y";
/// The pseudo-field with the place.
pub(super) const PLACE: &str = "\u{0}place";
/// The pseudo-field with the name of an actor that another field refers to by id.
pub(super) const NAMES: &str = "\u{0}names";
/// The pseudo-field of a piece of evidence with the id of its claim.
pub(super) const CLAIM: &str = "\u{0}claim";
/// The pseudo-field of a kind that says of what it is.
pub(super) const KIND_OF: &str = "\u{0}of";

/// What the map says about itself, one field in each row.
pub(super) const ABOUT: &[Column] = &[
    column("Title", &["title"], Form::Text),
    column("Subtitle", &["subtitle"], Form::Text),
    column("As of", &["asOf"], Form::Date),
    column("Language", &["language"], Form::Text),
    column("Authors", &["authors"], Form::List),
    column("License", &["license"], Form::Text),
    column("Note", &["note"], Form::Text),
];

pub(super) const ACTORS: SheetPlan = SheetPlan {
    name: "Actors",
    has_own: true,
    columns: &[
        column("Id", &["id"], Form::Text),
        column("Kind", &["kind"], Form::Text),
        column("Name", &["name"], Form::Text),
        column("Aliases", &["aliases"], Form::List),
        column("Summary", &["summary"], Form::Text),
        column("Part of", &["partOf"], Form::Text),
        column("Start date", &["startDate"], Form::Date),
        column("End date", &["endDate"], Form::Date),
        column("Tags", &["tags"], Form::List),
        column("Weight", &["weight"], Form::Number),
        column("Identifiers", &["identifiers"], Form::Pairs),
        column("Website", &["url"], Form::Text),
        column("Former ids", &["formerIds"], Form::List),
        column("x coordinate", &[PLACE, X], Form::Number),
        column("y coordinate", &[PLACE, Y], Form::Number),
    ],
};

/// Declares the columns that ties and facts share behind those of their own.
macro_rules! claim_columns {
    ($($first:expr),+ $(,)?) => {
        &[
            $($first,)+
            column("Label", &["label"], Form::Text),
            column("Start date", &["startDate"], Form::Date),
            column("End date", &["endDate"], Form::Date),
            column("Date", &["date"], Form::Date),
            column("First seen", &["firstSeen"], Form::Date),
            column("Last seen", &["lastSeen"], Form::Date),
            column("Stage", &["stage"], Form::Text),
            column("History", &["stages"], Form::Items("stage", "date")),
            column("Status", &["status"], Form::Text),
            column("Since (status)", &["statusDate"], Form::Date),
            column("Confidence", &["confidence"], Form::Text),
            column("Amount", &["amount", "exact"], Form::Number),
            column("Currency", &["amount", "currency"], Form::Text),
            column("Amount: at least", &["amount", "minimum"], Form::Number),
            column("Amount: more than", &["amount", "exclusiveMinimum"], Form::Number),
            column("Amount: at most", &["amount", "maximum"], Form::Number),
            column("Amount: less than", &["amount", "exclusiveMaximum"], Form::Number),
            column("Amount: approximate", &["amount", "approx"], Form::Flag),
            column("Amount: in words", &["amount", "text"], Form::Text),
            column("Share", &["share", "exact"], Form::Number),
            column("Share: at least", &["share", "minimum"], Form::Number),
            column("Share: more than", &["share", "exclusiveMinimum"], Form::Number),
            column("Share: at most", &["share", "maximum"], Form::Number),
            column("Share: less than", &["share", "exclusiveMaximum"], Form::Number),
            column("Share: approximate", &["share", "approx"], Form::Flag),
            column("Share: in words", &["share", "text"], Form::Text),
            column("Quantity", &["quantity", "exact"], Form::Number),
            column("Quantity: unit", &["quantity", "unit"], Form::Text),
            column("Quantity: at least", &["quantity", "minimum"], Form::Number),
            column("Quantity: more than", &["quantity", "exclusiveMinimum"], Form::Number),
            column("Quantity: at most", &["quantity", "maximum"], Form::Number),
            column("Quantity: less than", &["quantity", "exclusiveMaximum"], Form::Number),
            column("Quantity: approximate", &["quantity", "approx"], Form::Flag),
            column("Quantity: in words", &["quantity", "text"], Form::Text),
            column("Summary", &["summary"], Form::Text),
            column("Scope", &["scope"], Form::Text),
            column("Via", &["via"], Form::Text),
            column("Tags", &["tags"], Form::List),
            column("Weight", &["weight"], Form::Number),
            column("Is part of", &["partOf"], Form::Text),
            column("Supersedes", &["supersedes"], Form::List),
            column("Contradicts", &["contradicts"], Form::List),
            column("Retracted", &["retraction", "date"], Form::Date),
            column("Retracted because", &["retraction", "reason"], Form::Text),
            column("Retracted by", &["retraction", "source"], Form::Text),
            column("x coordinate", &[PLACE, X], Form::Number),
            column("y coordinate", &[PLACE, Y], Form::Number),
        ]
    };
}

pub(super) const TIES: SheetPlan = SheetPlan {
    name: "Ties",
    has_own: true,
    columns: claim_columns![
        column("Id", &["id"], Form::Text),
        column("From", &["from"], Form::Text),
        column("From name", &[NAMES, "from"], Form::Shown),
        column("Kind", &["kind"], Form::Text),
        column("To", &["to"], Form::Text),
        column("To name", &[NAMES, "to"], Form::Shown),
        column("Parties", &["parties"], Form::Items("actor", "role")),
        column("Directed", &["directed"], Form::Flag),
    ],
};

pub(super) const FACTS: SheetPlan = SheetPlan {
    name: "Facts",
    has_own: true,
    columns: claim_columns![
        column("Id", &["id"], Form::Text),
        column("Actor", &["actor"], Form::Text),
        column("Actor name", &[NAMES, "actor"], Form::Shown),
        column("Text", &["text"], Form::Text),
    ],
};

pub(super) const SOURCES: SheetPlan = SheetPlan {
    name: "Sources",
    has_own: true,
    columns: &[
        column("Id", &["id"], Form::Text),
        column("Kind", &["kind"], Form::Text),
        column("Title", &["title"], Form::Text),
        column("Publisher", &["publisher"], Form::Text),
        column("Authors", &["authors"], Form::List),
        column("Published", &["published"], Form::Date),
        column("Web address", &["url"], Form::Text),
        column("Accessed", &["accessed"], Form::Date),
        column("Archived at", &["archiveUrl"], Form::Text),
        column("Language", &["language"], Form::Text),
        column("Note", &["note"], Form::Text),
        column("Speaks for", &["by"], Form::List),
        column("Same text as", &["sameAs"], Form::Text),
    ],
};

pub(super) const EVIDENCE: SheetPlan = SheetPlan {
    name: "Evidence",
    has_own: false,
    columns: &[
        column("Tie or fact", &[CLAIM], Form::Text),
        column("Source", &["source"], Form::Text),
        column("Stance", &["stance"], Form::Text),
        column("Proves", &["for"], Form::List),
        column("Page", &["locator"], Form::Text),
        column("Quote", &["quote", "exact"], Form::Text),
        column("Words before", &["quote", "prefix"], Form::Text),
        column("Words after", &["quote", "suffix"], Form::Text),
        column("Read in", &["citedIn", "source"], Form::Text),
        column("Read in: page", &["citedIn", "locator"], Form::Text),
        column("Read in: quote", &["citedIn", "quote", "exact"], Form::Text),
        column("Read in: words before", &["citedIn", "quote", "prefix"], Form::Text),
        column("Read in: words after", &["citedIn", "quote", "suffix"], Form::Text),
        column("Read on", &["citedIn", "accessed"], Form::Date),
        column("Note", &["note"], Form::Text),
    ],
};

pub(super) const KINDS: SheetPlan = SheetPlan {
    name: "Kinds",
    has_own: false,
    columns: &[
        column("Of", &[KIND_OF], Form::Text),
        column("Id", &["id"], Form::Text),
        column("Label", &["label"], Form::Text),
        column("Verb", &["verb"], Form::Text),
        column("Directed", &["directed"], Form::Flag),
        column("Color", &["color"], Form::Text),
        column("Icon", &["icon"], Form::Text),
        column("Chosen by the program", &["auto"], Form::Flag),
    ],
};

pub(super) const VIEWS: SheetPlan = SheetPlan {
    name: "Views",
    has_own: false,
    columns: &[
        column("Id", &["id"], Form::Text),
        column("Name", &["name"], Form::Text),
        column("Layout", &["layout", "algorithm"], Form::Text),
        column("Labels", &["labelMode"], Form::Text),
        column("As of", &["asOf"], Form::Date),
        column("Pinned", &["pinned"], Form::List),
        column("Hidden", &["hidden"], Form::List),
    ],
};

pub(super) const IMPORTS: SheetPlan = SheetPlan {
    name: "Imports",
    has_own: false,
    columns: &[
        column("Id", &["id"], Form::Text),
        column("File", &["file"], Form::Text),
        column("Sheet", &["sheet"], Form::Text),
        column("Read on", &["read"], Form::Date),
        column("Source", &["source"], Form::Text),
        column("Hash", &["sha256"], Form::Text),
    ],
};
