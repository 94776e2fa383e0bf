//! Columns without a known heading, and tables without headings.

use std::fmt::Write as _;

use crate::load::import::{ColumnChoice, ImportFile, ImportOptions, ImportReport, import_tables};
use crate::model::{Ends, Map, Severity};
use crate::wording::read::Role;

pub(super) fn import_with(files: &[(&str, &str)], options: &ImportOptions) -> (Map, ImportReport) {
    let file = |&(name, text): &(&str, &str)| ImportFile { name: name.into(), bytes: text.as_bytes().into() };
    let files: Vec<ImportFile> = files.iter().map(file).collect();
    import_tables(&files, options, &|_| true).unwrap_or_else(|error| panic!("{error}"))
}

pub(super) fn import(text: &str) -> (Map, ImportReport) {
    import_with(&[("table.csv", text)], &ImportOptions::default())
}

pub(super) fn fixed(roles: &[(Role, &str)]) -> ImportOptions {
    let columns = roles.iter().map(|(role, name)| ColumnChoice::everywhere(name, *role)).collect();
    ImportOptions { columns, ..ImportOptions::default() }
}

pub(super) fn role_of(report: &ImportReport, heading: &str) -> Option<Role> {
    let mut columns = report.tables.iter().flat_map(|table| &table.columns);
    columns.find(|column| column.heading == heading)?.role
}

pub(super) fn ties(map: &Map) -> Vec<(&str, &str)> {
    let names = map.ties().values().map(|tie| match tie.ends {
        Ends::Pair { from, to } => (&*map.actors()[from].name, &*map.actors()[to].name),
        Ends::Parties(_) => panic!("parties"),
    });
    names.collect()
}

/// Returns the role of a column "Zorb" with these values, beside the ends of ties.
fn guess(values: &[&str]) -> Option<Role> {
    let mut text = "From;To;Zorb\n".to_owned();
    for (row, value) in values.iter().enumerate() {
        let _ = writeln!(text, "P{row};Q{row};{value}");
    }
    let (_, report) = import(&text);
    let role = role_of(&report, "Zorb");
    let remarks: Vec<_> = report.problems.iter().filter(|problem| problem.message.contains("as a guess")).collect();
    assert_eq!(remarks.len(), usize::from(role.is_some()), "{remarks:?}");
    assert!(remarks.iter().all(|problem| problem.severity == Severity::Remark));
    assert_eq!(report.kept_fields.contains("Zorb"), role.is_none(), "{values:?}");
    assert_eq!(report.guesses.contains("Zorb"), role.is_some(), "{values:?}");
    role
}

#[test]
fn values_say_what_an_unknown_column_is() {
    for (values, role) in [
        (["2024-03-31", "2023-01-02", "2022-12-24", "2021-05-06"], Role::Date),
        (["31.12.2019", "3 May 2020", "Mai 2021", "13.01.2022"], Role::Date),
        (["1999", "2004", "1999", "2011"], Role::Date),
        (["2019-2021", "2001–2004", "1990-1995", "2010-2012"], Role::Date),
        (["€ 5", "$13bn", "12.50 EUR", "CHF 1'000"], Role::Amount),
        (["5 %", "12.5%", "100%", "0,3 %"], Role::Share),
        (["https://a.example/1", "http://b.example", "https://c.example/x", "https://d.example"], Role::SourceUrl),
    ] {
        assert_eq!(guess(&values), Some(role), "{values:?}");
    }
}

