//! Reads the DL format of UCINET: matrices, lists of edges and lists of neighbors, of one sort of actors or two.

mod head;

use std::collections::HashMap;

use crate::hidden_characters::Quoted;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::wording::read::Role;

use super::GraphFormat;
use super::elements::GraphTables;
use super::numbered::{MatrixEntry, NumberedActors, is_zero, put_matrix};
use head::{DlForm, DlHead, tokens};

pub(super) const FORMATS: &[GraphFormat] =
    &[GraphFormat { format: "dl", sniff: |text, _| is_dl(text), has_shared_ids: false, read }];

/// Whether a text begins as UCINET data: `dl`, then a word of its head.
fn is_dl(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '=')).filter(|word| !word.is_empty());
    let is_first = words.next().is_some_and(|word| word.eq_ignore_ascii_case("dl"));
    let is_known =
        |word: &str| ["n", "nr", "nc", "nm", "format", "title"].iter().any(|known| word.eq_ignore_ascii_case(known));
    is_first && words.next().is_some_and(is_known)
}

fn read<'a>(text: &'a str, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let head = DlHead::read(text)?;
    tables.title.clone_from(&head.title);
    let mut actors = NumberedActors::new(text);
    actors.set_count(head.rows.saturating_add(head.columns.unwrap_or(0)), 1);
    let mut reader =
        DlReader { head, tables, meter, actors, by_label: [HashMap::new(), HashMap::new()], kinds: Vec::new() };
    reader.name_actors();
    match reader.head.form {
        DlForm::Matrix | DlForm::Upper | DlForm::Lower => reader.read_matrices()?,
        DlForm::Edges | DlForm::Lists => reader.read_lines()?,
    }
    let DlReader { actors, tables, .. } = reader;
    actors.put(tables, meter)
}

struct DlReader<'a, 't, 'p> {
    head: DlHead<'a>,
    tables: &'t mut GraphTables<'a>,
    meter: &'t Meter<'p>,
    actors: NumberedActors<'a>,
    /// The numbers of actors by label, of rows and of columns; of one sort they are the same.
    by_label: [HashMap<String, usize>; 2],
    /// The kinds of the ties of each matrix.
    kinds: Vec<String>,
}

impl<'a> DlReader<'a, '_, '_> {
    /// Takes the labels of the head.
    fn name_actors(&mut self) {
        self.kinds = self.head.matrix_labels.iter().map(|label| (*label).to_owned()).collect();
        let rows = std::mem::take(&mut self.head.row_labels);
        let columns = std::mem::take(&mut self.head.column_labels);
        for (side, labels) in [rows, columns].into_iter().enumerate() {
            for (index, (label, line)) in labels.into_iter().enumerate() {
                let number = index + 1 + if side == 1 { self.first_of_columns() } else { 0 };
                self.name(side, number, label, line);
            }
        }
        if let Some(columns) = self.head.columns {
            for number in 1..=self.actors.len().min(self.head.rows.saturating_add(columns)) {
                let mode = if number <= self.head.rows { "row" } else { "column" };
                if let Some(actor) = self.actors.get(number) {
                    actor.fields.push(("mode".into(), Some(Role::Keep), Cell::text(mode)));
                }
            }
        }
    }

    /// Returns the number of actors before those of the columns; they are the same if there is one sort.
    fn first_of_columns(&self) -> usize {
        if self.head.columns.is_some() { self.head.rows } else { 0 }
    }

    /// The index of the labels of a side.
    fn side(&self, side: usize) -> usize {
        if self.head.columns.is_some() { side } else { 0 }
    }

    fn name(&mut self, side: usize, number: usize, label: &'a str, line: u32) {
        let side = self.side(side);
        self.by_label[side].entry(label.to_lowercase()).or_insert(number);
        if let Some(actor) = self.actors.get(number)
            && actor.name.is_empty()
        {
            (actor.name, actor.line) = (label.into(), line);
        }
    }

    /// Returns the number of an actor that a line of a list names by label or by number.
    fn find(&mut self, word: &'a str, side: usize, line: u32) -> Option<usize> {
        let (known, first) = (self.side(side), if side == 1 { self.first_of_columns() } else { 0 });
        if let Some(&number) = self.by_label[known].get(&word.to_lowercase()) {
            return Some(number);
        }
        if !self.head.has_embedded[side] {
            let last = if known == 0 { self.head.rows } else { self.head.columns.unwrap_or(0) };
            let number: usize = word.parse().ok().filter(|number| (1..=last).contains(number))?;
            return Some(number + first);
        }
        // Embedded labels stand where they are used first, and are as many as the head says.
        let number = first + self.by_label[known].len() + 1;
        let end = first + if known == 0 { self.head.rows } else { self.head.columns.unwrap_or(0) };
        if number > end {
            return None;
        }
        self.name(side, number, word, line);
        Some(number)
    }

