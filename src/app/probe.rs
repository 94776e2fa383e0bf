//! Drives the window from benches and tests of work: requests changes as a user does, and returns screen positions.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{Pos2, Vec2};

use crate::document::Command;
use crate::document::edit::{self, Field, FieldValue};
use crate::model::{ActorId, Item, Placed, TieId};

use crate::app::ask::command::AppCommand;
use crate::app::{App, Clipboard, CopiedPicture, FileDialogs, FileQuestion, Opener};

/// A browser that opens nothing, file dialogs that are never answered, and a clipboard that takes one form only.
pub struct Nobody;

impl Opener for Nobody {
    fn open(&mut self, _url: &str) -> Result<(), String> {
        Ok(())
    }
}

impl Clipboard for Nobody {
    fn copy_picture(&mut self, _: &CopiedPicture) -> Result<(), String> {
        Err("one form only".to_owned())
    }
}

impl FileDialogs for Nobody {
    fn missing(&mut self) -> Option<String> {
        None
    }

    fn ask(&mut self, _: &FileQuestion, _: Option<PathBuf>, _: Box<dyn Fn() + Send>) -> Receiver<Vec<PathBuf>> {
        channel().1
    }
}

/// A window driven by a program.
pub struct Probe<'a>(pub &'a mut App);

impl Probe<'_> {
    /// Moves the card of the nth actor, as a finished drag does.
    pub fn move_actor(&mut self, index: usize, way: Vec2) {
        let place = Placed::Actor(ActorId::from_index(index));
        let from = self.0.session.document.look.positions.get(&place).copied().unwrap_or_default();
        self.0.commands.push(AppCommand::Change(Command::Move(vec![(place, from + way)])));
    }

    /// Renames the nth actor, as an edited field does.
    pub fn rename_actor(&mut self, index: usize, name: &str) {
        self.set(Item::Actor(ActorId::from_index(index)), Field::Name, name);
    }

    /// Changes the summary of the nth tie, which no picture shows.
    pub fn summarize_tie(&mut self, index: usize, words: &str) {
        self.set(Item::Tie(TieId::from_index(index)), Field::Summary, words);
    }

    fn set(&mut self, item: Item, field: Field, words: &str) {
        let session = &mut self.0.session;
        let value = match field {
            Field::Name => FieldValue::Words(words.to_owned()),
            _ => FieldValue::OptionalWords(Some(words.to_owned())),
        };
        let done = edit::set_field(&session.document, item, field, value);
        if let Err(error) = done.and_then(|transaction| session.edit(&transaction)) {
            tracing::error!("{error}");
        }
    }

    /// Returns the screen position of the nth actor's center; `None` before the first frame.
    #[must_use]
    pub fn pos_in_screen(&self, index: usize) -> Option<Pos2> {
        let place = Placed::Actor(ActorId::from_index(index));
        let center = self.0.session.document.look.positions.get(&place)?;
        self.0.canvas.pos_in_screen(*center)
    }

    /// Zooms around the center of the view.
    pub fn zoom_to(&mut self, scale: f32) {
        self.0.canvas.zoom_to(scale);
    }

    /// Brings the nth actor into view.
    pub fn reveal_actor(&mut self, index: usize) {
        self.0.commands.push(AppCommand::Reveal(Item::Actor(ActorId::from_index(index))));
    }

    /// Returns whether the pointer is over an actor or tie.
    #[must_use]
    pub fn is_hovering(&self) -> bool {
        self.0.canvas.is_hovering()
    }
}
