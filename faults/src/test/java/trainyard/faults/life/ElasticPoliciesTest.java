package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.faults.life.HandComputedJob.GPUS;
import static trainyard.faults.life.HandComputedJob.MADE_UP;
import static trainyard.faults.life.HandComputedJob.SECOND;
import static trainyard.faults.life.HandComputedJob.fixed;
import static trainyard.faults.life.HandComputedJob.job;
import static trainyard.faults.life.HandComputedJob.one;
import static trainyard.faults.life.HandComputedJob.seconds;
import static trainyard.faults.life.HandComputedJob.simulation;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Policies that go on with fewer nodes in other pipelines, on the job of {@link HandComputedJob}. */
class ElasticPoliciesTest {

    /** Three replicas share 8 samples as 3, 3 and 2: steps of 15 s from 1,155 s on, of which 30 GPU-seconds are waits. */
    @Test
    void anElasticJobAccumulates() {
        LifeOutcome life = one(new ElasticShrink(1, true, OnLoss.ACCUMULATE), 0, 1170);
        assertThat(life.steps()).isEqualTo(91);
        assertThat(life.samples()).isEqualTo(91 * 8);
        assertThat(seconds(life, GpuState.SLOW)).isEqualTo(6 * 15 - 8 * 10);
        assertThat(seconds(life, GpuState.IDLE)).isEqualTo(1170 - 1135);
    }

    /** Three of four replicas do steps of 10 s with 6 samples. */
    @Test
    void anElasticJobShrinksItsBatch() {
        LifeOutcome life = one(new ElasticShrink(1, true, OnLoss.SHRINK_BATCH), 0, 1185);
        assertThat(life.steps()).isEqualTo(93);
        assertThat(life.samples()).isEqualTo(90 * 8 + 3 * 6);
        assertThat(seconds(life, GpuState.SLOW)).isZero();
    }

    /** One of 8 nodes is away at first: three replicas start, in steps of 15 s, and take the fourth in after 500 s. */
    @Test
    void anElasticJobStartsWithWhatIsThere() {
        OutageTrace trace = new OutageTrace(List.of(new Outage(3, 0, 500, "node")), GPUS, 1e6);
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(trace, OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        LifeSimulation simulation = new LifeSimulation(
                job(new ElasticShrink(1, true, OnLoss.ACCUMULATE)),
                new ClusterShape(GPUS, 1, 2),
                faults,
                9,
                (500 + 20 + 50 + 100) * SECOND);
        LifeOutcome life = simulation.run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(20 + 10);
        // The node without a replica is nobody's until then.
        assertThat(seconds(life, GpuState.IDLE)).isEqualTo(500);
        assertThat(new LifeSimulation(job(new ReplaceLost()), new ClusterShape(GPUS, 1, 2), faults, 9, 669 * SECOND)
                        .run(new RandomStreams(1, 0))
                        .steps())
                .isZero();
    }

    /**
     * 16 replicas of one node, each of which is lost every 1.6 h and back within a quarter of an hour: of the 16 some 14 work,
     * and a job that waits for all of them hardly moves. The elastic one ends; with a least number that is never reached it
     * still costs no more events than there are faults.
     */
    @Test
    void anElasticJobOutlivesNodesThatComeAndGo() {
        LifeOutcome life = spot(new ElasticShrink(1, true, OnLoss.ACCUMULATE), 3600);
        assertThat(life.done()).isTrue();
        assertThat(life.seconds()).isLessThan(8 * 3600);
        LifeOutcome stuck = spot(new ElasticShrink(16, false, OnLoss.ACCUMULATE), 1_000_000);
        assertThat(stuck.done()).isFalse();
        assertThat(stuck.incidents()).isLessThanOrEqualTo(stuck.faults());
        assertThat(stuck.seconds()).isEqualTo(60 * 86_400.0);
    }

    private static LifeOutcome spot(RecoveryPolicy policy, long steps) {
        FaultCause removal = new FaultCause(
                "removal",
                Scope.NODE,
                new Exponential(1.637 * 3600),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Exponential(0.257 * 3600),
                MADE_UP);
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 5 * SECOND, 10 * SECOND, Damage.NODE);
        LongJob job = new LongJob(
                new JobLayout(16, 1, 1),
                256,
                steps,
                nodes -> 16 * SECOND / nodes,
                new CheckpointPlan(60, List.of(storage)),
                policy,
                new RecoveryTimes(fixed(10), fixed(600), fixed(0), fixed(600), fixed(60), fixed(60), fixed(0)));
        return new LifeSimulation(job, new ClusterShape(16, 1, 1), List.of(removal), 16, 60 * 86_400 * SECOND)
                .run(new RandomStreams(4, 0));
    }

