//! A whole map as a new file, for maps that come from elsewhere.

use serde_json::{Map as Object, Value, json};

use crate::load::pretty_map;
use crate::model::{
    Actor, Amount, Bound, CitedIn, Claim, ClaimId, Date, Ends, Evidence, LabelChoice, LabelMode, Map, Quote,
    Retraction, Source, View, Word,
};

/// Writes a map as a new file in the format's own order, one record a line.
#[must_use]
pub fn write_map(map: &Map) -> String {
    let mut file = Object::new();
    file.insert("format".to_owned(), json!("tieline"));
    file.insert("version".to_owned(), json!("1.0"));
    put(&mut file, "map", meta(map));
    put(&mut file, "kinds", kinds(map));
    file.insert("actors".to_owned(), map.actors().values().map(|actor| self::actor(map, actor)).collect());
    put(&mut file, "sources", map.sources().values().map(|source| self::source(map, source)).collect::<Value>());
    put(&mut file, "ties", map.ties().values().map(|tie| self::tie(map, tie)).collect::<Value>());
    put(&mut file, "facts", map.facts().values().map(|fact| self::fact(map, fact)).collect::<Value>());
    put(&mut file, "views", map.views().values().map(|view| self::view(map, view)).collect::<Value>());
    let text = Value::Object(file).to_string();
    pretty_map(&text)
}

/// A number with at most so many decimals, without zeros at its end.
pub(crate) fn number(value: f32, decimals: i32) -> String {
    let scale = 10_f64.powi(decimals);
    let rounded = (f64::from(value) * scale).round() / scale;
    // Adding zero turns -0 into 0.
    (rounded + 0.0).to_string()
}

/// Puts a value into an object unless there is nothing in it.
fn put(object: &mut Object<String, Value>, name: &str, value: impl Into<Value>) {
    let value = value.into();
    let is_nothing = match &value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !is_nothing {
        object.insert(name.to_owned(), value);
    }
}

type Fields = Object<String, Value>;

fn meta(map: &Map) -> Fields {
    let meta = &map.meta();
    let mut fields = Fields::new();
    put(&mut fields, "title", meta.title.clone());
    put(&mut fields, "subtitle", meta.subtitle.clone());
    put(&mut fields, "asOf", date(meta.as_of.as_ref()));
    put(&mut fields, "language", meta.language.clone());
    put(&mut fields, "authors", meta.authors.clone());
    put(&mut fields, "license", meta.license.clone());
    put(&mut fields, "note", meta.note.clone());
    fields
}

fn kinds(map: &Map) -> Fields {
    let color = |color: Option<crate::model::Rgb>| {
        color.map(|crate::model::Rgb([red, green, blue])| format!("#{red:02X}{green:02X}{blue:02X}"))
    };
    let mut actors = Fields::new();
    for kind in map.actor_kinds().values().filter(|kind| kind.is_listed) {
        let mut fields = Fields::new();
        put(&mut fields, "label", kind.label.clone());
        put(&mut fields, "color", color(kind.color));
        put(&mut fields, "icon", kind.icon.clone());
        actors.insert(kind.key.to_string(), fields.into());
    }
    let mut ties = Fields::new();
    for kind in map.tie_kinds().values().filter(|kind| kind.is_listed) {
        let mut fields = Fields::new();
        put(&mut fields, "label", kind.label.clone());
        put(&mut fields, "verb", kind.verb.clone());
        put(&mut fields, "directed", kind.is_directed);
        put(&mut fields, "color", color(kind.color));
        put(&mut fields, "icon", kind.icon.clone());
        ties.insert(kind.key.to_string(), fields.into());
    }
    let mut kinds = Fields::new();
    put(&mut kinds, "actor", actors);
    put(&mut kinds, "tie", ties);
    kinds
}

fn actor(map: &Map, actor: &Actor) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", &*actor.key);
    put(&mut fields, "kind", actor.kind.map(|kind| map.actor_kinds()[kind].key.to_string()));
    put(&mut fields, "name", actor.name.clone());
    put(&mut fields, "aliases", actor.aliases.clone());
    put(&mut fields, "summary", actor.summary.clone());
    put(&mut fields, "partOf", actor.part_of.map(|id| map.actor(id).key.to_string()));
    let identifiers = actor.identifiers.iter().map(|(register, id)| (register.clone(), Value::from(id.clone())));
    put(&mut fields, "identifiers", identifiers.collect::<Fields>());
    put(&mut fields, "url", actor.url.clone());
    fields.into()
}

fn source(map: &Map, source: &Source) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", &*source.key);
    put(&mut fields, "kind", word(source.kind.as_ref(), crate::model::SourceKind::word));
    put(&mut fields, "title", source.title.clone());
    put(&mut fields, "publisher", source.publisher.clone());
    put(&mut fields, "authors", source.authors.clone());
    put(&mut fields, "published", date(source.published.as_ref()));
    put(&mut fields, "url", source.url.clone());
    put(&mut fields, "accessed", date(source.accessed.as_ref()));
    put(&mut fields, "archiveUrl", source.archive_url.clone());
    put(&mut fields, "language", source.language.clone());
    put(&mut fields, "note", source.note.clone());
    put(&mut fields, "by", source.by.iter().map(|id| map.actor(*id).key.to_string()).collect::<Vec<_>>());
    put(&mut fields, "sameAs", source.same_as.map(|id| map.source(id).key.to_string()));
    put(&mut fields, "csl", source.csl.as_deref().and_then(|item| serde_json::from_str::<Value>(item).ok()));
    fields.into()
}

