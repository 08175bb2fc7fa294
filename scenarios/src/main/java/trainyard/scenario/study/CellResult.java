package trainyard.scenario.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import trainyard.report.figure.Estimate;
import trainyard.sim.stats.MeanEstimate;

/**
 * A cell and what its replications came to.
 *
 * @param cell the cell
 * @param outcomes one per finished replication, in their order; empty where the run was interrupted before it
 */
public record CellResult(Cell cell, List<Outcome> outcomes) {

    private static final double CONFIDENCE = 0.95;

    public CellResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether at least one replication finished. */
    public boolean isFinished() {
        return !outcomes.isEmpty();
    }

    /** The outcome of the first replication, which stands for the cell in charts of one run. */
    public Optional<Outcome> first() {
        return outcomes.stream().findFirst();
    }

    public boolean isFeasible() {
        return first().map(Outcome::isFeasible).orElse(false);
    }

    /**
     * Mean of a metric with its 95 % confidence interval over the replications, in the unit of the metric; exact where all
     * agree.
     */
    public Optional<Estimate> estimate(Metric metric) {
        double[] values = outcomes.stream()
                .flatMap(outcome -> outcome.value(metric).stream())
                .mapToDouble(metric::inUnit)
                .toArray();
        return mean(metric).map(metric::inUnit).map(mean -> {
            boolean exact = Arrays.stream(values).allMatch(value -> value == values[0]);
            return exact
                    ? Estimate.exact(mean)
                    : MeanEstimate.of(values, CONFIDENCE)
                            .interval()
                            .map(interval ->
                                    new Estimate(mean, Math.min(mean, interval.low()), Math.max(mean, interval.high())))
                            .orElse(Estimate.exact(mean));
        });
    }

    /** Mean of a metric over the replications; empty where there is no value. */
    public Optional<Double> mean(Metric metric) {
        List<Double> values = outcomes.stream()
                .flatMap(outcome -> outcome.value(metric).stream())
                .toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        boolean equal = values.stream().allMatch(values.get(0)::equals);
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return Optional.of(equal ? values.get(0) : mean);
    }
}
