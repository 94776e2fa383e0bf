//! Lists without headings or separators of their own, as programs for networks write them.

mod ncol;
mod sif;

pub(crate) use ncol::is_ncol;
pub(super) use ncol::read_ncol;
pub(super) use sif::{is_sif, read_sif};
