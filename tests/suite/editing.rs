//! Random scripts of edits, undo and saving, each compared with a document built from scratch.

use std::sync::Arc;

use emath::pos2;
use proptest::prelude::*;
use tieline::derive::{Difference, PanelData, Work, update_shown};
use tieline::document::edit::{self, CopyPlace, Field, FieldValue, Fragment};
use tieline::document::journal::{Header, Journal, JournalState, batch_line, changes};
use tieline::document::{Change, Command, Document, EditError, Filter, History, Transaction};
use tieline::load::{BUNDLED, Origin, load_map};
use tieline::model::{
    Actor, ActorId, Claim, ClaimId, Ends, Evidence, Fact, Item, Map, Metadata, OwnFields, OwnValue, Placed, Source,
    SourceId, Stance, Tie, TieId, Word,
};
use tieline::save::{MapContent, save_text};
use tieline::view::search;

/// Source of all random decisions.
struct Dice(u64);

impl Dice {
    fn pick(&mut self, below: usize) -> usize {
        // Knuth's MMIX multiplier.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.pick(all.len())])
    }

    fn actor(&mut self, map: &Map) -> Option<ActorId> {
        self.of(&map.actor_ids().collect::<Vec<_>>())
    }

    fn tie(&mut self, map: &Map) -> Option<TieId> {
        self.of(&map.tie_ids().collect::<Vec<_>>())
    }

    fn source(&mut self, map: &Map) -> Option<SourceId> {
        self.of(&map.source_ids().collect::<Vec<_>>())
    }

    fn claim(&mut self, map: &Map) -> Option<ClaimId> {
        let ties = map.tie_ids().map(ClaimId::Tie);
        self.of(&ties.chain(map.fact_ids().map(ClaimId::Fact)).collect::<Vec<_>>())
    }
}

fn actor(map: &Map, name: &str) -> Actor {
    Actor {
        key: edit::new_key(map, name),
        name: name.to_owned(),
        kind: map.actor_kinds().ids().next(),
        aliases: vec!["Other name".to_owned()],
        ..Actor::default()
    }
}

