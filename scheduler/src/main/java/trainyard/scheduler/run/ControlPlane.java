package trainyard.scheduler.run;

/**
 * What the scheduler itself takes.
 *
 * @param decisionNanos time from a change, or from when the scheduler was done with the one before, until it answers: it sees what is so
 *     by then; 0 for at once
 * @param writeNanos time of a write to the metadata store, which serves one after the other: each start is written before the job begins,
 *     each stop while nobody waits for it; 0 for none
 */
public record ControlPlane(long decisionNanos, long writeNanos) {

    /** It takes no time. */
    public static final ControlPlane NONE = new ControlPlane(0, 0);

    public ControlPlane {
        if (decisionNanos < 0 || writeNanos < 0) {
            throw new IllegalArgumentException(
                    "decisions and writes take 0 or more, got " + decisionNanos + " and " + writeNanos + " ns");
        }
    }
}
