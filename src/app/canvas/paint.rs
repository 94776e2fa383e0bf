//! Painting of scene items with egui: tessellation, text, highlights, and the layer of everything far away.

pub(super) mod art;
pub(super) mod drawable;
pub(super) mod far_layer;
pub(super) mod flatten;
pub(super) mod lettering;
