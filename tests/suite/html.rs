//! A map as an HTML page: complete, harmless and deterministic. Tests in a real browser are in `slow/browser.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::roxmltree::{Document as Tree, Node, ParsingOptions};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _, Tag};
use tieline::document::{Document, Look};
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled};
use tieline::model::{ActorId, Map, Redaction, TieId};
use tieline::publish::{Edition, Format, PictureOptions, Scope, Tone};
use tieline::text::{Face, Fonts, face_bytes};

/// The namespace of references inside pictures.
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// The allowed tags of a page.
const TAGS: &str = "html head meta title style script body header h1 h2 h3 p div svg defs g use path rect circle polygon a kbd ul li main \
    pre aside nav button output input article section dl dt dd i b span small figure blockquote figcaption";
/// The allowed attributes of a page, those of stories last.
const ATTRIBUTES: &str = "lang charset http-equiv content name id class dir href target rel title type placeholder role \
    autocomplete spellcheck hidden tabindex viewBox d x y cx cy r width height rx points fill fill-opacity stroke stroke-width \
    stroke-opacity opacity stroke-dasharray stroke-linejoin stroke-linecap transform data-of data-ends data-from data-kind \
    data-field data-theme aria-label aria-labelledby aria-hidden aria-live data-until data-boxes data-ties data-scale data-steps data-view data-focus";

pub(crate) fn bundled(index: usize) -> Map {
    load_bundled(BUNDLED[index]).expect("a bundled map").0.map
}

/// Exports a map as a page.
pub(crate) fn page_of(map: Map, tone: Tone) -> String {
    page_with(&Document::new(Arc::new(map), Arc::default()), PictureOptions { tone, ..PictureOptions::default() })
}

fn page_with(document: &Document, options: PictureOptions) -> String {
    let fonts = Fonts::new();
    let edition = Edition::prepare(document, &fonts, options, &NoProgress).expect("not canceled");
    String::from_utf8(edition.write(Format::Html).expect("a page")).expect("text")
}

/// Returns the content between the first opening and closing tag of this name.
pub(crate) fn inside<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<{name}>")).expect("an opening tag");
    rest.split_once(&format!("</{name}>")).expect("a closing tag").0
}

/// Returns the page without its script, which an XML parser would reject.
pub(crate) fn without_script(page: &str) -> String {
    page.replacen(inside(page, "script"), "", 1)
}

/// Parses a page and checks every tag, attribute and link.
pub(crate) fn check_harmless(page: &str) {
    assert_eq!(page.matches("<script").count(), 1, "one script");
    assert_eq!(page.matches("</script").count(), 1, "one script");
    assert!(page.is_ascii() || !page.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')));
    assert!(!page.contains(['\0', '\u{ffff}', '\u{feff}', '\r']));
    let text = without_script(page);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree = Tree::parse_with_options(&text, options).expect("well-formed markup");
    let tags: BTreeSet<&str> = TAGS.split_whitespace().collect();
    let attributes: BTreeSet<&str> = ATTRIBUTES.split_whitespace().collect();
    let mut ids = BTreeSet::new();
    for node in tree.descendants().filter(Node::is_element) {
        assert!(tags.contains(node.tag_name().name()), "<{}>", node.tag_name().name());
        for attribute in node.attributes() {
            assert!(attributes.contains(attribute.name()), "{}=\"{}\"", attribute.name(), attribute.value());
            assert!(!attribute.value().to_lowercase().contains("url("), "{}", attribute.value());
        }
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id), "two elements are called {id}");
        }
    }
    for link in tree.descendants().filter(|node| node.has_tag_name("a")) {
        check_link(link, &ids);
    }
    for glyph in tree.descendants().filter(|node| node.has_tag_name("use")) {
        let href = glyph.attribute((XLINK, "href")).expect("an address");
        assert!(href.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{href} is nowhere");
    }
}

/// Checks that a link leads to a record of the page, or to the web in a tab without access to its opener.
fn check_link(link: Node<'_, '_>, ids: &BTreeSet<&str>) {
    let href = link.attribute("href").expect("an address");
    if let Some(id) = href.strip_prefix('#') {
        assert!(ids.contains(id), "#{id} is nowhere");
    } else {
        assert!(href.starts_with("https://") || href.starts_with("http://"), "{href}");
        assert_eq!((link.attribute("rel"), link.attribute("target")), (Some("noopener noreferrer"), Some("_blank")));
    }
}

#[test]
fn a_large_page_is_sound_too() {
    let page = page_of(bundled(1), Tone::Light);
    check_harmless(&page);
    assert!(page.contains("<section class=\"proof disputes\">") && page.contains("class=\"own\""));
    assert!(page.contains("not in the picture"), "withdrawn ties are in the lists, and said to be withdrawn");
}

