package trainyard.scheduler.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.engine.SimTime;

/** Reads points in time. */
final class Timestamps {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Timestamps() {}

    /**
     * The time of a cell such as {@code 2017-10-09 07:01:55} since 1970, in no time zone; a {@code T} may stand for the blank.
     *
     * @throws trainyard.sim.csv.CsvException if it is none, or lies before 1970 or after 2200
     */
    static long nanos(CsvRow row, String column) {
        try {
            LocalDateTime time = LocalDateTime.parse(row.requiredText(column).replace('T', ' '), FORM);
            if (time.getYear() >= 1970 && time.getYear() <= 2200) {
                return time.toEpochSecond(ZoneOffset.UTC) * SimTime.NANOS_PER_SECOND;
            }
        } catch (DateTimeException wrong) {
            // Reported below, with the form that is right.
        }
        throw row.problem(column, "must be such as 2017-10-09 07:01:55, got \"" + row.text(column) + "\"");
    }
}
