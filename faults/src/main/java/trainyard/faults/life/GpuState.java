package trainyard.faults.life;

/** What a GPU of the cluster does; it does one thing at any time. */
public enum GpuState {
    /** Steps whose result the job keeps. */
    USEFUL("useful work"),
    /** Steps whose result a fault destroyed, so that they were done again. */
    LOST_WORK("lost work"),
    /** Standing still for a snapshot. */
    CHECKPOINT("checkpoint stall"),
    /** Standing still because of a fault that nobody has noticed yet. */
    DETECT("detection"),
    /** Standing still while it is found out which nodes to do without. */
    DIAGNOSE("diagnosis"),
    /** Held by the job, which waits for other nodes. */
    WAIT_FOR_NODES("waiting for nodes"),
    /** Starting processes, libraries and communicators, or taking in other nodes. */
    INITIALISE("initialisation"),
    /** Loading a snapshot. */
    LOAD("loading"),
    /** Works, but no job has it: a spare, or a node of a job that waits in the queue. */
    IDLE("idle"),
    /** Waits for repair or is being repaired. */
    REPAIR("repair");

    private final String label;

    GpuState(String label) {
        this.label = label;
    }

    /** In words, for reports. */
    public String label() {
        return label;
    }
}
