//! The head of a DL file: how many actors and matrices, what they are called, and how the data is written.

use crate::hidden_characters::visible;
use crate::load::table::types::Stop;

/// More actors than this are taken for damaged data.
const MAX_COUNT: usize = 1 << 32;

/// How the data is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DlForm {
    #[default]
    Matrix,
    /// The part of a matrix right of its diagonal.
    Upper,
    /// The part left of it.
    Lower,
    /// Two actors and perhaps a weight in a line.
    Edges,
    /// An actor and all that it is tied to in a line.
    Lists,
}

#[derive(Debug, Default)]
pub(super) struct DlHead<'a> {
    pub(super) rows: usize,
    /// The number of columns if they are other actors than the rows.
    pub(super) columns: Option<usize>,
    pub(super) matrices: usize,
    pub(super) form: DlForm,
    pub(super) has_diagonal: bool,
    /// Whether the labels of rows and columns are in the data.
    pub(super) has_embedded: [bool; 2],
    /// Labels with their lines.
    pub(super) row_labels: Vec<(&'a str, u32)>,
    pub(super) column_labels: Vec<(&'a str, u32)>,
    pub(super) matrix_labels: Vec<&'a str>,
    pub(super) title: Option<String>,
    pub(super) data: &'a str,
    /// The line where the data begins, from 1.
    pub(super) data_line: u32,
}

/// What the next words of the head are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DlLabels {
    None,
    Rows,
    Columns,
    Matrices,
}

impl<'a> DlHead<'a> {
    pub(super) fn read(text: &'a str) -> Result<Self, Stop> {
        let mut head = DlHead { matrices: 1, has_diagonal: true, ..DlHead::default() };
        let (mut counts, mut is_two_sided) = ([None; 2], false);
        let mut labels = DlLabels::None;
        // The side whose labels the words before say.
        let mut side = None;
        let mut words = tokens(text).skip(1);
        while let Some((word, line)) = words.next() {
            let folded = word.to_ascii_lowercase();
            let mark = folded.trim_end_matches(':');
            match mark {
                "data" if folded.ends_with(':') => {
                    let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
                    head.data = text.get(end..).unwrap_or_default().trim_end_matches(is_blank);
                    head.data_line = line;
                    head.set_counts(counts, is_two_sided);
                    return head.checked();
                }
                "labels" | "label" => {
                    let of = side.take().unwrap_or(DlLabels::Rows);
                    let is_embedded =
                        words.clone().next().is_some_and(|(next, _)| next.to_ascii_lowercase().starts_with("embedded"));
                    if is_embedded {
                        words.next();
                        match of {
                            DlLabels::Columns => head.has_embedded[1] = true,
                            _ if is_two_sided || counts[1].is_some() => head.has_embedded[0] = true,
                            _ => head.has_embedded = [true, true],
                        }
                        labels = DlLabels::None;
                    } else {
                        labels = of;
                    }
                }
                "row" | "rows" if next_is_labels(words.clone()) => side = Some(DlLabels::Rows),
                "col" | "column" | "columns" if next_is_labels(words.clone()) => side = Some(DlLabels::Columns),
                "matrix" | "level" if next_is_labels(words.clone()) => side = Some(DlLabels::Matrices),
                _ if labels != DlLabels::None && !is_assigned(words.clone()) => match labels {
                    DlLabels::Rows => head.row_labels.push((word, line)),
                    DlLabels::Columns => head.column_labels.push((word, line)),
                    DlLabels::Matrices | DlLabels::None => head.matrix_labels.push(word),
                },
                _ => {
                    labels = DlLabels::None;
                    let value = words.clone().next().filter(|(sign, _)| *sign == "=").and_then(|_| words.nth(1));
                    let Some((value, _)) = value else { continue };
                    match mark {
                        "n" | "nr" => counts[0] = value.parse().ok(),
                        "nc" => counts[1] = value.parse().ok(),
                        "nm" => head.matrices = value.parse().unwrap_or(1),
                        "title" => head.title = Some(visible(value).into_owned()).filter(|title| !title.is_empty()),
                        "diagonal" => head.has_diagonal = !value.eq_ignore_ascii_case("absent"),
                        "format" => (head.form, is_two_sided) = form_of(value)?,
                        _ => {}
                    }
                }
            }
        }
        Err(Stop::refused("it has no data", "write data: before the numbers"))
    }

    fn set_counts(&mut self, [rows, columns]: [Option<usize>; 2], is_two_sided: bool) {
        self.rows = rows.unwrap_or(self.row_labels.len()).min(MAX_COUNT);
        let columns = columns.or_else(|| is_two_sided.then_some(self.column_labels.len()));
        self.columns = columns.map(|columns| columns.min(MAX_COUNT));
    }