fn url_of(data: &str) -> String {
    format!("url(data:font/otf;base64,{data})")
}

/// Returns the descriptors and the encoded file of each typeface in a page.
fn fonts_of(page: &str) -> Vec<(String, String)> {
    let rules = inside(page, "style").split("@font-face{").skip(1).map(|rest| rest.split('}').next().expect("a rule"));
    let parts = rules.map(|rule| rule.split_once("src:url(data:font/otf;base64,").expect("data in the file"));
    parts.map(|(style, data)| (style.to_owned(), data.split(')').next().expect("an end").to_owned())).collect()
}

#[test]
fn details_are_set_in_the_typeface_of_the_picture() {
    let page = page_of(bundled(1), Tone::Light);
    let fonts = fonts_of(&page);
    let styles: Vec<&str> = fonts.iter().map(|(style, _)| style.as_str()).collect();
    assert_eq!(
        styles,
        [
            "font-family:Inter;font-weight:400;",
            "font-family:Inter;font-weight:600;",
            "font-family:Inter;font-weight:400;font-style:italic;"
        ]
    );
    assert!(inside(&page, "style").contains("font: 14px/1.45 Inter, "), "the text asks for it");
    let bytes: Vec<Vec<u8>> = fonts.iter().map(|(_, data)| STANDARD.decode(data).expect("Base64")).collect();
    let size: usize = bytes.iter().map(Vec::len).sum();
    assert!(size < 70_000, "{size} bytes");

    // Everything that is read is in it, as far as the typeface has it.
    let text: BTreeSet<char> = inside(&page, "body").chars().collect();
    let whole = FontRef::new(face_bytes(Face::Regular)).expect("a font");
    for (bytes, face) in bytes.iter().zip([Face::Regular, Face::SemiBold]) {
        let (font, original) = (FontRef::new(bytes).expect("a font"), FontRef::new(face_bytes(face)).expect("a font"));
        let missing: String =
            text.iter().filter(|&&c| whole.charmap().map(c).is_some() && font.charmap().map(c).is_none()).collect();
        assert_eq!(missing.trim(), "", "{face:?}");
        let width = |font: &FontRef<'_>, c| {
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            font.charmap().map(c).and_then(|glyph| metrics.advance_width(glyph))
        };
        assert!("Tie9“→".chars().all(|c| width(&font, c).is_some() && width(&font, c) == width(&original, c)));
        for table in [b"CFF ", b"OS/2", b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"] {
            assert!(font.table_data(Tag::new(table)).is_some(), "browsers require {table:?}");
        }
    }
}

#[test]
fn nothing_is_loaded_or_sent() {
    let page = page_of(bundled(0), Tone::Light);
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let policy = policy.expect("a policy");
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("base-uri 'none'") && policy.contains("form-action 'none'"), "{policy}");
    for (directive, name) in [("style-src", "style"), ("script-src", "script")] {
        let Some(digest) = digest(inside(&page, name)) else {
            println!("skipped: no sha256sum to check the policy's digests with");
            return;
        };
        assert!(policy.contains(&format!("{directive} 'sha256-{digest}'")), "{directive} {digest} in {policy}");
    }
    // Typefaces are in the file; nothing else may have an address.
    assert!(policy.ends_with("font-src data:; base-uri 'none'; form-action 'none'"), "{policy}");
    let page = fonts_of(&page).into_iter().fold(page.clone(), |page, (_, data)| page.replace(&url_of(&data), ""));
    for word in [
        "http",
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "@import",
        "import(",
        "innerHTML",
        "eval",
        "url(",
        "insertAdjacent",
    ] {
        for name in ["script", "style"] {
            assert!(!inside(&page, name).contains(word), "{word} in the {name}");
        }
    }
}

/// Returns the SHA-256 digest of a text in Base64, from the system's `sha256sum`, or `None` if that is missing.
fn digest(text: &str) -> Option<String> {
    let mut program =
        Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    program.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let said = String::from_utf8(program.wait_with_output().ok()?.stdout).ok()?;
    let bits: Vec<String> =
        said.chars().take(64).map(|c| format!("{:04b}", c.to_digit(16).expect("a digit"))).collect();
    let bits = bits.concat();
    let letter = |six: &[u8]| {
        let value = usize::from_str_radix(&format!("{:0<6}", String::from_utf8_lossy(six)), 2).expect("bits");
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[value] as char
    };
    Some(format!("{}=", bits.as_bytes().chunks(6).map(letter).collect::<String>()))
}

