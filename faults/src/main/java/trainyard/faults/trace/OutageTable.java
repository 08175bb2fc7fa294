package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * The plainest trace of nodes that are out of use, for logs of one's own: a table with the columns {@code node}, {@code
 * start_h} and {@code end_h}, in hours from the origin, and, if it is known, {@code cause}. The trace covers the time up to
 * the last end, or a stated length; with that, a node without an end is out of use to the end of the record.
 */
public final class OutageTable {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final String UNKNOWN = "unknown";

    private OutageTable() {}

    /** A table that covers the time up to its last end. */
    public static OutageTrace read(TraceFile file, int nodes) {
        return read(file, nodes, OptionalDouble.empty());
    }

    /**
     * @param nodes nodes of the cluster, those without an outage included
     * @param lengthSeconds time that the record covers, above 0; left out, up to the last end
     * @throws TraceException if the file is not such a table, names more nodes or has outages beyond its length
     */
    public static OutageTrace read(TraceFile file, int nodes, OptionalDouble lengthSeconds) {
        return file.read((name, content) -> {
            CsvTable table = CsvTable.read(name, content).require("node", "start_h", "end_h");
            Map<String, Integer> numbers = new LinkedHashMap<>();
            List<Outage> outages = new ArrayList<>();
            double span = lengthSeconds.orElse(0);
            for (CsvRow row : table.rows()) {
                int node = numbers.computeIfAbsent(row.requiredText("node"), key -> numbers.size());
                outages.add(outage(row, node, lengthSeconds));
                span = Math.max(span, outages.get(outages.size() - 1).endSeconds());
            }
            if (span == 0) {
                throw new TraceException(name + ":1: no outage that takes any time");
            }
            return new OutageTrace(outages, OutageTrace.enough(nodes, numbers.size(), name), span);
        });
    }

    private static Outage outage(CsvRow row, int node, OptionalDouble length) {
        double start = TraceTimes.seconds(row, "start_h", SECONDS_PER_HOUR);
        String cause = row.isBlank("cause") ? UNKNOWN : row.text("cause");
        if (row.isBlank("end_h")) {
            double open = length.orElseThrow(
                    () -> row.problem("end_h", "must not be empty where the length of the record is not stated"));
            requireWithin(row, "start_h", start, length);
            return new Outage(node, start, open, cause);
        }
        if (row.number("end_h") < row.number("start_h")) {
            throw row.problem("end_h", "lies before the start");
        }
        double end = TraceTimes.seconds(row, "end_h", SECONDS_PER_HOUR);
        requireWithin(row, "end_h", end, length);
        return new Outage(node, start, end, cause);
    }

    private static void requireWithin(CsvRow row, String column, double seconds, OptionalDouble length) {
        if (seconds > length.orElse(Double.POSITIVE_INFINITY)) {
            throw row.problem(column, "lies beyond the stated length of the record");
        }
    }
}