fn tie(map: &Map, tie: &crate::model::Tie) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", &*tie.claim.key);
    put(&mut fields, "kind", &*map.tie_kinds()[tie.kind].key);
    match &tie.ends {
        Ends::Pair { from, to } => {
            put(&mut fields, "from", &*map.actor(*from).key);
            put(&mut fields, "to", &*map.actor(*to).key);
        }
        Ends::Parties(parties) => {
            let party = |party: &crate::model::Party| {
                let mut fields = Fields::new();
                put(&mut fields, "actor", &*map.actor(party.actor).key);
                put(&mut fields, "role", party.role.clone());
                Value::from(fields)
            };
            put(&mut fields, "parties", parties.iter().map(party).collect::<Value>());
        }
    }
    if tie.is_directed != map.tie_kinds()[tie.kind].is_directed {
        put(&mut fields, "directed", tie.is_directed);
    }
    claim(map, &tie.claim, &mut fields);
    fields.into()
}

fn fact(map: &Map, fact: &crate::model::Fact) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", &*fact.claim.key);
    put(&mut fields, "actor", &*map.actor(fact.actor).key);
    put(&mut fields, "text", fact.text.clone());
    claim(map, &fact.claim, &mut fields);
    fields.into()
}

fn claim(map: &Map, claim: &Claim, fields: &mut Fields) {
    let key = |id: &ClaimId| map.claim(*id).key.to_string();
    put(fields, "label", claim.label.clone());
    put(fields, "summary", claim.summary.clone());
    put(fields, "scope", claim.scope.clone());
    put(fields, "via", claim.via.clone());
    put(fields, "startDate", date(claim.start.as_ref()));
    put(fields, "endDate", date(claim.end.as_ref()));
    put(fields, "date", date(claim.date.as_ref()));
    put(fields, "firstSeen", date(claim.first_seen.as_ref()));
    put(fields, "lastSeen", date(claim.last_seen.as_ref()));
    put(fields, "stage", word(claim.stage.as_ref(), crate::model::Stage::word));
    put(fields, "stages", claim.stages.iter().map(stage_change).collect::<Value>());
    put(fields, "status", word(claim.status.as_ref(), crate::model::Status::word));
    put(fields, "statusDate", date(claim.status_date.as_ref()));
    put(fields, "supersedes", claim.supersedes.iter().map(key).collect::<Vec<_>>());
    put(fields, "contradicts", claim.contradicts.iter().map(key).collect::<Vec<_>>());
    put(fields, "retraction", claim.retraction.as_ref().map(|retraction| self::retraction(map, retraction)));
    put(fields, "partOf", claim.part_of.as_ref().map(key));
    put(fields, "confidence", word(claim.confidence.as_ref(), crate::model::Confidence::word));
    put(fields, "amount", claim.amount.as_deref().map(amount));
    put(fields, "share", claim.share.as_deref().map(amount));
    put(fields, "quantity", claim.quantity.as_deref().map(amount));
    put(fields, "evidence", claim.evidence.iter().map(|piece| evidence(map, piece)).collect::<Value>());
}

fn stage_change(change: &crate::model::StageChange) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "stage", word(Some(&change.stage), crate::model::Stage::word));
    put(&mut fields, "date", date(change.date.as_ref()));
    fields.into()
}

fn retraction(map: &Map, retraction: &Retraction) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "date", date(retraction.date.as_ref()));
    put(&mut fields, "reason", retraction.reason.clone());
    put(&mut fields, "source", retraction.source.map(|id| map.source(id).key.to_string()));
    fields.into()
}

/// Numbers go as text: it is exact for any number of digits.
fn amount(amount: &Amount) -> Value {
    let mut fields = Fields::new();
    let bound = |bound: Option<Bound>, is_inclusive| {
        bound.filter(|bound| bound.is_inclusive == is_inclusive).map(|bound| decimal(bound.value))
    };
    if let Some(exact) = amount.exact() {
        put(&mut fields, "exact", decimal(exact));
    } else {
        put(&mut fields, "minimum", bound(amount.lower, true));
        put(&mut fields, "exclusiveMinimum", bound(amount.lower, false));
        put(&mut fields, "maximum", bound(amount.upper, true));
        put(&mut fields, "exclusiveMaximum", bound(amount.upper, false));
    }
    put(&mut fields, "approx", amount.is_approximate.then_some(true));
    put(&mut fields, "currency", amount.currency.clone());
    put(&mut fields, "unit", amount.unit.clone());
    put(&mut fields, "text", amount.text.clone());
    fields.into()
}

/// A whole number as a number, any other as text, so that no digit is lost.
fn decimal(value: rust_decimal::Decimal) -> Value {
    match i64::try_from(value) {
        Ok(whole) if value.scale() == 0 => whole.into(),
        _ => value.to_string().into(),
    }
}

