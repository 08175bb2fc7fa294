package trainyard.scheduler.catalog;

import java.util.Objects;
import trainyard.scheduler.policy.backfill.BackfillBounds;

/**
 * What the policies of the catalogue are made with. Each takes what concerns it; {@link #DEFAULTS} serve for the rest.
 *
 * @param backfill bounds of the plans of {@code slurm-backfill}
 * @param depth jobs that {@code easy} looks at behind the head, and jobs that hold a reservation in {@code conservative}; at
 *     least 1
 * @param quantumGpuSeconds service after which {@code las} (seconds) and {@code gittins} (GPU-seconds) look again, above 0
 * @param queueEnds attained GPU-seconds at which a job leaves each queue of {@code 2d-las} but the last, ascending
 * @param promoteAfter run times that a job of {@code 2d-las} waits until it goes back to the first queue; 0 for never
 * @param serviceSamples service of jobs in GPU-seconds of which {@code gittins} knows; empty to learn it from those that end
 */
public record PolicyOptions(
        BackfillBounds backfill,
        int depth,
        double quantumGpuSeconds,
        double[] queueEnds,
        double promoteAfter,
        double[] serviceSamples) {

    /**
     * What each policy is made with where nothing is said: ends of queues, quantum and no promotion as the simulator of Tiresias
     * (commit 959f9b0); a depth of 100 is assumed.
     */
    public static final PolicyOptions DEFAULTS =
            new PolicyOptions(BackfillBounds.SLURM, 100, 3250, new double[] {3250, 7200}, 0, new double[0]);

    public PolicyOptions {
        Objects.requireNonNull(backfill, "backfill");
        queueEnds = queueEnds.clone();
        serviceSamples = serviceSamples.clone();
    }
}
