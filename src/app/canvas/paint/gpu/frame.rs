//! What is drawn in a frame: the camera, and ranges of instances.

use std::ops::Range;
use std::sync::{Arc, Mutex};

use eframe::egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor};
use egui::{Color32, PaintCallbackInfo, Rect, Vec2};
use wgpu::{CommandBuffer, CommandEncoder, Device, Queue, RenderPass};

use super::FarInstances;
use super::pipelines::FarPipelines;
use crate::scene::{BENT_TIES_FROM, BOW, DotScale, TIE_FADES, TieStyle};

/// How instances are drawn. Lengths are in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FarCamera {
    /// Points per unit of the instances.
    pub(crate) scale: f32,
    /// Position of their origin.
    pub(crate) offset: Vec2,
    /// The visible rectangle.
    pub(crate) view: Rect,
    /// 0: colors of areas, 1: colors of kinds.
    pub(crate) middle: f32,
    pub(crate) ties: TieStyle,
    /// Of the ties in view, those before this place in sampling order are drawn.
    pub(crate) tie_limit: u32,
    pub(crate) dots: DotScale,
    /// How strongly ties and dots are drawn beside a selection.
    pub(crate) tie_strength: f32,
    pub(crate) dot_strength: f32,
    pub(crate) background: Color32,
    pub(crate) text: Color32,
}

impl FarCamera {
    /// Returns the uniform, for a window of this size.
    fn bytes(&self, screen: [f32; 2], pixel: f32, is_linear: bool) -> Vec<u8> {
        let Self { view, ties, dots, .. } = self;
        let rims = DotScale::rims();
        let color = |color: Color32| color.to_normalized_gamma_f32();
        let bits = |numbers: [f32; 4]| numbers.map(f32::to_bits);
        let rows = [
            bits([screen[0], screen[1], self.offset.x, self.offset.y]),
            bits([view.min.x, view.min.y, view.max.x, view.max.y]),
            bits([self.scale, pixel, self.middle, f32::from(u8::from(is_linear))]),
            bits([ties.width, ties.within, ties.between, 1.0 - 0.5 * self.middle]),
            [BENT_TIES_FROM.to_bits(), BOW.to_bits(), self.tie_limit, self.tie_strength.to_bits()],
            bits([dots.least, dots.most, dots.opacity, self.dot_strength]),
            bits([DotScale::ring(), 0.0, 0.0, 0.0]),
            bits(rims.map(|(from, _)| from)),
            bits(rims.map(|(_, width)| width)),
            bits(TIE_FADES),
            bits(color(self.background)),
            bits(color(self.text)),
        ];
        rows.iter().flatten().flat_map(|number| number.to_ne_bytes()).collect()
    }
}

/// A frame of the far layer; a paint callback of egui.
#[derive(Debug)]
pub(crate) struct FarFrame {
    /// Tells the instances of one map and theme from others.
    pub(crate) version: u64,
    /// The instances to upload if they are not on the adapter yet; dropped afterwards.
    pub(crate) instances: Arc<Mutex<Option<FarInstances>>>,
    pub(crate) camera: FarCamera,
    /// Ranges of ties between areas, of ties within, and of dots.
    pub(crate) bent: Vec<Range<u32>>,
    pub(crate) straight: Vec<Range<u32>>,
    pub(crate) dots: Vec<Range<u32>>,
}

impl FarFrame {
    /// Returns the number of instances drawn.
    pub(crate) fn count(&self) -> usize {
        self.bent.iter().chain(&self.straight).chain(&self.dots).map(ExactSizeIterator::len).sum()
    }
}

impl CallbackTrait for FarFrame {
    fn prepare(
        &self,
        device: &Device,
        queue: &Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<CommandBuffer> {
        let Some(pipelines) = resources.get_mut::<FarPipelines>() else { return Vec::new() };
        let instances = self.instances.lock().ok().and_then(|mut instances| instances.take());
        if let Some(instances) = instances {
            pipelines.upload(device, self.version, &instances);
        }
        let points = screen.size_in_pixels.map(|pixels| pixels as f32 / screen.pixels_per_point);
        let bytes = self.camera.bytes(points, 1.0 / screen.pixels_per_point, pipelines.is_linear());
        queue.write_buffer(pipelines.camera(), 0, &bytes);
        Vec::new()
    }

    fn paint(&self, info: PaintCallbackInfo, pass: &mut RenderPass<'static>, resources: &CallbackResources) {
        let Some(pipelines) = resources.get::<FarPipelines>() else { return };
        // Positions count from the corner of the window; egui clips by the scissor.
        let [width, height] = info.screen_size_px.map(|pixels| pixels as f32);
        pass.set_viewport(0.0, 0.0, width, height, 0.0, 1.0);
        pipelines.draw(pass, self.version, [&self.bent, &self.straight, &self.dots]);
    }
}
