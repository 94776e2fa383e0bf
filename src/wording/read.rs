//! Reads amounts, dates, headings and words as people write them in tables, in English, German, French and Spanish.
//!
//! Pure functions of the text of a cell; none panics or guesses. What a text leaves open is said in flags of the
//! result, so that the importer can report it with the place of the cell.

mod amount;
mod currency;
mod date;
mod date_words;
mod day;
mod draft;
mod figure;
mod fold;
mod lexicon;
mod reading;
mod timeset;
mod token;
mod unit_heading;

pub use amount::{AmountColumn, ReadAmount, amount_of_words, read_amount, read_number, read_quantity, read_share};
pub use date::{DateOrder, ReadDates, read_dates};
pub use figure::{DecimalMark, NumberStyle};
pub use reading::Reading;
pub use unit_heading::{currency_of_heading, scale_of_heading};
