package trainyard.faults.trace;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Failures of the clusters of Los Alamos National Laboratory, 1996 to 2005, as operators logged them (LA-UR-05-7318;
 * Schroeder and Gibson, DSN 2006). System numbers are those of the file: its 2 is the paper's 20.
 *
 * @param records in the order of the file
 */
public record FailureLog(List<Entry> records) {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("M/d/yyyy H:mm");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2100;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final List<String> CAUSES =
            List.of("Facilities", "Hardware", "Human Error", "Network", "Undetermined", "Software");

    public FailureLog {
        records = List.copyOf(records);
    }

    /**
     * One failure.
     *
     * @param system number of the cluster
     * @param nodes nodes of the cluster; absent where the log does not say
     * @param node number of the node, from 0; absent where the log does not say
     * @param started when the problem started, local time
     * @param downMinutes minutes until it was fixed
     * @param cause class of the root cause, as the column is called; absent where none is given
     */
    public record Entry(
            int system,
            Optional<Integer> nodes,
            Optional<Integer> node,
            LocalDateTime started,
            double downMinutes,
            Optional<String> cause) {}

    /**
     * @throws TraceException if the file is not such a log
     */
    public static FailureLog read(TraceFile file) {
        return file.read((name, content) -> {
            CsvTable table = CsvTable.read(name, content).require("System", "nodes", "Prob Started", "Down Time");
            table.require(CAUSES.toArray(String[]::new));
            List<Entry> records = new ArrayList<>();
            for (CsvRow row : table.rows()) {
                records.add(new Entry(
                        row.integer("System", 0, 1_000),
                        row.isBlank("nodes") ? Optional.empty() : Optional.of(row.integer("nodes", 1, 1_000_000)),
                        row.isBlank("nodenumz") ? Optional.empty() : Optional.of(row.integer("nodenumz", 0, 999_999)),
                        time(row),
                        TraceTimes.seconds(row, "Down Time", SECONDS_PER_MINUTE) / SECONDS_PER_MINUTE,
                        CAUSES.stream().filter(cause -> !row.isBlank(cause)).findFirst()));
            }
            return new FailureLog(records);
        });
    }

    private static LocalDateTime time(CsvRow row) {
        try {
            LocalDateTime time = LocalDateTime.parse(row.requiredText("Prob Started"), MINUTES);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Reported below, with the form that is right.
        }
        throw row.problem("Prob Started", "expected a time such as 6/21/2005 10:54");
    }

    /** The failures of one system. */
    public FailureLog ofSystem(int system) {
        return new FailureLog(
                records.stream().filter(entry -> entry.system() == system).toList());
    }

    /** The failures that started within years, both included. */
    public FailureLog ofYears(int first, int last) {
        return new FailureLog(records.stream()
                .filter(entry ->
                        entry.started().getYear() >= first && entry.started().getYear() <= last)
                .toList());
    }

    /** The failures of one class of root cause. */
    public FailureLog ofCause(String cause) {
        return new FailureLog(records.stream()
                .filter(entry -> entry.cause().filter(cause::equals).isPresent())
                .toList());
    }
}
