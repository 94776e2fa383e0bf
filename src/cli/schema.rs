//! `tieline schema`: the JSON schema of map files, for editors.

use std::io;

use super::{FINE, Output};

/// The schema, as it lies in the repository.
const SCHEMA: &str = include_str!("../../assets/tieline-1.schema.json");

pub(super) fn run(output: &mut Output) -> io::Result<u8> {
    output.results.write_all(SCHEMA.as_bytes())?;
    Ok(FINE)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::SCHEMA;
    use crate::model::{Arrangement, Confidence, SourceKind, Stage, Stance, Status};

    /// The words that the schema suggests for a closed list.
    fn words(definition: &str) -> Vec<String> {
        let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
        let examples = schema["$defs"][definition]["examples"].as_array().expect("a list of words").clone();
        examples.iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
    }

    #[test]
    fn closed_lists_are_those_of_the_model() {
        assert_eq!(words("stage"), Stage::ALL.iter().map(|word| word.word()).collect::<Vec<_>>());
        assert_eq!(words("status"), Status::ALL.iter().map(|word| word.word()).collect::<Vec<_>>());
        assert_eq!(words("confidence"), Confidence::ALL.iter().map(|word| word.word()).collect::<Vec<_>>());
        assert_eq!(words("stance"), Stance::ALL.iter().map(|word| word.word()).collect::<Vec<_>>());
        assert_eq!(words("sourceKind"), SourceKind::ALL.iter().map(|word| word.word()).collect::<Vec<_>>());
        assert_eq!(words("algorithm"), Arrangement::ALL.iter().map(|word| word.word()).collect::<Vec<_>>());
    }
}
