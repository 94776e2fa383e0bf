//! Faults found on the way, as severity, path and words; their lines are looked up at the end.

use std::fmt::{Arguments, Write as _};

use crate::jsonc::{FaultSink, PathStep};
use crate::model::Severity;
pub(crate) use crate::visible::Quoted;
use crate::visible::{MOST_SHOWN, shortened};

/// How many faults are listed; the rest are counted.
pub(crate) const MOST_LISTED: usize = 1000;

/// Where a value is in the file, as a path from the root that lives on the stack.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'p> {
    /// The file's one object.
    Root,
    /// The value of a field.
    Field(&'p At<'p>, &'p str),
    /// The name of a field rather than its value.
    Name(&'p At<'p>, &'p str),
    /// An element of a list, from 0.
    Index(&'p At<'p>, usize),
}

impl At<'_> {
    pub(crate) fn field<'p>(&'p self, name: &'p str) -> At<'p> {
        At::Field(self, name)
    }

    pub(crate) fn name<'p>(&'p self, name: &'p str) -> At<'p> {
        At::Name(self, name)
    }

    pub(crate) fn index(&self, index: usize) -> At<'_> {
        At::Index(self, index)
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

/// The path as people read it: `ties[3].evidence[0].source`.
pub(crate) fn render(steps: &[PathStep]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            PathStep::Index(index) => {
                let _ = write!(out, "[{index}]");
            }
            PathStep::Field(name) | PathStep::Name(name) => {
                let is_plain = name.len() <= MOST_SHOWN && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'$');
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

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// The file as a whole.
    Whole,
    /// A byte of the text, with the path to what stands there.
    Offset(usize, Vec<PathStep>),
    /// A path from the root.
    Path(Vec<PathStep>),
}

/// One fault.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) severity: Severity,
    pub(crate) spot: Spot,
    pub(crate) message: String,
    pub(crate) remedy: Remedy,
    /// A second place, and what stands there.
    pub(crate) related: Option<(Spot, &'static str)>,
}

/// A second place that explains a fault, and what stands there.
pub(crate) type Beside<'a> = (&'a At<'a>, &'static str);

/// How to mend a fault.
#[derive(Clone, Debug)]
pub(crate) enum Remedy {
    /// In these words.
    Text(String),
    /// By the id that is closest to this one, if one is close; it is looked up once all ids are known.
    CloseId {
        /// The id as the file has it.
        id: String,
        /// What it should have meant.
        wanted: ReferenceKind,
        /// The words if no id is close.
        otherwise: String,
    },
}

impl Remedy {
    /// The words, without a close id if none was looked up.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::CloseId { otherwise: text, .. } => text,
        }
    }
}

/// What a reference should mean.
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
    /// As people read it, with its article and without.
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

/// All faults of a file: the first ones with their words, the others as numbers.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) listed: Vec<Fault>,
    pub(crate) remarks: usize,
    pub(crate) warnings: usize,
    pub(crate) errors: usize,
}

impl Faults {
    /// Whether further faults are only counted, so that nobody need look for remedies.
    pub(crate) fn is_full(&self) -> bool {
        self.listed.len() >= MOST_LISTED
    }

    pub(crate) fn add(&mut self, severity: Severity, spot: impl FnOnce() -> Spot, message: Arguments, remedy: &str) {
        self.add_with(severity, spot, message, || Remedy::Text(remedy.to_owned()), None);
    }

    fn add_with(
        &mut self,
        severity: Severity,
        spot: impl FnOnce() -> Spot,
        message: Arguments,
        remedy: impl FnOnce() -> Remedy,
        beside: Option<Beside>,
    ) {
        match severity {
            Severity::Remark => self.remarks += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Error => self.errors += 1,
        }
        if !self.is_full() {
            let related = beside.map(|(at, words)| (Spot::Path(at.steps()), words));
            self.listed.push(Fault { severity, spot: spot(), message: message.to_string(), remedy: remedy(), related });
        }
    }

    /// A reference that leads nowhere; the remedy may be an id that is close to the one in the file.
    pub(crate) fn unknown_id(
        &mut self,
        severity: Severity,
        at: &At,
        message: Arguments,
        (id, wanted, otherwise): (&str, ReferenceKind, &str),
        beside: Option<Beside>,
    ) {
        let shortened = || id.chars().take(MOST_SHOWN * 2).collect();
        let remedy = || Remedy::CloseId { id: shortened(), wanted, otherwise: otherwise.to_owned() };
        self.add_with(severity, || Spot::Path(at.steps()), message, remedy, beside);
    }

    /// Something worth knowing; nothing was changed.
    pub(crate) fn remark(&mut self, at: &At, message: Arguments, remedy: &str) {
        self.add(Severity::Remark, || Spot::Path(at.steps()), message, remedy);
    }

    /// Probably a mistake; the data are used as they stand.
    pub(crate) fn warn(&mut self, at: &At, message: Arguments, remedy: &str) {
        self.add(Severity::Warning, || Spot::Path(at.steps()), message, remedy);
    }

    /// Something was left out or repaired.
    pub(crate) fn error(&mut self, at: &At, message: Arguments, remedy: &str) {
        self.add(Severity::Error, || Spot::Path(at.steps()), message, remedy);
    }

    /// Probably a mistake, which a second place explains.
    pub(crate) fn warn_beside(&mut self, at: &At, message: Arguments, remedy: &str, beside: Option<Beside>) {
        let remedy = || Remedy::Text(remedy.to_owned());
        self.add_with(Severity::Warning, || Spot::Path(at.steps()), message, remedy, beside);
    }

    /// Something was left out or repaired, which a second place explains.
    pub(crate) fn error_beside(&mut self, at: &At, message: Arguments, remedy: &str, beside: Option<Beside>) {
        let remedy = || Remedy::Text(remedy.to_owned());
        self.add_with(Severity::Error, || Spot::Path(at.steps()), message, remedy, beside);
    }

    /// A fault of the text itself, at a byte of it.
    pub(crate) fn syntax(&mut self, offset: usize, steps: Vec<PathStep>, message: Arguments, remedy: &str) {
        self.add(Severity::Error, || Spot::Offset(offset, steps), message, remedy);
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
