package trainyard.sim.hardware;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/**
 * A fabric given cable by cable. An end of a cable is a network port or a switch: {@code node3.port1} is port 1 of node
 * 3; {@code node3} stands for all its ports, with a cable each; any other name is a switch. Nodes and ports count from 0.
 *
 * @param name what the graph is called, such as its file
 * @param cables full-duplex cables, at least one
 */
public record FabricGraph(String name, List<Cable> cables) {

    private static final Pattern NODE = Pattern.compile("node\\d{1,7}(\\.port\\d{1,4})?");

    /**
     * One cable.
     *
     * @param from one end
     * @param to the other, different one
     * @param bytesPerSecond capacity per direction, positive
     * @param latencySeconds time that a message spends on it besides its transfer, not negative
     */
    public record Cable(String from, String to, double bytesPerSecond, double latencySeconds) {

        public Cable {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            if (from.equals(to)) {
                throw new IllegalArgumentException("a cable joins two different ends, got " + from + " twice");
            }
            if (!(bytesPerSecond > 0) || !(latencySeconds >= 0)) {
                throw new IllegalArgumentException("the cable from " + from + " to " + to
                        + " needs a positive capacity and a latency that is not negative, got " + bytesPerSecond
                        + " bytes/s and " + latencySeconds + " s");
            }
        }
    }

    public FabricGraph {
        Objects.requireNonNull(name, "name");
        cables = List.copyOf(cables);
        if (cables.isEmpty()) {
            throw new IllegalArgumentException(name + " has no cables");
        }
    }

    /** Whether an end is a node or a port of one. */
    public static boolean isNode(String end) {
        return NODE.matcher(end).matches();
    }

    /**
     * Reads a table with the columns {@code from}, {@code to}, {@code bandwidth} (such as {@code 400 Gb/s}, per direction)
     * and {@code latency} (such as {@code 0.5 us}).
     *
     * @throws trainyard.sim.csv.CsvException if a row is wrong; the message names file, line and column
     */
    public static FabricGraph read(Path csv) {
        CsvTable table = CsvTable.read(csv).require("from", "to", "bandwidth", "latency");
        List<Cable> cables = new ArrayList<>();
        for (CsvRow row : table.rows()) {
            cables.add(cable(row));
        }
        return new FabricGraph(csv.getFileName().toString(), cables);
    }

    private static Cable cable(CsvRow row) {
        String from = row.requiredText("from");
        String to = row.requiredText("to");
        if (from.equals(to)) {
            throw row.problem("to", "a cable joins two different ends, got \"" + to + "\" twice");
        }
        if (isNode(from) && isNode(to)) {
            throw row.problem("to", "nodes are joined through switches; \"" + from + "\" and \"" + to + "\" are nodes");
        }
        double bytesPerSecond = quantity(row, "bandwidth", Dimension.DATA_RATE);
        double latencySeconds = quantity(row, "latency", Dimension.DURATION);
        if (!(bytesPerSecond > 0)) {
            throw row.problem("bandwidth", "must be above 0, got " + row.text("bandwidth"));
        }
        if (!(latencySeconds >= 0)) {
            throw row.problem("latency", "must not be negative, got " + row.text("latency"));
        }
        return new Cable(from, to, bytesPerSecond, latencySeconds);
    }

    private static double quantity(CsvRow row, String column, Dimension dimension) {
        try {
            return Units.value(row.requiredText(column), dimension);
        } catch (UnitException wrong) {
            throw row.problem(column, wrong.getMessage());
        }
    }
}
