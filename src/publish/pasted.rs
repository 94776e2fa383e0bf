//! Writes an edition as a piece of HTML for the clipboard: the picture, and its sources as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Citations, Edition};
use crate::scene::{Detail, SourceLine, credit_line, source_lines};
use crate::wording::{is_openable, visible};

impl Edition<'_> {
    /// Returns a piece of HTML with this PNG and, unless the picture has none, its sources as text with their links.
    #[must_use]
    pub fn clipboard_html(&self, png: &[u8]) -> String {
        let map = &self.document.map;
        let title = map.meta().title.as_deref().map_or_else(|| "Map".to_owned(), |title| visible(title).into_owned());
        let picture = STANDARD.encode(png);
        let mut lines =
            vec![format!("<p><img src=\"data:image/png;base64,{picture}\" alt=\"{}\"></p>\n", escaped(&title))];
        let has_sources = self.options.citations == Citations::Full;
        let sources = if has_sources { source_lines(map, &self.input.plan, Detail::Full) } else { Vec::new() };
        if !sources.is_empty() {
            lines.push("<p><b>Sources</b></p>\n".to_owned());
        }
        let line = |source: SourceLine| format!("<p>{} {}</p>\n", escaped(&source.number), linked(&source.text));
        lines.extend(sources.into_iter().map(line));
        lines.push(format!("<p>{}</p>\n", escaped(&credit_line(map))));
        lines.concat()
    }
}

/// Returns text as HTML in which addresses that may be opened are links.
fn linked(text: &str) -> String {
    let word = |word: &str| {
        let address = word.trim_end_matches(['.', ',', ';']);
        let rest = &word[address.len()..];
        if is_openable(address) {
            format!("<a href=\"{0}\">{0}</a>{1}", escaped(address), escaped(rest))
        } else {
            escaped(word)
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    html_escape::encode_quoted_attribute(text).replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{escaped, linked};

    #[test]
    fn only_addresses_that_may_be_opened_become_links_and_all_text_stays_text() {
        let text = "Ledger <b>, https://example.org/a?b=1&c=2. javascript:alert(1) \"x\"";
        let html = linked(text);
        let link = "<a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>.";
        assert_eq!(html, format!("Ledger &lt;b&gt;, {link} javascript:alert(1) &quot;x&quot;"));
        assert_eq!(escaped("a 'b' & <c>"), escaped("a 'b' & <c>").replace('<', ""));
    }
}
