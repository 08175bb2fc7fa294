package trainyard.faults.cause;

/** How a fault shows. */
public enum Visibility {
    /** A process ends with an error, or a node stops answering. */
    EXPLICIT,
    /** Nothing ends; the ranks wait for each other in a collective until a timeout. */
    HANG
}
