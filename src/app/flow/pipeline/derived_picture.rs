//! What a layout job returns.

use crate::derive::{Picture, Work};
use crate::scene::Legend;

/// The result of a layout job: a picture and the work it took.
pub(crate) struct DerivedPicture {
    /// The picture; `None` if it looks like the shown one.
    pub(super) picture: Option<Picture>,
    /// The legend of a map that looks like the shown one, which may yet have other signs.
    pub(super) legend: Legend,
    pub(super) work: Work,
    /// Whether the places before it were kept, because nothing more readable was found.
    pub(super) is_kept: bool,
}
