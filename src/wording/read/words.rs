//! Tables of words for direction, stage, status, confidence, yes and no in English, German, French and Spanish.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{Confidence, Stage, Status};

use super::fold::fold_words;

/// What a cell says about the direction of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the first actor to the second.
    Directed,
    /// From the second actor to the first.
    Reversed,
    /// In both directions; drawn as one undirected tie.
    Mutual,
    /// In no direction.
    Undirected,
    /// As in a graph with ties of both sorts, so that nothing is said about this one.
    Mixed,
}

impl Direction {
    /// Returns whether the tie is directed; `None` if the word leaves it open.
    #[must_use]
    pub fn is_directed(self) -> Option<bool> {
        match self {
            Self::Directed | Self::Reversed => Some(true),
            Self::Mutual | Self::Undirected => Some(false),
            Self::Mixed => None,
        }
    }
}

type Rows<T> = &'static [(T, &'static str)];

const DIRECTIONS: Rows<Direction> = &[
    (
        Direction::Directed,
        "directed|oriented|one-way|one way|unidirectional|forward|outgoing|right|-->|->|=>|→|⟶|1->2|\
         gerichtet|einseitig|oriente|orientee|dirige|dirigee|unidirectionnel|dirigido|dirigida|orientado|unidireccional",
    ),
    (Direction::Reversed, "<--|<-|<=|←|⟵|2->1|reverse|reversed|backward|incoming|left|umgekehrt|inverse|inverso"),
    (
        Direction::Mutual,
        "mutual|both|bidirectional|two-way|two way|reciprocal|<-->|<->|<=>|↔|⟷|1<->2|gegenseitig|beidseitig|\
         wechselseitig|beide|bidirektional|mutuel|mutuelle|reciproque|bidirectionnel|les deux|mutuo|mutua|reciproco|\
         bidireccional|ambos|ambas",
    ),
    (
        Direction::Undirected,
        "undirected|non-directed|not directed|unoriented|none|--|---|—|ungerichtet|nicht gerichtet|non oriente|\
         non orientee|non dirige|non dirigee|no dirigido|no dirigida|no orientado",
    ),
    (Direction::Mixed, "mixed|gemischt|mixte|mixto"),
];

const STAGES: Rows<Stage> = &[
    (
        Stage::Rumored,
        "rumored|rumoured|rumor|rumour|speculated|speculation|possible|gerucht|geruchte|spekulation|vermutet|rumeur|\
         suppose|rumor no confirmado|rumoreado",
    ),
    (
        Stage::Announced,
        "announced|announcement|angekundigt|ankundigung|bekanntgegeben|annonce|annoncee|anunciado|anunciada",
    ),
    (
        Stage::Planned,
        "planned|plan|proposed|intended|scheduled|upcoming|expected|geplant|beabsichtigt|vorgesehen|prevu|prevue|\
         planifie|projete|planeado|planificado|previsto|prevista|propuesto",
    ),
    (
        Stage::Conditional,
        "conditional|subject to approval|pending|pending approval|bedingt|vorbehaltlich|ausstehend|conditionnel|\
         sous condition|sous reserve|en attente|condicional|condicionado|pendiente",
    ),
    (
        Stage::Agreed,
        "agreed|signed|approved|binding|committed|contracted|vereinbart|unterzeichnet|beschlossen|genehmigt|zugesagt|\
         convenu|signe|approuve|engage|acordado|firmado|aprobado|comprometido",
    ),
    (
        Stage::Active,
        "active|current|ongoing|in force|in effect|live|running|open|aktiv|laufend|aktuell|in kraft|bestehend|actif|\
         active|en cours|en vigueur|actuel|activo|activa|vigente|en curso|actual",
    ),
    (
        Stage::Done,
        "done|completed|complete|closed|paid|executed|finished|settled|erledigt|abgeschlossen|vollzogen|bezahlt|fertig|\
         termine|terminee|acheve|conclu|paye|realise|completado|concluido|terminado|pagado|cerrado|realizado",
    ),
    (
        Stage::Ended,
        "ended|expired|former|past|historic|historical|inactive|terminated|dissolved|struck off|beendet|abgelaufen|\
         ehemalig|fruher|inaktiv|geloscht|fini|expire|ancien|passe|inactif|resilie|dissous|finalizado|vencido|anterior|\
         inactivo|expirado|disuelto",
    ),
    (
        Stage::Canceled,
        "canceled|cancelled|withdrawn|abandoned|failed|rejected|dropped|abgesagt|abgebrochen|gescheitert|storniert|\
         zuruckgezogen|annule|annulee|abandonne|retire|rejete|cancelado|anulado|abandonado|retirado|rechazado",
    ),
];

