//! Merges of the fixture with itself, changed on both sides.
