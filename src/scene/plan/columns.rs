//! Assigns actors to the columns of an arrangement, and draws the headings above them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use emath::{Pos2, Rect, pos2};

use super::card::Card;
use crate::analysis;
use crate::model::{ActorId, ActorKindId, Map};
use crate::scene::theme::solid;
use crate::scene::{Part, SceneItem, Shape, Theme};
use crate::text::{Face, Fonts, Style, Text};

/// Maximum number of year columns; with more years, several share a column.
const MAX_YEARS: usize = 8;
/// Possible numbers of years per column.
const SPANS: [i64; 8] = [1, 2, 5, 10, 20, 50, 100, 500];
/// Font size of headings, in world units.
const SIZE: f32 = 17.0;
/// Distance from the rule under the headings to the topmost card.
const ABOVE: f32 = 30.0;
/// Height of the rule under a heading.
const RULE: f32 = 1.5;

/// Criterion by which actors are grouped into columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnGrouping {
    /// The actor's kind.
    ByKind,
    /// The year in which the actor's earliest tie of the map begins.
    ByYear,
}

/// Columns of an arrangement: the column of each actor, and the headings.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scene) struct Columns {
    of_actor: BTreeMap<ActorId, u32>,
    headings: Vec<Arc<Text>>,
}

impl Columns {
    /// Groups the actors of a map into columns, numbered from left to right.
    pub(in crate::scene) fn new(map: &Map, actors: &[ActorId], gathered: ColumnGrouping, fonts: &Fonts) -> Self {
        let (keys, title): (Vec<i64>, Box<dyn Fn(i64) -> String>) = match gathered {
            ColumnGrouping::ByKind => by_kind(map, actors),
            ColumnGrouping::ByYear => by_year(map, actors),
        };
        let order: Vec<i64> = keys.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let style = Style { face: Face::SemiBold, size: SIZE };
        let headings = order.iter().map(|&key| fonts.shape(&title(key), style, Some(190.0), Some(2))).collect();
        let number = |key: &i64| order.binary_search(key).map_or(0, |index| index as u32);
        Self { of_actor: actors.iter().copied().zip(keys.iter().map(number)).collect(), headings }
    }

    /// Returns the column of an actor.
    pub(in crate::scene) fn of(&self, actor: ActorId) -> u32 {
        self.of_actor.get(&actor).copied().unwrap_or(0)
    }

    /// Returns the headings in one row above all cards, each with a rule as wide as its column.
    pub(in crate::scene) fn items(&self, cards: &[Card], centers: &[Pos2], theme: &Theme) -> Vec<SceneItem> {
        let cards = || cards.iter().zip(centers);
        let rect = |(card, center): (&Card, &Pos2)| Rect::from_center_size(*center, card.size);
        let top = cards().map(rect).fold(f32::INFINITY, |top, rect| top.min(rect.top())) - ABOVE;
        let item = |(column, text): (usize, &Arc<Text>)| {
            let own = cards().filter(|(card, _)| self.of(card.actor) == column as u32).map(rect);
            let width = own.reduce(Rect::union)?;
            let rule = Rect::from_min_max(pos2(width.left(), top - RULE), pos2(width.right(), top));
            let pos = pos2(width.center().x - text.size.x / 2.0, top - 7.0 - text.size.y);
            let shapes = vec![
                Shape::Rect {
                    rect: rule,
                    radius: 0.0,
                    fill: Some(solid(theme.muted.mix(theme.background, 0.55))),
                    stroke: None,
                },
                Shape::Text { pos, text: Arc::clone(text), paint: solid(theme.muted) },
            ];
            Some(SceneItem { part: Part::Heading(column as u32), min_scale: 0.0, shapes })
        };
        self.headings.iter().enumerate().filter_map(item).collect()
    }
}

type ColumnKeys<'a> = (Vec<i64>, Box<dyn Fn(i64) -> String + 'a>);

fn by_kind<'a>(map: &'a Map, actors: &[ActorId]) -> ColumnKeys<'a> {
    let kind = |actor: &ActorId| map.actor(*actor).kind.map_or(-1, |kind| i64::from(kind.0));
    let title = |key: i64| match u32::try_from(key) {
        Ok(kind) => map.actor_kinds()[ActorKindId(kind)].label.clone(),
        Err(_) => "No kind".to_owned(),
    };
    (actors.iter().map(kind).collect(), Box::new(title))
}

/// Groups by year, or by spans of years if there are too many; actors without a date come last.
fn by_year<'a>(map: &'a Map, actors: &[ActorId]) -> ColumnKeys<'a> {
    const NO_DATE: i64 = i64::MAX;
    let years = analysis::first_years(map);
    let year = |actor: &ActorId| years[actor.index()];
    let distinct =
        |span: i64| actors.iter().filter_map(year).map(|year| year.div_euclid(span)).collect::<BTreeSet<_>>().len();
    let span = SPANS.into_iter().find(|&span| distinct(span) <= MAX_YEARS).unwrap_or(1000);
    let title = move |key: i64| match (key, span) {
        (NO_DATE, _) => "No date".to_owned(),
        (year, 1) => year.to_string(),
        (first, _) => format!("{}–{}", first * span, first * span + span - 1),
    };
    let key = |actor: &ActorId| year(actor).map_or(NO_DATE, |year| year.div_euclid(span));
    (actors.iter().map(key).collect(), Box::new(title))
}
