package trainyard.faults.replay;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Throughput without failures by number of nodes.
 *
 * @param samplesPerSecond by number of nodes, at least one
 */
public record ThroughputByNodes(NavigableMap<Integer, Double> samplesPerSecond) {

    public ThroughputByNodes {
        if (samplesPerSecond.isEmpty()) {
            throw new IllegalArgumentException("a throughput table must not be empty");
        }
        samplesPerSecond = new TreeMap<>(samplesPerSecond);
    }

    /**
     * As measured for a system of the Oobleck artifact ({@code bamboo}, {@code varuna} or {@code oobleck}).
     *
     * @throws IllegalArgumentException if there is no such measurement
     */
    public static ThroughputByNodes published(String system, String model) {
        NavigableMap<Integer, Double> table = new TreeMap<>();
        for (CsvRow row : rows()) {
            if (row.text("system").equals(system) && row.text("model").equals(model)) {
                table.put(row.integer("nodes", 1, 1_000_000), row.notNegative("samples_per_second"));
            }
        }
        if (table.isEmpty()) {
            throw new IllegalArgumentException("no measured throughput of " + system + " for " + model);
        }
        return new ThroughputByNodes(table);
    }

    private static List<CsvRow> rows() {
        return CsvTable.resource(ThroughputByNodes.class, "throughput_by_nodes.csv")
                .require("system", "model", "nodes", "samples_per_second")
                .rows();
    }

    /**
     * The fewest nodes that make progress.
     *
     * @throws IllegalArgumentException if no number of nodes does
     */
    public int least() {
        return samplesPerSecond.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number of nodes makes progress"))
                .getKey();
    }

    /** Throughput on some nodes; those beyond the table add nothing, fewer than its least make no progress. */
    public double on(int nodes) {
        var entry = samplesPerSecond.floorEntry(nodes);
        return entry == null ? 0 : entry.getValue();
    }
}
