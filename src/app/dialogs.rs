//! Dialogs that take the keyboard from the window: messages and questions, the export dialog, the command palette.

mod copy;
mod database;
pub(crate) mod export;
mod folder;
pub(crate) mod help;
pub(crate) mod keys;
pub(crate) mod message;
pub(crate) mod modal;
pub(crate) mod palette;
mod path;
