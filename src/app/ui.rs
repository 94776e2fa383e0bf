//! The appearance of the window and its reusable widgets: colors, icons, fonts, toasts, progress, lists
//! under text fields.

pub(crate) mod bitmap;
pub(crate) mod combo_box;
pub(crate) mod events;
pub(crate) mod fallback_fonts;
pub(crate) mod fonts;
pub(crate) mod icon;
pub(crate) mod progress;
pub(crate) mod theme;
pub(crate) mod thumbnail;
pub(crate) mod toast;
pub(crate) mod widgets;
