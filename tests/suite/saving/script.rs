//! Runs edit scripts: one step per line, applied to a document, with undo, redo and saves in between.

use std::sync::Arc;

use emath::pos2;
use tieline::document::edit::{self, Field, FieldValue};
use tieline::document::{Command, Delta, Document, EditError, Filter, History, Transaction};
use tieline::load::{Origin, load_map};
use tieline::model::{
    Actor, ActorId, Amount, Arrangement, BendPoint, Bound, Claim, ClaimId, Confidence, Date, Ends, Evidence, Fact,
    Item, LabelChoice, LabelMode, Map, MapMeta, NoteId, Pair, PairMode, Party, Placed, Source, SourceId, SourceKind,
    Stage, StageChange, Status, Tie, TieId,
};
use tieline::save::{MapContent, SavedText, save_text};

/// An editing session of a file.
pub(super) struct Session {
    /// The file as last saved.
    pub(super) origin: Origin,
    /// The content of that file.
    pub(super) on_disk: Document,
    /// The current document.
    pub(super) document: Document,
    history: History,
}

impl Session {
    pub(super) fn open(bytes: &[u8]) -> Self {
        let loaded = load_map(bytes, "test.tieline.jsonc").expect("opens");
        assert_eq!(loaded.read_only, None, "a sound file");
        let origin = Origin::without_file(bytes.into());
        let document = Document::new(Arc::new(loaded.map), Arc::new(origin.clone()));
        Self { origin, on_disk: document.clone(), document, history: History::default() }
    }

    /// Returns the text to save.
    pub(super) fn saved(&self) -> SavedText {
        let [was, is] = [&self.on_disk, &self.document].map(|document| document.look.to_view(&document.map));
        let before = MapContent { map: &self.on_disk.map, view: &was };
        let now = MapContent { map: &self.document.map, view: &is };
        save_text(&self.origin, before, now).expect("it opens as what was to be saved")
    }

    pub(super) fn undo_all(&mut self) {
        while self.undo() {}
    }

    /// Redoes everything.
    pub(super) fn redo_all(&mut self) {
        while self.redo() {}
    }

    pub(super) fn set(&mut self, item: Item, field: Field, value: FieldValue) {
        let transaction = edit::set_field(&self.document, item, field, value).expect("it can be set");
        self.apply(&transaction);
    }

    fn undo(&mut self) -> bool {
        let undone = self.history.undo(&self.document);
        self.stepped(undone)
    }

    fn redo(&mut self) -> bool {
        let redone = self.history.redo(&self.document);
        self.stepped(redone)
    }

    /// Applies a step of the history; returns `false` if there was none.
    fn stepped(&mut self, step: Option<Result<(Document, Delta), EditError>>) -> bool {
        let Some(done) = step else { return false };
        self.document = done.expect("an own step fits").0;
        true
    }

    pub(super) fn apply(&mut self, transaction: &Transaction) {
        assert!(!transaction.is_empty(), "“{}” changes nothing", transaction.label);
        let applied = self.document.apply(transaction).expect("it fits");
        self.history.record(applied.inverse);
        self.document = applied.document;
    }

    /// Runs a command.
    pub(super) fn look(&mut self, command: Command) {
        let transaction = command.transaction(&self.document);
        self.apply(&transaction);
    }

    /// Runs one line of a script.
    pub(super) fn run(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let map = Arc::clone(&self.document.map);
        let document = &self.document;
        let edited = match verb {
            "undo" => return assert!(self.undo(), "nothing to undo"),
            "redo" => return assert!(self.redo(), "nothing to redo"),
            "save" => {
                self.origin = Origin::without_file(self.saved().text.into_bytes().into());
                self.on_disk = self.document.clone();
                return;
            }
            "set" => {
                let (key, rest) = rest.split_once(' ').expect("a field");
                let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
                let item = item(&map, key);
                let field = field_of(document, item, name);
                let before = edit::field(document, item, field).expect("a field of the record");
                edit::set_field(document, item, field, value_like(&map, &before, value)).expect("it can be set")
            }
            "title" => edit::set_meta(document, MapMeta { title: Some(rest.to_owned()), ..map.meta().clone() }),
            "add" => add(document, rest),
            "cite" => {
                let (key, rest) = rest.split_once(' ').expect("a source");
                let (source, locator) = rest.split_once(", ").map_or((rest, None), |(key, place)| (key, Some(place)));
                edit::cite(document, claim(&map, key), evidence(source_id(&map, source), locator)).expect("cited")
            }
            "remove" => edit::remove(document, &items(&map, rest)).expect("removed"),
            "merge" => merge(document, rest),
            "split" => {
                let mut parts = rest.split('"');
                let from = actor_id(&map, parts.next().expect("an actor").trim());
                let name = parts.next().expect("a name in quotes");
                let claims: Vec<_> =
                    parts.next().expect("claims").split_whitespace().map(|key| claim(&map, key)).collect();
                edit::split_off(document, from, name, &claims).expect("split").1
            }
            _ => return self.look(look_command(document, verb, rest)),
        };
        self.apply(&edited);
    }
}

