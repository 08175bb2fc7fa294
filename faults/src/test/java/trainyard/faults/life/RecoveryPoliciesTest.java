package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
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
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.ProactiveDrain;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.RedundantStages;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Requeue;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.Warnings;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

/**
 * One case by hand for each policy, and one in which it wins. By hand: four replicas of two nodes with one GPU each, one
 * stage on each node, steps of 10 s with 8 samples. At 1,105 s one node fails and is back after 1,000 s. Detection takes 30 s,
 * the start 200 s, a reconfiguration 20 s, a copy of the state 50 s. Snapshots take no time and come every 40 steps; loading
 * one takes 100 s. The job starts at 0 s with 200 s of initialisation: at 1,105 s it has 90 steps and 5 s of the next, and the
 * newest snapshot has 80.
 */
class RecoveryPoliciesTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final JobLayout LAYOUT = new JobLayout(4, 2, 2);
    private static final int GPUS = 8;

    private static Fixed fixed(double seconds) {
        return new Fixed(seconds);
    }

    private static final RecoveryTimes TIMES =
            new RecoveryTimes(fixed(30), fixed(600), fixed(0), fixed(300), fixed(200), fixed(20), fixed(50));

    private static LongJob job(RecoveryPolicy policy) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 0, 100 * SECOND, Damage.NODE);
        return new LongJob(
                LAYOUT,
                8,
                Long.MAX_VALUE,
                nodes -> (8 + nodes / 2 - 1) / (nodes / 2) * 5 * SECOND,
                new CheckpointPlan(40, List.of(storage)),
                policy,
                TIMES);
    }

    /** One node of a cluster with some spares fails at 1,105 s; the observation ends at a time. */
    private static LifeOutcome one(RecoveryPolicy policy, int spares, double endSeconds) {
        return simulation(policy, spares, endSeconds).run(new RandomStreams(1, 0));
    }

    private static LifeSimulation simulation(RecoveryPolicy policy, int spares, double endSeconds) {
        OutageTrace trace = new OutageTrace(List.of(new Outage(3, 1105, 2105, "node")), GPUS + spares, 1e6);
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(trace, OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        return new LifeSimulation(
                job(policy), new ClusterShape(GPUS + spares, 1, 2), faults, 9, Math.round(endSeconds * SECOND));
    }

    private static double seconds(LifeOutcome life, GpuState state) {
        return life.ledger().gpuSeconds(state);
    }

    /** Waits for the repair, starts anew, loads step 80: back at 2,105 + 200 + 100 s. */
    @Test
    void replaceWaitsForTheRepair() {
        LifeOutcome life = one(new ReplaceLost(), 0, 2415);
        assertThat(life.steps()).isEqualTo(81);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 105);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isEqualTo(7 * (2105 - 1135));
        assertThat(seconds(life, GpuState.LOAD)).isEqualTo(8 * 100);
    }

    /** The same after 300 s in the queue, which are over before the repair; its whole nodes wait, though it holds none. */
    @Test
    void nodesOfARequeuedJobWait() {
        LifeOutcome life = one(new Requeue(), 0, 2415);
        assertThat(life.steps()).isEqualTo(81);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isEqualTo(7 * (2105 - 1135));
        assertThat(seconds(life, GpuState.IDLE)).isZero();
    }

    /** Where a node is missing until 2,105 s, both policies do the same steps, but a requeued job leaves its nodes to others. */
    @Test
    void requeueLeavesItsNodesToOthers() {
        assertThat(one(new Requeue(), 0, 2415).steps())
                .isEqualTo(one(new ReplaceLost(), 0, 2415).steps());
        assertThat(nodesHeldAt(new Requeue(), 2000)).isZero();
        assertThat(nodesHeldAt(new ReplaceLost(), 2000)).isEqualTo(7);
    }

    private static int nodesHeldAt(RecoveryPolicy policy, double seconds) {
        List<LifeRecord.NodeCount> counts =
                simulation(policy, 0, seconds).record(new RandomStreams(1, 0)).nodes();
        return counts.get(counts.size() - 1).nodes();
    }

    /** One warm standby: 30 s detection, 20 s reconfiguration, 100 s for the snapshot of step 80, at work at 1,255 s. */
    @Test
    void aWarmStandbySkipsTheStart() {
        LifeOutcome life = one(new Standby(1, false), 1, 1265);
        assertThat(life.steps()).isEqualTo(81);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isZero();
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 105);
    }

    /** A node breaks at 1,105 s; the standby, node 8, takes its place once that is noticed. */
    @Test
    void aStandbyIsBesideTheJobUntilItTakesAPlaceInIt() {
        LifeRecord life = simulation(new Standby(1, false), 1, 1265).record(new RandomStreams(1, 0));
        int broken = life.uses().stream()
                .filter(change -> change.use() == NodeUse.BROKEN)
                .findFirst()
                .orElseThrow()
                .node();
        assertThat(uses(life, broken)).containsExactly("0 AT_WORK", "1105 BROKEN");
        assertThat(uses(life, 8)).containsExactly("0 FREE", "0 BESIDE", "1135 AT_WORK");
        for (int node = 0; node < GPUS; node++) {
            assertThat(uses(life, node)).hasSize(node == broken ? 2 : 1);
        }
    }

    private static List<String> uses(LifeRecord life, int node) {
        return life.uses().stream()
                .filter(change -> change.node() == node)
                .map(change -> change.fromNanos() / SECOND + " " + change.use())
                .toList();
    }

    /** A hot one copies the state in 50 s: at work at 1,205 s with 90 steps. */
    @Test
    void aHotSpareLosesTheUnfinishedStepAlone() {
        LifeOutcome life = one(new Standby(1, true), 1, 1215);
        assertThat(life.steps()).isEqualTo(91);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.LOAD)).isEqualTo(8 * 50);
    }

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

    /** Two micro-batches, two stages: 3 slots become 2 x 4/3 + 1 = 11/3, so steps take 12.22 s; bubbles would take all. */
    @Test
    void reroutingStretchesTheStep() {
        LifeOutcome naive = one(new Reroute(2, false), 0, 1155 + 9 * 110.0 / 9 + 1e-3);
        assertThat(naive.steps()).isEqualTo(99);
        LifeOutcome bubbles = one(new Reroute(2, true), 0, 1155 + 90);
        assertThat(bubbles.steps()).isEqualTo(99);
        // The node is back at 2,105 s, starts beside the job until 2,305 s and copies until 2,355 s.
        LifeOutcome later = one(new Reroute(2, true), 0, 2400);
        assertThat(seconds(later, GpuState.INITIALISE)).isEqualTo(8 * 200 + 7 * 20 + 200 + 8 * 20);
        assertThat(seconds(later, GpuState.LOAD)).isEqualTo(50);
    }

    /** Steps of 12 s before; one node with two stages of two: 2 x 1 + 2 = 4 slots in place of 3, 16 s. */
    @Test
    void redundantStagesAlwaysCost() {
        LifeOutcome life = one(new RedundantStages(0.2, 2), 0, 1155 + 16);
        // 905 s of steps of 12 s: 75 and 5 s of the next.
        assertThat(life.steps()).isEqualTo(76);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.USEFUL)).isCloseTo(75 * 80 + 80, within(1e-6));
        assertThat(seconds(life, GpuState.REDUNDANT)).isCloseTo(75 * 16 + 16, within(1e-6));
        assertThat(seconds(life, GpuState.SLOW)).isCloseTo(7 * 16 - 96, within(1e-6));
    }

    /** Three replicas go on at 1,155 s with 6 samples; the other node of the fourth waits, then both start and copy. */
    @Test
    void aQuorumGoesOnWithoutAReplica() {
        LifeOutcome life = one(new ReplicaQuorum(2), 0, 1155 + 100);
        assertThat(life.steps()).isEqualTo(100);
        assertThat(life.samples()).isEqualTo(90 * 8 + 10 * 6);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isEqualTo(1255 - 1135);
        LifeOutcome later = one(new ReplicaQuorum(2), 0, 2355 + 20 + 20);
        assertThat(later.steps()).isEqualTo(90 + 120 + 2);
        assertThat(seconds(later, GpuState.WAIT_FOR_NODES)).isEqualTo(2105 - 1135);
    }

    /** Replicas 0 to 3 have shards 0 1, 1 2, 2 3 and 3 0: one is masked, the others do two shards each. */
    @Test
    void shardsMaskALoss() {
        ShardedWork policy = new ShardedWork(new ShardOffsets(List.of(0, 1)));
        LifeOutcome life = one(policy, 0, 1155 + 40);
        assertThat(life.steps()).isEqualTo(92);
        assertThat(seconds(life, GpuState.USEFUL)).isEqualTo(92 * 80);
        assertThat(seconds(life, GpuState.SLOW)).isEqualTo(2 * (6 * 20 - 80));
    }

    /** Saving takes 40 s, then the job waits for the repair, starts and loads: nothing but the unfinished step is lost. */
    @Test
    void justInTimeSavesAfterTheFault() {
        LifeOutcome life = one(new JustInTime(40 * SECOND), 0, 2415);
        assertThat(life.steps()).isEqualTo(91);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.CHECKPOINT)).isEqualTo(7 * 40);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isEqualTo(7 * (2105 - 1175));
    }

    /** Told 400 s ahead, a spare starts until 905 s; at 910 s the job pauses for 20 s and 50 s of copying. */
    @Test
    void aDrainReplacesTheNodeBefore() {
        LifeOutcome life = one(new ProactiveDrain(new Warnings(1, 1, 400 * SECOND)), 1, 1210);
        assertThat(life.incidents()).isZero();
        assertThat(seconds(life, GpuState.LOST_WORK)).isZero();
        assertThat(life.steps()).isEqualTo(71 + 23);
    }

    /** Half of the replicas do steps of 20 s twice; a lost node leaves its twin, and nothing is slower. */
    @Test
    void redundancyDoesEverythingTwice() {
        LifeOutcome life = one(new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.NEVER), 0, 1155 + 20);
        assertThat(life.steps()).isEqualTo(46);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.USEFUL)).isEqualTo(46 * 80);
        assertThat(seconds(life, GpuState.REDUNDANT)).isEqualTo(45 * 80 + 60);
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

    private static FaultCause cause(Scope scope, double seconds, Damage damage) {
        return new FaultCause("crash", scope, new Fixed(seconds), Visibility.EXPLICIT, damage, new Fixed(0), MADE_UP);
    }

    /**
     * Goodput per sample of 32 replicas of two nodes: nodes fail after 30 days each, repairs take a day. Some spares, or none
     * where a policy is meant to do without.
     */
    private static double kept(RecoveryPolicy policy, int spares, double mtbfDays) {
        FaultCause node = new FaultCause(
                "node",
                Scope.NODE,
                new Exponential(mtbfDays * 86_400),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(86_400),
                MADE_UP);
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 60 * SECOND, 300 * SECOND, Damage.NODE);
        LongJob job = new LongJob(
                new JobLayout(32, 2, 2),
                320,
                Long.MAX_VALUE,
                nodes -> 640 * SECOND / nodes,
                new CheckpointPlan(240, List.of(storage)),
                policy,
                new RecoveryTimes(fixed(60), fixed(60), fixed(60), fixed(600), fixed(300), fixed(30), fixed(60)));
        double samples = 0;
        for (int i = 0; i < 10; i++) {
            LifeOutcome life = new LifeSimulation(
                            job, new ClusterShape(64 + spares, 8, 8), List.of(node), 64, 20 * 86_400 * SECOND)
                    .run(new RandomStreams(4, i));
            samples += life.samples();
        }
        return samples;
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

    /** Each policy does better than restarts in a setting that suits it, with the same nodes and the same faults. */
    @Test
    void eachPolicyWinsSomewhere() {
        assertThat(kept(new ReplaceLost(), 8, 30)).isGreaterThan(1.005 * kept(new Requeue(), 8, 30));
        double replaced = kept(new ReplaceLost(), 8, 30);
        assertThat(kept(new Standby(4, false), 8, 30)).isGreaterThan(1.005 * replaced);
        assertThat(kept(new Standby(4, true), 8, 30)).isGreaterThan(kept(new Standby(4, false), 8, 30));
        assertThat(kept(new JustInTime(60 * SECOND), 8, 30)).isGreaterThan(1.01 * replaced);
        assertThat(kept(new ReplicaQuorum(16), 8, 30)).isGreaterThan(1.01 * replaced);
        assertThat(kept(new ProactiveDrain(new Warnings(0.8, 0.8, 900 * SECOND)), 8, 30))
                .isGreaterThan(1.01 * replaced);
        double waiting = kept(new ReplaceLost(), 0, 30);
        for (RecoveryPolicy policy : List.of(
                new ElasticShrink(1, true, OnLoss.ACCUMULATE),
                new PipelineTemplates(2, 1),
                new Reroute(10, true),
                new RedundantStages(0.2, 10),
                new ShardedWork(ShardOffsets.spread(32, 4)),
                new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.IN_BACKGROUND))) {
            assertThat(kept(policy, 0, 30)).as(policy.name()).isGreaterThan(1.1 * waiting);
        }
    }

    /** Templates lose less of the work than whole replicas do where nodes of a replica are many. */
    @Test
    void templatesBeatWholeReplicasWithoutSpares() {
        List<Double> kept = new ArrayList<>();
        for (RecoveryPolicy policy :
                List.of(new PipelineTemplates(2, 1), new ElasticShrink(1, true, OnLoss.ACCUMULATE))) {
            kept.add(kept(policy, 0, 30));
        }
        assertThat(kept.get(0)).isGreaterThan(kept.get(1));
    }

    /**
     * Those that are left form other pipelines: once the last node has copied the stage of the lost one, from 1,205 s on, steps
     * of 12 s on 7 of 8 nodes take 13.71 s.
     */
    @Test
    void redundantStagesFormOtherPipelines() {
        LifeOutcome life = one(new RedundantStages(0.2, 2, true), 0, 1205 + 13.72);
        assertThat(life.steps()).isEqualTo(76);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.INITIALISE)).isEqualTo(8 * 200 + 7 * 20);
        // The node that comes back waits for the next fault.
        LifeOutcome later = one(new RedundantStages(0.2, 2, true), 0, 2500);
        assertThat(seconds(later, GpuState.WAIT_FOR_NODES)).isCloseTo(2500 - 2105, within(1e-6));
    }

    /** With 3 of 4 replicas left each has a second shard, which takes half of a step. */
    @Test
    void aFurtherShardTakesItsShareOfAStep() {
        LifeOutcome life = one(new ShardedWork(new ShardOffsets(List.of(0, 1)), 0.5), 0, 1155 + 15);
        assertThat(life.steps()).isEqualTo(91);
    }

    /** The same as the policy within as long as that goes on, else as a requeue. */
    @Test
    void aJobThatCannotGoOnIsQueuedAgain() {
        LifeOutcome queued = one(new RequeueWhenStopped(new ReplaceLost()), 0, 2415);
        LifeOutcome requeue = one(new Requeue(), 0, 2415);
        assertThat(queued.steps()).isEqualTo(requeue.steps());
        assertThat(seconds(queued, GpuState.IDLE)).isEqualTo(seconds(requeue, GpuState.IDLE));
        assertThat(one(new RequeueWhenStopped(new ReplicaQuorum(2)), 0, 1255).steps())
                .isEqualTo(one(new ReplicaQuorum(2), 0, 1255).steps());
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

    /** What nobody notices takes no node, so there is nothing to be warned of. */
    @Test
    void slowAndSilentFaultsAreNotForetold() {
        FaultCause silent = new FaultCause(
                "silent", Scope.NODE, new Fixed(900), Visibility.SILENT, Damage.NODE, new Fixed(0), MADE_UP);
        LifeOutcome life = new LifeSimulation(
                        job(new ProactiveDrain(new Warnings(1, 0.5, 400 * SECOND))),
                        new ClusterShape(GPUS + 2, 1, 2),
                        List.of(silent),
                        9,
                        5000 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.faults()).isGreaterThan(20);
        assertThat(seconds(life, GpuState.INITIALISE)).isEqualTo(8 * 200);
    }

    /** The time of the first start is drawn for each replication by itself. */
    @Test
    void replicationsStartAtTimesOfTheirOwn() {
        LongJob plain = job(new ReplaceLost());
        LogNormal start = new LogNormal(300, 1);
        LongJob job = new LongJob(
                plain.layout(),
                plain.batch(),
                plain.steps(),
                plain.stepTimes(),
                plain.checkpoints(),
                plain.recovery(),
                new RecoveryTimes(fixed(30), fixed(600), fixed(0), fixed(300), start, fixed(20), fixed(50)));
        LifeSimulation simulation =
                new LifeSimulation(job, new ClusterShape(GPUS, 1, 2), List.of(), 1, 100_000 * SECOND);
        List<Double> starts = new ArrayList<>();
        for (int replication = 0; replication < 50; replication++) {
            LifeOutcome life = simulation.run(new RandomStreams(1, replication));
            starts.add(seconds(life, GpuState.INITIALISE) / GPUS);
        }
        assertThat(starts).doesNotHaveDuplicates();
        assertThat(starts.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .isCloseTo(300, within(150.0));
    }
}
