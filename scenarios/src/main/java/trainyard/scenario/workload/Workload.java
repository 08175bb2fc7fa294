package trainyard.scenario.workload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.network.LinkLoads;

/** What a cell simulates. */
public interface Workload {

    /** Runs it. The same workload gives the same outcome, on any thread. */
    Outcome run();

    /**
     * Runs it and keeps all values of some quantities.
     *
     * @param samples quantities of which {@link #details} has many values
     */
    default Outcome run(Set<Metric> samples) {
        Outcome outcome = run();
        return samples.isEmpty() || !outcome.isFeasible()
                ? outcome
                : outcome.with(details().samples().stream()
                        .filter(sample -> samples.contains(sample.quantity()))
                        .toList());
    }

    /** A run and what happens within it. */
    record Watched(Outcome outcome, Details details) {}

    /**
     * What {@link #run(Set)} and {@link #details} tell, by one run where the workload can.
     *
     * @param samples as there
     */
    default Watched watch(Set<Metric> samples) {
        return new Watched(run(samples), details());
    }

    /** Whether it can run, by as little of it as tells that; what it comes to is known as far as that much tells. */
    default Outcome preview() {
        return run();
    }

    /** What theory says before it is run, as a sentence without a final stop; empty where there is none. */
    default Optional<String> beforehand() {
        return Optional.empty();
    }

    /** The bars of its timeline, as {@link trainyard.parallel.step.StepModel#timeline} gives them; empty where it has none. */
    List<Span> timeline();

    /** What each link of the fabric carries; empty where the workload has no links of its own. */
    default Optional<LinkLoads> linkLoads() {
        return Optional.empty();
    }

    /** What happens within it, for charts, by a run of its own. */
    default Details details() {
        return Details.NONE;
    }

    /** How a number comes about that no replication changes; empty where the workload does not say. */
    default Optional<Derivation> derivation(Metric metric) {
        return Optional.empty();
    }

    /** What a number of this replication consists of, by a run of its own; empty where the workload does not say. */
    default Optional<Derivation.Sum> terms(Metric metric) {
        return Optional.empty();
    }
}
