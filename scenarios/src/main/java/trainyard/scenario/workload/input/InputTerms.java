package trainyard.scenario.workload.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.DurationUnit;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;

/**
 * What the step of a fed job consists of: the terms of a step that waits for no data, and the waits for data. They add up to the
 * step as it is replayed, to the nanosecond that each micro-batch is counted to.
 *
 * @param fed a step that waits for no data
 * @param stepSeconds the mean step as replayed
 * @param copySeconds of which the step waits for copies to the GPU
 */
record InputTerms(Outcome fed, double stepSeconds, double copySeconds) {

    private static final Map<Metric, String> FORMULAS = Map.of(
            StepMetrics.STEP_TIME,
            "",
            InputMetrics.FED_STEP,
            "",
            InputMetrics.STALL,
            "(wait for data + copy to the GPU) / step time",
            InputMetrics.EPOCH_TIME,
            "samples of the data set / sequences of the global batch x step time",
            StepMetrics.THROUGHPUT,
            "tokens of the global batch / step time",
            StepMetrics.SEQUENCES_PER_SECOND,
            "sequences of the global batch / step time",
            StepMetrics.IMAGES_PER_SECOND,
            "images of the global batch / step time");

    /** Whether the metric follows from these terms. */
    static boolean explain(Metric metric) {
        return FORMULAS.containsKey(metric);
    }

    /** The terms of a metric that {@link #explain} holds for. */
    Derivation.Sum of(Metric metric) {
        double fedSeconds = fed.value(StepMetrics.STEP_TIME).orElseThrow();
        DurationUnit unit = DurationUnit.upTo(fedSeconds);
        List<Derivation.Part> parts = new ArrayList<>(fedTerms(unit, fedSeconds));
        boolean waits = !metric.equals(InputMetrics.FED_STEP);
        if (waits) {
            double wait = Math.max(0, stepSeconds - fedSeconds - copySeconds);
            parts.add(new Derivation.Part(
                    "wait for data",
                    unit.of(wait),
                    "until the slowest rank has its next micro-batch: m max(0, loading - training) behind a deep"
                            + " buffer"));
            parts.add(new Derivation.Part(
                    "copy to the GPU",
                    unit.of(copySeconds),
                    "micro-batches x bytes / rate, of memory that is not pinned"));
        }
        String title = waits ? "Step time, mean over the GPUs" : "Step time without waits for data, mean over the GPUs";
        return new Derivation.Sum(FORMULAS.get(metric), title, unit.symbol(), parts);
    }

    private List<Derivation.Part> fedTerms(DurationUnit unit, double fedSeconds) {
        Optional<StepCost> modelled = fed.step();
        return modelled.map(cost -> cost.terms().stream()
                        .map(term -> new Derivation.Part(term.name(), unit.of(term.seconds()), term.formula()))
                        .toList())
                .orElseGet(() -> List.of(
                        new Derivation.Part("step that waits for no data", unit.of(fedSeconds), "input.step-time")));
    }
}
