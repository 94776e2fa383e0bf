//! Offers the journals left behind by a crash one by one; each is recovered, discarded or kept for later.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use crate::jobs::{JobHandle, start_job};
use crate::recovery::{Offer, OfferedFile, is_same_file, offer_text, offer_title, scan};

use crate::app::ask::question::Dialog;

/// Scans for journals and offers them to the user.
#[derive(Default)]
pub(crate) struct Recovering {
    pub(crate) folder: Option<PathBuf>,
    pub(crate) scan: Option<JobHandle<Vec<Offer>>>,
    pub(crate) found: VecDeque<Offer>,
    pub(crate) step: Step,
    /// The file opened at startup; the initial scan of all journals covers it.
    pub(crate) first_file: Option<PathBuf>,
}

/// The state of the current offer.
#[derive(Default)]
pub(crate) enum Step {
    /// There is no offer.
    #[default]
    Idle,
    /// The dialog is shown.
    Asking(Offer),
    /// Accepted; waits until its file is open and laid out.
    Opening(Offer),
}

/// The state of the window that recovery depends on.
#[expect(clippy::struct_excessive_bools, reason = "facts about the window that do not exclude each other")]
pub(crate) struct Surroundings {
    /// Whether an offer is shown.
    pub(crate) is_asking: bool,
    /// Whether something is in front of the map.
    pub(crate) is_busy: bool,
    /// Whether a file is being read, or has been read and waits until the open map is saved or discarded.
    pub(crate) is_opening: bool,
    pub(crate) is_laid_out: bool,
    /// The file of the open map; `None` for a new map that is not empty, which takes no changes of another.
    pub(crate) file: Option<OfferedFile>,
}

impl Surroundings {
    fn has_open(&self, file: &OfferedFile) -> bool {
        self.file.as_ref().is_some_and(|open| is_same_file(open, file))
    }
}

/// The next action for the window.
pub(crate) enum Event {
    Ask(Dialog),
    Recover(Offer),
}

impl Recovering {
    /// Starts a scan for all journals. `first_file` is the file opened at startup.
    pub(crate) fn start(ctx: &Context, folder: Option<PathBuf>, first_file: Option<PathBuf>) -> Self {
        let mut recovering = Self { folder, first_file, ..Self::default() };
        recovering.start_scan(ctx, None);
        recovering
    }

    /// Starts a scan for the journals of a file that has just been opened.
    pub(crate) fn look_for(&mut self, ctx: &Context, file: OfferedFile) {
        let is_first = |first: &mut PathBuf| is_same_file(&OfferedFile::At(first.clone()), &file);
        if self.first_file.take_if(is_first).is_some() {
            return;
        }
        // A running scan is assumed to cover all files.
        if self.scan.is_none() {
            self.start_scan(ctx, Some(file));
        }
    }

    pub(crate) fn start_scan(&mut self, ctx: &Context, only: Option<OfferedFile>) {
        let Some(folder) = self.folder.clone().filter(|folder| folder.is_dir()) else { return };
        let window = ctx.clone();
        let wake = Arc::new(move |_| window.request_repaint());
        self.scan = Some(start_job("Looking for unsaved changes", wake, move |_| scan(&folder, only.as_ref())));
    }

    /// Returns whether no scan or recovery is running.
    pub(crate) fn is_settled(&self) -> bool {
        self.scan.is_none() && !matches!(self.step, Step::Opening(_))
    }

    pub(crate) fn poll(&mut self, now: &Surroundings) -> Option<Event> {
        if let Some(scanned) = self.scan.as_ref().and_then(JobHandle::poll) {
            self.scan = None;
            let scanned = scanned.inspect_err(|fault| tracing::error!("{fault}"));
            self.found.extend(scanned.unwrap_or_default());
            // Offers for the open map come first.
            let is_open = |offer: &Offer| offer.file().is_some_and(|file| now.has_open(file));
            self.found.make_contiguous().sort_by_key(|offer| !is_open(offer));
        }
        self.step = match std::mem::take(&mut self.step) {
            // A dialog closed without an answer means "not now"; dropping the offer keeps its journal.
            Step::Asking(_) if !now.is_asking => Step::Idle,
            Step::Opening(offer) if offer.file().is_some_and(|file| now.has_open(file)) => {
                if now.is_laid_out && !now.is_opening {
                    return Some(Event::Recover(offer));
                }
                Step::Opening(offer)
            }
            // Opening the file failed, which was reported, or was canceled.
            Step::Opening(_) if !now.is_opening => Step::Idle,
            step => step,
        };
        if matches!(self.step, Step::Idle) && !now.is_busy && !now.is_opening {
            let offer = self.found.pop_front()?;
            let dialog = Dialog::Recover(crate::app::ask::question::RecoverQuestion {
                title: offer_title(&offer),
                text: offer_text(&offer),
                can_recover: offer.can_be_recovered(),
            });
            self.step = Step::Asking(offer);
            return Some(Event::Ask(dialog));
        }
        None
    }
}
