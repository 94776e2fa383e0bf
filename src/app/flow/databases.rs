//! Asking a database: in the background, as long as it takes, until it answers or the user cancels.

use crate::database::{self, Access, DatabaseQuestion, DatabaseTable, Exploration, Explored};
use crate::load::{ImportFile, ImportOptions, ProgressFn};

use crate::app::ask::database::{DatabasePurpose, NeighborRequest};
use crate::app::flow::task::Task;

/// A database that is being asked.
pub(crate) struct AskingDatabase {
    pub(crate) access: Access,
    pub(crate) purpose: DatabasePurpose,
    /// The statements that the user has seen.
    pub(crate) statements: Vec<String>,
    /// Whether the dialog shows the progress, and closing it cancels.
    pub(crate) is_in_dialog: bool,
    pub(crate) task: Task<DatabaseAnswer>,
}

/// What a database has answered, or why not.
pub(crate) type DatabaseAnswer = Result<DatabaseRows, String>;

/// The answer of a database.
pub(crate) enum DatabaseRows {
    Tables(Vec<DatabaseTable>),
    Rows(ImportFile),
    Neighbors(Explored),
}

/// What is to be asked.
pub(crate) enum DatabaseWork {
    List,
    Read(Vec<DatabaseQuestion>),
    Explore(Exploration),
}

impl DatabaseWork {
    /// Asks the database.
    pub(crate) fn run(&self, access: &Access, on_progress: ProgressFn) -> DatabaseAnswer {
        let answered = match self {
            Self::List => database::list(access, on_progress).map(DatabaseRows::Tables),
            Self::Read(questions) => database::ask(access, questions, on_progress).map(DatabaseRows::Rows),
            Self::Explore(exploration) => {
                database::explore(access, exploration, &ImportOptions::default(), on_progress)
                    .map(DatabaseRows::Neighbors)
            }
        };
        answered.map_err(|error| error.to_string())
    }

    /// Returns the statements that are asked.
    pub(crate) fn statements(&self) -> Vec<String> {
        match self {
            Self::List => Vec::new(),
            Self::Read(questions) => questions.iter().map(|question| question.statement.clone()).collect(),
            Self::Explore(exploration) => exploration.actors.iter().chain([&exploration.neighbors]).cloned().collect(),
        }
    }
}

impl NeighborRequest {
    /// Returns what is explored.
    pub(crate) fn exploration(&self) -> Exploration {
        Exploration {
            neighbors: self.ties.clone(),
            actors: self.actors.clone(),
            from: self.ids.clone(),
            hops: 1,
            most: self.most,
        }
    }
}
