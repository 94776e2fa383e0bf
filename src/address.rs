//! Web addresses, by the one rule that says which of them may be opened and where they really lead.
//!
//! Reading is left to the `url` crate, which follows the same standard as browsers (and `idna` for hosts outside
//! ASCII). What a browser would silently mend is refused here, since a person could not see where it leads.

use std::borrow::Cow;
use std::fmt;

use url::{Host, Url};

use crate::hidden_characters::is_hidden;

/// Why an address may not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no `http` or `https` address with a host.
    NotWeb,
    /// It holds blanks, backslashes or invisible characters, which could hide where it leads.
    Hidden,
    /// Its host is written in percent signs.
    EncodedHost,
    /// Its port is no number from 0 to 65535.
    Port,
    /// It holds a user’s name or password before the host.
    Credentials,
}

impl Refusal {
    /// What to do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NotWeb => "write an address that begins with https:// or http://, or remove it",
            Self::Hidden => "remove spaces, backslashes and invisible characters, or percent-encode them, such as %20",
            Self::EncodedHost => "write the host without percent signs",
            Self::Port => "write the port as a number up to 65535, or remove it",
            Self::Credentials => "remove everything before the @",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotWeb => "is not a web address",
            Self::Hidden => "contains characters that could hide its real target",
            Self::EncodedHost => "has a percent-encoded host",
            Self::Port => "has a port that is not a number up to 65535",
            Self::Credentials => "contains a user name or password",
        })
    }
}

/// A web address, taken apart as browsers do.
#[derive(Clone, Debug)]
pub struct Address<'a> {
    url: Url,
    text: &'a str,
}

impl<'a> Address<'a> {
    /// Reads an `http` or `https` address; `None` for everything else. It need not be one that may be opened.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        // Browsers also take `https:host`, `https:/host` and `https:///host` for an address; people would not.
        let (_, rest) = split_scheme(text)?;
        if rest.starts_with(['/', '\\']) || authority(rest).contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let url = Url::parse(text).ok()?;
        // A host of dots alone is none.
        let has_host = match url.host()? {
            Host::Domain(name) => name.contains(|c: char| c.is_ascii_alphanumeric()),
            Host::Ipv4(_) | Host::Ipv6(_) => true,
        };
        has_host.then_some(Self { url, text })
    }

    /// Reads an address that a click may open.
    ///
    /// # Errors
    ///
    /// When it may not be opened; the error says why.
    pub fn openable(text: &'a str) -> Result<Self, Refusal> {
        let (_, rest) = split_scheme(text).ok_or(Refusal::NotWeb)?;
        if text.contains(|c: char| c.is_whitespace() || c == '\\' || is_hidden(c)) {
            return Err(Refusal::Hidden);
        }
        let (credentials, host) = authority(rest).rsplit_once('@').unwrap_or(("", authority(rest)));
        if host.contains('%') {
            return Err(Refusal::EncodedHost);
        }
        let Some(address) = Self::parse(text) else {
            let without_port = host.rfind(':').map(|colon| format!("https://{}", &host[..colon]));
            let is_port = without_port.is_some_and(|text| Address::parse(&text).is_some());
            return Err(if is_port { Refusal::Port } else { Refusal::NotWeb });
        };
        if host.len() < authority(rest).len() || !credentials.is_empty() || has_credentials(text) {
            return Err(Refusal::Credentials);
        }
        Ok(address)
    }

    /// Whether it is an `https` address.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The host to which it really leads, in lower case and in ASCII, so that look-alike letters of other scripts can't
    /// pass for Latin ones.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The port, unless it is the usual one.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.url.port()
    }

    /// What stands behind host and port, as it was written.
    #[must_use]
    pub fn rest(&self) -> &'a str {
        let rest = split_scheme(self.text).map_or("", |(_, rest)| rest);
        &rest[authority(rest).len()..]
    }
}

/// Splits an `http` or `https` address behind its scheme.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    ["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web)).then_some((scheme, rest))
}

/// User, host and port: what stands before the path, of a text without its scheme.
fn authority(rest: &str) -> &str {
    &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())]
}

/// Whether an address, or one inside it as archives have them, holds a user’s name or password.
fn has_credentials(text: &str) -> bool {
    matches!(without_credentials(text), Cow::Owned(_))
}

