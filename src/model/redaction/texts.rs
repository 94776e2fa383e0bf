//! Texts and records without what is redacted.

use super::{Plan, QUOTE_WITHHELD, TITLE_WITHHELD, WITHHELD, money};
use crate::model::{
    Amount, Claim, Ends, Evidence, MapMeta, MapParts, Quote, Retraction, Source, SourceId, SourceKind, Word,
};

impl Plan<'_> {
    /// Whether a text tells what must not be told.
    pub(super) fn is_told(&self, text: &str) -> bool {
        self.names.occur_in(text)
            || self.names.quotes_occur_in(text)
            || (self.redaction.hides_amounts && money::speaks_of_amounts(text))
    }

    pub(super) fn redact_option(&self, text: &mut Option<String>) {
        if text.as_deref().is_some_and(|text| self.is_told(text)) {
            *text = Some(WITHHELD.to_owned());
        }
    }

    fn redact_title(&self, title: &mut Option<String>) {
        if title.as_deref().is_some_and(|title| self.is_told(title)) {
            *title = Some(TITLE_WITHHELD.to_owned());
        }
    }

    pub(super) fn drop_address(&self, url: &mut Option<String>) {
        let tells_amounts = |url: &str| self.redaction.hides_amounts && money::address_speaks_of_amounts(url);
        if url.as_deref().is_some_and(|url| self.names.occur_in_address(url) || tells_amounts(url)) {
            *url = None;
        }
    }

    pub(super) fn redact_meta(&self, parts: &mut MapParts) {
        let MapMeta { title, subtitle, authors, license, note, language, as_of: _ } = &mut parts.meta;
        self.redact_title(title);
        for text in [subtitle, license, note] {
            self.redact_option(text);
        }
        authors.retain(|author| !self.is_told(author));
        if language.as_deref().is_some_and(|language| self.is_told(language)) {
            *language = None;
        }
    }

    /// Kinds that are left out lose their words; all others those that tell.
    pub(super) fn redact_kinds(&self, parts: &mut MapParts) {
        for (index, kind) in parts.actor_kinds.iter_mut().enumerate() {
            let is_left_out = self.redaction.actor_kinds.iter().any(|id| id.index() == index);
            if is_left_out || self.is_told(&kind.label) || self.is_told(&kind.key) {
                kind.key = format!("actor-kind-{}", index + 1).into();
                WITHHELD.clone_into(&mut kind.label);
            }
        }
        for (index, kind) in parts.tie_kinds.iter_mut().enumerate() {
            let is_left_out = self.redaction.tie_kinds.iter().any(|id| id.index() == index);
            let verb_tells = kind.verb.as_deref().is_some_and(|verb| self.is_told(verb));
            if is_left_out || verb_tells || self.is_told(&kind.label) || self.is_told(&kind.key) {
                kind.key = format!("tie-kind-{}", index + 1).into();
                WITHHELD.clone_into(&mut kind.label);
                kind.verb = None;
            }
        }
    }

    /// A source keeps its kind and date; one by a redacted actor, or redacted itself, keeps nothing else.
    pub(super) fn redact_source(&self, id: SourceId, source: &mut Source) {
        source.key = format!("source-{}", id.index() + 1).into();
        let is_own = source.by.iter().any(|actor| self.actors.contains(actor));
        if is_own || self.redaction.sources.contains(&id) {
            *source = Source {
                key: source.key.clone(),
                kind: source.kind.take().filter(|word| word.known().is_some()),
                title: Some(TITLE_WITHHELD.to_owned()),
                published: source.published.take(),
                by: std::mem::take(&mut source.by),
                same_as: source.same_as,
                ..Source::default()
            };
            return;
        }
        if let Some(Word::Other(word)) = &source.kind
            && self.is_told(word)
        {
            source.kind = Some(Word::Known(SourceKind::Other));
        }
        self.redact_title(&mut source.title);
        for text in [&mut source.publisher, &mut source.note, &mut source.language] {
            self.redact_option(text);
        }
        source.authors.retain(|author| !self.is_told(author));
        self.drop_address(&mut source.url);
        self.drop_address(&mut source.archive_url);
        // The item repeats the fields in a form of its own.
        if source.csl.as_deref().is_some_and(|csl| self.is_told(csl)) {
            source.csl = None;
        }
    }

    pub(super) fn redact_roles(&self, ends: &mut Ends) {
        if let Ends::Parties(parties) = ends {
            for party in parties {
                self.redact_option(&mut party.role);
            }
        }
    }

    /// A claim about a redacted actor loses its free words, by which it could be found elsewhere; one that is left out
    /// loses everything but its evidence's numbers.
    pub(super) fn redact_claim(&self, claim: &mut Claim, is_about_hidden: bool, is_left_out: bool) {
        if is_left_out {
            let (status, evidence) = (claim.status.take(), std::mem::take(&mut claim.evidence));
            *claim = Claim { status, evidence, ..Claim::default() };
        }
        for text in [&mut claim.label, &mut claim.via] {
            self.redact_option(text);
        }
        for text in [&mut claim.summary, &mut claim.scope] {
            if is_about_hidden && text.is_some() {
                *text = Some(WITHHELD.to_owned());
            }
            self.redact_option(text);
        }
        if let Some(Retraction { reason, .. }) = claim.retraction.as_deref_mut() {
            self.redact_option(reason);
        }
        self.redact_words(claim);
        if self.redaction.hides_amounts {
            withhold(&mut claim.amount, "amount withheld");
            withhold(&mut claim.share, "share withheld");
            withhold(&mut claim.quantity, "quantity withheld");
        } else {
            for amount in [&mut claim.amount, &mut claim.share, &mut claim.quantity].into_iter().flatten() {
                self.redact_option(&mut amount.text);
                self.redact_option(&mut amount.unit);
                self.redact_option(&mut amount.currency);
            }
        }
        for piece in &mut claim.evidence {
            self.redact_evidence(piece, is_about_hidden || is_left_out);
        }
    }

    /// Words outside the closed lists are free text like any other.
    fn redact_words(&self, claim: &mut Claim) {
        let tells = |word: &str| self.is_told(word);
        claim.stage = claim.stage.take().filter(|word| !matches!(word, Word::Other(word) if tells(word)));
        claim.status = claim.status.take().filter(|word| !matches!(word, Word::Other(word) if tells(word)));
        claim.confidence = claim.confidence.take().filter(|word| !matches!(word, Word::Other(word) if tells(word)));
        claim.stages.retain(|change| !matches!(&change.stage, Word::Other(word) if tells(word)));
    }

    fn redact_evidence(&self, piece: &mut Evidence, hides_words: bool) {
        let hides_words = hides_words || self.redaction.sources.contains(&piece.source);
        piece.proves.retain(|field| !self.is_told(field));
        if matches!(&piece.stance, Word::Other(word) if self.is_told(word)) {
            piece.stance = Word::Other(WITHHELD.into());
        }
        let cited = piece.cited_in.as_mut();
        let (cited_locator, cited_quote) = cited.map(|cited| (&mut cited.locator, &mut cited.quote)).unzip();
        for text in [Some(&mut piece.locator), Some(&mut piece.note), cited_locator].into_iter().flatten() {
            if hides_words && text.is_some() {
                *text = Some(WITHHELD.to_owned());
            }
            self.redact_option(text);
        }
        for quote in [Some(&mut piece.quote), cited_quote].into_iter().flatten() {
            self.redact_quote(quote, hides_words || self.redaction.hides_quotes);
        }
    }

    fn redact_quote(&self, quote: &mut Option<Quote>, is_hidden: bool) {
        let Some(Quote { exact, prefix, suffix }) = quote else { return };
        let texts = [Some(&*exact), prefix.as_ref(), suffix.as_ref()].into_iter().flatten();
        // Parts of a quotation are read together: a name may be split between them.
        let whole = texts.map(String::as_str).collect::<Vec<_>>().join(" ");
        if is_hidden || self.is_told(&whole) {
            *quote = Some(Quote { exact: QUOTE_WITHHELD.to_owned(), ..Quote::default() });
        }
    }
}

fn withhold(amount: &mut Option<Box<Amount>>, words: &str) {
    if amount.is_some() {
        *amount = Some(Box::new(Amount { text: Some(words.to_owned()), ..Amount::default() }));
    }
}
