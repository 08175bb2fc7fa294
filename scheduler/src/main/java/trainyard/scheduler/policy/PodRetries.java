package trainyard.scheduler.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * When jobs of which a pod found no place are tried again: once GPUs have become free since, and no sooner than a time that
 * doubles with each failure in a row. Without such a time they are tried whenever the scheduler looks.
 */
final class PodRetries {

    /** Any more would shift the bits of a time away. */
    private static final int MOST_DOUBLINGS = Long.SIZE - 2;

    private final long firstNanos;
    private final long mostNanos;
    private final Map<Integer, Failure> failures = new HashMap<>();
    /** Looks at the cluster so far, and the last one before which something had become free. */
    private long look;

    private long freedAt;

    /**
     * A job that was tried in vain.
     *
     * @param look in which
     * @param untilNanos before when it is not tried again
     * @param inRow how often in a row
     */
    private record Failure(long look, long untilNanos, int inRow) {}

    PodRetries(long firstNanos, long mostNanos) {
        this.firstNanos = firstNanos;
        this.mostNanos = mostNanos;
    }

    /**
     * The scheduler looks.
     *
     * @param freed whether GPUs have become free since it last did
     */
    void look(boolean freed) {
        look++;
        freedAt = freed ? look : freedAt;
    }

    /** Whether a job is tried now. */
    boolean isDue(int job, long nowNanos) {
        Failure failure = failures.get(job);
        return firstNanos == 0 || failure == null || failure.look < freedAt && failure.untilNanos <= nowNanos;
    }

    void failed(int job, long nowNanos) {
        int before = failures.containsKey(job) ? failures.get(job).inRow : 0;
        failures.put(job, new Failure(look, nowNanos + waitNanos(before), before + 1));
    }

    /** The first wait, doubled so often, as far as it does not exceed the longest. */
    private long waitNanos(int times) {
        int doublings = Math.min(times, MOST_DOUBLINGS);
        return firstNanos > mostNanos >> doublings ? mostNanos : firstNanos << doublings;
    }

    void placed(int job) {
        failures.remove(job);
    }

    /** When the next job is tried for which something has become free already. */
    long nextNanos(long nowNanos) {
        long next = Long.MAX_VALUE;
        for (Failure failure : failures.values()) {
            boolean later = firstNanos > 0 && failure.look < freedAt && failure.untilNanos > nowNanos;
            next = later ? Math.min(next, failure.untilNanos) : next;
        }
        return next;
    }
}
