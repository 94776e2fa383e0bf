//! User requests, without any widgets: actions, commands and their payloads, the selection, and the context that
//! decides which actions are enabled.

pub(crate) mod action;
pub(crate) mod command;
pub(crate) mod context;
pub(crate) mod copied;
pub(crate) mod database;
pub(crate) mod focus;
pub(crate) mod form;
pub(crate) mod pairs;
pub(crate) mod picture_order;
pub(crate) mod question;
pub(crate) mod selection;
pub(crate) mod story;
