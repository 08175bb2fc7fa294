package trainyard.scenario.verify.faults.fact;

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
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeRecord;
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

/**
 * A run whose groups mask failures by shards of the batch that several of them have, up to a global restart (SPARe, arXiv
 * 2603.00357): the life of a job with the policy {@code shards}, the restart as a wait in the queue, since none fails there.
 *
 * <p>Two things are so by notes on the paper, and not in the lives of scenarios. A global restart makes all groups new, so that
 * with a shape below 1 failures come in bursts behind it: each time between two restarts is a life of its own. And a group that is
 * lost does not take the step under way along: the others compute its shards as well, which takes as long as one shard, and
 * nothing where all groups compute all of theirs.
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
    private static final int RUNS = 2;

    /** A communicator that shrinks and shards that are ordered anew, each 0.1 s by notes on the paper. */
    private static final double MASK_SECONDS = 0.2;

    private static final double SECONDS_PER_DAY = 86_400;

    /** Parts of a step: a group that is lost takes no more of the step under way along than one of them. */
    private static final int PARTS = 64;

    /**
     * What came of it.
     *
     * @param timeRatio time to train over that without failures and redundancy
     * @param availability share of the time outside global restarts, which is when the system is operational
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
        double seconds = 0;
        int restarts = 0;
        int cycle = 0;
        for (int run = 0; run < RUNS; run++) {
            long done = 0;
            while (done < steps) {
                Cycle lived = cycle(done, new RandomStreams(seed, cycle++));
                seconds += lived.seconds();
                done = lived.steps();
                restarts += lived.restarts() ? 1 : 0;
            }
        }
        double alone = RUNS * steps * (shardSeconds + exchangeSeconds);
        return new Outcome(seconds / alone, 1 - restarts * restartSeconds / seconds);
    }

    /**
     * From a start with new groups to the next, or to the end.
     *
     * @param seconds time, the restart at its end included
     * @param steps steps that are kept
     * @param restarts whether a global restart ends it
     */
    private record Cycle(double seconds, long steps, boolean restarts) {}

    private Cycle cycle(long done, RandomStreams streams) {
        LifeRecord record = record(steps - done, streams);
        long reached = done;
        for (LifeRecord.Stretch stretch : record.stretches()) {
            if (stretch.state() == GpuState.WAIT_FOR_NODES) {
                long kept = done + (reached - done) / interval() * interval();
                return new Cycle(SimTime.seconds(stretch.startNanos()) + restartSeconds, kept, true);
            }
            reached = done + stretch.endSteps() / PARTS;
        }
        return new Cycle(SimTime.seconds(record.endNanos()), steps, false);
    }

    /** The life of a number of steps, long enough to see its end or a global restart. */
    private LifeRecord record(long left, RandomStreams streams) {
        for (double days = 1; ; days *= 2) {
            LifeRecord record = simulation(left, days * SECONDS_PER_DAY).record(streams);
            boolean restarts = record.stretches().stream().anyMatch(one -> one.state() == GpuState.WAIT_FOR_NODES);
            if (restarts || SimTime.seconds(record.endNanos()) < days * SECONDS_PER_DAY) {
                return record;
            }
        }
    }

    private LifeSimulation simulation(long left, double seconds) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", SimTime.nanos(saveSeconds), 0, Damage.SITE);
        double share = always ? 0 : shardSeconds / (shardSeconds + exchangeSeconds);
        Fixed none = new Fixed(0);
        LongJob job = new LongJob(
                new JobLayout(groups, 1, 1),
                1,
                left * PARTS,
                StepTimes.constant(SimTime.nanos(wholeStepSeconds() / PARTS)),
                new CheckpointPlan(interval() * PARTS, List.of(storage)),
                new RequeueWhenStopped(new ShardedWork(ShardOffsets.spread(groups, redundancy), share)),
                new RecoveryTimes(
                        none,
                        none,
                        none,
                        new Fixed(restartSeconds),
                        none,
                        new Fixed(MASK_SECONDS + (always ? 0 : shardSeconds)),
                        none));
        double mean = mtbfSeconds * groups;
        FaultCause failure = new FaultCause(
                "group",
                Scope.NODE,
                shape == 1 ? new Exponential(mean) : Weibull.withMean(mean, shape),
                Visibility.EXPLICIT,
                Damage.RESTART,
                none,
                OF_THE_ROW);
        return new LifeSimulation(job, new ClusterShape(groups, 1, 1), List.of(failure), 1, SimTime.nanos(seconds));
    }
}
