package trainyard.scenario.verify.faults.fact;

import java.util.List;
import trainyard.faults.analytic.StallConvention;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Requeue;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/**
 * A job of replicas that stands still after each failure of one: all restart, or those that are left form a quorum and go on
 * while the lost one comes back. Gives the share of effective time as FT-HSDP counts it (arXiv 2602.00277), of the samples that
 * a whole job would have trained on.
 *
 * @param replicas that fail alike
 * @param quorum whether the others go on without the replica
 * @param mtbfSeconds mean time between failures of all of them
 * @param stallSeconds standstill after a failure
 * @param absenceSeconds from the failure until the replica is back; no matter without a quorum
 */
record StalledRun(int replicas, boolean quorum, double mtbfSeconds, double stallSeconds, double absenceSeconds) {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");

    /** So short that the step under way costs next to nothing. */
    private static final long STEP_NANOS = SimTime.nanos(1);

    private static final double FAILURES = 20_000;

    double effectiveShare(long seed) {
        LifeOutcome life = life(new RandomStreams(seed, 0));
        double stall = life.snapshots().outages().downSeconds()
                / life.snapshots().outages().count();
        double samples = (double) life.samples() / (life.steps() * replicas);
        return samples * StallConvention.stallWithin(mtbfSeconds, stall);
    }

    private LifeOutcome life(RandomStreams streams) {
        Fixed none = new Fixed(0);
        Fixed stall = new Fixed(stallSeconds);
        RecoveryPolicy policy = quorum ? new ReplicaQuorum(1) : new Requeue();
        RecoveryTimes times = quorum
                ? new RecoveryTimes(none, none, stall, none, new Fixed(absenceSeconds - stallSeconds), none, none)
                : new RecoveryTimes(none, none, none, stall, none, none, none);
        LongJob job = new LongJob(
                new JobLayout(replicas, 1, 1),
                replicas,
                Long.MAX_VALUE,
                StepTimes.constant(STEP_NANOS),
                new CheckpointPlan(1, List.of(CheckpointLevel.blocking("each step", 0, 0, Damage.SITE))),
                policy,
                times);
        FaultCause failure = new FaultCause(
                "replica",
                Scope.NODE,
                new Exponential(mtbfSeconds * replicas),
                Visibility.EXPLICIT,
                Damage.RESTART,
                none,
                OF_THE_ROW);
        long horizon = SimTime.nanos(FAILURES * mtbfSeconds);
        return new LifeSimulation(job, new ClusterShape(replicas, 1, 1), List.of(failure), 1, horizon).run(streams);
    }
}
