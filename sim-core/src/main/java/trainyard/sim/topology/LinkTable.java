package trainyard.sim.topology;

/** The links of a topology, one array per column; package-private so that the arrays cannot be changed outside. */
record LinkTable(LinkKind[] kind, int[] from, int[] to, double[] bytesPerSecond, long[] latencyNanos) {

    int size() {
        return kind.length;
    }

    Link row(int link) {
        return new Link(link, from[link], to[link], kind[link], bytesPerSecond[link], latencyNanos[link]);
    }
}
