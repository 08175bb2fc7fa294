package trainyard.faults.life;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/**
 * A job whose life is computed by hand: four replicas of two nodes with one GPU each, one stage on each node, steps of 10 s with 8
 * samples. At 1,105 s one node fails and is back after 1,000 s. Detection takes 30 s, the start 200 s, a reconfiguration 20 s, a
 * copy of the state 50 s. Snapshots take no time and come every 40 steps; loading one takes 100 s. The job starts at 0 s with 200 s
 * of initialisation: at 1,105 s it has 90 steps and 5 s of the next, and the newest snapshot has 80.
 */
final class HandComputedJob {

    private HandComputedJob() {}

    static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    static final long SECOND = 1_000_000_000L;
    static final JobLayout LAYOUT = new JobLayout(4, 2, 2);
    static final int GPUS = 8;

    static Fixed fixed(double seconds) {
        return new Fixed(seconds);
    }

    static final RecoveryTimes TIMES =
            new RecoveryTimes(fixed(30), fixed(600), fixed(0), fixed(300), fixed(200), fixed(20), fixed(50));

    static LongJob job(RecoveryPolicy policy) {
        return job(LAYOUT, policy);
    }

    static LongJob job(JobLayout layout, RecoveryPolicy policy) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 0, 100 * SECOND, Damage.NODE);
        return new LongJob(
                layout,
                8,
                Long.MAX_VALUE,
                nodes -> (8 + nodes / 2 - 1) / (nodes / 2) * 5 * SECOND,
                new CheckpointPlan(40, List.of(storage)),
                policy,
                TIMES);
    }

    /** One node of a cluster with some spares fails at 1,105 s; the observation ends at a time. */
    static LifeOutcome one(RecoveryPolicy policy, int spares, double endSeconds) {
        return simulation(policy, spares, endSeconds).run(new RandomStreams(1, 0));
    }

    static LifeSimulation simulation(RecoveryPolicy policy, int spares, double endSeconds) {
        return simulation(LAYOUT, policy, spares, endSeconds);
    }

    /** The same with a node that fails at another time and is back 1,000 s later. */
    static LifeSimulation simulation(RecoveryPolicy policy, int spares, double failSeconds, double endSeconds) {
        return simulation(LAYOUT, policy, spares, failSeconds, endSeconds);
    }

    static LifeSimulation simulation(JobLayout layout, RecoveryPolicy policy, int spares, double endSeconds) {
        return simulation(layout, policy, spares, 1105, endSeconds);
    }

    private static LifeSimulation simulation(
            JobLayout layout, RecoveryPolicy policy, int spares, double failSeconds, double endSeconds) {
        Outage outage = new Outage(3, failSeconds, failSeconds + 1000, "node");
        OutageTrace trace = new OutageTrace(List.of(outage), GPUS + spares, 1e6);
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(trace, OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        return new LifeSimulation(
                job(layout, policy), new ClusterShape(GPUS + spares, 1, 2), faults, 9, Math.round(endSeconds * SECOND));
    }

    static double seconds(LifeOutcome life, GpuState state) {
        return life.ledger().gpuSeconds(state);
    }
}
