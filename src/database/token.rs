//! Splits a statement of SQL into tokens, as far as it takes to tell what is text, what is a comment, and what is code.

/// The language of a database, where it matters for tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SqlDialect {
    Sqlite,
    Postgres,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A keyword or a name without quotes.
    Word,
    /// A name in quotes.
    Name,
    /// A text in quotes.
    Text,
    Number,
    /// A parameter by name, such as `:actor`.
    Parameter,
    /// A parameter by number, such as `$1` or `?2`.
    Numbered,
    /// A single character of anything else.
    Sign(char),
}

/// A token with its place in the statement, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SqlToken<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl SqlToken<'_> {
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// What is opened and never closed in a statement.
pub(super) type Unended = &'static str;

/// Returns the tokens of a statement without comments and blanks.
pub(super) fn tokens(text: &str, dialect: SqlDialect) -> Result<Vec<SqlToken<'_>>, Unended> {
    let mut lexer = Lexer { text, at: 0, dialect };
    let mut found: Vec<SqlToken<'_>> = Vec::new();
    while lexer.skip_blanks()? {
        let start = lexer.at;
        let touches = found.last().is_some_and(|token| token.end() == start);
        let kind = lexer.token(found.last().filter(|_| touches))?;
        found.push(SqlToken { kind, text: &text[start..lexer.at], start });
    }
    Ok(found)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    dialect: SqlDialect,
}

fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_' || !c.is_ascii()
}

fn is_of_word(c: char) -> bool {
    begins_word(c) || c.is_ascii_digit() || c == '$'
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take_while(&mut self, is_inside: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
    }

    /// Moves to the next token; returns whether there is one.
    fn skip_blanks(&mut self) -> Result<bool, Unended> {
        loop {
            self.take_while(char::is_whitespace);
            if self.rest().starts_with("--") {
                self.take_while(|c| c != '\n');
            } else if self.rest().starts_with("/*") {
                self.skip_comment()?;
            } else {
                return Ok(!self.rest().is_empty());
            }
        }
    }

    /// Skips a comment; in PostgreSQL, comments may be inside others.
    fn skip_comment(&mut self) -> Result<(), Unended> {
        let mut depth = 0;
        while !self.rest().is_empty() {
            let rest = self.rest();
            if rest.starts_with("/*") && (depth == 0 || self.dialect == SqlDialect::Postgres) {
                (self.at, depth) = (self.at + 2, depth + 1);
            } else if rest.starts_with("*/") {
                (self.at, depth) = (self.at + 2, depth - 1);
                if depth == 0 {
                    return Ok(());
                }
            } else {
                self.at += self.char().map_or(0, char::len_utf8);
            }
        }
        Err("a comment")
    }

    /// Takes a token; `before` is the one that it touches.
    fn token(&mut self, before: Option<&SqlToken<'_>>) -> Result<TokenKind, Unended> {
        let Some(first) = self.char() else { return Ok(TokenKind::Sign(' ')) };
        let second = self.rest()[first.len_utf8()..].chars().next();
        match first {
            '\'' => {
                // E'…' is one text; E is the token before it.
                let has_escapes =
                    self.dialect == SqlDialect::Postgres && before.is_some_and(|token| token.is_word("e"));
                self.quoted('\'', has_escapes)?;
                Ok(TokenKind::Text)
            }
            '"' => {
                self.quoted('"', false)?;
                Ok(TokenKind::Name)
            }
            '`' if self.dialect == SqlDialect::Sqlite => {
                self.quoted('`', false)?;
                Ok(TokenKind::Name)
            }
            '[' if self.dialect == SqlDialect::Sqlite => {
                self.take_while(|c| c != ']');
                self.at += self.char().ok_or("a name in brackets")?.len_utf8();
                Ok(TokenKind::Name)
            }
            '$' if self.dialect == SqlDialect::Postgres && !second.is_some_and(|c| c.is_ascii_digit()) => {
                self.dollars()
            }
            '$' | '?' if self.dialect == SqlDialect::Sqlite || first == '$' => {
                self.at += 1;
                self.take_while(is_of_word);
                Ok(TokenKind::Numbered)
            }
            '@' | '#' if self.dialect == SqlDialect::Sqlite && second.is_some_and(begins_word) => {
                self.at += 1;
                self.take_while(is_of_word);
                Ok(TokenKind::Numbered)
            }
            ':' if second == Some(':') => {
                self.at += 2;
                Ok(TokenKind::Sign('∷'))
            }
            // In PostgreSQL, `a[1:n]` is a part of an array.
            ':' if second.is_some_and(begins_word) && !self.is_in_slice(before) => {
                self.at += 1;
                self.take_while(is_of_word);
                Ok(TokenKind::Parameter)
            }
            c if begins_word(c) => {
                self.take_while(is_of_word);
                Ok(TokenKind::Word)
            }
            c if c.is_ascii_digit() => {
                self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
                Ok(TokenKind::Number)
            }
            c => {
                self.at += c.len_utf8();
                Ok(TokenKind::Sign(c))
            }
        }
    }

    fn is_in_slice(&self, before: Option<&SqlToken<'_>>) -> bool {
        let ends_value =
            |token: &SqlToken<'_>| matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Name);
        self.dialect == SqlDialect::Postgres && before.is_some_and(|token| ends_value(token) || token.is_sign('['))
    }

    /// Takes a text in quotes; a doubled quote is one inside.
    fn quoted(&mut self, quote: char, has_escapes: bool) -> Result<(), Unended> {
        self.at += quote.len_utf8();
        while let Some(c) = self.char() {
            self.at += c.len_utf8();
            if c == '\\' && has_escapes {
                self.at += self.char().map_or(0, char::len_utf8);
            } else if c == quote {
                if self.char() != Some(quote) {
                    return Ok(());
                }
                self.at += quote.len_utf8();
            }
        }
        Err(if quote == '\'' { "a text in quotes" } else { "a name in quotes" })
    }

    /// Takes a text such as `$tag$…$tag$`, or a single dollar sign.
    fn dollars(&mut self) -> Result<TokenKind, Unended> {
        let rest = self.rest();
        let tag = rest[1..].find(|c: char| !is_of_word(c) || c == '$').map(|end| &rest[..end + 2]);
        let Some(tag) = tag.filter(|tag| tag.ends_with('$')) else {
            self.at += 1;
            return Ok(TokenKind::Sign('$'));
        };
        let end = rest[tag.len()..].find(tag).ok_or("a text between dollar signs")?;
        self.at += end + 2 * tag.len();
        Ok(TokenKind::Text)
    }
}
