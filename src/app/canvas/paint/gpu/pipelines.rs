//! The shaders and buffers that dots and ties are drawn with.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use wgpu::util::{BufferInitDescriptor, DeviceExt as _};
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingType,
    BlendComponent, BlendFactor, BlendOperation, BlendState, Buffer, BufferBindingType, BufferDescriptor, BufferUsages,
    ColorTargetState, ColorWrites, Device, FragmentState, MultisampleState, PipelineCompilationOptions, PipelineLayout,
    PipelineLayoutDescriptor, PrimitiveState, PrimitiveTopology, RenderPass, RenderPipeline, RenderPipelineDescriptor,
    ShaderModule, ShaderModuleDescriptor, ShaderSource, ShaderStages, TextureFormat, VertexAttribute,
    VertexBufferLayout, VertexState, VertexStepMode, vertex_attr_array,
};

use super::{DOT_BYTES, FarInstances, TIE_BYTES};

const TIE: [VertexAttribute; 5] =
    vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Unorm8x4, 3 => Unorm8x4, 4 => Uint32];
const DOT: [VertexAttribute; 4] = vertex_attr_array![0 => Float32x2, 1 => Float32, 2 => Unorm8x4, 3 => Unorm8x4];
/// Numbers in the uniform of the camera, as the shader declares them.
const CAMERA_NUMBERS: usize = 48;
/// Corners of a strip along a straight and along a bent tie, see the shader.
const STRAIGHT: u32 = 4;
const BENT: u32 = 18;

/// Instances on the adapter.
struct Uploaded {
    version: u64,
    ties: Buffer,
    dots: Buffer,
}

/// Pipelines, the camera, and the instances of the map that is shown.
pub(super) struct FarPipelines {
    bent: RenderPipeline,
    straight: RenderPipeline,
    dots: RenderPipeline,
    camera: Buffer,
    bind_group: BindGroup,
    is_linear: bool,
    uploaded: Option<Uploaded>,
    uploads: Arc<AtomicUsize>,
}

/// What all pipelines share.
struct Common<'a> {
    device: &'a Device,
    layout: PipelineLayout,
    module: ShaderModule,
    format: TextureFormat,
}

impl Common<'_> {
    fn pipeline(&self, vertex: &str, fragment: &str, bytes: usize, attributes: &[VertexAttribute]) -> RenderPipeline {
        let over = |source: BlendFactor, target: BlendFactor| BlendComponent {
            src_factor: source,
            dst_factor: target,
            operation: BlendOperation::Add,
        };
        let blend = BlendState {
            color: over(BlendFactor::One, BlendFactor::OneMinusSrcAlpha),
            alpha: over(BlendFactor::OneMinusDstAlpha, BlendFactor::One),
        };
        let buffer = VertexBufferLayout { array_stride: bytes as u64, step_mode: VertexStepMode::Instance, attributes };
        self.device.create_render_pipeline(&RenderPipelineDescriptor {
            label: Some(vertex),
            layout: Some(&self.layout),
            vertex: VertexState {
                module: &self.module,
                entry_point: Some(vertex),
                compilation_options: PipelineCompilationOptions::default(),
                buffers: &[Some(buffer)],
            },
            primitive: PrimitiveState { topology: PrimitiveTopology::TriangleStrip, ..PrimitiveState::default() },
            depth_stencil: None,
            multisample: MultisampleState::default(),
            fragment: Some(FragmentState {
                module: &self.module,
                entry_point: Some(fragment),
                compilation_options: PipelineCompilationOptions::default(),
                targets: &[Some(ColorTargetState {
                    format: self.format,
                    blend: Some(blend),
                    write_mask: ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}

impl FarPipelines {
    pub(super) fn new(device: &Device, format: TextureFormat, uploads: Arc<AtomicUsize>) -> Self {
        let entry = BindGroupLayoutEntry {
            binding: 0,
            visibility: ShaderStages::VERTEX_FRAGMENT,
            ty: BindingType::Buffer {
                ty: BufferBindingType::Uniform,
                has_dynamic_offset: false,
                min_binding_size: None,
            },
            count: None,
        };
        let layout = BindGroupLayoutDescriptor { label: Some("camera"), entries: &[entry] };
        let layout = device.create_bind_group_layout(&layout);
        let camera = device.create_buffer(&BufferDescriptor {
            label: Some("camera"),
            size: 4 * CAMERA_NUMBERS as u64,
            usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let entries = [BindGroupEntry { binding: 0, resource: camera.as_entire_binding() }];
        let bind_group = BindGroupDescriptor { label: Some("camera"), layout: &layout, entries: &entries };
        let bind_group = device.create_bind_group(&bind_group);
        let source = ShaderSource::Wgsl(include_str!("far.wgsl").into());
        let common = Common {
            device,
            layout: device.create_pipeline_layout(&PipelineLayoutDescriptor {
                label: Some("far layer"),
                bind_group_layouts: &[Some(&layout)],
                immediate_size: 0,
            }),
            module: device.create_shader_module(ShaderModuleDescriptor { label: Some("far layer"), source }),
            format,
        };
        Self {
            bent: common.pipeline("bent", "ink", TIE_BYTES, &TIE),
            straight: common.pipeline("straight", "ink", TIE_BYTES, &TIE),
            dots: common.pipeline("dot_corner", "mark", DOT_BYTES, &DOT),
            camera,
            bind_group,
            is_linear: format.is_srgb(),
            uploaded: None,
            uploads,
        }
    }

    /// Replaces the instances.
    pub(super) fn upload(&mut self, device: &Device, version: u64, instances: &FarInstances) {
        // Frees the old buffers first, so that the adapter never holds two maps.
        self.uploaded = None;
        let buffer = |label, contents: &[u8]| {
            device.create_buffer_init(&BufferInitDescriptor {
                label: Some(label),
                contents,
                usage: BufferUsages::VERTEX,
            })
        };
        let (ties, dots) = (buffer("ties", &instances.ties), buffer("dots", &instances.dots));
        self.uploaded = Some(Uploaded { version, ties, dots });
        self.uploads.fetch_add(1, Ordering::Relaxed);
    }

    /// Returns whether the target takes linear colors.
    pub(super) fn is_linear(&self) -> bool {
        self.is_linear
    }

    /// Returns the uniform of the camera.
    pub(super) fn camera(&self) -> &Buffer {
        &self.camera
    }

    /// Draws ranges of ties between areas, of ties within, and of dots; nothing if other instances are on the adapter.
    pub(super) fn draw(&self, pass: &mut RenderPass<'static>, version: u64, ranges: [&[Range<u32>]; 3]) {
        let Some(uploaded) = self.uploaded.as_ref().filter(|uploaded| uploaded.version == version) else { return };
        let [bent, straight, dots] = ranges;
        let layers = [
            (&self.bent, &uploaded.ties, BENT, bent),
            (&self.straight, &uploaded.ties, STRAIGHT, straight),
            (&self.dots, &uploaded.dots, 4, dots),
        ];
        pass.set_bind_group(0, &self.bind_group, &[]);
        for (pipeline, buffer, corners, ranges) in layers {
            if ranges.is_empty() {
                continue;
            }
            pass.set_pipeline(pipeline);
            pass.set_vertex_buffer(0, buffer.slice(..));
            for range in ranges {
                pass.draw(0..corners, range.clone());
            }
        }
    }
}
