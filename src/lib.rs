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
//!                                      ▲                                                         └─► export (svg, png, pdf, html, pptx, gif)
//!                                Transactions (undo)                  derive composes these steps, once, for all
//! ```
//!
//! Data flows in one direction. The only way back is a [`document::Transaction`]: a list of invertible changes that is
//! applied as a whole or not at all. A click becomes a command, the command becomes a transaction, applying it yields a
//! new document, and derived data are updated incrementally.
//!
//! # Modules and what they may import
//!
//! `tests/suite/architecture.rs` checks the paths that begin with `crate::` in every file, but for tests, against this table.
//!
//! | module | what it is for | imports of ours |
//! | --- | --- | --- |
//! | [`hidden_characters`] | shows hidden characters of untrusted text | – |
//! | [`address`] | web addresses: which may be opened, and their real targets | `hidden_characters` |
//! | `jsonc` | JSON with comments: lexer, fault-tolerant scanner, local edits; independent of maps | `hidden_characters` |
//! | [`model`] | the map as plain data, typed ids, lookups, what a step of a story shows, redaction; no file, no screen, no clock | `address` |
//! | `zip` | ZIP archives without times, so that the same content gives the same bytes | – |
//! | [`text`] | fonts, shaping, wrapping, measuring: the only place where text of a map is measured | `hidden_characters` |
//! | [`jobs`] | named background threads with progress and cancellation | – |
//! | [`layout`] | boxes and lines in; centers, curves and label rectangles out; pure and seeded | – |
//! | [`wording`] | formats and parses text: amounts, dates, references and sentences for display; amounts, dates, headings and words as people write them in tables and type them into fields | `model`, `address`, `hidden_characters` |
//! | [`load`] | parses file bytes into a map and a list of problems: own files, tables, graphs, pasted citations; the JSON and the workbook that are read back whole are also written here | `model`, `jsonc`, `wording`, `address`, `hidden_characters` |
//! | [`database`] | asks databases that the user names, which can only be read, and returns their rows as a file to import; the only module that uses a network | `model`, `load`, `wording`, `hidden_characters` |
//! | [`save`] | writes changed claims and the changed look into the text of the file, all or nothing; writes the files of an export together, and never overwrites a deck | `model`, `load`, `jsonc`, `wording`, `hidden_characters` |
//! | [`document`] | map, look, origin and revision; transactions, edits, history, three-way merge, updates from tables, journal format | `model`, `load`, `wording`, `address`, `hidden_characters` |
//! | [`recovery`] | unsaved changes on disk: a journal for each running program, and the journals left by crashes | `model`, `load`, `save`, `document`, `jobs`, `wording` |
//! | [`analysis`] | questions to a map: paths, neighborhoods and measures by petgraph, coverage, sums, checks, likely duplicates | `model` |
//! | [`scene`] | a layout with styles: positioned shapes with ids; names and labels at a scale, the overview of large maps, picking, legend, sheet | `model`, `text`, `wording`, `layout`, `analysis` |
//! | [`view`] | the contents of panels, as plain data | `model`, `address`, `wording`, `analysis`, `document`, `load` |
//! | `derive` | data derived from a document and updated incrementally, for window and command line alike: the picture with its index; lists, filters, status, search; counters of work | `model`, `document`, `text`, `layout`, `scene`, `view` |
//! | [`export`] | writes a scene (and the contents of panels, for HTML) to a file format; opens nothing, and links only addresses that may be opened | `scene`, `view`, `text`, `model`, `layout`, `wording`, `document`, `zip` |
//! | [`export_data`] | writes a map in the formats of other programs: tables, graphs, references, a report; says what each can't hold | `model`, `load`, `save`, `document`, `wording`, `hidden_characters`, `zip` |
//! | [`publish`] | turns a document and options into the bytes of files, for command line and window alike | `model`, `document`, `text`, `layout`, `scene`, `view`, `wording`, `derive`, `export`, `analysis`, `hidden_characters` |
//! | [`cli`] | the command line; opens the window if asked for nothing else | all but `app` |
//! | `app` | the eframe window; the only module that uses eframe, egui, `egui_graphs` and rfd; `app.rs` lists its submodules | all |
//!
//! `cargo test` runs all tests; `cargo quick` skips those in modules named `slow`. `TIELINE_BLESS=1` rewrites the
//! expected text files in `tests/data`.
//!
//! # Where do I …?
//!
//! - **read another file format:** a reader in `load/table/graph/` for graphs, in `load/table/` for tables, with its
//!   `FORMATS` (name, endings, sniff, reader) in the list of `graph.rs` or `table.rs`, and a line in the list of its
//!   kind: `load/formats/text.rs`, `binary.rs` or `json.rs`.
//! - **make facts of what a format says of one actor:** rows of the table `facts` in `load/table/graph/elements.rs`,
//!   which `load/import/ties/facts.rs` reads.
//! - **teach the import of tables another heading:** `assets/import/headings.tsv` has the words of each role,
//!   `load/import/roles.rs` decides between roles, `guess.rs` by values, `ties.rs` and `actors.rs` there fill records.
//! - **read another way to write an amount or a date:** words are in `wording/read/lexicon.rs` and `date_words.rs`,
//!   their order in `draft.rs` and `day.rs`; what a field asks back is in `wording/typed/`.
//! - **read another sort of database:** implement `DatabaseConnection` in a file of `database/`, opened by
//!   `database.rs`, with its address in `database/address.rs` and its language in `database/token.rs`;
//!   `app/ask/database.rs` is the form; `statement.rs` refuses what does more than reading, and `load/table/rows.rs`
//!   carries the rows.
//! - **change how long a database may take:** `database.rs` has the limit of all statements, `database/watch.rs`
//!   enforces it.
//! - **change how a database is explored:** `database/explore.rs` asks for neighbors; `app/session/database.rs` takes
//!   the tables and columns from the import that a map records.
//! - **change how tables are shown and added:** `app/panels/import/` draws the panel, `app/dispatch/importing.rs`
//!   imports again, `load/import/ties/known.rs` finds the ties that a map has already, `ties/facts.rs` facts,
//!   `actors.rs` actors.
//! - **change what an update from tables does:** `document/provenance.rs` notes corrections and deletions by hand and
//!   says what identifies a row, `document/update/matching/` finds the record of each row; in `document/update/`,
//!   `compare.rs` decides field by field, `plan.rs` lists the entries, `apply.rs` makes the transaction;
//!   `load/import/options/again.rs` reads by the old recipe (and says where rows come from), `cli/import/update.rs` and
//!   `app/panels/import/update.rs` show it.
//! - **add an action with a key:** add a row in `app/ask/action/list.rs` (menu, words, keys, when it is enabled) and
//!   handle it in `app/dispatch.rs`, or in `dispatch/story.rs`, `editing.rs` or `importing.rs`, which are asked first.
//! - **change how large maps are placed:** `layout/place/large/`: `communities.rs` finds what lies together,
//!   `unfold.rs` runs the levels, `forces.rs` and `repulsion.rs` move points, `finish.rs` fits them to boxes and page.
//! - **change how large maps look from afar:** `scene/overview/` decides what is drawn and named at a scale,
//!   `scene/sheet/overview.rs` composes its page, `app/canvas/overview/` draws it in the window: dots and ties by the
//!   shader in `app/canvas/paint/gpu/`, which follows the rules of the scene (a test compares their pixels), the rest
//!   as egui's shapes.
//! - **add a field of a tie:** declare it in `load/records/claim.rs` and in `model/record/claim.rs`;
//!   `load/build/claims.rs` reads it, `load/json.rs` writes it, `document/edit/field.rs` sets it,
//!   `document/merge/fields.rs` merges it, `document/update/set.rs` and `compare.rs` update it, and `view/details/`
//!   shows it; `model/redaction/fields.rs` decides whether it is published, `export_data/flat/tie.rs` exports it.
//! - **recognize another sort of pasted text:** a reader in `load/citation/`, and its place in `load/citation.rs`.
//! - **add an edit to the command line:** an option in `cli/edit/steps.rs`, made in `cli/edit/apply.rs`.
//! - **show another value in a list:** add it to the row in `view/lists.rs` and draw it in `app/panels/lists/rows.rs`,
//!   and in `export/html/lists.rs` for pages.
//! - **write another picture format:** add a writer in `export/` that walks a [`scene::Scene`], and a variant of
//!   [`publish::Format`] with its place in the lists `ALL` and `STILL` (`publish/options.rs`,
//!   `app/dialogs/export/choices.rs`); the compiler finds most other places, `publish.rs` says which formats have a
//!   file for each page.
//! - **write another format of data:** a file in `export_data/` and an entry in `export_data/formats.rs` (word, name,
//!   endings, what it can't hold, writer); `export_data/flat.rs` has records as named values. A field of the workbook
//!   that Tieline reads back whole is one line in `load/workbook/columns.rs`, and one of `GraphML` is read in
//!   `load/graph_map/flat.rs`.
//! - **change slides:** `scene/sheet/` decides what is on a page and in how many columns; `export/pptx/build.rs` turns
//!   the items of a scene into objects, `text.rs` texts into paragraphs, `lanes.rs` lines into paths; `xml.rs` writes
//!   objects, `package.rs` and `package/` the file around them.
//! - **change the steps of a story:** `model/story.rs` says what a step shows, `derive/story.rs` draws it,
//!   `scene/sheet/story.rs` composes its page, `scene/sheet/captions.rs` those of long captions, and `publish/story.rs`
//!   puts the pages together; `export/pptx/morph.rs` has the movement between slides, `publish/animation.rs` that of
//!   GIF and APNG, `app/flow/step_view.rs` that of the window; `assets/html/story.js` turns the steps of a page.
//! - **change what is seen while presenting:** `app/panels/presentation.rs` draws title, caption, black screen and
//!   spot, `app/shell/presentation.rs` puts them and the speaker's window together, `app/dispatch/presenting.rs` has
//!   the keys.
//! - **change a card, or the label of a tie:** `scene/plan/card.rs` and `scene/plan/pill.rs` measure and draw them, in
//!   the colors of `scene/theme.rs`.
//! - **move labels, or leave them out:** `layout/label.rs` places those of ties; where they would be too small to read,
//!   `scene/labeling/tie_labels.rs` moves and shortens them, and `name_places.rs` there places the names of actors.
//! - **change what an edit derives, and where:** `derive/difference.rs` tells what changed, `derive/picture.rs` updates
//!   the picture, asked by `app/flow/pipeline.rs` or by the job of `pipeline/large.rs`; `derive/panels.rs` updates the
//!   lists, `derive/figures.rs` the counts, kept by `app/panels/data.rs`.
//! - **change what search finds:** `view/search.rs` matches and ranks; `derive/search_index.rs` keeps its index
//!   current.
//! - **change when unsaved work is written:** `recovery/journal_thread.rs`, and `app/flow/journaling.rs` for what is
//!   written at once; `document/journal.rs` is the format.
//! - **change what happens when a file changes on disk:** `app/flow/watching.rs` notices, `app/dispatch/files.rs`
//!   reloads, `document/merge.rs` merges, `app/session/undecided.rs` keeps what both sides changed; saving over a
//!   changed file asks (`app/dispatch/saving.rs`).
//!
//! # The map file
//!
//! [`load::json_schema`] describes every field. A view holds the look apart from the claims: positions, pins, hidden
//! actors, filters, notes and labels. `"labelMode": "important"` labels the half of the ties with the widest lanes, among
//! equals those between the more central actors; `"numbers"` shows icons and citation numbers alone; `"labels"` overrides
//! the mode per tie. More than eight ties of one pair are drawn as one ribbon; `"pairs"` overrides that per pair. "No
//! source" and ‡ (disputed or contradicted) are always drawn. `"asOf": "2023"` leaves out ties that surely did not hold
//! then and marks those with "?" of which it is not sure; superseded and retracted ties are left out unless `"filters"` says otherwise.
//!
//! # Diagnostics
//!
//! `tieline --timings` prints the time to the first frame and to the settled picture, the frames drawn by an idle window,
//! and the work of each change: records walked, texts shaped, lanes routed, items made and drawn; at the end, what frames took
//! while the view was panned and zoomed. `TIELINE_LOG=debug` (or
//! `error`, `warn`, `info`, `trace`) prints a log to stderr. Journals of unsaved changes lie in `tieline/recovery` in the
//! user's data folder.
//!
//! # Untried
//!
//! Nobody has tried these yet: several forms of a picture on the clipboard of Wayland, Windows and macOS, where a PNG is
//! copied; presenting on a second display, and under window managers other than those of the tests; decks in Keynote,
//! Google Slides and `PowerPoint` itself. The key named Menu on some keyboards has no effect, since egui doesn't report it.
//!
//! # Invariants
//!
//! - The [`model::Map`] is the single source of truth and is never changed in place; a changed map shares all unchanged
//!   parts. The graphs of petgraph and of the canvas are derived from it and carry its ids.
//! - Ids are typed and stay valid as long as a document is open, through edits, undo and reloads: a removed record
//!   leaves a hole, and its id is not reused. Data that outlive the program use the keys in the file.
//! - Hover and selection are not part of the document and never appear in an exported picture.
//! - Layout, scene and export are deterministic: no clock, no system randomness, no hash order. The same file, options
//!   and seed give the same bytes.
//! - An idle window doesn't repaint.
//! - Nothing is fetched: the only network is a database that the user names, which is only read, and its password is kept
//!   in memory alone. A link opens only when the user clicks it, after its address was shown, and only http and
//!   https.
//! - A file is written only on request; saving is all or nothing. Unsaved changes are kept in the user's data folder
//!   and are restored only if the user agrees.

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
pub mod database;
pub mod derive;
pub mod document;
pub mod export;
pub mod export_data;
pub mod hidden_characters;
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
pub mod wording;
mod zip;