fn add(document: &Document, rest: &str) -> Transaction {
    let map = &document.map;
    let (what, rest) = rest.split_once(' ').expect("what to add");
    match what {
        "actor" => edit::add_actor(document, actor(&edit::new_key(map, rest), rest)).1,
        "source" => {
            let source = Source { key: edit::new_key(map, rest), title: Some(rest.to_owned()), ..Source::default() };
            edit::add_source(document, source).1
        }
        "tie" => {
            let (kind, ends) = rest.split_once(' ').expect("ends");
            let claim = Claim { key: edit::new_key(map, kind), ..Claim::default() };
            let kind = map.find_tie_kind(kind).unwrap_or_else(|| panic!("there is no kind {kind}"));
            let is_directed = map.tie_kinds()[kind].is_directed;
            edit::add_tie(document, Tie { kind, ends: ends_of(map, ends), is_directed, claim }).1
        }
        "fact" => {
            let (key, text) = rest.split_once(' ').expect("a text");
            let claim = Claim { key: edit::new_key(map, text), ..Claim::default() };
            edit::add_fact(document, Fact { actor: actor_id(map, key), text: text.to_owned(), claim }).1
        }
        other => panic!("{other} can't be added"),
    }
}

fn merge(document: &Document, rest: &str) -> Transaction {
    let items = items(&document.map, rest.split_once(' ').expect("what to merge").1);
    let actors: Vec<ActorId> =
        items.iter().filter_map(|item| if let Item::Actor(id) = item { Some(*id) } else { None }).collect();
    let sources: Vec<SourceId> =
        items.iter().filter_map(|item| if let Item::Source(id) = item { Some(*id) } else { None }).collect();
    match (actors.as_slice(), sources.as_slice()) {
        ([keep, others @ ..], []) => edit::merge_actors(document, *keep, others),
        ([], [keep, others @ ..]) => edit::merge_sources(document, *keep, others),
        _ => panic!("actors or sources: {rest}"),
    }
    .expect("merged")
}

fn look_command(document: &Document, verb: &str, rest: &str) -> Command {
    let map = &document.map;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let number = |index: usize| words[index].parse::<f32>().expect("a number");
    let actors = || words.iter().map(|key| actor_id(map, key)).collect();
    let items = || words.iter().map(|key| item(map, key)).collect();
    match verb {
        "move" => {
            let placed = match item(map, words[0]) {
                Item::Actor(id) => Placed::Actor(id),
                Item::Tie(id) => Placed::Hub(id),
                other => panic!("{other:?} has no place"),
            };
            Command::Move(vec![(placed, pos2(number(1), number(2)))])
        }
        "pin" => Command::Pin(actors()),
        "unpin" => Command::Unpin(actors()),
        "hide" => Command::Hide(items()),
        "show" => Command::Show(items()),
        "show-all" => Command::ShowAll,
        "label" => {
            let choice = [("show", LabelChoice::Show), ("hide", LabelChoice::Hide)]
                .into_iter()
                .find(|(word, _)| *word == words[1]);
            Command::SetLabels(vec![tie_id(map, words[0])], choice.map(|(_, choice)| choice))
        }
        "labels" => Command::SetLabelMode(LabelMode::from_word(rest).known().expect("a mode")),
        "bend" => {
            let bend = (words[1] != "free").then(|| BendPoint { along: number(1), across: number(2) });
            Command::Bend(tie_id(map, words[0]), bend)
        }
        "pair" => {
            let pair = Pair::new(actor_id(map, words[0]), actor_id(map, words[1]));
            Command::SetPair(pair, PairMode::from_word(words[2]).known())
        }
        "layout" => {
            let arrangement = Arrangement::from_word(words[0]).known().expect("an arrangement");
            Command::LayOutAgain { arrangement, seed: words[1].parse().expect("a seed") }
        }
        "note" => {
            let text = rest.splitn(3, ' ').nth(2).expect("words");
            document.new_note(text, pos2(number(0), number(1))).1
        }
        "edit" => Command::EditNote(note_id(document, words[0]), rest.split_once(' ').expect("words").1.to_owned()),
        "move-note" => Command::MoveNote(note_id(document, words[0]), pos2(number(1), number(2))),
        "drop" => Command::RemoveNote(note_id(document, rest)),
        "filter" => Command::SetFilter(filter(map, rest)),
        other => panic!("no such edit: {other}"),
    }
}

