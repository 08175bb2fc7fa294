package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import trainyard.parallel.step.cost.TimeState;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.scenario.workload.metric.DurationUnit;

/**
 * The states of a step as the parts of bars that are each as high as their step is long. States that would not be seen are one
 * part together: left out, they would be missing from the sum.
 *
 * @param parts series of bars, from the bottom up
 * @param small names of the states in the last part, where there are several; else empty
 */
record StateBars(List<BarSeries> parts, List<String> small) {

    /** A state below this share of every bar is not seen by itself. */
    private static final double VISIBLE = 0.002;

    private static final String SMALL = "other";

    /** Seconds of a state in a bar. */
    @FunctionalInterface
    interface Seconds {

        /** In the bar of the given index; empty where there is none. */
        Optional<Double> of(int bar, TimeState state);
    }

    static StateBars of(int bars, Seconds seconds, DurationUnit unit) {
        List<BarSeries> parts = new ArrayList<>();
        List<TimeState> hidden = new ArrayList<>();
        for (TimeState state : TimeState.values()) {
            if (isSeen(bars, seconds, state)) {
                parts.add(part(state.label(), bars, seconds, List.of(state), unit));
            } else if (IntStream.range(0, bars)
                    .anyMatch(bar -> seconds.of(bar, state).orElse(0.0) > 0)) {
                hidden.add(state);
            }
        }
        if (hidden.isEmpty()) {
            return new StateBars(parts, List.of());
        }
        boolean one = hidden.size() == 1;
        parts.add(part(one ? hidden.get(0).label() : SMALL, bars, seconds, hidden, unit));
        return new StateBars(
                parts, one ? List.of() : hidden.stream().map(TimeState::label).toList());
    }

    /** What the last part holds, as a sentence behind the caption; empty where it is one state. */
    String remark() {
        return small.isEmpty() ? "" : "Other: " + String.join(", ", small) + ".";
    }

    private static boolean isSeen(int bars, Seconds seconds, TimeState state) {
        return IntStream.range(0, bars).anyMatch(bar -> {
            double whole = sum(bar, seconds, List.of(TimeState.values())).orElse(0.0);
            return seconds.of(bar, state).orElse(0.0) > VISIBLE * whole;
        });
    }

    private static BarSeries part(String name, int bars, Seconds seconds, List<TimeState> states, DurationUnit unit) {
        return new BarSeries(
                name,
                IntStream.range(0, bars)
                        .mapToObj(bar -> sum(bar, seconds, states).map(unit::of).map(Estimate::exact))
                        .toList());
    }

    private static Optional<Double> sum(int bar, Seconds seconds, List<TimeState> states) {
        List<Double> known = states.stream()
                .flatMap(state -> seconds.of(bar, state).stream())
                .toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(known.stream().mapToDouble(Double::doubleValue).sum());
    }
}
