//! Runs edit scripts in a process that is killed at any moment: the recovered map must match the state after one of
//! the edits, and none older than the last one reported as on disk.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::Arc;
use std::time::Duration;

use emath::pos2;
use tieline::document::{Command, Filter, Look};
use tieline::model::{ActorId, BendPoint, Item, LabelChoice, LabelMode, NoteId, Placed, TieId};
use tieline::recovery::{JournalThread, scan};

use super::{Desk, LONG, MAP, Open, changes_of, only};

/// Map of the child process; unset when a person starts the test binary.
const MAP_OF_CHILD: &str = "TIELINE_TEST_JOURNAL_OF";

/// Number of times the process is killed, unless `TIELINE_TEST_KILLS` is set.
const KILLS: u32 = 40;

/// Number of edits after which the child waits for the disk and reports it.
const SAID_EVERY: u32 = 16;

/// Applies the `step`th edit: the same in every process, with all kinds of edits in turn.
fn edit(open: &mut Open, step: u32) {
    let look = &open.document.look;
    let last_note = look.notes.get_max().map(|(id, _)| *id);
    let pos = pos2(step as f32, (step % 7) as f32 * 0.37);
    let command = match (step % 12, last_note) {
        (0 | 1, _) => Command::Move(vec![(Placed::Actor(ActorId(step % 3)), pos)]),
        (2, _) => Command::Pin(vec![ActorId(step % 3)]),
        (3, _) => Command::Hide(vec![Item::Actor(ActorId(step / 12 % 3)), Item::Tie(TieId(0))]),
        (4, _) => Command::Show(vec![Item::Actor(ActorId(step / 24 % 3)), Item::Tie(TieId(step / 24 % 2))]),
        (5, _) => open.document.new_note(&format!("note of step {step}"), pos).1,
        (6, Some(note)) => Command::EditNote(note, "words ".repeat(step as usize % 400)),
        (7, _) if step % 48 > 24 => Command::RemoveNote(NoteId(step % 5)),
        (8, _) => Command::Bend(TieId(0), step.is_multiple_of(24).then_some(BendPoint { along: 0.5, across: pos.x })),
        (9, _) => Command::SetLabels(vec![TieId(0)], step.is_multiple_of(36).then_some(LabelChoice::Hide)),
        (10, _) => Command::SetLabelMode(LabelMode::ALL[step as usize / 12 % LabelMode::ALL.len()]),
        (11, _) => Command::SetFilter(Filter { hides_unsourced: step % 24 > 12, ..Filter::default() }),
        _ => Command::Unpin(vec![ActorId(step % 2)]),
    };
    open.change(command);
    // Makes the view of each step distinct.
    open.change(Command::Move(vec![(Placed::Actor(ActorId(0)), pos2(-1.0, step as f32))]));
}

#[test]
#[ignore = "the process that `whenever_the_process_is_killed…` starts and kills"]
fn child_that_edits_for_ever() {
    let Some(map) = std::env::var_os(MAP_OF_CHILD).map(PathBuf::from) else { return };
    let recovery = map.parent().and_then(Path::parent).expect("folders").join("data").join("recovery");
    let mut open = Open::new(&map);
    let keeper = JournalThread::start(recovery, Duration::from_micros(300), Arc::new(|| {}));
    for step in 1.. {
        edit(&mut open, step);
        keeper.keep(open.unsaved(), false);
        if step.is_multiple_of(SAID_EVERY) {
            assert!(keeper.flusher().flush(LONG));
            // If the reader is gone, the kill is about to follow.
            let _ = writeln!(std::io::stdout(), "kept {step}");
        }
    }
}

/// Returns the step after which a map had this view.
fn step_of(look: &Look) -> u32 {
    look.positions[&Placed::Actor(ActorId(0))].y as u32
}

fn by_order(look: &Look) -> Look {
    let notes = (0..).map(NoteId).zip(look.notes.values().cloned()).collect();
    Look { notes, ..look.clone() }
}

mod slow {
    use super::*;

    #[test]
    fn whenever_the_process_is_killed_what_is_recovered_is_whole_and_recent() {
        let kills = std::env::var("TIELINE_TEST_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
        let mut steps = Vec::new();
        for kill in 0..kills {
            let desk = Desk::new();
            let mut child = Process::new(std::env::current_exe().expect("this program"))
                .args(["recovery::crashes::child_that_edits_for_ever", "--exact", "--ignored", "--nocapture"])
                .arg("--test-threads=1")
                .env(MAP_OF_CHILD, &desk.map)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("starts");
            let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
            let mut said = 0;
            let mut line = String::new();
            let kept = |line: &str| line.rsplit_once("kept ").and_then(|(_, step)| step.trim().parse::<u32>().ok());
            while said == 0 {
                line.clear();
                assert!(stdout.read_line(&mut line).expect("readable") > 0, "the child ended by itself");
                said = kept(&line).unwrap_or(0);
            }
            // Spreads the kills over the time of several writes.
            std::thread::sleep(Duration::from_micros(u64::from(kill * 7_919 % 29_973)));
            child.kill().expect("killed");
            child.wait().expect("ended");
            said = stdout.lines().map_while(Result::ok).filter_map(|line| kept(&line)).last().unwrap_or(said);

            let offer = only(scan(&desk.recovery(), None));
            let (journal, ..) = changes_of(&offer);
            assert_eq!(journal.unreadable, 0, "kill {kill}");
            let mut open = Open::new(&desk.map);
            let recovered = journal.apply(&open.document.map, &open.on_disk, &open.on_disk);
            assert_eq!(recovered.left_out, [], "kill {kill}");
            let step = step_of(&recovered.look);
            assert!(step >= said, "kill {kill}: step {step} is recovered, and {said} was on the disk");
            (1..=step).for_each(|step| edit(&mut open, step));
            assert_eq!(by_order(&recovered.look), by_order(&open.document.look), "kill {kill}, step {step}");
            assert_eq!(std::fs::read_to_string(&desk.map).expect("read"), MAP, "the document is left alone");
            steps.push(step);
        }
        steps.sort_unstable();
        steps.dedup();
        assert!(steps.len() > 1, "the kills fall at different moments: {steps:?}");
    }
}