/// Parses "ties owns; actors none mill; statuses; unsourced; as of 2023".
fn filter(map: &Map, text: &str) -> Filter {
    let mut filter = Filter::default();
    for part in list(text) {
        let (word, rest) = part.split_once(' ').unwrap_or((&part, ""));
        let kinds = rest.split_whitespace();
        match word {
            "ties" => filter.hidden_tie_kinds = kinds.map(|key| map.find_tie_kind(key).expect("a kind")).collect(),
            "actors" => {
                let kind = |key| if key == "none" { None } else { Some(map.find_actor_kind(key).expect("a kind")) };
                filter.hidden_actor_kinds = kinds.map(kind).collect();
            }
            "statuses" => filter.hidden_statuses = kinds.filter_map(|word| Status::from_word(word).known()).collect(),
            "unsourced" => filter.hides_unsourced = true,
            "as" => filter.as_of = Some(Date::parse(rest.trim_start_matches("of ")).expect("a date")),
            other => panic!("no such filter: {other}"),
        }
    }
    filter
}

fn field_of(document: &Document, item: Item, name: &str) -> Field {
    let named = Field::ALL.iter().copied().filter(|field| field.name() == name || field.words() == name);
    let mut fields = named.filter(|field| edit::field(document, item, *field).is_ok());
    fields.next().unwrap_or_else(|| panic!("{item:?} has no {name}"))
}

