package trainyard.faults.trace;

import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;

/** Times of a trace: whatever lies more than 100 years after the origin is damage, and no clock would reach it. */
final class TraceTimes {

    static final double SECONDS_PER_DAY = 86_400;

    private static final double MOST_SECONDS = 100 * 365 * SECONDS_PER_DAY;

    private TraceTimes() {}

    /** Whether a time can be one of a trace. */
    static boolean isWithin(double seconds) {
        return seconds >= 0 && seconds <= MOST_SECONDS;
    }

    /**
     * The time of a cell.
     *
     * @param secondsPerUnit length of the unit of the column
     * @throws CsvException if it is no number, negative, or lies more than 100 years after the origin
     */
    static double seconds(CsvRow row, String column, double secondsPerUnit) {
        double seconds = row.notNegative(column) * secondsPerUnit;
        if (!isWithin(seconds)) {
            throw row.problem(column, "lies more than 100 years after the origin");
        }
        return seconds;
    }

    /**
     * @param name of the file
     * @throws TraceException if a trace ends when it begins, or more than 100 years later
     */
    static void requireSpan(String name, double seconds) {
        if (seconds <= 0) {
            throw new TraceException(name + ":1: covers no time: all its rows are of one moment");
        }
        if (!isWithin(seconds)) {
            throw new TraceException(name + ":1: covers more than 100 years");
        }
    }
}
