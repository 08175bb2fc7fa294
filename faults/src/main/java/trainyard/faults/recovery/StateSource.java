package trainyard.faults.recovery;

/** Where a job that starts again has its state from. */
public enum StateSource {
    /** The newest snapshot that is left; all steps behind it are lost. */
    SNAPSHOT,
    /** Nodes that still hold it, of which the others copy it; only the unfinished step is lost. */
    SURVIVORS
}
