package trainyard.scenario.planning;

import java.util.Objects;
import java.util.Optional;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/**
 * One of the designs that are compared.
 *
 * @param name of the scenario or its variant
 * @param outcome what it came to
 */
public record Design(String name, Outcome outcome) {

    public Design {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** The value of a metric in its unit; empty where the design cannot run or lacks it. */
    public Optional<Double> value(Metric metric) {
        return outcome.value(metric).map(metric::inUnit);
    }

    /** The step, where the design can run. */
    public Optional<StepCost> step() {
        return outcome.isFeasible() ? outcome.step() : Optional.empty();
    }
}
