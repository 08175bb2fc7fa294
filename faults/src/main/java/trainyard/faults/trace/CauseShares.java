package trainyard.faults.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Shares of failures, or of lost compute, by class of cause for many systems (HPC-AI failure survey, FTXS 2026). A system
 * has its own denominator: compare within a system only.
 *
 * @param percentBySystem shares in per cent by cause, by system; a system has only the causes that its source states
 */
public record CauseShares(Map<String, Map<String, Share>> percentBySystem) {

    /** A number and the mark that says how it was found. */
    private static final Pattern CELL = Pattern.compile("(<?)([0-9.]+)(\\D?)");

    public CauseShares {
        percentBySystem = Map.copyOf(percentBySystem);
    }

    /**
     * One share.
     *
     * @param percent per cent
     * @param mark {@code ~} read off a chart, {@code *} counted from raw traces, {@code <} an upper bound, or another mark
     *     of the source; empty for a plain figure
     */
    public record Share(double percent, String mark) {}

    /**
     * @throws TraceException if the file is not such a matrix
     */
    public static CauseShares read(TraceFile file) {
        return file.read((name, content) -> {
            CsvTable table = CsvTable.read(name, content).require("class");
            Map<String, Map<String, Share>> systems = new LinkedHashMap<>();
            for (String system : table.header().subList(1, table.header().size())) {
                Map<String, Share> shares = new LinkedHashMap<>();
                table.rows()
                        .forEach(row ->
                                share(row, system).ifPresent(share -> shares.put(row.requiredText("class"), share)));
                systems.put(system, Map.copyOf(shares));
            }
            return new CauseShares(systems);
        });
    }

    private static Optional<Share> share(CsvRow row, String system) {
        if (row.isBlank(system)) {
            return Optional.empty();
        }
        Matcher cell = CELL.matcher(row.text(system));
        if (!cell.matches()) {
            throw row.problem(system, "expected a share such as 12.5 or 12.5~, got \"" + row.text(system) + "\"");
        }
        return Optional.of(new Share(percent(row, system, cell.group(2)), cell.group(1) + cell.group(3)));
    }

    private static double percent(CsvRow row, String system, String number) {
        double percent;
        try {
            percent = Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw row.problem(system, "expected a share, got \"" + number + "\"");
        }
        if (percent > 100) {
            throw row.problem(system, "a share must not exceed 100");
        }
        return percent;
    }
}
