//! The layout of the window. It only draws and pushes commands.

mod in_front;
mod presentation;
mod words;

use egui::{CentralPanel, Context, Id, Margin, Panel, PanelState, Rect, Ui, Vec2};

use crate::document::Document;
use crate::scene::MapArea;

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::command::AppCommand;
use crate::app::ask::focus::Focus;
use crate::app::canvas::CanvasInput;
use crate::app::flow::focused::FocusedPicture;
use crate::app::flow::step_view::StepView;
use crate::app::flow::updating::Updating;
use crate::app::panels::import::ImportView;
use crate::app::panels::import::update::{UpdateView, update_ui};
use crate::app::panels::legend::Height;
use crate::app::panels::lists::AreaRow;
use crate::app::panels::steps::StepsView;
use crate::app::panels::{chip, context_menu, details, empty_map, legend, lists, menu, status};
use crate::app::ui::{icon, progress, theme, widgets};
use words::{accessible_name, hover_text, unseen_text};

const LISTS: &str = "lists";
const DETAILS: &str = "details";

/// The width reserved for the canvas, in points; panels get narrower than chosen to preserve it.
const MIN_CANVAS_WIDTH: f32 = 480.0;

/// The least width of the import panel, in points; in small windows the canvas goes before.
const MIN_IMPORT_WIDTH: f32 = 420.0;

/// The lists are collapsed if they would leave less width than this to the canvas, in points.
const COLLAPSE_BELOW: f32 = 600.0;

/// In windows lower than this, in points, the legend takes one line until it is opened.
const SHORT_WINDOW: f32 = 780.0;

impl App {
    /// Returns whether the lists are open. In a narrow window, that is decided separately from wide ones.
    pub(crate) fn shows_lists(&self) -> bool {
        if self.is_narrow { self.opens_lists && self.settings.shows_lists } else { self.settings.shows_lists }
    }

    /// Opens or closes the lists.
    pub(crate) fn toggle_lists(&mut self) {
        let shows = !self.shows_lists();
        self.opens_lists = shows;
        // Closing them in a narrow window leaves them open in a wide one.
        self.settings.shows_lists = shows || (self.is_narrow && self.settings.shows_lists);
    }

    /// Draws the window.
    pub(crate) fn frame_ui(&mut self, ui: &mut Ui) {
        let screen = ui.max_rect();
        let has_keys = !egui::Popup::is_any_open(ui.ctx()) && !self.is_something_in_front();
        if self.story.presentation.is_some() {
            self.presentation_ui(ui, has_keys);
            return;
        }
        self.top_ui(ui);
        self.bottom_ui(ui);
        let room = screen.width() - MIN_CANVAS_WIDTH;
        if self.importing.is_some() || self.shows_update() {
            self.import_ui(ui, room);
            self.canvas_side_ui(ui, screen, has_keys);
            return;
        }
        if self.shows_strip() {
            self.steps_ui(ui);
        }
        let details_width = if self.settings.shows_details { self.settings.details_width } else { 0.0 };
        self.is_narrow = screen.width() < self.settings.lists_width + details_width + COLLAPSE_BELOW;
        if self.shows_lists() {
            self.lists_ui(ui, room * 0.45);
        } else if self.settings.shows_lists {
            self.lists_rail_ui(ui);
        }
        if self.settings.shows_details {
            self.details_ui(ui, room * 0.55);
        }
        self.canvas_side_ui(ui, screen, has_keys);
        self.remember_sizes(ui.ctx(), screen);
    }

