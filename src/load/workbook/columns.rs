//! Which field of a map stands in which column of which sheet: once for writing and for reading.
//!
//! Headings of actors and ties are those that the import of tables knows, so that a workbook serves other programs, and
//! is read as plain tables if its sheet "Map" is gone.

use super::cell::CellForm;

/// A column with a field of the format.
#[derive(Debug)]
pub(super) struct FieldColumn {
    pub(super) heading: &'static str,
    /// The names of the field and of those around it, from the outside in.
    pub(super) path: &'static [&'static str],
    pub(super) form: CellForm,
}

/// A sheet with one record in each row.
#[derive(Debug)]
pub(super) struct SheetPlan {
    pub(super) name: &'static str,
    pub(super) columns: &'static [FieldColumn],
    /// Whether fields outside the format have columns.
    pub(super) has_own: bool,
}

/// Name of the sheet with what the map says about itself.
pub(super) const MAP: &str = "Map";

const fn column(heading: &'static str, path: &'static [&'static str], form: CellForm) -> FieldColumn {
    FieldColumn { heading, path, form }
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
pub(super) const ABOUT: &[FieldColumn] = &[
    column("Title", &["title"], CellForm::Text),
    column("Subtitle", &["subtitle"], CellForm::Text),
    column("As of", &["asOf"], CellForm::Date),
    column("Language", &["language"], CellForm::Text),
    column("Authors", &["authors"], CellForm::List),
    column("License", &["license"], CellForm::Text),
    column("Note", &["note"], CellForm::Text),
];

pub(super) const ACTORS: SheetPlan = SheetPlan {
    name: "Actors",
    has_own: true,
    columns: &[
        column("Id", &["id"], CellForm::Text),
        column("Kind", &["kind"], CellForm::Text),
        column("Name", &["name"], CellForm::Text),
        column("Aliases", &["aliases"], CellForm::List),
        column("Summary", &["summary"], CellForm::Text),
        column("Part of", &["partOf"], CellForm::Text),
        column("Start date", &["startDate"], CellForm::Date),
        column("End date", &["endDate"], CellForm::Date),
        column("Tags", &["tags"], CellForm::List),
        column("Weight", &["weight"], CellForm::Number),
        column("Identifiers", &["identifiers"], CellForm::Pairs),
        column("Website", &["url"], CellForm::Text),
        column("Former ids", &["formerIds"], CellForm::List),
        column("x coordinate", &[PLACE, X], CellForm::Number),
        column("y coordinate", &[PLACE, Y], CellForm::Number),
    ],
};

/// Declares the columns that ties and facts share behind those of their own.
macro_rules! claim_columns {
    ($($first:expr),+ $(,)?) => {
        &[
            $($first,)+
            column("Label", &["label"], CellForm::Text),
            column("Start date", &["startDate"], CellForm::Date),
            column("End date", &["endDate"], CellForm::Date),
            column("Date", &["date"], CellForm::Date),
            column("First seen", &["firstSeen"], CellForm::Date),
            column("Last seen", &["lastSeen"], CellForm::Date),
            column("Stage", &["stage"], CellForm::Text),
            column("History", &["stages"], CellForm::Items("stage", "date")),
            column("Status", &["status"], CellForm::Text),
            column("Since (status)", &["statusDate"], CellForm::Date),
            column("Confidence", &["confidence"], CellForm::Text),
            column("Amount", &["amount", "exact"], CellForm::Number),
            column("Currency", &["amount", "currency"], CellForm::Text),
            column("Amount: at least", &["amount", "minimum"], CellForm::Number),
            column("Amount: more than", &["amount", "exclusiveMinimum"], CellForm::Number),
            column("Amount: at most", &["amount", "maximum"], CellForm::Number),
            column("Amount: less than", &["amount", "exclusiveMaximum"], CellForm::Number),
            column("Amount: approximate", &["amount", "approx"], CellForm::Flag),
            column("Amount: in words", &["amount", "text"], CellForm::Text),
            column("Share", &["share", "exact"], CellForm::Number),
            column("Share: at least", &["share", "minimum"], CellForm::Number),
            column("Share: more than", &["share", "exclusiveMinimum"], CellForm::Number),
            column("Share: at most", &["share", "maximum"], CellForm::Number),
            column("Share: less than", &["share", "exclusiveMaximum"], CellForm::Number),
            column("Share: approximate", &["share", "approx"], CellForm::Flag),
            column("Share: in words", &["share", "text"], CellForm::Text),
            column("Quantity", &["quantity", "exact"], CellForm::Number),
            column("Quantity: unit", &["quantity", "unit"], CellForm::Text),
            column("Quantity: at least", &["quantity", "minimum"], CellForm::Number),
            column("Quantity: more than", &["quantity", "exclusiveMinimum"], CellForm::Number),
            column("Quantity: at most", &["quantity", "maximum"], CellForm::Number),
            column("Quantity: less than", &["quantity", "exclusiveMaximum"], CellForm::Number),
            column("Quantity: approximate", &["quantity", "approx"], CellForm::Flag),
            column("Quantity: in words", &["quantity", "text"], CellForm::Text),
            column("Summary", &["summary"], CellForm::Text),
            column("Scope", &["scope"], CellForm::Text),
            column("Via", &["via"], CellForm::Text),
            column("Tags", &["tags"], CellForm::List),
            column("Weight", &["weight"], CellForm::Number),
            column("Is part of", &["partOf"], CellForm::Text),
            column("Supersedes", &["supersedes"], CellForm::List),
            column("Contradicts", &["contradicts"], CellForm::List),
            column("Retracted", &["retraction", "date"], CellForm::Date),
            column("Retracted because", &["retraction", "reason"], CellForm::Text),
            column("Retracted by", &["retraction", "source"], CellForm::Text),
            column("x coordinate", &[PLACE, X], CellForm::Number),
            column("y coordinate", &[PLACE, Y], CellForm::Number),
        ]
    };
}

pub(super) const TIES: SheetPlan = SheetPlan {
    name: "Ties",
    has_own: true,
    columns: claim_columns![
        column("Id", &["id"], CellForm::Text),
        column("From", &["from"], CellForm::Text),
        column("From name", &[NAMES, "from"], CellForm::Shown),
        column("Kind", &["kind"], CellForm::Text),
        column("To", &["to"], CellForm::Text),
        column("To name", &[NAMES, "to"], CellForm::Shown),
        column("Parties", &["parties"], CellForm::Items("actor", "role")),
        column("Directed", &["directed"], CellForm::Flag),
    ],
};

pub(super) const FACTS: SheetPlan = SheetPlan {
    name: "Facts",
    has_own: true,
    columns: claim_columns![
        column("Id", &["id"], CellForm::Text),
        column("Actor", &["actor"], CellForm::Text),
        column("Actor name", &[NAMES, "actor"], CellForm::Shown),
        column("Text", &["text"], CellForm::Text),
    ],
};

pub(super) const SOURCES: SheetPlan = SheetPlan {
    name: "Sources",
    has_own: true,
    columns: &[
        column("Id", &["id"], CellForm::Text),
        column("Kind", &["kind"], CellForm::Text),
        column("Title", &["title"], CellForm::Text),
        column("Publisher", &["publisher"], CellForm::Text),
        column("Authors", &["authors"], CellForm::List),
        column("Published", &["published"], CellForm::Date),
        column("Web address", &["url"], CellForm::Text),
        column("Accessed", &["accessed"], CellForm::Date),
        column("Archived at", &["archiveUrl"], CellForm::Text),
        column("Language", &["language"], CellForm::Text),
        column("Note", &["note"], CellForm::Text),
        column("Speaks for", &["by"], CellForm::List),
        column("Same text as", &["sameAs"], CellForm::Text),
    ],
};

pub(super) const EVIDENCE: SheetPlan = SheetPlan {
    name: "Evidence",
    has_own: false,
    columns: &[
        column("Tie or fact", &[CLAIM], CellForm::Text),
        column("Source", &["source"], CellForm::Text),
        column("Stance", &["stance"], CellForm::Text),
        column("Proves", &["for"], CellForm::List),
        column("Page", &["locator"], CellForm::Text),
        column("Quote", &["quote", "exact"], CellForm::Text),
        column("Words before", &["quote", "prefix"], CellForm::Text),
        column("Words after", &["quote", "suffix"], CellForm::Text),
        column("Read in", &["citedIn", "source"], CellForm::Text),
        column("Read in: page", &["citedIn", "locator"], CellForm::Text),
        column("Read in: quote", &["citedIn", "quote", "exact"], CellForm::Text),
        column("Read in: words before", &["citedIn", "quote", "prefix"], CellForm::Text),
        column("Read in: words after", &["citedIn", "quote", "suffix"], CellForm::Text),
        column("Read on", &["citedIn", "accessed"], CellForm::Date),
        column("Note", &["note"], CellForm::Text),
    ],
};

pub(super) const KINDS: SheetPlan = SheetPlan {
    name: "Kinds",
    has_own: false,
    columns: &[
        column("Of", &[KIND_OF], CellForm::Text),
        column("Id", &["id"], CellForm::Text),
        column("Label", &["label"], CellForm::Text),
        column("Verb", &["verb"], CellForm::Text),
        column("Directed", &["directed"], CellForm::Flag),
        column("Color", &["color"], CellForm::Text),
        column("Icon", &["icon"], CellForm::Text),
        column("Chosen by the program", &["auto"], CellForm::Flag),
    ],
};

pub(super) const VIEWS: SheetPlan = SheetPlan {
    name: "Views",
    has_own: false,
    columns: &[
        column("Id", &["id"], CellForm::Text),
        column("Name", &["name"], CellForm::Text),
        column("Layout", &["layout", "algorithm"], CellForm::Text),
        column("Labels", &["labelMode"], CellForm::Text),
        column("As of", &["asOf"], CellForm::Date),
        column("Pinned", &["pinned"], CellForm::List),
        column("Hidden", &["hidden"], CellForm::List),
    ],
};

pub(super) const IMPORTS: SheetPlan = SheetPlan {
    name: "Imports",
    has_own: false,
    columns: &[
        column("Id", &["id"], CellForm::Text),
        column("File", &["file"], CellForm::Text),
        column("Sheet", &["sheet"], CellForm::Text),
        column("Read on", &["read"], CellForm::Date),
        column("Source", &["source"], CellForm::Text),
        column("Hash", &["sha256"], CellForm::Text),
        column("Query", &["query"], CellForm::Text),
    ],
};
