//! Workbooks and archives as programs write them.

use super::super::trim_table;
use super::{data, listing, notes, with_tables};

#[test]
fn print_all() {
    for path in ["openpyxl.xlsx", "xlwt.xls", "odfpy.ods", "tables.zip", "edges.csv.gz"] {
        println!("=== {path}");
        with_tables(&data(&format!("import/{path}")), path, |mut tables| {
            println!("{} {:?}\n{}", tables.format, tables.encoding, notes(&tables.notes));
            for table in &mut tables.tables {
                trim_table(table);
                println!("[{} {:?} {}]\n{}{}", table.file, table.sheet, table.is_hidden, listing(table), notes(&table.notes));
            }
        });
    }
}
