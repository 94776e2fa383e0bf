//! The table of all actions, in menu order.
//!
//! Each row gives the menu, group and optional submenu, the label and the tooltip; where applicable also the shortcuts,
//! those while the map is presented, the condition for being enabled, and the state of a toggle.

use egui::{Key, KeyboardShortcut, Modifiers, ThemePreference};

use crate::document::Alignment;
use crate::model::{Arrangement, LabelMode};

use crate::app::ask::context::{ActionContext, LabelWish, Wheel};
use crate::app::ask::database::MOST_ACTORS;

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// Returns whether enough actors are selected for this alignment.
fn can_align(now: &ActionContext, alignment: Alignment) -> bool {
    now.selected_actors >= alignment.least_boxes()
}

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Menu {
    Tieline,
    File,
    Edit,
    View,
    Map,
    Help,
}

impl Menu {
    /// All menus, from left to right.
    pub(crate) const ALL: [Self; 6] = [Self::Tieline, Self::File, Self::Edit, Self::View, Self::Map, Self::Help];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Tieline => "Tieline",
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Map => "Map",
            Self::Help => "Help",
        }
    }
}

/// A row of the table.
pub(super) struct ActionRow {
    pub(super) menu: Menu,
    /// Groups of a menu are separated by a line.
    pub(super) group: u8,
    pub(super) submenu: Option<&'static str>,
    pub(super) label: &'static str,
    pub(super) tooltip: &'static str,
    /// Menus show the first one.
    pub(super) keys: &'static [KeyboardShortcut],
    /// The keys while the map is presented, when all others have no effect.
    pub(super) presenting: &'static [KeyboardShortcut],
    pub(super) is_enabled: fn(&ActionContext) -> bool,
    /// The state, if the action is a toggle.
    pub(super) is_on: Option<fn(&ActionContext) -> bool>,
}

/// Declares [`Action`], the list of all actions, and their rows.
macro_rules! actions {
    (|$now:ident| $($name:ident in $menu:ident $group:literal $(/ $submenu:literal)?: $label:literal, $tooltip:literal
        $(, keys $keys:expr)? $(, presenting $presenting:expr)? $(, if $enabled:expr)? $(, on $on:expr)?;)+) => {
        /// A request that needs no parameters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Action {
            $(#[doc = $tooltip] $name,)+
        }

        impl Action {
            /// All actions, in menu order.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)+];
        }

        /// The rows, indexed by action.
        pub(super) const ROWS: &[ActionRow] = &[$(ActionRow {
            menu: Menu::$menu,
            group: $group,
            submenu: [$(Some($submenu),)? None][0],
            label: $label,
            tooltip: $tooltip,
            keys: [$($keys as &[KeyboardShortcut],)? &[]][0],
            presenting: [$($presenting as &[KeyboardShortcut],)? &[]][0],
            is_enabled: [$((|$now: &ActionContext| $enabled) as fn(&ActionContext) -> bool,)? |_: &ActionContext| true][0],
            is_on: [$(Some((|$now: &ActionContext| $on) as fn(&ActionContext) -> bool),)? None][0],
        },)+];
    };
}

