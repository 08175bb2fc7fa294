package trainyard.scheduler.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;

class WorkPaceTest {

    /** Work of 100: 60 at speed 2, 30 at speed 1, 10 at speed 0.5. */
    private static final WorkPace THREE = WorkPace.of(new double[] {40, 10, 0}, new double[] {2, 1, 0.5});

    @Test
    void eachSpeedLastsUntilItsWorkIsDone() {
        assertEquals(20, THREE.work(100, 10));
        assertEquals(60, THREE.work(100, 30));
        assertEquals(75, THREE.work(100, 45));
        assertEquals(92, THREE.work(100, 64));
        assertEquals(100, THREE.work(100, 80));
        assertEquals(100, THREE.work(100, 1000));
        assertEquals(30 + 20 + 30, THREE.nanos(100, 100));
        assertEquals(30 + 5, THREE.nanos(100, 65));
        // Of the last 20, ten at speed 1.
        assertEquals(30, THREE.nanos(20, 20));
        assertEquals(12, THREE.work(20, 14));
    }

    @Test
    void timeIsTheLeastInWhichTheWorkIsDone() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            long first = random.nextLong(1_000_000_000_000L);
            long second = random.nextLong(1_000_000_000_000L);
            long left = first + second + random.nextLong(1, 1_000_000_000_000L);
            WorkPace pace = WorkPace.of(
                    new double[] {first + second, first, 0},
                    new double[] {0.1 + random.nextDouble(), 0.1 + random.nextDouble(), 0.1 + 3 * random.nextDouble()});
            long work = random.nextLong(1, left + 1);

            long nanos = pace.nanos(left, work);

            assertTrue(pace.work(left, nanos) >= work, work + " of " + left);
            assertTrue(pace.work(left, nanos - 2) < work, work + " of " + left);
        }
    }

    @Test
    void aRunFollowsThePace() {
        SpeedModel paced = new SpeedModel() {
            @Override
            public double rate(ClusterJob job, int gpus, NodeShares shares) {
                return THREE.first();
            }

            @Override
            public WorkPace pace(ClusterJob job, int gpus, NodeShares shares) {
                return THREE;
            }
        };
        // A checkpoint of 3 after each 40 of work time: 80 of work time have one.
        JobCosts costs = new JobCosts(5, 0, new CheckpointCycle(40, 3), 0, OnStop.SAVES);

        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(ClusterJob.of("a", 0, 2, 100)),
                FreeGpus.equal(1, 2),
                new AnyGpus(),
                new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE),
                RunOptions.plain()
                        .withSpeed(paced)
                        .withCosts((job, gpus) -> costs)
                        .withAccounts());

        assertEquals(5 + 80 + 3, outcome.jobs().get(0).endNanos());
        assertEquals(88 * 2, outcome.ledger().orElseThrow().total().longValueExact());
    }

    @Test
    void speedsNeedEnds() {
        assertThrows(IllegalArgumentException.class, () -> WorkPace.of(new double[] {1}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> WorkPace.of(new double[] {0}, new double[] {1, 2}));
    }
}
