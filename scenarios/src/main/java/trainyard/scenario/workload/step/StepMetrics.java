package trainyard.scenario.workload.step;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/** The metrics of one training step. */
public final class StepMetrics {

    private static final double TERA = 1e12;
    private static final double GIBIBYTE = 1024.0 * 1024 * 1024;
    private static final double PERCENT = 0.01;
    private static final double DAY = 86_400;

    public static final Metric STEP_TIME = new Metric(
            "step-time",
            Dimension.DURATION,
            "s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Duration of one optimizer step.");
    public static final Metric UNCALIBRATED_STEP_TIME = new Metric(
            "step-time.uncalibrated",
            Dimension.DURATION,
            "s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Duration of one optimizer step without the measurements that `cluster.node.gpu.calibration` names.");
    public static final Metric THROUGHPUT = new Metric(
            "throughput",
            Dimension.TOKEN_RATE,
            "tokens/s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Tokens learned from per second; none of images that are not cut into tokens.");
    public static final Metric SEQUENCES_PER_SECOND = new Metric(
            "sequences-per-second",
            Dimension.NUMBER,
            "sequences/s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Sequences (samples) learned from per second.");
    public static final Metric IMAGES_PER_SECOND = new Metric(
            "images-per-second",
            Dimension.NUMBER,
            "images/s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Images learned from per second, of a model of images.");
    public static final Metric FLOPS_PER_GPU = new Metric(
            "flops-per-gpu",
            Dimension.COMPUTE_RATE,
            "TFLOP/s",
            TERA,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Model FLOPs per second and GPU, recomputation not counted.");
    public static final Metric HARDWARE_FLOPS_PER_GPU = new Metric(
            "hardware-flops-per-gpu",
            Dimension.COMPUTE_RATE,
            "TFLOP/s",
            TERA,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "FLOPs per second and GPU, recomputation counted.");
    public static final Metric MFU = new Metric(
            "mfu",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.HIGHER,
            "Model FLOPs utilisation: model FLOP/s over the peak rate (Chowdhery et al. 2022, appendix B). Causal attention,"
                    + " of which half is computed, counts as whole, which raises the MFU of long sequences.");
    public static final Metric HFU = new Metric(
            "hfu",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.HIGHER,
            "Hardware FLOPs utilisation: as `mfu`, recomputation counted.");
    public static final Metric MEMORY_PEAK = new Metric(
            "memory.peak",
            Dimension.DATA,
            "GiB",
            GIBIBYTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Peak memory of the GPU that needs most.");
    public static final Metric HOST_MEMORY = new Metric(
            "host-memory",
            Dimension.DATA,
            "GiB",
            GIBIBYTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Memory of a node's processors that offloaded state takes.");
    public static final Metric DRIVE_SPACE = new Metric(
            "drive-space",
            Dimension.DATA,
            "GiB",
            GIBIBYTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Space on a node's drives that it takes.");
    public static final Metric BUBBLE = new Metric(
            "bubble",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.LOWER,
            "Share of GPU time spent in the pipeline bubble.");
    public static final Metric BUBBLE_RATIO = new Metric(
            "bubble-ratio",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Bubble time over the rest of the step, as papers on pipelines count it.");
    public static final Metric BUBBLE_RATIO_CLOSED_FORM = new Metric(
            "bubble-ratio.closed-form",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "(p - 1) / (v m): the bubble ratio of p equal stages, v chunks per stage, m micro-batches and free messages;"
                    + " for schedules with whole backward passes (Narayanan et al. 2021, section 2.2).");
    public static final Metric EXPOSED_COMMUNICATION = new Metric(
            "exposed-communication",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.LOWER,
            "Share of GPU time spent waiting for communication of any kind.");
    public static final Metric GRADIENT_REDUCTION = new Metric(
            "gradient-reduction",
            Dimension.DURATION,
            "s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time that the reduction of gradients keeps the network of a GPU busy in one step, hidden or not; without `zero`,"
                    + " which reduces with the passes or gathers too.");
    public static final Metric GRADIENT_REDUCTION_HIDDEN = new Metric(
            "gradient-reduction.hidden",
            Dimension.DURATION,
            "s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "The part of `gradient-reduction` that runs beside the backward pass: all of it less what GPUs wait for.");
    public static final Metric GRADIENT_REDUCTION_EXPOSED = new Metric(
            "gradient-reduction.exposed",
            Dimension.DURATION,
            "s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "The part of `gradient-reduction` that GPUs wait for.");
    public static final Metric TIME_TO_TRAIN = new Metric(
            "time-to-train",
            Dimension.DURATION,
            "days",
            DAY,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time to learn from `job.train-tokens` tokens without a failure.");
    public static final Metric COST_TRAIN = new Metric(
            "cost.train",
            Dimension.MONEY,
            "USD",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Price of learning from `job.train-tokens` tokens; needs `cost.price`.");
    public static final Metric GPUS = new Metric(
            "gpus", Dimension.GPUS, "GPUs", 1, Bounds.NOT_NEGATIVE, Better.NEITHER, "GPUs that the plan occupies.");
    public static final Metric BILLION_PARAMETERS = new Metric(
            "billion-parameters",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Trainable parameters of the model in billions; tied weights count once.");
    public static final Metric MICRO_BATCHES = new Metric(
            "micro-batches",
            Dimension.COUNT,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Micro-batches of one step on each data-parallel rank.");
    public static final Metric MICRO_BATCH = new Metric(
            "micro-batch",
            Dimension.SEQUENCES,
            "sequences",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Sequences of one micro-batch, which a data-parallel rank computes at once.");
    public static final Metric NODE_GPUS = new Metric(
            "node-gpus",
            Dimension.NUMBER,
            "GPUs",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "GPUs of a node: where ranks of one group begin to reach each other over the network.");
    public static final Metric COST_STEP = new Metric(
            "cost.step",
            Dimension.MONEY,
            "USD",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Price of one step; needs `cost.price`.");
    public static final Metric COST_PER_BILLION_TOKENS = new Metric(
            "cost.per-billion-tokens",
            Dimension.MONEY,
            "USD",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Price of learning from 10^9 tokens; needs `cost.price`.");

    private StepMetrics() {}

    /** Share of GPU time in a state, such as {@code time.optimizer}. */
    public static Metric timeShare(TimeState state) {
        return new Metric(
                "time." + ChoiceType.word(state),
                Dimension.FRACTION,
                "%",
                PERCENT,
                Bounds.SHARE,
                state == TimeState.COMPUTE ? Better.HIGHER : Better.LOWER,
                "Share of GPU time: " + state.label() + ". The shares sum to 1.");
    }

    /** GPU-seconds of one step in a state, such as {@code gpu-seconds.bubble}. */
    public static Metric gpuSeconds(TimeState state) {
        return new Metric(
                "gpu-seconds." + ChoiceType.word(state),
                Dimension.NUMBER,
                "GPU s",
                1,
                Bounds.NOT_NEGATIVE,
                Better.LOWER,
                "GPU-seconds of one step: " + state.label() + ". They sum to GPUs x step time.");
    }

    /** A component of the memory of the GPU that needs most, such as {@code memory.activations}. */
    public static Metric memory(MemoryComponent component) {
        return new Metric(
                "memory." + ChoiceType.word(component),
                Dimension.DATA,
                "GiB",
                GIBIBYTE,
                Bounds.NOT_NEGATIVE,
                Better.LOWER,
                "Memory of the GPU that needs most: " + component.label() + ".");
    }

    /** Every metric of a step, in the order in which they are shown. */
    public static List<Metric> all() {
        List<Metric> all = new ArrayList<>(List.of(
                STEP_TIME,
                UNCALIBRATED_STEP_TIME,
                THROUGHPUT,
                SEQUENCES_PER_SECOND,
                IMAGES_PER_SECOND,
                FLOPS_PER_GPU,
                HARDWARE_FLOPS_PER_GPU,
                MFU,
                HFU,
                MEMORY_PEAK,
                HOST_MEMORY,
                DRIVE_SPACE,
                BUBBLE,
                BUBBLE_RATIO,
                BUBBLE_RATIO_CLOSED_FORM,
                EXPOSED_COMMUNICATION,
                GRADIENT_REDUCTION,
                GRADIENT_REDUCTION_HIDDEN,
                GRADIENT_REDUCTION_EXPOSED,
                TIME_TO_TRAIN,
                COST_TRAIN,
                GPUS,
                BILLION_PARAMETERS,
                MICRO_BATCHES,
                MICRO_BATCH,
                NODE_GPUS,
                COST_STEP,
                COST_PER_BILLION_TOKENS));
        for (TimeState state : TimeState.values()) {
            all.add(timeShare(state));
        }
        for (TimeState state : TimeState.values()) {
            all.add(gpuSeconds(state));
        }
        for (MemoryComponent component : MemoryComponent.values()) {
            all.add(memory(component));
        }
        return List.copyOf(all);
    }
}
