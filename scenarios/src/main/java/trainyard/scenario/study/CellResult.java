package trainyard.scenario.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Estimate;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Statistic;

/**
 * A cell and what its replications came to.
 *
 * @param cell the cell
 * @param outcomes one per finished replication, in their order; empty where the run was interrupted before it
 */
public record CellResult(Cell cell, List<Outcome> outcomes) {

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
     * Mean of a metric, or the statistic that it names, with its 95 % confidence interval over the replications, in the
     * unit of the metric; without width where all agree or there are too few replications for an interval.
     */
    public Optional<Estimate> estimate(Metric metric) {
        if (statesPart(metric)) {
            return mean(metric).map(metric::inUnit).map(Estimate::exact);
        }
        return observations(metric)
                .estimate(quantile(metric))
                .map(estimate -> new Estimate(
                        metric.inUnit(estimate.value()),
                        metric.inUnit(estimate.low()),
                        metric.inUnit(estimate.high())));
    }

    /** Mean of a metric over the replications, or the statistic that it names; empty where it has no value. */
    public Optional<Double> mean(Metric metric) {
        Statistic.Part part = metric.statistic().map(Statistic::part).orElse(Statistic.Part.VALUE);
        return observations(metric).part(quantile(metric), part);
    }

    /** What each replication gave, one value each or several; without those that gave none. */
    Observations observations(Metric metric) {
        Metric yielded = metric.yielded();
        return new Observations(
                outcomes.stream()
                        .map(outcome -> outcome.values(yielded))
                        .filter(values -> values.length > 0)
                        .toList(),
                metric.statistic().map(Statistic::steady).orElse(false));
    }

    /** Replications that ended before what a metric measures had happened. */
    long open(Metric metric) {
        Metric yielded = metric.yielded();
        return outcomes.stream()
                .flatMap(outcome -> outcome.value(yielded).stream())
                .filter(value -> value.isInfinite())
                .count();
    }

    private static boolean statesPart(Metric metric) {
        return metric.statistic()
                .filter(statistic -> statistic.part() != Statistic.Part.VALUE)
                .isPresent();
    }

    static OptionalDouble quantile(Metric metric) {
        return metric.statistic().map(Statistic::quantile).orElse(OptionalDouble.empty());
    }
}
