//! The claims and the look at one point in time.

use std::sync::Arc;

use super::Look;
use crate::model::Map;

/// The claims and the look of a document or file.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The claims.
    pub map: Arc<Map>,
    /// The look.
    pub look: Arc<Look>,
}
