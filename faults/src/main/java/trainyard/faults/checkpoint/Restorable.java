package trainyard.faults.checkpoint;

/**
 * A snapshot to go on from.
 *
 * @param level where it lies; empty for the initial state
 * @param steps steps done in it; 0 to begin again
 * @param restoreNanos time to load it
 * @param links deltas that are replayed on the full snapshot
 */
public record Restorable(String level, long steps, long restoreNanos, long links) {}