/// Returns a random edit, or `None` if the map has nothing left for it; refused edits return the reason.
fn change(document: &Document, dice: &mut Dice) -> Option<Result<Transaction, EditError>> {
    let map = &document.map;
    let look = |command: Command| Some(Ok(command.transaction(document)));
    let words = ["Ålder & Söhne", "“Birch”", "x", "東京", "New\u{301}"][dice.pick(5)];
    // Keeps a small map from becoming empty.
    let adds = map.actors().len() < 5 && dice.pick(2) == 0;
    match if adds { 5 + dice.pick(4) } else { dice.pick(23) } {
        0 => {
            let id = dice.actor(map)?;
            Some(edit::set_field(document, Item::Actor(id), Field::Name, FieldValue::Words(words.to_owned())))
        }
        1 => {
            let id = dice.claim(map)?;
            let label = FieldValue::OptionalWords((dice.pick(3) > 0).then(|| words.to_owned()));
            Some(edit::set_field(document, id.into(), Field::Label, label))
        }
        2 => {
            let (id, other) = (dice.claim(map)?, dice.claim(map)?);
            Some(edit::set_field(document, id.into(), Field::Contradicts, FieldValue::Claims(vec![other])))
        }
        3 => {
            let (id, other) = (dice.claim(map)?, dice.claim(map)?);
            Some(edit::set_field(document, id.into(), Field::PartOf, FieldValue::OptionalClaim(Some(other))))
        }
        4 => {
            let (id, other) = (dice.actor(map)?, dice.actor(map)?);
            Some(edit::set_field(document, Item::Actor(id), Field::PartOf, FieldValue::OptionalActor(Some(other))))
        }
        5 => Some(Ok(edit::add_actor(document, actor(map, words)).1)),
        6 => {
            let ends = Ends::Pair { from: dice.actor(map)?, to: dice.actor(map)? };
            let claim = Claim { key: edit::new_key(map, words), ..Claim::default() };
            let kind = map.tie_kinds().ids().next()?;
            let is_directed = map.tie_kinds()[kind].is_directed;
            Some(Ok(edit::add_tie(document, Tie { kind, ends, is_directed, claim }).1))
        }
        7 => {
            let claim = Claim { key: edit::new_key(map, words), ..Claim::default() };
            let fact = Fact { actor: dice.actor(map)?, text: words.to_owned(), claim };
            Some(Ok(edit::add_fact(document, fact).1))
        }
        8 => {
            let source = Source { key: edit::new_key(map, words), title: Some(words.to_owned()), ..Source::default() };
            Some(Ok(edit::add_source(document, source).1))
        }
        9 => {
            let evidence = Evidence {
                source: dice.source(map)?,
                stance: Word::Known(if dice.pick(4) == 0 { Stance::Disputes } else { Stance::Supports }),
                proves: Vec::new(),
                locator: Some(words.to_owned()),
                quote: None,
                cited_in: None,
                note: None,
            };
            Some(edit::cite(document, dice.claim(map)?, evidence))
        }
        10 => Some(edit::remove(document, &[Item::Actor(dice.actor(map)?)])),
        11 => Some(edit::remove(document, &[dice.claim(map)?.into(), Item::Source(dice.source(map)?)])),
        12 => Some(edit::merge_actors(document, dice.actor(map)?, &[dice.actor(map)?])),
        13 => Some(edit::merge_sources(document, dice.source(map)?, &[dice.source(map)?])),
        14 => {
            let from = dice.actor(map)?;
            let claims: Vec<ClaimId> = map.ties_of(from).iter().take(1).map(|tie| ClaimId::Tie(*tie)).collect();
            Some(edit::split_off(document, from, words, &claims).map(|(_, transaction)| transaction))
        }
        15 => {
            let to = pos2(dice.pick(900) as f32 - 300.5, dice.pick(700) as f32);
            look(Command::Move(vec![(Placed::Actor(dice.actor(map)?), to)]))
        }
        16 => look(Command::Hide(vec![dice.actor(map)?.into(), dice.tie(map)?.into()])),
        17 => look(Command::Bend(
            dice.tie(map)?,
            Some(tieline::model::BendPoint { along: 0.5, across: dice.pick(90) as f32 }),
        )),
        18 => {
            let items = [dice.actor(map).map(Item::Actor), dice.claim(map).map(Item::from)];
            let item = dice.of(&items)??;
            let tags = if dice.pick(3) == 0 { Vec::new() } else { vec![words.to_owned()] };
            Some(edit::set_field(document, item, Field::Tags, FieldValue::List(tags)))
        }
        19 => {
            let items = [dice.actor(map).map(Item::Actor), dice.claim(map).map(Item::from)];
            let item = dice.of(&items)??;
            let weight = [None, Some(rust_decimal::Decimal::new(250, 2))][dice.pick(2)];
            Some(edit::set_field(document, item, Field::Weight, FieldValue::Number(weight)))
        }
        20 => {
            let items = [dice.actor(map).map(Item::Actor), dice.source(map).map(Item::Source)];
            let item = dice.of(&items)??;
            let text = [OwnValue::Text(words.to_owned()), OwnValue::List(vec![OwnValue::Flag(true); 2])];
            let value = (dice.pick(3) > 0).then(|| text[dice.pick(2)].clone());
            Some(edit::set_own_field(document, item, ["x-Founded in", "x-New “one”"][dice.pick(2)], value))
        }
        21 => copied(document, dice),
        _ => {
            let filter = Filter { hides_unsourced: dice.pick(2) == 0, ..document.look.filter.clone() };
            look(Command::SetFilter(filter))
        }
    }
}

/// Returns an edit that pastes copies of random records.
fn copied(document: &Document, dice: &mut Dice) -> Option<Result<Transaction, EditError>> {
    let map = &document.map;
    let claims = [dice.claim(map).map(Item::from), dice.claim(map).map(Item::from)];
    let items: Vec<Item> = claims.into_iter().chain([dice.actor(map).map(Item::Actor)]).flatten().collect();
    let place = [CopyPlace::Aside, CopyPlace::Around(pos2(20.0, 0.0))][dice.pick(2)];
    let pasted = Fragment::of(document, &items)?.paste(document, place, "Paste");
    Some(pasted.map(|(transaction, _)| transaction))
}

/// Compares a map's index with that of a map built from the same records.
fn assert_index_is_right(map: &Map) {
    let anew = Map::of_records(map.records().clone()).expect("a sound map");
    for id in map.actor_ids() {
        assert_eq!(map.ties_of(id), anew.ties_of(id));
        assert_eq!(map.facts_of(id), anew.facts_of(id));
        assert_eq!(map.parts_of(id), anew.parts_of(id));
        assert_eq!(map.sources_by(id), anew.sources_by(id));
        assert_eq!(map.find(&map.actor(id).key), Some(Item::Actor(id)));
    }
    for id in map.source_ids() {
        assert_eq!(map.claims_of(id), anew.claims_of(id));
        assert_eq!(map.copies_of(id), anew.copies_of(id));
        assert_eq!(map.citation_number(id), anew.citation_number(id));
    }
    assert_eq!(map.cited_sources(), anew.cited_sources());
    for id in map.tie_ids().map(ClaimId::Tie).chain(map.fact_ids().map(ClaimId::Fact)) {
        assert_eq!(map.is_contested(id), anew.is_contested(id));
        assert_eq!(map.contested_by(id), anew.contested_by(id));
    }
}

