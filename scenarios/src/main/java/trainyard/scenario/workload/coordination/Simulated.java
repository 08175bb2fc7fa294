package trainyard.scenario.workload.coordination;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import trainyard.faults.coordination.StateLog;
import trainyard.parallel.step.Span;
import trainyard.scenario.workload.Details;
import trainyard.scenario.workload.Lane;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.sim.engine.SimTime;

/**
 * A workload that is one run of a simulation, of which the numbers and the details are read.
 *
 * @param metrics what it may yield
 * @param simulation simulates it
 * @param numbers the numbers of a run, in base units
 * @param finding what a run shows in words; may be empty
 * @param story what happened in a run
 */
record Simulated<T>(
        List<Metric> metrics,
        Supplier<T> simulation,
        Function<T, Map<Metric, Double>> numbers,
        Function<T, String> finding,
        Function<T, Details> story)
        implements Workload {

    @Override
    public Outcome run() {
        T result = simulation.get();
        String words = finding.apply(result);
        Map<String, String> labels = words.isEmpty() ? Map.of() : Map.of(Outcome.FINDING, words);
        return new Outcome(numbers.apply(result), labels, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    @Override
    public Details details() {
        return story.apply(simulation.get());
    }

    /** A lane for each party. */
    static List<Lane> lanes(List<String> names, List<List<StateLog.Stretch>> stretches) {
        return IntStream.range(0, names.size())
                .mapToObj(party -> new Lane(
                        names.get(party),
                        stretches.get(party).stream().map(Simulated::span).toList()))
                .toList();
    }

    private static Lane.Span span(StateLog.Stretch stretch) {
        return new Lane.Span(
                SimTime.seconds(stretch.startNanos()),
                SimTime.seconds(stretch.endNanos()),
                stretch.state(),
                stretch.remark());
    }
}
