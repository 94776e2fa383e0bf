//! Progress and cancellation of the preview, and answers that wait for it.

use std::sync::mpsc::channel;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::app::ask::question::ExportAnswer;
use crate::app::dialogs::export::{ExportChoices, ExportDialog};
use crate::app::ui::fonts::install_fonts;
use crate::document::Document;
use crate::load::{BUNDLED, load_bundled};
use crate::publish::PictureOptions;

fn order() -> PictureOrder {
    let map = load_bundled(BUNDLED[0]).expect("a bundled map").0.map;
    PictureOrder {
        document: Document::new(Arc::new(map), Arc::default()),
        options: PictureOptions::default(),
        format: crate::publish::Format::Png,
    }
}

/// The previews with what was clicked, drawn from the second frame on, when the fonts are there.
type State = (Preview, Vec<PreviewAnswer>, bool);

fn harness(preview: Preview) -> Harness<'static, State> {
    let draw = |ui: &mut Ui, (preview, answers, has_fonts): &mut State| {
        if std::mem::replace(has_fonts, true) {
            answers.extend(preview.ui(ui, Ground::Own));
        } else {
            theme::install(ui.ctx());
            install_fonts(ui.ctx(), &[]);
        }
    };
    let mut harness =
        Harness::builder().with_size(Vec2::new(700.0, 500.0)).build_ui_state(draw, (preview, Vec::new(), false));
    harness.step();
    harness.step();
    harness
}

#[test]
fn a_preview_that_takes_long_shows_progress_and_can_be_canceled() {
    let (release, wait) = channel::<()>();
    let job = start_job("Drawing the preview", Arc::new(|_| ()), move |job| {
        job.report(0.4);
        // Ends when the test does.
        let _ = wait.recv();
        anyhow::bail!("it was canceled")
    });
    let wanted = Wanted { picture: order().key(), longest_px: 400.0 };
    let started = Instant::now();
    let preview = Preview {
        wanted: Some((wanted.clone(), started)),
        making: Some(Making { wanted, job, started }),
        ..Preview::default()
    };
    let mut harness = harness(preview);
    harness.state_mut().0.making.as_mut().expect("it runs").started = started.checked_sub(SHOWN_AFTER).expect("a time");
    harness.step();
    assert!(harness.query_by_label("Drawing the preview").is_some());
    harness.get_by_label("Cancel the preview").click();
    harness.step();
    assert_eq!(harness.state().1, [PreviewAnswer::Canceled]);
    drop(release);
    while harness.state().0.making.is_some() {
        let ctx = harness.ctx.clone();
        harness.state_mut().0.refresh(&ctx, &order(), &Arc::new(Fonts::new()));
        std::thread::yield_now();
    }
    let preview = &harness.state().0;
    assert!(preview.canceled == Some(order().key()) && preview.made.is_none() && !preview.is_of(&order()));
    harness.step();
    harness.get_by_label("Draw the preview").click();
    harness.step();
    assert!(harness.state().0.canceled.is_none(), "it is drawn after all");
}

#[test]
fn saving_and_copying_wait_until_the_preview_shows_the_picture() {
    let (ctx, fonts, first) = (egui::Context::default(), Arc::new(Fonts::new()), order());
    let mut dialog = ExportDialog::new(&first.document, ExportChoices::default());
    dialog.preview.room_px = Vec2::new(400.0, 300.0);
    assert_eq!(dialog.accept(ExportAnswer::Save, &first), None, "nothing is shown yet");
    assert_eq!(dialog.take_waiting(&first), None);
    assert_eq!(dialog.accept(ExportAnswer::Cancel, &first), None, "Cancel ends the wait");
    assert_eq!(dialog.accept(ExportAnswer::Copy, &first), None);
    let show = |dialog: &mut ExportDialog, order: &PictureOrder| {
        while !dialog.preview.is_of(order) {
            dialog.refresh_preview(&ctx, order, &fonts);
            std::thread::yield_now();
        }
    };
    show(&mut dialog, &first);
    assert_eq!(dialog.take_waiting(&first), Some(ExportAnswer::Copy));
    assert_eq!(dialog.take_waiting(&first), None, "once");
    assert_eq!(dialog.accept(ExportAnswer::Save, &first), Some(ExportAnswer::Save), "it is shown");

    let mut second = first.clone();
    second.options.is_arranged_anew = true;
    assert_eq!(dialog.accept(ExportAnswer::Save, &second), None, "another picture is shown");
    assert_eq!(dialog.take_waiting(&second), None);
    show(&mut dialog, &second);
    assert_eq!(dialog.take_waiting(&second), Some(ExportAnswer::Save));
    assert_eq!(dialog.accept(ExportAnswer::Cancel, &second), Some(ExportAnswer::Cancel));
}