/// Compares panels and search results with ones derived from the whole document.
fn assert_panels_are_right(panels: &mut PanelData, document: &Document, dice: &mut Dice) {
    let (shown, work) = (document.shown(), &mut Work::default());
    let anew = PanelData::new(document, &shown, work);
    assert!(panels.lists == anew.lists, "{:?}\n{:?}", panels.lists, anew.lists);
    assert!(panels.figures == anew.figures);
    let map = &document.map;
    let name = dice.actor(map).map(|id| map.actor(id).name.clone()).unwrap_or_default();
    let start = dice.pick(name.chars().count());
    let part: String = name.chars().skip(start).take(1 + dice.pick(6)).collect();
    for query in [part.as_str(), "new", "a e", "sö ÄLD", "東", "\\ x", "cdr"] {
        let whole = search(map, map.records().items().map(|(item, _)| item), query);
        assert_eq!(panels.search(map, query, work), whole, "{query}");
    }
}

/// Saves a file with the content `before` to match `now`; returns its text.
fn text_of(origin: &Origin, before: &Document, now: &Document) -> String {
    let [was, is] = [before, now].map(|document| document.look.to_view(&document.map));
    let (before, now) = (MapContent { map: &before.map, view: &was }, MapContent { map: &now.map, view: &is });
    save_text(origin, before, now).expect("it opens as what was to be saved").text
}

fn state_of(first: &Document, now: &Document) -> JournalState {
    let saved = Arc::clone(&first.look);
    JournalState { map: Arc::clone(&now.map), look: Arc::clone(&now.look), on_disk: first.base(), saved }
}

/// Asserts that a journal restores everything, applied to the original file.
fn assert_recovers(journal: &str, first: &Document, now: &Document, keeps_order: bool) {
    let journal = Journal::parse(journal.as_bytes()).expect("a journal");
    let applied = journal.apply(&first.map, &first.look, &first.look);
    assert!(applied.left_out.is_empty(), "{:?}", applied.left_out);
    let mut transaction = Transaction::of_looks("Recover", &first.look, &applied.look);
    transaction.changes.extend(applied.records.into_iter().map(Change::Record));
    let recovered = first.apply(&transaction).expect("it fits").document;
    if keeps_order {
        assert_eq!(told(&recovered.map), told(&now.map));
    } else {
        // A record removed, saved and brought back by undo is new to the file, and comes last.
        let records = |map: &Map| {
            let mut records: Vec<_> = map.records().items().map(|(_, key)| key.to_string()).collect();
            records.sort();
            records
        };
        assert_eq!(records(&recovered.map), records(&now.map));
    }
    let keys = |document: &Document| -> Vec<(String, String)> {
        let name = |placed: &Placed| document.map.key(placed.item()).to_string();
        let mut places: Vec<_> =
            document.look.positions.iter().map(|(placed, pos)| (name(placed), format!("{pos:?}"))).collect();
        places.sort();
        places
    };
    assert_eq!(keys(&recovered), keys(now));
    assert_eq!((&recovered.look.filter, recovered.look.hidden.len()), (&now.look.filter, now.look.hidden.len()));
}

/// Describes names and claims in file order, with actor names and citation numbers instead of ids.
fn told(map: &Map) -> Vec<String> {
    let actor = |id: ActorId| map.actor(id).name.clone();
    let ties = map.tie_ids().map(|id| {
        let tie = map.tie(id);
        let ends: Vec<String> = tie.ends.actors().into_iter().map(actor).collect();
        let sources: Vec<_> = tie.claim.evidence.iter().map(|piece| map.citation_number(piece.source)).collect();
        format!("{ends:?} {:?} {:?} {sources:?} {}", tie.claim.label, tie.claim.key, map.is_contested(ClaimId::Tie(id)))
    });
    let own = |own: &OwnFields| {
        let mut fields: Vec<String> = own.iter().map(|field| format!("{field:?}")).collect();
        fields.sort();
        fields.join(" ")
    };
    let metadata_text = |metadata: &Metadata| {
        format!("{:?} {:?} {} {:?}", metadata.tags, metadata.weight, own(&metadata.own), metadata.checks)
    };
    let metadata = map
        .actors()
        .values()
        .map(|actor| &actor.metadata)
        .chain(map.records().claims().map(|(_, claim)| &claim.metadata));
    let of_sources = map.sources().values().map(|source| own(&source.own));
    let metadata: Vec<String> = metadata.map(metadata_text).chain(of_sources).collect();
    map.actor_ids()
        .map(actor)
        .chain(metadata)
        .chain(ties)
        .chain(map.facts().values().map(|fact| fact.text.clone()))
        .collect()
}

