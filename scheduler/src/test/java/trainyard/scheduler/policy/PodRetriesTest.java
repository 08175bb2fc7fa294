package trainyard.scheduler.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PodRetriesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;

    /** 10 s doubled nine times are more than an hour, which then stays the wait, however often it fails. */
    @Test
    void aWaitDoublesUpToTheLongestAndStaysThere() {
        PodRetries retries = new PodRetries(10 * SECOND, HOUR);
        long now = 0;
        for (int failure = 0; failure < 200; failure++) {
            long wait = failure < 9 ? (10 * SECOND) << failure : HOUR;
            retries.failed(0, now);
            retries.look(true);

            assertFalse(retries.isDue(0, now + wait - 1), "failure " + failure);
            assertTrue(retries.isDue(0, now + wait), "failure " + failure);
            assertEquals(now + wait, retries.nextNanos(now), "failure " + failure);
            now += wait;
        }
    }

    @Test
    void aJobIsNotTriedBeforeSomethingHasBecomeFree() {
        PodRetries retries = new PodRetries(SECOND, SECOND);
        retries.look(true);
        retries.failed(0, 0);

        retries.look(false);
        assertFalse(retries.isDue(0, HOUR));
        assertEquals(Long.MAX_VALUE, retries.nextNanos(0));
        assertTrue(retries.isDue(1, 0));
    }
}
