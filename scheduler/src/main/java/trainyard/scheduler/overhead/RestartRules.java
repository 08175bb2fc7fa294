package trainyard.scheduler.overhead;

/**
 * What becomes of a job that a failure stopped.
 *
 * @param requeueNanos until it waits in the queue again, 0 or more
 * @param mostRestarts failures after which it is started again; one more and it is given up
 * @param keepsCheckpoints whether it goes on from its last checkpoint, or else from the beginning
 */
public record RestartRules(long requeueNanos, int mostRestarts, boolean keepsCheckpoints) {

    /** At once, for ever, from the last checkpoint. */
    public static final RestartRules DEFAULT = new RestartRules(0, Integer.MAX_VALUE, true);

    public RestartRules {
        if (requeueNanos < 0 || mostRestarts < 0) {
            throw new IllegalArgumentException(
                    "a delay and a number of restarts are 0 or more, got " + requeueNanos + " ns and " + mostRestarts);
        }
    }
}
