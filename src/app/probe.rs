//! Drives the window from benches and tests of work: requests changes as a user does, and returns screen positions.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{Pos2, Vec2};

use crate::document::edit::{self, Field, FieldValue, TextEntry};
use crate::document::{Command, EditError, Transaction};
use crate::model::{ActorId, Ends, Item, Placed, TieId};
use crate::wording::typed::Typed;

use crate::app::ask::action::Action;
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

    /// Gives the nth tie the amount that a text says.
    pub fn type_amount(&mut self, index: usize, text: &str) {
        let (tie, document) = (Item::Tie(TieId::from_index(index)), &self.0.session.document);
        if let Typed::Means(meaning) = edit::read_typed(document, tie, TextEntry::HowMuch, text, None) {
            self.edit(edit::set_values(document, &[tie], &meaning.value));
        }
    }

    /// Adds a tie between two actors that is otherwise like the first tie.
    pub fn add_tie(&mut self, from: usize, to: usize) {
        let document = &self.0.session.document;
        let Some(first) = document.map.ties().values().next() else { return };
        let mut tie = first.clone();
        tie.claim.key = edit::new_key(&document.map, "new tie");
        tie.ends = Ends::Pair { from: ActorId::from_index(from), to: ActorId::from_index(to) };
        let (_, transaction) = edit::add_tie(document, tie);
        self.edit(Ok(transaction));
    }

    /// Deletes the nth actor with everything attached to it, or undoes that.
    pub fn delete_actor(&mut self, index: usize, is_undo: bool) {
        if is_undo {
            self.0.commands.push(AppCommand::Run(Action::Undo));
        } else {
            self.edit(edit::remove(&self.0.session.document, &[Item::Actor(ActorId::from_index(index))]));
        }
    }

    fn set(&mut self, item: Item, field: Field, words: &str) {
        let value = match field {
            Field::Name => FieldValue::Words(words.to_owned()),
            _ => FieldValue::OptionalWords(Some(words.to_owned())),
        };
        self.edit(edit::set_field(&self.0.session.document, item, field, value));
    }

    fn edit(&mut self, transaction: Result<Transaction, EditError>) {
        if let Err(error) = transaction.and_then(|transaction| self.0.session.edit(&transaction)) {
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
