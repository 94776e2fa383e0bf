//! Moving pictures, read back by independent decoders.

use std::sync::Mutex;

use emath::{Rect, pos2, vec2};

use super::color_table::Histogram;
use super::*;
use crate::layout::NoProgress;
use crate::scene::{Paint, Part, SceneItem, Shape};

/// Returns a page with a square at some place.
fn page(left: f32) -> Scene {
    let paint = Paint { color: Rgb([200, 40, 40]), opacity: 1.0 };
    let rect = Rect::from_min_size(pos2(left, 20.0), vec2(40.0, 40.0));
    let shapes = vec![Shape::Rect { rect, radius: 0.0, fill: Some(paint), stroke: None }];
    let items = vec![std::sync::Arc::new(SceneItem { part: Part::Title, min_scale: 0.0, shapes })];
    Scene { items, bounds: Rect::from_min_size(pos2(0.0, 0.0), vec2(320.0, 180.0)), background: Rgb([255; 3]) }
}

fn written_at(
    size: AnimationSize,
    format: AnimationFormat,
    pages: &[AnimationPage<'_>],
    progress: &dyn Progress,
) -> Result<Vec<u8>, ExportError> {
    write_animation((format, size), pages, &Fonts::new(), Rgb([255; 3]), progress)
}

/// Keeps the reports, and cancels after so many.
struct Watched {
    reports: Mutex<Vec<f32>>,
    most: usize,
}

impl Progress for Watched {
    fn report(&self, done: f32) {
        self.reports.lock().expect("not poisoned").push(done);
    }

    fn is_canceled(&self) -> bool {
        self.reports.lock().expect("not poisoned").len() >= self.most
    }
}

fn watched(most: usize) -> Watched {
    Watched { reports: Mutex::default(), most }
}

#[test]
fn a_size_is_kept_and_progress_told_until_it_is_canceled() {
    let scenes = [page(20.0), page(200.0)];
    let pages: Vec<AnimationPage<'_>> = scenes.iter().map(|scene| AnimationPage { scene, centiseconds: 300 }).collect();
    for (format, draws) in [(AnimationFormat::Gif, 4), (AnimationFormat::Apng, 2)] {
        let progress = watched(usize::MAX);
        let bytes = written_at(AnimationSize::Longest(640), format, &pages, &progress).expect("written");
        let (width, height) = match format {
            AnimationFormat::Gif => {
                let decoder = ::gif::DecodeOptions::new().read_info(&*bytes).expect("a GIF");
                (u32::from(decoder.width()), u32::from(decoder.height()))
            }
            AnimationFormat::Apng => {
                let reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
                (reader.info().width, reader.info().height)
            }
        };
        assert_eq!((width, height), (640, 360));
        let reports = progress.reports.into_inner().expect("not poisoned");
        assert_eq!(reports.len(), draws);
        assert!(reports.is_sorted() && reports.last() == Some(&1.0), "{reports:?}");
        let progress = watched(1);
        let canceled = written_at(AnimationSize::Longest(640), format, &pages, &progress);
        assert!(matches!(canceled, Err(ExportError::Canceled)), "{canceled:?}");
        assert_eq!(progress.reports.into_inner().expect("not poisoned").len(), 1, "nothing is drawn after that");
    }
}

fn written(format: AnimationFormat) -> Vec<u8> {
    let scenes = [page(20.0), page(200.0), page(200.0)];
    let pages: Vec<AnimationPage<'_>> =
        scenes.iter().zip([300, 450, 200]).map(|(scene, centiseconds)| AnimationPage { scene, centiseconds }).collect();
    let write = || written_at(AnimationSize::Fitting, format, &pages, &NoProgress).expect("written");
    let bytes = write();
    assert_eq!(bytes, write(), "the same bytes");
    bytes
}

#[test]
fn a_gif_has_each_page_for_its_time_and_only_what_differs() {
    let bytes = written(AnimationFormat::Gif);
    let mut decoder = ::gif::DecodeOptions::new().read_info(&*bytes).expect("a GIF");
    assert_eq!((decoder.width(), decoder.height()), (1280, 720));
    let palette = decoder.global_palette().expect("colors").to_vec();
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("a frame") {
        frames.push(frame.clone());
    }
    assert_eq!(frames.iter().map(|frame| frame.delay).collect::<Vec<_>>(), [300, 450, 200]);
    let color = |frame: usize, at: usize| palette[3 * usize::from(frames[frame].buffer[at])..][..3].to_vec();
    assert_eq!(color(0, 0), [255; 3]);
    assert_eq!(color(0, 1280 * 160 + 160), [200, 40, 40]);
    assert_eq!((frames[1].left, frames[1].top, frames[1].width, frames[1].height), (80, 80, 880, 160));
    assert_eq!((color(1, 0), color(1, 879)), (vec![255; 3], vec![200, 40, 40]));
    assert_eq!((frames[2].width, frames[2].height), (1, 1), "the same page again");
}

#[test]
fn an_apng_has_each_page_for_its_time() {
    let bytes = written(AnimationFormat::Apng);
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let animation = reader.info().animation_control().copied().expect("an animation");
    assert_eq!((animation.num_frames, animation.num_plays), (3, 0));
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    for (delay, left) in [(300, 20), (450, 200), (200, 200)] {
        reader.next_frame(&mut pixels).expect("a frame");
        let control = reader.info().frame_control().expect("a time");
        assert_eq!((control.delay_num, control.delay_den), (delay, 100));
        let at = 3 * (1280 * 160 + 4 * (left + 20));
        assert_eq!(pixels[at..at + 3], [200, 40, 40]);
    }
}

#[test]
fn frequent_colors_stay_exact_and_rare_ones_come_near() {
    let mut pixels = Vec::new();
    for index in 0..20_000_u32 {
        let shade = (index % 4_096) as u8;
        pixels.extend([shade, (index / 7 % 256) as u8, (index / 3 % 256) as u8, 255]);
    }
    let flat = [[250, 249, 248, 255], [12, 34, 56, 255]];
    for color in flat {
        pixels.extend(color.repeat(50_000));
    }
    let mut histogram = Histogram::default();
    histogram.add(&pixels);
    let table = histogram.color_table();
    assert!(table.colors.len() <= 256 && table.colors.len() > 200, "{}", table.colors.len());
    assert!(flat.iter().all(|[red, green, blue, _]| table.colors.contains(&[*red, *green, *blue])));
    let indices = table.indices(&pixels);
    assert_eq!(indices.len(), pixels.len() / 4);
    let (pixels, _) = pixels.as_chunks::<4>();
    let error = |(&[red, green, blue, _], &index): (&[u8; 4], &u8)| {
        let [r, g, b] = table.colors[usize::from(index)];
        [red.abs_diff(r), green.abs_diff(g), blue.abs_diff(b)].into_iter().max().unwrap_or(0)
    };
    let worst = pixels.iter().zip(&indices).map(error).max();
    assert!(worst.is_some_and(|worst| worst < 80), "{worst:?}");
}