const STATUSES: Rows<Status> = &[
    (
        Status::Asserted,
        "asserted|confirmed|verified|stated|valid|accepted|bestatigt|verifiziert|behauptet|gesichert|confirme|verifie|\
         affirme|valide|confirmado|verificado|afirmado|validado",
    ),
    (
        Status::Disputed,
        "disputed|contested|denied|challenged|questioned|controversial|umstritten|bestritten|strittig|angezweifelt|\
         conteste|dispute|dementi|controverse|disputado|discutido|negado|cuestionado|controvertido",
    ),
    (
        Status::Superseded,
        "superseded|replaced|outdated|obsolete|ersetzt|uberholt|veraltet|remplace|perime|depasse|reemplazado|\
         sustituido|superado|obsoleto|desactualizado",
    ),
    (
        Status::Retracted,
        "retracted|withdrawn|revoked|corrected|zuruckgezogen|widerrufen|zuruckgenommen|retracte|retire|revoque|\
         retractado|retirado|revocado|desmentido",
    ),
];

const CONFIDENCES: Rows<Confidence> = &[
    (
        Confidence::High,
        "high|very high|certain|sure|strong|reliable|confirmed|hoch|sehr hoch|sicher|gewiss|stark|haut|haute|eleve|\
         elevee|certain|certaine|fort|forte|alta|alto|muy alta|segura|seguro|cierta|fuerte",
    ),
    (
        Confidence::Medium,
        "medium|moderate|mid|middle|average|likely|probable|mittel|maßig|wahrscheinlich|moyen|moyenne|moderee|modere|\
         probable|media|medio|moderada|moderado",
    ),
    (
        Confidence::Low,
        "low|very low|weak|uncertain|unsure|doubtful|unreliable|possible|niedrig|gering|schwach|unsicher|zweifelhaft|\
         bas|basse|faible|incertain|incertaine|douteux|douteuse|baja|bajo|debil|incierta|incierto|dudosa|dudoso",
    ),
];

const YES_NO: Rows<bool> = &[
    (true, "yes|y|true|1|ja|j|wahr|oui|o|vrai|si|s|verdadero|cierto|x|✓|✔|on"),
    (false, "no|n|false|0|nein|falsch|non|faux|falso|off|✗|✘"),
];

/// Words in folded form with their meanings.
struct WordTable<T>(HashMap<String, T>);

impl<T: Copy> WordTable<T> {
    fn of(rows: Rows<T>) -> Self {
        let words = rows.iter().flat_map(|(meaning, words)| words.split('|').map(|word| (fold_words(word), *meaning)));
        Self(words.collect())
    }

    fn read(&self, text: &str) -> Option<T> {
        // No word is longer, so that long texts need not be folded.
        if text.len() > 64 { None } else { self.0.get(fold_words(text).as_str()).copied() }
    }
}

/// Reads a word for direction: "Undirected", "mutual", "orienté", "-->".
#[must_use]
pub fn read_direction(text: &str) -> Option<Direction> {
    static WORDS: LazyLock<WordTable<Direction>> = LazyLock::new(|| WordTable::of(DIRECTIONS));
    WORDS.read(text)
}

/// Reads the value of a column that asks whether ties are directed: also yes and no, 1 and 0.
#[must_use]
pub fn read_is_directed(text: &str) -> Option<Direction> {
    let of_yes_no = |is_directed| if is_directed { Direction::Directed } else { Direction::Undirected };
    read_direction(text).or_else(|| read_yes_no(text).map(of_yes_no))
}

/// Reads a word for the stage of a claim: "in Kraft", "abandonné".
#[must_use]
pub fn read_stage(text: &str) -> Option<Stage> {
    static WORDS: LazyLock<WordTable<Stage>> = LazyLock::new(|| WordTable::of(STAGES));
    WORDS.read(text)
}

/// Reads a word for the status of a record: "umstritten", "confirmed".
#[must_use]
pub fn read_status(text: &str) -> Option<Status> {
    static WORDS: LazyLock<WordTable<Status>> = LazyLock::new(|| WordTable::of(STATUSES));
    WORDS.read(text)
}

/// Reads a word for confidence: "hoch", "moyenne".
#[must_use]
pub fn read_confidence(text: &str) -> Option<Confidence> {
    static WORDS: LazyLock<WordTable<Confidence>> = LazyLock::new(|| WordTable::of(CONFIDENCES));
    WORDS.read(text)
}

