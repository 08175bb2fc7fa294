package trainyard.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.SharedGpus;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.sharing.NodeScore;
import trainyard.scheduler.speed.ColocationSlowdown;
import trainyard.sim.engine.SimTime;

/** Jobs that have parts of one GPU slow each other down, reckoned by hand. */
class SharingSlowdownTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    /** With one other job 1.5 times as long, with two or more twice. */
    private static final RunOptions SLOW = RunOptions.plain().withColocation(new ColocationSlowdown(List.of(1.5, 2.0)));

    private static ClusterJob job(String id, long submit, int milli, long run) {
        return ClusterJob.of(id, submit * SECOND, 1, run * SECOND).with(JobTraits.NONE.withGpuMilli(milli));
    }

    private static ClusterOutcome run(int gpus, PolicyKind policy, RunOptions options, List<ClusterJob> jobs) {
        ClusterLayout layout = ClusterLayout.equal(1, gpus).shared();
        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                layout.free(),
                new SharedGpus("first-fit", layout, NodeScore.FIRST, jobs),
                policy.make(PolicyOptions.DEFAULTS),
                options.withAccounts());
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertThat(ledger.total())
                .isEqualTo(BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(1000L * gpus)));
        return outcome;
    }

    private static List<Double> ends(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                .map(job -> Math.round(job.endNanos() / 1e3) / 1e6)
                .toList();
    }

    /**
     * "a" has done 40 s of 100 when "b" comes, and 20 s more, as "b" has, when "c" comes at 70 s. At half of their speed "c" takes 20 s, and the others do 10 s each until 90 s.
     * Both have 30 s left then, which take 45 s.
     */
    @Test
    void jobsOnOneGpuTakeLonger() {
        ClusterOutcome outcome = run(
                1, PolicyKind.FIFO, SLOW, List.of(job("a", 0, 500, 100), job("b", 40, 250, 60), job("c", 70, 250, 10)));

        assertThat(ends(outcome)).containsExactly(135.0, 135.0, 90.0);
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertThat(ledger.gpuSeconds(GpuUse.USEFUL)).isCloseTo(0.5 * 100 + 0.25 * 60 + 0.25 * 10, within(1e-6));
        assertThat(ledger.gpuSeconds(GpuUse.SLOWED)).isCloseTo(0.5 * 35 + 0.25 * 35 + 0.25 * 10, within(1e-6));
    }

    /** Half a GPU and a whole one share nothing, and neither do parts of two GPUs. */
    @Test
    void whoIsAloneOnItsGpuIsAsFastAsEver() {
        assertThat(ends(run(
                        2,
                        PolicyKind.FIFO,
                        SLOW,
                        List.of(job("a", 0, 600, 100), job("b", 10, 600, 60), job("whole", 20, 1000, 30)))))
                .containsExactly(100.0, 70.0, 100.0);
        assertThat(ends(run(
                        1, PolicyKind.FIFO, RunOptions.plain(), List.of(job("a", 0, 500, 100), job("b", 0, 500, 60)))))
                .containsExactly(100.0, 60.0);
    }

    /** A job that wants the whole GPU stops two that share it, which go on side by side. */
    @Test
    void whoIsStoppedFreesTheOthers() {
        ClusterOutcome outcome = run(
                1, PolicyKind.SRTF, SLOW, List.of(job("a", 0, 400, 30), job("b", 0, 600, 90), job("c", 15, 1000, 5)));

        // Both do 10 s until 15; "c" has the GPU until 20. "a" has 20 left, which take 30 s beside "b"; "b" then has
        // 60.
        assertThat(ends(outcome)).containsExactly(50.0, 110.0, 20.0);
    }

    @Test
    void theBooksBalanceWhoeverComesAndGoes() {
        JobCosts costs =
                new JobCosts(5 * SECOND, 3 * SECOND, new CheckpointCycle(50 * SECOND, SECOND), SECOND, OnStop.SAVES);
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            List<ClusterJob> jobs = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int milli = random.nextInt(4) == 0 ? 1000 : 1 + random.nextInt(600);
                jobs.add(job("j" + i, random.nextInt(2_000), milli, 1 + random.nextInt(300)));
            }
            for (PolicyKind policy : List.of(PolicyKind.FIFO_FIT_FIRST, PolicyKind.SRTF, PolicyKind.LAS)) {
                ClusterOutcome outcome = run(3, policy, SLOW.withCosts((job, gpus) -> costs), jobs);

                assertThat(outcome.jobs()).allSatisfy(one -> {
                    assertThat(one.isDone()).isTrue();
                    assertThat(one.completionNanos())
                            .isGreaterThanOrEqualTo(one.job().runNanos());
                });
            }
        }
    }

    @Test
    void outagesAreRefusedAndSoAreFactorsBelowOne() {
        RunOptions options = SLOW.withOutages(NodeOutages.of(List.of(NodeOutage.fault(50, 0, 1, 10))), 1);

        assertThatThrownBy(() -> run(1, PolicyKind.FIFO, options, List.of(job("a", 0, 500, 100))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jobs slow each other down on one GPU");
        assertThatThrownBy(() -> new ColocationSlowdown(List.of(0.9))).isInstanceOf(IllegalArgumentException.class);
    }
}
