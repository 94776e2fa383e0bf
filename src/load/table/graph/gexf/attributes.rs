//! The attributes that a GEXF file declares, and their values, which may change over time.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::load::table::graph::elements::{ElementSort, GraphRows};
use crate::load::table::graph::markup::{GraphXml, cut_off};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::load::table::xml::{XmlNode, local_name};
use crate::wording::read::{Role, roles_of_heading};

use super::spells::GexfSpell;

/// A value of an attribute of an element.
#[derive(Debug)]
pub(super) struct GexfValue<'a> {
    pub(super) attribute: usize,
    pub(super) text: Cow<'a, str>,
    /// When it holds; `None` for always.
    pub(super) spell: Option<GexfSpell<'a>>,
}

/// The form of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GexfValues {
    Text,
    Number,
    Truth,
    List,
}

#[derive(Debug)]
struct GexfAttribute<'a> {
    title: Cow<'a, str>,
    values: GexfValues,
    default: Option<Cow<'a, str>>,
    target: ElementSort,
    column: Option<usize>,
}

/// All attributes of a file.
#[derive(Debug, Default)]
pub(super) struct GexfAttributes<'a> {
    list: Vec<GexfAttribute<'a>>,
    by_id: HashMap<(ElementSort, Cow<'a, str>), usize>,
    with_defaults: Vec<usize>,
    /// Reused: whether an element has a value of each attribute.
    has_value: Vec<bool>,
}

impl<'a> GexfAttributes<'a> {
    /// Reads the declarations of one class up to their end.
    pub(super) fn read_class(&mut self, class: Option<&str>, xml: &mut GraphXml<'a>) -> Result<(), Stop> {
        let target = if class == Some("edge") { ElementSort::Edge } else { ElementSort::Node };
        loop {
            match xml.next()? {
                XmlNode::Open(start) if local_name(&start) == "attribute" => self.read_attribute(target, xml)?,
                XmlNode::Open(_) => xml.skip()?,
                XmlNode::Close(_) => return Ok(()),
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(cut_off()),
            }
        }
    }

    fn read_attribute(&mut self, target: ElementSort, xml: &mut GraphXml<'a>) -> Result<(), Stop> {
        let [id, title, typed] = xml.attributes(["id", "title", "type"]);
        let mut default = None;
        loop {
            match xml.next()? {
                XmlNode::Open(start) if local_name(&start) == "default" => default = Some(xml.text()?),
                XmlNode::Open(_) => xml.skip()?,
                XmlNode::Close(_) => break,
                XmlNode::Text(_) => {}
                XmlNode::End => return Err(cut_off()),
            }
        }
        let id = id.unwrap_or_default();
        let typed = typed.unwrap_or_default().to_ascii_lowercase();
        let values = match &*typed {
            "boolean" => GexfValues::Truth,
            "integer" | "int" | "long" | "float" | "double" | "byte" | "short" | "biginteger" | "bigdecimal" => {
                GexfValues::Number
            }
            _ if typed.starts_with("list") => GexfValues::List,
            _ => GexfValues::Text,
        };
        let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| id.clone());
        let default = default.filter(|default| !default.trim().is_empty());
        self.add(id, GexfAttribute { title, values, default, target, column: None });
        Ok(())
    }

    fn add(&mut self, id: Cow<'a, str>, attribute: GexfAttribute<'a>) -> usize {
        let index = self.list.len();
        if attribute.default.is_some() {
            self.with_defaults.push(index);
        }
        self.by_id.insert((attribute.target, id), index);
        self.list.push(attribute);
        index
    }

    /// Returns the attribute with an id; one that is not declared is of text.
    pub(super) fn find(&mut self, target: ElementSort, id: Cow<'a, str>) -> usize {
        if let Some(&known) = self.by_id.get(&(target, id.clone())) {
            return known;
        }
        let attribute =
            GexfAttribute { title: id.clone(), values: GexfValues::Text, default: None, target, column: None };
        self.add(id, attribute)
    }

    /// Adds the defaults of attributes of which an element has no value.
    pub(super) fn add_defaults(
        &mut self,
        target: ElementSort,
        values: &mut Vec<GexfValue<'a>>,
        meter: &Meter,
    ) -> Result<(), Stop> {
        if self.with_defaults.is_empty() {
            return Ok(());
        }
        self.has_value.clear();
        self.has_value.resize(self.list.len(), false);
        for value in &*values {
            self.has_value[value.attribute] = true;
        }
        for &index in &self.with_defaults {
            let attribute = &self.list[index];
            let is_wanted = attribute.target == target && !self.has_value[index];
            if let Some(default) = attribute.default.as_ref().filter(|_| is_wanted) {
                meter.count_copies(default.len(), 1)?;
                values.push(GexfValue { attribute: index, text: default.clone(), spell: None });
            }
        }
        Ok(())
    }

    /// Puts values into the columns of their attributes. Of one that changes over time, the last value counts, and all
    /// are kept with their times.
    pub(super) fn put(
        &mut self,
        values: Vec<GexfValue<'a>>,
        target: ElementSort,
        has_weight: bool,
        rows: &mut GraphRows<'a>,
    ) {
        let mut histories: Vec<(usize, String)> = Vec::new();
        for value in values {
            let attribute = &mut self.list[value.attribute];
            let is_weight = has_weight && attribute.title.eq_ignore_ascii_case("weight");
            if value.text.trim().is_empty() || (is_weight && value.spell.is_none()) {
                continue;
            }
            if let Some(spell) = &value.spell {
                let words = format!("{} ({})", value.text.trim(), spell.words());
                match histories.iter_mut().find(|(known, _)| *known == value.attribute) {
                    Some((_, history)) => {
                        history.push_str("; ");
                        history.push_str(&words);
                    }
                    None => histories.push((value.attribute, words)),
                }
            }
            let column = *attribute
                .column
                .get_or_insert_with(|| rows.column(attribute.title.clone(), role(&attribute.title, target)));
            rows.set(column, cell(value.text, attribute.values));
        }
        for (attribute, history) in histories {
            let heading = format!("{} over time", self.list[attribute].title);
            rows.put(heading, Some(Role::Keep), history);
        }
    }
}

