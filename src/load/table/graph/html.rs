//! The words of a label that is written in HTML.

use std::borrow::Cow;

/// Elements that do not separate the words before and after them.
const INLINE: [&str; 17] =
    ["b", "i", "u", "s", "o", "em", "strong", "font", "span", "sub", "sup", "small", "big", "a", "code", "tt", "mark"];
/// The longest name of a reference.
const MAX_REFERENCE_BYTES: usize = 10;
/// Elements whose content is not displayed.
const HIDDEN: [&str; 3] = ["style", "script", "head"];

/// Returns the text of some HTML, with a blank between blocks and cells.
pub(super) fn text_of_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // If no further tag ends, the search for one is skipped.
    let last_end = html.rfind('>').unwrap_or(0);
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            rest = push_reference(&mut text, rest);
            continue;
        }
        let may_be_tag = rest[1..].starts_with(|c: char| c.is_alphabetic() || "/!?".contains(c))
            && html.len() - rest.len() < last_end;
        let Some(end) = may_be_tag.then(|| rest.find('>')).flatten() else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = rest[1..end].trim_start_matches('/');
        let is_opened = !rest.starts_with("</");
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
        let name = name.to_ascii_lowercase();
        rest = &rest[end + 1..];
        if HIDDEN.contains(&&*name) && is_opened {
            let is_end = |(at, _): &(usize, &str)| {
                rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(&name))
            };
            rest = rest.match_indices("</").find(is_end).map_or("", |(at, _)| &rest[at..]);
        } else if !INLINE.contains(&&*name) {
            text.push(' ');
        }
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces references such as `&amp;` by the characters that they name.
pub(super) fn decode_references(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = push_reference(&mut decoded, &rest[at..]);
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Adds the sign that a reference names, and returns what follows it; an unknown one is left as it is.
fn push_reference<'t>(text: &mut String, rest: &'t str) -> &'t str {
    // A text of many ampersands is not searched to its end for each.
    let end = rest.bytes().skip(1).take(MAX_REFERENCE_BYTES + 1).position(|byte| byte == b';');
    let name = end.map(|end| &rest[1..=end]);
    let sign = name.and_then(reference);
    if let (Some(sign), Some(name)) = (sign, name) {
        text.push(sign);
        return &rest[name.len() + 2..];
    }
    text.push('&');
    &rest[1..]
}

/// Returns the character of a reference: `amp`, `#233` or `#xe9`.
pub(super) fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|sign| *sign != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => return latin(name),
    })
}

/// Returns the character of a name for one of Latin-1, in the order of their codes, and for usual signs.
fn latin(name: &str) -> Option<char> {
    const NAMES: &str = "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
        sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
        Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
        times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
        egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
        ugrave uacute ucirc uuml yacute thorn yuml";
    let others = [("euro", '€'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("bull", '•'), ("rarr", '→')];
    if let Some((_, sign)) = others.iter().find(|(known, _)| *known == name) {
        return Some(*sign);
    }
    let at = NAMES.split_whitespace().position(|known| known == name)?;
    char::from_u32(0xa1 + at as u32)
}

#[cfg(test)]
mod tests {
    use super::{reference, text_of_html};

    #[test]
    fn words_of_html_are_kept_and_nothing_else() {
        for (html, text) in [
            ("<html><b>Skerry</b> Ships</html>", "Skerry Ships"),
            ("<TABLE><TR><TD PORT=\"p\"><B>Bollard</B></TD><TD>&amp; Co</TD></TR></TABLE>", "Bollard & Co"),
            ("a<br/>b<BR>c", "a b c"),
            ("<style>b { x }</STYLE>Caf&eacute; &#233;&#xE9; &bogus; 3 < 4 & 5", "Café éé &bogus; 3 < 4 & 5"),
            ("<b", "<b"),
            ("&", "&"),
            ("<!-- x -->y", "y"),
        ] {
            assert_eq!(text_of_html(html), text, "{html}");
        }
        assert_eq!((reference("yuml"), reference("nbsp"), reference("#0")), (Some('ÿ'), Some(' '), None));
    }
}
