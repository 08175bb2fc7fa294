package trainyard.faults.checkpoint;

/**
 * Snapshots that hold only what changed since the one before (Check-N-Run, NSDI 2022). The first snapshot of a run and every
 * {@code fullEvery}-th one after it are full; loading one replays the full one and every link up to it. A run starts with a
 * full one because what tracks changes ends with the processes.
 *
 * @param fullEvery of how many snapshots one is full, at least 2
 * @param stallNanos time that the job stands still for a link, 0 or more
 * @param persistNanos time after the stall until a link is safe, 0 or more
 * @param restoreNanos time to load and apply one link, 0 or more
 * @param share bytes of a link over those of a full snapshot, in (0, 1]
 */
public record DeltaChain(int fullEvery, long stallNanos, long persistNanos, long restoreNanos, double share) {

    public DeltaChain {
        if (fullEvery < 2 || stallNanos < 0 || persistNanos < 0 || restoreNanos < 0 || !(share > 0) || share > 1) {
            throw new IllegalArgumentException(
                    "a chain needs fullEvery of at least 2, times of at least 0 and a share in"
                            + " (0, 1], got " + fullEvery + ", " + stallNanos + ", " + persistNanos + " and "
                            + restoreNanos
                            + " ns, " + share);
        }
    }

    /**
     * Links between a snapshot and the full one that it builds on, 0 for a full one.
     *
     * @param ofRun which snapshot of the run on its level, from 1
     */
    long links(long ofRun) {
        return (ofRun - 1) % fullEvery;
    }
}
