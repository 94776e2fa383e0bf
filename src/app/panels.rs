//! The panels around the canvas: each draws plain data and pushes commands.

pub(crate) mod chip;
pub(crate) mod context_menu;
pub(crate) mod data;
pub(crate) mod details;
pub(crate) mod empty_map;
pub(crate) mod form;
pub(crate) mod import;
pub(crate) mod kinds;
pub(crate) mod legend;
pub(crate) mod lists;
pub(crate) mod menu;
pub(crate) mod note_editor;
pub(crate) mod presentation;
pub(crate) mod problems;
pub(crate) mod recent;
pub(crate) mod search;
pub(crate) mod speaker;
pub(crate) mod status;
pub(crate) mod steps;
pub(crate) mod time;
