//! The window: canvas, panels, menus. The only module that uses eframe, egui, `egui_graphs` and rfd.
//!
//! Each frame has two halves: [`App::logic`] handles the results of jobs, dialogs and file changes, executes commands,
//! and updates derived data; [`App::ui`] only draws and pushes commands.
//!
//! # Submodules
//!
//! `tests/suite/architecture.rs` checks the imports of each submodule against this table.
//!
//! | submodule | what it is for | imports of ours |
//! | --- | --- | --- |
//! | `ask` | user requests, without any widgets: actions, commands, questions, the selection | – |
//! | `ui` | colors, icons, fonts, shared widgets, toasts, progress | `ask` |
//! | `canvas` | the map: camera, pointer, keys, what is drawn; its `graph` alone names `egui_graphs` | `ask`, `ui` |
//! | `panels` | lists, details, legend, search, problems, status line, menus | `ask`, `ui` |
//! | `dialogs` | the one modal state: questions, the export dialog, the command palette, the keys | `ask`, `ui` |
//! | `platform` | the system's file dialogs, browser and clipboard | `ask` |
//! | `settings` | settings remembered between runs | `ask`, `dialogs` |
//! | `session` | the open map with its history and its file | `ask`, `panels` |
//! | `flow` | operations that outlast a frame, one struct each | `ask`, `ui`, `canvas`, `panels`, `platform`, `session`, `settings` |
//! | `shortcuts` | maps keys to commands | `ask` |
//! | `title` | the title bar | `session` |
//! | `dispatch` | executes commands, and advances each flow | all |
//! | `shell` | the layout of panels, canvas and dialogs | all |
//! | `window` | the native window | all |
//! | `probe` | drives the window from benches | all |

pub(crate) mod ask;
pub(crate) mod canvas;
mod dialogs;
mod dispatch;
mod flow;
mod panels;
mod platform;
#[doc(hidden)]
pub mod probe;
mod session;
mod settings;
mod shell;
mod shortcuts;
mod title;
mod ui;
mod window;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::{Context, Ui};

pub use ask::question::FileQuestion;
pub use platform::{Clipboard, CopiedPicture, FileDialogs, Opener, Platform};
pub use window::run;

use crate::app::ui::theme;
use crate::derive::Work;
use crate::document::edit::TextEntry;
use crate::model::{ActorId, Item};
use crate::text::Fonts;
use ask::command::Commands;
use ask::copied::CopiedRecords;
use ask::focus::Focus;
use ask::question::PathRequest;
use ask::selection::Selection;
use canvas::Canvas;
use dialogs::export::ExportDialog;
use dialogs::modal::ModalState;
use flow::copying::CopyTask;
use flow::databases::AskingDatabase;
use flow::duplicates::DuplicateSearch;
use flow::exporting::PictureTask;
use flow::focused::FocusedPicture;
use flow::importing::Importing;
use flow::journaling::Journaling;
use flow::measuring::Measuring;
use flow::opening::Opening;
use flow::pipeline::{Derived, Pipeline};
use flow::recovering::Recovering;
use flow::saving::Saving;
use flow::signals::Signals;
use flow::story::Story;
use flow::updating::Updating;
use flow::watching::FileWatcher;
use panels::context_menu::KeyMenu;
use panels::data::Panels;
use panels::form::RecordForm;
use panels::kinds::KindList;
use panels::lists::SidePanel;
use panels::note_editor::NoteDraft;
use panels::problems::ProblemList;
use panels::search::Search;
use panels::steps::StepStrip;
use panels::time::TimeStrip;
use session::Session;
use settings::Settings;
use shortcuts::Shortcuts;
use title::Title;
use ui::fallback_fonts::FallbackFonts;
use ui::screen_reader::FocusInTree;
use ui::toast::Toasts;

/// The startup options of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The map to open, or the tables that make one; if empty, the last map.
    pub files: Vec<PathBuf>,
    /// Whether the sample map is shown instead of the last one.
    pub no_restore: bool,
    /// Whether the time to the first frame and to the settled picture is printed.
    pub timings: bool,
}

/// Typed values that can't be read, by record and field.
type UnreadTexts = std::collections::BTreeMap<(Item, TextEntry), String>;

