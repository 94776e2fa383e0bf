//! Draws the dots and ties of a large map on the graphics adapter, as instances that are uploaded once; a frame sends
//! the camera alone.
//!
//! Only vertex buffers with instance steps and one uniform are used, so that it runs on every backend of wgpu.

mod frame;
mod pipelines;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use eframe::egui_wgpu::RenderState;
use wgpu::DeviceType;

pub(crate) use frame::{FarCamera, FarFrame};
use pipelines::FarPipelines;

/// Bytes of a tie: both ends, two colors, the place in sampling order.
pub(crate) const TIE_BYTES: usize = 28;
/// Bytes of a dot: center, size, two colors.
pub(crate) const DOT_BYTES: usize = 20;

/// The graphics adapter, prepared for large maps.
#[derive(Clone, Debug)]
pub(crate) struct FarGpu {
    uploads: Arc<AtomicUsize>,
    is_software: bool,
    max_buffer_bytes: u64,
}

impl FarGpu {
    /// Prepares the adapter that a window is drawn with.
    pub(crate) fn install(state: &RenderState) -> Self {
        let uploads = Arc::<AtomicUsize>::default();
        let pipelines = FarPipelines::new(&state.device, state.target_format, Arc::clone(&uploads));
        state.renderer.write().callback_resources.insert(pipelines);
        let is_software = state.adapter.get_info().device_type == DeviceType::Cpu;
        Self { uploads, is_software, max_buffer_bytes: state.device.limits().max_buffer_size }
    }

    /// Returns whether a map of so many dots and ties fits into the adapter's buffers.
    pub(crate) fn can_hold(&self, dots: usize, ties: usize) -> bool {
        (dots * DOT_BYTES).max(ties * TIE_BYTES) as u64 <= self.max_buffer_bytes
    }

    /// Returns whether the adapter is a software renderer.
    pub(crate) fn is_software(&self) -> bool {
        self.is_software
    }

    /// Returns how often instances were uploaded so far.
    pub(crate) fn uploads(&self) -> usize {
        self.uploads.load(Ordering::Relaxed)
    }
}

/// The dots and ties of a map, in the order in which they are drawn.
#[derive(Debug, Default)]
pub(crate) struct FarInstances {
    /// [`TIE_BYTES`] each.
    pub(crate) ties: Vec<u8>,
    /// [`DOT_BYTES`] each.
    pub(crate) dots: Vec<u8>,
}