    fn kind(&self, matrix: usize) -> Option<&str> {
        self.kinds.get(matrix).map(String::as_str)
    }

    fn read_lines(&mut self) -> Result<(), Stop> {
        let (mut matrix, is_list) = (0, self.head.form == DlForm::Lists);
        let data = self.head.data;
        for (line, number) in data.lines().zip(self.head.data_line..) {
            if line.trim() == "!" {
                matrix += 1;
                continue;
            }
            let mut words = tokens(line).map(|(word, _)| word);
            let Some(from) = words.next() else { continue };
            let from = self.find(from, 0, number);
            if is_list {
                for to in words.collect::<Vec<_>>() {
                    let to = self.find(to, 1, number);
                    self.put([from, to], None, (line, number), matrix)?;
                }
                continue;
            }
            let (to, weight) = (words.next(), words.next());
            let to = to.and_then(|to| self.find(to, 1, number));
            self.put([from, to], weight, (line, number), matrix)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        ends: [Option<usize>; 2],
        weight: Option<&'a str>,
        (line, number): (&str, u32),
        matrix: usize,
    ) -> Result<(), Stop> {
        let ends = ends.map(|end| end.filter(|end| self.actors.get(*end).is_some()));
        let [Some(from), Some(to)] = ends else {
            let message = format!("{} does not name two actors; it is left out", Quoted(line.trim()));
            self.tables.warn(number, message, "correct it, or the number of actors");
            return Ok(());
        };
        if let Some(kind) = self.kinds.get(matrix) {
            self.meter.count_copies(kind.len(), 1)?;
            self.tables.ties.put("kind", Some(Role::Kind), kind.clone());
        }
        if let Some(weight) = weight {
            self.tables.ties.put_cell("weight", Some(Role::Weight), Cell::number(weight));
        }
        let is_directed = self.head.columns.is_none();
        self.tables.set_tie("", [from.to_string().into(), to.to_string().into()], Some(is_directed));
        self.tables.end_tie(number, self.meter)
    }

    /// Reads all matrices one after the other; rows may be broken into several lines.
    fn read_matrices(&mut self) -> Result<(), Stop> {
        let mut words = tokens(self.head.data);
        let first_line = self.head.data_line - 1;
        let (rows, first) = (self.head.rows, self.first_of_columns());
        let columns = self.head.columns.unwrap_or(rows);
        for matrix in 0..self.head.matrices {
            let left = words.count_left();
            if self.head.has_embedded[1] {
                for column in 0..columns {
                    let Some((label, line)) = words.next() else { break };
                    if matrix == 0 {
                        self.name(1, first + column + 1, label, first_line + line);
                    }
                }
            }
            let mut entries = Vec::new();
            'rows: for row in 0..rows {
                if words.count_left() == 0 || (self.head.form == DlForm::Upper && row >= columns) {
                    break;
                }
                if self.head.has_embedded[0] {
                    let Some((label, line)) = words.next() else { break };
                    if matrix == 0 {
                        self.name(0, row + 1, label, first_line + line);
                    }
                }
                let diagonal = usize::from(self.head.has_diagonal);
                let range = match self.head.form {
                    DlForm::Upper => row + 1 - diagonal..columns,
                    DlForm::Lower => 0..(row + diagonal).min(columns),
                    _ => 0..columns,
                };
                for column in range {
                    if !self.head.has_diagonal && column == row && self.head.form == DlForm::Matrix {
                        continue;
                    }
                    let Some((value, line)) = words.next() else { break 'rows };
                    let line = first_line + line;
                    let ends = [row + 1, first + column + 1];
                    match is_zero(value) {
                        Some(true) => {}
                        Some(false) => entries.push(MatrixEntry { ends, value, line }),
                        None => {
                            let message = format!("{} is not a number; there is no tie", Quoted(value));
                            self.tables.warn(line, message, "write a number");
                        }
                    }
                }
            }
            let is_half = matches!(self.head.form, DlForm::Upper | DlForm::Lower);
            let kind = self.kind(matrix).map(str::to_owned);
            let has_sides = is_half || self.head.columns.is_some();
            put_matrix(&entries, kind.as_deref(), has_sides, self.tables, self.meter)?;
            // A matrix without numbers is not repeated.
            if words.count_left() == left {
                break;
            }
        }
        Ok(())
    }
}