/// The state of the window. It needs no native window, so that tests can drive it.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub struct App {
    platform: Platform,
    settings: Settings,
    /// Whether the window is too narrow for lists beside the canvas, so that they are collapsed.
    is_narrow: bool,
    /// Whether the lists were opened nevertheless.
    opens_lists: bool,
    fallback_fonts: FallbackFonts,
    session: Session,
    pipeline: Pipeline,
    panels: Panels,
    canvas: Canvas,
    selection: Selection,
    /// The part that stays bright while the rest is faded.
    focus: Option<Focus>,
    /// The note being written.
    writing: Option<NoteDraft>,
    /// The open form, which makes or changes a record.
    form: Option<RecordForm>,
    /// The last canceled form, with what was typed.
    put_aside: Option<RecordForm>,
    /// The number of forms opened so far.
    forms_opened: u64,
    /// Typed values that can't be read; the map keeps the old ones.
    drafts: UnreadTexts,
    /// The records that were copied last.
    copied: Option<CopiedRecords>,
    /// The actor that was selected first of those selected now.
    first_selected: Option<ActorId>,
    commands: Commands,
    side_panel: SidePanel,
    time: TimeStrip,
    /// The step on the canvas, and the presentation.
    story: Story,
    strip: StepStrip,
    /// Whether the strip of steps was opened or closed; by default it is open if the map has steps.
    opens_strip: Option<bool>,
    search: Search,
    problem_list: ProblemList,
    kind_list: KindList,
    duplicates: DuplicateSearch,
    modal: ModalState,
    toasts: Toasts,
    /// The system's file dialog that is open, a window of its own; without a request once its map has been replaced.
    file_dialog: Option<(Option<PathRequest>, Receiver<Vec<PathBuf>>)>,
    /// The file being read.
    opening: Option<Opening>,
    /// The map that was read and waits until the open one is saved or discarded.
    opened: Option<Box<Session>>,
    /// The database that is being asked.
    asking: Option<AskingDatabase>,
    /// The tables whose columns are shown.
    importing: Option<Importing>,
    /// The update from the map's tables that is shown first.
    updating: Option<Updating>,
    /// The save in progress.
    saving: Option<Saving>,
    /// The picture being created.
    picture: Option<PictureTask>,
    /// The copy for another program being written.
    copy: Option<CopyTask>,
    /// The measurement that the list of actors waits for.
    measuring: Option<Measuring>,
    /// The path of the requested screenshot.
    screenshot: Option<PathBuf>,
    watcher: Option<FileWatcher>,
    /// The journal of unsaved changes.
    journaling: Journaling,
    /// The recovery of changes left behind by a crash.
    recovering: Recovering,
    /// The request to end the program by a signal.
    signals: Signals,
    shortcuts: Shortcuts,
    /// The context menu that was opened by a key.
    key_menu: KeyMenu,
    /// The number of searches of the open map that found nothing more readable, so that the next one tries another seed.
    vain_searches: u64,
    /// Whether to fit the next settled picture into the view.
    fits_when_settled: bool,
    /// The view before the focus on a neighborhood; `None` if it fitted everything.
    view_before_focus: Option<(egui::Pos2, f32)>,
    /// The part of the picture in focus, while the rest is hidden.
    focused: Option<FocusedPicture>,
    /// Whether the map was just opened, so that its remembered view is shown instead.
    is_just_opened: bool,
    /// Whether a start from one actor is offered, because the map is large.
    offers_start: bool,
    /// Whether closing was confirmed.
    may_close: bool,
    /// Whether unsaved changes are left to the next start.
    is_kept: bool,
    title: Title,
}

