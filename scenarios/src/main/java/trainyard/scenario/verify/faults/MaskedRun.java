package trainyard.scenario.verify.faults;

import java.util.List;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.analytic.ShardRedundancy;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.life.GpuState;
import trainyard.faults.life.LifeRecord;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;
import trainyard.sim.stats.Tally;

/**
 * A run whose groups mask failures by shards of the batch that several of them have, up to a global restart (SPARe, arXiv
 * 2603.00357): the life of a job with the policy {@code shards}, the restart as a wait in the queue, since none fails there.
 *
 * @param groups data-parallel groups N, each a component that fails by itself
 * @param redundancy shards r that each group has
 * @param always whether a group computes all of its shards in each step, as with plain replication
 * @param mtbfSeconds mean time between failures of all groups together
 * @param shape of their Weibull law
 * @param saveSeconds of a checkpoint
 * @param restartSeconds of a global restart
 * @param shardSeconds computation of one shard
 * @param exchangeSeconds of gradients, in each step
 * @param steps of the run
 * @param intervalSteps steps from one checkpoint to the next; 0: the availability optimum of Saxena et al. 2024
 */
record MaskedRun(
        int groups,
        int redundancy,
        boolean always,
        double mtbfSeconds,
        double shape,
        double saveSeconds,
        double restartSeconds,
        double shardSeconds,
        double exchangeSeconds,
        long steps,
        int intervalSteps) {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");

    /** A life meets thousands of failures, so a few lives give the mean. */
    private static final int LIVES = 2;

    /** A communicator that shrinks and shards that are ordered anew, each 0.1 s by notes on the paper. */
    private static final double MASK_SECONDS = 0.2;

    private static final double LONGEST_YEARS = 20;
    private static final double SECONDS_PER_YEAR = 365.0 * 86_400;

    /**
     * What came of it.
     *
     * @param timeRatio time to train over that without failures and redundancy
     * @param availability share of the time in steps that were kept
     */
    record Outcome(double timeRatio, double availability) {}

    private double wholeStepSeconds() {
        return (always ? redundancy : 1) * shardSeconds + exchangeSeconds;
    }

    /** Checkpoints where the expected loss of saves, restarts and steps done again is least, in whole steps. */
    long interval() {
        if (intervalSteps > 0) {
            return intervalSteps;
        }
        double masked = ShardRedundancy.meanMaskedFailures(groups, redundancy);
        double period = CheckpointInterval.saxenaPeriodSeconds(saveSeconds, masked * mtbfSeconds, restartSeconds);
        double shards = 0;
        for (int lost = 0; lost < (int) masked; lost++) {
            shards += always ? redundancy : ShardRedundancy.stacks(groups, lost);
        }
        double step = shards / (int) masked * shardSeconds + exchangeSeconds;
        return Math.max(1, (long) ((period - saveSeconds) / step));
    }

    Outcome mean(long seed) {
        Tally ratio = new Tally();
        Tally availability = new Tally();
        LifeSimulation simulation = simulation();
        for (int life = 0; life < LIVES; life++) {
            LifeRecord record = simulation.record(new RandomStreams(seed, life));
            double seconds = SimTime.seconds(record.endNanos());
            ratio.add(seconds / (steps * (shardSeconds + exchangeSeconds)));
            availability.add(kept(record) / seconds);
        }
        return new Outcome(ratio.mean(), availability.mean());
    }

    /** Time in which the run advanced, less its saves. */
    private double kept(LifeRecord record) {
        long nanos = record.stretches().stream()
                .filter(stretch -> stretch.state() == GpuState.USEFUL && !stretch.again())
                .mapToLong(LifeRecord.Stretch::nanos)
                .sum();
        return SimTime.seconds(nanos) - saveSeconds * Math.floorDiv(steps, interval());
    }

    private LifeSimulation simulation() {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", SimTime.nanos(saveSeconds), 0, Damage.SITE);
        double share = always ? 0 : shardSeconds / (shardSeconds + exchangeSeconds);
        Fixed none = new Fixed(0);
        LongJob job = new LongJob(
                new JobLayout(groups, 1, 1),
                1,
                steps,
                StepTimes.constant(SimTime.nanos(wholeStepSeconds())),
                new CheckpointPlan(interval(), List.of(storage)),
                new RequeueWhenStopped(new ShardedWork(ShardOffsets.spread(groups, redundancy), share)),
                new RecoveryTimes(none, none, none, new Fixed(restartSeconds), none, new Fixed(MASK_SECONDS), none));
        double mean = mtbfSeconds * groups;
        FaultCause failure = new FaultCause(
                "group",
                Scope.NODE,
                shape == 1 ? new Exponential(mean) : Weibull.withMean(mean, shape),
                Visibility.EXPLICIT,
                Damage.RESTART,
                none,
                OF_THE_ROW);
        long horizon = SimTime.nanos(LONGEST_YEARS * SECONDS_PER_YEAR);
        return new LifeSimulation(job, new ClusterShape(groups, 1, 1), List.of(failure), 1, horizon);
    }
}
