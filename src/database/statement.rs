//! Checks that a statement only reads, before any database sees it: one SELECT, WITH … SELECT, VALUES or TABLE. The
//! database enforces the same once more, by a connection that can't write.

use super::token::{SqlDialect, SqlToken, TokenKind, tokens};
use crate::hidden_characters::visible;

/// The parameter that stands for the id of an actor.
pub(super) const ACTOR: &str = "actor";
/// The longest statement, in bytes.
const MAX_BYTES: usize = 100_000;
/// The deepest parentheses.
const MAX_DEPTH: usize = 100;
/// Words that a statement which reads begins with.
const READS: [&str; 4] = ["select", "with", "values", "table"];
/// Words that a statement which writes begins with, also inside one that begins with WITH.
const WRITES: [&str; 5] = ["insert", "update", "delete", "merge", "replace"];

/// The reason why a statement is not run, with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the statement was not run: {message}; {remedy}")]
pub struct StatementError {
    message: String,
    remedy: &'static str,
}

impl StatementError {
    /// The error of a statement with `:actor` where no actor is asked for.
    pub(super) fn no_actor() -> Self {
        bad("“:actor” stands for an actor, and none is asked for", "use --neighbors for it")
    }

    /// The error of a statement for neighbors that is the same for all actors.
    pub(super) fn needs_actor() -> Self {
        bad(
            "it does not say whose neighbors it is for",
            "write :actor for the id, such as WHERE payer = :actor OR payee = :actor",
        )
    }
}

const ONE_SELECT: &str = "write one SELECT";

fn bad(message: impl Into<String>, remedy: &'static str) -> StatementError {
    StatementError { message: message.into(), remedy }
}

/// A statement that only reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SelectStatement {
    /// The text without a semicolon at its end.
    text: String,
    /// The places of `:actor`, in bytes.
    parameters: Vec<std::ops::Range<usize>>,
    dialect: SqlDialect,
}

impl SelectStatement {
    /// Checks a statement.
    pub(super) fn check(text: &str, dialect: SqlDialect) -> Result<Self, StatementError> {
        if text.len() > MAX_BYTES {
            return Err(bad(
                format!("it has more than {} bytes", crate::wording::number(MAX_BYTES)),
                "create a view in the database, and query that",
            ));
        }
        if text.contains('\0') {
            return Err(bad("it contains a NUL character", "remove it"));
        }
        let unended = |what| bad(format!("{what} is not closed"), "close it");
        let mut tokens = tokens(text, dialect).map_err(unended)?;
        // One semicolon at the end is common.
        tokens.pop_if(|token| token.is_sign(';'));
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { return Err(bad("it is empty", ONE_SELECT)) };
        let text = text[..last.end()].to_owned();
        if !READS.iter().any(|word| first.is_word(word)) {
            let word: String = visible(first.text).chars().take(40).collect();
            return Err(bad(format!("it begins with “{word}”, and only reading is allowed"), ONE_SELECT));
        }
        check_nesting(&tokens)?;
        check_reading(&tokens)?;
        let mut parameters = Vec::new();
        for token in &tokens {
            match token.kind {
                TokenKind::Parameter if token.text[1..].eq_ignore_ascii_case(ACTOR) => {
                    parameters.push(token.start..token.end());
                }
                TokenKind::Parameter | TokenKind::Numbered => {
                    let message = format!("“{}” is a parameter without a value", visible(token.text));
                    return Err(bad(
                        message,
                        "write the value itself, or :actor for the actor whose neighbors are asked for",
                    ));
                }
                _ => {}
            }
        }
        Ok(Self { text, parameters, dialect })
    }

    /// Returns whether it has a value put in for `:actor`.
    pub(super) fn has_parameter(&self) -> bool {
        !self.parameters.is_empty()
    }

    /// Returns the text as it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text with `:actor` as the first parameter of the database.
    pub(super) fn bound(&self) -> String {
        let mut bound = String::with_capacity(self.text.len());
        let mut at = 0;
        for place in &self.parameters {
            bound.push_str(&self.text[at..place.start]);
            bound.push_str(&parameter(self.dialect, 1));
            at = place.end;
        }
        bound.push_str(&self.text[at..]);
        bound
    }
}

/// Returns the parameter with a number, from 1.
pub(super) fn parameter(dialect: SqlDialect, number: usize) -> String {
    match dialect {
        SqlDialect::Sqlite => format!("?{number}"),
        SqlDialect::Postgres => format!("${number}"),
    }
}

