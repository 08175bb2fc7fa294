package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.life.HandComputedJob.GPUS;
import static trainyard.faults.life.HandComputedJob.MADE_UP;
import static trainyard.faults.life.HandComputedJob.SECOND;
import static trainyard.faults.life.HandComputedJob.fixed;
import static trainyard.faults.life.HandComputedJob.job;
import static trainyard.faults.life.HandComputedJob.one;
import static trainyard.faults.life.HandComputedJob.seconds;
import static trainyard.faults.life.HandComputedJob.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
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
import trainyard.faults.checkpoint.Keeping;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.PeerCopies;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeRecord;
import trainyard.faults.life.record.LifeRecord.NodeCount;
import trainyard.faults.life.record.NodeUse;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.ProactiveDrain;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Requeue;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.recovery.Warnings;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

/** Policies that go on with as many nodes as before, on the job of {@link HandComputedJob}. */
class RestartPoliciesTest {

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

    /** One warm standby: 30 s detection, 20 s reconfiguration, 100 s for the snapshot of step 80, at work at 1,255 s. */
    @Test
    void aWarmStandbySkipsTheStart() {
        LifeOutcome life = one(new Standby(1, false), 1, 1265);
        assertThat(life.steps()).isEqualTo(81);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isZero();
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 105);
    }

    /**
     * A node fails at 50 s, when neither the job nor its standby has started: noticed at 80 s, the standby takes the place all
     * the same, and a start of 200 s and a load of 100 s follow. The first step ends at 390 s; the repair is not waited for.
     */
    @Test
    void aStandbyThatIsStillStartingTakesThePlaceInAColdStart() {
        for (boolean hot : new boolean[] {false, true}) {
            LifeOutcome life = simulation(new Standby(1, hot), 1, 50, 391).run(new RandomStreams(1, 0));
            assertThat(life.incidents()).isEqualTo(1);
            assertThat(life.steps()).isEqualTo(1);
            assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isZero();
        }
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

    /**
     * Two nodes hold each other's snapshot, the last one of 800 s. One of them is drained at 1,010 s and fails at 1,105 s; the other one
     * fails at 1,150 s, before the node that came in its stead has copies of its own. From the first repair at 2,105 s on the job does
     * nine steps.
     */
    @Test
    void aNodeThatIsDrainedTakesItsSnapshotsAlong() {
        OutageTrace trace = new OutageTrace(
                List.of(new Outage(0, 1105, 2105, "first"), new Outage(1, 1150, 2150, "second")), 3, 1e6);
        CheckpointLevel peers = new CheckpointLevel("peers", 1, 0, 0, 0, Damage.PROCESS)
                .with(Keeping.onNodes(new PeerCopies(2, 2, PeerCopies.Pattern.GROUP), 0));
        LongJob job = new LongJob(
                2,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(40, List.of(peers)),
                new ProactiveDrain(new Warnings(1, 1, 100 * SECOND)),
                RecoveryTimes.fixed(0, 0));
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(trace, OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        // With this seed the two outages are those of the nodes that the job begins with.
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(3, 1, 3), faults, 3, 2200 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.incidents()).isEqualTo(1);
        assertThat(life.steps()).isEqualTo(9);
    }

    /**
     * Drained at 910 s, back with 71 steps at 980 s. The limit at 1,000 s of the grant queues the job for 300 s; meanwhile, at 1,105 s, the
     * drained node fails. Started by 1,500 s with the snapshot of 40 steps, loaded by 1,600 s.
     */
    @Test
    void aDrainedNodeThatFailsDoesNotBringAQueuedJobForward() {
        LongJob plain = job(new ProactiveDrain(new Warnings(1, 1, 400 * SECOND)));
        LongJob limited = new LongJob(
                plain.layout(),
                plain.batch(),
                plain.steps(),
                plain.stepTimes(),
                plain.checkpoints().with(new OnSignal(1000 * SECOND, 0, false)),
                plain.recovery(),
                plain.times());
        LifeSimulation simulation = simulation(plain.recovery(), 1, 1650);
        LifeOutcome life = new LifeSimulation(
                        limited, simulation.cluster(), simulation.faults(), 9, simulation.horizonNanos())
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(45);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isEqualTo(8 * 300);
    }

    /**
     * All eight nodes fail at once while the job still waits for a ninth as a standby. They are back at 2,105 s, and it starts with
     * them: 200 s of start, 100 s of load, four steps.
     */
    @Test
    void aStandbyThatIsNotThereYetDoesNotHoldUpTheSlots() {
        List<Outage> all = IntStream.range(0, GPUS)
                .mapToObj(node -> new Outage(node, 1105, 2105, "node" + node))
                .toList();
        FaultModel faults = FaultModel.of(List.of())
                .with(new FaultReplay(
                        new OutageTrace(all, GPUS, 1e6), OptionalDouble.of(0), Visibility.EXPLICIT, MADE_UP));
        LifeOutcome life = new LifeSimulation(
                        job(new Standby(1, false)), new ClusterShape(GPUS, 1, 2), faults, 9, 2450 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(84);
        assertThat(seconds(life, GpuState.INITIALISE)).isEqualTo(8 * (200 + 200));
    }

    /** A job that is queued from 1,135 s to 1,435 s holds no node meanwhile, though it had asked for standbys before. */
    @Test
    void aQueuedJobTakesNoNodeThatItAskedForBefore() {
        LifeRecord story = simulation(new RequeueWhenStopped(new Standby(2, false)), 0, 1500)
                .record(new RandomStreams(1, 0));
        List<NodeCount> queued = story.nodes().stream()
                .filter(count -> count.fromNanos() >= 1135 * SECOND && count.fromNanos() < 1435 * SECOND)
                .toList();
        assertThat(queued.get(queued.size() - 1)).isEqualTo(new NodeCount(1135 * SECOND, 0));
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
