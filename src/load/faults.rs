//! Collects faults with severity, path, message and remedy; their positions are looked up at the end.

use std::fmt::{Arguments, Write as _};

pub(crate) use crate::hidden_characters::Quoted;
use crate::hidden_characters::{MAX_SHOWN, shortened};
use crate::jsonc::{FaultSink, PathStep};
use crate::model::Severity;

/// The maximum number of listed faults; the rest are only counted.
pub(crate) const MAX_LISTED: usize = 1000;

/// The path of a value in the file, as a linked list on the stack.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldPath<'p> {
    /// The root object of the file.
    Root,
    /// The value of a field.
    Field(&'p FieldPath<'p>, &'p str),
    /// The name of a field rather than its value.
    Name(&'p FieldPath<'p>, &'p str),
    /// An element of a list, counted from 0.
    Index(&'p FieldPath<'p>, usize),
}

impl FieldPath<'_> {
    pub(crate) fn field<'p>(&'p self, name: &'p str) -> FieldPath<'p> {
        FieldPath::Field(self, name)
    }

    pub(crate) fn name<'p>(&'p self, name: &'p str) -> FieldPath<'p> {
        FieldPath::Name(self, name)
    }

    pub(crate) fn index(&self, index: usize) -> FieldPath<'_> {
        FieldPath::Index(self, index)
    }

    fn steps(&self) -> Vec<PathStep> {
        let mut steps = Vec::new();
        let mut at = self;
        loop {
            at = match at {
                Self::Root => break,
                Self::Field(parent, name) => {
                    steps.push(PathStep::Field((*name).to_owned()));
                    parent
                }
                Self::Name(parent, name) => {
                    steps.push(PathStep::Name((*name).to_owned()));
                    parent
                }
                Self::Index(parent, index) => {
                    steps.push(PathStep::Index(*index));
                    parent
                }
            };
        }
        steps.reverse();
        steps
    }
}

/// Formats a path: `ties[3].evidence[0].source`.
pub(crate) fn render(steps: &[PathStep]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            PathStep::Index(index) => {
                let _ = write!(out, "[{index}]");
            }
            PathStep::Field(name) | PathStep::Name(name) => {
                let is_plain = name.len() <= MAX_SHOWN && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'$');
                if !is_plain || name.is_empty() {
                    let _ = write!(out, "[\"{}\"]", shortened(name));
                } else if out.is_empty() {
                    out.push_str(name);
                } else {
                    let _ = write!(out, ".{name}");
                }
            }
        }
    }
    out
}

/// The location of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultLocation {
    /// The whole file.
    Whole,
    /// A byte offset in the text, with the path to its value.
    Offset(usize, Vec<PathStep>),
    /// A path from the root.
    Path(Vec<PathStep>),
}

/// A fault found while loading.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) severity: Severity,
    pub(crate) location: FaultLocation,
    pub(crate) message: String,
    pub(crate) remedy: Remedy,
    /// A second location, with a note on it.
    pub(crate) related: Option<(FaultLocation, &'static str)>,
}

/// A second location that explains a fault, with a note on it.
pub(crate) type Related<'a> = (&'a FieldPath<'a>, &'static str);

/// A suggestion to fix a fault.
#[derive(Clone, Debug)]
pub(crate) enum Remedy {
    /// A fixed text.
    Text(String),
    /// "Did you mean" the closest id, if one is close; looked up once all ids are known.
    CloseId {
        /// The id in the file.
        id: String,
        /// The kind of record it should refer to.
        wanted: ReferenceKind,
        /// The text if no id is close.
        otherwise: String,
    },
}

impl Remedy {
    /// Returns the text; that of a `CloseId` that was not looked up is `otherwise`.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::CloseId { otherwise: text, .. } => text,
        }
    }
}

/// The kind of record that a reference should refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ReferenceKind {
    Actor,
    Source,
    Claim,
    Import,
    /// An actor, a source, a tie or a fact.
    Record,
}

impl ReferenceKind {
    /// Returns the noun with its article and without.
    pub(crate) fn noun(self) -> (&'static str, &'static str) {
        match self {
            Self::Actor => ("an actor", "actor"),
            Self::Source => ("a source", "source"),
            Self::Claim => ("a tie or fact", "tie or fact"),
            Self::Import => ("an import", "import"),
            Self::Record => ("a record", "record"),
        }
    }
}

