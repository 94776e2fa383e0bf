//! Addresses as people should see them before they open: the real host, in full, without disguise.

use crate::visible::{is_hidden, visible};

/// The parts of a web address that decide where it leads.
struct Address<'a> {
    is_secure: bool,
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

/// Splits an `http` or `https` address the way browsers do; none for everything else.
fn split(url: &str) -> Option<Address<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let is_secure = scheme.eq_ignore_ascii_case("https");
    if !is_secure && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    // What stands before the last "@" is a user's name and says nothing about the host.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port_at = match authority.strip_prefix('[') {
        Some(_) => authority.find("]:").map(|at| at + 1),
        None => authority.find(':'),
    };
    let (host, port) = port_at.map_or((authority, None), |at| (&authority[..at], Some(&authority[at + 1..])));
    (!host.is_empty()).then_some(Address { is_secure, host, port, rest })
}

/// Whether a click may open the address: `http` or `https`, a plain host, no hidden character.
#[must_use]
pub fn is_openable(url: &str) -> bool {
    let is_plain = |character: char| !character.is_whitespace() && !is_hidden(character) && character != '\\';
    url.chars().all(is_plain)
        && split(url).is_some_and(|address| is_host(address.host) && address.port.is_none_or(is_port))
}

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside.chars().all(|character| character.is_ascii_hexdigit() || matches!(character, ':' | '.')),
        None => host.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '.' | '_')),
    }
}

fn is_port(port: &str) -> bool {
    port.parse::<u16>().is_ok()
}

/// The host to which the address really leads, in lower case, with letters outside ASCII in Punycode
/// and without `www.`: `geekwire.com`. None if it is no web address.
#[must_use]
pub fn link_host(url: &str) -> Option<String> {
    let address = split(url)?;
    let host = plain_host(address.host);
    let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(&host);
    Some(match address.port {
        Some(port) => format!("{host}:{}", visible(port)),
        None => host.to_owned(),
    })
}

/// The address as shown before it opens: the real host in full, then the path. What is no web address
/// stands as the file has it, with hidden characters made visible.
#[must_use]
pub fn link_address(url: &str) -> String {
    let (Some(address), Some(host)) = (split(url), link_host(url)) else { return visible(url).into_owned() };
    let scheme = if address.is_secure { "" } else { "http://" };
    let rest = if address.rest == "/" { "" } else { address.rest };
    format!("{scheme}{host}{}", visible(rest))
}

/// The host in ASCII, so that look-alike letters of other scripts can't pass for Latin ones.
fn plain_host(host: &str) -> String {
    let label = |label: &str| {
        let label = label.to_lowercase();
        if label.is_ascii() {
            return visible(&label).into_owned();
        }
        punycode(&label).map_or_else(|| visible(&label).into_owned(), |code| format!("xn--{code}"))
    };
    // Browsers take the ideographic full stops for dots.
    host.split(['.', '。', '．', '｡']).map(label).collect::<Vec<_>>().join(".")
}

/// Punycode of one label, by RFC 3492; none if it is too long to be a host's.
fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    const MOST_CHARACTERS: usize = 255;
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    if characters.len() > MOST_CHARACTERS {
        return None;
    }
    let mut code: String = label.chars().filter(char::is_ascii).collect();
    let basic = code.len();
    if basic > 0 {
        code.push('-');
    }
    let (mut next, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, basic);
    while done < characters.len() {
        let lowest = characters.iter().copied().filter(|&character| character >= next).min()?;
        let steps = u32::try_from(done + 1).ok()?;
        delta = delta.checked_add((lowest - next).checked_mul(steps)?)?;
        next = lowest;
        for &character in &characters {
            if character < next {
                delta = delta.checked_add(1)?;
            }
            if character != next {
                continue;
            }
            let mut rest = delta;
            for k in (BASE..).step_by(BASE as usize) {
                let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
                if rest < threshold {
                    break;
                }
                code.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                rest = (rest - threshold) / (BASE - threshold);
            }
            code.push(digit(rest));
            bias = adapted_bias(delta, u32::try_from(done + 1).ok()?, done == basic);
            delta = 0;
            done += 1;
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(code)
}

fn digit(value: u32) -> char {
    char::from_digit(value, 36).map_or('?', |_| {
        let letter = if value < 26 { b'a' + value as u8 } else { b'0' + (value - 26) as u8 };
        char::from(letter)
    })
}

fn adapted_bias(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
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
