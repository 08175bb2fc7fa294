package trainyard.scheduler.run.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.NodeShares;

class StartDelaysTest {

    private static NodeShares on(int node, int gpus) {
        NodeShares shares = new NodeShares();
        shares.add(node, gpus);
        return shares;
    }

    /**
     * On one node of 4 GPUs: job 0 has 3 till 10, job 1 the fourth from 1 till 4. Job 2 waits from 2 for 2 GPUs: those of job 0 are the last
     * that it gets, so at 13 it is 3 late. Job 3 waits from 12 for one that has been free since 10: it is 2 late at 14.
     */
    @Test
    void aStartIsDueWhenItsJobWaitsAndTheLastOfItsGpusIsFree() {
        StartDelays delays = new StartDelays(new int[] {4}, 4);
        delays.queued(0, 0);
        delays.started(0, 0, on(0, 3));
        delays.queued(1, 1);
        delays.started(1, 1, on(0, 1));
        delays.queued(2, 2);
        delays.stopped(4, 1);
        delays.stopped(10, 0);
        delays.queued(12, 3);
        delays.started(13, 2, on(0, 2));
        delays.started(14, 3, on(0, 1));

        assertArrayEquals(new double[] {0, 0, 3, 2}, delays.nanos());
    }

    @Test
    void aNodeThatWasAwayIsFreeFromItsReturnOn() {
        StartDelays delays = new StartDelays(new int[] {2}, 1);
        delays.queued(5, 0);
        delays.returned(20, 0);
        delays.started(21, 0, on(0, 2));

        assertArrayEquals(new double[] {1}, delays.nanos());
    }
}