/// The address without the names and passwords of users, wherever an address in it holds them.
#[must_use]
pub fn without_credentials(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, mark) in text.match_indices("://") {
        let start = at + mark.len();
        if start < done {
            continue;
        }
        let rest = &text[start..];
        let end = rest.find(|c: char| matches!(c, '/' | '?' | '#' | '\\' | '&') || c.is_whitespace());
        if let Some(host) = rest[..end.unwrap_or(rest.len())].rfind('@') {
            out.push_str(&text[done..start]);
            done = start + host + 1;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Whether an address in a text holds a password.
#[must_use]
pub fn holds_password(text: &str) -> bool {
    text.match_indices("://").any(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let end = rest.find(|c: char| matches!(c, '/' | '?' | '#') || c.is_whitespace()).unwrap_or(rest.len());
        let user = rest[..end].rsplit_once('@').map(|(user, _)| user);
        user.and_then(|user| user.split_once(':')).is_some_and(|(_, password)| !password.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::{Address, Refusal, holds_password, without_credentials};

    #[test]
    fn what_may_not_be_opened_says_why() {
        let cases = [
            ("javascript:alert(1)", Refusal::NotWeb),
            ("javascript://example.org/%0aalert(1)", Refusal::NotWeb),
            ("file:///etc/passwd", Refusal::NotWeb),
            ("https:a.example", Refusal::NotWeb),
            ("https:///a.example", Refusal::NotWeb),
            ("https://", Refusal::NotWeb),
            ("https://..", Refusal::NotWeb),
            ("https://a_b|c.example", Refusal::NotWeb),
            ("https://[::1", Refusal::NotWeb),
            ("https://[::g]/", Refusal::NotWeb),
            ("https://1.2.3.4.5/", Refusal::NotWeb),
            ("https://exa mple.org", Refusal::Hidden),
            ("https://a.example\\@b", Refusal::Hidden),
            ("https://a.example/\u{202E}x", Refusal::Hidden),
            ("https://a%2eexample/", Refusal::EncodedHost),
            ("https://%61.example/", Refusal::EncodedHost),
            ("https://h:+80", Refusal::Port),
            ("https://h:-1/", Refusal::Port),
            ("https://h:8o/", Refusal::Port),
            ("https://h:0x50/", Refusal::Port),
            ("https://a.example:99999/", Refusal::Port),
            ("https://u:p@a.example/", Refusal::Credentials),
            ("https://u@a.example/", Refusal::Credentials),
            ("https://@a.example/", Refusal::Credentials),
            ("https://:@a.example/", Refusal::Credentials),
            ("https://openai.com@evil.example/login", Refusal::Credentials),
            ("https://web.archive.org/web/2020/https://u:p@a.example/", Refusal::Credentials),
        ];
        for (text, why) in cases {
            assert_eq!(Address::openable(text).err(), Some(why), "{text}");
        }
    }

    #[test]
    fn the_host_is_the_one_that_browsers_go_to() {
        let cases = [
            ("https://a.example:8443/x", "a.example", Some(8443)),
            ("https://h:443", "h", None),
            ("https://h:", "h", None),
            ("http://2130706433/", "127.0.0.1", None),
            ("http://0x7f.1/", "127.0.0.1", None),
            ("https://ｅxample.org/", "example.org", None),
            ("https://bücher。example/@a/b@c", "xn--bcher-kva.example", None),
            ("https://a.example/?q=x@y#z@", "a.example", None),
            ("https://web.archive.org/web/2020/https://medium.com/@u/x", "web.archive.org", None),
        ];
        for (text, host, port) in cases {
            let address = Address::openable(text).unwrap_or_else(|why| panic!("{text} {why}"));
            assert_eq!((address.host(), address.port()), (host, port), "{text}");
        }
    }

    #[test]
    fn names_and_passwords_go_and_nothing_else() {
        let cases = [
            ("https://u:p@a.example/x@y", "https://a.example/x@y"),
            ("https://u:p@ss@a.example", "https://a.example"),
            (
                "https://w.example/https://u:p@a.example/?u=http://v@b&c=d@e",
                "https://w.example/https://a.example/?u=http://b&c=d@e",
            ),
            ("ftp://u:p@a.example", "ftp://a.example"),
            ("https://a.example/@u", "https://a.example/@u"),
        ];
        for (text, wanted) in cases {
            assert_eq!(without_credentials(text), wanted);
        }
        assert!(holds_password("see postgres://me:secret@h/db"));
        for text in ["git+ssh://git@h/x", "https://h:80/x", "https://h/a:b@c", "a:b@c", "https://h or me:x@y"] {
            assert!(!holds_password(text), "{text}");
        }
    }
}
