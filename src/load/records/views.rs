//! The records of saved views.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{IgnoredAny, MapAccess};

use super::declare::{Extra, FieldSlot, record};
use super::tables::CheckRecord;
use super::value::{JsonText, List, Raw};
use super::value_schema::inline_schema;
use crate::load::loose::{Entries, FromJson, Loose, Name};

record! {
    /// A saved look, apart from the claims.
    ViewRecord, ViewJson "View" requires [] {
        /// Its id, unique in the file.
        id: "id" as Loose<JsonText<'a>>,
        /// What people read.
        name: "name" as Loose<JsonText<'a>>,
        /// How actors without a place are arranged.
        layout: "layout" as Loose<Box<LayoutRecord<'a>>>,
        /// Centers of cards and of many-party hubs, by id: across and down, in pixels at zoom 1.
        #[schemars(with = "Option<std::collections::BTreeMap<String, super::value_schema::TwoNumbers>>")]
        positions: "positions" as Loose<Entries<'a, List<f64>>>,
        /// Ids of actors that a new layout must not move.
        pinned: "pinned" as Loose<List<JsonText<'a>>>,
        /// Ids of actors that are not shown.
        hidden: "hidden" as Loose<List<JsonText<'a>>>,
        /// Which labels are shown where `labels` does not say: "all" (if absent), the more "important" half, citation "numbers" alone, or
        /// "none".
        #[schemars(with = "super::value_schema::WordOf<crate::model::LabelMode>")]
        label_mode: "labelMode" as Loose<JsonText<'a>>,
        /// "show" or "hide", by the id of the tie.
        #[schemars(with = "Option<std::collections::BTreeMap<String, super::value_schema::LabelWord>>")]
        labels: "labels" as Loose<Entries<'a, JsonText<'a>>>,
        /// How the ties of some pairs of actors are drawn; where nothing is said, more than eight ties make a ribbon.
        pairs: "pairs" as Loose<PairList<'a>>,
        /// Where lanes pass, by the id of the tie: share of the way, and distance to its right.
        #[schemars(with = "Option<std::collections::BTreeMap<String, super::value_schema::TwoNumbers>>")]
        bends: "bends" as Loose<Entries<'a, List<f64>>>,
        /// Words on the canvas.
        notes: "notes" as Loose<List<Box<NoteRecord<'a>>>>,
        /// What is left out by the words of the records.
        filters: "filters" as Loose<Box<FiltersRecord<'a>>>,
        /// The time that it shows (EDTF): ties that surely did not hold then are left out.
        as_of: "asOf" as Loose<JsonText<'a>>,
        /// Ids of the actors that are shown, where only a part was explored; all if absent.
        shown: "shown" as Loose<List<JsonText<'a>>>,
        /// Colors of single actors, `#RRGGBB`, by id.
        #[schemars(with = "Option<std::collections::BTreeMap<String, super::value_schema::Color>>")]
        colors: "colors" as Loose<Entries<'a, JsonText<'a>>>,
        /// Groups that were found by computing.
        communities: "communities" as Loose<Box<CommunitiesRecord<'a>>>,
        /// The steps of a story, in order.
        steps: "steps" as Loose<List<Box<StepRecord<'a>>>>,
    }
}

record! {
    /// What a view leaves out, by the words of the records.
    FiltersRecord, FiltersJson "Filters" requires [] {
        /// Kinds of actors; the empty word stands for actors without a kind.
        hidden_actor_kinds: "hiddenActorKinds" as Loose<List<JsonText<'a>>>,
        /// Kinds of ties.
        hidden_tie_kinds: "hiddenTieKinds" as Loose<List<JsonText<'a>>>,
        /// Stages of ties.
        #[schemars(with = "Option<Vec<super::value_schema::WordOf<crate::model::Stage>>>")]
        hidden_stages: "hiddenStages" as Loose<List<JsonText<'a>>>,
        /// Statuses of ties; superseded and retracted if absent.
        #[schemars(with = "Option<Vec<super::value_schema::WordOf<crate::model::Status>>>")]
        hidden_statuses: "hiddenStatuses" as Loose<List<JsonText<'a>>>,
        /// Kinds of sources that do not count: a tie with evidence needs a piece from another kind of source.
        #[schemars(with = "Option<Vec<super::value_schema::WordOf<crate::model::SourceKind>>>")]
        hidden_source_kinds: "hiddenSourceKinds" as Loose<List<JsonText<'a>>>,
        /// Whether ties without evidence are left out.
        hide_unsourced: "hideUnsourced" as Loose<bool>,
        /// Tags of what is left out.
        hidden_tags: "hiddenTags" as Loose<List<JsonText<'a>>>,
        /// How many ties an actor must have to be shown.
        min_ties: "minTies" as Loose<u64>,
        /// The least weight of a tie that is shown.
        #[schemars(with = "Option<super::value_schema::Number>")]
        min_weight: "minWeight" as Raw<'a>,
    }
}

