package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.record.NodeUse;
import trainyard.faults.life.work.SnapshotEvents;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.ProactiveDrain;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.Warnings;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/**
 * What holds at each moment of any life, as a listener sees it, of policies, standbys, warnings, notices, time limits, tiers and storage
 * outages that are combined at random.
 */
class LifePropertiesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int LIVES = 300;
    /** A step of the whole, healthy job. */
    private static final long STEP_NANOS = 7 * SECOND;
    /** No draw of the time in the queue, 300 s in the mean, is as long. */
    private static final long QUEUE_NANOS = 6000 * SECOND;
    /** No draw of a start and a copy, of 40 s each in the median, with a pause for a snapshot is as long. */
    private static final long COME_UP_NANOS = 5000 * SECOND;

    private static LifeSimulation random(UniformRandomProvider random) {
        LifeSimulation plain = LifeInvariantsTest.random(random);
        LongJob job = plain.job();
        RecoveryPolicy policy = job.recovery();
        if (random.nextInt(4) == 0) {
            // Drained nodes are held for so long that the job is often queued, or stopped, meanwhile.
            policy = new ProactiveDrain(
                    new Warnings(random.nextDouble(), 0.2 + 0.8 * random.nextDouble(), 4000 * SECOND));
        }
        if (random.nextInt(3) == 0 && !policy.givesNodesBack()) {
            policy = new RequeueWhenStopped(policy);
        }
        CheckpointPlan plan = job.checkpoints();
        if (random.nextInt(3) == 0) {
            plan = plan.with(new OnSignal((1000 + random.nextInt(9000)) * SECOND, random.nextInt(900) * SECOND, true));
        }
        LongJob changed = new LongJob(
                job.layout(), job.batch(), job.steps(), job.stepTimes(), plan, policy, job.times(), job.supervision());
        return new LifeSimulation(changed, plain.cluster(), plain.faults(), plain.repairCrews(), plain.horizonNanos());
    }

    /** Whether the job asks for all its nodes and takes them in while it runs. */
    private static boolean growsBack(RecoveryPolicy policy) {
        if (policy instanceof RequeueWhenStopped requeue) {
            return growsBack(requeue.policy());
        }
        if (policy instanceof ElasticShrink elastic) {
            return elastic.growth() == Rejoin.AS_THEY_COME;
        }
        if (policy instanceof PipelineTemplates templates) {
            return templates.growth() == Rejoin.AS_THEY_COME;
        }
        return policy instanceof ReplicaQuorum || policy instanceof Reroute;
    }

    /** Follows one life. */
    private static final class Watch implements LifeListener {

        private final LongJob job;
        private final NodeUse[] uses;
        private GpuState state = GpuState.WAIT_FOR_NODES;
        private long sinceNanos;
        private long now;
        private long steps;
        /** How long it has waited for nodes that were there, and how long it has run without them. */
        private long waitedInVainNanos;

        private long ranWithoutNanos;

        Watch(LifeSimulation simulation) {
            job = simulation.job();
            uses = new NodeUse[simulation.cluster().nodes()];
            Arrays.fill(uses, NodeUse.FREE);
        }

        private long count(NodeUse use) {
            return Arrays.stream(uses).filter(own -> own == use).count();
        }

        private void pass(long nowNanos) {
            assertThat(nowNanos).isGreaterThanOrEqualTo(now);
            long atWork = count(NodeUse.AT_WORK);
            long free = count(NodeUse.FREE);
            if (state == GpuState.WAIT_FOR_NODES && atWork + free >= job.nodes()) {
                waitedInVainNanos += nowNanos - now;
            }
            boolean complete = atWork == job.nodes();
            if (state == GpuState.USEFUL && !complete && atWork + free + count(NodeUse.BESIDE) >= job.nodes()) {
                ranWithoutNanos += nowNanos - now;
            }
            ranWithoutNanos = complete ? 0 : ranWithoutNanos;
            assertThat(waitedInVainNanos).as("waits in vain at %d", now).isLessThan(QUEUE_NANOS);
            if (growsBack(job.recovery())) {
                assertThat(ranWithoutNanos).as("does not grow at %d", now).isLessThan(COME_UP_NANOS);
            }
            now = nowNanos;
        }

        @Override
        public boolean followsNodes() {
            return true;
        }

        @Override
        public void onFault(long nowNanos, Fault fault) {
            pass(nowNanos);
        }

        @Override
        public void onNode(long nowNanos, int node, NodeUse use) {
            pass(nowNanos);
            uses[node] = use;
        }

        @Override
        public void onState(long nowNanos, GpuState next, long stepsNow) {
            pass(nowNanos);
            if (next != GpuState.WAIT_FOR_NODES) {
                waitedInVainNanos = 0;
            }
            if (stepsNow < steps) {
                assertThat(next).as("throws the job back").isIn(GpuState.LOAD, GpuState.IDLE);
            } else if (stepsNow > steps) {
                assertThat(state).as("brings the job forward").isEqualTo(GpuState.USEFUL);
                assertThat(stepsNow - steps).isLessThanOrEqualTo((nowNanos - sinceNanos) / STEP_NANOS);
            }
            state = next;
            steps = stepsNow;
            sinceNanos = nowNanos;
        }
    }

    /**
     * No job waits for nodes that are there, or runs on without them where it grows; steps come from running alone; useful work is what the
     * samples that are kept take on the whole job, and who listens changes nothing.
     */
    @Test
    void anyLifeGoesOnWhereItCan() {
        UniformRandomProvider random = new RandomStreams(51, 0).stream("properties");
        for (int trial = 0; trial < LIVES; trial++) {
            LifeSimulation simulation = random(random);
            Watch watch = new Watch(simulation);
            LifeOutcome life = simulation.run(new RandomStreams(trial, 0), watch);
            watch.pass(life.endNanos());
            LongJob job = simulation.job();
            double wholeGpuSeconds = STEP_NANOS / 1e9 * life.jobGpus();
            double ofSamples = life.samples() * wholeGpuSeconds / job.batch();
            // One step may be under way at the end.
            assertThat(life.ledger().gpuSeconds(GpuState.USEFUL))
                    .as(simulation.toString())
                    .isLessThanOrEqualTo(1.000001 * ofSamples + wholeGpuSeconds);
            assertThat(life.done()).isEqualTo(job.ends() && life.samples() >= job.steps() * job.batch());
            SnapshotEvents events = life.snapshots();
            assertThat(events.signalsSaved()).isLessThanOrEqualTo(events.signals());
            assertThat(events.silent().unrecoverable())
                    .isLessThanOrEqualTo(events.silent().found());
            assertThat(events.silent().found())
                    .isLessThanOrEqualTo(events.silent().struck());
            assertThat(events.outages().downSeconds()).isLessThanOrEqualTo(life.seconds());
            LifeOutcome unwatched = simulation.run(new RandomStreams(trial, 0));
            for (GpuState state : GpuState.values()) {
                assertThat(unwatched.ledger().gpuNanos(state))
                        .isEqualTo(life.ledger().gpuNanos(state));
            }
        }
    }

    /** With the same random numbers a job that is spared one of the causes gets further in the mean, whichever it is. */
    @Test
    void fewerCausesDoNotSlowTheJob() {
        UniformRandomProvider random = new RandomStreams(52, 0).stream("fewer causes");
        TreeMap<String, Tally> gains = new TreeMap<>();
        for (int trial = 0; trial < 80; trial++) {
            LifeSimulation any = random(random);
            LongJob job = any.job();
            LongJob endless = new LongJob(
                    job.layout(),
                    job.batch(),
                    Long.MAX_VALUE,
                    job.stepTimes(),
                    job.checkpoints(),
                    job.recovery(),
                    job.times(),
                    Supervision.of(job.times()));
            List<FaultCause> all = any.faults().causes();
            double most = any.horizonNanos() / (double) STEP_NANOS * job.batch();
            long samples = samples(any, endless, all, trial);
            for (FaultCause cause : all) {
                List<FaultCause> fewer =
                        all.stream().filter(other -> other != cause).toList();
                gains.computeIfAbsent(cause.name(), name -> new Tally())
                        .add((samples(any, endless, fewer, trial) - samples) / most);
            }
        }
        gains.forEach((cause, gain) -> {
            double standardError = gain.standardDeviation() / Math.sqrt(gain.count());
            assertThat(gain.mean()).as(cause).isGreaterThan(-3 * standardError);
        });
        assertThat(gains).hasSize(8);
        assertThat(gains.get("SITE").mean()).isGreaterThan(0.02);
    }

    private static long samples(LifeSimulation any, LongJob job, List<FaultCause> causes, int trial) {
        return new LifeSimulation(job, any.cluster(), causes, any.repairCrews(), any.horizonNanos())
                .run(new RandomStreams(trial, 0))
                .samples();
    }
}
