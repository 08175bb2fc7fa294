package trainyard.faults.checkpoint;

/**
 * A check of the state before it is saved (Benoit, Cavelan, Robert and Sun 2015).
 *
 * @param every of how many snapshots one is checked first, at least 1
 * @param nanos time that the job stands still for a check, 0 or more
 * @param recall chance that a check finds a state that is wrong, in (0, 1]
 */
public record SnapshotVerification(int every, long nanos, double recall) {

    public SnapshotVerification {
        if (every < 1 || nanos < 0 || !(recall > 0) || recall > 1) {
            throw new IllegalArgumentException("a check needs every of at least 1, a time of at least 0 and a recall in"
                    + " (0, 1], got " + every + ", " + nanos + " ns and " + recall);
        }
    }
}
