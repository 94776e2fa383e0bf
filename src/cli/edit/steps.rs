//! The edits of a command line, in the order in which they were given.

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

/// What an option does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EditOption {
    Set,
    AddActor,
    AddTie,
    AddSource,
    Cite,
    Quote,
    Locator,
    Stance,
    For,
    Rename,
    Delete,
    Merge,
}

/// The options with their names, values and help.
const OPTIONS: [(EditOption, &str, &str, &str); 12] = [
    (
        EditOption::Set,
        "set",
        "ID.FIELD=TEXT",
        "Set a field to what a person would type: 'tie-1.amount=more than $13bn', 'tie-1.when=since March 2019', \
         'tie-1.kind=owns', 'tie-1.to=openai', 'amazon.x-Founded in=1994', 'map.title=Ports'. Fields have their names \
         in the file; an empty text empties the field. A text with several readings is refused",
    ),
    (EditOption::AddActor, "add-actor", "[ID=]NAME", "Add an actor; its id is made from its name unless given"),
    (
        EditOption::AddTie,
        "add-tie",
        "[ID=]'FROM -KIND-> TO'",
        "Add a tie, or an undirected one with 'FROM -KIND- TO'; both ends are ids or names of actors, also of ones \
         added before. An unknown word becomes a new kind",
    ),
    (
        EditOption::AddSource,
        "add-source",
        "[ID=]TEXT",
        "Add sources from an address, a DOI, BibTeX, RIS or CSL-JSON, or from a file of these with @FILE. A source \
         that the map has already is not added again",
    ),
    (
        EditOption::Cite,
        "cite",
        "ID=SOURCE",
        "Cite a source, by its id or by a text as for --add-source, for a tie or fact. A link to a highlight brings \
         its words",
    ),
    (EditOption::Quote, "quote", "TEXT", "The exact words for the --cite before it"),
    (EditOption::Locator, "locator", "TEXT", "The place in the source for the --cite before it, such as 'page 12'"),
    (EditOption::Stance, "stance", "WORD", "supports, disputes or mentions, for the --cite before it"),
    (EditOption::For, "for", "FIELD,…", "The fields that the --cite before it proves, such as amount,startDate"),
    (
        EditOption::Rename,
        "rename",
        "ID=TEXT",
        "Change the name of an actor, the title of a source, the label of a tie or the text of a fact",
    ),
    (EditOption::Delete, "delete", "ID", "Delete a record and everything attached to it"),
    (
        EditOption::Merge,
        "merge",
        "KEEP=OTHER",
        "Merge an actor or source into another one, which stays; the name of the other actor becomes an alias",
    ),
];

impl EditOption {
    /// Returns its name on the command line.
    pub(super) fn name(self) -> &'static str {
        OPTIONS.iter().find(|(option, ..)| *option == self).map_or("", |(_, name, ..)| name)
    }
}

/// One option with its value.
#[derive(Clone, Debug)]
pub(super) struct EditStep {
    pub(super) option: EditOption,
    pub(super) text: String,
}

/// All edits.
#[derive(Clone, Debug, Default)]
pub(super) struct EditSteps(pub(super) Vec<EditStep>);

impl clap::Args for EditSteps {
    fn augment_args(command: Command) -> Command {
        let add = |command: Command,
                   (_, name, value, help): &(EditOption, &'static str, &'static str, &'static str)| {
            command.arg(Arg::new(*name).long(*name).value_name(*value).help(*help).action(ArgAction::Append))
        };
        OPTIONS.iter().fold(command, add)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for EditSteps {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut steps = Vec::new();
        for (option, name, ..) in &OPTIONS {
            let texts = matches.get_many::<String>(name).into_iter().flatten();
            let places = matches.indices_of(name).into_iter().flatten();
            steps.extend(places.zip(texts).map(|(at, text)| (at, EditStep { option: *option, text: text.clone() })));
        }
        steps.sort_by_key(|(at, _)| *at);
        Ok(Self(steps.into_iter().map(|(_, step)| step).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
