//! The maps compiled into the program, so that there is one to show from any folder.

use std::sync::Arc;

use super::{LoadError, Loaded, Origin, load_map};

/// The names and contents of the bundled maps; the first is shown on first start.
const MAPS: [(&str, &[u8]); 3] = [
    ("openai-microsoft-amazon.tieline.jsonc", include_bytes!("../../data/openai-microsoft-amazon.tieline.jsonc")),
    ("harbor.tieline.jsonc", include_bytes!("../../data/harbor.tieline.jsonc")),
    ("built-on.tieline.jsonc", include_bytes!("../../data/built-on.tieline.jsonc")),
];

/// The names of the bundled maps; the first is shown on first start.
pub const BUNDLED: [&str; 3] = [MAPS[0].0, MAPS[1].0, MAPS[2].0];

/// Loads a bundled map by one of the names in [`BUNDLED`], with or without its extension.
///
/// # Errors
///
/// If there is no map of this name.
pub fn load_bundled(name: &str) -> Result<(Loaded, Origin), LoadError> {
    let stem = |name: &str| name.trim_end_matches(".tieline.jsonc").to_owned();
    let Some((name, bytes)) = MAPS.into_iter().find(|(bundled, _)| stem(bundled) == stem(name)) else {
        let source = std::io::Error::new(std::io::ErrorKind::NotFound, "there is no bundled map of this name");
        return Err(LoadError::Read { path: name.into(), source });
    };
    let loaded = load_map(bytes, name)?;
    let origin = Origin::bundled(Arc::from(bytes), loaded.read_only.clone());
    Ok((loaded, origin))
}

#[cfg(test)]
mod tests {
    use super::{BUNDLED, load_bundled};
    use crate::model::Severity;

    #[test]
    fn bundled_maps_open_without_fault() {
        for name in BUNDLED {
            let (loaded, _) = load_bundled(name).expect("opens");
            let serious: Vec<_> =
                loaded.problems.iter().filter(|problem| problem.severity > Severity::Remark).collect();
            assert!(serious.is_empty(), "{name}: {serious:#?}");
            assert!(!loaded.map.ties().is_empty());
        }
    }
}