#[test]
fn hostile_words_stay_words() {
    let hostile =
        "</script><script>alert(1)</script>]]>--><img src=x onerror=alert(1)>\u{202e}\u{200b}\u{0}&lt;'\" onclick=\"x";
    let mut parts = bundled(0).records().to_parts();
    parts.meta.title = Some(hostile.to_owned());
    parts.meta.subtitle = Some(hostile.to_owned());
    parts.meta.note = Some(hostile.to_owned());
    parts.meta.authors = vec![hostile.to_owned()];
    parts.actors[0].name = hostile.to_owned();
    parts.actors[0].aliases = vec![hostile.to_owned()];
    parts.actors[0].summary = Some(hostile.to_owned());
    parts.actors[0].url = Some("javascript:alert(1)".to_owned());
    parts.actors[1].name = "x".repeat(10_000);
    parts.actors[1].url = Some("https://a.example/\"onclick=alert(1)".to_owned());
    parts.actors[2].name = "👩\u{200d}🔬".repeat(2_500);
    parts.actor_kinds[0].label = hostile.to_owned();
    parts.tie_kinds[0].label = hostile.to_owned();
    for tie in &mut parts.ties {
        tie.claim.label = Some(hostile.to_owned());
        tie.claim.scope = Some(hostile.to_owned());
        for quote in tie.claim.evidence.iter_mut().filter_map(|piece| piece.quote.as_mut()) {
            quote.exact = hostile.to_owned();
            quote.prefix = Some(hostile.to_owned());
        }
    }
    for source in &mut parts.sources {
        source.title = Some(hostile.to_owned());
        source.publisher = Some(hostile.to_owned());
        source.url = Some(format!("data:text/html,{hostile}"));
        source.archive_url = Some("https://real.example@evil.example/".to_owned());
    }
    let page = page_of(Map::new(parts).expect("a sound map"), Tone::Light);
    check_harmless(&page);
    assert!(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), "the words are there to be read");
    assert!(page.contains(">evil.example</a>"), "the real host is shown");
}

/// Returns the sizes of the texts of each actor and tie, as they are seen at a scale; signs of one glyph aside.
fn text_sizes(page: &Tree<'_>, scale: f32) -> BTreeMap<String, Vec<f32>> {
    let number =
        |node: &Node<'_, '_>, name: &str| node.attribute(name).map(|text| text.parse::<f32>().expect("a number"));
    let picture = page.descendants().find(|node| node.attribute("id") == Some("picture")).expect("a picture");
    let drawn = picture.children().filter(|group| {
        let (from, until) = (number(group, "data-from"), number(group, "data-until"));
        from.unwrap_or(0.0) <= scale && scale < until.unwrap_or(f32::INFINITY)
    });
    let mut sizes: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    for group in drawn {
        let Some(of) = group.attribute("data-of") else { continue };
        let texts =
            group.descendants().filter(|node| node.children().filter(|use_| use_.has_tag_name("use")).count() > 1);
        let of_text = texts.filter_map(|text| {
            let (_, size) = text.attribute("transform")?.rsplit_once("scale(")?;
            // Outlines are drawn at a size of 100.
            Some(size.trim_end_matches(')').parse::<f32>().expect("a number") * 100.0 * scale)
        });
        sizes.entry(of.to_owned()).or_default().extend(of_text);
    }
    sizes
}

#[test]
fn names_are_readable_at_every_scale() {
    let page = page_of(bundled(1), Tone::Light);
    check_harmless(&page);
    let text = without_script(&page);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree = Tree::parse_with_options(&text, options).expect("well-formed markup");
    for (width, least_named, least_labeled) in
        [(360.0, 12, 0), (620.0, 25, 0), (880.0, 25, 20), (1_400.0, 25, 30), (1_920.0, 25, 40), (9_000.0, 25, 40)]
    {
        let sizes = text_sizes(&tree, width / 1_920.0);
        let of = |letter: char| sizes.iter().filter(move |(of, sizes)| of.starts_with(letter) && !sizes.is_empty());
        assert!(of('a').count() >= least_named, "{} named at {width}", of('a').count());
        assert!(of('t').count() >= least_labeled, "{} labeled at {width}", of('t').count());
        let is_readable = |(of, sizes): (&String, &Vec<f32>)| {
            // The second line of a card is smaller than its name.
            let least = if of.starts_with('a') { 11.0 } else { 9.0 };
            sizes.iter().any(|size| *size >= 0.99 * least)
        };
        let small: Vec<_> =
            sizes.iter().filter(|(_, sizes)| !sizes.is_empty()).filter(|of| !is_readable(*of)).collect();
        assert!(small.is_empty(), "too small at {width}: {small:?}");
        let twice: Vec<_> = of('a').filter(|(_, sizes)| sizes.len() > 6).collect();
        assert!(twice.is_empty(), "drawn more than once at {width}: {twice:?}");
    }
}

