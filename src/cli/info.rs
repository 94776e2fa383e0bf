//! `tieline info`: what a map holds, how well it is sourced, what its money adds up to.

use std::io;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::analysis::{Coverage, Sum, components, coverage, sums};
use crate::document::{Filter, Look, Shown};
use crate::load::{Loaded, load_file};
use crate::model::{Bound, Map, TieId};
use crate::view::{FacetRow, Facets, build_facets};
use crate::wording::{amount_figures, amount_text, counted, date_text, visible};

use super::{FINE, Output, PROBLEMS, WRONG_USE};
use crate::load::LoadError;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Map file
    file: PathBuf,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Everything that is told of a map. Coverage and sums are of the ties that stand: neither superseded nor retracted.
struct Info<'a> {
    loaded: &'a Loaded,
    facets: Facets,
    standing: usize,
    coverage: Coverage,
    sums: Vec<Sum>,
    groups: usize,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> io::Result<u8> {
    let loaded = match load_file(&arguments.file) {
        Ok((loaded, _)) => loaded,
        Err(error) => {
            writeln!(output.messages, "tieline: {error}")?;
            return Ok(if matches!(error, LoadError::Read { .. }) { WRONG_USE } else { PROBLEMS });
        }
    };
    super::tell_problems(&arguments.file, &loaded, output)?;
    let info = Info::new(&loaded);
    if arguments.json {
        writeln!(output.results, "{:#}", info.json())?;
    } else {
        info.write(output)?;
    }
    Ok(FINE)
}

impl<'a> Info<'a> {
    fn new(loaded: &'a Loaded) -> Self {
        let map = &loaded.map;
        let shown = Shown::new(map, &Look::default());
        let standing: Vec<TieId> = shown.ties().collect();
        Self {
            loaded,
            facets: build_facets(map, &Filter::default()),
            coverage: coverage(map, standing.iter().copied()),
            sums: sums(map, standing.iter().copied()),
            groups: components(map, |tie| shown.has_tie(tie)).len(),
            standing: standing.len(),
        }
    }

    fn map(&self) -> &Map {
        &self.loaded.map
    }

    fn write(&self, output: &mut Output) -> io::Result<()> {
        let map = self.map();
        let out = &mut *output.results;
        writeln!(out, "{}", map.meta.title.as_deref().map_or("Untitled map".into(), visible))?;
        if let Some(as_of) = &map.meta.as_of {
            writeln!(out, "As of {}", date_text(as_of))?;
        }
        let groups = counted(self.groups, "connected group", "connected groups");
        writeln!(out, "\n{} in {groups}", counted(map.actors.len(), "actor", "actors"))?;
        write_rows(out, &self.facets.actor_kinds)?;
        writeln!(out, "\n{}", counted(map.ties.len(), "tie", "ties"))?;
        for (heading, rows) in self.tie_facets() {
            if !rows.is_empty() {
                writeln!(out, "  {heading}")?;
                write_rows(out, rows)?;
            }
        }
        let (facts, sources) =
            (counted(map.facts.len(), "fact", "facts"), counted(map.sources.len(), "source", "sources"));
        writeln!(out, "\n{facts}, {sources}")?;
        self.write_coverage(out)?;
        self.write_sums(out)
    }

    fn tie_facets(&self) -> [(&'static str, &[FacetRow]); 3] {
        [("By kind", &self.facets.tie_kinds), ("By stage", &self.facets.stages), ("By status", &self.facets.statuses)]
    }

    fn write_coverage(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let coverage = &self.coverage;
        writeln!(out, "\nEvidence for {} that stand", counted(self.standing, "tie", "ties"))?;
        let rows = [
            (coverage.sourced, "with evidence"),
            (coverage.independent, "supported by an independent publisher"),
            (coverage.confirmed, "supported by two or more independent publishers"),
            (coverage.own_word_only, "supported by the parties’ own word only"),
            (coverage.second_hand, "known at second hand only"),
            (coverage.disputed, "disputed by a source"),
        ];
        rows.into_iter().try_for_each(|(count, what)| writeln!(out, "  {count:>6}  {what}"))
    }

    fn write_sums(&self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.sums.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nSums of amounts, without parts, rivals and withdrawn ties")?;
        for sum in &self.sums {
            let figures = amount_figures(&sum.amount).map(|figures| format!(" ({figures})")).unwrap_or_default();
            let ties = counted(sum.ties.len(), "tie", "ties");
            writeln!(out, "  {}{figures}, from {ties}", amount_text(&sum.amount))?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let map = self.map();
        let coverage = &self.coverage;
        let counts = self.loaded.counts;
        json!({
            "title": map.meta.title,
            "asOf": map.meta.as_of.as_ref().map(crate::model::Date::text),
            "actors": { "total": map.actors.len(), "groups": self.groups, "kinds": counts_json(&self.facets.actor_kinds) },
            "ties": {
                "total": map.ties.len(),
                "standing": self.standing,
                "kinds": counts_json(&self.facets.tie_kinds),
                "stages": counts_json(&self.facets.stages),
                "statuses": counts_json(&self.facets.statuses),
            },
            "facts": map.facts.len(),
            "sources": map.sources.len(),
            "coverage": {
                "sourced": coverage.sourced,
                "independent": coverage.independent,
                "confirmed": coverage.confirmed,
                "ownWordOnly": coverage.own_word_only,
                "secondHand": coverage.second_hand,
                "disputed": coverage.disputed,
            },
            "sums": self.sums.iter().map(|sum| sum_json(map, sum)).collect::<Vec<_>>(),
            "problems": { "errors": counts.errors, "warnings": counts.warnings, "notes": counts.notes },
        })
    }
}

fn write_rows(out: &mut dyn io::Write, rows: &[FacetRow]) -> io::Result<()> {
    rows.iter().try_for_each(|row| writeln!(out, "  {:>6}  {}", row.count, row.label))
}

fn counts_json(rows: &[FacetRow]) -> Value {
    let rows = rows.iter().map(|row| json!({ "label": row.label, "count": row.count }));
    rows.collect()
}

/// A sum with its ends as decimal strings, which lose no digit.
fn sum_json(map: &Map, sum: &Sum) -> Value {
    let end = |bound: Option<Bound>| bound.map(|bound| bound.value.to_string());
    let is_inclusive = |bound: Option<Bound>| bound.map(|bound| bound.is_inclusive);
    json!({
        "currency": sum.amount.currency,
        "text": amount_text(&sum.amount),
        "lower": end(sum.amount.lower),
        "lowerIsIncluded": is_inclusive(sum.amount.lower),
        "upper": end(sum.amount.upper),
        "upperIsIncluded": is_inclusive(sum.amount.upper),
        "approx": sum.amount.is_approximate,
        "ties": sum.ties.iter().map(|&tie| &*map.tie(tie).claim.key).collect::<Vec<_>>(),
    })
}