impl App {
    /// Creates the state of the window and opens the initial map.
    #[must_use]
    pub fn new(ctx: &Context, options: &Options, platform: Platform) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        let settings = Settings::load(platform.config_folder.as_deref());
        ctx.set_theme(egui::ThemePreference::from(settings.theme));
        theme::animate(ctx, settings.animates);
        let recovery = platform.data_folder.as_ref().map(|folder| folder.join("recovery"));
        let journaling = Journaling::start(ctx, recovery.as_deref(), platform.kept_after);
        let last_map = settings.last_map.clone().filter(|_| !options.no_restore);
        let first_file = options.files.first().cloned().or(last_map);
        let fonts = Arc::new(Fonts::new());
        ctx.add_plugin(FocusInTree);
        let fallback_fonts = FallbackFonts::new(ctx, Arc::clone(&fonts));
        let mut app = Self {
            platform,
            settings,
            is_narrow: false,
            opens_lists: false,
            fallback_fonts,
            session: Session::sample().unwrap_or_else(|_| Session::empty()),
            pipeline: Pipeline::new(Arc::clone(&fonts)),
            panels: Panels::default(),
            canvas: Canvas::new(fonts),
            selection: Selection::default(),
            focus: None,
            writing: None,
            form: None,
            put_aside: None,
            forms_opened: 0,
            drafts: UnreadTexts::default(),
            copied: None,
            first_selected: None,
            commands: Commands::default(),
            side_panel: SidePanel::default(),
            time: TimeStrip::default(),
            story: Story::default(),
            strip: StepStrip::default(),
            opens_strip: None,
            search: Search::default(),
            problem_list: ProblemList::default(),
            kind_list: KindList::default(),
            duplicates: DuplicateSearch::default(),
            modal: ModalState::default(),
            toasts: Toasts::default(),
            file_dialog: None,
            opening: None,
            opened: None,
            asking: None,
            importing: None,
            updating: None,
            saving: None,
            picture: None,
            copy: None,
            measuring: None,
            screenshot: None,
            watcher: None,
            journaling,
            recovering: Recovering::start(ctx, recovery, first_file),
            signals: Signals::default(),
            shortcuts: Shortcuts::default(),
            key_menu: KeyMenu::default(),
            vain_searches: 0,
            fits_when_settled: true,
            view_before_focus: None,
            focused: None,
            is_just_opened: false,
            offers_start: false,
            may_close: false,
            is_kept: false,
            title: Title::default(),
        };
        app.open_first(ctx, options);
        app
    }

    /// Handles external events, executes commands and updates derived data. Draws nothing.
    pub fn logic(&mut self, ctx: &Context) {
        if self.signals.is_asked() {
            self.end_by_signal();
        }
        self.cancel_before_close(ctx);
        let map = Arc::clone(&self.session.document.map);
        self.poll_file_dialog(ctx);
        self.poll_watch(ctx);
        self.poll_saving(ctx);
        self.poll_reading(ctx);
        self.poll_database(ctx);
        self.poll_importing(ctx);
        self.poll_drops(ctx);
        self.poll_picture(ctx);
        self.poll_copy();
        self.poll_screenshot(ctx);
        self.dispatch_all(ctx, &map);
        self.derive(ctx);
        self.poll_measuring(ctx);
        self.duplicates.poll(ctx, &self.session.document.map);
        self.poll_export(ctx);
        self.forget_opened();
        self.poll_recovering(ctx);
        // What may be added is nobody's change yet.
        if !self.is_adding() {
            self.keep_journal();
        }
        self.poll_close(ctx);
        self.title.write(ctx, &self.session);
    }

    /// Draws the window and pushes the commands requested by the user.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.shortcuts.begin_frame(ui.ctx());
        self.escape(ui.ctx());
        if !self.is_something_in_front() {
            self.shortcuts.push(ui.ctx(), self.key_set(), &mut self.commands);
        }
        self.frame_ui(ui);
        Self::drop_toolkit_links(ui.ctx());
        self.fallback_fonts.follow(ui.ctx());
        self.shortcuts.end_frame(ui.ctx());
        if self.canvas.has_moved_glyphs(ui.ctx()) {
            ui.ctx().request_discard("the map's glyphs moved in the font atlas");
        }
        if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// Returns whether no work is pending, so that the picture shows the current document.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_writing = self.saving.is_some() || self.picture.is_some() || self.copy.is_some();
        let is_reading = self.opening.is_some() || self.asking.is_some() || self.is_reading_tables();
        let is_previewed = self.modal.export().is_none_or(ExportDialog::is_settled);
        self.commands.is_empty()
            && self.file_dialog.is_none()
            && !(is_reading || is_writing)
            && is_previewed
            && !self.is_measure_missing()
            && self.duplicates.is_settled()
            && self.pipeline.is_settled()
            && self.panels.is_settled()
            && self.story.is_settled()
            // A map that has been read waits for an answer, and a recovery may wait for that map.
            && (self.opened.is_some() || self.recovering.is_settled())
    }

    /// Returns the work done so far by deriving and drawing.
    #[must_use]
    pub fn work(&self) -> Work {
        let mut work = self.pipeline.work();
        work += self.panels.work;
        work += self.canvas.work();
        work
    }

    /// Returns the title of the window.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.text()
    }

    /// Writes the settings: when another map is opened, and on exit. Errors are logged and otherwise ignored.
    pub fn remember(&self) {
        if let Some(folder) = &self.platform.config_folder
            && let Err(error) = self.settings.save(folder)
        {
            tracing::warn!("the window's settings were not saved: {error:#}");
        }
    }

    /// Updates derived data and handles a finished layout.
    fn derive(&mut self, ctx: &Context) {
        self.pipeline.set_story(self.story.shown().is_some());
        let derived = self.pipeline.derive(ctx, &mut self.session, self.canvas.drag_under_way());
        if derived == Derived::Settled {
            self.aim_if_new();
            self.finish_opening();
        }
        if self.pipeline.take_kept() {
            self.tell_nothing_better();
        }
        self.forget_hidden();
        self.refresh_story(ctx);
        let news = self.pipeline.take_difference_since();
        self.panels.refresh(ctx, &self.session.document, self.pipeline.shown(), &self.selection, news.as_ref());
    }
}
