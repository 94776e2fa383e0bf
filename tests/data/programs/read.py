"""Reads exported files with openpyxl, NetworkX and igraph, and prints what they found as one JSON object."""

import datetime
import json
import sys

import igraph
import networkx
import openpyxl

folder = sys.argv[1]
found = {}

book = openpyxl.load_workbook(f"{folder}/map.xlsx")
found["sheets"] = book.sheetnames
kinds = {}
for sheet in book:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                # "f" would be a formula.
                kinds[cell.data_type] = kinds.get(cell.data_type, 0) + 1
found["kinds"] = kinds
for name in ("Actors", "Ties"):
    rows = list(book[name].iter_rows(values_only=True))
    headings = rows[0]
    found[name] = [
        {
            heading: value.isoformat()[:10] if isinstance(value, datetime.datetime) else value
            for heading, value in zip(headings, row)
            if value is not None
        }
        for row in rows[1:]
    ]
found["frozen"] = book["Actors"].freeze_panes
found["kumu"] = openpyxl.load_workbook(f"{folder}/map.kumu.xlsx").sheetnames

graph = networkx.read_graphml(f"{folder}/map.graphml", force_multigraph=True)
found["networkx"] = {
    "nodes": {key: data.get("label") for key, data in graph.nodes(data=True)},
    "edges": graph.number_of_edges(),
    "amounts": sorted(str(data["amount"]) for _, _, data in graph.edges(data=True) if "amount" in data),
    "sources": len(json.loads(graph.graph["sources"])) if "sources" in graph.graph else 0,
}
with open(f"{folder}/map.json", encoding="utf-8") as file:
    text = json.load(file)
try:
    graph = networkx.node_link_graph(text, edges="links")
except TypeError:
    # Before NetworkX 3.4.
    graph = networkx.node_link_graph(text, link="links")
found["node-link"] = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges(), "multi": graph.is_multigraph()}

graph = igraph.Graph.Read_GraphML(f"{folder}/map.graphml")
found["igraph"] = {"nodes": graph.vcount(), "edges": graph.ecount(), "labels": graph.vs["label"]}

print(json.dumps(found))
