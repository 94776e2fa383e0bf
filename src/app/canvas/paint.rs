//! Painting of scene items with egui: tessellation, text, highlights, and the layer of everything far away.

pub(crate) mod art;
pub(crate) mod drawable;
pub(crate) mod far_layer;
pub(crate) mod flatten;
pub(crate) mod gpu;
pub(crate) mod lettering;