/// Reads yes or no, true or false, 1 or 0.
#[must_use]
pub fn read_yes_no(text: &str) -> Option<bool> {
    static WORDS: LazyLock<WordTable<bool>> = LazyLock::new(|| WordTable::of(YES_NO));
    WORDS.read(text)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::fmt::Debug;

    use proptest::prelude::*;

    use super::{
        CONFIDENCES, DIRECTIONS, Direction, Rows, STAGES, STATUSES, YES_NO, fold_words, read_confidence,
        read_direction, read_is_directed, read_stage, read_status, read_yes_no,
    };
    use crate::model::{Confidence, Stage, Status};

    fn no_word_has_two_meanings<T: Copy + PartialEq + Debug>(rows: Rows<T>) {
        let mut seen: HashMap<String, T> = HashMap::new();
        for (meaning, word) in rows.iter().flat_map(|(meaning, words)| words.split('|').map(|word| (*meaning, word))) {
            let before = seen.insert(fold_words(word), meaning);
            assert!(before.is_none_or(|before| before == meaning), "{word} means {before:?} and {meaning:?}");
        }
    }

    #[test]
    fn words_have_one_meaning() {
        no_word_has_two_meanings(DIRECTIONS);
        no_word_has_two_meanings(STAGES);
        no_word_has_two_meanings(STATUSES);
        no_word_has_two_meanings(CONFIDENCES);
        no_word_has_two_meanings(YES_NO);
    }

    #[test]
    fn directions() {
        for (text, direction, is_directed) in [
            ("Directed", Some(Direction::Directed), Some(true)),
            ("UNDIRECTED", Some(Direction::Undirected), Some(false)),
            ("Orienté", Some(Direction::Directed), Some(true)),
            ("Non orienté", Some(Direction::Undirected), Some(false)),
            ("gerichtet", Some(Direction::Directed), Some(true)),
            ("ungerichtet", Some(Direction::Undirected), Some(false)),
            ("dirigido", Some(Direction::Directed), Some(true)),
            ("No dirigido", Some(Direction::Undirected), Some(false)),
            ("mutual", Some(Direction::Mutual), Some(false)),
            ("both", Some(Direction::Mutual), Some(false)),
            ("-->", Some(Direction::Directed), Some(true)),
            ("<--", Some(Direction::Reversed), Some(true)),
            ("<->", Some(Direction::Mutual), Some(false)),
            ("Mixed", Some(Direction::Mixed), None),
            ("owns", None, None),
            ("1", None, None),
            ("", None, None),
        ] {
            assert_eq!(read_direction(text), direction, "{text}");
            assert_eq!(read_direction(text).and_then(Direction::is_directed), is_directed, "{text}");
        }
        for (text, direction) in [
            ("1", Direction::Directed),
            ("0", Direction::Undirected),
            ("TRUE", Direction::Directed),
            ("nein", Direction::Undirected),
            ("sí", Direction::Directed),
            ("mutual", Direction::Mutual),
        ] {
            assert_eq!(read_is_directed(text), Some(direction), "{text}");
        }
    }

    #[test]
    fn the_words_of_the_model_are_read() {
        for stage in Stage::ALL {
            assert_eq!(read_stage(stage.word()), Some(*stage));
        }
        for status in Status::ALL {
            assert_eq!(read_status(status.word()), Some(*status));
        }
        for confidence in Confidence::ALL {
            assert_eq!(read_confidence(confidence.word()), Some(*confidence));
        }
    }

    #[test]
    fn stages_statuses_and_confidence_in_four_languages() {
        for (text, stage) in [
            ("Cancelled", Some(Stage::Canceled)),
            ("in Kraft", Some(Stage::Active)),
            ("Geplant", Some(Stage::Planned)),
            ("signé", Some(Stage::Agreed)),
            ("annoncée", Some(Stage::Announced)),
            ("concluido", Some(Stage::Done)),
            ("früher", Some(Stage::Ended)),
            ("purple", None),
        ] {
            assert_eq!(read_stage(text), stage, "{text}");
        }
        for (text, status) in [
            ("umstritten", Some(Status::Disputed)),
            ("Confirmé", Some(Status::Asserted)),
            ("reemplazado", Some(Status::Superseded)),
            ("zurückgezogen", Some(Status::Retracted)),
            ("purple", None),
        ] {
            assert_eq!(read_status(text), status, "{text}");
        }
        for (text, confidence) in [
            ("hoch", Some(Confidence::High)),
            ("mäßig", Some(Confidence::Medium)),
            ("élevée", Some(Confidence::High)),
            ("baja", Some(Confidence::Low)),
            ("0.8", None),
        ] {
            assert_eq!(read_confidence(text), confidence, "{text}");
        }
        for (text, answer) in
            [("Ja", Some(true)), ("NON", Some(false)), ("sí", Some(true)), ("No", Some(false)), ("maybe", None)]
        {
            assert_eq!(read_yes_no(text), answer, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,80}") {
            let _ = (read_is_directed(&text), read_stage(&text), read_status(&text));
            let _ = (read_confidence(&text), read_yes_no(&text));
        }
    }
}