#[test]
fn values_that_only_resemble_others_are_kept_as_fields() {
    for values in [
        // Phone numbers
        ["030 1234567", "+49 171 2345678", "(020) 7946 0958", "555-0199"],
        ["555-1234", "555-2020", "555-1999", "555-1887"],
        ["0171-1999", "0172-2001", "0173-2005", "0174-1988"],
        // Postal codes
        ["10115", "20095", "80331", "04109"],
        ["1010", "8001", "1900", "2000"],
        ["SW1A 1AA", "EC1A 1BB", "M1 1AE", "B33 8TH"],
        // Numbers of records, versions, counts
        ["2001", "2002", "2003", "2004"],
        ["1998", "2050", "2101", "2007"],
        ["1", "2", "3", "4"],
        ["1.2", "1.3", "2.0", "2.10"],
        ["5", "12", "30", "7"],
        // Words and prose
        ["see https://a.example", "called", "met in 2019", "no answer"],
        ["May", "June", "March", "April"],
        [
            "paid 5 EUR for the lunch and left",
            "owes $4 since long ago",
            "€ 5 were lost at the bar",
            "gave him CHF 5 back",
        ],
        ["5 % of the shares, perhaps", "12% are said", "100% sure", "none"],
        // Half of this, half of that
        ["2024-03-31", "€ 5", "https://a.example", "5 %"],
    ] {
        assert_eq!(guess(&values), None, "{values:?}");
    }
    let numbers: Vec<String> = (0..20).map(|row| (1900 + row * 7 % 190).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    assert_eq!(guess(&numbers), None, "twenty different numbers are those of records");
}

#[test]
fn few_values_say_nothing_unless_each_row_has_one() {
    assert_eq!(guess(&["", "", "https://a.example", ""]), None);
    assert_eq!(guess(&["", "2024-01-01", "", "2023-01-01"]), None);
    assert_eq!(guess(&["2024-01-01"]), Some(Role::Date));
    assert_eq!(guess(&["2024-01-01", "2023-05-06", "", "2022-07-08", ""]), Some(Role::Date));
}

#[test]
fn a_guess_reads_the_values_in_its_role() {
    let (map, _) = import("From,To,Zorb,Blorp\nA1,B1,€ 5,2019-02-03\nA2,B2,€ 7,2020-03-04\nA3,B3,€ 9,2021-04-05\n");
    let claims: Vec<_> = map.ties().values().map(|tie| &tie.claim).collect();
    let amounts: Vec<_> = claims.iter().filter_map(|claim| claim.amount.as_ref()?.currency.as_deref()).collect();
    let dates: Vec<_> = claims.iter().filter_map(|claim| Some(claim.date.as_ref()?.text())).collect();
    assert_eq!((amounts, dates), (vec!["EUR"; 3], vec!["2019-02-03", "2020-03-04", "2021-04-05"]));
}

#[test]
fn no_guess_takes_a_role_that_another_column_has() {
    let rows = "A1,B1,2019-01-01,2018-02-02\nA2,B2,2019-01-02,2018-02-03\nA3,B3,2019-01-03,2018-02-04\n";
    let (_, report) = import(&format!("From,To,Date,Zorb\n{rows}"));
    assert_eq!((role_of(&report, "Date"), role_of(&report, "Zorb")), (Some(Role::Date), None));
    let (_, report) = import(&format!("From,To,Start,Zorb\n{rows}"));
    assert_eq!(role_of(&report, "Zorb"), None, "a start is a date already");
    let (_, report) = import(&format!("From,To,Quux,Zorb\n{rows}"));
    assert_eq!((role_of(&report, "Quux"), role_of(&report, "Zorb")), (Some(Role::Date), None));
}

#[test]
fn the_user_can_keep_a_column_as_a_field() {
    let text = "From,To,Zorb\nA1,B1,2019-01-01\nA2,B2,2020-01-02\nA3,B3,2021-01-03\n";
    let (map, report) = import_with(&[("table.csv", text)], &fixed(&[(Role::Keep, "Zorb")]));
    assert!(map.ties().values().all(|tie| tie.claim.date.is_none() && tie.claim.metadata.own.get("x-Zorb").is_some()));
    assert!(report.kept_fields.contains("Zorb") && report.counts.total() == 0);
    // Without a heading, the column goes by its letter, as the remark says.
    let text = "From,To,\nA1,B1,2019-01-01\nA2,B2,2020-01-02\nA3,B3,2021-01-03\n";
    let (_, report) = import(text);
    assert_eq!(role_of(&report, "C"), Some(Role::Date));
    assert_eq!(
        report.problems[0].remedy.as_deref(),
        Some("to keep its values as a field instead, use --set keep=\"C\"")
    );
    let (map, _) = import_with(&[("table.csv", text)], &fixed(&[(Role::Keep, "C")]));
    assert!(map.ties().values().all(|tie| tie.claim.date.is_none()));
}

#[test]
fn addresses_of_actors_are_theirs() {
    let (map, _) = import("Name,Zorb\nAnna,https://a.example\nBen,https://b.example\nCara,https://c.example\n");
    assert!(map.actors().values().all(|actor| actor.url.is_some()));
}

#[test]
fn ties_of_unknown_headings_join_the_actors_by_name_or_id() {
    let actors = ("actors.csv", "Id,Name\n7,Anna\n8,Ben\n9,Cara\n1,Dan\n2,Eve\n3,Finn\n");
    for ties_text in [
        "Zorb,Blorp\n7,8\n8,9\n9,7\n",
        "Zorb,Blorp\nAnna,Ben\nBen,Cara\nCara,Anna\n",
        // Numbers of rows are ids of actors by chance.
        ",Zorb,Blorp\n1,Anna,Ben\n2,Ben,Cara\n3,Cara,Anna\n",
        ",Zorb,Blorp\n1,7,8\n2,8,9\n3,9,7\n",
        "Amount,Zorb,Blorp\n1,7,8\n2,8,9\n3,9,7\n",
        "From,Blorp\n7,8\n8,9\n9,7\n",
        "Blorp,To,Remark\n7,8,x\n8,9,y\n9,7,z\n",
        // The id is that of a tie.
        "Id,Zorb,Blorp\nt1,7,8\nt2,8,9\nt3,9,7\n",
    ] {
        let ties_file = ("ties.csv", ties_text);
        for files in [[actors, ties_file], [ties_file, actors]] {
            let (map, report) = import_with(&files, &ImportOptions::default());
            assert_eq!(ties(&map), [("Anna", "Ben"), ("Ben", "Cara"), ("Cara", "Anna")], "{ties_text}");
            assert_eq!((map.actors().len(), report.counts.errors), (6, 0), "{ties_text}: {:?}", report.problems);
            assert!(report.problems.iter().any(|problem| problem.message.contains("names or ids of actors")));
        }
    }
    // A heading that is known stays what it says.
    let (map, _) = import_with(
        &[actors, ("ties.csv", "Zorb,Blorp,Amount\n7,8,€ 5\n8,9,€ 6\n9,7,€ 7\n")],
        &ImportOptions::default(),
    );
    assert!(map.ties().values().all(|tie| tie.claim.amount.is_some()));
}

#[test]
fn columns_that_no_actor_is_in_make_no_ties() {
    let actors = ("actors.csv", "Id,Name\n7,Anna\n8,Ben\n9,Cara\n");
    let (map, report) = import_with(&[actors, ("other.csv", "Zorb,Blorp\n7,1\n8,2\n9,3\n")], &ImportOptions::default());
    assert_eq!((map.actors().len(), map.ties().len(), report.rows.skipped), (3, 0, 3));
    // Two candidates for one end.
    let text = "From,Zorb,Blorp\n7,8,9\n8,9,7\n9,7,8\n";
    let (map, _) = import_with(&[actors, ("other.csv", text)], &ImportOptions::default());
    assert_eq!(map.ties().len(), 0);
    // A list of actors with an id of their own and no name stays one.
    let (map, _) = import_with(&[actors, ("more.csv", "Id,Zorb\n7,8\n8,9\n9,7\n")], &ImportOptions::default());
    assert_eq!((map.actors().len(), map.ties().len()), (3, 0));
}

#[test]
fn a_single_table_of_unknown_headings_ties_its_first_two_columns_of_names() {
    let (map, report) =
        import("Quux,Zorb,Blorp,Amount\n2019-01-01,Anna,Ben,5\n2020-01-02,Cara,Dan,6\n2021-01-03,Eve,Finn,7\n");
    assert_eq!(ties(&map), [("Anna", "Ben"), ("Cara", "Dan"), ("Eve", "Finn")]);
    let roles = ["Quux", "Zorb", "Blorp", "Amount"].map(|heading| role_of(&report, heading));
    assert_eq!(roles, [Some(Role::Date), Some(Role::From), Some(Role::To), Some(Role::Amount)]);
    assert_eq!(report.counts.warnings, 2, "{:?}", report.problems);
}

#[test]
fn a_table_without_headings_uses_its_first_row() {
    for (text, expected) in [
        ("Anna,Ben\nBen,Cara\nCara,Dan\n", vec![("Anna", "Ben"), ("Ben", "Cara"), ("Cara", "Dan")]),
        ("A,B\nB,C\nC,A\n", vec![("A", "B"), ("B", "C"), ("C", "A")]),
        (
            "Anna,Ben,2019-01-01\nCara,Dan,2020-01-02\nEve,Finn,2021-01-03\n",
            vec![("Anna", "Ben"), ("Cara", "Dan"), ("Eve", "Finn")],
        ),
        ("Anna;Ben;5,5\nCara;Dan;6,1\nEve;Finn;7,25\n", vec![("Anna", "Ben"), ("Cara", "Dan"), ("Eve", "Finn")]),
        (
            "Anna Berg;Ben Carr\nCara Dorn;Dan Eck\nEve Falk;Finn Gade\n",
            vec![("Anna Berg", "Ben Carr"), ("Cara Dorn", "Dan Eck"), ("Eve Falk", "Finn Gade")],
        ),
    ] {
        let (map, report) = import(text);
        assert_eq!(ties(&map), expected, "{text}");
        assert_eq!((report.rows.read, report.rows.used), (3, 3), "{text}");
        assert_eq!((role_of(&report, "A"), role_of(&report, "B")), (Some(Role::From), Some(Role::To)));
        assert!(report.problems.iter().any(|problem| problem.message.contains("has no headings")), "{text}");
        let rows: Vec<&str> =
            map.ties().values().filter_map(|tie| Some(tie.claim.metadata.row.as_ref()?.keys[0].as_str())).collect();
        assert_eq!(rows, ["1", "2", "3"], "the rows are those of the file");
        for problem in &report.problems {
            let location = problem.location.as_ref().expect("a place").to_string();
            assert!(!location.contains(":0"), "{location}");
        }
    }
}

#[test]
fn a_list_of_names_is_one_of_actors() {
    let names = |map: &Map| map.actors().values().map(|actor| actor.name.clone()).collect::<Vec<_>>().join(", ");
    let (map, report) = import("Zorb\nAnna\nBen\nCara\n");
    assert_eq!((names(&map).as_str(), report.rows.used), ("Anna, Ben, Cara", 3));
    let (map, report) = import("Anna Berg\nBen Carr\nCara Dorn\nDan van Eck\n");
    assert_eq!((names(&map).as_str(), report.rows.used), ("Anna Berg, Ben Carr, Cara Dorn, Dan van Eck", 4));
    let (map, _) = import("Portfolio Company\nAcme Corp\nZeta Works\nBeta Mills\n");
    assert_eq!(names(&map), "Acme Corp, Zeta Works, Beta Mills");
}

#[test]
fn headings_stay_headings() {
    for text in [
        // Years and numbers of columns over numbers
        "Zorb,Blorp,2019,2020\nAnna,Ben,2001,7\nCara,Dan,1999,8\nEve,Finn,9,9\n",
        "Zorb,Blorp,1,2,3\nAnna,Ben,5,7,7\nCara,Dan,6,8,7\nEve,Finn,7,9,7\n",
        // Headings that are repeated in the middle
        "Zorb,Blorp\nAnna,Ben\nZorb,Blorp\nCara,Dan\nEve,Finn\n",
        "Zorb,Blorp\nAnna,Ben\nCara,Dan\nEve,Finn\n",
        // A known word
        "Zorb,Blorp,Amount\nZorb,Ben,1\nCara,Dan,2\nEve,Finn,3\n",
    ] {
        let (map, report) = import(text);
        let is_found = report.problems.iter().any(|problem| problem.message.contains("has no headings"));
        assert!(!is_found && ties(&map).contains(&("Cara", "Dan")), "{text}: {:?}", ties(&map));
        assert_eq!(role_of(&report, "Zorb"), Some(Role::From), "{text}");
    }
    // The user says that it is a heading.
    let options = fixed(&[(Role::From, "Anna"), (Role::To, "Ben")]);
    let (map, report) = import_with(&[("table.csv", "Anna,Ben\nBen,Cara\n")], &options);
    assert_eq!((ties(&map), report.rows.read), (vec![("Ben", "Cara")], 1));
}

#[test]
fn headings_of_two_sorts_are_the_kinds_of_their_actors() {
    let kinds = |text: &str| {
        let (map, _) = import(text);
        let kind = |id| map.actor_kind(id).map_or_else(String::new, |kind| kind.label.clone());
        let kinds: Vec<String> = map.actor_ids().map(|id| format!("{}: {}", map.actor(id).name, kind(id))).collect();
        kinds.join("; ")
    };
    let rows = "Ada,Acme\nBob,Acme\nAda,Bolt\nBob,Bolt\n";
    let expected = "Ada: Person; Acme: Board; Bob: Person; Bolt: Board";
    assert_eq!(kinds(&format!("Person,Board\n{rows}")), expected);
    for headings in ["From,To", "Source,Target"] {
        assert_eq!(kinds(&format!("{headings}\n{rows}")), "Ada: ; Acme: ; Bob: ; Bolt: ", "{headings} are no sorts");
    }
}

#[test]
fn lists_of_edges_make_weighted_ties_without_doubt() {
    let (map, report) = import_with(&[("net.txt", "ada bob 2\nbob cy 0.5\ncy ada 1\n")], &ImportOptions::default());
    assert_eq!(ties(&map), [("ada", "bob"), ("bob", "cy"), ("cy", "ada")]);
    let weights: Vec<String> =
        map.ties().values().filter_map(|tie| Some(tie.claim.metadata.weight?.to_string())).collect();
    assert_eq!(weights, ["2", "0.5", "1"]);
    assert_eq!((report.problems.len(), report.rows.read, report.rows.used), (0, 3, 3), "{:?}", report.problems);
}

const AIRPORTS: &str = "iata,name,city\nABE,Lehigh Valley,Allentown\nATL,Hartsfield,Atlanta\nBHM,Birmingham International,Birmingham\nXYZ,Elsewhere,Nowhere\n";

#[test]
fn a_column_that_ties_refer_to_holds_the_ids() {
    let flights = "origin,destination,count\nABE,ATL,853\nABE,BHM,1\nATL,BHM,77\n";
    for files in [[("flights.csv", flights), ("airports.csv", AIRPORTS)], [("a.csv", AIRPORTS), ("b.csv", flights)]] {
        let (map, report) = import_with(&files, &ImportOptions::default());
        assert_eq!(role_of(&report, "iata"), Some(Role::ActorId));
        assert_eq!(map.actors().len(), 4, "each airport once");
        assert_eq!(ties(&map)[0], ("Lehigh Valley", "Hartsfield"));
        assert!(report.guesses.contains("iata"));
    }
    // Ties that use the names leave other columns alone, even if those are as unlike.
    let by_name = "origin,destination\nLehigh Valley,Hartsfield\nHartsfield,Birmingham International\n";
    let (map, report) = import_with(&[("flights.csv", by_name), ("airports.csv", AIRPORTS)], &ImportOptions::default());
    assert_eq!((role_of(&report, "iata"), map.actors().len()), (None, 4));
    // Values that occur twice are no ids.
    let twice = AIRPORTS.replace("XYZ", "ATL");
    let (_, report) = import_with(&[("flights.csv", flights), ("airports.csv", &twice)], &ImportOptions::default());
    assert_eq!(role_of(&report, "iata"), None);
    // What a person says holds.
    let keep = fixed(&[(Role::Keep, "iata")]);
    let (map, _) = import_with(&[("flights.csv", flights), ("airports.csv", AIRPORTS)], &keep);
    assert_eq!(map.actors().len(), 7, "codes and names");
}
