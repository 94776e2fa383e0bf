//! `--add-source` and `--cite`: sources from pasted text or files of it, and evidence.

use std::fs::File;
use std::io::Read as _;

use super::find::{check_new_id, split_new_id};
use super::session::{EditDone, EditSession};
use super::steps::{EditOption, EditStep};
use crate::document::edit::{self, Field, new_key};
use crate::hidden_characters::{Quoted, visible};
use crate::load::{
    NewSource, Pasted, PastedQuote, Suggester, guess_publisher, read_pasted, same_source, tidy_quotation,
};
use crate::model::{Evidence, Item, Key, Quote, SourceId, Stance, Word};

/// The largest file of sources that is read, in bytes; larger ones are refused.
const MAX_FILE: u64 = 9 << 20;

/// Adds the sources of a text or file: `[ID=]TEXT`.
pub(super) fn add_sources(session: &mut EditSession, argument: &str) -> Result<EditDone, String> {
    let (id, text) = split_new_id(argument);
    let (added, mut details) = add_pasted(session, id, text)?;
    let title = |session: &EditSession, source: SourceId| {
        let source = session.document().map.source(source);
        let name = source.title.as_deref().or(source.url.as_deref()).unwrap_or("a source");
        Quoted(name).to_string()
    };
    let new: Vec<SourceId> = added.iter().filter(|added| added.is_new).map(|added| added.source).collect();
    let sentence = match new.as_slice() {
        [] => "Add no source".to_owned(),
        [source] => format!("Add {}", title(session, *source)),
        several => format!("Add {} sources", several.len()),
    };
    if new.len() > 1 {
        details.extend(new.iter().take(20).map(|source| title(session, *source)));
    }
    let ids = added.iter().map(|added| session.key(Item::Source(added.source))).collect();
    Ok(EditDone { details, ..EditDone::new(sentence, ids) })
}

/// A source of a text.
struct AddedSource {
    source: SourceId,
    is_new: bool,
    quotes: Vec<PastedQuote>,
}

/// Adds the sources of a text that the map does not have; also returns remarks.
fn add_pasted(
    session: &mut EditSession,
    id: Option<&str>,
    text: &str,
) -> Result<(Vec<AddedSource>, Vec<String>), String> {
    let found = match read_pasted(&text_of(text)?) {
        Pasted::Sources(found) => found,
        Pasted::Nothing => return Err("it is empty; write an address, a DOI, or @FILE with a bibliography".to_owned()),
        Pasted::Quote(_) => {
            return Err(
                "it is not an address, DOI, BibTeX, RIS or CSL-JSON; set a title with --set ID.title=…".to_owned()
            );
        }
        Pasted::Unreadable { reason, .. } => return Err(reason),
        Pasted::TooLong => return Err("it is longer than 8 MB; split it".to_owned()),
    };
    if id.is_some() && found.sources.len() > 1 {
        return Err(format!("it has {} sources, but one id can't name them all", found.sources.len()));
    }
    let mut remarks = found.remarks.clone();
    if found.skipped > 0 {
        remarks.insert(0, found.summary());
    }
    let mut added = Vec::new();
    for new in found.sources {
        added.push(add_source(session, id, new, &mut remarks)?);
    }
    Ok((added, remarks))
}

fn add_source(
    session: &mut EditSession,
    id: Option<&str>,
    new: NewSource,
    remarks: &mut Vec<String>,
) -> Result<AddedSource, String> {
    let map = &session.document().map;
    if let Some(source) = same_source(map, &new.source) {
        let key = &map.source(source).key;
        remarks.push(format!("the map has this source already, as {}", Quoted(key)));
        if let Some(id) = id {
            session.other_ids.insert(id.to_owned(), Item::Source(source));
        }
        return Ok(AddedSource { source, is_new: false, quotes: new.quotes });
    }
    if let Some(id) = id {
        check_new_id(map, id)?;
    }
    let key = id.map_or_else(|| new_key(map, &new.words_for_key()), Key::from);
    let mut source = new.source;
    if source.publisher.is_none()
        && let Some(publisher) = guess_publisher(map, &source)
    {
        remarks.push(format!("the publisher {} is taken from other sources of the same site", Quoted(&publisher)));
        source.publisher = Some(publisher);
    }
    source.key = key;
    let (source, transaction) = edit::add_source(session.document(), source);
    session.edits.run(transaction).map_err(|error| error.to_string())?;
    Ok(AddedSource { source, is_new: true, quotes: new.quotes })
}

