//! A document as a picture: measured, laid out, drawn. The same steps for the window and the command line.
//!
//! The steps can be taken one by one: [`build_request`] measures what is shown, [`crate::layout`] places it (in a
//! background job if need be), [`build_scene`] draws it. Drawing again with another theme needs no new layout.

use emath::Pos2;

use crate::document::Document;
use crate::layout::{self, Algorithm, Layout, Progress, Request};
use crate::model::{Arrangement, Placed};
use crate::scene::{self, Plan, Scene, SheetOptions, Theme};
use crate::text::Fonts;

/// Width over height that a picture has unless something else is asked for.
pub const LANDSCAPE: f32 = 1.7;

/// What to lay out for a document, and what stands at each of its nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What to lay out.
    pub request: Request,
    /// What is drawn, measured; knows the ids behind the request's indices.
    pub plan: Plan,
}

impl Draft {
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
pub struct Picture {
    /// What was laid out.
    pub draft: Draft,
    /// Where everything is.
    pub layout: Layout,
    /// What is seen.
    pub scene: Scene,
}

/// Measures what a document shows; places that it has are kept by the layout.
#[must_use]
pub fn build_request(document: &Document, fonts: &Fonts, aspect: f32) -> Draft {
    let (map, look) = (&document.map, &document.look);
    let shown = document.shown();
    let actors: Vec<_> = shown.actors().collect();
    let ties: Vec<_> = shown.ties().collect();
    let plan = Plan::new(map, &actors, &ties, &look.labels, fonts);
    let request = Request {
        nodes: plan.nodes(map, &look.positions),
        edges: plan.edges(&look.bends),
        algorithm: algorithm(look.arrangement),
        seed: look.seed,
        aspect,
    };
    Draft { request, plan }
}

fn algorithm(arrangement: Arrangement) -> Algorithm {
    match arrangement {
        Arrangement::Auto => Algorithm::Auto,
        Arrangement::Force => Algorithm::Force,
        Arrangement::Layered => Algorithm::Layered,
        Arrangement::Radial => Algorithm::Radial,
        Arrangement::Circle => Algorithm::Circle,
        Arrangement::Columns => Algorithm::Columns,
    }
}

/// Lays a draft out; one in which everything has a place is only routed and labeled. None when canceled.
#[must_use]
pub fn lay_out(draft: &Draft, progress: &dyn Progress) -> Option<Layout> {
    let fixed: Option<Vec<Pos2>> = draft.request.nodes.iter().map(|node| node.fixed).collect();
    match fixed {
        Some(centers) => Some(layout::route_and_label(&draft.request, &centers)),
        None => layout::lay_out(&draft.request, progress),
    }
}

/// Draws a draft in the places of its layout.
#[must_use]
pub fn build_scene(document: &Document, draft: &Draft, layout: &Layout, theme: &Theme) -> Scene {
    scene::build_scene(&document.map, &draft.plan, layout, theme)
}

/// Sets the scene of a draft on a page with title, legend and sources, in page pixels.
#[must_use]
pub fn build_sheet(
    document: &Document,
    draft: &Draft,
    scene: &Scene,
    fonts: &Fonts,
    theme: &Theme,
    options: &SheetOptions,
) -> Scene {
    scene::compose_sheet(&document.map, &draft.plan, scene, fonts, theme, options)
}

/// All steps at once. None when canceled.
#[must_use]
pub fn compose(
    document: &Document,
    fonts: &Fonts,
    theme: &Theme,
    aspect: f32,
    progress: &dyn Progress,
) -> Option<Picture> {
    let draft = build_request(document, fonts, aspect);
    let layout = lay_out(&draft, progress)?;
    let scene = build_scene(document, &draft, &layout, theme);
    Some(Picture { draft, layout, scene })
}
