package trainyard.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.peer.RepackedOrder;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

/** A policy that empties the cluster at every event: who has the same GPUs before and after was not stopped. */
class StoppedAndStartedTest {

    private static ClusterOutcome run(FreeGpus cluster, JobCosts costs, RunOptions options, ClusterJob... jobs) {
        return ClusterSimulation.run(
                List.of(jobs),
                cluster,
                new Consolidate(Choice.FIRST_FIT),
                new RepackedOrder(RepackedOrder.Key.SHORTEST),
                options.withCosts((job, gpus) -> costs).withAccounts());
    }

    private static void assertAllTimeIsBooked(ClusterOutcome outcome) {
        assertThat(outcome.ledger().orElseThrow().total())
                .isEqualTo(BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(outcome.gpus())));
    }

    /** Both work from 5 on, with a checkpoint of 1 after each 10: 100 take 9 of them. Three others come and go beside them. */
    @ParameterizedTest
    @EnumSource
    void itGoesOnAtNoCost(OnStop onStop) {
        JobCosts costs = new JobCosts(5, 3, new CheckpointCycle(10, 1), onStop == OnStop.SAVES ? 2 : 0, onStop);

        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 4),
                costs,
                RunOptions.plain(),
                ClusterJob.of("a", 0, 1, 100),
                ClusterJob.of("b", 0, 1, 100),
                ClusterJob.of("c", 7, 2, 200),
                ClusterJob.of("late", 33, 4, 1000));

        assertThat(outcome.jobs().subList(0, 3))
                .extracting(JobOutcome::endNanos)
                .containsExactly(114L, 114L, 231L);
        assertThat(outcome.preemptions()).isZero();
        assertThat(outcome.jobs().get(0).losses().heldNanos()).isEqualTo(114);
        assertThat(outcome.jobs().get(0).losses().lostNanos()).isZero();
        assertAllTimeIsBooked(outcome);
    }

    /** On the second node the first one would not be where it was: it moves, which costs a save, a start and a load. */
    @Test
    void whoIsPutElsewherePays() {
        JobCosts costs = new JobCosts(5, 3, CheckpointCycle.NONE, 2, OnStop.SAVES);

        ClusterOutcome outcome = run(
                FreeGpus.equal(2, 1),
                costs,
                RunOptions.plain(),
                ClusterJob.of("long", 0, 1, 100),
                ClusterJob.of("short", 20, 1, 10));

        // At 20 "short" comes first and gets node 0 once "long" has saved; that one saves until 22, starts and loads
        // until 30 with 85 left. When
        // "short" ends at 37, it goes back to node 0 with 78 left: save until 39, start and load until 47.
        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(125L, 37L);
        assertAllTimeIsBooked(outcome);
    }

    /** Stops the first job for the second one at once, and in between lets it start again. */
    private static final class Wavering implements SchedulingPolicy {

        @Override
        public String name() {
            return "wavering";
        }

        @Override
        public void arrived(SchedulingContext context, int job) {
            if (job == 1) {
                context.preempt(0);
                context.start(0);
                context.preempt(0);
            }
            context.start(job);
        }

        @Override
        public void ended(SchedulingContext context, int job) {
            if (job == 1) {
                context.start(0);
            }
        }

        @Override
        public void schedule(SchedulingContext context) {}
    }

    @Test
    void whoIsStoppedTwiceAtOnceMadePlaceOnce() {
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(ClusterJob.of("first", 0, 1, 100), ClusterJob.of("second", 20, 1, 10)),
                FreeGpus.equal(1, 1),
                new Consolidate(Choice.FIRST_FIT),
                new Wavering());

        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(110L, 30L);
        assertThat(outcome.jobs().get(0).preemptions()).isEqualTo(1);
    }

    /** Each start and each end is written in 1; that "a" is stopped and started where it was when "b" comes is not, and neither is "b" when "a" ends. */
    @Test
    void itIsNotWrittenDown() {
        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 4),
                JobCosts.NONE,
                RunOptions.plain().withControl(new ControlPlane(0, 1)),
                ClusterJob.of("a", 0, 1, 100),
                ClusterJob.of("b", 20, 1, 100));

        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(101L, 121L);
        assertThat(outcome.control().writes()).isEqualTo(4);
        assertAllTimeIsBooked(outcome);
    }

    /** At 20 "short" takes the GPU of "long": its start is written by 21, the stop by 22. The start of "long" at 31 is written by 33, behind the end of "short". */
    @Test
    void whoIsStoppedIsWrittenDownBehindTheStarts() {
        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 1),
                JobCosts.NONE,
                RunOptions.plain().withControl(new ControlPlane(0, 1)),
                ClusterJob.of("long", 0, 1, 100),
                ClusterJob.of("short", 20, 1, 10));

        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(114L, 31L);
        assertThat(outcome.control().writes()).isEqualTo(6);
    }
}
