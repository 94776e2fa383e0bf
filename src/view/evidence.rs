//! Evidence for display: attribution, quotations, and addresses.

use crate::model::{ActorId, ClaimId, Evidence, Map, Quote, SourceId, Stance, Word};
use crate::wording::{
    actor_name, attribution, capitalized, date_text, field_phrase, joined_and, reference, second_hand_address_remark,
    source_name, stance_word, visible,
};

use super::WebLink;

/// A quotation with the document it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteDetails {
    /// The text right before, not part of the quotation.
    pub before: String,
    /// The quoted text, without quotation marks.
    pub exact: String,
    /// The text right after, not part of the quotation.
    pub after: String,
    /// The document that contains the quotation.
    pub source: SourceId,
    /// The display name of that document.
    pub source_name: String,
}

/// A document as shown in a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCitation {
    /// The source.
    pub id: SourceId,
    /// Its citation number.
    pub number: Option<u32>,
    /// Publisher, date and site: "GeekWire, March 2026, geekwire.com".
    pub reference: String,
    /// The location in the document: "paragraph 5".
    pub locator: Option<String>,
    /// The date at which it was read: "12 November 2025".
    pub accessed: Option<String>,
    /// Its address.
    pub link: Option<WebLink>,
    /// An archived copy.
    pub archive: Option<WebLink>,
}

/// One piece of evidence for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceDetails {
    /// The stance, for color or icon; `None` for a stance that the format doesn't define.
    pub stance: Option<Stance>,
    /// The stance with the fields it refers to: "Supports the amount and the start".
    pub stance_text: String,
    /// The quotations: from the source itself, then from the document that cites it.
    pub quotes: Vec<QuoteDetails>,
    /// The attribution: "Digest, citing GeekWire".
    pub attribution: String,
    /// The source itself.
    pub source: SourceCitation,
    /// The document that cites the source, for second-hand evidence.
    pub read_in: Option<SourceCitation>,
    /// The parties whose own word it is: "Amazon’s own word".
    pub own_word: Option<String>,
    /// Remarks on the link, on copies of the text, and by the map's authors. Each starts with a capital letter.
    pub remarks: Vec<String>,
}

impl EvidenceDetails {
    /// Builds the details of one piece of evidence of a claim.
    #[must_use]
    pub fn new(map: &Map, claim: ClaimId, piece: &Evidence) -> Self {
        let cited = piece.cited_in.as_ref();
        let own = piece.quote.as_ref().map(|quote| quote_details(map, piece.source, quote));
        let read = cited.and_then(|cited| cited.quote.as_ref().map(|quote| quote_details(map, cited.source, quote)));
        Self {
            stance: piece.stance.known(),
            stance_text: stance_text(piece, claim),
            quotes: own.into_iter().chain(read).collect(),
            attribution: attribution(map, piece),
            source: citation(map, piece.source, piece.locator.as_deref(), map.source(piece.source).accessed.as_ref()),
            read_in: cited.map(|cited| {
                let accessed = cited.accessed.as_ref().or(map.source(cited.source).accessed.as_ref());
                citation(map, cited.source, cited.locator.as_deref(), accessed)
            }),
            own_word: own_word(map, claim, piece.source),
            remarks: remarks(map, piece),
        }
    }
}

fn citation(map: &Map, id: SourceId, locator: Option<&str>, accessed: Option<&crate::model::Date>) -> SourceCitation {
    let source = map.source(id);
    SourceCitation {
        id,
        number: map.citation_number(id),
        reference: reference(map, id),
        locator: locator.map(|locator| visible(locator).into_owned()),
        accessed: accessed.map(date_text),
        link: source.url.as_deref().map(WebLink::new),
        archive: source.archive_url.as_deref().map(WebLink::new),
    }
}

fn quote_details(map: &Map, source: SourceId, quote: &Quote) -> QuoteDetails {
    let shown = |text: Option<&str>| text.map(|text| visible(text).into_owned()).unwrap_or_default();
    QuoteDetails {
        before: shown(quote.prefix.as_deref()),
        exact: shown(Some(quote.exact.trim())),
        after: shown(quote.suffix.as_deref()),
        source,
        source_name: source_name(map, source),
    }
}