/// Runs a script of edits on a map; with `saves`, also saves in between, so that later undos restore records in the
/// saved file at their old place. Returns how often the visible records were updated instead of being found anew.
fn run_script(name: &str, seed: u64, steps: usize, saves: bool) -> usize {
    let text = text_of_map(name);
    let loaded = load_map(text.as_bytes(), name).expect("opens");
    let mut origin = Origin::without_file(text.as_bytes().into());
    let first = Document::new(Arc::new(loaded.map), Arc::new(origin.clone()));
    let (mut document, mut history, mut dice) = (first.clone(), History::default(), Dice(seed));
    let mut on_disk = first.clone();
    let (mut made, mut refused) = (0, 0);
    let (mut journal, mut last) = (Header::new(None, None, String::new(), 0).line(), None);
    let mut panels = PanelData::new(&document, &document.shown(), &mut Work::default());
    let _ = panels.search(&document.map, "a", &mut Work::default());
    let (mut shown, mut updated) = (document.shown(), 0);
    for step in 0..steps {
        let before = document.clone();
        match dice.pick(6) {
            0 => {
                if let Some(undone) = history.undo(&document) {
                    document = undone.expect("an own step fits").0;
                }
            }
            1 => {
                if let Some(redone) = history.redo(&document) {
                    document = redone.expect("an own step fits").0;
                }
            }
            _ => match change(&document, &mut dice) {
                None => {}
                Some(Err(_)) => refused += 1,
                Some(Ok(transaction)) if transaction.is_empty() => {}
                Some(Ok(transaction)) => match document.apply(&transaction) {
                    // For example, a record that would become part of itself.
                    Err(EditError::Unsound(_)) => refused += 1,
                    Err(other) => panic!("“{}” is refused: {other}", transaction.label),
                    Ok(applied) => {
                        assert!(applied.delta.is_superset(&transaction.delta()));
                        assert!(applied.document.apply(&transaction).is_err(), "“{}” fits twice", transaction.label);
                        let back = applied.document.apply(&applied.inverse).expect("its inverse fits").document;
                        assert!(back.map.records() == document.map.records() && back.look == document.look);
                        history.record(applied.inverse);
                        document = applied.document;
                        made += 1;
                    }
                },
            },
        }
        if dice.pick(3) == 0 {
            // Places new actors, as a layout would.
            let new: Vec<_> = document.map.actor_ids().filter(|id| !first.map.actors().has(*id)).collect();
            document = document.with_settled(new.into_iter().map(|id| (Placed::Actor(id), pos2(1.0, id.0 as f32))));
        }
        let (difference, work) = (Difference::between(&before, &document), &mut Work::default());
        update_shown(&mut shown, &before.map, &document, &difference, work);
        assert!(shown == document.shown(), "{difference:?}");
        updated += usize::from(work.records < document.map.actors().len());
        panels.update(&document, &shown, &difference, &mut Work::default());
        if step % 10 == 9 {
            assert_panels_are_right(&mut panels, &document, &mut dice);
        }
        if step % 40 == 39 || step + 1 == steps {
            assert_index_is_right(&document.map);
            let saved = text_of(&origin, &on_disk, &document);
            let again = load_map(saved.as_bytes(), name).expect("opens").map;
            assert_eq!(told(&again), told(&document.map));
            let now = state_of(&on_disk, &document);
            journal += &batch_line(step as u64, &changes(last.as_ref(), &now));
            last = Some(now);
            assert_recovers(&journal, &on_disk, &document, !saves);
            if saves {
                origin = Origin::without_file(saved.as_bytes().into());
                on_disk = document.clone();
                (journal, last) = (Header::new(None, None, String::new(), 0).line(), None);
            }
        }
    }
    assert!(made * 2 > steps / 2, "{made} changes were made, {refused} refused");
    while let Some(undone) = history.undo(&document) {
        document = undone.expect("an own step fits").0;
    }
    assert!(document.map.records() == first.map.records() && document.look == first.look);
    let back = text_of(&origin, &on_disk, &document);
    if saves {
        assert_eq!(told(&load_map(back.as_bytes(), name).expect("opens").map), told(&first.map));
    } else {
        assert_eq!(back, text, "undoing everything gives the file back, byte by byte");
    }
    updated
}

/// Reads a bundled map, or the one with every field of version 1.1.
fn text_of_map(name: &str) -> String {
    let folder = if name == NEWEST { "tests/data" } else { "data" };
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
    std::fs::read_to_string(path).expect("readable")
}

const NEWEST: &str = "version-1-1.tieline.jsonc";

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scripts_of_changes_equal_the_document_built_anew(seed in any::<u64>()) {
        let mut updated = 0;
        for name in BUNDLED.iter().copied().chain([NEWEST]) {
            for saves in [false, true] {
                updated += run_script(name, seed, 200, saves);
            }
        }
        prop_assert!(updated > 200, "visible records were updated {updated} times");
    }
}