    /** Seven nodes take 8/7 of the time: a step each 11.43 s from 1,205 s on, when they have each other's layers. */
    @Test
    void templatesUseEveryNode() {
        LifeOutcome life = one(new PipelineTemplates(2, 1), 0, 1205 + 80.001);
        assertThat(life.steps()).isEqualTo(97);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        // The node is back at 2,105 s, the 79th step ends at 2,107.9 s; 70 s later all eight go on.
        LifeOutcome later = one(new PipelineTemplates(2, 1), 0, 2107.9 + 70 + 100);
        assertThat(later.steps()).isEqualTo(90 + 79 + 10);
    }

    /** Two nodes at once are more than one tolerated, whichever slots they had: back to step 80 in steps of 10 s on 8 nodes. */
    @Test
    void templatesThatLoseTooManyGoBackToASnapshot() {
        OutageTrace trace = new OutageTrace(
                List.of(new Outage(3, 1105, 2105, "node"), new Outage(6, 1105, 2105, "node")), GPUS, 1e6);
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(trace, OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        for (int replication = 0; replication < 30; replication++) {
            LifeOutcome life = new LifeSimulation(
                            job(new PipelineTemplates(2, 1)), new ClusterShape(GPUS, 1, 2), faults, 9, 1256 * SECOND)
                    .run(new RandomStreams(1, replication));
            assertThat(life.steps()).as("replication %d", replication).isEqualTo(80);
        }
    }

    /** The second fault strikes all nodes while the job waits after the first: nothing is left to copy. */
    @Test
    void aFaultDuringTheStallDestroysStateToo() {
        FaultCause crash = cause(Scope.CLUSTER, 1120, Damage.PROCESS);
        OutageTrace trace = new OutageTrace(List.of(new Outage(3, 1105, 2105, "node")), GPUS, 1e6);
        FaultModel faults = FaultModel.of(List.of(crash))
                .with(new FaultReplay(trace, OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        LifeOutcome life = new LifeSimulation(
                        job(new ElasticShrink(1, true, OnLoss.ACCUMULATE)),
                        new ClusterShape(GPUS, 1, 2),
                        faults,
                        1,
                        1900 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 105);
    }

    /** A crash of all processes leaves no copy anywhere, although every node works. */
    @Test
    void stateOfProcessesIsLostWithThem() {
        FaultCause crash = cause(Scope.CLUSTER, 1105, Damage.PROCESS);
        for (RecoveryPolicy policy :
                List.of(new ElasticShrink(1, true, OnLoss.ACCUMULATE), new Reroute(2, true), new ReplicaQuorum(1))) {
            LifeOutcome life = new LifeSimulation(
                            job(policy), new ClusterShape(GPUS, 1, 2), List.of(crash), 1, 2000 * SECOND)
                    .run(new RandomStreams(1, 0));
            assertThat(seconds(life, GpuState.LOST_WORK)).as(policy.name()).isEqualTo(8 * 105);
        }
    }

    private static FaultCause cause(Scope scope, double seconds, Damage damage) {
        return new FaultCause("crash", scope, new Fixed(seconds), Visibility.EXPLICIT, damage, new Fixed(0), MADE_UP);
    }

    /**
     * From 1,135 s on three replicas work; the whole node of the fourth waits for the broken one. Of the silent errors at 1,500 s,
     * one of each node, those of the six nodes at work make the state wrong.
     */
    @Test
    void aSilentErrorOfANodeThatTakesNoPartChangesNothing() {
        FaultCause silent =
                new FaultCause("silent", Scope.NODE, fixed(1500), Visibility.SILENT, Damage.PROCESS, fixed(0), MADE_UP);
        LifeSimulation broken = simulation(new ReplicaQuorum(1), 0, 1600);
        LifeSimulation both = new LifeSimulation(
                broken.job(),
                broken.cluster(),
                FaultModel.of(List.of(silent)).with(broken.faults().replay().orElseThrow()),
                broken.repairCrews(),
                broken.horizonNanos());
        assertThat(both.run(new RandomStreams(1, 0)).snapshots().silent().struck())
                .isEqualTo(6);
    }
}
