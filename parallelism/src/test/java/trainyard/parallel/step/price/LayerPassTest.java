package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.LaunchQueue;

class LayerPassTest {

    private static final LockstepPace HEALTHY = LockstepPace.healthy(1);

    /**
     * Operators of random times, with waits at random: the stretches take what following each launch and each kernel takes,
     * {@code host += issue, stream = max(stream, host) + kernel}, where a wait sets {@code host = stream}.
     */
    @Test
    void stretchesTakeWhatTheirOperatorsTakeOneByOne() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LaunchQueue queue = new LaunchQueue();
            queue.await();
            double host = 0;
            double stream = 0;
            double kernels = 0;
            for (int layer = 0; layer < 3; layer++) {
                LayerPass.Builder pass = new LayerPass.Builder();
                int operators = random.nextInt(1, 12);
                for (int i = 0; i < operators; i++) {
                    if (random.nextInt(4) == 0) {
                        pass.await();
                        host = stream;
                    }
                    double issue = random.nextDouble();
                    double kernel = random.nextDouble();
                    pass.issue(issue);
                    pass.compute(kernel / 2);
                    pass.expert(kernel / 2);
                    host += issue;
                    stream = Math.max(stream, host) + kernel;
                    kernels += kernel;
                }
                pass.pass().feed(queue, HEALTHY);
            }

            assertThat(queue.idleSeconds() + kernels).isCloseTo(stream, within(1e-12));
        }
    }

    /** Joined without a wait between them, the second pass is issued while the first runs. */
    @Test
    void passesJoinAsIfTheyWereOne() {
        LayerPass.Builder first = new LayerPass.Builder();
        first.issue(1);
        first.compute(4);
        LayerPass.Builder second = new LayerPass.Builder();
        second.issue(7);
        second.compute(2);
        LayerPass.Stretch joined = first.pass().then(second.pass()).stretches().get(0);

        assertThat(joined.issueSeconds()).isEqualTo(8);
        assertThat(joined.lagSeconds()).isEqualTo(1 + 7 - 4);
        assertThat(joined.cost().seconds()).isEqualTo(6);
    }
}
