package trainyard.scenario.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;

/**
 * A workload that is one run of a simulation, of which the numbers and the details are read.
 *
 * @param metrics what it may yield
 * @param simulation simulates it
 * @param numbers the numbers of a run, in base units
 * @param finding what a run shows in words; may be empty
 * @param story what happened in a run
 */
public record Simulated<T>(
        List<Metric> metrics,
        Supplier<T> simulation,
        Function<T, Map<Metric, Double>> numbers,
        Function<T, String> finding,
        Function<T, Details> story)
        implements Workload {

    /** A run that shows nothing but its numbers. */
    public static <T> Simulated<T> of(
            List<Metric> metrics, Supplier<T> simulation, Function<T, Map<Metric, Double>> numbers) {
        return new Simulated<>(metrics, simulation, numbers, result -> "", result -> Details.NONE);
    }

    /** The same with what a run shows in words. */
    public Simulated<T> withFinding(Function<T, String> words) {
        return new Simulated<>(metrics, simulation, numbers, words, story);
    }

    /** The same with what happened in a run. */
    public Simulated<T> withStory(Function<T, Details> details) {
        return new Simulated<>(metrics, simulation, numbers, finding, details);
    }

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
}
