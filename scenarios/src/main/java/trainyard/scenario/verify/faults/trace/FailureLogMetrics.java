package trainyard.scenario.verify.faults.trace;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.FailureLog;

/** Statistics of a log of failures of several systems; gaps in hours, repairs in minutes. */
final class FailureLogMetrics implements TraceMetrics {

    private static final double SECONDS_PER_HOUR = 3_600;
    private static final Pattern SYSTEM = Pattern.compile("system(\\d{1,3})_(?:(\\d{4})_(\\d{4})_)?(.+)");
    private static final String CAUSE = "cause_share_";
    private static final String REPAIR = "repair_";

    private final FailureLog log;

    FailureLogMetrics(FailureLog log) {
        this.log = log;
    }

    @Override
    public OptionalDouble value(String metric) {
        Matcher system = SYSTEM.matcher(metric);
        if (system.matches()) {
            FailureLog part = log.ofSystem(Integer.parseInt(system.group(1)));
            return ofSystem(
                    system.group(2) == null
                            ? part
                            : part.ofYears(Integer.parseInt(system.group(2)), Integer.parseInt(system.group(3))),
                    system.group(4));
        }
        if (metric.startsWith(CAUSE)) {
            return share(metric.substring(CAUSE.length()));
        }
        if (metric.startsWith(REPAIR)) {
            return repair(log, metric.substring(REPAIR.length()));
        }
        return switch (metric) {
            case "records" -> OptionalDouble.of(log.records().size());
            case "systems" ->
                OptionalDouble.of(log.records().stream()
                        .map(FailureLog.Entry::system)
                        .distinct()
                        .count());
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble ofSystem(FailureLog part, String statistic) {
        if (part.records().isEmpty()) {
            return OptionalDouble.empty();
        }
        if (statistic.startsWith(REPAIR)) {
            return repair(part, statistic.substring(REPAIR.length()));
        }
        return switch (statistic) {
            case "failures", "records" -> OptionalDouble.of(part.records().size());
            case "nodes" ->
                part.records().stream()
                        .flatMap(entry -> entry.nodes().stream())
                        .mapToDouble(Integer::doubleValue)
                        .max();
            default -> SampleMetrics.ofGaps(statistic, hours(part));
        };
    }

    private static double[] hours(FailureLog part) {
        return part.records().stream()
                .mapToDouble(entry -> entry.started().toEpochSecond(ZoneOffset.UTC) / SECONDS_PER_HOUR)
                .toArray();
    }

    /** {@code repair_mean}, or with a cause, {@code repair_mean_hardware}. */
    private static OptionalDouble repair(FailureLog part, String statistic) {
        int cause = statistic.indexOf('_');
        FailureLog chosen = cause < 0 ? part : part.ofCause(column(statistic.substring(cause + 1)));
        return SampleMetrics.ofSample(
                cause < 0 ? statistic : statistic.substring(0, cause),
                chosen.records().stream()
                        .mapToDouble(FailureLog.Entry::downMinutes)
                        .toArray());
    }

    private OptionalDouble share(String cause) {
        int with = log.ofCause(column(cause)).records().size();
        return with == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) with / log.records().size());
    }

    /** The column of a cause: {@code human_error} is {@code Human Error}; the paper calls facilities "environment". */
    private static String column(String cause) {
        return switch (cause) {
            case "environment" -> "Facilities";
            case "human", "human_error" -> "Human Error";
            case "unknown" -> "Undetermined";
            default -> cause.isEmpty() ? cause : cause.substring(0, 1).toUpperCase(Locale.ROOT) + cause.substring(1);
        };
    }
}
