//! `tieline info`: summarizes the content of a map.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::output::{print, print_json};
use crate::analysis::{Coverage, Sum, coverage, sums};
use crate::load::load_file;
use crate::model::{Amount, ClaimId, Map, Word};
use crate::wording::{
    amount_figures, amount_rounded, amount_text, counted, number, stage_word, status_of, status_word,
};

/// What to tell about.
#[derive(Debug, clap::Args)]
pub(super) struct InfoArguments {
    /// A map file
    file: PathBuf,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

/// Prints the summary of one file.
pub(super) fn run(arguments: &InfoArguments) -> anyhow::Result<ExitCode> {
    let (loaded, _) = load_file(&arguments.file)?;
    let summary = Summary::new(&loaded.map, loaded.counts.total());
    if arguments.json { print_json(&summary.json()) } else { print(&summary.text()).map(|()| ExitCode::SUCCESS) }
}

/// Counts and sums of a map.
struct Summary<'a> {
    map: &'a Map,
    problems: usize,
    actor_kinds: BTreeMap<String, usize>,
    tie_kinds: BTreeMap<String, usize>,
    stages: BTreeMap<String, usize>,
    statuses: BTreeMap<String, usize>,
    coverage: Coverage,
    sums: Vec<Sum>,
}

impl<'a> Summary<'a> {
    fn new(map: &'a Map, problems: usize) -> Self {
        let actor_kind = |id| map.actor_kind(id).map_or_else(|| "no kind".to_owned(), |kind| kind.label.clone());
        let status = |id| {
            let known = map.status(ClaimId::Tie(id)).map(Word::Known);
            status_word(&known.unwrap_or_else(|| status_of(&map.tie(id).claim)))
        };
        Self {
            map,
            problems,
            actor_kinds: count(map.actor_ids().map(actor_kind)),
            tie_kinds: count(map.tie_ids().map(|id| map.tie_kind(id).label.clone())),
            stages: count(
                map.ties()
                    .values()
                    .map(|tie| tie.claim.stage.as_ref().map_or_else(|| "not given".to_owned(), stage_word)),
            ),
            statuses: count(map.tie_ids().map(status)),
            coverage: coverage(map, map.tie_ids()),
            sums: sums(map, map.tie_ids()),
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        let meta = &self.map.meta();
        let _ = writeln!(out, "{}", meta.title.as_deref().unwrap_or("Untitled map"));
        if let Some(as_of) = &meta.as_of {
            let _ = writeln!(out, "as of {}", crate::wording::date_text(as_of));
        }
        let map = self.map;
        let _ = writeln!(
            out,
            "{}, {}, {}, {}",
            counted(map.actors().len(), "actor", "actors"),
            counted(map.ties().len(), "tie", "ties"),
            counted(map.facts().len(), "fact", "facts"),
            counted(map.sources().len(), "source", "sources"),
        );
        push_counts(&mut out, "Actors by kind", &self.actor_kinds);
        push_counts(&mut out, "Ties by kind", &self.tie_kinds);
        push_counts(&mut out, "Ties by stage", &self.stages);
        push_counts(&mut out, "Ties by status", &self.statuses);
        let c = &self.coverage;
        let _ = writeln!(out, "\nCoverage");
        let rows = [
            ("sourced", c.sourced),
            ("sourced independently", c.independent),
            ("sourced by two or more independent publishers", c.confirmed),
            ("sourced second-hand only", c.second_hand),
            ("sourced only by statements of the parties", c.own_word_only),
        ];
        for (label, count) in rows {
            let _ = writeln!(out, "  {:>5} of {} {label}", number(count), counted(c.ties, "tie", "ties"));
        }
        if !self.sums.is_empty() {
            let _ = writeln!(out, "\nSums of ties");
        }
        for sum in &self.sums {
            let figures = amount_figures(&sum.amount).map(|figures| format!(" ({figures})")).unwrap_or_default();
            let count = counted(sum.ties.len(), "tie", "ties");
            let _ = writeln!(out, "  {}{figures}, from {count}", amount_rounded(&sum.amount));
        }
        if self.problems > 0 {
            let problems = counted(self.problems, "problem", "problems");
            let _ = writeln!(out, "\n{problems} in the file; run `tieline check` to list them");
        }
        out
    }

    fn json(&self) -> Value {
        let c = &self.coverage;
        let sums: Vec<Value> = self
            .sums
            .iter()
            .map(|sum| {
                json!({
                    "currency": sum.amount.currency,
                    "lower": bound(&sum.amount, |amount| amount.lower),
                    "upper": bound(&sum.amount, |amount| amount.upper),
                    "text": amount_text(&sum.amount),
                    "figures": amount_figures(&sum.amount),
                    "ties": sum.ties.len(),
                })
            })
            .collect();
        json!({
            "title": self.map.meta().title,
            "asOf": self.map.meta().as_of.as_ref().map(crate::model::Date::text),
            "actors": self.map.actors().len(),
            "ties": self.map.ties().len(),
            "facts": self.map.facts().len(),
            "sources": self.map.sources().len(),
            "actorsByKind": self.actor_kinds,
            "tiesByKind": self.tie_kinds,
            "tiesByStage": self.stages,
            "tiesByStatus": self.statuses,
            "coverage": {
                "ties": c.ties, "sourced": c.sourced, "independent": c.independent, "confirmed": c.confirmed,
                "secondHand": c.second_hand, "ownWordOnly": c.own_word_only, "disputed": c.disputed,
            },
            "sums": sums,
            "problems": self.problems,
        })
    }
}

/// Returns one end of an amount as a decimal string and its type, such as `{ "value": "13", "inclusive": false }`.
fn bound(amount: &Amount, end: impl Fn(&Amount) -> Option<crate::model::Bound>) -> Option<Value> {
    end(amount).map(|bound| json!({ "value": bound.value.to_string(), "inclusive": bound.is_inclusive }))
}

fn count(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

fn push_counts(out: &mut String, heading: &str, counts: &BTreeMap<String, usize>) {
    let _ = writeln!(out, "\n{heading}");
    let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
    rows.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), (*word).clone()));
    for (word, count) in rows {
        let _ = writeln!(out, "  {:>5} {word}", number(*count));
    }
}
