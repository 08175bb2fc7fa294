package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.sim.engine.SimTime;

/**
 * A job of high priority that fails again and again drives others out at each restart. On Meta's RSC-1 one job of 1,024 GPUs was
 * requeued 35 times and caused 548 preemptions of jobs with more than 7,000 GPUs together (Kokolis et al., arXiv 2410.21680).
 */
class CascadeTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final int CRASHES = 35;
    /** A node that the wide job has whenever it runs. */
    private static final int OF_THE_WIDE = 200;

    /** The higher priority first, and whatever fits; of those in the way the youngest go. */
    private static final class PriorityWithPreemption implements SchedulingPolicy {

        private final List<Integer> waiting = new ArrayList<>();
        private final List<Integer> running = new ArrayList<>();

        @Override
        public String name() {
            return "priority";
        }

        @Override
        public void arrived(SchedulingContext context, int job) {
            waiting.add(job);
            waiting.sort((a, b) -> Integer.compare(
                    context.job(b).traits().priority(), context.job(a).traits().priority()));
        }

        @Override
        public void ended(SchedulingContext context, int job) {
            running.remove(Integer.valueOf(job));
        }

        @Override
        public void schedule(SchedulingContext context) {
            for (int job : List.copyOf(waiting)) {
                boolean runs = context.start(job);
                for (int i = running.size() - 1; i >= 0 && !runs; i--) {
                    int victim = running.get(i);
                    if (context.job(victim).traits().priority()
                            < context.job(job).traits().priority()) {
                        running.remove(i);
                        context.preempt(victim);
                        arrived(context, victim);
                        runs = context.start(job);
                    }
                }
                if (runs) {
                    waiting.remove(Integer.valueOf(job));
                    running.add(job);
                }
            }
        }
    }

    /** 256 nodes of 8 GPUs; small jobs fill them and wait in line, and the wide one wants half. */
    private static List<ClusterJob> jobs() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            jobs.add(ClusterJob.of("small" + i, i, 8 << i % 3, 400_000 * SECOND));
        }
        jobs.add(ClusterJob.of("wide", 3_600 * SECOND, 1_024, 100_000 * SECOND).with(JobTraits.NONE.withPriority(1)));
        return jobs;
    }

    /** The wide job fails 600 s after it came and after each time that it is back in the queue, since it starts at once. */
    private static NodeOutages failures(int count, long requeueSeconds) {
        return NodeOutages.of(LongStream.range(0, count)
                .map(failure -> 3_600 + 600 + failure * (600 + requeueSeconds))
                .mapToObj(second -> new NodeOutage(
                        second * SECOND, NodeOutage.Kind.FAULT, OF_THE_WIDE, OF_THE_WIDE + 1, 0, 0, false, 0))
                .toList());
    }

    private static ClusterOutcome run(int crashes, long requeueSeconds) {
        JobCosts costs = new JobCosts(
                120 * SECOND, 60 * SECOND, new CheckpointCycle(3_600 * SECOND, 30 * SECOND), 0, OnStop.FALLS_BACK);
        return ClusterSimulation.run(
                jobs(),
                FreeGpus.equal(256, 8),
                new Consolidate(Choice.BEST_FIT),
                new PriorityWithPreemption(),
                RunOptions.plain()
                        .withOutages(failures(crashes, requeueSeconds), 1)
                        .withCosts((job, gpus) -> costs)
                        .withRules(new RestartRules(requeueSeconds * SECOND, 100, true))
                        .withAccounts());
    }

    @Test
    void eachRestartDrivesOthersOut() {
        ClusterOutcome calm = run(0, 300);
        ClusterOutcome cascade = run(CRASHES, 300);

        assertEquals(CRASHES, cascade.jobs().get(300).losses().failures());
        // 1,024 GPUs are 32 to 128 jobs of 8 to 32 GPUs, each time.
        assertTrue(calm.preemptions() >= 32 && calm.preemptions() <= 128, "calm: " + calm.preemptions());
        assertTrue(
                cascade.preemptions() >= 32L * (CRASHES + 1) && cascade.preemptions() <= 128L * (CRASHES + 1),
                "cascade: " + cascade.preemptions());
        // What others lose by it is more than what the failing job loses itself: 480 s on 1,024 GPUs, 35 times.
        double own = CRASHES * 480.0 * 1_024;
        double all = cascade.ledger().orElseThrow().gpuSeconds(GpuUse.LOST)
                + cascade.ledger().orElseThrow().gpuSeconds(GpuUse.START)
                + cascade.ledger().orElseThrow().gpuSeconds(GpuUse.LOAD);
        assertTrue(all > 1.5 * own, all + " of which its own " + own);
    }

    /** A job that is back in the queue at the moment at which it fails gets its GPUs again before anybody else has them. */
    @Test
    void aRequeueWithoutDelayDrivesNobodyOut() {
        assertEquals(run(0, 0).preemptions(), run(CRASHES, 0).preemptions());
    }

    /** A brake on restarts bounds the damage. */
    @Test
    void aRestartBudgetEndsTheCascade() {
        ClusterOutcome cascade = ClusterSimulation.run(
                jobs(),
                FreeGpus.equal(256, 8),
                new Consolidate(Choice.BEST_FIT),
                new PriorityWithPreemption(),
                RunOptions.plain()
                        .withOutages(failures(CRASHES, 300), 1)
                        .withRules(new RestartRules(300 * SECOND, 3, true)));

        assertTrue(cascade.jobs().get(300).losses().gaveUp());
        assertEquals(4, cascade.jobs().get(300).losses().failures());
        assertTrue(cascade.preemptions() <= 128L * 4, "preemptions: " + cascade.preemptions());
    }
}
