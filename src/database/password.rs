//! Database passwords: where they come from other than the command line, and how they are kept out of messages.

use std::fmt;
use std::path::{Path, PathBuf};

use super::address::Server;

/// A password, which is neither printed nor written anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// The shortest password that is looked for in messages: shorter ones are parts of common words.
const MIN_HIDDEN: usize = 4;

impl Password {
    /// Takes a password that was typed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Returns a message of a server or a system without the password, should it quote it.
    pub(super) fn hide_in(&self, message: &str) -> String {
        if self.0.len() < MIN_HIDDEN { message.to_owned() } else { message.replace(&self.0, "•••") }
    }

    /// Returns the password that the environment has for a server: `PGPASSWORD`, else the first line of the file of
    /// passwords (`PGPASSFILE`, or `.pgpass` in the home folder) that fits it.
    #[must_use]
    pub fn of_environment(server: &Server) -> Option<Self> {
        if let Ok(password) = std::env::var("PGPASSWORD") {
            return Some(Self(password));
        }
        let file = std::env::var_os("PGPASSFILE").map(PathBuf::from).or_else(default_file)?;
        if !is_private(&file) {
            tracing::warn!("the password file can be read by other users, so it is not used");
            return None;
        }
        let text = std::fs::read_to_string(file).ok()?;
        find(&text, server).map(Self)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Password(…)")
    }
}

fn default_file() -> Option<PathBuf> {
    if cfg!(windows) {
        return dirs::data_dir().map(|folder| folder.join("postgresql/pgpass.conf"));
    }
    dirs::home_dir().map(|folder| folder.join(".pgpass"))
}

/// Returns whether only the user may read a file, as psql demands of files of passwords.
#[cfg(unix)]
fn is_private(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let is_of_user = |mode: u32| mode.trailing_zeros() >= 6;
    std::fs::metadata(file).is_ok_and(|meta| meta.is_file() && is_of_user(meta.permissions().mode()))
}

#[cfg(not(unix))]
fn is_private(file: &Path) -> bool {
    file.is_file()
}

/// Finds the password in lines such as `host:port:database:user:password`, in which `*` fits anything.
fn find(text: &str, server: &Server) -> Option<String> {
    let host = if server.host.starts_with('/') { "localhost" } else { &server.host };
    let port = server.port.to_string();
    let wanted = [host, &port, &server.database, &server.user];
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let [.., password] = fields.as_slice() else { return None };
        let fits =
            fields.len() == 5 && wanted.iter().zip(&fields).all(|(wanted, field)| field == "*" || field == wanted);
        fits.then(|| password.clone())
    })
}

/// Splits a line at its colons; `\` stands before a colon or `\` that belongs to a field.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            ':' if fields.len() < 5 => fields.push(String::new()),
            c => {
                let c = if c == '\\' { chars.next().unwrap_or(c) } else { c };
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{Password, find};
    use crate::database::address::DatabaseAddress;

    #[test]
    fn the_first_line_that_fits_has_the_password() {
        let Ok(DatabaseAddress::Postgres(server)) = DatabaseAddress::parse("postgres://ann@db.example.org:6000/deals")
        else {
            panic!("an address")
        };
        let file = "# comment\ndb.example.org:5432:*:*:other port\n*:6000:deals:bob:other user\n*:*:deals:ann:a\\:b\\\\c:d\n*:*:*:*:last";
        assert_eq!(find(file, &server).as_deref(), Some("a:b\\c:d"));
        assert_eq!(find("*:*:*:ann", &server), None, "no password");
        assert_eq!(find("", &server), None);
    }

    #[test]
    fn a_password_is_never_shown() {
        let password = Password::new("tr0ub4dor");
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert_eq!(password.hide_in("no “tr0ub4dor” here"), "no “•••” here");
    }
}
