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
mod heading;
mod lexicon;
mod reading;
mod role;
mod timeset;
mod token;
mod unit_heading;
mod words;

pub use amount::{AmountColumn, amount_of_words, read_amount, read_number, read_quantity, read_share};
pub use currency::{currency_name, may_mean as currency_may_mean};
pub use date::read_dates;
pub use figure::{DecimalMark, NumberStyle};
pub use heading::{fold_heading, roles_of_heading};
pub use reading::{DateOrder, ReadAmount, ReadDates, Reading};
pub use role::Role;
pub use unit_heading::{currency_of_heading, scale_of_heading};
pub use words::{Direction, read_confidence, read_direction, read_is_directed, read_stage, read_status, read_yes_no};
