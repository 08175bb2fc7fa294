package trainyard.scheduler.goodput;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.job.ClusterJob;

class TrainingProfileTest {

    private static final BatchRange BATCHES = new BatchRange(40, 80, 320, 4, 20);
    private static final TrainingProfile PROFILE = new TrainingProfile(
            new ThroughputModel(0.02, 0.001, 0.02, 0.005, 0.07, 0.01, 2), List.of(160.0, 480.0), BATCHES);

    /** Four GPUs of a node: a pass over 20 samples takes 20 + 20 ms, an exchange 20 + 2 x 5 ms, both together the root of 40^2 + 30^2. */
    @Test
    void aStepIsTheNormOfPassAndExchange() {
        BatchSplit one = new BatchSplit(20, 1);

        assertEquals(0.05, PROFILE.throughput().stepSeconds(4, 1, one), 1e-12);
        assertEquals(1600, PROFILE.throughput(4, 1, one), 1e-9);
        // Another pass before it, which exchanges nothing.
        assertEquals(0.09, PROFILE.throughput().stepSeconds(4, 1, new BatchSplit(20, 2)), 1e-12);
        assertEquals(Math.hypot(0.04, 0.09), PROFILE.throughput().stepSeconds(4, 2, one), 1e-12);
        assertEquals(0.04, PROFILE.throughput().stepSeconds(1, 1, one), 1e-12);
    }

    @Test
    void passAndExchangeFollowEachOtherOrOverlap() {
        ThroughputModel following = new ThroughputModel(0.02, 0.001, 0.03, 0, 0, 0, 1);
        ThroughputModel overlapping = new ThroughputModel(0.02, 0.001, 0.03, 0, 0, 0, 1000);

        assertEquals(0.07, following.stepSeconds(2, 1, new BatchSplit(20, 1)), 1e-12);
        assertEquals(0.04, overlapping.stepSeconds(2, 1, new BatchSplit(20, 1)), 1e-9);
    }

    /** With phi = 160 a sample of a batch of 80 is worth (160 + 40) / (160 + 80) = 5/6, of one of 160 it is worth 5/8. */
    @Test
    void goodputIsThroughputTimesWhatASampleIsWorth() {
        assertEquals(1, PROFILE.efficiency(0, 40), 1e-12);
        assertEquals(1600 * 5 / 6.0, PROFILE.goodput(0, 4, 1, new BatchSplit(20, 1)), 1e-9);
        assertEquals(160 / 0.09 * 5 / 8, PROFILE.goodput(0, 4, 1, new BatchSplit(20, 2)), 1e-9);
        // With phi = 480 it is worth 520/560 and 520/640: the larger batch is now the better one.
        assertEquals(1600 * 520 / 560.0, PROFILE.goodput(1, 4, 1, new BatchSplit(20, 1)), 1e-9);
        assertEquals(160 / 0.09 * 520 / 640.0, PROFILE.goodput(1, 4, 1, new BatchSplit(20, 2)), 1e-9);
    }

    @Test
    void theOwnersBatchIsSplitInAsFewPassesAsMemoryAllows() {
        assertEquals(new BatchSplit(20, 4), BATCHES.ofOwner(1));
        assertEquals(new BatchSplit(14, 2), BATCHES.ofOwner(3));
        assertEquals(new BatchSplit(10, 1), BATCHES.ofOwner(8));
        // 80 samples on 40 GPUs would be two each, and four are the fewest.
        assertEquals(new BatchSplit(4, 1), BATCHES.ofOwner(40));
        assertEquals(80, BATCHES.mostGpus());
    }

    /** Against all splits of all batches there are. */
    @Test
    void theBestOfFiftyBatchesIsNextToTheBestOfAll() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            int initial = 8 << random.nextInt(5);
            int most = initial * (1 << random.nextInt(6));
            TrainingProfile profile = new TrainingProfile(
                    new ThroughputModel(
                            random.nextDouble() / 20,
                            0.0005 + random.nextDouble() / 200,
                            random.nextDouble() / 50,
                            random.nextDouble() / 500,
                            random.nextDouble() / 10,
                            random.nextDouble() / 100,
                            1 + random.nextInt(5)),
                    List.of(10.0 * (1 << random.nextInt(10))),
                    new BatchRange(initial, initial, most, 1, 4 << random.nextInt(5)));
            int gpus = 1 + random.nextInt(8);
            int nodes = 1 + random.nextInt(gpus);

            BatchSplit best = profile.best(0, gpus, nodes);

            // Where no batch of the range divides among the GPUs, the owner's is rounded up.
            boolean divides = exhaustive(profile, gpus, nodes) > 0;
            assertTrue(best.total(gpus) >= initial, best + " of " + initial + " on " + gpus);
            assertTrue(best.total(gpus) <= most || !divides, best + " of " + most + " on " + gpus);
            assertTrue(divides || best.equals(profile.batches().ofOwner(gpus)), best + " on " + gpus);
            assertTrue(
                    profile.bestGoodput(0, gpus, nodes) >= 0.985 * exhaustive(profile, gpus, nodes),
                    profile + " on " + gpus + " GPUs of " + nodes + " nodes: " + best);
        }
    }

    private static double exhaustive(TrainingProfile profile, int gpus, int nodes) {
        BatchRange range = profile.batches();
        double best = 0;
        for (int samples = range.leastPass(); samples <= range.mostPass(); samples++) {
            for (int passes = 1; (long) gpus * samples * passes <= range.most(); passes++) {
                BatchSplit split = new BatchSplit(samples, passes);
                if (split.total(gpus) >= range.initial()) {
                    best = Math.max(best, profile.goodput(0, gpus, nodes, split));
                }
            }
        }
        return best;
    }

    /** Both parts are worth as many initial samples, so they take time as one over the goodput of the owner's batch of 80 on 4 GPUs. */
    @Test
    void partsTakeTimeAsTheOwnersBatchGetsOn() {
        ClusterJob job = ClusterJob.of("a", 0, 4, 1000);
        double first = 6 / 5.0;
        double second = 560 / 520.0;

        WorkParts parts = WorkParts.of(job, PROFILE, 4);

        assertArrayEquals(new double[] {1000 * second / (first + second), 0}, parts.leftNanos(), 1e-9);
        assertEquals(0, parts.partOf(1000));
        assertEquals(0, parts.partOf(480));
        assertEquals(1, parts.partOf(470));
        assertEquals(1, parts.partOf(0));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BatchRange(40, 20, 80, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ThroughputModel(0, 0, 0, 0, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ThroughputModel(0, 1, 0, 0, 0, 0, 0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingProfile(PROFILE.throughput(), List.of(-1.0), BATCHES));
    }
}
