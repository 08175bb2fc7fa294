package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import trainyard.report.figure.Estimate;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Statistic;

/** A cell and what its replications came to. */
public final class CellResult {

    private final Cell cell;
    private final List<Outcome> outcomes;
    private final Function<Metric, Optional<String>> lacks;
    /** What was asked for once is asked for again by tables, charts and checks. */
    private final Map<Metric, Observations> observed = new ConcurrentHashMap<>();

    /**
     * @param outcomes one per finished replication, in their order; empty where the run was interrupted before it
     */
    public CellResult(Cell cell, List<Outcome> outcomes) {
        this(cell, outcomes, metric -> Optional.empty());
    }

    /**
     * @param outcomes one per finished replication, in their order; empty where the run was interrupted before it
     * @param lacks why a metric has no value in any replication, where the cell alone says so
     */
    CellResult(Cell cell, List<Outcome> outcomes, Function<Metric, Optional<String>> lacks) {
        this.cell = cell;
        this.outcomes = List.copyOf(outcomes);
        this.lacks = lacks;
    }

    public Cell cell() {
        return cell;
    }

    /** One per finished replication, in their order. */
    public List<Outcome> outcomes() {
        return outcomes;
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
     * unit of the metric; without width where all agree or there are too few replications for an interval. The interval ends
     * where the metric can have no values.
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
        return observed.computeIfAbsent(metric, this::observe);
    }

    private Observations observe(Metric metric) {
        Metric yielded = metric.yielded();
        List<double[]> groups = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            double[] values = outcome.values(yielded);
            if (values.length > 0) {
                groups.add(values);
            }
        }
        return new Observations(
                groups, metric.statistic().map(Statistic::steady).orElse(false), metric.bounds());
    }

    /** Why a metric has no value in any replication, where the cell alone says so. */
    Optional<String> lacks(Metric metric) {
        return lacks.apply(metric.yielded());
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