actions! { |now|
    Palette in Tieline 0: "Command palette…", "Find a command by typing part of its name", keys &[ctrl(Key::K)];
    About in Tieline 0: "About Tieline…", "Version and licenses";

    Quit in Tieline 1: "Quit", "Close the window", keys &[ctrl(Key::Q)];

    New in File 0: "New map", "Start an empty map", keys &[ctrl(Key::N)];
    Open in File 0: "Open…", "Choose a map file and open it", keys &[ctrl(Key::O)];
    OpenByPath in File 0: "Open by path…", "Type or paste the path of a map file", keys &[ctrl_shift(Key::O)];
    OpenDatabase in File 0: "Open from database…", "Make a map from a SQLite or PostgreSQL database, which is only read";
    OpenSample in File 0: "Open the sample map", "The map that comes with the program";
    AddTable in File 0: "Add a table to this map…",
        "Choose a table; what it would add is shown first", if !now.is_adding;
    AddDatabase in File 0: "Add from database…",
        "Choose tables of a database; what they would add is shown first", if !now.is_adding;
    Update in File 0: "Update from its sources…",
        "Read the map's tables and databases again; what is new, changed or gone is shown first",
        if now.is_from_tables && !now.is_adding;
    Columns in File 0: "Columns of the table", "Say what the columns of the opened table are",
        if now.has_tables, on now.shows_columns;
    Reload in File 0: "Reload from disk", "Read the file again; unsaved changes are kept",
        keys &[ctrl(Key::R)], if now.has_file;
    Compare in File 0: "Compare with the file",
        "Show what was changed both here and in the file, and choose", if now.has_undecided;

    Save in File 1: "Save", "Write the changes to the file", keys &[ctrl(Key::S)];
    SaveAs in File 1: "Save as…", "Save to another file and continue with that file", keys &[ctrl_shift(Key::S)];
    SaveCopy in File 1: "Save a copy as…",
        "Write the map for other programs: tables, graphs, sources, a report; you keep editing the open map";

    KeepUnsaved in File 1: "Keep unsaved work when closing",
        "Close without asking; the next start offers the unsaved changes again", on now.keeps_unsaved;

    Export in File 2: "Export picture…",
        "Make a PNG, SVG, PDF or HTML file of the map: choose page and content, preview it, then save or copy it",
        keys &[ctrl(Key::E)], if now.is_laid_out;
    CopyPicture in File 2: "Copy picture",
        "Copy a picture of the whole map to the clipboard, as last set under Export picture",
        keys &[ctrl_shift(Key::C)], if now.is_laid_out;

    Undo in Edit 0: "Undo", "Undo the last change", keys &[ctrl(Key::Z)], if now.undo.is_some();
    Redo in Edit 0: "Redo", "Redo the last undone change",
        keys &[ctrl_shift(Key::Z), ctrl(Key::Y)], if now.redo.is_some();

    Cut in Edit 1: "Cut", "Copy what is selected, and delete it", keys &[ctrl(Key::X)],
        if now.can_copy && !now.is_adding;
    Copy in Edit 1: "Copy", "Copy the selected actors, ties with their proof, and facts; other programs get rows of a table",
        keys &[ctrl(Key::C)], if now.can_copy;
    Paste in Edit 1: "Paste", "Add what was copied: records, rows of a table, a source, or words as a quotation",
        keys &[ctrl(Key::V)], if !now.is_adding;
    Duplicate in Edit 1: "Duplicate", "Make a copy of the selection, placed beside it", keys &[ctrl(Key::D)],
        if now.can_copy && !now.is_adding;
    SelectAll in Edit 1: "Select all actors", "Select all visible actors", keys &[ctrl(Key::A)];
    SelectEnds in Edit 1: "Select the ends", "Select the actors that the selected ties join", if now.selected_ties > 0;
    SelectTies in Edit 1: "Select the ties",
        "Select the shown ties of the selected actors, or those that rest on the selected sources",
        if now.selected_actors + now.selected_sources > 0;
    SelectSources in Edit 1: "Select the sources", "Select the sources of the selected ties and facts",
        if now.has_sources;
    Clear in Edit 1: "Clear selection", "Clear the selection and end the focus", keys &[key(Key::Escape)];

    AddNote in Edit 2: "Add note", "Write a note on the canvas; notes need no source", keys &[key(Key::T)];
    NewActor in Edit 2: "New actor", "Name a new actor where the pointer is", keys &[key(Key::A)];
    NewTie in Edit 2: "New tie", "Add a tie; the selected actors are its ends", keys &[key(Key::E)];
    Cite in Edit 2: "Add a source", "Cite a source for the selected ties and facts, or add a fact to the selected actor",
        keys &[key(Key::C)], if now.is_claim_selected || now.selected_actors == 1;
    EditInPlace in Edit 2: "Edit in place", "Change the name, label or text of the selection in place",
        keys &[key(Key::F2)], if now.is_one_selected || now.has_note || now.story.is_focused;
    ChangeKind in Edit 2 / "Change": "Kind…", "Change the kind of the selected ties or actors",
        keys &[key(Key::K)], if now.selected_ties + now.selected_actors > 0;
    ChangeAmount in Edit 2 / "Change": "Amount…", "Change the amount, share or quantity of the selected ties",
        keys &[key(Key::M)], if now.is_claim_selected;
    ChangeDate in Edit 2 / "Change": "Date…", "Change the date, or start and end, of the selected ties",
        keys &[key(Key::D)], if now.is_claim_selected;
    ChangeStage in Edit 2 / "Change": "Stage…", "Change the stage of the selected ties",
        keys &[key(Key::S)], if now.is_claim_selected;
    ChangeFrom in Edit 2 / "Change": "Start…", "Start the selected tie at another actor; you can also drag its dot",
        if now.is_pair_selected;
    ChangeTo in Edit 2 / "Change": "End…", "End the selected tie at another actor; you can also drag its dot",
        if now.is_pair_selected;
    SwapEnds in Edit 2 / "Change": "Swap the ends", "Reverse the selected tie; amount and evidence stay",
        if now.is_pair_selected;
    Merge in Edit 2: "Merge", "Make one record of the selected actors or sources; the one with the most ties stays",
        keys &[key(Key::J)], if now.can_merge;
    Delete in Edit 2: "Delete", "Delete the selection and everything attached to it", keys &[key(Key::Delete)],
        if now.is_record_selected || now.has_note || now.story.is_focused;
    BringBack in Edit 2: "Reopen the last form", "Reopen the form that was canceled last", if now.has_put_aside;

    AlignLeft in Edit 3 / "Align": "Align left", "Align the left edges of the selected actors",
        if can_align(now, Alignment::Left);
    AlignCenter in Edit 3 / "Align": "Align center", "Center the selected actors on a vertical line",
        if can_align(now, Alignment::Center);
    AlignRight in Edit 3 / "Align": "Align right", "Align the right edges of the selected actors",
        if can_align(now, Alignment::Right);
    AlignTop in Edit 3 / "Align": "Align top", "Align the top edges of the selected actors",
        if can_align(now, Alignment::Top);
    AlignMiddle in Edit 3 / "Align": "Align middle", "Center the selected actors on a horizontal line",
        if can_align(now, Alignment::Middle);
    AlignBottom in Edit 3 / "Align": "Align bottom", "Align the bottom edges of the selected actors",
        if can_align(now, Alignment::Bottom);
    SpreadAcross in Edit 3 / "Align": "Distribute horizontally",
        "Space the selected actors evenly from left to right; the outermost stay",
        if can_align(now, Alignment::SpreadAcross);
    SpreadDown in Edit 3 / "Align": "Distribute vertically",
        "Space the selected actors evenly from top to bottom; the outermost stay",
        if can_align(now, Alignment::SpreadDown);
    ShowLabel in Edit 3 / "Tie label": "Always show the label",
        "Place the labels of the selected ties before all others",
        if now.selected_ties > 0, on now.label_wish == Some(LabelWish::Show);
    HideLabel in Edit 3 / "Tie label": "Hide the label",
        "Hide the labels of the selected ties; marks of doubt stay",
        if now.selected_ties > 0, on now.label_wish == Some(LabelWish::Hide);
    FreeLabel in Edit 3 / "Tie label": "Show the label as all others",
        "Let the view decide on the labels of the selected ties again",
        if now.selected_ties > 0, on now.label_wish == Some(LabelWish::AsAll);
    SpreadTies in Edit 3: "Spread the ties out", "Draw each tie between these two actors as a line of its own",
        if now.is_ribbon == Some(true);
    GatherTies in Edit 3: "Gather the ties into a ribbon",
        "Draw all ties between these two actors as one line with their number",
        if now.is_ribbon == Some(false);

    CopyCitation in Edit 4: "Copy citation", "Copy the sentence with its quotes and sources, as text",
        if now.is_citable;
    CopyForZotero in Edit 4: "Copy for Zotero",
        "Copy the sources in the format that Zotero and other reference managers import",
        if now.is_citable && (now.has_sources || now.selected_sources > 0);
    OpenSource in Edit 4: "Open the source…", "Show the address of the source, and open it in the browser if you confirm",
        if now.source_link.is_some();

    ContextMenu in Edit 4: "Menu of the selection", "Open the menu of what is selected, or that of the map",
        keys &[shift(Key::F10)];
    Find in Edit 5: "Find…", "Search actors, ties, sources and quotes", keys &[ctrl(Key::F)];

    Fit in View 0: "Zoom to fit", "Fit the selection, or everything, into the view", keys &[key(Key::F)],
        presenting &[key(Key::F)];
    ZoomIn in View 0: "Zoom in", "Zoom in one step", keys &[key(Key::Plus), key(Key::Equals)],
        presenting &[key(Key::Plus), key(Key::Equals)];
    ZoomOut in View 0: "Zoom out", "Zoom out one step", keys &[key(Key::Minus)], presenting &[key(Key::Minus)];
    ZoomActual in View 0: "Actual size", "Zoom to 100 %", keys &[key(Key::Num0), key(Key::Num1)];

    ToggleLists in View 1: "Lists", "Show or hide the lists of actors, ties and sources",
        keys &[key(Key::F9)], on now.shows_lists;
    ToggleDetails in View 1: "Details", "Show or hide the details of the selection",
        keys &[key(Key::F10)], on now.shows_details;
    ToggleLegend in View 1: "Legend", "Show or hide the legend", keys &[key(Key::L)], on now.shows_legend;
    ToggleTime in View 1: "Time", "Show or hide the strip of years, where the map has dates", on now.shows_time;
    ToggleSteps in View 1: "Steps", "Show or hide the steps of the story", keys &[key(Key::F4)],
        on now.story.shows_strip;

    LabelsAll in View 2 / "Labels": "All", "Label every tie that has room for it", on now.label_mode == LabelMode::All;
    LabelsImportant in View 2 / "Labels": "Important", "Label the more important half of the ties",
        on now.label_mode == LabelMode::Important;
    LabelsNumbers in View 2 / "Labels": "Numbers",
        "Label ties with their citation numbers only, which takes little room",
        on now.label_mode == LabelMode::Numbers;
    LabelsNone in View 2 / "Labels": "None", "Label only ties whose labels are shown by hand; marks of doubt stay",
        on now.label_mode == LabelMode::None;
    Animate in View 2: "Animate changes", "Animate moving actors and changes of the view", on now.animates;
    ThemeLight in View 2 / "Theme": "Light", "Light colors", on now.theme == ThemePreference::Light;
    ThemeDark in View 2 / "Theme": "Dark", "Dark colors", on now.theme == ThemePreference::Dark;
    ThemeSystem in View 2 / "Theme": "Like the system", "Follow the system's light or dark setting",
        on now.theme == ThemePreference::System;
    WheelAuto in View 2 / "Wheel": "By device", "A mouse wheel zooms, two fingers on a trackpad pan",
        on now.wheel == Wheel::Auto;
    WheelZooms in View 2 / "Wheel": "Zooms", "Wheel and two fingers zoom", on now.wheel == Wheel::Zooms;
    WheelPans in View 2 / "Wheel": "Pans", "Wheel and two fingers pan; with Ctrl they zoom",
        on now.wheel == Wheel::Pans;

    Present in View 3: "Present", "Show the steps of the story, or the map, on the whole screen",
        keys &[key(Key::F5)], if now.is_laid_out && !now.story.is_presenting;
    NextStep in View 3 / "While presenting": "Next step", "Show the next step",
        keys &[ctrl(Key::PageDown)],
        presenting &[key(Key::ArrowRight), key(Key::Space), key(Key::PageDown), key(Key::ArrowDown)],
        if now.story.can_walk();
    PreviousStep in View 3 / "While presenting": "Previous step", "Show the previous step",
        keys &[ctrl(Key::PageUp)],
        presenting &[key(Key::ArrowLeft), key(Key::PageUp), key(Key::ArrowUp), key(Key::Backspace)],
        if now.story.can_walk();
    FirstStep in View 3 / "While presenting": "First step", "Show the first step",
        presenting &[key(Key::Home)], if now.story.can_walk();
    LastStep in View 3 / "While presenting": "Last step", "Show the last step",
        presenting &[key(Key::End)], if now.story.can_walk();
    BlackScreen in View 3 / "While presenting": "Black screen", "Turn the screen black, or show the map again",
        presenting &[key(Key::B), key(Key::Period)], if now.story.is_presenting, on now.story.is_black;
    PointerSpot in View 3 / "While presenting": "Pointer spot", "Show the pointer as a spot that is seen from afar",
        presenting &[key(Key::L)], if now.story.is_presenting, on now.story.has_spot;
    SpeakerWindow in View 3 / "While presenting": "Speaker window",
        "Show notes, the next step and a clock in a separate window while presenting",
        presenting &[key(Key::S)], on now.story.has_speaker;
    EndPresenting in View 3 / "While presenting": "End", "Return to the window",
        presenting &[key(Key::Escape), key(Key::F5)], if now.story.is_presenting;
    SaveScreenshot in View 3: "Save screenshot of the window…",
        "Save the window as it looks now, with its panels and the selection, as a PNG", keys &[ctrl_shift(Key::E)];

    Hide in Map 0: "Hide the selection", "Hide the selected ties, and the selected actors with all of their ties",
        keys &[key(Key::H)], if now.selected_hidden < now.selected_actors + now.selected_ties;
    ShowSelected in Map 0: "Show the selection again",
        "Show the selected actors and ties that were hidden or are outside the explored part",
        if now.selected_hidden > 0;
    ShowHidden in Map 0: "Show hidden actors and ties",
        "Show all actors and ties that were hidden one by one; the filter stays", if now.is_any_hidden;
    ShowAll in Map 0: "Show everything", "Show everything that is hidden or filtered out, then the whole map",
        keys &[shift(Key::H)], if now.is_narrowed;
    Focus in Map 0: "Focus on neighborhood", "Show only the selected actor and what it is tied to",
        keys &[key(Key::N)], if now.selected_actors == 1;
    Connection in Map 0: "How are these two connected?", "Highlight the shortest connections between two selected actors",
        if now.selected_actors == 2;

    StartFrom in Map 1: "Start from an actor…", "Show only one actor and its neighbors, and explore from there";
    BringIn in Map 1: "Bring in neighbors",
        "Show neighbors of the selected actors that are not shown; in the whole map, start from these actors",
        keys &[key(Key::X)], if now.selected_actors > 0;
    AskNeighbors in Map 1: "Ask the database for neighbors",
        "Add the ties that the database has for the selected actors",
        if now.has_database && !now.is_adding && (1..=MOST_ACTORS).contains(&now.selected_actors);
    TakeAway in Map 1: "Take neighbors away", "Take away the neighbors that are tied only to the selected actors",
        keys &[shift(Key::X)], if now.is_exploring && now.selected_actors > 0;
    Among in Map 1: "Ties among these", "Show only the selected actors, with the ties among them",
        if now.selected_actors > 1;
    ShowWholeMap in Map 1: "Show the whole map", "Show all actors again, where they were", if now.is_exploring;

    Pin in Map 2: "Pin", "Keep the selected actors in place when arranging again",
        keys &[key(Key::P)], if now.selected_pinned < now.selected_actors;
    Unpin in Map 2: "Unpin", "Let the selected actors move when arranging again",
        keys &[key(Key::U)], if now.selected_pinned > 0;
    LayOutAgain in Map 2: "Arrange again", "Search for a more readable arrangement of everything that is not pinned",
        keys &[key(Key::R)];
    ArrangeAuto in Map 2 / "Arrangement": "Most readable", "Try many arrangements and keep the most readable",
        on now.arrangement == Arrangement::Auto;
    ArrangeForce in Map 2 / "Arrangement": "Clusters", "Actors with many ties among them lie close together",
        on now.arrangement == Arrangement::Force;
    ArrangeLayered in Map 2 / "Arrangement": "Left to right", "Follow the direction of the ties",
        on now.arrangement == Arrangement::Layered;
    ArrangeLayeredDown in Map 2 / "Arrangement": "Top down",
        "Follow the direction of the ties from the top down, as an organization chart does",
        on now.arrangement == Arrangement::LayeredDown;
    ArrangeRadial in Map 2 / "Arrangement": "Around the most important actor", "The most important actor in the middle, the others in rings around it",
        on now.arrangement == Arrangement::Radial;
    ArrangeCircle in Map 2 / "Arrangement": "Circle", "All actors on one circle",
        on now.arrangement == Arrangement::Circle;
    ArrangeColumns in Map 2 / "Arrangement": "Columns by kind", "One column for each kind of actor",
        on now.arrangement == Arrangement::Columns;
    ArrangeTimeline in Map 2 / "Arrangement": "Timeline", "Columns by the year in which an actor's first tie begins",
        on now.arrangement == Arrangement::Timeline;

    AddStep in Map 3 / "Story": "Add a step", "Add the current view as a step of the story",
        keys &[ctrl_shift(Key::A)], if now.is_laid_out;
    MakeSteps in Map 3 / "Story": "Make steps",
        "Propose steps from the map: an overview, central actors, years and what is disputed", if now.is_laid_out;
    ExportStory in Map 3 / "Story": "Export slides…", "Save the steps as slides, pages, pictures or a web page",
        if now.story.steps > 0;
    RenameStep in Map 3 / "Story": "Rename the step", "Change the title of the step", if now.story.at.is_some();
    RetakeStep in Map 3 / "Story": "Update to the current view", "Make the step show the current view; its texts stay",
        if now.story.at.is_some();
    DuplicateStep in Map 3 / "Story": "Duplicate the step", "Add a copy after the step", if now.story.at.is_some();
    MoveStepBack in Map 3 / "Story": "Move the step back", "Swap the step with the previous one",
        keys &[alt(Key::ArrowLeft), alt(Key::ArrowUp)], if now.story.can_move_back();
    MoveStepOn in Map 3 / "Story": "Move the step forward", "Swap the step with the next one",
        keys &[alt(Key::ArrowRight), alt(Key::ArrowDown)], if now.story.can_move_on();
    DeleteStep in Map 3 / "Story": "Delete the step", "Delete the step; the map stays as it is",
        if now.story.at.is_some();

    Kinds in Map 4: "Kinds…", "Name the kinds of actors and ties, and choose their verbs, colors and icons",
        if !now.is_adding;
    Duplicates in Map 4: "Likely duplicates…",
        "List actors that may be the same, to merge them or to remember that they are not", if !now.is_adding;
    Problems in Map 4: "Problems…", "List claims without a source, impossible dates, and what is wrong with the file",
        keys &[key(Key::F8)];

    Keys in Help 0: "Keyboard and mouse…", "List all keys, and find commands", keys &[key(Key::F1)];

    HelpStart in Help 1: "Start…", "How to build, start and test Tieline, and its command line";
    HelpData in Help 1: "Your own data…", "How a map file is written, and what is done about faults in it";
    HelpPictures in Help 1: "Pictures for slides…", "How pictures are exported, and what redaction takes out";
    HelpPrograms in Help 1: "Other programs…", "Which files of other programs open, and how to export maps";
}
