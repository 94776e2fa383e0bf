//! Addresses of databases: `sqlite:FILE` and `postgres://USER@HOST:PORT/DATABASE`, with the parameters that psql knows.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::hidden_characters::visible;

/// The database to ask. Never holds a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseAddress {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A server that speaks the protocol of PostgreSQL.
    Postgres(Server),
}

/// A database on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The name or address of the machine, or the folder of the server's socket.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The name of the database.
    pub database: String,
    /// The name of the user.
    pub user: String,
    /// Whether the connection is encrypted and the server's identity checked.
    pub tls: TlsMode,
    /// A file with the certificates of authorities to trust instead of the system's.
    pub root_file: Option<PathBuf>,
    /// The time that connecting may take.
    pub connect_timeout: Duration,
}

/// Whether a connection is encrypted, and who the server has to be; the words are those of psql.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsMode {
    /// Never encrypted.
    Disable,
    /// Encrypted if the server can do it.
    Prefer,
    /// Encrypted, whoever the server is.
    Require,
    /// Encrypted, with a certificate of a known authority.
    VerifyCa,
    /// Encrypted, with a certificate of a known authority for this host.
    VerifyFull,
}

impl TlsMode {
    /// All modes, the safest last.
    pub const ALL: [Self; 5] = [Self::Disable, Self::Prefer, Self::Require, Self::VerifyCa, Self::VerifyFull];

    /// Returns the word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// Returns the mode for a host about which nothing is said: connections that leave the machine are encrypted and
    /// checked.
    #[must_use]
    pub fn for_host(host: &str) -> Self {
        let is_local = host.starts_with('/') || matches!(host, "localhost" | "127.0.0.1" | "::1");
        if is_local { Self::Prefer } else { Self::VerifyFull }
    }
}

/// The reason why an address can't be used, with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("could not use the address of the database: {message}; {remedy}")]
pub struct AddressError {
    message: String,
    remedy: &'static str,
}

/// What addresses look like.
const FORMS: &str = "write sqlite:FILE or postgres://USER@HOST:PORT/DATABASE";
/// The time that connecting may take if the address doesn't say it.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Folders in which servers put their sockets.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

fn bad(message: impl Into<String>, remedy: &'static str) -> AddressError {
    AddressError { message: message.into(), remedy }
}

impl DatabaseAddress {
    /// Returns whether a text is meant as the address of a database, valid or not.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        scheme.is_some_and(|scheme| matches!(&*scheme, "sqlite" | "postgres" | "postgresql"))
    }

    /// Parses an address.
    ///
    /// # Errors
    ///
    /// If it is not one, contains a password, or asks for something that is not supported; the message never repeats
    /// the address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let Some((scheme, rest)) = text.split_once(':') else { return Err(bad("it has no “:”", FORMS)) };
        match &*scheme.to_ascii_lowercase() {
            "sqlite" => {
                let path = rest.strip_prefix("//").unwrap_or(rest);
                if path.is_empty() {
                    return Err(bad("it names no file", FORMS));
                }
                Ok(Self::Sqlite(PathBuf::from(path)))
            }
            "postgres" | "postgresql" => server(text).map(Self::Postgres),
            _ => Err(bad("it is for neither SQLite nor PostgreSQL", FORMS)),
        }
    }

    /// Returns the name of the database, without folder, host and user: the map keeps it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                visible(&name.to_string_lossy()).into_owned()
            }
            Self::Postgres(server) => visible(&server.database).into_owned(),
        }
    }

    /// Returns the path of a file of SQLite.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        if let Self::Sqlite(path) = self { Some(path) } else { None }
    }
}

impl fmt::Display for DatabaseAddress {
    /// Writes what messages name: the file, or database and host.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "{}", visible(&path.to_string_lossy())),
            Self::Postgres(server) => write!(out, "{} on {}", visible(&server.database), visible(&server.host)),
        }
    }
}

/// Parses the address of a server. What it lacks comes from the environment variables of psql.
fn server(text: &str) -> Result<Server, AddressError> {
    // The parser's own message may quote the address.
    let url = Url::parse(text).map_err(|_| bad("it is not well-formed", FORMS))?;
    if url.password().is_some() {
        return Err(password_inside());
    }
    let mut host = url.host_str().map(decoded).transpose()?.unwrap_or_default();
    // An address of IPv6.
    host.retain(|c| !matches!(c, '[' | ']'));
    let mut port = url.port();
    let mut user = decoded(url.username())?;
    let mut database = decoded(url.path().trim_start_matches('/'))?;
    let (mut tls, mut root_file, mut connect_timeout) = (None, None, None);
    for pair in url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(value)?;
        match name {
            "password" | "passfile" => return Err(password_inside()),
            "host" => host = value,
            "port" => port = Some(value.parse().map_err(|_| bad("its port is not a number", FORMS))?),
            "user" => user = value,
            "dbname" => database = value,
            "sslmode" => tls = Some(tls_mode(&value)?),
            "sslrootcert" => root_file = Some(PathBuf::from(value)),
            "connect_timeout" => {
                let seconds = value.parse().map_err(|_| bad("its connect_timeout is not a number", "write seconds"))?;
                connect_timeout = Some(Duration::from_secs(seconds)).filter(|time| !time.is_zero());
            }
            // They change nothing that a reader of tables needs.
            "application_name" | "client_encoding" | "gssencmode" | "target_session_attrs" | "keepalives" => {}
            _ => {
                let message = format!("its parameter “{}” is not supported", visible(name));
                return Err(bad(
                    message,
                    "leave it out; host, port, user, dbname, sslmode, sslrootcert and connect_timeout are",
                ));
            }
        }
    }
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let or = |value: String, name: &str| if value.is_empty() { environment(name).unwrap_or_default() } else { value };
    (host, user, database) = (or(host, "PGHOST"), or(user, "PGUSER"), or(database, "PGDATABASE"));
    if host.contains(',') {
        return Err(bad("it names several hosts", "name one of them"));
    }
    if host.is_empty() {
        host = default_host();
    }
    if user.is_empty() {
        user = environment("USER").or_else(|| environment("USERNAME")).unwrap_or_default();
    }
    if user.is_empty() {
        return Err(bad("it names no user", FORMS));
    }
    if database.is_empty() {
        database.clone_from(&user);
    }
    if let Some(word) = environment("PGSSLMODE").filter(|_| tls.is_none()) {
        tls = Some(tls_mode(&word)?);
    }
    let port = port.or_else(|| environment("PGPORT")?.parse().ok()).unwrap_or(5432);
    let root_file = root_file.or_else(|| environment("PGSSLROOTCERT").map(PathBuf::from));
    let root_file = root_file.filter(|file| file.as_os_str() != "system");
    Ok(Server {
        tls: tls.unwrap_or_else(|| TlsMode::for_host(&host)),
        host,
        port,
        database,
        user,
        root_file,
        connect_timeout: connect_timeout.unwrap_or(CONNECT_TIMEOUT),
    })
}

