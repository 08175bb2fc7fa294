package trainyard.scheduler.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.random.RandomStreams;

class GrowingRateTest {

    private static final double DAY = 86_400;

    @Test
    void growsBySoMuchEachDay() {
        ArrivalRate rate = new GrowingRate(ArrivalRate.constant(2), 1.1);

        assertEquals(2, rate.perSecond(0));
        assertEquals(2 * 1.21, rate.perSecond(2 * DAY), 1e-12);
        assertEquals(2 * 1.21, rate.most(2 * DAY), 1e-12);
        assertEquals(2, new GrowingRate(ArrivalRate.constant(2), 0.9).most(2 * DAY));
        assertThrows(IllegalArgumentException.class, () -> new GrowingRate(rate, 0));
    }

    /** The integral of 1000 x 1.1^t over ten days is 1000 (1.1^10 - 1) / ln 1.1 = 16,721; its deviation is 129. */
    @Test
    void drawsAsManyJobsAsItsIntegral() {
        ArrivalRate rate = new GrowingRate(ArrivalRate.constant(1000 / DAY), 1.1);

        int jobs = new JobGenerator(
                        rate, (id, submit, random) -> ClusterJob.of(id, submit, 1, 1), new RandomStreams(5, 0))
                .jobs(10 * DAY)
                .size();

        assertEquals(16_721, jobs, 4 * 129);
    }
}
