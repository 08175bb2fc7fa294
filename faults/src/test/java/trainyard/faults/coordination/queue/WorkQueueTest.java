package trainyard.faults.coordination.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.coordination.queue.WorkQueue.Delivery;
import trainyard.sim.random.RandomStreams;

class WorkQueueTest {

    private static WorkQueue queue(
            int tasks, int workers, double spread, OptionalDouble mtbf, Delivery delivery, double visible) {
        return new WorkQueue(tasks, workers, 60, spread, mtbf, 30, delivery, visible, 1e7);
    }

    @Test
    void withoutDeathsTheMakespanIsThatOfTheWaves() {
        QueueOutcome outcome = queue(10, 4, 0, OptionalDouble.empty(), Delivery.AT_LEAST_ONCE, 600)
                .run(new RandomStreams(1, 0));

        assertThat(outcome.seconds()).isEqualTo(3 * 60);
        assertThat(outcome.deliveries()).isEqualTo(10);
        assertThat(outcome.repeatedShare()).isZero();
    }

    /** A timeout of 40 s on tasks of 60 s: while one worker is busy, an idle one takes the same task again. */
    @Test
    void aTimeoutShorterThanTheTaskMakesWorkTwice() {
        QueueOutcome outcome = queue(1, 2, 0, OptionalDouble.empty(), Delivery.AT_LEAST_ONCE, 40)
                .run(new RandomStreams(1, 0));

        assertThat(outcome.deliveries()).isEqualTo(2);
        assertThat(outcome.seconds()).isEqualTo(60);
        assertThat(outcome.done()).isEqualTo(1);
    }

    /** Idle workers die and come back: to look through all of them for each took half a minute for 40,000. */
    @Test
    void manyIdleWorkersCostLittleTime() {
        WorkQueue queue = new WorkQueue(
                10, 100_000, 36_000, 0, OptionalDouble.of(7200), 300, Delivery.AT_LEAST_ONCE, 72_000, 40_000);

        QueueOutcome outcome =
                assertTimeoutPreemptively(Duration.ofSeconds(30), () -> queue.run(new RandomStreams(1, 0)));

        assertThat(outcome.deliveries()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void randomQueuesLoseNoTaskUnlessTheyForgetIt() {
        UniformRandomProvider random = new RandomStreams(3, 0).stream("test");
        for (int seed = 0; seed < 200; seed++) {
            boolean kept = seed % 2 == 0;
            WorkQueue queue = queue(
                    1 + random.nextInt(100),
                    1 + random.nextInt(10),
                    random.nextDouble(),
                    OptionalDouble.of(200 + 2000 * random.nextDouble()),
                    kept ? Delivery.AT_LEAST_ONCE : Delivery.AT_MOST_ONCE,
                    10 + 600 * random.nextDouble());
            QueueOutcome outcome = queue.run(new RandomStreams(seed, 0));

            assertThat(outcome.done() + outcome.lost()).isEqualTo(queue.tasks());
            assertThat(outcome.deliveries())
                    .isGreaterThanOrEqualTo(outcome.done() + outcome.repeats() + outcome.broken());
            if (kept) {
                assertThat(outcome.lost()).isZero();
            } else {
                assertThat(outcome.repeats()).isZero();
                assertThat(outcome.lost()).isEqualTo((int) outcome.broken());
            }
            assertThat(queue.run(new RandomStreams(seed, 0))).isEqualTo(outcome);
        }
    }
}