/// All faults of a file: the first ones in full, the others only counted.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) listed: Vec<Fault>,
    pub(crate) remarks: usize,
    pub(crate) warnings: usize,
    pub(crate) errors: usize,
}

impl Faults {
    /// Returns whether further faults are only counted, so that remedies need not be computed.
    pub(crate) fn is_full(&self) -> bool {
        self.listed.len() >= MAX_LISTED
    }

    pub(crate) fn add(
        &mut self,
        severity: Severity,
        location: impl FnOnce() -> FaultLocation,
        message: Arguments,
        remedy: &str,
    ) {
        self.add_with(severity, location, message, || Remedy::Text(remedy.to_owned()), None);
    }

    fn add_with(
        &mut self,
        severity: Severity,
        location: impl FnOnce() -> FaultLocation,
        message: Arguments,
        remedy: impl FnOnce() -> Remedy,
        related: Option<Related>,
    ) {
        match severity {
            Severity::Remark => self.remarks += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Error => self.errors += 1,
        }
        if !self.is_full() {
            let related = related.map(|(at, words)| (FaultLocation::Path(at.steps()), words));
            self.listed.push(Fault {
                severity,
                location: location(),
                message: message.to_string(),
                remedy: remedy(),
                related,
            });
        }
    }

    /// Adds a fault for a dangling reference; the remedy may be a similar id.
    pub(crate) fn unknown_id(
        &mut self,
        severity: Severity,
        at: &FieldPath,
        message: Arguments,
        (id, wanted, otherwise): (&str, ReferenceKind, &str),
        related: Option<Related>,
    ) {
        let shortened = || id.chars().take(MAX_SHOWN * 2).collect();
        let remedy = || Remedy::CloseId { id: shortened(), wanted, otherwise: otherwise.to_owned() };
        self.add_with(severity, || FaultLocation::Path(at.steps()), message, remedy, related);
    }

    /// Adds a remark; nothing was changed.
    pub(crate) fn remark(&mut self, at: &FieldPath, message: Arguments, remedy: &str) {
        self.add(Severity::Remark, || FaultLocation::Path(at.steps()), message, remedy);
    }

    /// Adds a probable mistake; the data are used as written.
    pub(crate) fn warn(&mut self, at: &FieldPath, message: Arguments, remedy: &str) {
        self.add(Severity::Warning, || FaultLocation::Path(at.steps()), message, remedy);
    }

    /// Adds an error; something was left out or repaired.
    pub(crate) fn error(&mut self, at: &FieldPath, message: Arguments, remedy: &str) {
        self.add(Severity::Error, || FaultLocation::Path(at.steps()), message, remedy);
    }

    /// Adds a probable mistake, with a second location.
    pub(crate) fn warn_with_related(
        &mut self,
        at: &FieldPath,
        message: Arguments,
        remedy: &str,
        related: Option<Related>,
    ) {
        let remedy = || Remedy::Text(remedy.to_owned());
        self.add_with(Severity::Warning, || FaultLocation::Path(at.steps()), message, remedy, related);
    }

    /// Adds an error, with a second location.
    pub(crate) fn error_with_related(
        &mut self,
        at: &FieldPath,
        message: Arguments,
        remedy: &str,
        related: Option<Related>,
    ) {
        let remedy = || Remedy::Text(remedy.to_owned());
        self.add_with(Severity::Error, || FaultLocation::Path(at.steps()), message, remedy, related);
    }

    /// Adds a syntax error at a byte offset.
    pub(crate) fn syntax(&mut self, offset: usize, steps: Vec<PathStep>, message: Arguments, remedy: &str) {
        self.add(Severity::Error, || FaultLocation::Offset(offset, steps), message, remedy);
    }
}

impl FaultSink for Faults {
    fn is_full(&self) -> bool {
        self.is_full()
    }

    fn fault(&mut self, offset: usize, steps: Vec<PathStep>, message: Arguments, remedy: &str) {
        self.syntax(offset, steps, message, remedy);
    }
}
