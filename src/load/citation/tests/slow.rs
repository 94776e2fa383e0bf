//! Pastes of a megabyte of each sort that could take long.

use super::hostile::survive_huge;

#[test]
fn a_megabyte_of_anything_is_survived() {
    survive_huge(1 << 20);
}
