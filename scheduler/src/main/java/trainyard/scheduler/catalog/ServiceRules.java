package trainyard.scheduler.catalog;

import java.util.List;

/**
 * What policies by attained service are made with.
 *
 * @param quantumSeconds run time after which a job of {@code las} steps back, above 0
 * @param quantumGpuSeconds service over which {@code gittins} looks ahead, above 0
 * @param queueEnds attained GPU-seconds at which a job leaves each queue of {@code 2d-las} but the last, ascending
 * @param promoteAfter run times that a job of {@code 2d-las} waits until it goes back to the first queue; 0 for never
 * @param samplesGpuSeconds service of jobs of which {@code gittins} knows; empty to learn it from those that end
 */
public record ServiceRules(
        double quantumSeconds,
        double quantumGpuSeconds,
        List<Double> queueEnds,
        double promoteAfter,
        List<Double> samplesGpuSeconds) {

    /**
     * Ends of queues and the quantum of the index as in the simulator of Tiresias (commit 959f9b0), no promotion, nothing known; the quantum of
     * {@code las} is assumed to be the end of its first queue.
     */
    public static final ServiceRules TIRESIAS = new ServiceRules(3250, 3250, List.of(3250.0, 7200.0), 0, List.of());

    public ServiceRules {
        queueEnds = List.copyOf(queueEnds);
        samplesGpuSeconds = List.copyOf(samplesGpuSeconds);
        if (!(quantumSeconds > 0) || !(quantumGpuSeconds > 0)) {
            throw new IllegalArgumentException(
                    "quanta are above 0, got " + quantumSeconds + " s and " + quantumGpuSeconds + " GPU-s");
        }
    }

    double[] ends() {
        return queueEnds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] samples() {
        return samplesGpuSeconds.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
