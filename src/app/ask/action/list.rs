//! All actions, each with what menus and the palette call it and one sentence on what it does.

/// Declares the actions: the enum, all of them, and their words.
macro_rules! actions {
    ($($name:ident, $label:literal, $tooltip:literal;)+) => {
        /// What a person can ask for without saying anything more.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Action {
            $(#[doc = $tooltip] $name,)+
        }

        impl Action {
            /// All actions.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)+];

            /// What menus and the palette call it; `…` when more input follows.
            pub(crate) fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }

            /// One sentence on what it does.
            pub(crate) fn tooltip(self) -> &'static str {
                match self { $(Self::$name => $tooltip,)+ }
            }
        }
    };
}

actions! {
    Open, "Open…", "Choose a map file and open it";
    OpenByPath, "Open by path…", "Type or paste the path of a map file";
    OpenSample, "Open the sample map", "The map that comes with the program";
    Reload, "Reload from disk", "Read the file again; unsaved changes are kept";
    Save, "Save", "Write the changes to the file";
    SaveAs, "Save as…", "Save to another file and go on with that one";
    Export, "Export…", "Choose format, page and parts of a picture, look at it, save or copy it";
    SavePicture, "Save picture…", "Write the picture of the whole map with the choices last made";
    CopyPicture, "Copy picture", "Put the picture of the whole map on the clipboard";
    SaveScreenshot, "Save screenshot…", "Write the window as it looks now as PNG";
    Quit, "Quit", "Close the window";
    Undo, "Undo", "Take the last change back";
    Redo, "Redo", "Do the last undone change again";
    SelectAll, "Select all actors", "Select every actor that is shown";
    Clear, "Clear selection", "Select nothing and leave the focus";
    AlignLeft, "Align left", "Put the left edges of the selected actors on one line";
    AlignCenter, "Align center", "Put the centers of the selected actors on one upright line";
    AlignRight, "Align right", "Put the right edges of the selected actors on one line";
    AlignTop, "Align top", "Put the top edges of the selected actors on one line";
    AlignMiddle, "Align middle", "Put the centers of the selected actors on one level line";
    AlignBottom, "Align bottom", "Put the bottom edges of the selected actors on one line";
    SpreadAcross, "Distribute horizontally", "Make the gaps from left to right equal; the outermost actors stay";
    SpreadDown, "Distribute vertically", "Make the gaps from top to bottom equal; the outermost actors stay";
    ShowLabel, "Always show the label", "Give the labels of the selected ties room before all others";
    HideLabel, "Hide the label", "Leave the labels of the selected ties out; signs of doubt stay";
    FreeLabel, "Show the label as all others", "Let the view decide on the labels of the selected ties again";
    SpreadTies, "Spread the ties out", "Draw each tie between these two actors as a lane of its own";
    GatherTies, "Gather the ties into a ribbon", "Draw all ties between these two actors as one lane that counts them";
    AddNote, "Add note", "Write something on the canvas that no source has to prove";
    EditNote, "Edit note", "Change the words of the selected note";
    DeleteNote, "Delete note", "Take the selected note away";
    Find, "Find…", "Search actors, ties, sources and quotes";
    Palette, "Command palette…", "Find any command by a few letters";
    Fit, "Zoom to fit", "Fit the selection, or everything, into the view";
    ZoomIn, "Zoom in", "One step closer";
    ZoomOut, "Zoom out", "One step back";
    ZoomActual, "Actual size", "Zoom to 100 %";
    ToggleLists, "Lists", "Show or hide the lists of actors, ties and sources";
    ToggleDetails, "Details", "Show or hide the details of what is selected";
    ToggleLegend, "Legend", "Show or hide what the signs mean";
    LabelsAll, "All", "Label every tie that has room for it";
    LabelsImportant, "Important", "Label the more important half of the ties";
    LabelsNumbers, "Numbers", "Label the ties by their citation numbers alone, which takes little room";
    LabelsNone, "None", "Label no tie but those shown by hand; signs of doubt stay";
    ThemeLight, "Light", "Light colors";
    ThemeDark, "Dark", "Dark colors";
    ThemeSystem, "Like the system", "Light or dark as the system asks";
    WheelAuto, "By device", "A mouse wheel zooms, two fingers on a trackpad pan";
    WheelZooms, "Zooms", "Wheel and two fingers zoom";
    WheelPans, "Pans", "Wheel and two fingers pan; with Ctrl they zoom";
    Animate, "Animate changes", "Let actors glide to their new places, and views fly";
    Hide, "Hide selected actors", "Take them and their ties out of the picture";
    ShowAll, "Show everything", "Bring back all that is hidden or filtered";
    Focus, "Focus on neighborhood", "Fade out what is not tied to the selected actor";
    Connection, "How are these two connected?", "Light up the shortest ways between two selected actors";
    Pin, "Pin", "Keep the selected actors in place when laying out again";
    Unpin, "Unpin", "Let the selected actors move when laying out again";
    LayOutAgain, "Lay out again", "Find another good layout for all that is not pinned";
    ArrangeAuto, "Most readable", "Try many layouts and keep the most readable";
    ArrangeForce, "By forces", "Tied actors attract, all others repel each other";
    ArrangeLayered, "Left to right", "Follow the direction of the ties";
    ArrangeLayeredDown, "Top down", "Follow the direction of the ties from the top down, as an organization chart does";
    ArrangeRadial, "Rings", "Rings around the most important actor";
    ArrangeCircle, "Circle", "All actors on one circle";
    ArrangeColumns, "Columns by kind", "One column for each kind of actor";
    ArrangeTimeline, "Timeline", "Columns by the year in which an actor's first tie begins";
    Problems, "Problems in the file…", "What is wrong with the file, where, and how to mend it";
    Keys, "Keyboard and mouse…", "All keys on one page";
    About, "About Tieline…", "Version and licenses";
}
