//! Tests the HTML page in a real browser: click, keyboard, search, colors, and that no request leaves the page.
//!
//! Skipped with a printed notice where chromedriver or Chromium is missing, unless `TIELINE_REQUIRE_CHROMIUM=1` is
//! set.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tieline::load::BUNDLED;
use tieline::publish::{Format, Tone};
use tieline::text::Fonts;

use crate::html::{bundled, page_of};
use crate::slides::story::{edition, story, told};

/// Key codes of the `WebDriver` standard.
const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
const DOWN: char = '\u{e015}';
const LEFT: char = '\u{e012}';
const RIGHT: char = '\u{e014}';

/// A browser process that ends with the test.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = request(self.port, "DELETE", &self.session, None);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Sends one request to the driver; returns the `value` of the answer.
fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer)?;
    let answer: Value = serde_json::from_slice(&answer)?;
    Ok(answer["value"].clone())
}

impl Browser {
    /// Starts a driver and a headless browser; an error says what the driver answered.
    fn start() -> std::io::Result<Self> {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = driver.stdout.take().expect("its output is piped");
        let profile = tempfile::tempdir()?;
        let mut browser = Self { driver, port: 0, session: String::new(), profile };
        let port = BufReader::new(said).lines().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        browser.port = port.ok_or_else(|| std::io::Error::other("chromedriver names no port"))?;
        let mut arguments: Vec<String> = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
            --disable-background-networking --disable-component-update --disable-sync --window-size=1440,900"
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        arguments.push(format!("--user-data-dir={}", browser.profile.path().display()));
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let answer = request(browser.port, "POST", "/session", Some(&capabilities))?;
        let session = answer["sessionId"].as_str().ok_or_else(|| std::io::Error::other(answer.to_string()))?;
        browser.session = format!("/session/{session}");
        Ok(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let answer = request(self.port, "POST", &format!("{}{path}", self.session), Some(body)).expect("an answer");
        assert!(answer.get("error").is_none(), "{path}: {answer}");
        answer
    }

    fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until a script returns this value.
    fn expect(&self, script: &str, value: &Value) {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let now = self.run(&format!("return {script}"));
            if now == *value {
                return;
            }
            assert!(Instant::now() < deadline, "{script} is {now}, not {value}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn press(&self, keys: &str) {
        let keys = keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        let keys: Vec<Value> = keys.collect();
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": keys }] }));
    }

    /// Presses the mouse button at a point, moves by a distance, and releases.
    fn drag(&self, at: [f64; 2], by: [f64; 2]) {
        let go = |[x, y]: [f64; 2]| json!({ "type": "pointerMove", "x": x.round(), "y": y.round(), "duration": 40 });
        let [down, up] = ["pointerDown", "pointerUp"].map(|kind| json!({ "type": kind, "button": 0 }));
        let actions = json!([
            go(at),
            down,
            go([at[0] + by[0] / 2.0, at[1] + by[1] / 2.0]),
            go([at[0] + by[0], at[1] + by[1]]),
            up
        ]);
        self.post("/actions", &json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": actions }] }));
    }

    fn click(&self, at: [f64; 2]) {
        self.drag(at, [0.0, 0.0]);
    }

    /// Returns the center of an element on the screen.
    fn middle(&self, selector: &str) -> [f64; 2] {
        let script = format!(
            "const b = document.querySelector({selector:?}).getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]"
        );
        let place = self.run(&script);
        [0, 1].map(|axis| place[axis].as_f64().expect("a number"))
    }

    /// Returns the messages of a log.
    fn log(&self, kind: &str) -> Vec<String> {
        let log = self.post("/se/log", &json!({ "type": kind }));
        let messages = log.as_array().into_iter().flatten();
        messages.filter_map(|entry| Some(entry["message"].as_str()?.to_owned())).collect()
    }
}

/// Script for the heading of the visible record.
const HEADING: &str =
    "[...document.querySelectorAll('article h2')].filter((h) => h.offsetParent).map((h) => h.textContent).join()";

/// Held by the test that has a browser: several at once, beside all other tests, start too slowly for the driver.
static ALONE: Mutex<()> = Mutex::new(());

/// Starts a browser, held alone; `None`, with a notice, if its programs are missing.
fn browser() -> Option<(MutexGuard<'static, ()>, Browser)> {
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut faults = Vec::new();
    while faults.len() < 4 {
        match Browser::start() {
            Ok(browser) => return Some((alone, browser)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let is_required = std::env::var("TIELINE_REQUIRE_CHROMIUM").is_ok_and(|value| value == "1");
                assert!(!is_required, "required, but chromedriver is missing");
                println!("skipped: the page in a browser needs chromium and chromedriver");
                return None;
            }
            Err(error) => faults.push(error.to_string()),
        }
    }
    panic!("the browser does not start: {}", faults.join("; "));
}

/// Script for the title of the visible step.
const TITLE: &str = "[...document.querySelectorAll('#steps h2')].filter((h) => getComputedStyle(h).visibility === 'visible').map((h) => h.textContent).join()";

#[test]
fn a_story_is_told_by_buttons_keys_and_addresses() {
    let Some((_alone, browser)) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.html");
    let page = edition(&story(), &Fonts::new(), told()).write(Format::Html).expect("a page");
    std::fs::write(&path, page).expect("written");
    let visit = |hash: &str| browser.post("/url", &json!({ "url": format!("file://{}{hash}", path.display()) }));
    let cards = "new Set([...document.querySelectorAll('#picture g[data-of^=a]')].filter((g) => g.getBoundingClientRect().width > 0).map((g) => g.dataset.of)).size";
    let faded =
        "[...new Set([...document.querySelectorAll('.faded > [data-of]:not(.off)')].map((g) => g.dataset.of))].length";
    visit("");
    browser.expect(TITLE, &json!("Who ties OpenAI to its two clouds"));
    browser.expect(cards, &json!(4));
    let whole = browser.run("return document.querySelector('#map').getAttribute('viewBox')");
    browser.click(browser.middle("#after"));
    browser.expect("location.hash", &json!("#step=2"));
    browser.expect(TITLE, &json!("Microsoft came first"));
    browser.expect(cards, &json!(2));
    browser.expect(faded, &json!(4));
    browser.expect(&format!("document.querySelector('#map').getAttribute('viewBox') !== {whole}"), &json!(true));
    // What is opened is seen, though it is out of focus.
    browser.run("location.hash = 't4'");
    browser.expect(faded, &json!(0));
    browser.press(&RIGHT.to_string());
    browser.expect("location.hash", &json!("#step=3"));
    browser.expect(faded, &json!(2));
    // Not while somebody types.
    browser.press("/a");
    browser.press(&RIGHT.to_string());
    browser.press(&LEFT.to_string());
    browser.expect("location.hash", &json!("#step=3"));
    browser.press(&ESCAPE.to_string());
    browser.run("document.activeElement.blur()");
    browser.press(&LEFT.to_string());
    browser.expect("location.hash", &json!("#step=2"));
    browser.click(browser.middle("#all"));
    browser.expect(cards, &json!(4));
    browser.expect("document.querySelector('#place').textContent", &json!("Whole map"));
    visit("?again#step=5");
    browser.expect(TITLE, &json!("As it stood in 2024"));
    browser.expect("document.querySelector('#after').disabled", &json!(true));
    assert!(browser.log("browser").is_empty(), "nothing was refused");
}

/// Script for the ties whose link is not where their label is drawn, at the scale that is seen.
const ASTRAY: &str = "[...document.querySelectorAll('#stops a[data-of^=t]')].filter((stop) => { \
    const drawn = [...document.querySelectorAll(`#picture g[data-of=${stop.dataset.of}] > rect`)].map((r) => r.getBoundingClientRect()).filter((r) => r.width > 0); \
    const link = stop.querySelector('rect')?.getBoundingClientRect(); \
    const middle = (r) => [r.x + r.width / 2, r.y + r.height / 2]; \
    return drawn.length && link && !drawn.some((r) => Math.hypot(middle(r)[0] - middle(link)[0], middle(r)[1] - middle(link)[1]) < 3); \
    }).map((stop) => stop.dataset.of).join()";

#[test]
fn labels_that_moved_are_clicked_where_they_are_at_every_scale() {
    let Some((_alone, browser)) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.html");
    std::fs::write(&path, page_of(bundled(1), Tone::Light)).expect("written");
    browser.post("/url", &json!({ "url": format!("file://{}", path.display()) }));
    let labels = "[...document.querySelectorAll('#picture g[data-of^=t] > rect')].filter((r) => r.getBoundingClientRect().width > 0).length > 30";
    browser.expect(labels, &json!(true));
    for _ in 0..4 {
        let scale = browser.run("return document.querySelector('#scale').textContent");
        browser.expect(ASTRAY, &json!(""));
        browser.click(browser.middle("#in"));
        browser.expect(&format!("document.querySelector('#scale').textContent !== {scale}"), &json!(true));
    }
}

/// Script for the names of the cards under the zoom buttons, and of those outside of the picture.
const COVERED: &str = "(() => { const box = (part) => part.getBoundingClientRect(); const [seen, zoom] = [box(document.querySelector('#map')), box(document.querySelector('#zoom'))]; \
    return [...document.querySelectorAll('.stop[data-of^=a]')].filter((card) => { const b = box(card); const is_under = b.right > zoom.left && b.left < zoom.right && b.bottom > zoom.top && b.top < zoom.bottom; \
    return is_under || b.left < seen.left - 1 || b.right > seen.right + 1 || b.top < seen.top - 1 || b.bottom > seen.bottom + 1; }).map((card) => card.getAttribute('aria-label')).join() })()";

#[test]
fn no_card_lies_under_the_zoom_buttons_at_fit() {
    let Some((_alone, browser)) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..BUNDLED.len() {
        let path = folder.path().join(format!("{number}.html"));
        std::fs::write(&path, page_of(bundled(number), Tone::Light)).expect("written");
        for (width, height) in [(390, 844), (620, 900), (1000, 700), (1440, 900)] {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
            let _ = request(browser.port, "POST", &format!("{}/goog/cdp/execute", browser.session), Some(&command));
            browser.post("/url", &json!({ "url": format!("file://{}", path.display()) }));
            browser.expect("innerWidth", &json!(width));
            browser.expect("document.querySelectorAll('.stop[data-of^=a]').length > 3", &json!(true));
            browser.expect("document.querySelector('#zoom').getBoundingClientRect().width > 50", &json!(true));
            browser.expect(COVERED, &json!(""));
        }
    }
}

#[test]
fn a_page_answers_mouse_keys_and_search_and_asks_nobody() {
    let Some((_alone, browser)) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.html");
    std::fs::write(&path, page_of(bundled(0), Tone::Light)).expect("written");
    // The browser's start page sends many requests of its own.
    browser.post("/url", &json!({ "url": "about:blank" }));
    requests(&browser);
    browser.post("/url", &json!({ "url": format!("file://{}", path.display()) }));
    browser.expect(HEADING, &json!("About this map"));

    check_mouse(&browser);
    check_keys(&browser);
    check_search(&browser);
    check_colors(&browser);
    check_requests(&browser);
}

fn check_mouse(browser: &Browser) {
    browser.click(browser.middle("a.stop[data-of=t0]"));
    browser.expect(HEADING, &json!("Microsoft → OpenAI"));
    browser.expect("document.querySelector('article.open .figure').textContent", &json!("more than $13 billion"));
    browser.expect("document.querySelector('article.open .who').textContent", &json!("Digest, citing GeekWire"));
    browser.expect("document.querySelectorAll('#near .veil').length", &json!(1));

    // Beside its pill, a tie is hit on its lane, and the nearest of several lanes wins.
    let place = browser.run(
        "const p = document.querySelector('#lanes a[data-of=t1] path'); const q = p.getPointAtLength(p.getTotalLength() * 0.2); \
         const s = q.matrixTransform(p.getScreenCTM()); return [s.x, s.y]",
    );
    browser.click([0, 1].map(|axis| place[axis].as_f64().expect("a number")));
    browser.expect("location.hash", &json!("#t1"));

    // A drag moves the picture and opens nothing; a click on empty space closes.
    let before = browser.run("return document.querySelector('#map').getAttribute('viewBox')");
    browser.drag(browser.middle("a.stop[data-of=a0]"), [60.0, 30.0]);
    let is_moved = format!("document.querySelector('#map').getAttribute('viewBox') !== {before}");
    browser.expect(&is_moved, &json!(true));
    browser.expect("location.hash", &json!("#t1"));
    browser.click([30.0, 90.0]);
    browser.expect(HEADING, &json!("About this map"));
    browser.click(browser.middle("#fit"));
    browser.expect("document.querySelector('#scale').textContent !== '100%'", &json!(true));
}

fn check_keys(browser: &Browser) {
    browser.run("document.activeElement.blur(); document.querySelector('#print').focus()");
    browser.press(&TAB.to_string());
    browser.expect("document.activeElement.dataset.of", &json!("a0"));
    let name = browser.run("return document.activeElement.getAttribute('aria-label')");
    assert!(name.as_str().is_some_and(|name| name.ends_with("company, on the map")), "{name}");
    browser.press(&ENTER.to_string());
    browser.expect("location.hash", &json!("#a0"));
    browser.expect("document.activeElement === document.querySelector('article.open h2')", &json!(true));
    browser.press(&ESCAPE.to_string());
    browser.expect(HEADING, &json!("About this map"));
    browser.expect("document.activeElement.dataset.of", &json!("a0"));
}

fn check_search(browser: &Browser) {
    browser.press("/invested more");
    browser.expect("document.querySelector('#count').textContent", &json!("1 found"));
    browser.expect("document.querySelector('#hits mark').textContent", &json!("invested"));
    browser.press(&DOWN.to_string());
    browser.press(&ENTER.to_string());
    browser.expect(HEADING, &json!("Microsoft → OpenAI"));

    // Selecting a source highlights the claims that cite it.
    browser.run("location.hash = 's8'");
    browser.expect("document.querySelector('article.open .subtitle').textContent", &json!("[9] · News report"));
    browser.expect("document.querySelectorAll('#near [data-of^=t]').length > 0", &json!(true));
    browser.press("/zzzz");
    browser.expect("document.querySelector('#count').textContent", &json!("Nothing found"));
    browser.press(&ESCAPE.to_string());
    browser.expect("document.querySelector('#hits').hidden", &json!(true));
}

fn check_colors(browser: &Browser) {
    let ground = "getComputedStyle(document.querySelector('#stage')).backgroundColor";
    let card = "getComputedStyle(document.querySelector('#picture rect')).fill";
    browser.expect(ground, &json!("rgb(255, 255, 255)"));
    let in_light = browser.run(&format!("return {card}"));
    browser.click(browser.middle("#theme"));
    browser.expect(ground, &json!("rgb(20, 23, 28)"));
    assert_ne!(browser.run(&format!("return {card}")), in_light, "the picture has dark colors, too");
}

/// Asserts that only the page was requested, and that the policy refuses everything else.
fn check_requests(browser: &Browser) {
    let refused = browser.log("browser");
    assert!(refused.is_empty(), "{refused:?}");
    let asked = requests(browser);
    assert!(asked.len() == 1 && asked[0].ends_with("/map.html"), "{asked:?}");

    browser.run("fetch('https://tieline.invalid/').catch(() => {}); new Image().src = 'https://tieline.invalid/x.png'");
    let deadline = Instant::now() + Duration::from_secs(10);
    let mut refused = Vec::new();
    while refused.len() < 2 {
        refused.extend(browser.log("browser").into_iter().filter(|message| message.contains("default-src 'none'")));
        assert!(Instant::now() < deadline, "refused: {refused:?}");
    }
}

/// Returns the addresses requested since the last call, without what stands in the page itself, such as its typeface.
fn requests(browser: &Browser) -> Vec<String> {
    let messages = browser.log("performance");
    let messages = messages.iter().filter_map(|message| serde_json::from_str::<Value>(message).ok());
    let requests = messages.filter(|message| message["message"]["method"] == "Network.requestWillBeSent");
    let addresses =
        requests.filter_map(|request| Some(request["message"]["params"]["request"]["url"].as_str()?.to_owned()));
    addresses.filter(|address| !address.starts_with("data:")).collect()
}