    /// Draws the canvas with what lies along its edges and in front of it.
    fn canvas_side_ui(&mut self, ui: &mut Ui, screen: Rect, has_keys: bool) {
        if self.settings.shows_time {
            let filter = &self.session.document.look.filter;
            self.time.ui(ui, self.panels.derived.figures.years.as_ref(), filter, &mut self.commands);
        }
        if self.settings.shows_legend {
            let is_short = screen.height() < SHORT_WINDOW;
            let height = if self.time.is_held() { Height::Kept } else { Height::OfEntries };
            // The picture may be of an earlier state of the map, with kinds that are gone.
            let map = self.pipeline.label_materials().map;
            let afar = self.canvas.overview_legend();
            let legend = afar.as_ref().unwrap_or_else(|| self.pipeline.legend());
            legend::legend_ui(ui, legend, map, is_short, height);
        }
        let canvas = CentralPanel::no_frame().show(ui, |ui| self.canvas_ui(ui, has_keys)).inner;
        self.in_front_ui(ui.ctx(), canvas);
    }

    /// Draws the import panel in place of lists and details.
    fn import_ui(&mut self, ui: &mut Ui, room: f32) {
        let frame = theme::panel_frame(ui, Margin::ZERO);
        let width = (room * 0.72).max(MIN_IMPORT_WIDTH.min(room));
        Panel::left("import").frame(frame).default_size(width).size_range(MIN_IMPORT_WIDTH.min(room)..=room).show(
            ui,
            |ui| {
                if let Some(importing) = &mut self.importing {
                    let view = ImportView {
                        options: &importing.tables.options,
                        report: &importing.tables.report,
                        is_adding: importing.before.is_some(),
                        is_working: importing.task.is_some(),
                    };
                    importing.panel.ui(ui, &view, &mut self.commands);
                } else if let Some(update) = self.updating.as_ref().and_then(Updating::shown) {
                    let map = &self.session.document.map;
                    let view = UpdateView {
                        plan: &update.plan,
                        choices: &update.choices,
                        report: &update.report,
                        lines: &update.lines,
                    };
                    update_ui(ui, &view, map, &mut self.commands);
                }
            },
        );
    }