/// Returns a name in quotes.
pub(super) fn quoted_name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn check_nesting(tokens: &[SqlToken<'_>]) -> Result<(), StatementError> {
    let mut depth: usize = 0;
    for token in tokens {
        if token.is_sign(';') {
            return Err(bad("it has a second statement after a semicolon", ONE_SELECT));
        }
        if token.is_sign('(') {
            depth += 1;
        } else if token.is_sign(')') {
            depth = depth
                .checked_sub(1)
                .ok_or_else(|| bad("it closes a parenthesis that it has not opened", "remove it"))?;
        }
        if depth > MAX_DEPTH {
            return Err(bad("its parentheses are nested too deeply", "create a view in the database, and query that"));
        }
    }
    if depth > 0 { Err(bad("it opens a parenthesis that it does not close", "close it")) } else { Ok(()) }
}

/// Checks that no part of a statement writes.
fn check_reading(tokens: &[SqlToken<'_>]) -> Result<(), StatementError> {
    for (index, token) in tokens.iter().enumerate().skip(1) {
        let before = &tokens[index - 1];
        let next = tokens.get(index + 1);
        let is_name = before.is_sign('.') || before.is_word("as") || next.is_some_and(|next| next.is_sign('.'));
        if token.is_word("into") && !is_name {
            return Err(bad("it writes its rows into a table (INTO)", "leave INTO out"));
        }
        let begins = before.is_sign('(') || before.is_sign(')');
        let goes_on = next.is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Name));
        if begins && goes_on && !is_name && WRITES.iter().any(|word| token.is_word(word)) {
            let word = token.text.to_uppercase();
            return Err(bad(format!("it changes the database by {word}, and only reading is allowed"), ONE_SELECT));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::SelectStatement;
    use crate::database::token::SqlDialect::{self, Postgres, Sqlite};

    fn check(text: &str, dialect: SqlDialect) -> Result<String, String> {
        SelectStatement::check(text, dialect).map(|statement| statement.bound()).map_err(|error| error.to_string())
    }

    #[test]
    fn statements_that_only_read_are_accepted() {
        for text in [
            "SELECT 1",
            "select * from a;",
            "  -- comment ; DROP TABLE a\n WITH x AS (SELECT 1) SELECT * FROM x /* ; */ ;  -- end\n",
            "VALUES (1), (2)",
            "SELECT ';', 'it''s; DELETE FROM a', \"odd;\"\" name\" FROM a",
            "SELECT replace(name, 'a', 'b'), (replace(name, 'c', 'd')) FROM a",
            "SELECT a.update, delete FROM a",
            "SELECT x AS into FROM a",
        ] {
            for dialect in [Sqlite, Postgres] {
                assert!(check(text, dialect).is_ok(), "{text}: {:?}", check(text, dialect));
            }
        }
        for text in [
            "SELECT $$; DELETE FROM a$$",
            "SELECT $x$ $$ ; $x$",
            "SELECT E'it\\'s; DROP'",
            "TABLE a",
            "SELECT '{}'::jsonb ? 'a', tags[1:2], tags[:n], a::text FROM t",
            "SELECT 1 /* /* ; */ ; */",
        ] {
            assert!(check(text, Postgres).is_ok(), "{text}: {:?}", check(text, Postgres));
        }
        for text in ["SELECT [a;b], `c;d` FROM t", "SELECT 1 /* /* */"] {
            assert!(check(text, Sqlite).is_ok(), "{text}: {:?}", check(text, Sqlite));
        }
    }

    #[test]
    fn what_writes_or_is_several_statements_is_refused() {
        for (text, reason) in [
            ("", "it is empty"),
            (" -- nothing\n;", "it is empty"),
            ("INSERT INTO a VALUES (1)", "begins with “INSERT”"),
            ("EXPLAIN SELECT 1", "begins with “EXPLAIN”"),
            ("SELECT 1; DROP TABLE a", "a second statement"),
            ("SELECT 1;;", "a second statement"),
            ("SELECT 1) AS q; DROP TABLE a; --", "closes a parenthesis"),
            ("SELECT 1) AS q, (SELECT 2", "closes a parenthesis"),
            ("SELECT (1", "does not close"),
            ("WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x", "by DELETE"),
            ("WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x", "by INSERT"),
            ("WITH x AS (SELECT 1) UPDATE a SET b = 1", "by UPDATE"),
            ("SELECT * INTO b FROM a", "INTO"),
            ("SELECT 'never ends", "a text in quotes is not closed"),
            ("SELECT \"never ends", "a name in quotes is not closed"),
            ("SELECT /* never ends", "a comment is not closed"),
            ("SELECT \0", "NUL"),
            ("SELECT $1", "“$1” is a parameter without a value"),
            ("SELECT :other", "“:other” is a parameter without a value"),
        ] {
            for dialect in [Sqlite, Postgres] {
                let error = check(text, dialect).expect_err(text);
                assert!(error.contains(reason), "{text}: {error}");
            }
        }
        // What is a comment to one is not to the other.
        assert!(check("SELECT 1 /* /* */ ; DROP TABLE a -- */", Sqlite).is_err());
        assert!(check("SELECT E'\\' ; DROP TABLE a --'", Sqlite).is_err());
        assert!(check("SELECT ?", Sqlite).is_err());
        assert!(check("SELECT $$ never ends", Postgres).is_err());
        let deep = format!("SELECT {}1{}", "(".repeat(200), ")".repeat(200));
        assert!(check(&deep, Postgres).is_err());
        assert!(check(&format!("SELECT {}", "1,".repeat(60_000)), Postgres).is_err());
    }

    #[test]
    fn actors_are_bound_and_nothing_else_is_touched() {
        let text = "SELECT ':actor', a::text FROM t -- :actor\n WHERE x=:actor OR y = :ACTOR";
        assert_eq!(
            check(text, Postgres).expect("one SELECT"),
            "SELECT ':actor', a::text FROM t -- :actor\n WHERE x=$1 OR y = $1"
        );
        assert_eq!(
            check(text, Sqlite).expect("one SELECT"),
            "SELECT ':actor', a::text FROM t -- :actor\n WHERE x=?1 OR y = ?1"
        );
    }
}
