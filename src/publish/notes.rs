//! Text for speaker notes: the content of a picture in sentences, with all evidence.

use std::collections::BTreeMap;

use super::PictureOptions;
use crate::hidden_characters::prose;
use crate::model::{ClaimId, Map, SourceId, TieId};
use crate::scene::{Detail, Plan, UNCERTAIN, coverage_line, credit_line, skipped_line, source_lines};
use crate::view::{EvidenceDetails, QuoteDetails};
use crate::wording::{self, visible};

/// Returns the whole text, one statement per line; what the speaker wants to say comes first.
pub(super) fn write(map: &Map, plan: &Plan, options: &PictureOptions, speaker: Option<&str>) -> String {
    let ties = plan.ties();
    let mut lines = head(map);
    if let Some(speaker) = speaker {
        lines.extend([prose(speaker), String::new()]);
    }
    lines.push("Ties".to_owned());
    lines.extend(ties.iter().map(|&tie| tie_line(map, plan, tie)));
    if ties.iter().any(|&tie| map.is_contested(ClaimId::Tie(tie))) {
        lines.push("‡ Disputed or contradicted".to_owned());
    }
    if ties.iter().any(|&tie| plan.is_uncertain(map, tie)) {
        lines.push(format!("? {UNCERTAIN}"));
    }
    lines.push(String::new());
    let sources = source_lines(map, plan, Detail::Full);
    if !sources.is_empty() {
        lines.push("Sources".to_owned());
    }
    let mut proven: BTreeMap<SourceId, Vec<TieId>> = BTreeMap::new();
    for &tie in &ties {
        let mut cited: Vec<SourceId> = map.tie(tie).claim.evidence.iter().map(|piece| piece.source).collect();
        cited.sort_unstable();
        cited.dedup();
        for source in cited {
            proven.entry(source).or_default().push(tie);
        }
    }
    for source in sources {
        lines.push(format!("{} {}", source.number, source.text));
        for &tie in proven.get(&source.source).into_iter().flatten() {
            lines.extend(proofs(map, tie, source.source));
        }
    }
    lines.extend(skipped_line(map, plan));
    lines.push(String::new());
    lines.push(coverage_line(map, plan));
    lines.extend(options.redaction.remark().map(|remark| wording::capitalized(&remark)));
    lines.push(credit_line(map));
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.push(String::new());
    lines.join("\n")
}

fn head(map: &Map) -> Vec<String> {
    let meta = &map.meta();
    let texts = [&meta.title, &meta.subtitle].into_iter().flatten().map(|text| visible(text).into_owned());
    let date = meta.as_of.as_ref().map(|date| format!("As of {}", wording::date_text(date)));
    let mut lines: Vec<String> = texts.chain(date).collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Formats a tie as "Microsoft invests in OpenAI: more than $13 billion, since 2019 [1]", with signs of doubt as in the picture.
fn tie_line(map: &Map, plan: &Plan, tie: TieId) -> String {
    let numbers = wording::evidence_numbers(map, ClaimId::Tie(tie));
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    let sentence = wording::tie_sentence(map, tie);
    if numbers.is_empty() {
        plan.with_doubt(map, tie, &format!("– {sentence}"))
    } else {
        plan.with_doubt(map, tie, &format!("– {sentence} [{}]", numbers.join(", ")))
    }
}

/// Lists a source's evidence for a tie, each piece with its quotes.
fn proofs(map: &Map, tie: TieId, source: SourceId) -> Vec<String> {
    let claim = ClaimId::Tie(tie);
    let pieces = map.tie(tie).claim.evidence.iter().filter(|piece| piece.source == source);
    let mut lines = Vec::new();
    for piece in pieces {
        let details = EvidenceDetails::new(map, claim, piece);
        let own = details.own_word.map(|own| format!(" ({own})")).unwrap_or_default();
        lines.push(format!("    {}: {}{own}", details.stance_text, wording::tie_sentence(map, tie)));
        lines.extend(details.quotes.iter().map(quote));
    }
    lines
}

fn quote(quote: &QuoteDetails) -> String {
    format!("        “{}” ({})", quote.exact, quote.source_name)
}
