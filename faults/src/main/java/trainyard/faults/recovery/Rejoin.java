package trainyard.faults.recovery;

/** How slots come back to a job that went on without them. */
public enum Rejoin {
    /** Nodes are taken in as they come; the whole job stands still while they start and copy the state. */
    AS_THEY_COME,
    /** Nodes start and copy the state while the job goes on; it stands still for them to be taken in. */
    IN_BACKGROUND,
    /** Nodes are taken in as they come, and wait there until the job stops for another reason. */
    AT_RESTART,

    /** They stay out until the whole job starts again. */
    NEVER
}
