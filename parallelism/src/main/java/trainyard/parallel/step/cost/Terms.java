package trainyard.parallel.step.cost;

import java.util.ArrayList;
import java.util.List;

/** Breaks the step time into addends: the mean over all GPUs of the time spent in each state. */
public final class Terms {

    private Terms() {}

    /** The addends, one to each state; they sum to the step. */
    public static List<Term> of(List<StageTime> stages) {
        double gpus = stages.stream().mapToDouble(StageTime::gpus).sum();
        List<Term> terms = new ArrayList<>();
        for (TimeState state : TimeState.values()) {
            double gpuNanos = stages.stream()
                    .mapToDouble(s -> (double) s.gpus() * s.nanos(state))
                    .sum();
            terms.add(new Term(state.label(), gpuNanos / gpus / 1e9, formula(state)));
        }
        return terms;
    }

    private static String formula(TimeState state) {
        return switch (state) {
            case COMPUTE -> "micro-batches x layers per stage x (forward + backward kernels)";
            case RECOMPUTE -> "micro-batches x layers per stage x forward kernels run again";
            case TENSOR_COMMUNICATION -> "micro-batches x layers per stage x exchanges not hidden by compute";
            case CONTEXT_COMMUNICATION ->
                "micro-batches x layers per stage x keys and values of other ranks not hidden by attention";
            case EXPERT_COMMUNICATION ->
                "micro-batches x layers per stage x exchanges with the experts not hidden by compute";
            case SLOWEST_GPU -> "kernel time x spread between GPUs x expected maximum over all GPUs";
            case STRAGGLER_WAIT -> "mean over the GPUs of the time until the slowest of those that wait for each other";
            case PIPELINE_COMMUNICATION -> "messages per stage x (latency + bytes / bandwidth), if they block";
            case DATA_COMMUNICATION -> "gradient reduction and parameter gathering not hidden by compute";
            case COMPRESSION -> "max(kernels x launch, bytes / memory bandwidth) to encode and decode";
            case HOST_TRANSFER -> "bytes that lie on the host / rate of PCIe or drives, not hidden";
            case BUBBLE -> "waiting for other stages; (p - 1) / (v m) of the ideal for equal stages";
            case OPTIMIZER -> "parameters per rank x bytes per parameter / memory bandwidth";
        };
    }
}
