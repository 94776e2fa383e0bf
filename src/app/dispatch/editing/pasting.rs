//! Pastes onto the map, by what the text is.

use egui::Context;

use crate::document::edit::{Edits, SourceChoice};
use crate::load::{NewSource, Pasted, guess_publisher, read_pasted, same_source};
use crate::model::{Evidence, Item, Quote, Source};
use crate::wording::{counted, source_name};

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::form::{FormPurpose, Where};
use crate::app::ask::selection::Selection;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Pastes a text: copied records and rows of a table are added; sources are cited for the selected claims or added;
    /// other text becomes the quotation of the selected tie or fact.
    pub(crate) fn paste(&mut self, ctx: &Context, text: &str) {
        if self.paste_records(ctx, text) {
            return;
        }
        let claims = self.selected_claims();
        let is_table = text.contains('\t');
        match read_pasted(text) {
            Pasted::Sources(pasted) if !is_table => self.paste_sources(pasted.sources),
            Pasted::Quote(quote) if !is_table && claims.len() == 1 => {
                self.open_form(FormPurpose::Cite(claims), Where::Details);
                if let Some(form) = &mut self.form {
                    form.rows[1].text = quote.quote.exact;
                    form.go_to(0);
                }
            }
            _ => self.add_rows(ctx, text),
        }
    }

    fn paste_sources(&mut self, new: Vec<NewSource>) {
        let claims = self.selected_claims();
        let mut edits = Edits::new(&self.session.document);
        let (mut added, mut last) = (0, None);
        for source in new {
            let map = &edits.document().map;
            let known = same_source(map, &source.source);
            let publisher = source.source.publisher.clone().or_else(|| guess_publisher(map, &source.source));
            let choice = if let Some(known) = known {
                SourceChoice::Known(known)
            } else {
                added += 1;
                SourceChoice::New(Box::new(Source { publisher, ..source.source }))
            };
            let quote = source.quotes.into_iter().next().map(|quote| quote.quote);
            let id = match edits.cite(&claims, &choice, &evidence(quote)) {
                Ok(id) => id,
                Err(error) => return self.toasts.say(ToastKind::Failed, format!("Not pasted: {error}")),
            };
            last = Some(id);
        }
        let Some(last) = last else { return };
        let name = source_name(&edits.document().map, last);
        let label = match (claims.len(), added) {
            (0, 1) => format!("Add {name}"),
            (0, added) => format!("Add {}", counted(added, "source", "sources")),
            (1, _) => format!("Cite {name}"),
            (several, _) => format!("Cite {name} for {}", counted(several, "claim", "claims")),
        };
        if claims.is_empty() && added == 0 {
            self.selection = Selection::one(Item::Source(last));
            return self.toasts.say(ToastKind::Told, format!("Already here: {name}"));
        }
        match edits.finish(label.clone()).and_then(|transaction| self.session.edit(&transaction)) {
            Ok(()) => {
                if claims.is_empty() {
                    self.selection = Selection::one(Item::Source(last));
                }
                self.toasts.offer(label, "Undo", Action::Undo);
            }
            Err(error) => self.toasts.say(ToastKind::Failed, format!("Not pasted: {error}")),
        }
    }
}

fn evidence(quote: Option<Quote>) -> Evidence {
    Evidence { quote, ..Evidence::supporting(crate::model::SourceId(0)) }
}
