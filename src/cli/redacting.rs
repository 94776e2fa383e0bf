//! What is withheld from pictures and data: arguments that `render` and `export` share.

use std::fmt;
use std::path::PathBuf;

use anyhow::bail;

use crate::document::Document;
use crate::model::{Item, Redaction};
use crate::publish::{PictureOptions, remaining_texts};
use crate::wording;

/// What to redact.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct RedactArguments {
    /// Redact before everything else: actor:ID, source:ID, kind:WORD, amounts, quotes, texts, or text:PLACE
    /// as --review lists it; can be given several times
    #[arg(long, value_name = "WHAT", value_parser = parse_withhold)]
    redact: Vec<Withhold>,
    /// Keep the name of this actor even though it shares one with a redacted actor; can be given several times
    #[arg(long, value_name = "actor:ID", value_parser = parse_keep, requires = "redact")]
    keep: Vec<String>,
    /// Also write every text that remains after redaction, those worth a look first, for a person to decide
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(super) review: Option<PathBuf>,
}

/// Something to withhold.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Withhold {
    Actor(String),
    Source(String),
    Kind(String),
    Text(String),
    Amounts,
    Quotes,
    Texts,
}

impl fmt::Display for Withhold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor(key) => write!(f, "actor “{key}”"),
            Self::Source(key) => write!(f, "source “{key}”"),
            Self::Kind(word) => write!(f, "kind “{word}”"),
            Self::Text(place) => write!(f, "text “{place}”"),
            Self::Amounts => f.write_str("amounts"),
            Self::Quotes => f.write_str("quotes"),
            Self::Texts => f.write_str("texts"),
        }
    }
}

impl RedactArguments {
    /// Returns what is withheld of a map.
    ///
    /// # Errors
    ///
    /// When the map has nothing of that name, so that what was meant would be exported.
    pub(super) fn redaction(&self, document: &Document) -> anyhow::Result<Redaction> {
        let map = &document.map;
        let mut redaction = Redaction::default();
        for what in &self.redact {
            let is_known = match what {
                Withhold::Actor(key) => matches!(map.find(key), Some(Item::Actor(_))) && redaction.add_record(map, key),
                Withhold::Source(key) => {
                    matches!(map.find(key), Some(Item::Source(_))) && redaction.add_record(map, key)
                }
                Withhold::Kind(word) => redaction.add_kind(map, word),
                Withhold::Text(place) => {
                    let notes = u32::try_from(document.look.notes.len()).unwrap_or(u32::MAX);
                    redaction.add_text(map, notes, place)
                }
                Withhold::Amounts => set(&mut redaction.hides_amounts),
                Withhold::Quotes => set(&mut redaction.hides_quotes),
                Withhold::Texts => set(&mut redaction.hides_texts),
            };
            // Unknown items can't be withheld, and a picture that still names them must not be written.
            if !is_known {
                let hint = match what {
                    Withhold::Text(_) => "use `--review FILE` to list the places of texts",
                    _ => "use `tieline info` to list the kinds",
                };
                bail!("the map has no {what} to redact, so nothing was written; {hint}");
            }
        }
        for key in &self.keep {
            let Some(Item::Actor(actor)) = map.find(key) else { bail!("the map has no actor “{key}” to keep") };
            if redaction.actors.contains(&actor) {
                bail!("the actor “{key}” can't be both kept and redacted; remove one of the two options");
            }
            redaction.kept_actors.insert(actor);
        }
        Ok(redaction)
    }

    /// Returns the list of texts that remain, if it is asked for.
    pub(super) fn review(&self, document: &Document, redaction: &Redaction) -> Option<String> {
        self.review.as_ref().map(|_| review(document, redaction))
    }
}

/// Turns an option on; always returns `true`.
fn set(choice: &mut bool) -> bool {
    *choice = true;
    true
}

/// Lists the texts that remain readable, one per line, each with the place by which it can be withheld.
fn review(document: &Document, redaction: &Redaction) -> String {
    let options = PictureOptions { redaction: redaction.clone(), ..PictureOptions::default() };
    let all = remaining_texts(document, &options);
    let suspicious = all.iter().filter(|text| text.suspicion.is_some()).count();
    let mut lines = vec![
        format!(
            "# {} remain; {} of them, listed first, should be checked.",
            wording::counted(all.len(), "text", "texts"),
            wording::number(suspicious)
        ),
        "# Nicknames and descriptions that share no word with a name can't be detected: read all of them.".to_owned(),
        "# To withhold one, add `--redact text:PLACE`; to withhold all, add `--redact texts`.".to_owned(),
    ];
    for remaining in all {
        let words: Vec<&str> = remaining.text.split_whitespace().collect();
        let why = remaining.suspicion.map(|why| format!("\t! {why}")).unwrap_or_default();
        lines.push(format!("{}\t{}{why}", remaining.place, wording::visible(&words.join(" "))));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn parse_withhold(text: &str) -> Result<Withhold, String> {
    let named = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
    let what = match text.split_once(':') {
        Some(("actor", key)) => named(key).map(Withhold::Actor),
        Some(("source", key)) => named(key).map(Withhold::Source),
        Some(("kind", word)) => named(word).map(Withhold::Kind),
        Some(("text", place)) => named(place).map(Withhold::Text),
        None if text == "amounts" => Some(Withhold::Amounts),
        None if text == "quotes" => Some(Withhold::Quotes),
        None if text == "texts" => Some(Withhold::Texts),
        _ => None,
    };
    what.ok_or_else(|| "write actor:ID, source:ID, kind:WORD, amounts, quotes, texts or text:PLACE".to_owned())
}

fn parse_keep(text: &str) -> Result<String, String> {
    let key = text.strip_prefix("actor:").filter(|key| !key.is_empty());
    key.map(str::to_owned).ok_or_else(|| "write actor:ID".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_withhold_is_named_in_full() {
        assert_eq!(parse_withhold("actor:a:b"), Ok(Withhold::Actor("a:b".to_owned())));
        for bad in ["actor:", "actor", "amount", "kind:", "tie:x", "text:", "text", ""] {
            assert!(parse_withhold(bad).is_err(), "{bad}");
        }
    }
}
