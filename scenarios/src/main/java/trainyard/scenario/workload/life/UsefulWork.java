package trainyard.scenario.workload.life;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/**
 * What the useful work of a long job consists of: its share of the time of all GPUs times the shares of a step on all nodes,
 * so that losses within steps and losses to faults are parts of one whole.
 */
final class UsefulWork {

    private static final double PERCENT = 0.01;

    /** Parts of a step by what the GPU does in it. */
    private enum Part {
        COMPUTING("computing", Better.HIGHER, "kernels and the optimizer, recomputation included"),
        COMMUNICATION("communication", Better.LOWER, "waiting for exchanges that nothing hides"),
        BUBBLE("bubble", Better.LOWER, "the pipeline bubble"),
        WAITING("waiting", Better.LOWER, "waiting for a slower rank, or for state from the host");

        private final String word;
        private final Metric metric;

        Part(String word, Better better, String what) {
            this.word = word;
            metric = new Metric(
                    "useful." + word,
                    Dimension.FRACTION,
                    "%",
                    PERCENT,
                    Bounds.SHARE,
                    better,
                    "Share of all GPU time: " + what + ", in steps that the job keeps, each as a step on all nodes."
                            + " `useful.computing` and its like sum to `share.useful`. Needs `life.step-time: auto`.");
        }

        private static Part of(TimeState state) {
            return switch (state) {
                case COMPUTE, RECOMPUTE, COMPRESSION, OPTIMIZER -> COMPUTING;
                case TENSOR_COMMUNICATION,
                        CONTEXT_COMMUNICATION,
                        EXPERT_COMMUNICATION,
                        PIPELINE_COMMUNICATION,
                        DATA_COMMUNICATION -> COMMUNICATION;
                case BUBBLE -> BUBBLE;
                case SLOWEST_GPU, STRAGGLER_WAIT, HOST_TRANSFER -> WAITING;
            };
        }
    }

    private UsefulWork() {}

    static List<Metric> all() {
        return List.copyOf(byLabel().values());
    }

    /** The metric of each part by its label, computing first. */
    static Map<String, Metric> byLabel() {
        Map<String, Metric> byLabel = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            byLabel.put(part.word, part.metric);
        }
        return byLabel;
    }

    /**
     * The parts of a life.
     *
     * @param share useful work over the time of all GPUs
     * @param step a step on all nodes
     */
    static Map<Metric, Double> of(double share, StepCost step) {
        Map<Metric, Double> parts = new LinkedHashMap<>();
        for (TimeState state : TimeState.values()) {
            parts.merge(Part.of(state).metric, share * step.share(state), Double::sum);
        }
        return parts;
    }
}
