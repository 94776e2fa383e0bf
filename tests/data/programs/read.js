// Reads exported files with graphology-gexf and Cytoscape.js, and prints what they found as one JSON object.
const fs = require("fs");
const { MultiGraph } = require("graphology");
const gexf = require("graphology-gexf");
const cytoscape = require("cytoscape");

const folder = process.argv[2];
const graph = gexf.parse(MultiGraph, fs.readFileSync(`${folder}/map.gexf`, "utf8"));
const shown = cytoscape({ headless: true, elements: JSON.parse(fs.readFileSync(`${folder}/map.cyjs`, "utf8")).elements });
console.log(
  JSON.stringify({
    graphology: {
      nodes: graph.order,
      edges: graph.size,
      labels: graph.mapNodes((key, attributes) => attributes.label),
      places: graph.filterNodes((key, attributes) => typeof attributes.x === "number").length,
    },
    cytoscape: { nodes: shown.nodes().length, edges: shown.edges().length, names: shown.nodes().map((node) => node.data("name")) },
  }),
);
