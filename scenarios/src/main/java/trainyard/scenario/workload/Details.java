package trainyard.scenario.workload;

import java.util.List;
import java.util.Optional;

/**
 * What happened within one replication, for charts that show more than its numbers. A study keeps none of it; a workload
 * makes it anew when it is asked.
 *
 * @param series quantities over time
 * @param lanes who did what when
 * @param samples quantities that one replication has many values of
 * @param focus the stretch of the lanes worth a look, where the whole is too long
 */
public record Details(List<TimeSeries> series, List<Lane> lanes, List<Sample> samples, Optional<Window> focus) {

    /** Of a workload that has none. */
    public static final Details NONE = new Details(List.of(), List.of(), List.of(), Optional.empty());

    public Details {
        series = List.copyOf(series);
        lanes = List.copyOf(lanes);
        samples = List.copyOf(samples);
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
