//! stub
#[derive(Default)] pub(crate) struct Search;
impl Search { pub(crate) fn ask_for_focus(&mut self) {} 
pub(crate) fn ui(&mut self, _: &mut egui::Ui, _: f32, _: &crate::document::Document, _: &mut super::command::Commands) {} }
