//! Captions of steps that are longer than their page: nothing of them is lost, and it is said where they are whole.

use serde_json::json;
use tieline::publish::{Format, PictureOptions};
use tieline::scene::{Scene, Shape};
use tieline::text::Fonts;

use super::steps::document;
use crate::slides::story::{edition, told};

/// Returns numbered words, so that none that is lost goes unnoticed.
fn words(count: usize) -> String {
    (1..=count).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ")
}

fn lines(page: &Scene) -> Vec<String> {
    let texts = page.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text.lines.iter().map(|line| line.text.clone())),
        _ => None,
    });
    texts.flatten().collect()
}

/// Returns the numbers of the words on pages, in their order.
fn numbers(pages: &[&Scene]) -> Vec<usize> {
    let text: Vec<String> = pages.iter().flat_map(|page| lines(page)).collect();
    let found = text.iter().flat_map(|line| line.split_whitespace()).filter_map(|word| word.strip_prefix("word"));
    found.filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn a_caption_grows_into_the_page_and_then_onto_further_ones() {
    let steps = json!([
        { "id": "a", "title": "Short", "caption": words(5) },
        { "id": "b", "title": "Longer", "caption": words(120) },
        { "id": "c", "title": "Very long", "caption": words(2_000) },
    ]);
    let fonts = Fonts::new();
    for actors in [3, 200] {
        let document = document(actors, &steps, &json!({}));
        let edition = edition(&document, &fonts, told());
        assert_eq!(edition.long_captions(), [3]);
        for format in [Format::Png, Format::Pdf, Format::Pptx, Format::Gif] {
            let sheet = edition.sheet(format);
            let pages: Vec<&Scene> = std::iter::once(&sheet.first).chain(&sheet.more).collect();
            assert_eq!(numbers(&pages[..1]), (1..=5).collect::<Vec<_>>());
            // More than the four lines of a short caption, and all of it.
            assert_eq!(numbers(&pages[1..2]), (1..=120).collect::<Vec<_>>(), "{format:?}");
            let cut = numbers(&pages[2..3]);
            assert!(cut.len() > 120 && cut.len() < 400, "{} words", cut.len());
            assert!(lines(pages[2]).iter().any(|line| line.ends_with('…')), "a sign that it is cut");
            let told = lines(pages[2]);
            let place = if format == Format::Pptx { "full caption on slide 4" } else { "full caption on page 4" };
            assert!(told.iter().any(|line| line.contains(place)), "{told:?}");
            assert!(sheet.caption_pages > 1, "{}", sheet.caption_pages);
            let further = &pages[3..3 + sheet.caption_pages];
            assert_eq!(numbers(further), (1..=2_000).collect::<Vec<_>>(), "{format:?}");
            let bottom = further.iter().map(|page| {
                page.items
                    .iter()
                    .flat_map(|item| &item.shapes)
                    .fold(0.0_f32, |bottom, shape| bottom.max(shape.bounds().bottom()))
            });
            assert!(bottom.fold(0.0, f32::max) <= pages[0].bounds.bottom(), "nothing runs off the page");
            assert!(lines(further[1]).iter().any(|line| line == "Step 3: Very long, continued"));
        }
        let said = edition.long_captions_line(Format::Pptx).expect("it is said");
        assert_eq!(said, "The caption of step 3 is too long for its page; read it on further pages");
        assert_eq!(edition.long_captions_line(Format::Html), None, "a page has all of it");
    }
}

#[test]
fn notes_hold_captions_if_they_are_asked_for() {
    let steps = json!([{ "id": "a", "title": "Long", "caption": words(2_000) }]);
    let document = document(3, &steps, &json!({}));
    let fonts = Fonts::new();
    let edition = edition(&document, &fonts, PictureOptions { has_notes: true, ..told() });
    let sheet = edition.sheet(Format::Png);
    assert_eq!(sheet.caption_pages, 0);
    assert!(lines(&sheet.first).iter().any(|line| line.contains("full caption in the notes")));
    assert!(edition.notes().contains("word1999 word2000"));
    assert!(edition.long_captions_line(Format::Png).is_some_and(|line| line.ends_with("in the notes")));
}

#[test]
fn captions_of_all_scripts_are_whole() {
    for text in
        ["港口机械有限公司向造船厂支付了款项。".repeat(200), "شركة الميناء دفعت المال ".repeat(300), "x".repeat(30_000)]
    {
        let steps = json!([{ "id": "a", "title": "Long", "caption": text }]);
        let document = document(3, &steps, &json!({}));
        let fonts = Fonts::new();
        let edition = edition(&document, &fonts, told());
        let sheet = edition.sheet(Format::Pdf);
        let items = sheet.more[..sheet.caption_pages].iter().flat_map(|page| &page.items);
        let texts = items.filter_map(|item| match &*item.shapes {
            [Shape::Text { text: heading, .. }, Shape::Text { text, .. }]
                if heading.lines[0].text.starts_with("Step 1") =>
            {
                Some(text.lines.iter().map(|line| line.text.clone()).collect::<String>())
            }
            _ => None,
        });
        let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert!(texts.map(|line| letters(&line)).collect::<String>() == letters(&text), "{text:.20}");
    }
}

#[test]
fn captions_beyond_the_last_page_are_said_to_be_left_out() {
    let steps: Vec<_> = (0..40)
        .map(|at| json!({ "id": format!("s{at}"), "title": format!("Step {at}"), "caption": words(1_900) }))
        .collect();
    let document = document(3, &json!(steps), &json!({}));
    let fonts = Fonts::new();
    let edition = edition(&document, &fonts, told());
    let sheet = edition.sheet(Format::Pdf);
    assert_eq!(sheet.caption_pages, 100);
    let last = lines(&sheet.more[39 + 99]);
    let said = last.iter().find(|line| line.starts_with("Left out after 100 pages of captions")).expect("it is said");
    // Each of the captions is on its pages, or among those left out.
    let begun = (1..=40).filter(|step| {
        let heading = format!("Step {step}: ");
        sheet.more[39..].iter().any(|page| lines(page).iter().any(|line| line.starts_with(&heading)))
    });
    let begun = begun.count();
    assert!(begun > 10 && begun < 40 && said.contains(&format!("{} captions", 40 - begun)), "{begun} begun: {said}");
    let bottom = sheet.more[39 + 99].items.iter().flat_map(|item| &item.shapes).map(|shape| shape.bounds().bottom());
    assert!(bottom.fold(0.0, f32::max) <= sheet.first.bounds.bottom(), "the line has room");
    assert!(
        lines(&sheet.more[38]).iter().any(|line| line.contains("full caption left out")),
        "on the page of its step"
    );
    let report = edition.long_captions_line(Format::Pdf).expect("it is said");
    assert!(report.contains("after 100 pages: those of steps ") && report.ends_with("39 and 40"), "{report}");
}
