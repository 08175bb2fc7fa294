package trainyard.scenario.workload.detail;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.workload.metric.Metric;

/**
 * What happened within one replication, for charts that show more than its numbers. A study keeps that of the few replications
 * which its charts show.
 *
 * @param series quantities over time
 * @param lanes who did what when
 * @param samples quantities that one replication has many values of
 * @param focus the stretch of the lanes worth a look, where the whole is too long
 * @param limits lines that charts of quantities over time show, such as quotas
 * @param graphs who is joined to whom
 * @param laws what theory says of quantities that have many values
 */
public record Details(
        List<TimeSeries> series,
        List<Lane> lanes,
        List<Sample> samples,
        Optional<Window> focus,
        List<Limit> limits,
        List<Graph> graphs,
        List<Law> laws) {

    /** Of a workload that has none. */
    public static final Details NONE = new Details(List.of(), List.of(), List.of(), Optional.empty());

    public Details {
        series = List.copyOf(series);
        lanes = List.copyOf(lanes);
        samples = List.copyOf(samples);
        limits = List.copyOf(limits);
        graphs = List.copyOf(graphs);
        laws = List.copyOf(laws);
    }

    /** Details without limits and graphs. */
    public Details(List<TimeSeries> series, List<Lane> lanes, List<Sample> samples, Optional<Window> focus) {
        this(series, lanes, samples, focus, List.of(), List.of(), List.of());
    }

    /** Details of curves alone. */
    public static Details ofSeries(List<TimeSeries> series) {
        return new Details(series, List.of(), List.of(), Optional.empty());
    }

    /** Details of lanes alone. */
    public static Details ofLanes(List<Lane> lanes) {
        return new Details(List.of(), lanes, List.of(), Optional.empty());
    }

    /** Details of many values of one quantity alone. */
    public static Details ofSample(Metric quantity, List<Double> values) {
        return new Details(List.of(), List.of(), List.of(new Sample(quantity, values)), Optional.empty());
    }

    /** The same with limits. */
    public Details withLimits(List<Limit> lines) {
        return new Details(series, lanes, samples, focus, lines, graphs, laws);
    }

    /** The same with graphs. */
    public Details withGraphs(List<Graph> drawn) {
        return new Details(series, lanes, samples, focus, limits, drawn, laws);
    }

    /** The same with what theory says. */
    public Details withLaws(List<Law> known) {
        return new Details(series, lanes, samples, focus, limits, graphs, known);
    }

    /** The curves of a quantity. */
    public List<TimeSeries> series(Metric quantity) {
        return series.stream().filter(one -> one.quantity().equals(quantity)).toList();
    }

    /** The values of a quantity; empty where there is none. */
    public double[] values(Metric quantity) {
        return samples.stream()
                .filter(sample -> sample.quantity().equals(quantity))
                .flatMapToDouble(sample -> sample.values().stream().mapToDouble(Double::doubleValue))
                .toArray();
    }

    /**
     * Many values of a quantity within one replication, such as the stall of each incident.
     *
     * @param quantity what is measured
     * @param values in its base unit, in the order in which they came
     */
    public record Sample(Metric quantity, List<Double> values) {

        public Sample {
            values = List.copyOf(values);
        }
    }

    /**
     * What theory says of a quantity whose values are whole numbers.
     *
     * @param quantity which
     * @param name of the law, such as {@code geometric}
     * @param shares of the values 0, 1, 2 and so on, each in [0, 1]
     */
    public record Law(Metric quantity, String name, List<Double> shares) {

        public Law {
            shares = List.copyOf(shares);
        }
    }

    /**
     * A level that a quantity is held against.
     *
     * @param quantity what is limited
     * @param name the curve of that quantity that it limits, as {@link TimeSeries#name}; any other name, such as {@code
     *     all GPUs}, labels a line of its own
     * @param value in the base unit of the quantity
     */
    public record Limit(Metric quantity, String name, double value) {}

    /**
     * A stretch of time.
     *
     * @param fromSeconds its start, from the start of the replication
     * @param toSeconds its end, after the start
     */
    public record Window(double fromSeconds, double toSeconds) {

        public Window {
            if (!(fromSeconds < toSeconds)) {
                throw new IllegalArgumentException(
                        "a window must end after its start, got " + fromSeconds + " s to " + toSeconds + " s");
            }
        }
    }
}