fn tls_mode(word: &str) -> Result<TlsMode, AddressError> {
    let unknown = || {
        let message = format!("its sslmode “{}” is not known", visible(word));
        bad(message, "write disable, prefer, require, verify-ca or verify-full")
    };
    TlsMode::of_word(word).ok_or_else(unknown)
}

fn password_inside() -> AddressError {
    bad(
        "it contains a password, which every user of this machine can see",
        "leave it out: set PGPASSWORD, write it into ~/.pgpass, or type it when you are asked",
    )
}

fn decoded(text: &str) -> Result<String, AddressError> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| bad("it is not UTF-8", FORMS))?;
    if decoded.contains('\0') {
        return Err(bad("it contains a NUL character", FORMS));
    }
    Ok(decoded.into_owned())
}

/// Returns the folder of the socket of a server on this machine, if there is one, else this machine.
fn default_host() -> String {
    let has_socket = |folder: &&str| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".s.PGSQL."))
    };
    let socket = SOCKET_FOLDERS.into_iter().filter(|_| cfg!(unix)).find(has_socket);
    socket.unwrap_or("localhost").to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::{DatabaseAddress, Server, TlsMode};

    fn server(text: &str) -> Server {
        match DatabaseAddress::parse(text) {
            Ok(DatabaseAddress::Postgres(server)) => server,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn files_and_servers_are_told_apart() {
        for (text, path) in [
            ("sqlite:deals.db", "deals.db"),
            ("sqlite:///home/ann/deals.db", "/home/ann/deals.db"),
            ("SQLite:C:\\deals.db", "C:\\deals.db"),
        ] {
            assert!(DatabaseAddress::is_meant(text));
            assert_eq!(DatabaseAddress::parse(text).expect(text).path(), Some(Path::new(path)));
        }
        assert!(!DatabaseAddress::is_meant("deals.csv") && !DatabaseAddress::is_meant("C:\\deals.csv"));
        assert_eq!(DatabaseAddress::parse("sqlite:/a/b/deals.db").expect("a file").name(), "deals.db");
    }

    #[test]
    fn servers_have_all_that_psql_reads() {
        let all = server(
            "postgresql://ann%40x@db.example.org:6000/my%20deals?sslmode=require&sslrootcert=%2Fca.pem&connect_timeout=3",
        );
        assert_eq!((&*all.user, &*all.host, all.port, &*all.database), ("ann@x", "db.example.org", 6000, "my deals"));
        assert_eq!((all.tls, all.root_file.as_deref()), (TlsMode::Require, Some(Path::new("/ca.pem"))));
        assert_eq!(all.connect_timeout, Duration::from_secs(3));
        let inside = server("postgres://?host=/run/pg&port=7&user=ann&dbname=deals");
        assert_eq!((&*inside.host, inside.port, inside.tls), ("/run/pg", 7, TlsMode::Prefer));
        assert_eq!(server("postgres://ann@[::1]:7/d").host, "::1");
        assert_eq!(server("postgres://ann@%2Frun%2Fpg/d").host, "/run/pg");
        assert_eq!(server("postgres://ann@db.example.org").database, "ann");
    }

    #[test]
    fn what_leaves_the_machine_is_checked_unless_said_otherwise() {
        for (host, tls) in [("db.example.org", TlsMode::VerifyFull), ("localhost", TlsMode::Prefer)] {
            assert_eq!(server(&format!("postgres://ann@{host}/d")).tls, tls, "{host}");
        }
    }

    #[test]
    fn bad_addresses_are_refused_without_repeating_them() {
        for (text, reason) in [
            ("postgres://ann:s3cret-word@db/d", "contains a password"),
            ("postgres://ann@db/d?password=s3cret-word", "contains a password"),
            ("postgres://ann@db/d?sslkey=s3cret-word", "“sslkey” is not supported"),
            ("postgres://ann@db/d?sslmode=s", "sslmode “s” is not known"),
            ("postgres://ann@a,b/d", ""),
            ("postgres://ann@db/d?host=a,b", "several hosts"),
            ("postgres://ann@db:s3cret-word/d", "not well-formed"),
            ("sqlite:", "names no file"),
            ("mysql://ann@db/d", "for neither SQLite nor"),
        ] {
            let error = DatabaseAddress::parse(text).expect_err(text).to_string();
            assert!(error.contains(reason), "{text}: {error}");
            assert!(!error.contains("s3cret-word"), "{error}");
        }
    }
}
