//! stub
pub(crate) fn panel_ui(_: &mut egui::Ui, _: &crate::document::Document, _: &super::selection::Selection, _: &mut super::command::Commands) {}