fn stance_text(piece: &Evidence, claim: ClaimId) -> String {
    let stance = capitalized(&stance_word(&piece.stance));
    if !matches!(piece.stance, Word::Known(_)) {
        return stance;
    }
    let mut fields: Vec<String> = piece.proves.iter().map(|field| field_phrase(field)).collect();
    fields.dedup();
    match (fields.is_empty(), claim) {
        (true, ClaimId::Tie(_)) => format!("{stance} the tie as a whole"),
        (true, ClaimId::Fact(_)) => format!("{stance} the fact as a whole"),
        (false, _) => format!("{stance} {}", joined_and(&fields)),
    }
}

/// Returns "OpenAI’s and Microsoft’s own statement" if actors of the claim speak for themselves in the source.
fn own_word(map: &Map, claim: ClaimId, source: SourceId) -> Option<String> {
    let actors: Vec<ActorId> = match claim {
        ClaimId::Tie(tie) => map.tie(tie).ends.actors(),
        ClaimId::Fact(fact) => vec![map.fact(fact).actor],
    };
    let speakers = map.source(source).by.iter().filter(|speaker| actors.contains(speaker));
    let names: Vec<String> = speakers.map(|&speaker| possessive(&actor_name(map, speaker))).collect();
    (!names.is_empty()).then(|| format!("{} own statement", joined_and(&names)))
}

fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

fn remarks(map: &Map, piece: &Evidence) -> Vec<String> {
    let address = second_hand_address_remark(map, piece).map(|remark| capitalized(&remark));
    let same = map.source(piece.source).same_as;
    let same = same.map(|first| format!("Same text as {}; the two count as one source", reference(map, first)));
    let note = piece.note.as_deref().map(|note| visible(note).into_owned());
    address.into_iter().chain(same).chain(note).collect()
}

#[cfg(test)]
mod tests {
    use super::EvidenceDetails;
    use crate::model::fixture::{self, INVESTS, LENDS, SHARES};
    use crate::model::{ClaimId, Map, Stance};

    #[test]
    fn second_hand_evidence_tells_both_documents() {
        let map = fixture::map();
        let shown = EvidenceDetails::new(&map, ClaimId::Tie(INVESTS), &map.tie(INVESTS).claim.evidence[0]);
        assert_eq!(shown.stance_text, "Supports the amount and the start");
        assert_eq!(shown.attribution, "Digest, citing The Herald");
        assert_eq!(shown.quotes.len(), 1);
        assert_eq!(shown.quotes[0].source_name, "Digest");
        assert_eq!(shown.source.number, Some(1));
        assert_eq!(shown.source.reference, "The Herald, March 2026, herald.example");
        assert_eq!(
            shown.source.link.as_ref().map(|link| (link.shown.as_str(), link.is_openable)),
            Some(("herald.example", true))
        );
        assert_eq!(shown.read_in.and_then(|read| read.locator).as_deref(), Some("paragraph 2"));
        assert_eq!(shown.remarks, ["Link to the publisher’s home page only; the digest gives no address"]);
        assert_eq!(shown.own_word, None);
    }

    #[test]
    fn own_words_and_copies_are_marked() {
        let mut parts = fixture::parts();
        parts.sources[2].by = vec![fixture::ALDER, fixture::BIRCH, fixture::DANA];
        let map = Map::new(parts).expect("a sound map");
        let evidence = &map.tie(SHARES).claim.evidence;
        let statement = EvidenceDetails::new(&map, ClaimId::Tie(SHARES), &evidence[0]);
        assert_eq!(statement.own_word.as_deref(), Some("Alder’s and Birch’s own statement"));
        assert_eq!(statement.stance_text, "Supports the tie as a whole");
        let copy = EvidenceDetails::new(&map, ClaimId::Tie(SHARES), &evidence[1]);
        assert_eq!(copy.remarks, ["Same text as Alder, alder.example; the two count as one source"]);
    }

    #[test]
    fn disputes_keep_their_stance() {
        let map = fixture::map();
        let shown = EvidenceDetails::new(&map, ClaimId::Tie(LENDS), &map.tie(LENDS).claim.evidence[1]);
        assert_eq!((shown.stance, shown.stance_text.as_str()), (Some(Stance::Disputes), "Disputes the tie as a whole"));
    }
}
