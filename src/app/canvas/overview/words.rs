//! Titles and names in the window. They are placed anew when the view has moved, but only now and then while it moves;
//! until then they move with what they name.

use egui::{Pos2, Shape};

use super::backdrop::shapes_of;
use super::stage::{OverviewLook, OverviewWord, OverviewWork, Stage};
use super::word_mesh::{GlyphAtlas, WordMesh};
use crate::app::canvas::camera::Transform;
use crate::scene::{LabelMaterials, LabelingCounts, Overview, OverviewView, OverviewWords, WordMaterials};

/// How long placed words are reused for other views while the view moves, in seconds.
const SERVES_SECS: f64 = 0.1;
/// How far a view is panned before words are placed anew, in points: small pans leave them where they are.
const PAN: f32 = 64.0;

/// The words of the map.
#[derive(Default)]
pub(super) struct WordLayer {
    placed: Option<WordsInView>,
}

/// Words placed for a view.
struct WordsInView {
    view: OverviewView,
    look: OverviewLook,
    at_secs: f64,
    /// The words where they were placed.
    words: OverviewWords,
    /// The words where they are now, in the view of the last frame.
    now: OverviewWords,
    now_view: OverviewView,
    leaders: Vec<Shape>,
    /// Each name, then each title.
    meshes: Vec<WordMesh>,
    /// Where the meshes found their glyphs.
    atlas: GlyphAtlas,
    counts: LabelingCounts,
}

impl WordLayer {
    /// Forgets all words.
    pub(super) fn forget(&mut self) {
        self.placed = None;
    }

    /// Returns how many actors have a name.
    pub(super) fn counts(&self) -> Option<LabelingCounts> {
        self.placed.as_ref().map(|placed| placed.counts)
    }

    /// Returns whether glyphs have moved in the font atlas since the words were made.
    pub(super) fn has_moved_glyphs(&self, ctx: &egui::Context) -> bool {
        self.placed.as_ref().is_some_and(|placed| !GlyphAtlas::of(ctx).holds(placed.atlas))
    }

    /// Returns the words of the last frame, with its scale.
    pub(super) fn placed(&self) -> Option<(&OverviewWords, f32)> {
        self.placed.as_ref().map(|placed| (&placed.now, placed.now_view.scale))
    }

    /// Returns the word at a screen position.
    pub(super) fn at(&self, pos: Pos2, transform: Transform) -> Option<OverviewWord> {
        let placed = self.placed.as_ref()?;
        let pos = pos - (transform.pan - placed.now_view.offset);
        let title = placed.now.titles.iter().find(|title| title.rect.contains(pos));
        let name = || placed.now.names.iter().find(|name| name.rect.contains(pos));
        let title = title.map(|title| OverviewWord::Title(title.area));
        title.or_else(|| name().map(|name| OverviewWord::Name(name.node)))
    }

    /// Draws all words, after placing them anew if that is due.
    pub(super) fn draw(&mut self, overview: &Overview, stage: &Stage<'_>, work: &mut OverviewWork) {
        let mut placed = match self.placed.take() {
            Some(old) if old.serves(stage) => {
                work.is_unfinished |= old.is_stale(&stage.view());
                old
            }
            old => {
                let new = WordsInView::new(overview, stage, old.as_ref());
                work.walked += new.words.walked;
                work.has_new_words = true;
                work.is_unfinished = true;
                new
            }
        };
        if placed.look != stage.look() || !GlyphAtlas::of(stage.painter.ctx()).holds(placed.atlas) {
            placed.shape(overview, stage);
            // Panels that are drawn later may move the glyphs.
            work.is_unfinished = true;
        }
        placed.move_to(overview, stage);
        stage.painter.extend(placed.leaders.iter().cloned());
        stage.painter.extend(placed.meshes.iter().flat_map(WordMesh::shapes));
        self.placed = Some(placed);
    }
}