    fn checked(self) -> Result<Self, Stop> {
        if self.rows == 0 || self.columns == Some(0) {
            return Err(Stop::refused("it does not say how many actors it has", "write n= and their number"));
        }
        Ok(self)
    }
}

fn form_of(word: &str) -> Result<(DlForm, bool), Stop> {
    Ok(match word.to_ascii_lowercase().as_str() {
        "fullmatrix" | "fm" | "fullmat" => (DlForm::Matrix, false),
        "upperhalf" | "uh" => (DlForm::Upper, false),
        "lowerhalf" | "lh" => (DlForm::Lower, false),
        "edgelist" | "edgelist1" | "el1" => (DlForm::Edges, false),
        "edgelist2" | "el2" => (DlForm::Edges, true),
        "nodelist" | "nodelist1" | "nl1" => (DlForm::Lists, false),
        "nodelist2" | "nl2" => (DlForm::Lists, true),
        _ => {
            let message =
                format!("its data is in the form {}, which is not supported", crate::hidden_characters::Quoted(word));
            return Err(Stop::refused(message, "export it as edgelist1 or fullmatrix"));
        }
    })
}

fn next_is_labels<'a>(mut words: impl Iterator<Item = (&'a str, u32)>) -> bool {
    words.next().is_some_and(|(word, _)| word.to_ascii_lowercase().starts_with("labels"))
}

fn is_assigned<'a>(mut words: impl Iterator<Item = (&'a str, u32)>) -> bool {
    words.next().is_some_and(|(word, _)| word == "=")
}

/// Returns the words of a text with their lines, from 1: separated by blanks and commas, or in quotes; `=` is a word.
pub(super) fn tokens(text: &str) -> DlTokens<'_> {
    DlTokens { rest: text, line: 1 }
}

fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || sign == ','
}

/// The words that are left of a text.
#[derive(Clone)]
pub(super) struct DlTokens<'a> {
    rest: &'a str,
    line: u32,
}

impl DlTokens<'_> {
    /// Returns the number of bytes that are left.
    pub(super) fn count_left(&self) -> usize {
        self.rest.len()
    }
}

impl<'a> Iterator for DlTokens<'a> {
    type Item = (&'a str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.find(|c| !is_blank(c))?;
        self.line += memchr::memchr_iter(b'\n', &self.rest.as_bytes()[..start]).count() as u32;
        let rest = &self.rest[start..];
        let line = self.line;
        if let Some(inside) = rest.strip_prefix('"') {
            let end = inside.find(['"', '\n']).unwrap_or(inside.len());
            self.rest = inside.get(end..).unwrap_or_default().trim_start_matches('"');
            return Some((&inside[..end], line));
        }
        if let Some(after) = rest.strip_prefix('=') {
            self.rest = after;
            return Some((&rest[..1], line));
        }
        let end = rest.find(|c| is_blank(c) || matches!(c, '=' | '"')).unwrap_or(rest.len());
        // No blank is needed after these marks.
        let is_mark = |mark: &&str| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        let end = ["data:", "labels:"].iter().find(|mark| is_mark(mark)).map_or(end, |mark| end.min(mark.len()));
        self.rest = &rest[end..];
        Some((&rest[..end], line))
    }
}

#[cfg(test)]
mod tests {
    use super::{DlForm, DlHead};

    #[test]
    fn heads_of_all_forms_are_read() {
        let head = DlHead::read("DL N = 3 format=edgelist1\nlabels:\nAda, \"Bo Li\",Cy\ndata:\n1 2\n").expect("a head");
        assert_eq!((head.rows, head.columns, head.form, head.data_line), (3, None, DlForm::Edges, 4));
        assert_eq!(head.row_labels, [("Ada", 3), ("Bo Li", 3), ("Cy", 3)]);
        assert_eq!(head.data, "\n1 2");
        let head = DlHead::read(
            "dl nr=2, nc=3 nm=2\nrow labels: a b column labels embedded matrix labels: x y diagonal=absent data:1",
        );
        let head = head.expect("a head");
        assert_eq!((head.rows, head.columns, head.matrices, head.has_diagonal), (2, Some(3), 2, false));
        assert_eq!((head.has_embedded, head.row_labels.len()), ([false, true], 2));
        assert_eq!(head.matrix_labels, ["x", "y"]);
        let head = DlHead::read("dl n=2 format=nodelist1 labels embedded data:\na b").expect("a head");
        assert_eq!((head.has_embedded, head.form), ([true, true], DlForm::Lists));
        assert!(DlHead::read("dl n=2").is_err() && DlHead::read("dl format=wide data:").is_err());
    }
}
