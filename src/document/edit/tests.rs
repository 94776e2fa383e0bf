//! Each edit: made, taken back, and the document as its text has it.