fn evidence(map: &Map, piece: &Evidence) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "source", &*map.source(piece.source).key);
    put(&mut fields, "stance", word(Some(&piece.stance), crate::model::Stance::word));
    put(&mut fields, "for", piece.proves.clone());
    put(&mut fields, "locator", piece.locator.clone());
    put(&mut fields, "quote", piece.quote.as_ref().map(quote));
    put(&mut fields, "citedIn", piece.cited_in.as_ref().map(|cited| cited_in(map, cited)));
    put(&mut fields, "note", piece.note.clone());
    fields.into()
}

fn cited_in(map: &Map, cited: &CitedIn) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "source", &*map.source(cited.source).key);
    put(&mut fields, "locator", cited.locator.clone());
    put(&mut fields, "quote", cited.quote.as_ref().map(quote));
    put(&mut fields, "accessed", date(cited.accessed.as_ref()));
    fields.into()
}

fn quote(quote: &Quote) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "exact", quote.exact.clone());
    put(&mut fields, "prefix", quote.prefix.clone());
    put(&mut fields, "suffix", quote.suffix.clone());
    fields.into()
}

fn view(map: &Map, view: &View) -> Value {
    let pair = |x: f32, y: f32| json!([f64::from(x), f64::from(y)]);
    let tie = |id: crate::model::TieId| map.tie(id).claim.key.to_string();
    let actor = |id: &crate::model::ActorId| map.actor(*id).key.to_string();
    let mut layout = Fields::new();
    put(&mut layout, "algorithm", view.algorithm.clone());
    put(&mut layout, "seed", view.seed);
    let actors = view.positions.iter().map(|(id, pos)| (actor(id), pair(pos.x, pos.y)));
    let hubs = view.hub_positions.iter().map(|(id, pos)| (tie(*id), pair(pos.x, pos.y)));
    let label = |choice: LabelChoice| if choice == LabelChoice::Show { "show" } else { "hide" };
    let mut fields = Fields::new();
    put(&mut fields, "id", &*view.key);
    put(&mut fields, "name", view.name.clone());
    put(&mut fields, "layout", layout);
    put(&mut fields, "positions", actors.chain(hubs).collect::<Fields>());
    put(&mut fields, "pinned", view.pinned.iter().map(actor).collect::<Vec<_>>());
    put(&mut fields, "hidden", view.hidden.iter().map(actor).collect::<Vec<_>>());
    let filters = super::filters::fields(map, &view.filter);
    put(&mut fields, "filters", filters.into_iter().collect::<Fields>());
    put(&mut fields, "asOf", date(view.filter.as_of.as_ref()));
    let labels = view.labels.iter().map(|(id, choice)| (tie(*id), Value::from(label(*choice))));
    put(&mut fields, "labelMode", view.label_mode.map(LabelMode::word));
    put(&mut fields, "labels", labels.collect::<Fields>());
    let pairs = view.pairs.iter().map(|(pair, mode)| {
        let mut fields = Fields::new();
        put(&mut fields, "of", pair.actors().iter().map(actor).collect::<Vec<_>>());
        put(&mut fields, "show", mode.word());
        Value::from(fields)
    });
    put(&mut fields, "pairs", pairs.collect::<Vec<_>>());
    let bends = view.bends.iter().map(|(id, bend)| (tie(*id), pair(bend.along, bend.across)));
    put(&mut fields, "bends", bends.collect::<Fields>());
    let notes = view.notes.iter().map(|note| {
        let mut fields = Fields::new();
        put(&mut fields, "id", &*note.key);
        put(&mut fields, "text", note.text.clone());
        fields.insert("at".to_owned(), pair(note.at.x, note.at.y));
        put(&mut fields, "width", note.width.map(f64::from));
        Value::from(fields)
    });
    put(&mut fields, "notes", notes.collect::<Vec<_>>());
    fields.into()
}

fn word<T: Copy>(word: Option<&Word<T>>, spell: fn(T) -> &'static str) -> Value {
    match word {
        None => Value::Null,
        Some(Word::Known(known)) => spell(*known).into(),
        Some(Word::Other(other)) => other.to_string().into(),
    }
}

fn date(date: Option<&Date>) -> Value {
    date.map_or(Value::Null, |date| date.text().into())
}

#[cfg(test)]
mod tests {
    use super::{number, write_map};
    use crate::load::{BUNDLED, load_bundled, load_map};

    #[test]
    fn a_map_written_anew_opens_as_the_same_map() {
        for name in BUNDLED {
            let (loaded, _) = load_bundled(name).expect("opens");
            let text = write_map(&loaded.map);
            let again = load_map(text.as_bytes(), name).expect("opens again");
            assert!(again.map.records() == loaded.map.records(), "{name} changed");
            assert_eq!(write_map(&again.map), text);
        }
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.34, 1), "12.3");
        assert_eq!(number(-0.04, 1), "0");
        assert_eq!(number(120.0, 1), "120");
        assert_eq!(number(0.512_34, 3), "0.512");
    }
}