    fn top_ui(&mut self, ui: &mut Ui) {
        let frame = theme::panel_frame(ui, Margin::symmetric(10, 7));
        let now = self.action_context();
        Panel::top("top").frame(frame).resizable(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                let bar = Vec2::new(ui.available_width(), ui.spacing().interact_size.y);
                ui.allocate_ui(Vec2::new(330.0, bar.y), |ui| {
                    menu::menus_ui(ui, &now, &self.settings.recent, &mut self.commands);
                });
                widgets::from_right(ui, |ui| {
                    menu::export_ui(ui, &now, &mut self.commands);
                    ui.add_space(6.0);
                    let width = ui.available_width().min(460.0);
                    let map = &self.session.document.map;
                    self.search.ui(ui, width, map, &mut self.panels, &mut self.commands);
                });
            });
        });
    }

    fn bottom_ui(&mut self, ui: &mut Ui) {
        let frame = theme::panel_frame(ui, Margin::symmetric(14, 5));
        Panel::bottom("status").frame(frame).resizable(false).show(ui, |ui| {
            let status = status::Status {
                line: &self.panels.derived.figures.status,
                problems: self.session.file_problems(),
                labels_left_out: if self.canvas.is_overview() { 0 } else { self.pipeline.labels_left_out() },
                labeling: self.canvas.labeling_counts(),
                read_only: self.session.document.origin.read_only(),
            };
            status::status_ui(ui, &status, &mut self.commands);
        });
    }

    /// Draws the strip of the story's steps.
    fn steps_ui(&mut self, ui: &mut Ui) {
        let now = self.action_context();
        let steps = self.session.document.steps();
        let view = StepsView {
            steps,
            thumbnails: steps.iter().map(|step| self.story.thumbnails.of(step)).collect(),
            shown: self.story.shown(),
            now: &now,
        };
        self.strip.ui(ui, &view, &mut self.commands);
    }

    fn lists_ui(&mut self, ui: &mut Ui, most: f32) {
        let now = self.action_context();
        let areas = self.area_rows(ui.ctx().theme());
        let frame = theme::panel_frame(ui, Margin::ZERO);
        Panel::left(LISTS)
            .frame(frame)
            .default_size(self.settings.lists_width.min(most))
            .size_range(200.0..=most.clamp(200.0, 480.0))
            .show(ui, |ui| {
                let document = &self.session.document;
                let selected = (&self.selection, &now);
                let data = (&self.panels, &*areas);
                lists::side_ui(ui, &mut self.side_panel, data, document, selected, &mut self.commands);
            });
    }

    /// Returns the areas of a large map, the largest first.
    fn area_rows(&self, colors: egui::Theme) -> Vec<AreaRow> {
        let Some(overview) = self.pipeline.overview() else { return Vec::new() };
        let (map, theme) = (&self.session.document.map, theme::scene_theme(colors));
        let row = |(area, index): (&MapArea, u32)| {
            Some(AreaRow {
                area: index,
                name: overview.area_name(area, map)?,
                size: area.size as usize,
                color: area.line_color(&theme),
            })
        };
        let mut rows: Vec<AreaRow> = overview.areas().iter().zip(0..).filter_map(row).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.size));
        rows
    }

    /// Draws the collapsed lists: a button that opens them.
    fn lists_rail_ui(&mut self, ui: &mut Ui) {
        let frame = theme::panel_frame(ui, Margin::symmetric(3, 8));
        Panel::left("lists rail").frame(frame).resizable(false).exact_size(34.0).show(ui, |ui| {
            if theme::icon_button(ui, icon::CARET_RIGHT, Action::ToggleLists.tooltip()).clicked() {
                self.commands.push(AppCommand::Run(Action::ToggleLists));
            }
        });
    }

    fn details_ui(&mut self, ui: &mut Ui, most: f32) {
        let now = self.action_context();
        let questions = self.proof_questions();
        let frame = theme::panel_frame(ui, Margin::ZERO);
        let form = self.form.as_mut().filter(|form| form.is_in_details());
        Panel::right(DETAILS)
            .frame(frame)
            .default_size(self.settings.details_width.min(most))
            .size_range(240.0..=most.clamp(240.0, 640.0))
            .show(ui, |ui| {
                if self.session.undecided.is_open() {
                    let choices = self.session.compared();
                    return details::compare::compare_ui(ui, &choices, &mut self.commands);
                }
                let document = &self.session.document;
                let drafts = &self.drafts;
                let mut scope = details::DetailsScope {
                    document,
                    now: &now,
                    selected: self.selection.single(),
                    commands: &mut self.commands,
                    form,
                    drafts,
                    questions: &questions,
                };
                details::details_ui(ui, &self.panels.details, &self.selection, &mut scope);
            });
    }

    /// Draws the canvas; returns its rectangle.
    fn canvas_ui(&mut self, ui: &mut Ui, has_keys: bool) -> Rect {
        let rect = ui.max_rect();
        let now = self.action_context();
        let map = &self.session.document.map;
        let ribbons = self.pipeline.ribbons();
        self.focused =
            FocusedPicture::update(self.focused.take(), self.focus.as_ref(), self.pipeline.scene(), map, ribbons);
        let focused = self.focused.as_ref();
        let step = self.story.view().filter(|_| focused.is_none());
        let ribbons = step.map_or(ribbons, StepView::ribbons);
        let labels = step.map_or_else(|| self.pipeline.label_materials(), StepView::label_materials);
        // What is drawn is named by its own map: in that of the document it may be gone.
        let named = labels.map;
        let scene = focused.map(FocusedPicture::scene).or(step.map(StepView::scene));
        let picker = focused.map(FocusedPicture::picker).or(step.map(StepView::picker));
        let input = CanvasInput {
            scene: scene.unwrap_or(self.pipeline.scene()),
            picker: picker.unwrap_or(self.pipeline.picker()),
            labels: Some(labels),
            overview: self.pipeline.overview().filter(|_| focused.is_none() && step.is_none_or(StepView::is_whole)),
            moved: self.pipeline.moved(),
            ribbons,
            document: &self.session.document,
            selection: &self.selection,
            focus: self.focus.as_ref().or(step.and_then(StepView::focus)),
            has_keys,
            wheel: self.settings.wheel,
            is_presented: self.story.presentation.is_some(),
            has_chip: self.offers_start || self.session.document.look.shown.is_some(),
            accessible_name: &|item| accessible_name(named, ribbons, item),
            hover_text: &|item| {
                format!("{}{}", hover_text(named, ribbons, item), unseen_text(&self.session.document, item))
            },
        };
        let map_is_empty = map.actors().is_empty() && self.form.is_none() && self.importing.is_none();
        let canvas = self.canvas.canvas_ui(ui, &input, &mut self.commands);
        if self.story.presentation.is_some() {
            return rect;
        }
        let selected = (&self.session.document, &self.selection);
        context_menu::canvas_menu_ui(&canvas, &mut self.key_menu, selected, &now, &mut self.commands);
        self.chip_ui(ui.ctx(), rect);
        if map_is_empty {
            empty_map::hint_ui(ui.ctx(), rect);
        }
        self.strips_ui(ui.ctx(), rect);
        rect
    }

    /// Draws the chip that says which part of the map is shown, or offers to show a part of a large one.
    fn chip_ui(&mut self, ctx: &Context, canvas: Rect) {
        let Document { map, look, .. } = &self.session.document;
        let all = map.actors().len();
        if let (Some(Focus::Neighborhood(actor)), Some(focused)) = (&self.focus, &self.focused) {
            chip::focus_chip_ui(ctx, canvas, &map.actor(*actor).name, focused.neighbor_count(), &mut self.commands);
        } else if let Some((at, step)) =
            self.story.shown().and_then(|at| Some((at, self.session.document.steps().get(at)?)))
        {
            let number = (at + 1, self.session.document.steps().len());
            chip::step_chip_ui(ctx, canvas, number, step.title.as_deref().unwrap_or_default(), &mut self.commands);
        } else if look.shown.is_some() {
            let shown = self.pipeline.shown().actors().count();
            chip::explored_chip_ui(ctx, canvas, shown, all, &mut self.commands);
        } else if self.offers_start {
            chip::start_offer_ui(ctx, canvas, all, &mut self.commands);
        }
    }

    /// Draws the progress bars of jobs that take long.
    fn strips_ui(&mut self, ctx: &Context, canvas: Rect) {
        let importing = self.importing.as_ref().and_then(|importing| importing.task.as_ref()?.strip(ctx));
        let updating = self.updating.as_ref().and_then(|updating| updating.task()?.strip(ctx));
        let reading = self.opening.as_ref().and_then(|reading| reading.task().strip(ctx));
        let saving = self.saving.as_ref().and_then(|saving| saving.task().strip(ctx));
        let layout = self.pipeline.strip(ctx);
        let picture = self.picture.as_ref().and_then(|task| task.strip(ctx));
        let copy = self.copy.as_ref().and_then(|task| task.strip(ctx));
        let measuring = self.measuring.as_ref().and_then(|measuring| measuring.task.strip(ctx));
        let asking =
            self.asking.as_ref().filter(|asking| !asking.is_in_dialog).and_then(|asking| asking.task.strip(ctx));
        let comparing = self.duplicates.task().and_then(|task| task.strip(ctx));
        let strips = [asking, reading, importing, updating, saving, layout, picture, copy, measuring, comparing];
        let strips: Vec<_> = strips.into_iter().flatten().collect();
        progress::strips_ui(ctx, canvas, &strips, &mut self.commands);
    }

    fn remember_sizes(&mut self, ctx: &Context, screen: Rect) {
        self.settings.window_size = screen.size().into();
        // A width that a small window enforces is not the chosen one.
        let room = screen.width() - MIN_CANVAS_WIDTH;
        let lists = PanelState::load(ctx, Id::new(LISTS)).filter(|_| self.settings.lists_width <= room * 0.45);
        let details = PanelState::load(ctx, Id::new(DETAILS)).filter(|_| self.settings.details_width <= room * 0.55);
        if let Some(state) = lists {
            self.settings.lists_width = state.size().x;
        }
        if let Some(state) = details {
            self.settings.details_width = state.size().x;
        }
    }
}
