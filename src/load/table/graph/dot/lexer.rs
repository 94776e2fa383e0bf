//! Splits DOT into tokens.

use std::borrow::Cow;

use crate::load::table::types::Stop;

use super::super::markup::cut_off;

/// A piece of DOT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DotToken<'a> {
    /// A word without quotes, which may be a keyword.
    Word(&'a str),
    /// A text in quotes; escapes other than of quotes are left in it.
    Text(Cow<'a, str>),
    /// A text in angle brackets, without them.
    Html(&'a str),
    /// `->` or `--`.
    Edge,
    /// One of `{ } [ ] ; , = :`.
    Sign(u8),
}

pub(super) struct DotLexer<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    /// The next token if it was looked at.
    peeked: Option<(DotToken<'a>, u32)>,
    /// The line of the last token.
    token_line: u32,
}

impl<'a> DotLexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, peeked: None, token_line: 1 }
    }

    /// Returns the line of the last token, from 1.
    pub(super) fn token_line(&self) -> u32 {
        self.token_line
    }

    /// Returns the share of the text that was read.
    pub(super) fn progress(&self) -> f32 {
        self.at as f32 / self.text.len().max(1) as f32
    }

    pub(super) fn peek(&mut self) -> Result<Option<&DotToken<'a>>, Stop> {
        if self.peeked.is_none() {
            self.peeked = self.read()?;
        }
        Ok(self.peeked.as_ref().map(|(token, _)| token))
    }

    /// Whether the next token is this sign.
    pub(super) fn is_next(&mut self, sign: u8) -> Result<bool, Stop> {
        Ok(self.peek()? == Some(&DotToken::Sign(sign)))
    }

    pub(super) fn next(&mut self) -> Result<Option<DotToken<'a>>, Stop> {
        let read = match self.peeked.take() {
            Some(peeked) => Some(peeked),
            None => self.read()?,
        };
        Ok(read.map(|(token, line)| {
            self.token_line = line;
            token
        }))
    }

    fn read(&mut self) -> Result<Option<(DotToken<'a>, u32)>, Stop> {
        self.skip_blanks()?;
        let line = self.line;
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let token = match first {
            '"' => DotToken::Text(self.read_text()?),
            '<' => DotToken::Html(self.read_html()?),
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' => {
                self.at += 1;
                DotToken::Sign(first as u8)
            }
            '-' if rest.starts_with("->") || rest.starts_with("--") => {
                self.at += 2;
                DotToken::Edge
            }
            '-' | '.' | '0'..='9' => {
                let end = rest[1..].find(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(rest.len(), |end| end + 1);
                // A name that begins with a digit needs quotes, but is understood without.
                let end = end + rest[end..].find(|c: char| !is_name(c)).unwrap_or(rest.len() - end);
                self.at += end;
                DotToken::Word(&rest[..end])
            }
            first if is_name(first) => {
                let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
                self.at += end;
                DotToken::Word(&rest[..end])
            }
            other => {
                let message = format!(
                    "in line {line}, the character {} is not expected",
                    crate::hidden_characters::Quoted(&other.to_string())
                );
                return Err(Stop::refused(message, "put names with special characters into quotes"));
            }
        };
        Ok(Some((token, line)))
    }

    fn skip_blanks(&mut self) -> Result<(), Stop> {
        let bytes = self.text.as_bytes();
        loop {
            let rest = &self.text[self.at..];
            let is_line_start = self.at == 0 || bytes[self.at - 1] == b'\n';
            if rest.starts_with("//") || (is_line_start && rest.starts_with('#')) {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let Some(end) = rest.find("*/") else { return Err(cut_off()) };
                self.line += count_breaks(&rest[..end]);
                self.at += end + 2;
            } else if let Some(first) = rest.chars().next().filter(|c| c.is_whitespace() || *c == '\u{feff}') {
                self.line += u32::from(first == '\n');
                self.at += first.len_utf8();
            } else if rest.starts_with('#') && rest.lines().next().is_some_and(|_| self.is_indented()) {
                // Graphviz expects this character at the start of the line, but people indent it.
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else {
                return Ok(());
            }
        }
    }

    /// Whether only blanks are before here in the line.
    fn is_indented(&self) -> bool {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..self.at].trim().is_empty()
    }

    /// Reads a text in quotes, and those that are added to it.
    fn read_text(&mut self) -> Result<Cow<'a, str>, Stop> {
        let mut text = self.read_quoted()?;
        loop {
            let (at, line) = (self.at, self.line);
            self.skip_blanks()?;
            if !self.text[self.at..].starts_with('+') {
                (self.at, self.line) = (at, line);
                return Ok(text);
            }
            self.at += 1;
            self.skip_blanks()?;
            if !self.text[self.at..].starts_with('"') {
                return Err(cut_off());
            }
            let more = self.read_quoted()?;
            text.to_mut().push_str(&more);
        }
    }

    fn read_quoted(&mut self) -> Result<Cow<'a, str>, Stop> {
        let rest = &self.text[self.at + 1..];
        let bytes = rest.as_bytes();
        let (mut at, mut needs_unescaping) = (0, false);
        let end = loop {
            match memchr::memchr2(b'"', b'\\', &bytes[at.min(bytes.len())..]) {
                None => return Err(cut_off()),
                Some(found) if bytes[at + found] == b'"' => break at + found,
                Some(found) => {
                    let next = bytes.get(at + found + 1);
                    needs_unescaping |= matches!(next, Some(b'"' | b'\n' | b'\r'));
                    at += found + 2;
                }
            }
        };
        let text = &rest[..end];
        self.line += count_breaks(text);
        self.at += end + 2;
        if !needs_unescaping {
            return Ok(Cow::Borrowed(text));
        }
        let mut plain = String::with_capacity(text.len());
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            match (sign, signs.peek()) {
                ('\\', Some('"')) => plain.extend(signs.next()),
                ('\\', Some('\r' | '\n')) => {
                    // The line goes on in the next one.
                    if signs.next() == Some('\r') && signs.peek() == Some(&'\n') {
                        signs.next();
                    }
                }
                ('\\', Some(_)) => {
                    plain.push('\\');
                    plain.extend(signs.next());
                }
                _ => plain.push(sign),
            }
        }
        Ok(Cow::Owned(plain))
    }

    fn read_html(&mut self) -> Result<&'a str, Stop> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let (mut depth, mut at) = (0_usize, 0);
        while let Some(found) = memchr::memchr2(b'<', b'>', &bytes[at..]) {
            at += found + 1;
            if bytes[at - 1] == b'<' {
                depth += 1;
            } else {
                depth -= 1;
                if depth == 0 {
                    self.line += count_breaks(&rest[..at]);
                    self.at += at;
                    return Ok(&rest[1..at - 1]);
                }
            }
        }
        Err(cut_off())
    }
}

/// Whether a text begins as a graph in DOT.
pub(super) fn is_dot(text: &str) -> bool {
    let mut lexer = DotLexer::new(text);
    let mut next = || lexer.next().ok().flatten();
    let is_word = |token: &Option<DotToken<'_>>, words: &[&str]| matches!(token, Some(DotToken::Word(word)) if words.iter().any(|known| word.eq_ignore_ascii_case(known)));
    let mut token = next();
    if is_word(&token, &["strict"]) {
        token = next();
    }
    if !is_word(&token, &["graph", "digraph"]) {
        return false;
    }
    match next() {
        Some(DotToken::Sign(b'{')) => true,
        Some(DotToken::Word(_) | DotToken::Text(_) | DotToken::Html(_)) => matches!(next(), Some(DotToken::Sign(b'{'))),
        _ => false,
    }
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_' || !sign.is_ascii()
}

fn count_breaks(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32
}
