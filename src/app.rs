//! The window: canvas, panels, menus. The only place for eframe, egui, egui_graphs and rfd.

pub(crate) mod canvas;
pub(crate) mod command;
pub(crate) mod selection;
