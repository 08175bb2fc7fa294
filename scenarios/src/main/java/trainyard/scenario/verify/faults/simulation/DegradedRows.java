package trainyard.scenario.verify.faults.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;

/**
 * Simulates the families {@code reroute} and {@code shrink}: what a job does that goes on without some of its replicas, from its
 * life behind their loss. Chance has no part in it.
 */
final class DegradedRows implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");
    private static final long STEP_NANOS = SimTime.nanos(1000);
    private static final long LOST_NANOS = SimTime.nanos(1);
    private static final long FROM_STEPS = 100;
    private static final long TO_STEPS = 10_100;
    private static final double SPAN_SECONDS = 1e9;

    private final Replications replications;

    DegradedRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        RowNumbers row = new RowNumbers(parameters);
        return switch (family + " " + name) {
            case "reroute rel_throughput_work_bound" -> reroute(row);
            case "shrink rel_throughput_scaled_batch" -> shrink(row);
            default -> Optional.empty();
        };
    }

    /** The failed stage by itself, which has no bubbles then: useful work over that of all of its replicas. */
    private Optional<SimulatedMean> reroute(RowNumbers row) {
        int replicas = row.whole("DP");
        Reroute policy = new Reroute(row.whole("microbatches"), false);
        int lost = row.whole("failed_in_worst_stage");
        double before = useful(life(replicas, lost, policy, FROM_STEPS));
        double after = useful(life(replicas, lost, policy, TO_STEPS));
        return replications.certain((after - before) / (watchedSeconds() * replicas));
    }

    private static double useful(LifeOutcome life) {
        return life.ledger().gpuSeconds(GpuState.USEFUL);
    }

    /** A batch of one sample for each replica, of which those of the lost ones are missing. */
    private Optional<SimulatedMean> shrink(RowNumbers row) {
        int replicas = row.whole("DP");
        ElasticShrink policy = new ElasticShrink(1, true, OnLoss.SHRINK_BATCH);
        int lost = row.whole("lost");
        long before = life(replicas, lost, policy, FROM_STEPS).samples();
        long after = life(replicas, lost, policy, TO_STEPS).samples();
        return replications.certain((double) (after - before) / ((TO_STEPS - FROM_STEPS) * replicas));
    }

    private static double watchedSeconds() {
        return SimTime.seconds((TO_STEPS - FROM_STEPS) * STEP_NANOS);
    }

    /** A job of replicas of one node, of which some are lost for good after a second. */
    private LifeOutcome life(int replicas, int lost, RecoveryPolicy policy, long steps) {
        LongJob job = new LongJob(
                new JobLayout(replicas, 1, 1),
                replicas,
                Long.MAX_VALUE,
                StepTimes.constant(STEP_NANOS),
                CheckpointPlan.none(),
                policy,
                RecoveryTimes.fixed(0, 0));
        List<Outage> outages = new ArrayList<>();
        for (int node = 0; node < lost; node++) {
            outages.add(new Outage(node, SimTime.seconds(LOST_NANOS), SPAN_SECONDS, "lost"));
        }
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(
                        new OutageTrace(outages, replicas, SPAN_SECONDS),
                        OptionalDouble.of(0),
                        Visibility.EXPLICIT,
                        OF_THE_ROW));
        return new LifeSimulation(
                        job, new ClusterShape(replicas, 1, 1), faults, replicas, LOST_NANOS + steps * STEP_NANOS)
                .run(replications.one());
    }
}
