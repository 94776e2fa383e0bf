use std::collections::HashMap;
use std::fmt::Debug;

use proptest::prelude::*;

use super::{
    CONFIDENCES, DIRECTIONS, Direction, Rows, STAGES, STATUSES, YES_NO, fold_words, read_confidence, read_direction,
    read_is_directed, read_stage, read_status, read_yes_no,
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
