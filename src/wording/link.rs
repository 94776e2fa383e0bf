//! Formatting of web addresses so that users see the real host before opening them.

use crate::address::{Address, without_credentials};
use crate::hidden_characters::visible;

/// Whether a click may open the address.
#[must_use]
pub fn is_openable(url: &str) -> bool {
    Address::openable(url).is_ok()
}

/// Returns the real host of an address such as `geekwire.com`: in lower case and Punycode, without `www.`, and with an
/// explicit port. `None` if it is not a web address.
#[must_use]
pub fn link_host(url: &str) -> Option<String> {
    Address::parse(url).map(|address| host_and_port(&address))
}

fn host_and_port(address: &Address<'_>) -> String {
    let host = address.host();
    let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host);
    address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Formats an address for display: real host and path, without credentials. Any other text is returned as is, with
/// hidden characters made visible and credentials removed.
#[must_use]
pub fn link_address(url: &str) -> String {
    let Some(address) = Address::parse(url) else { return visible(&without_credentials(url)).into_owned() };
    let scheme = if address.is_secure() { "" } else { "http://" };
    let rest = if address.rest() == "/" { "" } else { address.rest() };
    format!("{scheme}{}{}", host_and_port(&address), visible(&without_credentials(rest)))
}

#[cfg(test)]
mod tests {
    use super::{is_openable, link_address, link_host};

    #[test]
    fn the_real_host_is_shown() {
        let cases = [
            ("https://www.geekwire.com/2026/microsoft?x=1#top", "geekwire.com", "geekwire.com/2026/microsoft?x=1#top"),
            ("https://geekwire.com/", "geekwire.com", "geekwire.com"),
            ("http://example.org/a", "example.org", "http://example.org/a"),
            ("https://openai.com@evil.example/login", "evil.example", "evil.example/login"),
            ("https://openai.com%2f@evil.example", "evil.example", "evil.example"),
            ("https://openai.com\\@evil.example", "openai.com", "openai.com\\@evil.example"),
            ("https://OpenAI.com:8443/x", "openai.com:8443", "openai.com:8443/x"),
            ("https://оpenai.com/", "xn--penai-iye.com", "xn--penai-iye.com"),
            ("https://bücher.example", "xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("https://例え.テスト/", "xn--r8jz45g.xn--zckzah", "xn--r8jz45g.xn--zckzah"),
            ("https://[2001:db8::1]:80/a", "[2001:db8::1]:80", "[2001:db8::1]:80/a"),
            ("https://a.example/\u{202E}fdp", "a.example", "a.example/[U+202E]fdp"),
            ("https://user:password@a.example/x", "a.example", "a.example/x"),
            ("https://w.example/http://user:password@a.example/x", "w.example", "w.example/http://a.example/x"),
            ("https://0x7f.1/", "127.0.0.1", "127.0.0.1"),
            ("https://a%2eexample/", "a.example", "a.example"),
        ];
        for (url, host, address) in cases {
            assert_eq!(link_host(url).as_deref(), Some(host), "{url}");
            assert_eq!(link_address(url), address, "{url}");
        }
    }

    #[test]
    fn only_plain_web_addresses_open() {
        for good in [
            "https://a.example/",
            "http://a.example:80/x?y#z",
            "HTTPS://A.EXAMPLE",
            "https://[::1]/",
            "https://bücher.example",
        ] {
            assert!(is_openable(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://a.example",
            "data:text/html,x",
            "https:a.example",
            "https:/a.example",
            "https:///a.example",
            "https://",
            "//a.example",
            "https://a.example/\n",
            "https://a example/",
            "https://a.example\\@b",
            "https://a.example/\u{202E}x",
            "https://a%2eexample/",
            "https://a.example:99999/",
            "https://h:+80",
            "https://user:password@a.example/",
            " https://a.example",
            "vbscript://a.example",
            "",
        ] {
            assert!(!is_openable(bad), "{bad:?}");
        }
    }

    #[test]
    fn what_is_no_address_stands_as_it_is() {
        assert_eq!(link_host("javascript:alert(1)"), None);
        assert_eq!(link_address("javascript:alert(1)\u{7}"), "javascript:alert(1)[U+0007]");
    }
}
