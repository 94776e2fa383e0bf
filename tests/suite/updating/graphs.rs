//! Graph files: their elements are told by their ids where the format has any.

use super::Workplace;

fn graphml(nodes: &[(&str, &str)], edges: &[(&str, &str, &str, &str)]) -> String {
    let nodes: Vec<String> =
        nodes.iter().map(|(id, name)| format!(r#"<node id="{id}"><data key="n">{name}</data></node>"#)).collect();
    let edges: Vec<String> = edges
        .iter()
        .map(|(id, from, to, kind)| {
            format!(r#"<edge id="{id}" source="{from}" target="{to}"><data key="k">{kind}</data></edge>"#)
        })
        .collect();
    let (nodes, edges) = (nodes.concat(), edges.concat());
    format!(
        r#"<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="n" for="node" attr.name="name" attr.type="string"/><key id="k" for="edge" attr.name="kind" attr.type="string"/><graph edgedefault="directed">{nodes}{edges}</graph></graphml>"#
    )
}

#[test]
fn elements_are_told_by_their_ids_in_a_file_of_one_line() {
    let nodes = [("n1", "Alder"), ("n2", "Birch"), ("n3", "Cedar")];
    let place =
        Workplace::new(&[("g.graphml", &graphml(&nodes, &[("e1", "n1", "n2", "loan"), ("e2", "n2", "n3", "owns")]))]);
    let map = place.map();
    let keys = |row: Option<&tieline::model::ImportRow>| row.expect("a row").keys.clone();
    let actors: Vec<_> = map.actors().values().map(|actor| keys(actor.metadata.row.as_ref())).collect();
    let ties: Vec<_> = map.ties().values().map(|tie| keys(tie.claim.metadata.row.as_ref())).collect();
    assert_eq!(
        (actors, ties),
        (
            vec![["n1"], ["n2"], ["n3"]].into_iter().map(|keys| keys.map(str::to_owned).to_vec()).collect(),
            vec![vec!["e1".to_owned()], vec!["e2".to_owned()]]
        )
    );
    place.edit(&["--rename", "n2=Birch Group", "--delete", "e2"]);
    let nodes = [("n4", "Elm"), ("n3", "Cedar"), ("n2", "Birch"), ("n1", "Alder AG")];
    place.write(
        "g.graphml",
        &graphml(&nodes, &[("e3", "n4", "n1", "loan"), ("e2", "n2", "n3", "owns"), ("e1", "n1", "n2", "grant")]),
    );
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Elm", "Elm → Alder, loan"]);
    assert_eq!(update.list("changed"), ["Alder", "Alder → Birch Group, loan"]);
    assert_eq!(update.list("not_brought_back"), ["Birch Group → Cedar, owns"]);
    assert_eq!(place.actors(), ["Alder AG", "Birch Group", "Cedar", "Elm"]);
    assert_eq!(place.ties(), ["Alder AG → Birch Group grant", "Elm → Alder AG loan"]);
}

#[test]
fn a_map_whose_rows_are_numbered_as_they_were_before_goes_on_working() {
    let nodes = [("n1", "Alder"), ("n2", "Birch")];
    let place = Workplace::new(&[("g.graphml", &graphml(&nodes, &[("e1", "n1", "n2", "loan")]))]);
    let older =
        regex::Regex::new(r#", "key": \["id"\]"#).expect("a pattern").replace_all(&place.text(), "").into_owned();
    let older = regex::Regex::new(r#""keys": \["[a-z]\d"\]"#)
        .expect("a pattern")
        .replace_all(&older, r#""keys": ["1"]"#)
        .into_owned();
    place.write(super::MAP, &older);
    let nodes = [("n2", "Birch"), ("n1", "Alder AG"), ("n3", "Cedar")];
    place.write("g.graphml", &graphml(&nodes, &[("e1", "n1", "n2", "loan"), ("e2", "n3", "n2", "loan")]));
    let update = place.update(&[]);
    assert_eq!(update.list("new"), ["Cedar", "Cedar → Birch, loan"], "{}", update.0);
    assert_eq!((update.list("changed"), update.list("gone").len()), (vec!["Alder"], 0), "found by their ids");
}

#[test]
fn a_graph_that_lost_all_its_ties_has_no_table_of_them() {
    let nodes = [("n1", "Alder"), ("n2", "Birch")];
    let place = Workplace::new(&[("g.graphml", &graphml(&nodes, &[("e1", "n1", "n2", "loan")]))]);
    place.write("g.graphml", &graphml(&nodes, &[]));
    assert_eq!(place.update(&[]).list("gone"), ["Alder → Birch, loan"]);
    assert_eq!((place.actors().len(), place.ties().len()), (2, 0));
}

#[test]
fn json_of_nodes_and_links_is_told_by_ids_and_a_table_in_an_archive_by_the_archive() {
    let nodes = r#"{ "id": "a", "name": "Alder" }, { "id": "b", "name": "Birch" }"#;
    let json = |links: &str| format!(r#"{{ "nodes": [{nodes}], "links": [{links}] }}"#);
    let place = Workplace::new(&[("g.json", &json(r#"{ "source": "a", "target": "b", "kind": "loan" }"#))]);
    place.write(
        "g.json",
        &json(r#"{ "source": "b", "target": "a", "kind": "owns" }, { "source": "a", "target": "b", "kind": "loan" }"#),
    );
    let update = place.update(&[]);
    assert_eq!(
        (update.list("new"), update.list("gone").len(), update.list("changed").len()),
        (vec!["Birch → Alder, owns"], 0, 0)
    );
    let gzip = |text: &str| {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).expect("written");
        encoder.finish().expect("finished")
    };
    std::fs::write(place.path("t.csv.gz"), gzip("From,To,Kind\nAlder,Birch,loan\n")).expect("written");
    place.import(&["t.csv.gz", "-o", super::MAP]);
    std::fs::write(place.path("t.csv.gz"), gzip("From,To,Kind\nAlder,Birch,loan\nAlder,Cedar,loan\n"))
        .expect("written");
    assert_eq!(place.update(&[]).list("new"), ["Cedar", "Alder → Cedar, loan"]);
}
