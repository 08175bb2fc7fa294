package trainyard.training.calibration.measure;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import trainyard.sim.csv.CsvRow;

/**
 * One repetition of a piece of work.
 *
 * @param setting what machine and settings it holds for; samples of different ones are not mixed
 * @param suite kind of work
 * @param name of the work
 * @param round pass over all work, from 0
 * @param bytes moved by the work, where it is a transfer; else 0
 * @param seconds by the clock on the wall
 * @param coreSeconds processor time of the thread that did it, where the work is all on that thread
 * @param load how many processes wanted a core in the minute before; -1 where the system does not tell
 * @param time when it was taken, ISO 8601 in UTC
 */
public record Sample(
        String setting,
        String suite,
        String name,
        int round,
        double bytes,
        double seconds,
        OptionalDouble coreSeconds,
        double load,
        String time) {

    static final List<String> COLUMNS =
            List.of("setting", "suite", "name", "round", "bytes", "seconds", "core_seconds", "load_1m", "time_utc");

    /** What it costs on a core of its own: processor time where all of the work is in it. */
    public double cost() {
        return coreSeconds.orElse(seconds);
    }

    List<String> cells() {
        return List.of(
                setting,
                suite,
                name,
                Integer.toString(round),
                String.format(Locale.ROOT, "%.0f", bytes),
                number(seconds),
                coreSeconds.isPresent() ? number(coreSeconds.getAsDouble()) : "",
                String.format(Locale.ROOT, "%.2f", load),
                time);
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.6g", seconds);
    }

    static Sample of(CsvRow row) {
        return new Sample(
                row.requiredText("setting"),
                row.requiredText("suite"),
                row.requiredText("name"),
                (int) row.number("round"),
                row.number("bytes"),
                row.positive("seconds"),
                row.optionalNumber("core_seconds"),
                row.number("load_1m"),
                row.text("time_utc"));
    }
}