/// Returns the role of an attribute that must not be taken for what the format has a place for.
fn role(title: &str, target: ElementSort) -> Option<Role> {
    let means = |role: Role| roles_of_heading(title).first() == Some(&role);
    // An attribute called "label" beside a label is a further name.
    (target == ElementSort::Node && means(Role::ActorName)).then_some(Role::Alias)
}

fn cell(text: Cow<'_, str>, values: GexfValues) -> Cell<'_> {
    match values {
        GexfValues::Number => Cell::number(text),
        GexfValues::Truth => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Cell::flag(true),
            "false" | "0" => Cell::flag(false),
            _ => Cell::text(text),
        },
        GexfValues::List => Cell::list(items(&text)),
        GexfValues::Text => Cell::text(text),
    }
}

/// Splits a list: `[a, "b, c"]` in version 1.3, separated by bars, commas or semicolons in earlier ones.
fn items(text: &str) -> Vec<String> {
    let text = text.trim();
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let separators: &[char] = if inside.contains('|') { &['|'] } else { &[',', ';'] };
    let mut items = Vec::new();
    let (mut item, mut quote) = (String::new(), None);
    let mut signs = inside.chars();
    while let Some(sign) = signs.next() {
        match (sign, quote) {
            ('\\', _) => item.extend(signs.next()),
            (sign, Some(open)) if sign == open => quote = None,
            ('"' | '\'', None) if item.trim().is_empty() => quote = Some(sign),
            (sign, None) if separators.contains(&sign) => items.push(std::mem::take(&mut item)),
            (sign, _) => item.push(sign),
        }
    }
    items.push(item);
    items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn lists_of_all_versions_are_split() {
        assert_eq!(items(r#"[QW, "Quay, Ltd"]"#), ["QW", "Quay, Ltd"]);
        assert_eq!(items("a|b, c"), ["a", "b, c"]);
        assert_eq!(items("a;b"), ["a", "b"]);
        assert_eq!(items("it's, x"), ["it's", "x"]);
        assert_eq!(items("[]"), [""; 0]);
    }
}
