package trainyard.scheduler.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.engine.SimTime;

/** Reads points in time. */
final class Timestamps {

    private static final int LENGTH = "2017-10-09 07:01:55".length();

    private Timestamps() {}

    /**
     * The time of a cell such as {@code 2017-10-09 07:01:55} since 1970, in no time zone; a {@code T} may stand for the blank.
     *
     * @throws trainyard.sim.csv.CsvException if it is none, or lies before 1970 or after 2200
     */
    static long nanos(CsvRow row, String column) {
        try {
            String text = row.requiredText(column);
            if (hasTheForm(text) && number(text, 0, 4) >= 1970 && number(text, 0, 4) <= 2200) {
                return time(text).toEpochSecond(ZoneOffset.UTC) * SimTime.NANOS_PER_SECOND;
            }
        } catch (DateTimeException wrong) {
            // No such day or time; reported below, with the form that is right.
        }
        throw row.problem(column, "must be such as 2017-10-09 07:01:55, got \"" + row.text(column) + "\"");
    }

    /** By its places, since a list has a hundred thousand of them and a formatter takes ten times as long. */
    private static boolean hasTheForm(String text) {
        for (int i = 0; i < LENGTH && text.length() == LENGTH; i++) {
            char letter = text.charAt(i);
            boolean right = switch (i) {
                case 4, 7 -> letter == '-';
                case 10 -> letter == ' ' || letter == 'T';
                case 13, 16 -> letter == ':';
                default -> letter >= '0' && letter <= '9';
            };
            if (!right) {
                return false;
            }
        }
        return text.length() == LENGTH;
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
