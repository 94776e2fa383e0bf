//! File bytes to a map: never stops at the first fault, and says where each one is.

/// The file behind a map: what saving needs to change only what changed.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Where the file is; none for the map that is compiled into the program.
    pub path: Option<std::path::PathBuf>,
    /// The bytes as read.
    pub bytes: std::sync::Arc<[u8]>,
    /// Why the file must not be written; none if it may.
    pub read_only: Option<String>,
}
