//! Claims and look together, as they were at one time.

use std::sync::Arc;

use super::Look;
use crate::model::Map;

/// Claims and look of a file.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The claims.
    pub map: Arc<Map>,
    /// The look.
    pub look: Arc<Look>,
}
