package trainyard.scenario.workload.input;

import java.util.List;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.units.Dimension;

/** The metrics of a job that is fed with data. */
public final class InputMetrics {

    private static final double PERCENT = 0.01;
    private static final double GIGA = 1e9;
    private static final double MINUTE = 60;

    public static final Metric STALL = new Metric(
            "input-stall",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.LOWER,
            "Share of the time in which GPUs wait for data.");
    public static final Metric FED_STEP =
            duration("step-time.fed", Better.LOWER, "Duration of a step that waits for no data.");
    public static final Metric SERIAL_STEP = duration(
            "step-time.serial",
            Better.NEITHER,
            "Closed form: a step whose training process loads each micro-batch itself.");
    public static final Metric OVERLAPPED_STEP = duration(
            "step-time.overlapped",
            Better.NEITHER,
            "Closed form: a step behind a buffer without bound, the longer of loading and training; a storage that pauses or"
                    + " varies is slower.");
    public static final Metric NEEDED_RATE =
            rate("storage-rate.needed", Better.LOWER, "What the storage has to give for steps that wait for no data.");
    public static final Metric DATA_RATE = rate("storage-rate.data", Better.NEITHER, "Rate at which data is read.");
    public static final Metric CHECKPOINT_RATE =
            rate("storage-rate.checkpoint", Better.NEITHER, "Rate at which checkpoints are written.");
    public static final Metric FEEDS = new Metric(
            "storage-feeds",
            Dimension.NUMBER,
            "GPUs",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "GPUs that the rate of the storage feeds without a wait.");
    public static final Metric NEEDED_CORES = new Metric(
            "cores.needed",
            Dimension.NUMBER,
            "cores",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Cores per GPU that steps need which wait for no data: decode time x samples per second and GPU.");
    public static final Metric HITS = new Metric(
            "hit-ratio",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.HIGHER,
            "Share of samples that the cache has.");
    public static final Metric EPOCH_TIME = new Metric(
            "epoch-time",
            Dimension.DURATION,
            "min",
            MINUTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time to read the whole data set once; needs `input.data.size`.");
    public static final Metric READY = new Metric(
            "ready-batches",
            Dimension.NUMBER,
            "micro-batches",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Micro-batches of a rank that lie ready at the end of a step.");
    public static final Metric CHECKPOINT_TIME = duration(
            "checkpoint-time",
            Better.LOWER,
            "Time that a checkpoint takes to be written; of those that end meanwhile.");
    public static final Metric INFLATION = new Metric(
            "step-inflation",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.NONE,
            Better.LOWER,
            "What checkpoints on the same storage add to the step.");

    private InputMetrics() {}

    private static Metric duration(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "s", 1, Bounds.NOT_NEGATIVE, better, doc);
    }

    private static Metric rate(String name, Better better, String doc) {
        return new Metric(name, Dimension.DATA_RATE, "GB/s", GIGA, Bounds.NOT_NEGATIVE, better, doc);
    }

    /** Every metric of a fed job, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(
                STALL,
                StepMetrics.STEP_TIME,
                FED_STEP,
                StepMetrics.THROUGHPUT,
                StepMetrics.SEQUENCES_PER_SECOND,
                StepMetrics.IMAGES_PER_SECOND,
                NEEDED_RATE,
                DATA_RATE,
                CHECKPOINT_RATE,
                FEEDS,
                NEEDED_CORES,
                HITS,
                EPOCH_TIME,
                READY,
                CHECKPOINT_TIME,
                INFLATION,
                SERIAL_STEP,
                OVERLAPPED_STEP,
                StepMetrics.GPUS);
    }
}
