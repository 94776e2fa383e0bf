//! The structure of a JSON text: the offset of each value and the index of its successor. Locates paths and the values
//! of a partly broken text.

/// One step of an owned path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathStep {
    Field(String),
    Name(String),
    /// To a list element, from 0.
    Index(usize),
}

/// A name or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TapeEntry {
    /// Byte offset, with the bit [`BROKEN`] set if no value can be read there.
    start: u32,
    /// Index of the entry after this one and its descendants.
    pub(crate) next: u32,
}

/// Flag of an entry without a readable value.
const BROKEN: u32 = 1 << 31;

/// Maximum length in bytes of a text that a tape can describe.
pub(crate) const MAX_BYTES: usize = 1 << 30;

impl TapeEntry {
    pub(crate) fn new(start: usize) -> Self {
        // Fits, because texts are at most `MAX_BYTES` long.
        Self { start: start as u32, next: 0 }
    }

    pub(crate) fn broken(start: usize) -> Self {
        Self { start: start as u32 | BROKEN, next: 0 }
    }

    pub(crate) fn start(self) -> usize {
        (self.start & !BROKEN) as usize
    }

    pub(crate) fn is_broken(self) -> bool {
        self.start & BROKEN != 0
    }
}

/// All names and values of a text in order. In an object, names and values alternate.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    pub(crate) entries: Vec<TapeEntry>,
}

impl Tape {
    pub(crate) fn root(&self) -> Option<usize> {
        (!self.entries.is_empty()).then_some(0)
    }

    pub(crate) fn byte(&self, text: &str, entry: usize) -> u8 {
        let entry = self.entries[entry];
        if entry.is_broken() { 0 } else { text.as_bytes().get(entry.start()).copied().unwrap_or(0) }
    }

    pub(crate) fn is_object(&self, text: &str, entry: usize) -> bool {
        self.byte(text, entry) == b'{'
    }

    pub(crate) fn is_list(&self, text: &str, entry: usize) -> bool {
        self.byte(text, entry) == b'['
    }

    /// Iterates over the direct children of a list or object: elements, or alternating names and values.
    pub(crate) fn children(&self, entry: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.entries[entry].next as usize;
        let mut at = entry + 1;
        std::iter::from_fn(move || {
            let child = (at < end).then_some(at)?;
            at = self.entries[child].next as usize;
            Some(child)
        })
    }

    /// Iterates over the names and values of an object.
    pub(crate) fn fields<'t>(&'t self, text: &'t str, entry: usize) -> impl Iterator<Item = (usize, usize)> + 't {
        let is_object = self.is_object(text, entry);
        let mut children = self.children(entry).filter(move |_| is_object);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// Returns the first field of an object with this name.
    pub(crate) fn field(&self, text: &str, entry: usize, name: &str) -> Option<(usize, usize)> {
        self.fields(text, entry).find(|(at, _)| super::lex::is_name(text, self.entries[*at].start(), name))
    }

    /// Returns the byte offset of the value at a path, or of its nearest existing ancestor.
    pub(crate) fn find(&self, text: &str, steps: &[PathStep], lists: &RootLists) -> usize {
        let mut at = 0;
        for (depth, step) in steps.iter().enumerate() {
            let inside = match step {
                PathStep::Index(index) if depth == 1 => lists.element(at, *index),
                PathStep::Index(index) if self.is_list(text, at) => self.children(at).nth(*index),
                PathStep::Index(_) => None,
                PathStep::Field(name) => self.field(text, at, name).map(|(_, value)| value),
                PathStep::Name(name) => self.last_field(text, at, name).map(|(name, _)| name),
            };
            match inside {
                Some(inside) => at = inside,
                None => break,
            }
        }
        self.entries.get(at).map_or(0, |entry| entry.start())
    }

    /// Returns the last field with this name, which is the faulty one of two duplicates.
    fn last_field(&self, text: &str, entry: usize, name: &str) -> Option<(usize, usize)> {
        self.fields(text, entry).filter(|(at, _)| super::lex::is_name(text, self.entries[*at].start(), name)).last()
    }
}

/// Indexed elements of the lists directly under the root, for constant-time access.
#[derive(Debug, Default)]
pub(crate) struct RootLists {
    lists: Vec<(usize, Vec<u32>)>,
}

impl RootLists {
    pub(crate) fn new(tape: &Tape, text: &str) -> Self {
        let Some(root) = tape.root() else { return Self::default() };
        let lists = tape.fields(text, root).filter(|(_, value)| tape.is_list(text, *value));
        let lists = lists.map(|(_, list)| (list, tape.children(list).map(|child| child as u32).collect()));
        Self { lists: lists.collect() }
    }

    fn element(&self, list: usize, index: usize) -> Option<usize> {
        let (_, elements) = self.lists.iter().find(|(entry, _)| *entry == list)?;
        elements.get(index).map(|entry| *entry as usize)
    }
}
