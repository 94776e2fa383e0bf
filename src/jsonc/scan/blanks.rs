//! Gaps between values: blanks, invisible characters, and lines left by other programs.

use super::super::lex::line_end;
use super::Scanner;
use crate::hidden_characters::is_hidden;

impl Scanner<'_, '_> {
    /// Skips to the next significant byte; reports invisible characters and lines left by other programs.
    pub(super) fn skip_blanks(&mut self) -> Option<u8> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let blanks = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
            self.at += blanks.unwrap_or(rest.len());
            let byte = *self.text.as_bytes().get(self.at)?;
            match byte {
                b'#' | b'<' | b'=' | b'>' if self.skip_foreign_line() => {}
                0..0x20 | 0x7f.. if self.skip_invisible() => {}
                _ => return Some(byte),
            }
        }
    }

    /// Skips a shell-style comment or a version-control conflict marker.
    pub(super) fn skip_foreign_line(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let is_mark = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| rest.starts_with(mark));
        if is_mark {
            let message =
                format_args!("this is a merge conflict marker of a version control system; the line is ignored");
            self.fault(self.at, message, "keep one of the two sides and remove the markers");
        } else if rest.starts_with('#') {
            self.fault(
                self.at,
                format_args!("# does not begin a comment; the line is ignored"),
                "begin comments with //",
            );
        } else {
            return false;
        }
        self.at = line_end(self.text, self.at);
        true
    }

    /// Skips invisible characters that JSON doesn't allow between values.
    pub(super) fn skip_invisible(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let is_invisible =
            |c: char| is_hidden(c) || matches!(c, '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2060}') || c.is_whitespace();
        let Some(first) = rest.chars().next().filter(|c| is_invisible(*c)) else { return false };
        let code = u32::from(first);
        self.fault(
            self.at,
            format_args!("there is an invisible character U+{code:04X} here; it is ignored"),
            "remove it",
        );
        self.at += rest.find(|c| !is_invisible(c)).unwrap_or(rest.len());
        true
    }
}