/// Parses a value of the same type as the field's current one; empty text means none.
fn value_like(map: &Map, before: &FieldValue, text: &str) -> FieldValue {
    let some = (!text.is_empty()).then_some(text);
    match before {
        FieldValue::Words(_) => FieldValue::Words(text.to_owned()),
        FieldValue::OptionalWords(_) => FieldValue::OptionalWords(some.map(str::to_owned)),
        FieldValue::List(_) => FieldValue::List(list(text)),
        FieldValue::Pairs(_) => {
            let pair = |part: &String| part.split_once(" = ").map(|(name, value)| (name.to_owned(), value.to_owned()));
            FieldValue::Pairs(list(text).iter().filter_map(pair).collect())
        }
        FieldValue::Date(_) => FieldValue::Date(some.map(|text| Date::parse(text).expect("a date"))),
        FieldValue::Flag(_) => FieldValue::Flag(text == "yes"),
        FieldValue::ActorKind(_) => FieldValue::ActorKind(some.map(|key| map.find_actor_kind(key).expect("a kind"))),
        FieldValue::TieKind(_) => FieldValue::TieKind(map.find_tie_kind(text).expect("a kind")),
        FieldValue::SourceKind(_) => FieldValue::SourceKind(some.map(SourceKind::from_word)),
        FieldValue::Stage(_) => FieldValue::Stage(some.map(Stage::from_word)),
        FieldValue::Stages(_) => FieldValue::Stages(list(text).iter().map(|part| stage_change(part)).collect()),
        FieldValue::Status(_) => FieldValue::Status(some.map(Status::from_word)),
        FieldValue::Confidence(_) => FieldValue::Confidence(some.map(Confidence::from_word)),
        FieldValue::Ends(_) => FieldValue::Ends(ends_of(map, text)),
        FieldValue::Actor(_) => FieldValue::Actor(actor_id(map, text)),
        FieldValue::OptionalActor(_) => FieldValue::OptionalActor(some.map(|key| actor_id(map, key))),
        FieldValue::Actors(_) => FieldValue::Actors(list(text).iter().map(|key| actor_id(map, key)).collect()),
        FieldValue::OptionalSource(_) => FieldValue::OptionalSource(some.map(|key| source_id(map, key))),
        FieldValue::OptionalClaim(_) => FieldValue::OptionalClaim(some.map(|key| claim(map, key))),
        FieldValue::Claims(_) => FieldValue::Claims(list(text).iter().map(|key| claim(map, key)).collect()),
        FieldValue::Amount(_) => FieldValue::Amount(some.map(|text| Box::new(amount(text)))),
        other => panic!("a script can't say {other:?}"),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split("; ").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn stage_change(text: &str) -> StageChange {
    let (word, date) = text.split_once(' ').map_or((text, None), |(word, date)| (word, Some(date)));
    StageChange { stage: Stage::from_word(word), date: date.map(|date| Date::parse(date).expect("a date")) }
}

/// Parses "5000000 EUR".
fn amount(text: &str) -> Amount {
    let (number, currency) = text.split_once(' ').map_or((text, None), |(number, currency)| (number, Some(currency)));
    let bound = Some(Bound { value: number.parse().expect("a number"), is_inclusive: true });
    Amount { lower: bound, upper: bound, currency: currency.map(str::to_owned), ..Amount::default() }
}

/// Parses "a -> b", or "a lender; b; c".
fn ends_of(map: &Map, text: &str) -> Ends {
    if let Some((from, to)) = text.split_once(" -> ") {
        return Ends::Pair { from: actor_id(map, from), to: actor_id(map, to) };
    }
    let party = |part: &String| {
        let (key, role) = part.split_once(' ').map_or((part.as_str(), None), |(key, role)| (key, Some(role)));
        Party { actor: actor_id(map, key), role: role.map(str::to_owned) }
    };
    Ends::Parties(list(text).iter().map(party).collect())
}

/// Returns an actor as loaded from a file with only its id and name.
fn actor(key: &str, name: &str) -> Actor {
    let file = serde_json::json!({ "format": "tieline", "version": "1.0", "actors": [{ "id": key, "name": name }] });
    load_map(file.to_string().as_bytes(), "actor").expect("opens").map.actor(ActorId(0)).clone()
}

/// Returns a piece of evidence as loaded from a file with only these fields.
fn evidence(source: SourceId, locator: Option<&str>) -> Evidence {
    let mut piece = serde_json::json!({ "source": "s" });
    if let Some(locator) = locator {
        piece["locator"] = locator.into();
    }
    let file = serde_json::json!({ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }],
        "sources": [{ "id": "s", "title": "S" }],
        "ties": [{ "id": "t", "kind": "k", "from": "a", "to": "a", "evidence": [piece] }] });
    let map = load_map(file.to_string().as_bytes(), "evidence").expect("opens").map;
    Evidence { source, ..map.tie(TieId(0)).claim.evidence[0].clone() }
}

fn item(map: &Map, key: &str) -> Item {
    map.find(key).unwrap_or_else(|| panic!("there is no {key}"))
}

fn items(map: &Map, keys: &str) -> Vec<Item> {
    keys.split_whitespace().map(|key| item(map, key)).collect()
}

fn actor_id(map: &Map, key: &str) -> ActorId {
    let Item::Actor(id) = item(map, key) else { panic!("{key} is no actor") };
    id
}

fn source_id(map: &Map, key: &str) -> SourceId {
    let Item::Source(id) = item(map, key) else { panic!("{key} is no source") };
    id
}

fn tie_id(map: &Map, key: &str) -> TieId {
    let Item::Tie(id) = item(map, key) else { panic!("{key} is no tie") };
    id
}

fn claim(map: &Map, key: &str) -> ClaimId {
    match item(map, key) {
        Item::Tie(id) => ClaimId::Tie(id),
        Item::Fact(id) => ClaimId::Fact(id),
        other => panic!("{other:?} is no claim"),
    }
}

fn note_id(document: &Document, key: &str) -> NoteId {
    let found = document.look.notes.iter().find(|(_, note)| &*note.key == key);
    *found.unwrap_or_else(|| panic!("there is no note {key}")).0
}
