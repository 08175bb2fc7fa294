package trainyard.faults.coordination.coordinator;

/** What is wrong with the usual sketch of a coordinator. */
public enum Defect {
    /** Each worker adds 1 to the one step counter after the barrier, so it counts as many steps too fast as there are workers. */
    EVERY_WORKER_COUNTS("every worker counts the step"),
    /** The newest checkpoint is the largest of an empty set when a worker fails before the first one: the coordinator dies. */
    NEWEST_OF_NONE("newest checkpoint of none"),
    /** Those who wait in the barrier are not told that a worker died, and its place in the barrier stays empty. */
    SILENT_BARRIER("barrier not told of a death"),
    /** Only the worker that failed loads the checkpoint; the others keep their newer state. */
    LONE_ROLLBACK("only the failed worker rolls back");

    private final String label;

    Defect(String label) {
        this.label = label;
    }

    /** In words, for reports. */
    public String label() {
        return label;
    }
}
