"""Lays a graph out with OGDF's FastMultipoleMultilevelEmbedder: fmme.py COUNT EDGES PLACES

EDGES has a line "a b" for each tie; PLACES gets a line "x y" for each node. Prints the processor seconds of the layout alone.
"""
import sys
import time

from ogdf_python import cppinclude, ogdf
import cppyy

cppinclude("ogdf/energybased/FastMultipoleEmbedder.h")
cppyy.cppdef("""
void add(ogdf::Graph &graph, const std::vector<int> &ends, int count) {
    std::vector<ogdf::node> nodes;
    for (int i = 0; i < count; ++i) nodes.push_back(graph.newNode());
    for (size_t i = 0; i + 1 < ends.size(); i += 2) graph.newEdge(nodes[ends[i]], nodes[ends[i + 1]]);
}
void scatter(ogdf::GraphAttributes &attributes) {
    srand(1);
    double side = 10 * std::sqrt((double)attributes.constGraph().numberOfNodes());
    for (ogdf::node v : attributes.constGraph().nodes) {
        attributes.width(v) = attributes.height(v) = 5;
        attributes.x(v) = side * rand() / RAND_MAX;
        attributes.y(v) = side * rand() / RAND_MAX;
    }
}
std::vector<double> places(const ogdf::GraphAttributes &attributes) {
    std::vector<double> found;
    for (ogdf::node v : attributes.constGraph().nodes) {
        found.push_back(attributes.x(v));
        found.push_back(attributes.y(v));
    }
    return found;
}
void lay_out(ogdf::FastMultipoleMultilevelEmbedder &method, ogdf::GraphAttributes &attributes) { method.call(attributes); }
""")
count, edges, out = int(sys.argv[1]), sys.argv[2], sys.argv[3]
ends = cppyy.gbl.std.vector[int]([int(word) for line in open(edges) for word in line.split()])
graph = ogdf.Graph()
cppyy.gbl.add(graph, ends, count)
attributes = ogdf.GraphAttributes(graph, ogdf.GraphAttributes.nodeGraphics | ogdf.GraphAttributes.edgeGraphics)
cppyy.gbl.scatter(attributes)
method = ogdf.FastMultipoleMultilevelEmbedder()
start = time.process_time()
cppyy.gbl.lay_out(method, attributes)
spent = time.process_time() - start
found = cppyy.gbl.places(attributes)
with open(out, "w") as file:
    file.writelines(f"{found[2 * n]} {found[2 * n + 1]}\n" for n in range(count))
print(spent)