/// Returns the text itself, or that of a file for `@FILE`.
fn text_of(text: &str) -> Result<String, String> {
    let text = text.trim();
    let Some(path) = text.strip_prefix('@').filter(|path| !path.is_empty() && !path.contains('{')) else {
        return Ok(text.to_owned());
    };
    let failed = |error: std::io::Error| format!("could not read the file {}: {error}", Quoted(path));
    let file = File::open(path).map_err(failed)?;
    // Pipes and devices may never end.
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(format!("{} is not a file", Quoted(path)));
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE).read_to_end(&mut bytes).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| format!("the file {} is not UTF-8", Quoted(path)))
}

/// Cites a source for a tie or fact: `ID=SOURCE`, where the source is an id or a text.
pub(super) fn cite(session: &mut EditSession, argument: &str, modifiers: &[EditStep]) -> Result<EditDone, String> {
    let finder = session.finder();
    let (claim, source) = finder.split(argument).ok_or("write the id of the tie, =, and the source: ID=SOURCE")?;
    let claim = finder.claim(claim)?;
    let known = match finder.by_id(source.trim()) {
        Some(Item::Source(source)) => Some(source),
        Some(_) => return Err(finder.source(source).err().unwrap_or_default()),
        None => None,
    };
    let mut details = Vec::new();
    let (source, quotes) = if let Some(source) = known {
        (source, Vec::new())
    } else {
        let unknown = session.finder().source(source).err().unwrap_or_default();
        let is_text = !matches!(read_pasted(&text_of(source).unwrap_or_default()), Pasted::Quote(_) | Pasted::Nothing);
        if !is_text && !source.trim().starts_with('@') {
            return Err(unknown);
        }
        let (added, remarks) = add_pasted(session, None, source)?;
        details = remarks;
        let count = added.len();
        let first = added.into_iter().next().ok_or("it has no source")?;
        if count > 1 {
            details.push(format!("of {count} sources, the first is cited"));
        }
        let key = session.key(Item::Source(first.source));
        if first.is_new {
            details.push(format!("the source is new, as {}", Quoted(&key)));
        }
        (first.source, first.quotes)
    };
    let evidence = evidence(source, &quotes, modifiers, &mut details)?;
    let ids = vec![session.key(claim.into()), session.key(Item::Source(source))];
    let transaction = edit::cite(session.document(), claim, evidence);
    let mut done = session.run(transaction, ids)?;
    done.details = details;
    Ok(done)
}

fn evidence(
    source: SourceId,
    quotes: &[PastedQuote],
    modifiers: &[EditStep],
    details: &mut Vec<String>,
) -> Result<Evidence, String> {
    let mut evidence =
        Evidence { quote: quotes.first().map(|quote| quote.quote.clone()), ..Evidence::supporting(source) };
    for EditStep { option, text } in modifiers {
        let place = || format!("--{} {}", option.name(), Quoted(text));
        match option {
            EditOption::Quote => {
                let exact = visible(&tidy_quotation(text)).into_owned();
                let around = evidence.quote.take();
                let (prefix, suffix) = around.map_or((None, None), |quote| (quote.prefix, quote.suffix));
                evidence.quote = (!exact.is_empty()).then_some(Quote { exact, prefix, suffix });
            }
            EditOption::Locator => {
                evidence.locator = Some(visible(text.trim()).into_owned()).filter(|it| !it.is_empty());
            }
            EditOption::Stance => evidence.stance = stance(text).map_err(|reason| format!("{}: {reason}", place()))?,
            _ => evidence.proves = fields(text).map_err(|reason| format!("{}: {reason}", place()))?,
        }
    }
    let has_own_quote = modifiers.iter().any(|step| step.option == EditOption::Quote);
    if !has_own_quote && quotes.first().is_some_and(|quote| !quote.is_complete) {
        details.push("the link has only the first and last words of the quotation; give all with --quote".to_owned());
    }
    if quotes.len() > 1 {
        details.push(format!("the link highlights {} places; the first is quoted", quotes.len()));
    }
    Ok(evidence)
}

fn stance(text: &str) -> Result<Word<Stance>, String> {
    let word = Stance::from_word(text.trim());
    let words = Stance::ALL.iter().map(|stance| Stance::word(*stance));
    match word.known() {
        Some(_) => Ok(word),
        None => Err(Suggester::default().or(text, words, "write supports, disputes or mentions")),
    }
}

/// Reads names of fields of a claim.
fn fields(text: &str) -> Result<Vec<String>, String> {
    let names = || Field::ALL.iter().map(|field| field.name());
    let check = |name: &str| {
        if names().any(|known| known == name) {
            return Ok(name.to_owned());
        }
        let remedy = Suggester::default().or(name, names(), "write names of fields such as amount or startDate");
        Err(format!("there is no field {}; {remedy}", Quoted(name)))
    };
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(check).collect()
}
