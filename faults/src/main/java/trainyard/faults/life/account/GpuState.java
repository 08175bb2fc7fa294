package trainyard.faults.life.account;

/** What a GPU of the cluster does; it does one thing at any time. */
public enum GpuState {
    /** Steps whose result the job keeps. */
    USEFUL("useful work", "steps that the job keeps"),
    /** Steps whose result a fault destroyed, so that they were done again. */
    LOST_WORK("lost work", "steps that a fault destroyed, the unfinished one included"),
    /** Work done a second time so that a fault destroys none of it. */
    REDUNDANT("redundant work", "done a second time so that a fault destroys none of it"),
    /** What steps take beyond those of the whole, healthy job: waits for the slowest, work in the stead of others. */
    SLOW("slow steps", "what steps take beyond those of the whole, healthy job"),
    /** Standing still for a snapshot. */
    CHECKPOINT("checkpoint stall", "standing still for a snapshot"),
    /** What a save beside the training takes of its speed. */
    SAVING("slowed by saves", "what saves beside the training take of its speed"),
    /** Standing still because of a fault that nobody has noticed yet. */
    DETECT("detection", "from the fault until it is noticed"),
    /** Standing still while it is found out which nodes to do without. */
    DIAGNOSE("diagnosis", "until it is known which nodes to do without"),
    /** Waiting on purpose before the job is started once more. */
    BACKOFF("backoff", "waiting on purpose before another start"),
    /** Held by the job, which waits for other nodes, or waited for by a job in the queue. */
    WAIT_FOR_NODES("waiting for nodes", "held by the job while others are missing, or its job is in the queue"),
    /** Starting processes, libraries and communicators, or taking in other nodes. */
    INITIALISE("initialisation", "start of processes, libraries and communicators"),
    /** Loading a snapshot. */
    LOAD("loading", "loading the newest snapshot that is left"),
    /** Works, but no job has it or waits for it: a spare. */
    IDLE("idle", "works, but no job has it or waits for it: spares"),
    /** Waits for repair or is being repaired. */
    REPAIR("repair", "broken: waits for its repair or is in it");

    private final String label;
    private final String meaning;

    GpuState(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** In words, for reports. */
    public String label() {
        return label;
    }

    /** What is counted in it, in words, for reports. */
    public String meaning() {
        return meaning;
    }
}