impl WordsInView {
    fn new(overview: &Overview, stage: &Stage<'_>, before: Option<&Self>) -> Self {
        let LabelMaterials { map, theme, .. } = stage.scope.of;
        let view = stage.view();
        let materials = WordMaterials { map, fonts: stage.scope.fonts, theme };
        let kept: Vec<u32> = before.iter().flat_map(|before| before.words.names.iter().map(|name| name.node)).collect();
        let words = overview.words(&view, materials, &kept);
        let named = words.named(overview).len();
        let counts = LabelingCounts {
            named,
            nameless: overview.dots().actor_count() - named,
            titles: words.titles.len(),
            ..LabelingCounts::default()
        };
        let (look, at_secs, now) = (stage.look(), stage.now_secs, words.clone());
        let (leaders, meshes, atlas) = (Vec::new(), Vec::new(), GlyphAtlas::of(stage.painter.ctx()));
        let mut new = Self { view, look, at_secs, words, now, now_view: view, leaders, meshes, atlas, counts };
        new.shape(overview, stage);
        new
    }

    /// Makes the shapes of all words in the present look.
    fn shape(&mut self, overview: &Overview, stage: &Stage<'_>) {
        self.look = stage.look();
        (self.now, self.now_view) = (self.words.clone(), self.view);
        self.leaders = self.shaped_leaders(overview, stage);
        let items = self.now.text_items(overview, stage.scope.of.theme);
        self.meshes = items.iter().map(|item| WordMesh::new(item, stage)).collect();
        self.atlas = GlyphAtlas::of(stage.painter.ctx());
    }

    fn shaped_leaders(&self, overview: &Overview, stage: &Stage<'_>) -> Vec<Shape> {
        shapes_of(&self.now.leader_items(overview, stage.scope.of.theme), stage, stage.strengths().words)
    }

    /// Returns whether they were placed for a view that differs from this one by more than a small pan.
    #[expect(clippy::float_cmp, reason = "placed for this very zoom")]
    fn is_stale(&self, view: &OverviewView) -> bool {
        let (was, is) = (self.view.visible, view.visible);
        self.view.scale != view.scale || was != is || (view.offset - self.view.offset).length() > PAN
    }

    /// Returns whether they can be reused, restyled or moved.
    #[expect(clippy::float_cmp, reason = "sizes at this very resolution")]
    fn serves(&self, stage: &Stage<'_>) -> bool {
        let look = stage.look();
        let is_recent = stage.now_secs - self.at_secs < SERVES_SECS;
        self.look.level == look.level
            && self.look.pixels_per_point == look.pixels_per_point
            && (is_recent || !self.is_stale(&stage.view()))
    }

    /// Moves all words with what they name.
    #[expect(clippy::float_cmp, reason = "the same zoom moves all words alike")]
    fn move_to(&mut self, overview: &Overview, stage: &Stage<'_>) {
        let (view, placed) = (stage.view(), self.view);
        if (self.now_view.scale, self.now_view.offset) == (view.scale, view.offset) {
            return;
        }
        self.now_view = view;
        let is_panned = placed.scale == view.scale;
        let pixels_per_point = stage.painter.ctx().pixels_per_point();
        // Letters stay on whole pixels.
        let way = |world: Pos2| {
            let way = if is_panned { view.offset - placed.offset } else { view.pos(world) - placed.pos(world) };
            (way * pixels_per_point).round() / pixels_per_point
        };
        let mut meshes = self.meshes.iter_mut();
        for (name, origin) in self.now.names.iter_mut().zip(&self.words.names) {
            let by = way(overview.dots().centers[name.node as usize]);
            name.rect = origin.rect.translate(by);
            meshes.next().into_iter().for_each(|mesh| mesh.move_to(by));
        }
        for (title, origin) in self.now.titles.iter_mut().zip(&self.words.titles) {
            let by = way(placed.world(origin.rect.center()));
            let hub = way(overview.dots().centers[overview.areas()[title.area as usize].hub as usize]);
            title.rect = origin.rect.translate(by);
            (title.name.1, title.count.1) = (origin.name.1 + by, origin.count.1 + by);
            title.leader = origin.leader.map(|[start, end]| [start + by, end + hub]);
            meshes.next().into_iter().for_each(|mesh| mesh.move_to(by));
        }
        self.leaders = self.shaped_leaders(overview, stage);
    }
}
