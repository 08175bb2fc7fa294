package trainyard.scheduler.policy.sia;

import java.util.List;
import java.util.Objects;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.sim.engine.SimTime;

/**
 * What {@link SiaRounds} are played with.
 *
 * @param roundNanos between two allocations, at least 1
 * @param power p of goodputs, from -100 to 1 and not 0; the less, the fairer
 * @param unallocated lambda, what a job without GPUs costs; above 1, which is what the least goodput of a job costs
 * @param restartNanos delay of a restart that the policy reckons with, 0 or more
 * @param explores whether a job has at most twice the GPUs that it had at most so far, and the fewest at first
 * @param pools of the cluster; empty for one of all nodes
 * @param speeds of jobs in the pools
 * @param profiles how jobs train; the others have the GPUs that they want or none
 */
public record SiaRules(
        long roundNanos,
        double power,
        double unallocated,
        long restartNanos,
        boolean explores,
        List<GpuPool> pools,
        PoolSpeeds speeds,
        TrainingProfiles profiles) {

    /**
     * As in the simulator of Sia (siasosp23/artifacts, commit aaf7a0d): rounds of 60 s, p = -0.5, lambda = 1.1, and a restart penalty of 30 s for jobs without one of
     * their own.
     */
    public static final SiaRules SIA = new SiaRules(
            60 * SimTime.NANOS_PER_SECOND,
            -0.5,
            1.1,
            30 * SimTime.NANOS_PER_SECOND,
            true,
            List.of(),
            PoolSpeeds.EQUAL,
            TrainingProfiles.NONE);

    private static final double LEAST_POWER = -100;

    public SiaRules {
        pools = List.copyOf(pools);
        Objects.requireNonNull(speeds, "speeds");
        Objects.requireNonNull(profiles, "profiles");
        if (roundNanos < 1
                || restartNanos < 0
                || !(power >= LEAST_POWER && power <= 1 && power != 0)
                || !(unallocated > 1)) {
            throw new IllegalArgumentException("no rounds of " + roundNanos + " ns with restarts of " + restartNanos
                    + " ns, a power of " + power + " and " + unallocated + " for a job without GPUs");
        }
    }

    /** The same on some pools. */
    public SiaRules with(List<GpuPool> otherPools, PoolSpeeds otherSpeeds) {
        return new SiaRules(roundNanos, power, unallocated, restartNanos, explores, otherPools, otherSpeeds, profiles);
    }

    /** The same with other jobs. */
    public SiaRules with(TrainingProfiles other) {
        return new SiaRules(roundNanos, power, unallocated, restartNanos, explores, pools, speeds, other);
    }
}
