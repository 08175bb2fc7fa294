package trainyard.sim.topology;

/** The vertices of a topology, one array per column. */
record VertexTable(VertexKind[] kind, int[] node, int[] index) {

    int size() {
        return kind.length;
    }

    Vertex row(int vertex) {
        return new Vertex(vertex, kind[vertex], node[vertex], index[vertex]);
    }
}
