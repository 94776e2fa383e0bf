//! The appearance of the window and its reusable widgets: colors, icons, fonts, toasts, progress, lists
//! under text fields, the tree for screen readers.

pub(crate) mod bitmap;
pub(crate) mod combo_box;
pub(crate) mod events;
pub(crate) mod fallback_fonts;
pub(crate) mod fonts;
pub(crate) mod icon;
pub(crate) mod progress;
pub(crate) mod screen_reader;
pub(crate) mod theme;
pub(crate) mod thumbnail;
pub(crate) mod toast;
pub(crate) mod widgets;