#[test]
fn what_is_hidden_stays_out() {
    let map = bundled(0);
    let anthropic = map.actor_ids().find(|&id| map.actor(id).name == "Anthropic").expect("an actor");
    let document = Document::new(Arc::new(map), Arc::default());
    let look = Look { hidden: vec![anthropic].into(), ..Look::clone(&document.look) };
    let page = page_with(&document.with_look(Arc::new(look)), PictureOptions::default());
    check_harmless(&page);
    let ActorId(index) = anthropic;
    assert!(!page.contains(&format!("\"a{index}\"")) && !page.contains(&format!("\"#a{index}\"")));
    assert!(page.contains("<h3>Ties <small>4 of 5</small></h3>"), "Amazon's list says what it leaves out");
}

#[test]
fn a_hidden_tie_stays_out() {
    let map = bundled(0);
    let tie = map.tie_ids().next().expect("a tie");
    let TieId(index) = tie;
    let says = |page: &str| [format!("\"t{index}\""), format!("\"#t{index}\"")].iter().any(|name| page.contains(name));
    let document = Document::new(Arc::new(map), Arc::default());
    assert!(says(&page_with(&document, PictureOptions::default())));
    let look = Look { hidden_ties: vec![tie].into(), ..Look::clone(&document.look) };
    let page = page_with(&document.with_look(Arc::new(look)), PictureOptions::default());
    check_harmless(&page);
    assert!(!says(&page));
}

#[test]
fn a_part_of_the_map_tells_of_nothing_else() {
    let map = bundled(0);
    let actors: BTreeSet<ActorId> = map.actor_ids().filter(|&id| map.actor(id).name != "Microsoft").collect();
    let document = Document::new(Arc::new(map), Arc::default());
    let scope = Scope::Only { actors, ties: BTreeSet::new() };
    let page = page_with(&document, PictureOptions { scope, ..PictureOptions::default() });
    check_harmless(&page);
    assert!(!page.contains("<h2 id=\"a1-h\"") && !page.contains("aria-label=\"Microsoft"));
    assert_eq!(page.matches("<article").count() - 1, page.matches("class=\"record\" data-kind=").count());
    assert!(page.contains("<h3>Ties <small>4 of 10</small></h3>"), "OpenAI's list says what it leaves out");
}

#[test]
fn what_is_redacted_is_nowhere_in_the_page() {
    let map = bundled(0);
    let mut redaction = Redaction { hides_amounts: true, hides_quotes: true, ..Redaction::default() };
    assert!(redaction.add_record(&map, "microsoft"), "an actor of this key");
    let document = Document::new(Arc::new(map), Arc::default());
    let page = page_with(&document, PictureOptions { redaction, ..PictureOptions::default() });
    check_harmless(&page);
    for word in ["Microsoft", "microsoft", "13 billion", "has invested"] {
        assert!(!page.contains(word), "{word} in {}", page.split(word).next().unwrap_or_default().len());
    }
    assert!(page.contains("Company A"));
}

#[test]
fn the_same_map_gives_the_same_bytes_wherever_it_lies() {
    let render = |threads: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let (map, out) = (folder.path().join("a.tieline.jsonc"), folder.path().join("out.html"));
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/openai-microsoft-amazon.tieline.jsonc");
        std::fs::copy(data, &map).expect("copied");
        let mut program = Command::new(env!("CARGO_BIN_EXE_tieline"));
        let program = program.arg("render").arg(&map).arg("-o").arg(&out).env("RAYON_NUM_THREADS", threads);
        assert!(program.status().expect("runs").success());
        let page = std::fs::read_to_string(out).expect("a page");
        let name = folder.path().file_name().expect("a name").to_string_lossy().into_owned();
        assert!(!page.contains(&name), "the page does not tell where it was made");
        page
    };
    assert!(render("1") == render("2"), "two runs differ");
}

mod slow {
    use super::*;

    #[test]
    fn a_page_holds_every_record_and_nothing_else_runs() {
        let map = bundled(0);
        let page = page_of(map.clone(), Tone::Light);
        check_harmless(&page);
        for (letter, count) in [('a', map.actors().len()), ('t', map.ties().len()), ('s', map.sources().len())] {
            for index in 0..count {
                assert!(page.contains(&format!("<article id=\"{letter}{index}\" class=\"record\"")), "{letter}{index}");
            }
        }
        let stops = page.matches(" stop\" href=\"#").count();
        assert_eq!(stops, map.actors().len() + map.ties().len(), "the Tab key stops at each actor and tie");
        assert!(
            page.contains("Digest, citing GeekWire") && page.contains("“Microsoft has invested more than $13 billion")
        );
        assert!(page.contains("aria-label=\"Microsoft → OpenAI, investment, more than $13 billion, on the map\""));
        assert!(page.contains("<html lang=\"en\">"), "the reader's system chooses the colors");
        assert!(page_of(map, Tone::Dark).contains("<html lang=\"en\" data-theme=\"dark\">"));
    }
}
