//! Turns a document into a picture: measures, lays out and draws it, for the window and the command line alike.
//!
//! Each step can be run alone: [`build_request`] measures the visible records, [`crate::layout`] places them (in a
//! background job if needed), [`build_scene`] draws them. Drawing with another theme needs no new layout.

use std::collections::BTreeSet;

use emath::Pos2;

use crate::document::{Document, unseen_count};
use crate::layout::{self, Algorithm, Edge, Layout, Progress, Request};
use crate::model::{ActorId, Arrangement, LabelMode, Map, Placed, TieId};
use crate::scene::{
    self, ColumnGrouping, Excerpt, Labels, Overview, OverviewInput, Plan, PlanLine, Scene, Sheet, SheetInputs,
    SheetOptions, Theme,
};
use crate::text::Fonts;

/// The default aspect ratio (width / height) of a map: between that of the window's canvas beside its panels and that
/// of a slide beside its list of sources.
pub const LANDSCAPE: f32 = 1.4;

/// More lines than this are not routed around each other, which would take minutes.
const MAX_ROUTED: usize = 20_000;

/// The layout request of a document, with the record at each of its nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutInput {
    /// The request for the layout.
    pub request: Request,
    /// The measured cards and lines, with the ids for the request's indices.
    pub plan: Plan,
}

impl LayoutInput {
    fn new(document: &Document, plan: Plan, aspect: f32) -> Self {
        let look = &document.look;
        let request = Request {
            nodes: plan.nodes(&look.positions),
            edges: plan.edges(&look.bends),
            algorithm: algorithm(look.arrangement),
            seed: look.seed,
            aspect,
        };
        Self { request, plan }
    }

    /// Returns the same input with labels without citation numbers.
    #[must_use]
    pub fn without_numbers(self, document: &Document, fonts: &Fonts) -> Self {
        let plan = self.plan.without_numbers(&document.map, fonts);
        Self::new(document, plan, self.request.aspect)
    }

    /// Returns the input and layout of these actors and ties alone, at their positions in the whole layout.
    #[must_use]
    pub fn excerpt(
        &self,
        (document, fonts): (&Document, &Fonts),
        layout: &Layout,
        actors: &BTreeSet<ActorId>,
        ties: &BTreeSet<TieId>,
    ) -> (Self, Layout) {
        let Excerpt { plan, layout, nodes, lines } = self.plan.excerpt((&document.map, fonts), layout, actors, ties);
        let mut request = self.request.clone();
        request.nodes = nodes.iter().map(|&node| self.request.nodes[node as usize].clone()).collect();
        let edge = |(&index, line): (&u32, &PlanLine)| Edge {
            from: line.from,
            to: line.to,
            ..self.request.edges[index as usize].clone()
        };
        request.edges = lines.iter().zip(&plan.lines).map(edge).collect();
        (Self { request, plan }, layout)
    }

    /// Returns the card or hub at each node of the request.
    #[must_use]
    pub fn places(&self) -> Vec<Placed> {
        self.plan.places().collect()
    }

    /// Returns the index of the node of a card or hub.
    #[must_use]
    pub fn node_of(&self, placed: Placed) -> Option<u32> {
        self.plan.places().position(|other| other == placed).map(|index| index as u32)
    }
}

/// A finished picture with its input and layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The input of the layout.
    pub input: LayoutInput,
    /// The positions and routes.
    pub layout: Layout,
    /// The drawn items.
    pub scene: Scene,
}

/// Measures the visible part of a document; the layout keeps the positions it already has.
#[must_use]
pub fn build_request(document: &Document, fonts: &Fonts, aspect: f32) -> LayoutInput {
    let (map, look) = (&document.map, &document.look);
    let shown = document.shown();
    let actors: Vec<_> = shown.actors().collect();
    let ties: Vec<_> = shown.ties().collect();
    // Labels that no line has room for are not worth measuring.
    let mode = if ties.len() > MAX_ROUTED { LabelMode::None } else { look.label_mode };
    let labels = Labels { mode, by_hand: look.labels.clone(), as_of: look.filter.as_of.clone() };
    let plan = Plan::new(map, &actors, &ties, &look.pairs, labels, fonts);
    let plan = match gathered(look.arrangement) {
        Some(gathered) => plan.gathered(map, gathered, fonts),
        None => plan,
    };
    let plan = match &look.shown {
        Some(_) => plan.with_unseen(|actor| unseen_count(map, look, actor), fonts),
        None => plan,
    };
    LayoutInput::new(document, plan.with_notes(&look.notes, fonts), aspect)
}

