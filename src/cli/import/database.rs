//! `tieline import` of databases: lists their tables, and asks for actors, ties, or the neighbors of an actor.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::output::{print, print_json};
use crate::database::{
    self, Access, DatabaseAddress, DatabaseError, DatabaseQuestion, DatabaseSource, DatabaseTable, Exploration,
    Password, RowEstimate, STATEMENT_TIMEOUT, Unexplored,
};
use crate::hidden_characters::visible;
use crate::load::{ImportFile, ImportOptions};
use crate::wording::counted;

/// What is asked of a database.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Databases")]
pub(super) struct DatabaseArguments {
    /// List the tables and views of the database with their columns, and exit
    #[arg(long)]
    pub(super) list: bool,
    /// Ask the database for actors by this statement
    #[arg(long, value_name = "SELECT")]
    actors: Option<String>,
    /// Ask the database for ties by this statement
    #[arg(long, value_name = "SELECT")]
    ties: Option<String>,
    /// Ask the database for the ties of one actor after the other by this statement, in which :actor is the id, such as
    /// SELECT * FROM payments WHERE payer = :actor OR payee = :actor; with --actors for what is known of them
    #[arg(long, value_name = "SELECT", requires = "from", conflicts_with = "ties")]
    neighbors: Option<String>,
    /// The id of an actor to start from, for --neighbors; can be given several times
    #[arg(long, value_name = "ID", requires = "neighbors")]
    from: Vec<String>,
    /// How many steps to go from there
    #[arg(long, value_name = "N", default_value_t = 1, requires = "neighbors")]
    hops: usize,
    /// The maximum number of ties; the rest is counted
    #[arg(long, value_name = "N", default_value_t = 200, requires = "neighbors")]
    most: usize,
    /// The time that each statement may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = STATEMENT_TIMEOUT.as_secs())]
    pub(super) timeout: u64,
}

/// Asks a database again for what a map has of it. Says before what is asked, since anyone may have written the map.
pub(super) fn ask_again(
    timeout_secs: u64,
    address: &DatabaseAddress,
    source: &DatabaseSource,
) -> anyhow::Result<ImportFile> {
    for question in &source.questions {
        eprintln!("tieline: asking “{address}” for {}: {}", visible(&question.name), visible(&question.statement));
    }
    if let Some(words) = source.words_for_others() {
        eprintln!("tieline: {words}");
    }
    let access = Access { timeout: Duration::from_secs(timeout_secs), ..Access::of_environment(address.clone()) };
    Ok(with_password(access, |access| database::ask(access, &source.questions, &|_| true))?)
}

/// What was read of a database.
pub(super) struct AskedRows {
    pub(super) file: ImportFile,
    /// What an exploration left out.
    pub(super) left_out: Option<Unexplored>,
}

impl DatabaseArguments {
    /// Returns whether anything is asked that only a database answers.
    pub(super) fn is_any(&self) -> bool {
        self.list || self.actors.is_some() || self.ties.is_some() || self.neighbors.is_some()
    }

    fn access(&self, address: &DatabaseAddress) -> Access {
        Access { timeout: Duration::from_secs(self.timeout), ..Access::of_environment(address.clone()) }
    }

    /// Lists the tables of a database.
    pub(super) fn list(&self, address: &DatabaseAddress, as_json: bool) -> anyhow::Result<ExitCode> {
        let relations = with_password(self.access(address), |access| database::list(access, &|_| true))?;
        if as_json {
            print_json(&relations.iter().map(relation_json).collect::<Vec<Value>>().into())?;
        } else {
            print(&relations.iter().map(|table| table.words() + "\n").collect::<String>())?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Asks for what the arguments say.
    pub(super) fn ask(&self, address: &DatabaseAddress, options: &ImportOptions) -> anyhow::Result<AskedRows> {
        let access = self.access(address);
        if let Some(neighbors) = &self.neighbors {
            let exploration = Exploration {
                neighbors: neighbors.clone(),
                actors: self.actors.clone(),
                from: self.from.clone(),
                hops: self.hops,
                most: self.most,
            };
            let explore = |access: &Access| database::explore(access, &exploration, options, &|_| true);
            let explored = with_password(access, explore)?;
            anyhow::ensure!(
                explored.ties > 0,
                "“{address}” has no ties of {}; check that the id is written as in the database",
                crate::wording::joined_and(&self.from.iter().map(|id| visible(id).into_owned()).collect::<Vec<_>>())
            );
            return Ok(AskedRows { file: explored.file, left_out: Some(explored.left_out) });
        }
        let named = [("actors", &self.actors), ("ties", &self.ties)];
        let question = |(name, statement): (&str, &Option<String>)| {
            Some(DatabaseQuestion { name: name.to_owned(), statement: statement.clone()? })
        };
        let questions: Vec<DatabaseQuestion> = named.into_iter().filter_map(question).collect();
        anyhow::ensure!(
            !questions.is_empty(),
            "no statement for “{address}”; add --actors 'SELECT …' or --ties 'SELECT …', or list its tables with --list"
        );
        let file = with_password(access, |access| database::ask(access, &questions, &|_| true))?;
        Ok(AskedRows { file, left_out: None })
    }
}

/// Asks a database, and prompts for the password if one is required and not given elsewhere.
fn with_password<T>(mut access: Access, ask: impl Fn(&Access) -> Result<T, DatabaseError>) -> Result<T, DatabaseError> {
    match ask(&access) {
        Err(DatabaseError::NeedsPassword { database }) if std::io::stdin().is_terminal() => {
            // The typed password is not echoed.
            let Ok(typed) = rpassword::prompt_password(format!("Password for {database}: ")) else {
                return Err(DatabaseError::NeedsPassword { database });
            };
            access.password = Some(Password::new(typed));
            ask(&access)
        }
        answered => answered,
    }
}

fn relation_json(relation: &DatabaseTable) -> Value {
    let rows = relation.rows.map(|rows| match rows {
        RowEstimate::Exactly(count) => json!({ "exactly": count }),
        RowEstimate::About(count) => json!({ "about": count }),
        RowEstimate::MoreThan(count) => json!({ "more_than": count }),
    });
    json!({
        "schema": relation.schema,
        "name": relation.name,
        "is_view": relation.is_view,
        "columns": relation.columns,
        "rows": rows,
    })
}

/// Says what an exploration left out.
pub(super) fn left_out_text(left_out: Unexplored) -> String {
    let mut out = String::new();
    if left_out.ties > 0 {
        let least = if left_out.has_more { "more than " } else { "" };
        let _ = writeln!(
            out,
            "{least}{} of the same actors left out (--most)",
            counted(left_out.ties, "further tie", "further ties")
        );
    }
    if left_out.actors > 0 {
        let _ = writeln!(out, "{} not explored (--most)", counted(left_out.actors, "actor", "actors"));
    }
    out
}

pub(super) fn left_out_json(left_out: Unexplored) -> Value {
    json!({ "ties": left_out.ties, "has_more": left_out.has_more, "actors": left_out.actors })
}

#[cfg(test)]
mod tests {
    use super::left_out_text;
    use crate::database::Unexplored;

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(left_out_text(Unexplored::default()), "");
        let words = left_out_text(Unexplored { ties: 100_000, has_more: true, actors: 1 });
        assert_eq!(
            words,
            "more than 100,000 further ties of the same actors left out (--most)\n1 actor not explored (--most)\n"
        );
    }
}
