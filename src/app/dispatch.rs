//! Executes commands and actions, by matches with one call per arm.

mod arranging;
mod closing;
mod copying;
mod editing;
mod exploring;
mod export_dialog;
mod exporting;
mod files;
mod focusing;
mod importing;
mod in_front;
mod measuring;
mod notes;
mod opening;
mod presenting;
mod recovering;
mod saving;
mod selected;
mod story;
mod viewing;

use std::sync::Arc;

use egui::{Context, OpenUrl, ViewportCommand};

use crate::address::Address;
use crate::document::Command;
use crate::model::{ActorId, Item, LabelMode, Map, Pair};
use crate::view;
use crate::wording;

use crate::app::App;
use crate::app::ask::command::{Action, AppCommand, JobKind};
use crate::app::ask::context::{ActionContext, LabelWish, Wheel};
use crate::app::ask::focus::Focus;
use crate::app::ask::pairs;
use crate::app::ask::question::{Dialog, KeysFilter, PathRequest};
use crate::app::ask::selection::Selection;
use crate::app::canvas::ZOOM_STEP;
use crate::app::session;
use crate::app::settings::ThemeChoice;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Executes all queued commands; `map` is the map before this frame. Then deselects records that no longer exist:
    /// undo can remove records, and a picture of the earlier map still offers them for clicking.
    pub(crate) fn dispatch_all(&mut self, ctx: &Context, map: &Arc<Map>) {
        let commands = self.commands.take();
        let is_asked = !commands.is_empty();
        for command in commands {
            self.dispatch(ctx, command);
        }
        if is_asked || !Arc::ptr_eq(map, &self.session.document.map) {
            self.selection.keep_existing(&self.session.document.map);
        }
    }

    /// Executes a command. Every command first commits the note being written.
    pub(crate) fn dispatch(&mut self, ctx: &Context, command: AppCommand) {
        self.finish_note();
        if !matches!(command, AppCommand::Form(_)) {
            self.leave_form();
        }
        if self.is_choosing_rows() && !Self::may_run_while_adding(&command) {
            self.toasts.say(ToastKind::Told, self.words_while_adding());
            return;
        }
        if self.story.presentation.is_some() && !Self::may_run_while_presenting(&command) {
            return;
        }
        let look = Arc::clone(&self.session.document.look);
        match command {
            AppCommand::Change(change) => self.session.change(change),
            AppCommand::ChangeInSeries(change, series) => self.session.change_in_series(change, series),
            AppCommand::Select(selection) => self.select(selection),
            AppCommand::ToggleSelected(item) => {
                let mut selection = self.selection.clone();
                selection.toggle(item);
                self.select(selection);
            }
            AppCommand::Reveal(item) => self.reveal(item),
            AppCommand::RevealFound(item) => self.reveal_found(item),
            AppCommand::FocusNeighborhood(actor) => self.focus_on(actor),
            AppCommand::NameActor(at) => self.name_actor_at(at),
            AppCommand::Form(request) => self.take_form_request(request),
            AppCommand::StartFrom(actor) => self.start_from(actor),
            AppCommand::BringIn(of, choice, most) => self.bring_in(&of, choice, most),
            AppCommand::DeclineStart => self.offers_start = false,
            AppCommand::Step(request) => self.take_step_request(request),
            AppCommand::FinishNote => {}
            AppCommand::OpenLink(url) => self.ask_before_link(url),
            AppCommand::CopyText(text, what) => self.copy_text(ctx, text, what),
            AppCommand::OpenPath(path) => self.open(ctx, &path),
            AppCommand::ForgetRecent(path) => self.forget_recent(&path),
            AppCommand::Cancel(JobKind::Opening) => self.cancel_reading(),
            AppCommand::Cancel(JobKind::Importing) => self.cancel_importing(ctx),
            AppCommand::Import(request) => self.take_import_request(ctx, request),
            AppCommand::MoveEnd(tie, end, actor) => self.move_end(tie, end, actor),
            AppCommand::CiteDropped(source, tie) => self.cite_dropped(source, tie),
            AppCommand::Update(request) => self.take_update_request(ctx, request),
            AppCommand::Kind(request) => self.take_kind_request(&request),
            AppCommand::Database(request) => self.take_database_request(ctx, request),
            AppCommand::Cancel(JobKind::Asking) => self.cancel_asking(),
            AppCommand::Proof(request) => self.take_proof_request(&request),
            AppCommand::MarkDistinct(pair) => self.mark_distinct(pair),
            AppCommand::Compare(request) => self.take_compare_request(request),
            AppCommand::AddRows(text) => self.paste(ctx, &text),
            AppCommand::Cancel(JobKind::Saving) => self.cancel_saving(),
            AppCommand::Cancel(JobKind::Layout) => self.cancel_layout(ctx),
            AppCommand::Cancel(JobKind::Picture) => self.cancel_picture(),
            AppCommand::Cancel(JobKind::Copy) => self.cancel_copy(),
            AppCommand::Cancel(JobKind::Measuring) => self.cancel_measuring(),
            AppCommand::Cancel(JobKind::Duplicates) => self.duplicates.cancel(),
            AppCommand::ShowArea(area) => self.canvas.show_area(area),
            AppCommand::Answer(answer) => self.take_answer(ctx, answer),
            AppCommand::Export(answer) => self.take_export(ctx, answer),
            AppCommand::Run(action) => self.run_action(ctx, action),
            AppCommand::RunOn(target, action) => self.run_on(ctx, &target, action),
        }
        if !Arc::ptr_eq(&look, &self.session.document.look) {
            self.follow_exploration(look.shown.as_ref());
            self.follow_look(&look);
        }
    }

    /// Returns the state that actions depend on.
    pub(crate) fn action_context(&self) -> ActionContext {
        ActionContext {
            shows_lists: self.shows_lists(),
            shows_details: self.settings.shows_details,
            shows_legend: self.settings.shows_legend,
            shows_time: self.settings.shows_time,
            animates: self.settings.animates,
            keeps_unsaved: self.settings.keeps_unsaved,
            theme: self.settings.theme.into(),
            wheel: self.settings.wheel,
            has_tables: self.session.tables.is_some() || self.is_adding(),
            shows_columns: self.importing.is_some(),
            is_adding: self.is_choosing_rows(),
            has_database: session::has_database(&self.session.document.map),
            has_put_aside: self.put_aside.is_some(),
            has_undecided: !self.session.undecided.is_empty(),
            is_laid_out: self.pipeline.is_settled(),
            story: self.story_context(),
            is_ribbon: self.selected_pair().map(|(pair, count)| pairs::is_ribbon(&self.session.document, pair, count)),
            ..ActionContext::new(&self.session.document, &self.session.history, &self.selection)
        }
    }

    /// Returns the pair that all selected ties join and its number of shown ties, if there are at least two.
    pub(crate) fn selected_pair(&self) -> Option<(Pair, usize)> {
        let ties = self.selection.ties();
        pairs::pair_of(&self.session.document, self.pipeline.shown(), ties).filter(|&(_, count)| count > 1)
    }

    fn run_action(&mut self, ctx: &Context, action: Action) {
        if !action.is_enabled(&self.action_context())
            || self.run_story_action(ctx, action)
            || self.run_edit(ctx, action)
            || self.run_import_action(ctx, action)
        {
            return;
        }
        match action {
            Action::New => self.new_map(ctx),
            Action::Open => self.ask_for_file(ctx, PathRequest::Open),
            Action::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Action::OpenByPath => self.ask_for_path(PathRequest::Open, None),
            Action::OpenSample => self.open_sample(ctx),
            Action::Reload => self.reload(ctx),
            Action::Compare => self.open_comparison(),
            Action::Save => self.save(ctx, None),
            Action::SaveAs => self.ask_for_file(ctx, PathRequest::SaveMap { then: None }),
            Action::SaveCopy => self.open_copy(),
            Action::Export => self.open_export(ctx),
            Action::CopyPicture => self.copy_picture(ctx),
            Action::SaveScreenshot => self.ask_for_file(ctx, PathRequest::SaveScreenshot),
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => self.step_back(),
            Action::Redo => self.step_on(),
            Action::SelectAll => self.select_all(),
            Action::Clear => self.clear(),
            Action::ContextMenu => self.open_context_menu(ctx),
            Action::Find => self.search.ask_for_focus(),
            Action::Palette => self.modal.toggle_palette(),
            Action::Fit => self.canvas.fit_selection(),
            Action::ZoomIn => self.canvas.zoom_by(ZOOM_STEP),
            Action::ZoomOut => self.canvas.zoom_by(1.0 / ZOOM_STEP),
            Action::ZoomActual => self.canvas.zoom_to(1.0),
            Action::ToggleLists => self.toggle_lists(),
            Action::ToggleDetails => self.settings.shows_details ^= true,
            Action::ToggleLegend => self.settings.shows_legend ^= true,
            Action::ToggleTime => self.settings.shows_time ^= true,
            Action::ThemeLight => self.set_theme(ctx, ThemeChoice::Light),
            Action::ThemeDark => self.set_theme(ctx, ThemeChoice::Dark),
            Action::ThemeSystem => self.set_theme(ctx, ThemeChoice::System),
            Action::KeepUnsaved => self.settings.keeps_unsaved ^= true,
            Action::Animate => self.set_animates(ctx, !self.settings.animates),
            Action::WheelAuto => self.settings.wheel = Wheel::Auto,
            Action::WheelZooms => self.settings.wheel = Wheel::Zooms,
            Action::WheelPans => self.settings.wheel = Wheel::Pans,
            Action::SelectEnds => self.select_ends(),
            Action::SelectTies => self.select_ties(),
            Action::SelectSources => self.select_sources(),
            Action::CopyCitation => self.copy_citation(ctx),
            Action::CopyForZotero => self.copy_for_zotero(ctx),
            Action::OpenSource => self.open_source(),
            Action::Hide => self.hide_selected(),
            Action::ShowSelected => self.show_selected(),
            Action::ShowHidden => self.session.change(Command::ShowHidden),
            Action::ShowAll => self.show_all(),
            Action::Focus => self.focus_on_selected(),
            Action::Connection => self.show_connection(),
            Action::StartFrom => self.start_exploring(),
            Action::BringIn => self.bring_in_selected(),
            Action::TakeAway => self.take_away_neighbors(),
            Action::Among => self.show_among(),
            Action::ShowWholeMap => self.show_whole_map(),
            Action::Pin => self.change_selected(Command::Pin),
            Action::Unpin => self.change_selected(Command::Unpin),
            Action::AlignLeft
            | Action::AlignCenter
            | Action::AlignRight
            | Action::AlignTop
            | Action::AlignMiddle
            | Action::AlignBottom
            | Action::SpreadAcross
            | Action::SpreadDown => self.align(action.alignment()),
            Action::AddNote => self.add_note(self.canvas.middle()),
            Action::Kinds => self.kind_list.toggle(),
            Action::Duplicates => self.duplicates.list.toggle(),
            Action::LabelsAll | Action::LabelsImportant | Action::LabelsNumbers | Action::LabelsNone => {
                self.set_label_mode(action.label_mode());
            }
            Action::ShowLabel | Action::HideLabel | Action::FreeLabel => self.set_labels(action.label_wish()),
            Action::SpreadTies => self.change_pair(pairs::spread_out),
            Action::GatherTies => self.change_pair(pairs::gathered),
            Action::LayOutAgain => self.lay_out_again(None),
            Action::ArrangeAuto
            | Action::ArrangeForce
            | Action::ArrangeLayered
            | Action::ArrangeLayeredDown
            | Action::ArrangeRadial
            | Action::ArrangeCircle
            | Action::ArrangeColumns
            | Action::ArrangeTimeline => self.lay_out_again(action.arrangement()),
            Action::Problems => self.show_problems(),
            Action::Keys => self.show_dialog(Dialog::Keys(KeysFilter::default())),
            Action::HelpStart | Action::HelpData | Action::HelpPictures | Action::HelpPrograms => {
                self.show_dialog(Dialog::Help(action));
            }
            Action::About => self.show_dialog(Dialog::About),
            // Those of the story, of records and of tables were run above.
            _ => {}
        }
    }

    fn step_back(&mut self) {
        if let Err(error) = self.session.undo() {
            self.toasts.say(ToastKind::Failed, format!("This step can't be undone: {error}"));
        }
    }

    fn step_on(&mut self) {
        if let Err(error) = self.session.redo() {
            self.toasts.say(ToastKind::Failed, format!("This step can't be redone: {error}"));
        }
    }

    fn show_problems(&mut self) {
        self.toasts.take_back_offers(Action::Problems);
        self.problem_list.toggle();
    }

    /// Focuses on the shortest paths between the two selected actors; the details describe them.
    fn show_connection(&mut self) {
        let actors: Vec<ActorId> = self.selection.actors().collect();
        let [from, to] = *actors else { return };
        let found = view::build_connection(&self.session.document.map, from, to, self.pipeline.shown());
        self.selection = Selection::new([Item::Actor(from), Item::Actor(to)]);
        self.settings.shows_details = true;
        if found.paths.is_empty() {
            self.toasts.say(ToastKind::Told, found.answer);
        } else {
            self.focus = Some(Focus::Items(found.items()));
        }
    }

    fn clear(&mut self) {
        // One thing at a time: the focus, the selection, the step, and at last the keyboard leaves the element.
        if !self.end_focus() && std::mem::take(&mut self.selection) == Selection::default() && !self.leave_step() {
            self.canvas.leave_element();
        }
    }

    fn select_all(&mut self) {
        self.selection = Selection::new(self.session.document.shown().actors().map(Item::Actor));
    }

    fn change_selected(&mut self, command: impl FnOnce(Vec<ActorId>) -> Command) {
        let actors: Vec<ActorId> = self.selection.actors().collect();
        self.session.change(command(actors));
    }

    fn set_label_mode(&mut self, mode: Option<LabelMode>) {
        if let Some(mode) = mode {
            self.session.change(Command::SetLabelMode(mode));
        }
    }

    fn set_labels(&mut self, wish: Option<LabelWish>) {
        if let Some(wish) = wish {
            self.session.change(Command::SetLabels(self.selection.ties().collect(), wish.choice()));
        }
    }

    fn change_pair(&mut self, command: fn(Pair, usize) -> Command) {
        if let Some((pair, count)) = self.selected_pair() {
            self.session.change(command(pair, count));
        }
    }

    pub(crate) fn copy_text(&mut self, ctx: &Context, text: String, what: &str) {
        ctx.copy_text(text);
        self.toasts.say(ToastKind::Done, format!("Copied {what}"));
    }

    /// Asks whether to open a link, showing its full address, or shows why it can't be opened.
    pub(crate) fn ask_before_link(&mut self, url: String) {
        self.show_dialog(match Address::openable(&url) {
            Ok(_) => Dialog::Link(url),
            Err(refusal) => Dialog::Message {
                title: "This link is not opened".to_owned(),
                text: format!(
                    "{}\n\nThis address {refusal}. Only plain addresses that start with http:// or https:// open from here.",
                    wording::link_address(&url)
                ),
            },
        });
    }

    fn open_link(&mut self, url: &str) {
        // Checked again here, so that no caller can bypass it.
        if !wording::is_openable(url) {
            return;
        }
        if let Err(cause) = self.platform.opener.open(url) {
            self.toasts.say(ToastKind::Failed, format!("The link was not opened: {cause}"));
        }
    }

    /// Drops links opened by egui's own widgets, so that links reach the browser through [`Self::open_link`] alone.
    pub(crate) fn drop_toolkit_links(ctx: &Context) {
        ctx.output_mut(|output| {
            let is_link =
                |command: &egui::OutputCommand| matches!(command, egui::OutputCommand::OpenUrl(OpenUrl { .. }));
            output.commands.retain(|command| !is_link(command));
        });
    }
}
