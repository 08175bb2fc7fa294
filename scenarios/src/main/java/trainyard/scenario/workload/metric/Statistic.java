package trainyard.scenario.workload.metric;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is stated of a metric where it is not its mean: a quantile, the spread, or the width or an end of an interval.
 *
 * @param of the metric that is summarised
 * @param quantile the probability below the quantile; empty for the mean
 * @param steady whether the long-run mean of the first replication is meant, by batch means after its warm-up
 * @param part what of the estimate is stated
 */
public record Statistic(Metric of, OptionalDouble quantile, boolean steady, Part part) {

    private static final String STEADY = "steady";
    private static final String SPREAD = ".spread";

    private static final Pattern FORM =
            Pattern.compile("(.+?)(?:\\.(mean|steady|min|max|p\\d{1,2}(?:\\.\\d{1,3})?))?(?:\\.(low|high|ci95))?");

    /** What is stated: the estimate, a part of its interval, or how far the values lie apart. */
    public enum Part {
        /** The estimate itself. */
        VALUE,
        /** The lower end of its 95 % confidence interval. */
        LOW,
        /** The upper end. */
        HIGH,
        /** Half the width of the interval: what stands behind the plus-minus sign. */
        HALF_WIDTH,
        /** The greatest value of all replications less the least. */
        SPREAD
    }

    public Statistic {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(quantile, "quantile");
        Objects.requireNonNull(part, "part");
    }

    /** Whether enough replications give it an interval: not the least, the greatest, or a part of an estimate. */
    public boolean canHaveInterval() {
        double probability = quantile.orElse(0.5);
        return part == Part.VALUE && probability > 0 && probability < 1;
    }

    /** A name without the statistic that ends it: {@code time-to-train} of {@code time-to-train.p95}. */
    public static String metricName(String name) {
        if (name.endsWith(SPREAD)) {
            return name.substring(0, name.length() - SPREAD.length());
        }
        Matcher matcher = FORM.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }

    /** A name without the part of an estimate that ends it: {@code jct.p95} of {@code jct.p95.ci95}. */
    public static String withoutPart(String name) {
        return name.replaceFirst("\\.(low|high|ci95)$", "");
    }

    /** The part of an estimate that ends a name, of a metric whose name stands before it; empty where none does. */
    public static Optional<Metric> partOf(String name, Metric of) {
        String own = withoutPart(name);
        return own.equals(name)
                ? Optional.empty()
                : Optional.of(of.stated(
                        name,
                        new Statistic(of, OptionalDouble.empty(), false, part(name.substring(own.length() + 1)))));
    }

    /** The statistic that ends a name, of a metric; empty where the name has none. */
    public static Optional<Metric> named(String name, Metric of) {
        if (name.endsWith(SPREAD)) {
            return Optional.of(of.stated(name, new Statistic(of, OptionalDouble.empty(), false, Part.SPREAD)));
        }
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches() || matcher.group(2) == null && matcher.group(3) == null) {
            return Optional.empty();
        }
        Statistic statistic =
                new Statistic(of, quantile(matcher.group(2)), STEADY.equals(matcher.group(2)), part(matcher.group(3)));
        return Optional.of(of.stated(name, statistic));
    }

    private static OptionalDouble quantile(String word) {
        if (word == null || word.equals("mean") || word.equals(STEADY)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (word) {
                    case "min" -> 0;
                    case "max" -> 1;
                    default -> Double.parseDouble(word.substring(1)) / 100;
                });
    }

    private static Part part(String word) {
        return word == null
                ? Part.VALUE
                : switch (word) {
                    case "low" -> Part.LOW;
                    case "high" -> Part.HIGH;
                    default -> Part.HALF_WIDTH;
                };
    }
}
