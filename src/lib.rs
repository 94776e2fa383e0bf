//! Tieline: evidence-backed relationship maps.
//!
//! A map is a set of **actors**, **ties** between them and the **sources** that prove each tie. The
//! program answers three questions: who is tied to whom, how do we know, and how do I show it to others.
//! This page describes the architecture.
//!
//! # Data flow
//!
//! ```text
//! bytes ─ load ─► Map + Problems ─► Document ─► filter ─► layout (place, route, label) ─► Scene ─┬─► canvas (window)
//!                                      ▲                                                         └─► export (svg, png, pdf, html)
//!                                Transactions (undo)                  derive composes these steps, once, for all
//! ```
//!
//! One direction, no way back except a [`document::Transaction`]: a list of invertible changes that is applied as a whole or
//! not at all. A click becomes a command, a command becomes a transaction, applying
//! it gives a new document, and what is derived from it is updated by what changed.
//!
//! # Modules and what they may import
//!
//! `tests/suite/architecture.rs` reads the `use crate::` lines of every file and holds them against this table.
//!
//! | module | what it is for | imports of ours |
//! | --- | --- | --- |
//! | [`visible`] | hidden characters of untrusted text written out | – |
//! | [`address`] | web addresses: which may be opened, and where they lead | `visible` |
//! | `jsonc` | the text of a file with comments: lexer, fault-tolerant scanner, edits of single parts; knows no map | `visible` |
//! | [`model`] | the map as plain data, typed ids, look-ups; no file, no screen, no clock | `address` |
//! | [`text`] | font bytes, shaping, wrapping, measuring: the only place where text gets a size | `visible` |
//! | [`jobs`] | named background threads with progress and cancel | – |
//! | [`layout`] | boxes and lines in; centers, curves and label rectangles out; pure and seeded | – |
//! | [`wording`] | amounts, dates, references and sentences as people read them | `model`, `address`, `visible` |
//! | [`load`] | file bytes to a map and a list of problems | `model`, `jsonc`, `address`, `visible` |
//! | [`save`] | what changed, of claims and look, back into the file's own text, all or nothing | `model`, `load`, `jsonc`, `visible` |
//! | [`document`] | map, look, origin and revision; transactions, edits, history, three-way merge, journal format | `model`, `load`, `address`, `visible` |
//! | [`recovery`] | unsaved work on the disk: a journal of each running program, and what a crash left behind | `model`, `load`, `save`, `document`, `jobs`, `wording` |
//! | [`analysis`] | petgraph over the map: paths, neighborhoods, coverage, sums | `model` |
//! | [`scene`] | a layout with styles: placed shapes with ids; picking, legend, sheet | `model`, `text`, `wording`, `layout`, `analysis` |
//! | [`view`] | what panels show, as plain data | `model`, `address`, `wording`, `analysis`, `document` |
//! | `derive` | a document as a picture, for window and command line alike; what changed between two documents, and what follows from it: picture with lanes, items and index; lists, filters, status, search; counters of work | `model`, `document`, `text`, `layout`, `scene`, `view`, `analysis`, `wording` |
//! | [`export`] | walks a scene (and what panels show, for HTML) and writes it; opens nothing, but links only what may be opened | `scene`, `view`, `text`, `model`, `layout`, `wording`, `document` |
//! | [`publish`] | a document and one set of options to the bytes of files, for command line and window alike | `model`, `document`, `text`, `layout`, `scene`, `view`, `wording`, `derive`, `export`, `analysis` |
//! | [`cli`] | the program without a window | all but `app` |
//! | `app` | the eframe window; the only place for eframe, egui, `egui_graphs` and rfd | all |
//!
//! `cargo test` runs all tests; `cargo quick` those of daily work, which are all but those in modules named `slow`.
//! `TIELINE_BLESS=1` rewrites the expectations that are text files, in `tests/data`.
//!
//! # Where do I …?
//!
//! - **read another file format:** a reader in `load/formats/`, and its entry (name, endings, sniff, reader) in the list of
//!   that folder's file for its kind (bytes, text, JSON).
//! - **add an action with a key:** its row in `app/ask/action/list.rs` (menu, words, keys, when it is
//!   enabled), and what it does in `app/dispatch.rs`.
//! - **add a field of a tie:** its line in `load/records/claim.rs` and in `model/record/claim.rs`; `load/build/claims.rs` reads it,
//!   `load/json.rs` writes it, `document/edit/field.rs` sets it, `document/merge/fields.rs` merges it. Then
//!   `view/details/` shows it.
//! - **add a column of a list:** the row in `view/lists.rs`, its drawing in `app/panels/lists/rows.rs`.
//! - **write another picture format:** a writer in `export/` that walks a [`scene::Scene`], and its variant of
//!   [`publish::Format`]; the compiler names the other places.
//!
//! # Invariants
//!
//! - The [`model::Map`] is the truth and is never changed in place; a changed one shares all that did not change. petgraph's graphs and the canvas's graph are
//!   derived from it and carry its ids.
//! - Ids are typed and stay as long as a document is open, through edits, undo and reloads: a record that goes leaves a hole
//!   and its id is not used again. What outlives the program goes by the file's own keys.
//! - Hover and selection are not in the document and never in a picture.
//! - Layout, scene and export know no clock, no random numbers of the system and no hash order: the same file,
//!   options and seed give the same bytes.
//! - A window at rest draws nothing.
//! - Nothing is fetched. A link opens when a person clicks it, after its address was shown, and only http and https.
//! - A file that nobody asked to change is never written; saving is all or nothing. Unsaved changes are kept in the
//!   person's data folder, and nothing but a person's answer brings them back.

#![cfg_attr(
    test,
    allow(
        clippy::unnecessary_wraps,
        clippy::float_cmp,
        reason = "test data are written as the fields take them, and exact numbers are expected"
    )
)]

pub mod address;
pub mod analysis;
#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod derive;
pub mod document;
pub mod export;
pub mod jobs;
mod jsonc;
pub mod layout;
pub mod load;
pub mod model;
pub mod publish;
pub mod recovery;
pub mod save;
pub mod scene;
pub mod text;
pub mod view;
pub mod visible;
pub mod wording;