record! {
    /// Groups that were found by computing.
    CommunitiesRecord, CommunitiesJson "Communities" requires [] {
        /// Names given by hand, by the id of an actor inside.
        names: "names" as Loose<Entries<'a, JsonText<'a>>>,
    }
}

record! {
    /// One step of a story that a view tells.
    StepRecord, StepJson "Story step" requires ["id"] {
        /// Its id, unique among the steps of the view.
        id: "id" as Loose<JsonText<'a>>,
        /// What stands above it.
        title: "title" as Loose<JsonText<'a>>,
        /// The text that explains it, shown below the title.
        caption: "caption" as Loose<JsonText<'a>>,
        /// Ids of the actors that it shows, with the ties among them, and of ties, with their ends; all if absent.
        show: "show" as Loose<List<JsonText<'a>>>,
        /// Ids of the actors, ties, facts and sources that it is about; everything else is faded.
        focus: "focus" as Loose<List<JsonText<'a>>>,
        /// The time that it shows (EDTF), instead of that of the view.
        as_of: "asOf" as Loose<JsonText<'a>>,
        /// What is in view: "all" (if absent), "shown", or a place and a zoom.
        #[schemars(with = "Option<super::value_schema::CameraValue>")]
        camera: "camera" as Raw<'a>,
        /// Words for the speaker.
        notes: "notes" as Loose<JsonText<'a>>,
        /// Which of its fields were checked.
        checks: "checks" as Loose<List<Box<CheckRecord<'a>>>>,
    }
}

record! {
    /// Words on the canvas; no claim, so nothing proves them.
    NoteRecord, NoteJson "Note" requires ["id", "text", "at"] {
        /// Its id, unique among the notes of the view.
        id: "id" as Loose<JsonText<'a>>,
        /// Its words; may have line breaks.
        text: "text" as Loose<JsonText<'a>>,
        /// Its upper left corner: across and down, in pixels at zoom 1.
        #[schemars(with = "super::value_schema::TwoNumbers")]
        at: "at" as Loose<List<f64>>,
        /// How wide it is, in pixels at zoom 1.
        width: "width" as Loose<f64>,
    }
}

record! {
    /// How all ties between two actors, or of one actor with itself, are drawn.
    PairRecord, PairJson "PairMode" requires ["of", "show"] {
        /// The ids of the two actors; for ties of an actor with itself, the same id twice.
        #[schemars(with = "super::value_schema::TwoIds")]
        of: "of" as Loose<List<JsonText<'a>>>,
        /// "ribbon": as one ribbon that counts them; "ties": each as a lane.
        #[schemars(with = "super::value_schema::WordOf<crate::model::PairMode>")]
        show: "show" as Loose<JsonText<'a>>,
    }
}

/// The pairs of a view: a list of records. Version 1.0 named the field without a use for it, with `{}` as an
/// example, so an object counts as an empty list.
#[derive(Debug, Default)]
pub(crate) struct PairList<'a>(pub(crate) List<Box<PairRecord<'a>>>);

impl<'de> FromJson<'de> for PairList<'de> {
    const EXPECTED: &'static str = "a list";

    fn from_list<A: serde::de::SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        Ok(List::from_list(list)?.map(Self))
    }

    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some(Self::default()))
    }
}

inline_schema!(PairList<'_>, "Pairs", |generator| {
    let record = generator.subschema_for::<PairRecord>();
    json_schema!({ "anyOf": [{ "type": "array", "items": record }, { "type": "object", "maxProperties": 0 }] })
});

record! {
    /// How actors without a place are arranged.
    LayoutRecord, LayoutJson "Layout" requires [] {
        /// The word for the algorithm.
        #[schemars(with = "super::value_schema::WordOf<crate::model::Arrangement>")]
        algorithm: "algorithm" as Loose<JsonText<'a>>,
        /// Seed of the layout.
        seed: "seed" as Loose<u64>,
    }
}
