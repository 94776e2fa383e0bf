//! A document as a picture: measured, laid out, drawn. The same steps for the window and the command line.
//!
//! The steps can be taken one by one: [`build_request`] measures what is shown, [`crate::layout`] places it (in a
//! background job if need be), [`build_scene`] draws it. Drawing again with another theme needs no new layout.

use std::collections::BTreeSet;

use emath::Pos2;

use crate::document::Document;
use crate::layout::{self, Algorithm, Edge, Layout, Progress, Request};
use crate::model::{ActorId, Arrangement, Placed, TieId};
use crate::scene::{self, Excerpt, Gathered, Labels, Materials, Plan, PlanLine, Scene, Sheet, SheetOptions, Theme};
use crate::text::Fonts;

/// Width over height that a map has unless something else is asked for: between the window's canvas beside its panels
/// and the room that a slide leaves beside its sources.
pub const LANDSCAPE: f32 = 1.4;

/// What to lay out for a document, and what stands at each of its nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutInput {
    /// What to lay out.
    pub request: Request,
    /// What is drawn, measured; knows the ids behind the request's indices.
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

    /// The same with labels that show no citation numbers.
    #[must_use]
    pub fn without_numbers(self, document: &Document, fonts: &Fonts) -> Self {
        let plan = self.plan.without_numbers(&document.map, fonts);
        Self::new(document, plan, self.request.aspect)
    }

    /// These actors and ties alone, in the places that the whole gave them.
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

    /// What stands at each node of the request.
    #[must_use]
    pub fn places(&self) -> Vec<Placed> {
        self.plan.places().collect()
    }

    /// The index of the node at which something stands.
    #[must_use]
    pub fn node_of(&self, placed: Placed) -> Option<u32> {
        self.plan.places().position(|other| other == placed).map(|index| index as u32)
    }
}

/// A finished picture with everything that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// What was laid out.
    pub input: LayoutInput,
    /// Where everything is.
    pub layout: Layout,
    /// What is seen.
    pub scene: Scene,
}

/// Measures what a document shows; places that it has are kept by the layout.
#[must_use]
pub fn build_request(document: &Document, fonts: &Fonts, aspect: f32) -> LayoutInput {
    let (map, look) = (&document.map, &document.look);
    let shown = document.shown();
    let actors: Vec<_> = shown.actors().collect();
    let ties: Vec<_> = shown.ties().collect();
    let labels = Labels { mode: look.label_mode, by_hand: look.labels.clone() };
    let plan = Plan::new(map, &actors, &ties, &look.pairs, labels, fonts);
    let plan = match gathered(look.arrangement) {
        Some(gathered) => plan.gathered(map, gathered, fonts),
        None => plan,
    };
    LayoutInput::new(document, plan.with_notes(&look.notes, fonts), aspect)
}

fn gathered(arrangement: Arrangement) -> Option<Gathered> {
    match arrangement {
        Arrangement::Columns => Some(Gathered::ByKind),
        Arrangement::Timeline => Some(Gathered::ByYear),
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

/// Lays a input out; one in which everything has a place is only routed and labeled. None when canceled.
#[must_use]
pub fn lay_out(input: &LayoutInput, progress: &dyn Progress) -> Option<Layout> {
    let fixed: Option<Vec<Pos2>> = input.request.nodes.iter().map(|node| node.fixed).collect();
    match fixed {
        Some(centers) => Some(layout::route_and_label(&input.request, &centers)),
        None => layout::lay_out(&input.request, progress),
    }
}

/// Draws a input in the places of its layout.
#[must_use]
pub fn build_scene(document: &Document, input: &LayoutInput, layout: &Layout, theme: &Theme) -> Scene {
    scene::build_scene(&document.map, &input.plan, layout, theme)
}

/// Sets the scene of a input on pages with title, legend and sources, in page pixels.
#[must_use]
pub fn build_sheet(
    document: &Document,
    input: &LayoutInput,
    scene: &Scene,
    fonts: &Fonts,
    theme: &Theme,
    options: &SheetOptions,
) -> Sheet {
    scene::compose_sheet(Materials { map: &document.map, plan: &input.plan, fonts, theme }, scene, options)
}

/// All steps at once. None when canceled.
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
