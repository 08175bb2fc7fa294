package trainyard.scenario.workload.lengths;

import java.util.List;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.units.Dimension;

/** The metrics of a job whose sequences vary in length. */
public final class LengthsMetrics {

    private static final double GIBIBYTE = 1024.0 * 1024 * 1024;

    public static final Metric LEARNED = new Metric(
            "throughput",
            Dimension.TOKEN_RATE,
            "tokens/s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Tokens learned from per second, restarts included; what sequences are filled up with is not counted.");
    public static final Metric LOST = Metrics.change(
            "throughput.lost", Better.LOWER, "What crashes, or halved micro-batches, take of the throughput.");
    public static final Metric CRASHES = new Metric(
            "crashes-per-day",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Steps per day in which a micro-batch did not fit and the job ended.");
    public static final Metric AVOIDED = new Metric(
            "crashes-avoided-per-day",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Steps per day in which a micro-batch did not fit and was halved.");
    public static final Metric OUT_OF_MEMORY = Metrics.share(
            "out-of-memory", Better.LOWER, "Share of steps in which a micro-batch does not fit at the first try.");
    public static final Metric HALVED = Metrics.ratio("halved", Better.NEITHER, "Halvings per micro-batch.");
    public static final Metric BATCH = new Metric(
            "sequences-per-step",
            Dimension.NUMBER,
            "sequences",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Sequences that a finished step learns from.");
    public static final Metric PADDING =
            Metrics.share("padding", Better.LOWER, "Share of the computed tokens that only fill sequences up.");
    public static final Metric MEMORY = memory(
            "memory.micro-batch",
            "Peak memory that the largest micro-batch of a step asks for at the first try; the mean.");
    public static final Metric LARGEST = memory("memory.largest", "The same of the step that asks for most.");
    public static final Metric LIMIT = memory("memory.limit", "What a GPU has, head-room taken off.");

    private LengthsMetrics() {}

    private static Metric memory(String name, String doc) {
        return new Metric(name, Dimension.DATA, "GiB", GIBIBYTE, Bounds.NOT_NEGATIVE, Better.NEITHER, doc);
    }

    /** Every metric of varying lengths, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(
                LEARNED,
                StepMetrics.STEP_TIME,
                LOST,
                CRASHES,
                AVOIDED,
                OUT_OF_MEMORY,
                HALVED,
                BATCH,
                PADDING,
                MEMORY,
                LARGEST,
                LIMIT,
                StepMetrics.GPUS);
    }
}
