package trainyard.scenario.verify.faults.trace;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.GapStatistics;
import trainyard.sim.stats.Quantiles;
import trainyard.sim.stats.Tally;

/** Statistics of samples and of gaps between times, by name. */
final class SampleMetrics {

    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2})");

    private SampleMetrics() {}

    /** {@code mean}, {@code median}, {@code p90} and the like, {@code cv}, {@code std}, {@code min}, {@code max}. */
    static OptionalDouble ofSample(String statistic, double... values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        Tally tally = Tally.of(values);
        double deviation = values.length < 2 ? 0 : Math.sqrt(tally.variance() * (values.length - 1) / values.length);
        Matcher percentile = PERCENTILE.matcher(statistic);
        if (percentile.matches()) {
            return OptionalDouble.of(new Quantiles(values).quantile(Integer.parseInt(percentile.group(1)) / 100.0));
        }
        return switch (statistic) {
            case "mean" -> OptionalDouble.of(tally.mean());
            case "median" -> OptionalDouble.of(new Quantiles(values).median());
            case "cv" -> OptionalDouble.of(deviation / tally.mean());
            case "std" -> OptionalDouble.of(deviation);
            case "min" -> OptionalDouble.of(tally.min());
            case "max" -> OptionalDouble.of(tally.max());
            default -> OptionalDouble.empty();
        };
    }

    /** {@code mtbf}, which is the {@code mean} gap, {@code zero_share}, {@code weibull_shape}, {@code weibull_scale}, {@code cv}. */
    static OptionalDouble ofGaps(String statistic, double... times) {
        if (times.length < 2) {
            return OptionalDouble.empty();
        }
        GapStatistics gaps = new GapStatistics(times);
        return switch (statistic) {
            case "mtbf", "mean", "mean_gap", "gap_mean" -> OptionalDouble.of(gaps.mean());
            case "zero_share", "zero_gap_share" -> OptionalDouble.of(gaps.zeroShare());
            case "weibull_shape" -> OptionalDouble.of(gaps.weibull().shape());
            case "weibull_scale" -> OptionalDouble.of(gaps.weibull().scale());
            case "cv" -> OptionalDouble.of(gaps.coefficientOfVariation());
            default -> OptionalDouble.empty();
        };
    }
}
