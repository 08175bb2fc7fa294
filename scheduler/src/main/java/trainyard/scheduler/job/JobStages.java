package trainyard.scheduler.job;

import java.util.List;

/**
 * How long each stage of one iteration of a job takes, each on a resource of its own (Zhao et al., Muri, SIGCOMM 2022, section 3). In one
 * iteration the stages follow each other in this order.
 *
 * @param storageSeconds reading of data, 0 or more
 * @param cpuSeconds their preparation, 0 or more
 * @param gpuSeconds forward and backward pass, 0 or more
 * @param networkSeconds exchange of gradients, 0 or more
 */
public record JobStages(double storageSeconds, double cpuSeconds, double gpuSeconds, double networkSeconds) {

    /** Resources that jobs can take turns at. */
    public static final int RESOURCES = 4;

    /** Nothing is said of stages. */
    public static final JobStages NONE = new JobStages(0, 0, 0, 0);

    public JobStages {
        for (double seconds : List.of(storageSeconds, cpuSeconds, gpuSeconds, networkSeconds)) {
            if (!(seconds >= 0) || !Double.isFinite(seconds)) {
                throw new IllegalArgumentException("a stage takes 0 s or more, got " + seconds + " s");
            }
        }
    }

    /** Whether stages are stated. */
    public boolean isStated() {
        return iterationSeconds() > 0;
    }

    /** One iteration alone: all stages, one after the other. */
    public double iterationSeconds() {
        return storageSeconds + cpuSeconds + gpuSeconds + networkSeconds;
    }

    /** A stage by its place, 0 for the first. */
    public double seconds(int stage) {
        return switch (stage) {
            case 0 -> storageSeconds;
            case 1 -> cpuSeconds;
            case 2 -> gpuSeconds;
            case 3 -> networkSeconds;
            default -> throw new IllegalArgumentException("an iteration has no stage " + stage);
        };
    }
}
