package trainyard.faults.cause;

/** How a fault shows. */
public enum Visibility {
    /** A process ends with an error, or a node stops answering. */
    EXPLICIT,
    /** Nothing ends; the ranks wait for each other in a collective until a timeout. */
    HANG,
    /** Everything goes on, at a lower speed: a GPU that is too hot, a link that retransmits. */
    SLOW,
    /** Everything goes on at full speed, but with wrong numbers; what is saved from then on is wrong, too. */
    SILENT;

    /** Whether the job comes to a halt by itself. */
    public boolean stopsJob() {
        return this == EXPLICIT || this == HANG;
    }
}
