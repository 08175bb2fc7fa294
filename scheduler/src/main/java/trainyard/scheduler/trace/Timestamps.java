package trainyard.scheduler.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.engine.SimTime;

/** Reads points in time. */
final class Timestamps {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;
    private static final int LENGTH = "2017-10-09 07:01:55".length();

    private Timestamps() {}

    /**
     * The time of a cell such as {@code 2017-10-09 07:01:55} since 1970, in no time zone; a {@code T} may stand for the blank, and parts of a
     * second and an offset from UTC may follow, as ISO 8601 has them ({@code 2017-10-09T07:01:55.25+02:00}).
     *
     * @throws trainyard.sim.csv.CsvException if it is none, or lies before 1970 or after 2200
     */
    static long nanos(CsvRow row, String column) {
        try {
            String text = row.requiredText(column);
            LocalDateTime time = hasTheForm(text) ? time(text) : isoTime(text);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time.toEpochSecond(ZoneOffset.UTC) * SimTime.NANOS_PER_SECOND + time.getNano();
            }
        } catch (DateTimeException wrong) {
            // No such day or time; reported below, with the form that is right.
        }
        throw row.problem(column, "must be such as 2017-10-09 07:01:55, got \"" + row.text(column) + "\"");
    }

    /** Of the same moment in UTC, where an offset is stated. */
    private static LocalDateTime isoTime(String text) {
        TemporalAccessor time = ISO.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime there
                ? there.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : (LocalDateTime) time;
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
