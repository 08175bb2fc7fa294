package trainyard.scheduler.run.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.scale.ScalingTally;

/** Times of jobs, counted by hand; the unit does not matter. */
class JobOutcomeTest {

    /** Submitted at 10, waits for another job until 30 and for GPUs until 35, works 40 of the 50 that it holds GPUs, ends at 100. */
    private static final JobOutcome JOB = outcome(10, 30, 35, 100);

    private static JobOutcome outcome(long submit, long ready, long start, long end) {
        JobLosses losses = new JobLosses(0, false, 0, 10, 50);
        return new JobOutcome(ClusterJob.of("job" + submit, submit, 1, 40), ready, start, end, 0, 1, losses);
    }

    @Test
    void aJobWaitsForOthersThenForGpusThenRuns() {
        assertTrue(JOB.isDone());
        assertEquals(90, JOB.completionNanos());
        assertEquals(20, JOB.blockedNanos());
        assertEquals(20, JOB.queuedNanos());
        assertEquals(30, JOB.waitNanos());
        assertFalse(JOB.isCancelled());
    }

    /** From the first submission, which is not at 0, to the last end; a job that is not done has none. */
    @Test
    void theMakespanStartsWithTheFirstSubmission() {
        assertEquals(
                90,
                cluster(JOB, outcome(20, 20, 21, 70), outcome(25, 25, 90, -1)).makespanNanos());
        assertEquals(0, cluster(outcome(25, 25, 90, -1)).makespanNanos());
        assertEquals(2, cluster(JOB, outcome(20, 20, 21, 70)).preemptions());
    }

    private static ClusterOutcome cluster(JobOutcome... jobs) {
        return new ClusterOutcome(
                List.of(jobs),
                1,
                100,
                0,
                Optional.empty(),
                ScalingTally.NONE,
                0,
                0,
                new ControlTally(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
}