fn gathered(arrangement: Arrangement) -> Option<ColumnGrouping> {
    match arrangement {
        Arrangement::Columns => Some(ColumnGrouping::ByKind),
        Arrangement::Timeline => Some(ColumnGrouping::ByYear),
        _ => None,
    }
}

fn algorithm(arrangement: Arrangement) -> Algorithm {
    match arrangement {
        Arrangement::Auto => Algorithm::Auto,
        Arrangement::Force => Algorithm::Force,
        Arrangement::Layered => Algorithm::Layered,
        Arrangement::LayeredDown => Algorithm::LayeredDown,
        Arrangement::Radial => Algorithm::Radial,
        Arrangement::Circle => Algorithm::Circle,
        Arrangement::Columns | Arrangement::Timeline => Algorithm::Columns,
    }
}

/// Lays out an input; if every node has a position, it is only routed and labeled. `None` if canceled.
#[must_use]
pub fn lay_out(input: &LayoutInput, progress: &dyn Progress) -> Option<Layout> {
    let fixed: Option<Vec<Pos2>> = input.request.nodes.iter().map(|node| node.fixed).collect();
    match fixed {
        Some(centers) => Some(route(input, &centers)),
        None if is_routed(input) => layout::lay_out(&input.request, progress),
        None => Some(route(input, &layout::lay_out_centers(&input.request, progress)?)),
    }
}

/// Draws an input at the positions of its layout.
#[must_use]
pub fn build_scene(document: &Document, input: &LayoutInput, layout: &Layout, theme: &Theme) -> Scene {
    scene::build_scene(&document.map, &input.plan, layout, theme)
}

/// Composes the scene of an input into pages with title, legend and sources, in page pixels.
#[must_use]
pub fn build_sheet(
    document: &Document,
    input: &LayoutInput,
    scene: &Scene,
    fonts: &Fonts,
    theme: &Theme,
    options: &SheetOptions,
) -> Sheet {
    scene::compose_sheet(SheetInputs { map: &document.map, plan: &input.plan, fonts, theme }, scene, options)
}

/// Returns whether a map is so large that it is drawn as an overview when seen from afar. Columns are always drawn in
/// full, since their headings say what they mean.
#[must_use]
pub fn is_large(input: &LayoutInput) -> bool {
    input.plan.cards.len() > scene::FULL_DETAIL && input.request.algorithm != Algorithm::Columns
}

/// Places the boxes of an input alone, without routes; `None` if canceled.
#[must_use]
pub fn lay_out_centers(input: &LayoutInput, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    let fixed: Option<Vec<Pos2>> = input.request.nodes.iter().map(|node| node.fixed).collect();
    fixed.or_else(|| layout::lay_out_centers(&input.request, progress))
}

/// Routes and labels the lines of an input between these centers; very many lines are drawn straight and without labels.
#[must_use]
pub fn route(input: &LayoutInput, centers: &[Pos2]) -> Layout {
    if is_routed(input) {
        layout::route_and_label(&input.request, centers)
    } else {
        layout::draw_straight(&input.request, centers)
    }
}

fn is_routed(input: &LayoutInput) -> bool {
    input.request.edges.len() <= MAX_ROUTED
}

/// Prepares a large map for being seen from afar. Areas of `earlier` keep their hues.
#[must_use]
pub fn build_overview(map: &Map, input: &LayoutInput, centers: &[Pos2], earlier: Option<&Overview>) -> Overview {
    let names = map.first_view().map_or(&[][..], |view| &view.communities);
    let communities = layout::communities(&input.request);
    let of = OverviewInput { map, plan: &input.plan, centers, communities: &communities, names };
    Overview::new(&of, earlier)
}

/// Composes a large map onto a page, in page pixels.
#[must_use]
pub fn build_overview_sheet(
    document: &Document,
    input: &LayoutInput,
    overview: &Overview,
    fonts: &Fonts,
    theme: &Theme,
    options: &SheetOptions,
) -> Sheet {
    scene::compose_overview_sheet(
        SheetInputs { map: &document.map, plan: &input.plan, fonts, theme },
        overview,
        options,
    )
}

/// Runs all steps. `None` if canceled.
#[must_use]
pub fn compose(
    document: &Document,
    fonts: &Fonts,
    theme: &Theme,
    aspect: f32,
    progress: &dyn Progress,
) -> Option<Composed> {
    let input = build_request(document, fonts, aspect);
    let layout = lay_out(&input, progress)?;
    let scene = build_scene(document, &input, &layout, theme);
    Some(Composed { input, layout, scene })
}
