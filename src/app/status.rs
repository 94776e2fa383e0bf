//! stub
pub(crate) fn status_ui(_: &mut egui::Ui, _: &super::session::Session, _:&super::stage::Stage, _: &mut super::command::Commands) {}
