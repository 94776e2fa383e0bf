//! The state of a pointer drag. The document changes only when the button is released.

use egui::{Pos2, Vec2};

use crate::document::Command;
use crate::model::{ActorId, BendPoint, Item, NoteId, Placed, TieId};

use crate::app::ask::form::TieEnd;

/// A running drag.
#[derive(Clone, Debug)]
pub(crate) enum Drag {
    /// Pans the view.
    Pan,
    /// Draws a selection box.
    Box {
        /// The corner where the drag started.
        from_in_world: Pos2,
    },
    /// Moves cards and hubs.
    Move {
        /// The record under the pointer at the start.
        grabbed: Item,
        /// The pointer at the start.
        from_in_world: Pos2,
        /// The centers at the start.
        origins: Vec<(Placed, Pos2)>,
        /// The current centers.
        moved: Vec<(Placed, Pos2)>,
    },
    /// Moves a note.
    Note {
        note: NoteId,
        /// The pointer at the start.
        from_in_world: Pos2,
        /// The upper left corner at the start.
        origin: Pos2,
        /// The current upper left corner.
        moved: Option<Pos2>,
    },
    /// Moves the pill of a tie, and its lane with it.
    Bend {
        tie: TieId,
        /// The pointer at the start.
        from_in_world: Pos2,
        /// The center of the pill at the start.
        origin: Pos2,
        /// The centers of the tie's two actors.
        ends: [Pos2; 2],
        /// Whether the tie connects an actor to itself.
        is_loop: bool,
        /// The current bend of the lane.
        bend: Option<BendPoint>,
    },
}

impl Drag {
    /// Updates the drag to the current pointer position.
    pub(super) fn follow(&mut self, pointer_in_world: Pos2) {
        match self {
            Self::Pan | Self::Box { .. } => {}
            Self::Move { from_in_world, origins, moved, .. } => {
                let delta = pointer_in_world - *from_in_world;
                *moved = origins.iter().map(|&(placed, center)| (placed, center + delta)).collect();
            }
            Self::Note { from_in_world, origin, moved, .. } => {
                *moved = Some(*origin + (pointer_in_world - *from_in_world));
            }
            Self::Bend { from_in_world, origin, ends, is_loop, bend, .. } => {
                let center = *origin + (pointer_in_world - *from_in_world);
                *bend = Some(bend_at(*ends, *is_loop, center));
            }
        }
    }

    /// Returns the command to run on release, or `None` if nothing changed.
    pub(super) fn command(self) -> Option<Command> {
        match self {
            Self::Pan | Self::Box { .. } => None,
            Self::Move { origins, moved, .. } => {
                (!moved.is_empty() && origins != moved).then_some(Command::Move(moved))
            }
            Self::Note { note, origin, moved, .. } => {
                moved.filter(|moved| *moved != origin).map(|moved| Command::MoveNote(note, moved))
            }
            Self::Bend { tie, bend, .. } => bend.map(|bend| Command::Bend(tie, Some(bend))),
        }
    }

    /// Returns the record being dragged.
    pub(super) fn grabbed(&self) -> Option<Item> {
        match self {
            Self::Pan | Self::Box { .. } | Self::Note { .. } => None,
            Self::Move { grabbed, .. } => Some(*grabbed),
            Self::Bend { tie, .. } => Some(Item::Tie(*tie)),
        }
    }

    /// Returns the moved items with their current centers.
    pub(crate) fn moved(&self) -> &[(Placed, Pos2)] {
        if let Self::Move { moved, .. } = self { moved } else { &[] }
    }

    /// Returns the moved note with its current upper left corner.
    pub(crate) fn noted(&self) -> Option<(NoteId, Pos2)> {
        if let Self::Note { note, moved, .. } = self { moved.map(|moved| (*note, moved)) } else { None }
    }

    /// Returns the bent tie with its current bend.
    pub(crate) fn bent(&self) -> Option<(TieId, BendPoint)> {
        if let Self::Bend { tie, bend, .. } = self { bend.map(|bend| (*tie, bend)) } else { None }
    }
}

/// The handles shown in the last frame.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Handles {
    /// The actor whose handles they are.
    pub(super) owner: Option<ActorId>,
    /// The tie that is being drawn from one.
    pub(super) drawn: Option<DrawnTie>,
    /// The end of a tie that is being dragged to another card.
    pub(super) moved_end: Option<MovedEnd>,
}

/// A tie being drawn with the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct DrawnTie {
    pub(super) from: ActorId,
    /// Where the handle was, in screen coordinates.
    pub(super) origin: Pos2,
}

/// An end of a tie being dragged with the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct MovedEnd {
    pub(super) tie: TieId,
    pub(super) end: TieEnd,
}

/// Returns a point relative to the line between two centers, as `layout::Bend` defines it.
fn bend_at([from, to]: [Pos2; 2], is_loop: bool, point: Pos2) -> BendPoint {
    let offset = point - from;
    let way = to - from;
    let length = way.length();
    if is_loop || length < 1e-3 {
        let turns = libm::atan2f(offset.x, -offset.y) / std::f32::consts::TAU;
        return BendPoint { along: turns.rem_euclid(1.0), across: offset.length() };
    }
    // With y pointing down, turning (x, y) right gives (-y, x).
    let right = Vec2::new(-way.y, way.x) / length;
    BendPoint { along: offset.dot(way) / (length * length), across: offset.dot(right) }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn bends_are_told_relative_to_the_way() {
        let ends = [pos2(10.0, 0.0), pos2(110.0, 0.0)];
        let bend = bend_at(ends, false, pos2(60.0, 25.0));
        assert!((bend.along - 0.5).abs() < 1e-6 && (bend.across - 25.0).abs() < 1e-4, "{bend:?}");
        let above_on_the_way_back = bend_at([ends[1], ends[0]], false, pos2(35.0, -10.0));
        assert!((above_on_the_way_back.along - 0.75).abs() < 1e-6, "{above_on_the_way_back:?}");
        assert!((above_on_the_way_back.across - 10.0).abs() < 1e-4, "{above_on_the_way_back:?}");
    }

    #[test]
    fn bends_of_loops_are_told_in_turns_from_north() {
        let ends = [pos2(5.0, 5.0); 2];
        for (point, turns) in [((5.0, -15.0), 0.0), ((25.0, 5.0), 0.25), ((5.0, 25.0), 0.5), ((-15.0, 5.0), 0.75)] {
            let bend = bend_at(ends, true, point.into());
            assert!((bend.along - turns).abs() < 1e-6 && (bend.across - 20.0).abs() < 1e-4, "{bend:?}");
        }
    }

    #[test]
    fn a_drag_back_to_where_it_began_changes_nothing() {
        let placed = Placed::Actor(ActorId(0));
        let mut drag = Drag::Move {
            grabbed: Item::Actor(ActorId(0)),
            from_in_world: pos2(1.0, 1.0),
            origins: vec![(placed, pos2(0.0, 0.0))],
            moved: Vec::new(),
        };
        drag.follow(pos2(4.0, 5.0));
        assert_eq!(drag.moved(), [(placed, pos2(3.0, 4.0))]);
        drag.follow(pos2(1.0, 1.0));
        assert_eq!(drag.command(), None);
    }
}
